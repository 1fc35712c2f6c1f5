"""Every sample file is read, and what it says is what we say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quai.catalogue.types import Block, NoticeProblem, Notification, PriceNotice, SalesRight, TaxedPart
from quai.exchange.onix.read import detect

from .shelf import SAMPLES, both, notices, one, sample

NO_VAT = "Le prix de {} ne dit pas sa TVA : celle du prix connu est retenue, sinon celle des livres."
ROSEANNA = [
    ("onix3-single", "Maj Sjwall, Per Wahl, Lois Roth, Henning Mankell", 16),  # its accents were lost
    ("single-book-onix3", "Maj Sjöwall, Per Wahlöö, Lois Roth, Henning Mankell", 16),
    ("single-book-onix3-short", "Maj Sjöwall, Per Wahlöö, Lois Roth, Henning Mankell", 15),
    ("Onix3.1-single-ref", "Maj Sjöwall, Per Wahlöö, Lois Roth, Henning Mankell", 16),
    ("Onix3.1-single-short", "Maj Sjöwall, Per Wahlöö, Lois Roth, Henning Mankell", 16),
    ("short", "Maj Sjöwall, Per Wahlöö, Lois Roth, Henning Mankell", 16),
]


@pytest.mark.parametrize(("name", "contributors", "pack"), ROSEANNA)
def test_the_same_book_in_six_dialects(name: str, contributors: str, pack: int) -> None:
    notice = one(sample(name))
    assert notice.gtin == "9780007232833"
    assert notice.record_reference == "com.globalbookinfo.onix.01734529"
    assert notice.notification is Notification.UPDATE
    assert (notice.title, notice.subtitle) == ("Roseanna", "")
    assert notice.collection == "The Martin Beck series"
    assert notice.contributors == contributors
    assert (notice.publisher_name, notice.imprint_name) == ("HarperCollins Publishers", "HarperPerennial")
    assert notice.publisher_gln == ""  # an ISNI is no GLN
    assert notice.distributor_gln == "5051366000000"
    assert (notice.product_form, notice.availability, notice.returns_code) == ("BC", "21", "1")
    assert notice.publication_on == date(2006, 8, 7)
    assert (notice.weight_g, notice.thickness_mm, notice.pack_quantity) == (195, 18, pack)
    assert notice.sales_rights[1] == SalesRight("06", ("AS", "CA", "GU", "MP", "PH", "PR", "US", "VI"))
    assert notice.blocks == {
        Block.DESCRIPTIVE,
        Block.COLLATERAL,
        Block.PUBLISHING,
        Block.RELATED,
        Block.SUPPLY,
    }


def test_a_price_without_territory_keeps_its_currency() -> None:
    notice = one(sample("onix3-single"))
    tax = TaxedPart(Decimal("10"), Decimal("26.99"))
    assert notice.prices == (PriceNotice(Decimal("26.99"), "AUD", parts=(tax,)),)
    assert notice.warnings == ("Aucun prix en euros n'est donné.",)
    assert notice.on_sale_on is None  # the market date is Australia's


def test_a_price_without_tax_or_for_elsewhere_is_not_the_public_price() -> None:
    notice = one(sample("single-book-onix3"))
    assert notice.prices == ()
    assert notice.warnings == ("Aucun prix public TTC valable en France n'est donné.",)


def test_french_digital_notices() -> None:
    read = notices(sample("9782752906700"))
    assert [notice.gtin for notice in read[:3]] == ["3019002489208", "3019002489901", "3019002490006"]
    assert [notice.line for notice in read[:2]] == [11, 87]
    assert [(notice.availability, notice.prices) for notice in read[:3]] == [("45", ())] * 3
    book = read[3]
    assert (book.gtin, book.product_form, book.availability) == ("9782752908643", "EA", "20")
    assert (book.contributors, book.imprint_name) == ("Julie Otsuka", "Phébus")
    assert (book.publication_on, book.prices) == (date(2012, 9, 6), (PriceNotice(Decimal("10.99")),))
    assert {notice.distributor_gln for notice in read} == {"3012410001000"}
    assert {notice.title for notice in read} == {"Certaines n'avaient jamais vu la mer"}
    assert {notice.warnings for notice in read if notice.prices} == {(NO_VAT.format("10.99"),)}
    assert not any(notice.warnings for notice in read if not notice.prices)


def test_a_withdrawn_notice_with_a_time_in_its_date() -> None:
    notice = one(sample("bad_content_date_format"))
    assert (notice.gtin, notice.title, notice.contributors) == ("9782211217347", "Simple", "Marie Lano")
    assert (notice.availability, notice.distributor_gln) == ("40", "3012410002007")
    assert notice.publication_on == date(2013, 11, 5)
    assert notice.sales_rights == (SalesRight("03", ("WORLD",)),)


@pytest.mark.parametrize(("name", "on_sale_on"), [("embargo-date", date(2012, 9, 21)), ("full-sender", None)])
def test_an_embargo(name: str, on_sale_on: date | None) -> None:
    notice = one(sample(name))
    assert (notice.publication_on, notice.on_sale_on) == (date(2011, 8, 31), on_sale_on)
    assert (notice.title, notice.subtitle) == ("Xxxxxxxx - title", "Xxxx subtitle")
    assert (notice.collection, notice.availability, notice.expected_on) == ("Plop", "20", date(2011, 8, 31))
    assert notice.prices == (PriceNotice(Decimal("3.99")),)
    assert notice.sales_rights == (SalesRight("01", ("FR",)), SalesRight("00", ("ROW",)))
    assert notice.warnings == (
        "La clé de contrôle du code 9780000000000 est fausse.",
        NO_VAT.format("3.99"),
    )


@pytest.mark.parametrize("name", ["test_prices1", "test_prices2", "test_prices3"])
def test_twelve_digits_are_no_gtin(name: str) -> None:
    message = "La notice n'a pas de code à 13 chiffres (EAN ou ISBN) : elle n'est pas lue."
    assert both(sample(name)) == [NoticeProblem("error", message, "xxx", 1, 1)]


def test_no_identifier_at_all() -> None:
    [problem] = both(sample("invalid_textformat"))
    assert isinstance(problem, NoticeProblem)
    assert (problem.reference, problem.position, problem.line) == ("immateriel.fr-O192530", 1, 3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # The one for several countries among which France is not is left out; WORLD holds.
        ("test_prices2", [("3.99", date(2013, 10, 1), None)]),
        ("test_prices3", [("2.99", None, None), ("1.99", date(2013, 6, 10), None)]),
    ],
)
def test_dated_prices(name: str, expected: list[tuple[str, date | None, date | None]]) -> None:
    repaired = sample(name).replace(b"978123456789<", b"9781234567897<")
    notice = one(repaired)
    assert [(str(p.retail_price), p.from_on, p.until_on) for p in notice.prices] == expected
    assert {p.currency for p in notice.prices} == {"EUR"}


def test_a_launch_price_of_one_country_among_others() -> None:
    notice = one(sample("test_prices1").replace(b"978123456789<", b"9781234567897<"))
    assert [(p.retail_price, p.from_on, p.until_on) for p in notice.prices] == [
        (Decimal("4.99"), date(2013, 3, 27), date(2013, 4, 27)),
        (Decimal("14.99"), date(2013, 4, 27), None),
    ]
    assert notice.publication_on == date(2011, 6, 1)


def test_onix_21_from_france() -> None:
    notice = one(sample("onix2"))
    assert (notice.gtin, notice.title) == ("9782346032532", "La Physiologie de l'esprit")
    assert (notice.contributors, notice.publisher_name) == ("Frédéric Paulhan", "BnF-Partenariats")
    assert (notice.product_form, notice.availability) == ("DG", "20")
    assert notice.prices == (PriceNotice(Decimal("1.49")),)


def test_onix_21_with_everything() -> None:
    notice = one(sample("onix2-single"))
    assert (notice.title, notice.subtitle) == ("The World Of Mining", "Doomed for Failure?")
    assert (notice.collection, notice.contributors) == ("Travel Guide", "Richard Woldendorp")
    assert (notice.weight_g, notice.pack_quantity) == (2212, 6)
    assert (notice.availability, notice.returns_code) == ("21", "3")  # BISAC "C", conditional
    assert notice.on_sale_on == date(2015, 5, 25)  # the embargo of the market WORLD
    assert notice.sales_rights[-1] == SalesRight("03", ("GB", "US"))


def test_onix_21_digital() -> None:
    notice = one(sample("single-book-onix2"))
    assert (notice.gtin, notice.title, notice.contributors) == (
        "9781576753422",
        "Be the Hero",
        "Noah Blumenthal",
    )
    assert (notice.availability, notice.on_sale_on) == ("20", date(2009, 8, 1))


@pytest.mark.parametrize("name", ["onix2-multiple", "onix3-multiple"])
def test_a_list_in_both_releases(name: str) -> None:
    read = notices(sample(name))
    assert len(read) == len(both(sample(name))) == 21
    assert [notice.position for notice in read] == list(range(1, 22))
    first, wilbur, cricket = read[0], read[7], read[13]
    assert (first.title, first.notification, first.availability) == ("147 Things", Notification.NEW, "10")
    assert first.prices[0].retail_price == Decimal("19.99")
    assert (wilbur.weight_g, wilbur.thickness_mm, wilbur.availability) == (491, 56, "11")
    assert read[15].record_reference == cricket.record_reference  # twice in the file: both enter
    assert (read[11].title, read[11].contributors) == (
        "The 26-Storey Treehouse",
        "Terry Denton, Andy Griffiths",
    )


@pytest.mark.parametrize(
    ("name", "gtin", "title", "contributors", "amount", "availability"),
    [
        ("control_chars", "9780194351898", "OXFORD PICTURE DICTIONARY CHINESE", "SHAPIRO", "59.95", "21"),
        ("entities", "9780732287573", "High Noon–in Nimbin", "Robert G Barrett", "29.99", ""),
        ("extra_entities", "9780470048948", "Ipod® & Itunes® for Dummies®, 4th Edition", "Bove", "", "10"),
        ("iso_8859_1", "9781742169347", "Property Is a Girl's Best Friend", "Hans Küng", "32.95", "10"),
        ("utf_16", "9781742169347", "Property Is a Girl's Best Friend", "Hans Küng", "32.95", "10"),
        ("no_encoding", "9781847394408", "Queenpin", "Megan Abbott", "22.99", "10"),
        ("product_invalid_pubdate", "9780100000001", "", "", "", ""),
    ],
)
def test_encodings_entities_and_odd_values(
    name: str, gtin: str, title: str, contributors: str, amount: str, availability: str
) -> None:
    notice = one(sample(name))
    assert (notice.gtin, notice.title, notice.contributors) == (gtin, title, contributors)
    assert [str(price.retail_price) for price in notice.prices] == ([amount] if amount else [])
    assert notice.availability == availability


def test_the_default_currency_of_the_header() -> None:
    assert one(sample("iso_8859_1")).prices[0].currency == "AUD"
    assert one(sample("no_encoding")).prices[0].currency == ""  # nobody says


def test_a_zero_date_and_a_zero_price_are_told() -> None:
    notice = one(sample("product_invalid_pubdate"))
    assert notice.publication_on is None
    assert "La date « 00000000 » n'est pas comprise." in notice.warnings
    assert "Un prix nul n'est pas lu." in notice.warnings


def test_short_tags_of_21() -> None:
    notice = one(sample("short_tags"))
    assert (notice.gtin, notice.title) == ("9781602581869", "The Acts of the Apostles")
    assert notice.subtitle == "Four Centuries of Baptist Interpretation"
    assert notice.contributors.split(", ")[0::4] == ["Beth Allison Barr", "Helen Barrett Montgomery"]
    assert (notice.availability, notice.returns_code) == ("20", "1")
    assert notice.expected_on == date(2009, 6, 15)


def test_availability_in_letters() -> None:
    first, second = notices(sample("two_products"))
    assert (first.weight_g, first.availability) == (720, "21")
    assert (second.title, second.availability) == ("Air Transport and Globalisation", "99")
    assert second.prices[0].retail_price == Decimal("124.95")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_every_sample_is_known_for_onix(path: Path) -> None:
    assert detect(path.read_bytes()[:4096])
