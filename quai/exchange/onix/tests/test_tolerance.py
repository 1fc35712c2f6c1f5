"""What senders really do to XML, and what we make of it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest

from quai.catalogue.types import Block, Notification, PriceNotice, ProductNotice, TaxedPart
from quai.exchange.onix.read import detect, read

from .shelf import message, notices, one, price, problems, product

OTHER = "9782070408504"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_mark(encoding: str) -> None:
    content = message(product(title="Œuvre à 10 €"), head='<?xml version="1.0"?>').encode(encoding)
    assert one(content).title == "Œuvre à 10 €"
    assert detect(content)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "iso-8859-15", "cp850", "UTF-8"])
def test_declared_encodings(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    assert one(message(product(title="Été à Nîmes"), head=head).encode(encoding)).title == "Été à Nîmes"


@pytest.mark.parametrize("declared", ["UTF-8", "x-unknown", "utf-16", "hex"])
def test_latin_1_that_says_otherwise(declared: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>'
    content = message(product(title="Été – l’œuvre"), product(OTHER), head=head).encode("cp1252")
    assert [notice.title for notice in notices(content)] == ["Été – l’œuvre", "L'Étranger"]


def test_utf_8_that_says_latin_1() -> None:
    content = message(product(title="Été"), head='<?xml version="1.0" encoding="ISO-8859-1"?>')
    assert one(content.encode()).title == "Été"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("l&rsquo;&eacute;t&eacute;", "l’été"),
        ("R&D et &unknown;", "R&D et &unknown;"),
        ("Tom &amp; Jerry &#38; Cie", "Tom & Jerry & Cie"),
        ("<![CDATA[Tom & Jerry &eacute; <b>gras</b>]]>", "Tom & Jerry é gras"),
        ("&lt;i&gt;Ulysse&lt;/i&gt; &amp;amp; fils", "Ulysse & fils"),
        ("a\x00b\x0bc&#11;d&#x1F;e", "a b c d e"),
        ("un  titre\n\tsur\r\n deux lignes ", "un titre sur deux lignes"),
        ("zéro\u200blargeur\ufeff", "zérolargeur"),
        ("<em>L'</em>île<br/>noire", "L'îlenoire"),
        ("x &lt; y", "x < y"),
        ("d&#146;avril", "d’avril"),
    ],
)
def test_titles_as_they_come(written: str, read_as: str) -> None:
    assert one(message(product(title=written))).title == read_as


def test_codes_with_invisible_characters() -> None:
    assert one(message(product(gtin="978-2-07\u200b-036002\u00a0-4"))).gtin == "9782070360024"


@pytest.mark.parametrize(
    "opening",
    [
        '<ONIXMessage release="3.0" xmlns="http://www.editeur.org/onix/3.0/reference">',
        '<ONIXMessage release="3.1" xmlns="http://ns.editeur.org/onix/3.1/reference">',
        "<ONIXMessage>",
        "",
    ],
)
def test_any_namespace_header_or_root(opening: str) -> None:
    assert one(opening + product() + ("</ONIXMessage>" if opening else "")).title == "L'Étranger"


def test_prefixed_tags() -> None:
    body = product().replace("</", "</onix:").replace("<", "<onix:").replace("<onix:/onix:", "</onix:")
    content = (
        f'<onix:ONIXMessage xmlns:onix="http://ns.editeur.org/onix/3.0/reference">{body}</onix:ONIXMessage>'
    )
    assert one(content).distributor_gln == "3010000000015"


def test_attributes_and_spaces_in_product_tags() -> None:
    content = (
        product().replace("<Product>", '<Product datestamp="20240101">').replace("</Product>", "</Product >")
    )
    assert [notice.gtin for notice in notices(message(content, product(OTHER)))] == ["9782070360024", OTHER]


def test_products_in_comments_are_not_products() -> None:
    content = message(
        product(), f"<!-- {product(OTHER)} -->", product(title="<!-- </Product> --><![CDATA[<Product>]]>")
    )
    assert problems(content) == []
    assert [notice.title for notice in notices(content)] == ["L'Étranger", ""]


def test_a_doctype_is_passed_over_with_what_it_declares() -> None:
    doctype = (
        '<!DOCTYPE ONIXMessage SYSTEM "http://nowhere.invalid/onix.dtd" [<!ENTITY p "<Product></Product>">]>'
    )
    assert one(message(product(title="A &p; B"), head=doctype)).title == "A &p; B"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("01", Notification.NEW),
        ("02", Notification.NEW),
        ("03", Notification.UPDATE),
        ("04", Notification.BLOCK_UPDATE),
        ("05", Notification.DELETE),
        ("09", Notification.UPDATE),
    ],
)
def test_notifications(code: str, expected: Notification) -> None:
    written = product().replace("<NotificationType>03<", f"<NotificationType>{code}<")
    assert one(message(written)).notification is expected


@pytest.mark.parametrize(("code", "reason"), [("88", "essai"), ("89", "essai"), ("77", "« 77 »")])
def test_notifications_that_do_not_enter(code: str, reason: str) -> None:
    written = product().replace("<NotificationType>03<", f"<NotificationType>{code}<")
    [problem] = problems(message(written))
    assert reason in problem.message


def test_a_block_update_says_which_blocks() -> None:
    content = (
        "<Product><RecordReference>r</RecordReference><NotificationType>04</NotificationType>"
        "<ProductIdentifier><ProductIDType>15</ProductIDType><IDValue>9782070360024</IDValue></ProductIdentifier>"
        f"<ProductSupply><SupplyDetail><ProductAvailability>40</ProductAvailability>{price('7,50')}"
        "</SupplyDetail></ProductSupply></Product>"
    )
    notice = one(content)
    assert notice.blocks == {Block.SUPPLY}
    assert (notice.availability, notice.prices) == ("40", (PriceNotice(Decimal("7.50")),))


def test_a_deletion_needs_only_its_key() -> None:
    content = (
        "<Product><RecordReference>r</RecordReference><NotificationType>05</NotificationType>"
        "<ProductIdentifier><ProductIDType>02</ProductIDType><IDValue>2-07-036002-4</IDValue></ProductIdentifier>"
        "</Product>"
    )
    notice = one(content)
    assert (notice.gtin, notice.notification) == ("9782070360024", Notification.DELETE)
    assert (notice.blocks, notice.warnings) == (frozenset(), ())


def tax(rate: str, taxable: str, amount: str = "") -> str:
    said = f"<TaxAmount>{amount}</TaxAmount>" if amount else ""
    base = f"<TaxableAmount>{taxable}</TaxableAmount>"
    return f"<Tax><TaxType>01</TaxType><TaxRatePercent>{rate}</TaxRatePercent>{base}{said}</Tax>"


@pytest.mark.parametrize(
    ("taxes", "parts"),
    [
        ("", []),
        (tax("5,5", "28.34"), [("5.5", "29.90")]),
        (tax("5.50", "18.96", "1.04") + tax("20", "8.25", "1.65"), [("5.50", "20.00"), ("20", "9.90")]),
        (tax("5.5", "18.96") + tax("20", "8.25"), [("5.5", "20.00"), ("20", "9.90")]),
        (tax("5.5", "18.96") + tax("20", ""), [("5.5", "20.00"), ("20", "9.90")]),
        (tax("5.5", "20.00") + tax("20", "9.90"), [("5.5", "20.00"), ("20", "9.90")]),  # sent with the tax in
        (tax("5.5", "18.95") + tax("20", "8.25"), [("5.5", "20.00"), ("20", "9.90")]),  # a cent of rounding
        (tax("5.5", "1.00") + tax("20", "2.00"), []),
    ],
)
def test_prices_by_vat_rate(taxes: str, parts: list[tuple[str, str]]) -> None:
    notice = one(message(product(supply=price("29,90", taxes))))
    [read_price] = notice.prices
    assert read_price.retail_price == Decimal("29.90")
    assert read_price.parts == tuple(TaxedPart(Decimal(rate), Decimal(amount)) for rate, amount in parts)
    assert any("ne font pas" in warning for warning in notice.warnings) == ("1.00" in taxes)
    assert any("ne dit pas sa TVA" in warning for warning in notice.warnings) == (not parts)


def test_a_future_price_enters_as_a_dated_price() -> None:
    dated = (
        "<PriceDate><PriceDateRole>{}</PriceDateRole><DateFormat>{}</DateFormat><Date>{}</Date></PriceDate>"
    )
    supply = price("7.50", dates=dated.format("15", "00", "20270101")) + price(
        "8.00", dates=dated.format("24", "06", "2027010120271231")
    )
    assert one(message(product(supply=supply))).prices == (
        PriceNotice(Decimal("7.50"), until_on=date(2027, 1, 1)),
        PriceNotice(Decimal("8.00"), from_on=date(2027, 1, 1), until_on=date(2028, 1, 1)),
    )


def test_only_the_public_price_is_read() -> None:
    supply = "".join(
        price("9.99").replace("<PriceType>04<", f"<PriceType>{kind}<{more}")
        for kind, more in [
            ("01", "/PriceType><PriceQualifier>05</PriceQualifier><PriceType>01<"),
            ("05", "/PriceType><PriceType>05<"),
            ("14", "/PriceType><PriceType>14<"),
            ("04", "/PriceType><PriceQualifier>06</PriceQualifier><PriceType>04<"),
        ]
    )
    notice = one(message(product(supply=supply)))
    assert notice.prices == ()
    assert notice.warnings == ("Aucun prix public TTC valable en France n'est donné.",)
    assert one(message(product(supply=supply + price("7.50")))).prices == (PriceNotice(Decimal("7.50")),)


def test_a_price_that_is_no_number_is_told_and_the_notice_enters() -> None:
    notice = one(message(product(supply=price("dix euros"))))
    assert "Le prix « dix euros » n'est pas compris." in notice.warnings


def test_the_offer_for_france_is_read_and_the_other_supplier_told() -> None:
    swiss = (
        "<ProductSupply><Market><Territory><CountriesIncluded>CH</CountriesIncluded></Territory></Market>"
        "<SupplyDetail><Supplier><SupplierIdentifier><SupplierIDType>06</SupplierIDType>"
        "<IDValue>7610000000017</IDValue></SupplierIdentifier></Supplier>"
        "<ProductAvailability>40</ProductAvailability></SupplyDetail></ProductSupply>"
    )
    notice = one(message(product().replace("<ProductSupply>", swiss + "<ProductSupply>", 1)))
    assert (notice.distributor_gln, notice.availability) == ("3010000000015", "21")
    assert notice.warnings == ("L'offre lue est celle de 3010000000015, pas celle de 7610000000017.",)


def test_the_offer_of_the_house_is_read_wherever_it_stands() -> None:
    other = (
        "<SupplyDetail><Supplier><SupplierRole>02</SupplierRole><SupplierIdentifier><SupplierIDType>06"
        "</SupplierIDType><IDValue>3019000000015</IDValue></SupplierIdentifier></Supplier>"
        f"<ProductAvailability>40</ProductAvailability>{price('7.50')}</SupplyDetail>"
    )
    content = message(product(supply=price("20.00")).replace("<ProductSupply>", "<ProductSupply>" + other, 1))
    [notice] = read(io.BytesIO(content.encode()), ours=["3010000000015"])
    assert isinstance(notice, ProductNotice)
    assert (notice.distributor_gln, notice.availability) == ("3010000000015", "21")
    assert notice.prices == (PriceNotice(Decimal("20.00")),)
    assert not any("offre" in warning for warning in notice.warnings)


def test_the_conditions_of_the_french_trade() -> None:
    supply = (
        "<ReturnsConditions><ReturnsCodeType>01</ReturnsCodeType><ReturnsCode>3</ReturnsCode></ReturnsConditions>"
        "<SupplyDate><SupplyDateRole>18</SupplyDateRole><Date dateformat='01'>202706</Date></SupplyDate>"
        "<SupplyDate><SupplyDateRole>08</SupplyDateRole><Date dateformat='05'>2027</Date></SupplyDate>"
        "<NewSupplier><SupplierIdentifier><SupplierIDType>06</SupplierIDType><IDValue>3010000000022</IDValue>"
        "</SupplierIdentifier></NewSupplier><OrderQuantityMinimum>5</OrderQuantityMinimum>"
        "<OrderQuantityMultiple>10</OrderQuantityMultiple>"
    )
    notice = one(message(product(supply=supply)))
    assert notice.returns_code == "3"
    assert notice.last_return_on == date(2027, 6, 30)  # the whole month is the shop's
    assert notice.expected_on == date(2027, 1, 1)
    assert notice.new_distributor_gln == "3010000000022"
    assert (notice.order_minimum, notice.order_multiple) == (5, 10)


def test_an_unknown_publication_date_is_unknown() -> None:
    publishing = (
        "<PublishingDate><PublishingDateRole>01</PublishingDateRole><Date>20991231</Date></PublishingDate>"
    )
    notice = one(message(product(publishing=publishing)))
    assert (notice.publication_on, notice.warnings) == (None, ())


def test_the_raw_notice_can_be_read_again() -> None:
    notice = one(message(product(title="R&D l&rsquo;&eacute;t\x0b\xe9")).encode("cp1252"))
    again = next(iter(read(io.BytesIO(notice.raw))))
    assert again.title == notice.title == "R&D l’ét é"  # type: ignore[union-attr]
