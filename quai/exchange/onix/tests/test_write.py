"""What we send: valid, within what the network accepts, and read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from quai.catalogue.types import (
    AVAILABILITIES,
    Block,
    Notification,
    PriceNotice,
    ProductNotice,
    SalesRight,
    TaxedPart,
)
from quai.exchange.onix.write import RETURNS_CODES, Sender, UnsendableNotice, problems, write

from .shelf import notices, one

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
HOUSE = Sender("3010000000015", "Maison & Fils")
XSD = (
    Path(str(getattr(find_spec("onixcheck"), "origin", ""))).parent
    / "schema"
    / "xsd3.0"
    / "ONIX_BookProduct_3.0_reference.xsd"
)
WHOLE = frozenset({Block.DESCRIPTIVE, Block.PUBLISHING, Block.RELATED, Block.SUPPLY})

STRANGER = ProductNotice(
    gtin="9782070360024",
    record_reference="maison-1",
    notification=Notification.NEW,
    distributor_gln="3010000000015",
    new_distributor_gln="3010000000022",
    publisher_name="Éditions & Cie",
    publisher_gln="3010000000039",
    imprint_name="Poche",
    imprint_gln="3010000000046",
    title="L'Étranger",
    subtitle="roman",
    contributors="Albert Camus, Zoé Dupont",
    collection="Folio",
    product_form="BC",
    publication_on=date(2026, 4, 1),
    on_sale_on=date(2026, 4, 2),
    availability="10",
    expected_on=date(2026, 3, 28),
    returns_code="1",
    last_return_on=date(2027, 4, 1),
    weight_g=156,
    thickness_mm=12,
    pack_quantity=40,
    order_minimum=5,
    order_multiple=5,
    prices=(
        PriceNotice(
            Decimal("29.90"),
            until_on=date(2027, 1, 1),
            parts=(TaxedPart(Decimal("5.5"), Decimal("20.00")), TaxedPart(Decimal("20"), Decimal("9.90"))),
        ),
        PriceNotice(
            Decimal("31.00"),
            from_on=date(2027, 1, 1),
            parts=(TaxedPart(Decimal("5.5"), Decimal("31.00")),),
        ),
    ),
    successor_gtin="9782070408504",
    sales_rights=(
        SalesRight("01", ("FR", "BE")),
        SalesRight("03", ("WORLD",), ("FR", "BE")),
        SalesRight("00", ("ROW",)),
    ),
    blocks=WHOLE,
)


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(XSD)))


def written(*sent: ProductNotice, grid_code: str = "") -> bytes:
    return b"".join(write(sent, sender=HOUSE, at=AT, grid_code=grid_code))


def came_back(notice: ProductNotice) -> ProductNotice:
    """The notice read again, without what only reading adds."""
    return replace(one(written(notice)), raw=b"", position=0, line=0)


def test_round_trip() -> None:
    assert came_back(STRANGER) == STRANGER


VARIANTS = [
    STRANGER,
    replace(STRANGER, notification=Notification.DELETE),
    replace(STRANGER, notification=Notification.BLOCK_UPDATE, blocks=frozenset({Block.SUPPLY})),
    replace(STRANGER, publication_on=None, contributors="", collection="", successor_gtin="", prices=()),
    replace(STRANGER, notification=Notification.UPDATE, sales_rights=(), order_minimum=1, order_multiple=1),
    replace(STRANGER, gtin="9771234567003", order_minimum=1, order_multiple=4, title="<b>&\x0b</b>"),
]


@pytest.mark.parametrize("grid_code", ["", "G12"])
def test_what_is_sent_is_valid(schema: etree.XMLSchema, grid_code: str) -> None:
    sent = [replace(notice, record_reference=f"m-{rank}") for rank, notice in enumerate(VARIANTS)]
    document = etree.fromstring(written(*sent, grid_code=grid_code))
    assert schema.validate(document), schema.error_log
    assert [element.tag for element in document.iter() if element.attrib] == [document.tag]
    assert (b"<DiscountCode>G12</DiscountCode>" in written(*VARIANTS, grid_code=grid_code)) == bool(grid_code)


def test_an_unknown_publication_date_is_sent_as_the_trade_writes_it() -> None:
    assert b"<Date>20991231</Date>" in written(VARIANTS[3])
    assert came_back(VARIANTS[3]).publication_on is None


def test_a_block_update_sends_its_blocks_only() -> None:
    back = came_back(VARIANTS[2])
    assert back.blocks == {Block.SUPPLY}
    assert (back.title, back.availability) == ("", "10")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"weight_g": 0}, "poids"),
        ({"imprint_gln": ""}, "marque"),
        ({"distributor_gln": ""}, "distributeur"),
        ({"title": ""}, "titre"),
        ({"gtin": "1"}, "13 chiffres"),
        ({"returns_code": "4"}, "retour"),
        ({"availability": "99"}, "disponibilité"),
        ({"availability": ""}, "disponibilité"),
        ({"prices": (STRANGER.prices[1], replace(STRANGER.prices[1], from_on=date(2028, 1, 1)))}, "futur"),
    ],
)
def test_what_the_network_refuses_is_told_and_never_sent(change: dict[str, object], reason: str) -> None:
    notice = replace(STRANGER, **change)  # type: ignore[arg-type]
    [problem] = problems(notice, on=AT.date())
    assert reason in problem.message
    with pytest.raises(UnsendableNotice):
        written(notice)


def test_the_list_is_written_piece_by_piece() -> None:
    pieces = list(write([STRANGER] * 3, sender=HOUSE, at=AT))
    assert len(pieces) == 5
    assert len(notices(b"".join(pieces))) == 3


words = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="<>&,\x7f\xad"), min_size=1
).filter(lambda said: said == " ".join(said.split()) and not any(0x7F <= ord(c) <= 0xA0 for c in said))
cents = st.decimals("0.01", "9999.99", places=2)


@st.composite
def sendable(draw: st.DrawFn) -> ProductNotice:
    amounts = draw(st.lists(cents, min_size=1, max_size=2))
    rates = [Decimal("5.5"), Decimal("20")]
    parts = tuple(TaxedPart(rate, amount) for rate, amount in zip(rates, amounts, strict=False))
    return replace(
        STRANGER,
        title=draw(words),
        subtitle=draw(st.just("") | words),
        collection=draw(st.just("") | words),
        contributors=", ".join(draw(st.lists(words, max_size=3, unique=True))),
        publication_on=draw(st.none() | st.dates(date(1900, 1, 1), date(2098, 1, 1))),
        availability=draw(st.sampled_from([c for c, a in AVAILABILITIES.items() if a.may_be_sent])),
        returns_code=draw(st.sampled_from(RETURNS_CODES)),
        weight_g=draw(st.integers(1, 99_999)),
        prices=(PriceNotice(sum(amounts, Decimal(0)), parts=parts),),
    )


@settings(max_examples=60, deadline=None)
@given(sendable())
def test_any_notice_comes_back(notice: ProductNotice) -> None:
    assert came_back(notice) == notice
