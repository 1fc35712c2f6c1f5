"""Tags: short or long, in any namespace or none, to the reference names of ONIX.

Only the elements that make a notice are named; every other tag is "" and is passed over.
"""

from __future__ import annotations

# Short tag -> reference name, from the short-tag schemas of releases 2.1, 3.0 and 3.1 (composites are
# the reference name in lower case, and are listed below). A tag has one meaning in all three.
_SHORT = {
    "a001": "RecordReference",
    "a002": "NotificationType",
    "b003": "PublicationDate",
    "b012": "ProductForm",
    "b018": "TitleOfSeries",
    "b028": "DistinctiveTitle",
    "b029": "Subtitle",
    "b030": "TitlePrefix",
    "b031": "TitleWithoutPrefix",
    "b034": "SequenceNumber",
    "b036": "PersonName",
    "b037": "PersonNameInverted",
    "b039": "NamesBeforeKey",
    "b040": "KeyNames",
    "b041": "NamesAfterKey",
    "b047": "CorporateName",
    "b049": "ContributorStatement",
    "b079": "ImprintName",
    "b081": "PublisherName",
    "b089": "SalesRightsType",
    "b090": "RightsCountry",
    "b202": "TitleType",
    "b203": "TitleText",
    "b221": "ProductIDType",
    "b241": "NameCodeType",
    "b243": "NameCodeValue",
    "b244": "IDValue",
    "b247": "PrefixToKey",
    "b251": "CountryCode",
    "b291": "PublishingRole",
    "b306": "Date",
    "b388": "RightsTerritory",
    "c093": "MeasureTypeCode",
    "c094": "Measurement",
    "c095": "MeasureUnitCode",
    "h208": "RelationCode",
    "j135": "SupplierEANLocationNumber",
    "j141": "AvailabilityCode",
    "j142": "ExpectedShipDate",
    "j143": "OnSaleDate",
    "j145": "PackQuantity",
    "j148": "PriceTypeCode",
    "j151": "PriceAmount",
    "j152": "CurrencyCode",
    "j154": "TaxRatePercent1",
    "j155": "TaxableAmount1",
    "j156": "TaxAmount1",
    "j158": "TaxRatePercent2",
    "j159": "TaxableAmount2",
    "j160": "TaxAmount2",
    "j161": "PriceEffectiveFrom",
    "j162": "PriceEffectiveUntil",
    "j192": "UnpricedItemType",
    "j260": "DateFormat",
    "j261": "PriceQualifier",
    "j263": "MinimumOrderQuantity",
    "j268": "ReturnsCodeType",
    "j269": "ReturnsCode",
    "j303": "Territory",
    "j304": "CountryExcluded",
    "j308": "TerritoryExcluded",
    "j345": "SupplierIDType",
    "j387": "LastDateForReturns",
    "j396": "ProductAvailability",
    "j403": "MarketCountry",
    "j404": "MarketTerritory",
    "j408": "MarketDateRole",
    "m185": "DefaultPriceTypeCode",
    "m186": "DefaultCurrencyCode",
    "m187": "DefaultLinearUnit",
    "m188": "DefaultWeightUnit",
    "x310": "DefaultPriceType",
    "x315": "MeasureType",
    "x409": "TitleElementLevel",
    "x410": "PartNumber",
    "x445": "ImprintIDType",
    "x447": "PublisherIDType",
    "x448": "PublishingDateRole",
    "x449": "CountriesIncluded",
    "x450": "RegionsIncluded",
    "x451": "CountriesExcluded",
    "x452": "RegionsExcluded",
    "x455": "ProductRelationCode",
    "x456": "ROWSalesRightsType",
    "x461": "SupplyDateRole",
    "x462": "PriceType",
    "x470": "TaxType",
    "x472": "TaxRatePercent",
    "x473": "TaxableAmount",
    "x474": "TaxAmount",
    "x476": "PriceDateRole",
    "x532": "OrderQuantityMinimum",
    "x533": "OrderQuantityMultiple",
}

_COMPOSITES = tuple(
    """
    ProductIdentifier DescriptiveDetail CollateralDetail ContentDetail PromotionDetail PublishingDetail
    RelatedMaterial ProductionDetail ProductSupply TitleDetail TitleElement Title Contributor Collection
    Series Measure Publisher PublisherIdentifier Imprint ImprintIdentifier PublishingDate SalesRights
    NotForSale Territory RelatedProduct Market MarketPublishingDetail MarketDate MarketRepresentation
    SupplyDetail Supplier SupplierIdentifier NewSupplier ReturnsConditions SupplyDate Price Tax PriceDate
    """.split()  # noqa: SIM905
)

MAX_KNOWN = 4096  # a hostile file may invent a new tag each time


class _Names(dict[str, str]):
    """Tag as parsed -> reference name, remembering what it has worked out."""

    def __missing__(self, tag: str) -> str:
        local = tag.rpartition("}")[2]
        name = self.get(local, "") if local != tag else ""
        if len(self) < MAX_KNOWN:
            self[tag] = name
        return name


NAMES = _Names(_SHORT)
NAMES.update({name: name for name in [*_SHORT.values(), *_COMPOSITES]})
NAMES.update({name.lower(): name for name in _COMPOSITES})
