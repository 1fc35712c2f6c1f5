"""The file that is stored: PDF/A-3 that says it is Factur-X, with the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from pypdf import PdfReader

from quai.exchange.einvoice.cii import to_cii
from quai.exchange.einvoice.read import extract, read_cii
from quai.exchange.einvoice.rendition import FX, Rendition, render_invoice
from quai.exchange.einvoice.tests.cast import CAST, credit, invoice, line
from quai.exchange.einvoice.tests.strategies import invoices
from quai.exchange.einvoice.types import Invoice

PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"


def page_text(rendition: Rendition) -> str:
    """What the pages say, every kind of space and line end being one space."""
    pages = PdfReader(io.BytesIO(rendition.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("name", CAST)
def test_the_data_comes_back(name: str) -> None:
    rendition = render_invoice(CAST[name])
    assert extract(rendition.pdf) == rendition.xml
    assert read_cii(rendition.xml) == remembered(CAST[name])


@given(invoices())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_data_comes_back(issued: Invoice) -> None:
    assert read_cii(to_cii(issued)) == remembered(issued)


def test_xml_refuses_what_it_cannot_hold() -> None:
    written = replace(CAST["one book"].lines[0], title="Le\x07titre")
    with pytest.raises(ValueError, match="XML cannot hold"):
        to_cii(replace(CAST["one book"], lines=(written,)))


def remembered(issued: Invoice) -> Invoice:
    """EN 16931 has room for one identifier of the buyer: the GLN."""
    if issued.profile == "EXTENDED" or not issued.buyer.gln:
        return issued
    return replace(issued, buyer=replace(issued.buyer, siret=""))


@pytest.mark.parametrize("name", ["one book", "several notes"])
def test_the_pdf_is_factur_x(name: str) -> None:
    rendition = render_invoice(CAST[name])
    with pikepdf.open(io.BytesIO(rendition.pdf)) as document:
        assert document.check_pdf_syntax() == []
        [attached] = document.Root.AF
        assert tuple(map(str, (attached.F, attached.UF, attached.AFRelationship))) == (
            "factur-x.xml",
            "factur-x.xml",
            "/Alternative",
        )
        assert attached.EF.F.Subtype == "/text/xml"
        assert list(document.attachments) == ["factur-x.xml"]
        assert [intent.S for intent in document.Root.OutputIntents] == ["/GTS_PDFA1"]
        metadata = etree.fromstring(document.Root.Metadata.read_bytes())
    assert [metadata.findtext(f".//{PDFAID}{tag}") for tag in ("part", "conformance")] == ["3", "B"]
    declared = {
        tag: metadata.findtext(f".//{{{FX}}}{tag}") for tag in ("DocumentType", "DocumentFileName", "Version")
    }
    assert declared == {"DocumentType": "INVOICE", "DocumentFileName": "factur-x.xml", "Version": "1.0"}
    assert metadata.findtext(f".//{{{FX}}}ConformanceLevel") == CAST[name].profile
    assert len(metadata.findall(f".//{EXTENSION}schemas")) == 1
    [ours] = [uri.getparent() for uri in metadata.iter(f"{SCHEMA}namespaceURI") if uri.text == FX]
    assert ours is not None
    names = {each.text for each in ours.iter(f"{PROPERTY}name")}
    assert names == {"DocumentFileName", "DocumentType", "Version", "ConformanceLevel"}


def test_every_font_is_in_the_file() -> None:
    with pikepdf.open(io.BytesIO(render_invoice(CAST["two rates in one product"]).pdf)) as document:
        descriptors = [
            each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each
        ]
        assert descriptors
        assert all("/FontFile3" in each or "/FontFile2" in each for each in descriptors)


def test_the_same_invoice_gives_the_same_bytes() -> None:
    first, between, again = (render_invoice(CAST[name]) for name in ("one book", "several notes", "one book"))
    assert first == again
    assert first.pdf_sha256 != between.pdf_sha256


def test_the_page_says_what_the_data_says() -> None:
    text = page_text(render_invoice(CAST["part paid, on debits"]))
    for told in (
        "F2026-000123",
        "15 octobre 2026",
        "14 décembre 2026",
        "Le Parfum",
        "9,0995",
        "36 %",
        "40 €",
    ):
        assert told in text
    for told in (
        "5,82",
        "0,32",
        "6,14",
        "−2,00",
        "4,14 €",
        "TVA acquittée sur les débits",
        "SIREN 404833048",
    ):
        assert told in text


def test_an_export_says_why_there_is_no_tax() -> None:
    assert "article 294 du code général des impôts" in page_text(render_invoice(CAST["Réunion"]))


def test_a_credit_note_names_what_it_credits() -> None:
    text = page_text(render_invoice(CAST["credit over several invoices"]))
    assert "Avoir A2026-000031" in text
    assert "F2026-000011 du 2 mars 2026 et F2026-000020 du 2 mars 2026" in text


def test_a_long_invoice_repeats_its_head_and_counts_its_pages() -> None:
    issued = invoice([line(n % 5, 2, discount="36") for n in range(60)])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_invoice(issued).pdf)).pages]
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert "Public TTC" in page
        assert f"page {number} / 2" in page
    assert "60 lignes, 120 exemplaires" in pages[1].replace("\xa0", " ")


def test_a_title_no_font_can_write_does_not_stop_the_invoice() -> None:
    written = replace(CAST["one book"].lines[0], title="日本 & Достоевский 😀")
    rendition = render_invoice(replace(CAST["one book"], lines=(written,)))
    assert read_cii(rendition.xml).lines[0].title == written.title
    assert "Достоевский" in page_text(rendition)


def test_amounts_keep_their_exact_writing() -> None:
    xml = to_cii(credit([line(0, 1000, discount="36.30")], "F2026-000011")).decode()
    assert "<ram:CalculationPercent>36.3</ram:CalculationPercent>" in xml
    assert '<ram:BilledQuantity unitCode="C62">1000</ram:BilledQuantity>' in xml
    assert Decimal("7.7725") == read_cii(xml.encode()).lines[0].gross_price


def test_a_pdf_without_invoice_says_so() -> None:
    empty = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(empty)
    with pytest.raises(ValueError, match="carries no invoice"):
        extract(empty.getvalue())
