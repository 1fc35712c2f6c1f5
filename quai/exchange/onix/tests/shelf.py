"""What the tests of this folder share: the sample files, and a notice as a French sender writes it."""

from __future__ import annotations

import io
from pathlib import Path

from quai.catalogue.types import NoticeProblem, ProductNotice
from quai.exchange.onix.read import read

SAMPLES = Path(__file__).parent / "samples"

PRODUCT = """<Product>
<RecordReference>3010000000015-{gtin}</RecordReference><NotificationType>03</NotificationType>
<ProductIdentifier><ProductIDType>03</ProductIDType><IDValue>{gtin}</IDValue></ProductIdentifier>
<DescriptiveDetail><ProductForm>BC</ProductForm>
<TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel>
<TitleText>{title}</TitleText></TitleElement></TitleDetail></DescriptiveDetail>
<PublishingDetail>{publishing}</PublishingDetail>
<ProductSupply><SupplyDetail><Supplier><SupplierRole>02</SupplierRole>
<SupplierIdentifier><SupplierIDType>06</SupplierIDType><IDValue>3010000000015</IDValue></SupplierIdentifier>
</Supplier><ProductAvailability>21</ProductAvailability>{supply}</SupplyDetail></ProductSupply>
</Product>
"""
PRICE = (
    "<Price><PriceType>04</PriceType><PriceAmount>{}</PriceAmount>{}"
    "<CurrencyCode>EUR</CurrencyCode>{}</Price>"
)


def product(
    gtin: str = "9782070360024", title: str = "L'Étranger", supply: str = "", publishing: str = ""
) -> str:
    """One product in long tags; `supply` and `publishing` are XML put in those blocks."""
    return PRODUCT.format(gtin=gtin, title=title, supply=supply, publishing=publishing)


def price(amount: str, taxes: str = "", dates: str = "") -> str:
    return PRICE.format(amount, taxes, dates)


def message(*products: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    header = "<Header><DefaultCurrencyCode>EUR</DefaultCurrencyCode></Header>"
    return f'{head}\n<ONIXMessage release="3.0">{header}\n{"".join(products)}</ONIXMessage>\n'


def both(content: str | bytes) -> list[ProductNotice | NoticeProblem]:
    """Everything the reader yields."""
    return list(read(io.BytesIO(content.encode() if isinstance(content, str) else content)))


def notices(content: str | bytes) -> list[ProductNotice]:
    return [each for each in both(content) if isinstance(each, ProductNotice)]


def problems(content: str | bytes) -> list[NoticeProblem]:
    return [each for each in both(content) if isinstance(each, NoticeProblem)]


def one(content: str | bytes) -> ProductNotice:
    """The only notice, with no problem beside it."""
    [notice] = both(content)
    assert isinstance(notice, ProductNotice), notice
    return notice


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.xml").read_bytes()
