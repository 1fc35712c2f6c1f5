"""A file of notices: the good enter, the bad are reported, the same twice adds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quai.access.types import Actor
from quai.catalogue import actions, checks, queries
from quai.catalogue.models import Availability, Description, Notice, Price, PricePart, Product
from quai.catalogue.types import (
    Block,
    NewAvailability,
    NewPrice,
    NoticeOutcome,
    Notification,
    PriceNotice,
    ProductNotice,
    Standing,
    TaxedPart,
)
from quai.core import store
from quai.parties import queries as parties
from tests import cast
from tests.cast import HOUSE_GLN

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY, MAY = date(2026, 3, 2), date(2026, 5, 1)
BOOK, DISC = Decimal("5.50"), Decimal("20.00")
TABLES = (Product, Description, Availability, Price, PricePart, Notice)
NOVEL = ProductNotice(
    gtin="9782070360024",
    record_reference="PHARE-1",
    distributor_gln=HOUSE_GLN,
    publisher_name="Éditions du Phare",
    title="L’Œuvre au fanal",
    contributors="Zoé Maël",
    weight_g=210,
    availability="20",
    on_sale_on=date(2026, 1, 8),
    prices=(PriceNotice(Decimal("8.20"), parts=(TaxedPart(BOOK, Decimal("8.20")),)),),
    raw=b"<Product>1</Product>",
    position=1,
    line=3,
)


def take(actor: Actor, *notices: ProductNotice, file: str = "file", at: datetime = AT) -> list[NoticeOutcome]:
    return actions.take_notices(notices=notices, source_key=file, at=at, by=actor)


def rows() -> list[int]:
    return [table.objects.count() for table in TABLES]


def numbered(count: int, first: int = 0) -> list[ProductNotice]:
    return [
        replace(NOVEL, gtin=f"{9783000000000 + first + rank}", raw=b"%d" % (first + rank), position=rank + 1)
        for rank in range(count)
    ]


def test_a_notice_makes_a_title(actor: Actor) -> None:
    [outcome] = take(actor, NOVEL)
    assert outcome[:5] == (1, 3, "PHARE-1", NOVEL.gtin, Standing.ENTERED)
    [product] = queries.by_gtin([NOVEL.gtin], distributor_glns=[HOUSE_GLN]).values()
    title = queries.titles([product], on=TODAY)[product]
    assert (title.title, title.weight_g, title.availability) == ("L’Œuvre au fanal", 210, "20")
    assert title.parts == ((BOOK, Decimal("8.20"), Decimal("7.7725")),)
    assert title.publisher_id
    assert parties.names([title.publisher_id], on=TODAY)[title.publisher_id] == "Éditions du Phare"
    assert Description.objects.get().search == "l'oeuvre au fanal zoe mael editions du phare"
    assert store.read(store.digest(NOVEL.raw)) == NOVEL.raw
    assert bytes(Notice.objects.get().content.sha256) == store.digest(NOVEL.raw)
    assert [finding for check in checks.CHECKS for finding in check()] == []


def test_the_same_notice_again_adds_nothing(actor: Actor) -> None:
    take(actor, NOVEL)
    before = rows()
    for file in ("file", "another file"):
        assert take(actor, NOVEL, file=file)[0].standing is Standing.UNCHANGED
    assert rows() == before


def test_only_the_block_that_differs_gets_a_row(actor: Actor) -> None:
    take(actor, NOVEL)
    before = rows()
    take(actor, replace(NOVEL, availability="32", raw=b"2"), file="next")
    assert [now - then for now, then in zip(rows(), before, strict=True)] == [0, 0, 1, 0, 0, 1]


def test_a_bad_notice_is_reported_and_the_others_enter(actor: Actor) -> None:
    bad = [
        replace(NOVEL, gtin="97820703600", raw=b"a", position=2),
        replace(NOVEL, gtin="9782070360031", title="", raw=b"b", position=3),
        replace(NOVEL, gtin="9782070360048", publisher_name="", raw=b"c", position=4),
        replace(NOVEL, gtin="9782070360055", distributor_gln="", raw=b"d", position=5),
        replace(
            NOVEL, gtin="9782070360062", prices=(PriceNotice(Decimal(8), parts=(TaxedPart(BOOK, Decimal(7)),)),),
            raw=b"e", position=6,
        ),
        replace(NOVEL, gtin="9782070360079", notification=Notification.BLOCK_UPDATE, raw=b"f", position=7),
        replace(NOVEL, gtin="9782070360086", notification=Notification.DELETE, raw=b"g", position=8),
    ]  # fmt: skip
    outcomes = take(actor, *bad[:3], NOVEL, *bad[3:])
    assert [one.gtin for one in outcomes if one.standing is Standing.ENTERED] == [NOVEL.gtin]
    refused = [one for one in outcomes if one.standing is Standing.REFUSED]
    assert [one.position for one in refused] == [2, 3, 4, 5, 6, 7, 8]
    assert all(one.reason.endswith(".") and one.reference == "PHARE-1" and one.line == 3 for one in refused)
    assert Product.objects.count() == 1
    assert Notice.objects.count() == 8  # kept raw, understood or not
    assert Notice.objects.filter(product=None).count() == 7


def test_the_same_key_with_another_content_is_shown_never_guessed(actor: Actor) -> None:
    take(actor, NOVEL)
    [outcome] = take(actor, replace(NOVEL, title="Autre", raw=b"other"))
    assert outcome.standing is Standing.REFUSED
    assert Description.objects.get().title == NOVEL.title


def test_without_a_distributor_it_is_ours(actor: Actor, act: int) -> None:
    cast.make(act)
    [outcome] = take(actor, replace(NOVEL, distributor_gln=""))
    assert queries.by_gtin([NOVEL.gtin], distributor_glns=[HOUSE_GLN]) == {NOVEL.gtin: outcome.product_id}


def test_a_title_of_two_distributors_is_two_products(actor: Actor) -> None:
    theirs = replace(NOVEL, distributor_gln="3010000000021", raw=b"theirs", position=2)
    ours, other = (one.product_id for one in take(actor, NOVEL, theirs))
    assert queries.by_gtin([NOVEL.gtin], distributor_glns=[HOUSE_GLN, "3010000000021"]) == {NOVEL.gtin: ours}
    assert queries.by_gtin([NOVEL.gtin], distributor_glns=["3010000000021"]) == {NOVEL.gtin: other}
    assert queries.by_gtin(["9782070360031"], distributor_glns=[HOUSE_GLN]) == {}


def test_notices_of_one_title_in_one_file_build_on_each_other(actor: Actor) -> None:
    supply = {"notification": Notification.BLOCK_UPDATE, "blocks": frozenset({Block.SUPPLY})}
    outcomes = take(
        actor,
        NOVEL,
        replace(NOVEL, **supply, availability="32", raw=b"2", position=2),  # type: ignore[arg-type]
        replace(NOVEL, notification=Notification.DELETE, raw=b"3", position=3),
    )
    assert [one.standing for one in outcomes] == [Standing.ENTERED] * 3
    assert [row.code for row in Availability.objects.all()] == ["43"]
    assert outcomes[2].reason


def test_a_future_price_takes_effect_by_itself(actor: Actor) -> None:
    now, then = Decimal("8.20"), Decimal("8.90")
    prices = (PriceNotice(now, until_on=MAY), PriceNotice(then, from_on=MAY))
    [outcome] = take(actor, replace(NOVEL, prices=prices))
    product = outcome.product_id
    assert product
    assert [queries.titles([product], on=day)[product].retail_price for day in (TODAY, MAY)] == [now, then]
    assert queries.prices_to_come([product], on=TODAY) == {product: [(MAY, then)]}


def test_a_book_with_a_disc_has_a_part_per_rate(actor: Actor) -> None:
    parts = (TaxedPart(BOOK, Decimal("15.00")), TaxedPart(DISC, Decimal("10.00")))
    [outcome] = take(actor, replace(NOVEL, prices=(PriceNotice(Decimal("25.00"), parts=parts),)))
    product = outcome.product_id
    assert product
    title = queries.titles([product], on=TODAY)[product]
    assert [str(part.retail_price_net) for part in title.parts] == ["14.2180", "8.3333"]


def test_two_hundred_notices_take_as_many_statements_as_two(actor: Actor) -> None:
    def statements(count: int, first: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            outcomes = take(actor, *numbered(count, first), file=f"file {count}")
        assert {one.standing for one in outcomes} == {Standing.ENTERED}
        return len(captured)

    take(actor, NOVEL)
    assert statements(200, 1000) == statements(2, 0)


def test_prices_and_availability_given_by_hand(actor: Actor) -> None:
    [outcome] = take(actor, NOVEL)
    product = outcome.product_id
    assert product
    dearer = [NewPrice(product, MAY, Decimal("9.00"))]
    assert actions.announce_price(prices=dearer, at=AT, by=actor) == 1
    assert actions.announce_price(prices=dearer, at=AT, by=actor) == 0
    title = queries.titles([product], on=MAY)[product]
    assert (title.retail_price, title.parts[0].vat_rate) == (Decimal("9.00"), BOOK)
    out = [NewAvailability(product, MAY, "31", expected_on=date(2026, 6, 1))]
    assert actions.set_availability(changes=out, at=AT, by=actor) == 1
    assert actions.set_availability(changes=out, at=AT, by=actor) == 0
    assert queries.titles([product], on=TODAY)[product].availability == "20"
    assert queries.titles([product], on=MAY)[product].expected_on == date(2026, 6, 1)


def test_an_impossible_price_is_refused(actor: Actor) -> None:
    [outcome] = take(actor, NOVEL)
    product = outcome.product_id or 0
    uneven = (TaxedPart(BOOK, Decimal("5.00")), TaxedPart(DISC, Decimal("5.00")))
    for bad in (NewPrice(product, MAY, Decimal(-1)), NewPrice(product, MAY, Decimal(11), uneven)):
        with pytest.raises(actions.ImpossiblePrice):
            actions.announce_price(prices=[bad], at=AT, by=actor)
    actions.announce_price(prices=[NewPrice(product, MAY, Decimal(10), uneven)], at=AT, by=actor)
    with pytest.raises(actions.UnsaidParts):
        actions.announce_price(prices=[NewPrice(product, date(2026, 6, 1), Decimal(11))], at=AT, by=actor)


def test_the_checks_find_a_price_that_does_not_add_up(actor: Actor, act: int) -> None:
    product = take(actor, NOVEL)[0].product_id or 0
    Price.objects.create(product_id=product, from_on=MAY, retail_price=Decimal(9), act_id=act)
    price = Price.objects.create(product_id=product, from_on=MAY, retail_price=Decimal(9), act_id=act)
    PricePart.objects.create(
        price=price,
        position=1,
        vat_rate=BOOK,
        retail_price=Decimal(9),
        retail_price_net=Decimal("8.53"),
        act_id=act,
    )
    assert [f.code for check in checks.CHECKS for f in check()] == [
        "catalogue.price_parts",
        "catalogue.price_net",
    ]
