"""One legal document as bytes: the data (CII) and the page (PDF/A-3b) that carries it, as Factur-X.

Pure: no clock, no chance, no network. The same invoice gives the same bytes on any machine with the same
versions.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pikepdf

from quai.core.render import Attachment, render
from quai.exchange.einvoice.cii import to_cii
from quai.exchange.einvoice.page import page_data
from quai.exchange.einvoice.types import Invoice, Profile

FILE_NAME = "factur-x.xml"  # fixed by the standard
TEMPLATE = "exchange/einvoice/templates/invoice.typ"
FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
PROPERTIES = (
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document"),
    ("Version", "The version of the standard that the XML follows"),
    ("ConformanceLevel", "The profile that the XML follows"),
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """What is stored, served and sent, for ever."""

    xml: bytes
    pdf: bytes
    xml_sha256: str
    pdf_sha256: str
    profile: Profile


def render_invoice(invoice: Invoice) -> Rendition:
    """Render an invoice or a credit note as Factur-X.

    Checks nothing: run `arithmetic.invariants` before, `judge.judge` after.
    """
    xml = to_cii(invoice)
    carried = Attachment(
        FILE_NAME,
        xml,
        media_type="text/xml",
        relationship="alternative",  # for France, data and page are two forms of the same original
        description="Factur-X",
    )
    page = render(TEMPLATE, dict(page_data(invoice)), at=_noon(invoice.issued_on), attachments=[carried])
    pdf = _declare(page, invoice.profile)
    return Rendition(xml, pdf, _sha256(xml), _sha256(pdf), invoice.profile)


def _noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _declare(pdf: bytes, profile: Profile) -> bytes:
    """Say in the metadata that this file is Factur-X, which typst cannot.

    PDF/A wants a schema for every property it does not know (ISO 19005-3, 6.6.2.3). typst has already opened
    a list of such schemas, and there may be only one list, so ours joins it.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
        metadata = _inserted(metadata, _schema(), before="</rdf:Bag></pdfaExtension:schemas>")
        metadata = _inserted(metadata, _declaration(profile), before="</rdf:RDF>")
        document.Root.Metadata.write(metadata.encode())
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _inserted(text: str, more: str, *, before: str) -> str:
    if text.count(before) != 1:
        raise ValueError(f"typst's metadata has changed: {before} is there {text.count(before)} times")
    return text.replace(before, more + before)


def _schema() -> str:
    properties = "".join(
        '<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>'
        f"<pdfaProperty:description>{description}</pdfaProperty:description>"
        f"<pdfaProperty:name>{name}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for name, description in PROPERTIES
    )
    return (
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{FX}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )


def _declaration(profile: Profile) -> str:
    return (
        f'<rdf:Description rdf:about="" xmlns:fx="{FX}">'
        f"<fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>{FILE_NAME}</fx:DocumentFileName>"
        f"<fx:Version>1.0</fx:Version><fx:ConformanceLevel>{profile}</fx:ConformanceLevel></rdf:Description>"
    )
