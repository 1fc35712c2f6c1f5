"""The neutral notice: what a product file says of one product, whatever the format it came in.

A notice is keyed by (GTIN, distributor GLN), never by its record reference. Nothing here touches a database.
Sources: EDItEUR, ONIX for Books code lists 1, 46, 54, 65; the trade's nine availability codes
(domain, Catalogue).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

UNKNOWN_DATE = date(2099, 12, 31)  # how the trade writes "date not known" where a date is mandatory


class Notification(StrEnum):
    """What the sender wants done with the notice (ONIX list 1)."""

    NEW = "new"  # 01, 02: a whole notice sent before publication
    UPDATE = "update"  # 03, 08, 09: a whole notice; it may be the first we get
    BLOCK_UPDATE = "block_update"  # 04 (and 12 to 14 of ONIX 2.1): only the blocks sent replace ours
    DELETE = "delete"  # 05: the notice was sent by mistake (a title that goes out of print is not deleted)


class Block(StrEnum):
    """One of the parts of an ONIX 3 product; a block update leaves those not sent untouched."""

    DESCRIPTIVE = "descriptive"
    COLLATERAL = "collateral"
    CONTENT = "content"
    PROMOTION = "promotion"
    PUBLISHING = "publishing"
    RELATED = "related"
    PRODUCTION = "production"
    SUPPLY = "supply"


class TaxedPart(NamedTuple):
    """The share of a retail price that bears one VAT rate."""

    vat_rate: Decimal  # percent: 5.5
    amount: Decimal  # VAT included; the parts of a price add up to it


@dataclass(frozen=True, slots=True)
class PriceNotice:
    """A public price with VAT, as announced. A future price is one with a `from_on` to come.

    Read from ONIX price types 04 (fixed by law), else 02 (recommended), else 42 (agency), in that order of
    preference; prices without tax, wholesale, for members, libraries or special sales are not public prices.
    """

    retail_price: Decimal
    currency: str = "EUR"  # ISO 4217; empty when the file does not say
    from_on: date | None = None
    until_on: date | None = None  # first day it no longer holds
    parts: tuple[TaxedPart, ...] = ()  # empty when the file does not say the rates


class SalesRight(NamedTuple):
    """Where the product may be sold (types 01, 02, 07, 08) or may not (03 to 06): ONIX list 46.

    `places` holds ISO 3166 countries and ONIX regions; ROW stands for everywhere not said.
    """

    type: str
    places: tuple[str, ...]
    except_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductNotice:
    """One product as its publisher or distributor announces it.

    Empty strings, zero and None mean "not said". GTINs and GLNs are as received: a wrong check digit
    only warns.
    """

    gtin: str  # 13 digits
    record_reference: str = ""
    notification: Notification = Notification.UPDATE
    distributor_gln: str = ""  # 13 digits
    new_distributor_gln: str = ""  # who supplies it from now on, with availability 43 or 44
    publisher_name: str = ""
    publisher_gln: str = ""
    imprint_name: str = ""
    imprint_gln: str = ""
    title: str = ""
    subtitle: str = ""
    contributors: str = ""  # "Prénom Nom, Prénom Nom", in the order of the notice
    collection: str = ""
    product_form: str = ""  # ONIX list 150 ("BC"); list 7 when the file is ONIX 2.1
    publication_on: date | None = None  # None also when announced as unknown (20991231)
    on_sale_on: date | None = None  # may not reach a shop's shelf before
    availability: str = ""  # ONIX list 65, two digits: see AVAILABILITIES
    expected_on: date | None = None  # when copies are expected back
    returns_code: str = ""  # the French trade's: 1 per terms, 2 firm, 3 on agreement, 5 and 6 covers
    last_return_on: date | None = None
    weight_g: int = 0
    thickness_mm: int = 0
    pack_quantity: int = 0  # copies per carton
    order_minimum: int = 1
    order_multiple: int = 1
    prices: tuple[PriceNotice, ...] = ()
    successor_gtin: str = ""  # the product that replaces this one
    sales_rights: tuple[SalesRight, ...] = ()
    blocks: frozenset[Block] = frozenset()  # those the notice holds
    raw: bytes = b""  # the product's own XML, UTF-8, well formed
    position: int = 0  # number of the product in its file, from 1
    line: int = 0  # line of the file where it begins, from 1
    warnings: tuple[str, ...] = ()  # whole French sentences: the notice still enters


@dataclass(frozen=True, slots=True)
class NoticeProblem:
    """Something a person should know about a product file; an error hides the notice it names.

    `message` is a whole French sentence; the others say where, as far as known.
    """

    severity: str  # "warning" or "error"
    message: str
    reference: str = ""  # the record reference, or the GTIN
    position: int = 0  # number of the product in the file, from 1; 0: the file itself
    line: int = 0


class TradeAvailability(IntEnum):
    """The nine answers of the French trade to "can I have it?"."""

    AVAILABLE = 1
    NOT_YET_PUBLISHED = 2
    REPRINTING = 3
    TEMPORARILY_UNAVAILABLE = 4
    NOT_OURS = 5
    OUT_OF_PRINT = 6
    MISSING_NO_DATE = 7
    TO_REAPPEAR = 8
    ABANDONED = 9


class Ordering(StrEnum):
    """May a shop order it?"""

    YES = "yes"  # now, or waiting for its date
    WHILE_STOCK_LASTS = "while_stock_lasts"
    NO = "no"


class Availability(NamedTuple):
    """What one code of ONIX list 65 means in this house."""

    trade: TradeAvailability | None  # None: the trade has no such answer
    ordering: Ordering
    may_be_sold: bool = True  # False: the shop takes its copies off the shelf
    may_be_sent: bool = True  # False: the trade's network refuses a notice with this code


_T = TradeAvailability
_YES, _LAST, _NO = Ordering.YES, Ordering.WHILE_STOCK_LASTS, Ordering.NO

# ONIX list 65 to the nine codes of the French trade (domain, Catalogue). A code with no trade answer is read
# by its definition in the list: postponed or withdrawn for a time waits, remaindered goes while stock lasts.
AVAILABILITIES: Mapping[str, Availability] = MappingProxyType(
    {
        "01": Availability(_T.ABANDONED, _NO),
        "09": Availability(None, _YES, may_be_sent=False),  # postponed, no date
        "10": Availability(_T.NOT_YET_PUBLISHED, _YES),
        "11": Availability(_T.TEMPORARILY_UNAVAILABLE, _YES),  # awaiting stock
        "12": Availability(_T.NOT_YET_PUBLISHED, _YES),  # will be print on demand
        "20": Availability(_T.AVAILABLE, _YES),
        "21": Availability(_T.AVAILABLE, _YES),  # in stock
        "22": Availability(_T.AVAILABLE, _YES),  # on special order
        "23": Availability(_T.AVAILABLE, _YES),  # print on demand: no stock is normal
        "30": Availability(_T.TEMPORARILY_UNAVAILABLE, _YES),
        "31": Availability(_T.MISSING_NO_DATE, _YES),
        "32": Availability(_T.REPRINTING, _YES),
        "33": Availability(_T.TO_REAPPEAR, _YES),
        "34": Availability(None, _YES, may_be_sent=False),  # withdrawn for a time
        "40": Availability(_T.OUT_OF_PRINT, _LAST),
        "41": Availability(_T.OUT_OF_PRINT, _LAST),  # replaced: see successor_gtin
        "42": Availability(None, _LAST, may_be_sent=False),  # other format
        "43": Availability(_T.NOT_OURS, _NO),  # see new_distributor_gln
        "44": Availability(_T.NOT_OURS, _NO),  # apply to the publisher
        "45": Availability(None, _NO),  # not sold separately
        "46": Availability(_T.MISSING_NO_DATE, _NO, may_be_sold=False),  # withdrawn from sale
        "47": Availability(None, _LAST, may_be_sent=False),  # remaindered
        "48": Availability(_T.OUT_OF_PRINT, _LAST),  # replaced by print on demand
        "49": Availability(None, _NO, may_be_sold=False),  # recalled
        "50": Availability(None, _NO, may_be_sent=False),  # not sold as a set
        "51": Availability(_T.OUT_OF_PRINT, _LAST),
        "52": Availability(_T.OUT_OF_PRINT, _LAST),  # no longer sold in this market
        "97": Availability(None, _YES, may_be_sent=False),  # no recent news: not a refusal
        "98": Availability(None, _YES, may_be_sent=False),
        "99": Availability(None, _YES, may_be_sent=False),  # ask the supplier
    }
)

# ONIX 2.1 said availability in letters (list 54); the nearest code of list 65, by the two definitions.
AVAILABILITY_LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "AB": "01",
        "AD": "44",
        "CS": "99",
        "EX": "43",
        "IP": "20",
        "MD": "23",
        "NP": "10",
        "NY": "11",
        "OF": "42",
        "OI": "31",
        "OP": "51",
        "OR": "41",
        "PP": "09",
        "RF": "43",
        "RM": "47",
        "RP": "32",
        "RU": "32",
        "TO": "22",
        "TP": "30",
        "TU": "30",
        "UR": "33",
        "WR": "21",  # still sold until the remainder date
        "WS": "46",
    }
)


def orderable(code: str, *, in_stock: bool) -> bool:
    """Say whether a line for a product of this availability may be promised or wait.

    :param code: ONIX list 65; an unknown or empty code does not refuse, since only a stated reason may.
    :param in_stock: copies are left, which is enough for a title out of print.
    """
    availability = AVAILABILITIES.get(code)
    ordering = availability.ordering if availability else Ordering.YES
    return ordering is Ordering.YES or (ordering is Ordering.WHILE_STOCK_LASTS and in_stock)


class PricePartView(NamedTuple):
    """The share of a public price under one VAT rate, with and without it (PPHT, four decimals)."""

    vat_rate: Decimal
    retail_price: Decimal
    retail_price_net: Decimal


@dataclass(frozen=True, slots=True)
class TitleView:
    """A title as it stands on a day. What nobody said yet is None or empty.

    `availability` is ONIX list 65; `retail_price` includes VAT; `parts` has one part per VAT rate.
    """

    product_id: int
    gtin: str
    distributor_gln: str
    title: str = ""
    subtitle: str = ""
    contributors: str = ""
    publisher_id: int | None = None
    imprint: str = ""
    collection: str = ""
    form: str = ""
    publication_on: date | None = None
    weight_g: int | None = None
    thickness_mm: int | None = None
    pack_quantity: int | None = None
    order_minimum: int | None = None
    order_multiple: int | None = None
    returns_code: str = ""
    last_return_on: date | None = None
    successor_gtin: str = ""
    availability: str = ""
    on_sale_on: date | None = None
    expected_on: date | None = None
    new_distributor_gln: str = ""
    price_id: int | None = None
    retail_price: Decimal | None = None
    parts: tuple[PricePartView, ...] = ()


class NewPrice(NamedTuple):
    """A public price from a day. Without `parts`, the rate in force, or that of books, bears it all."""

    product_id: int
    from_on: date
    retail_price: Decimal
    parts: tuple[TaxedPart, ...] = ()


class NewAvailability(NamedTuple):
    """Whether a title can be had from a day. `code` is ONIX list 65."""

    product_id: int
    from_on: date
    code: str
    on_sale_on: date | None = None
    expected_on: date | None = None
    new_distributor_gln: str = ""


class NewRights(NamedTuple):
    """Where a title may be sold from a day; no right at all: nothing is said any more."""

    product_id: int
    from_on: date
    rights: tuple[SalesRight, ...] = ()


class Standing(StrEnum):
    """What became of a notice."""

    ENTERED = "entered"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class NoticeOutcome(NamedTuple):
    """What became of one notice. `reason`, in French: why it was refused, or warnings."""

    position: int
    line: int
    reference: str
    gtin: str
    standing: Standing
    product_id: int | None = None
    reason: str = ""
