"""The neutral order, whatever the channel it came by, and the fates of its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Kind(StrEnum):
    """Why the shop orders (EDItEUR order types, as the trade uses them)."""

    RESTOCK = "restock"
    ADVANCE = "advance"
    OFFICE = "office"
    OPERATION = "operation"
    URGENT = "urgent"


class BackorderPolicy(StrEnum):
    """What the shop wants done with a copy that is missing."""

    USUAL = "usual"  # as the account says
    KEEP = "keep"
    DROP = "drop"
    KEEP_IF_NEW = "keep_if_new"


URGENT_OPERATION = "**2424"  # in by the cut-off, leaves next day
UNSORTED_GLN = "3035593037000"  # the network itself as receiver: it chose us, a normal order


class OrderedLine(NamedTuple):
    """One line as the shop wrote it. A tuple because a file holds hundreds of thousands."""

    gtin: str
    quantity: int
    line_reference: str  # at most 8 characters, printed back to the shop
    position: int  # line (or segment) number in the file, for messages to people


class RefusedLine(NamedTuple):
    """One line that cannot enter, as far as it was read."""

    gtin: str
    quantity: int  # 0 when what is written is no number
    line_reference: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class OrderMessage:
    """One order read from outside. GLNs and GTINs are strings as received: a wrong check digit only warns."""

    supplier: str
    buyer: str
    reference: str
    ordered_on: date
    lines: tuple[OrderedLine, ...]
    deliver_to: str = ""  # empty: to the buyer
    relay: str = ""
    operation_code: str = ""
    kind: Kind = Kind.RESTOCK
    shipping_mode: str = ""  # two digits of the trade, "09" usual; empty: not said
    backorder_policy: BackorderPolicy = BackorderPolicy.USUAL
    discount_term: str = ""
    earliest_on: date | None = None
    latest_on: date | None = None
    position: int = 0  # where it begins in the file
    problems: tuple[Problem, ...] = field(default=())  # warnings: the order still enters
    refused: tuple[RefusedLine, ...] = ()  # lines of it that do not enter, each told by a problem of its own


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about a message; an error hides the order or line it names.

    `message` is a whole French sentence; the others say where, as far as known.
    """

    severity: str  # "warning" or "error"
    message: str
    order: str = ""  # the shop's reference
    line: str = ""  # its line reference or GTIN
    position: int = 0  # line or segment number in the file, from 1


class Fate(StrEnum):
    """What became of the copies of an order line; every copy has exactly one."""

    UNDECIDED = "undecided"
    RESERVED = "reserved"
    WAITING = "waiting"
    BACKORDERED = "backordered"
    HELD = "held"
    GROUPED = "grouped"
    SHIPPED = "shipped"
    REFUSED = "refused"
    CANCELLED = "cancelled"


OPEN_FATES = (
    Fate.UNDECIDED,
    Fate.WAITING,
    Fate.BACKORDERED,
    Fate.HELD,
    Fate.GROUPED,
)  # decided again and again
PROMISED_FATES = (Fate.RESERVED, Fate.HELD, Fate.GROUPED)  # copies that may be promised in stock


class Standing(StrEnum):
    """What became of an order as a whole when it came in."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"  # the same order within a year: recorded, shown, never prepared twice
    NEEDS_PERSON = "needs_person"  # a known reference with other content
    REFUSED = "refused"  # not for us, or nothing that can be recorded


class Reason(StrEnum):
    """Why copies have the fate they have."""

    AVAILABLE = "available"
    # waiting
    NOT_YET_ON_SALE = "not_yet_on_sale"
    DATE_UNKNOWN = "date_unknown"
    EARLIEST_DATE = "earliest_date"
    # backordered
    MISSING = "missing"
    TEMPORARILY_MISSING = "temporarily_missing"
    NO_DATE = "no_date"
    REPRINTING = "reprinting"
    TO_REAPPEAR = "to_reappear"
    PRINT_ON_DEMAND = "print_on_demand"
    # held
    ACCOUNT_BLOCKED = "account_blocked"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_ADDRESS = "unknown_address"
    ABSURD_QUANTITY = "absurd_quantity"
    OVER_LIMIT = "over_limit"
    # grouped
    BELOW_MINIMUM = "below_minimum"
    WHOLE_ORDER = "whole_order"
    SHIPPING_DAY = "shipping_day"
    # refused
    UNKNOWN_GTIN = "unknown_gtin"
    NOT_A_GTIN = "not_a_gtin"
    BAD_QUANTITY = "bad_quantity"
    INCOMPLETE_ORDER = "incomplete_order"
    BAD_HEADING = "bad_heading"
    NOT_AN_ORDER = "not_an_order"
    NOT_OURS = "not_ours"
    NO_LONGER_OURS = "no_longer_ours"
    ABANDONED = "abandoned"
    OUT_OF_PRINT = "out_of_print"
    NOT_SOLD_SEPARATELY = "not_sold_separately"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    NO_RIGHTS_THERE = "no_rights_there"
    NOT_KEPT = "not_kept"
    TOO_LATE = "too_late"
    # what happens later
    SHIPPED = "shipped"
    NOTE_REOPENED = "note_reopened"
    SHELF_SHORTAGE = "shelf_shortage"
    CUSTOMER_CANCELLED = "customer_cancelled"
    HOUSE_CANCELLED = "house_cancelled"
    PERSON_REFUSED = "person_refused"
    RECALL = "recall"


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.AVAILABLE: "Exemplaires réservés.",
        Reason.NOT_YET_ON_SALE: "Pas encore en vente : part à sa date.",
        Reason.DATE_UNKNOWN: "À paraître, date inconnue.",
        Reason.EARLIEST_DATE: "Attend la date de livraison demandée.",
        Reason.MISSING: "Manquant, noté.",
        Reason.TEMPORARILY_MISSING: "Momentanément indisponible, noté.",
        Reason.NO_DATE: "Manque sans date, noté.",
        Reason.REPRINTING: "En réimpression, noté.",
        Reason.TO_REAPPEAR: "À reparaître, noté.",
        Reason.PRINT_ON_DEMAND: "Imprimé à la demande : l’impression est commandée.",
        Reason.ACCOUNT_BLOCKED: "Compte bloqué : voir le service clients.",
        Reason.UNKNOWN_ACCOUNT: "Compte inconnu : à vérifier par le service clients.",
        Reason.UNKNOWN_ADDRESS: "Adresse de livraison inconnue : à vérifier par le service clients.",
        Reason.ABSURD_QUANTITY: "Quantité hors de proportion : à confirmer par une personne.",
        Reason.OVER_LIMIT: "Encours dépassé : voir le service clients.",
        Reason.BELOW_MINIMUM: "Sous le minimum de commande : groupé avec la suite.",
        Reason.WHOLE_ORDER: "Commande à livrer complète : attend le reste.",
        Reason.SHIPPING_DAY: "Part au prochain jour d’expédition du compte.",
        Reason.UNKNOWN_GTIN: "GTIN inconnu de la maison.",
        Reason.NOT_A_GTIN: "Ce code n’est pas un GTIN de 13 chiffres.",
        Reason.BAD_QUANTITY: "Quantité impossible.",
        Reason.INCOMPLETE_ORDER: "Commande tronquée ou abîmée : rien n’en est pris.",
        Reason.BAD_HEADING: "En-tête de commande illisible : un GLN, la référence ou la date.",
        Reason.NOT_AN_ORDER: "Ce message n’est pas une commande nouvelle.",
        Reason.NOT_OURS: "Commande adressée à un autre distributeur.",
        Reason.NO_LONGER_OURS: "N’est plus distribué par la maison.",
        Reason.ABANDONED: "Parution abandonnée.",
        Reason.OUT_OF_PRINT: "Épuisé, plus d’exemplaires.",
        Reason.NOT_SOLD_SEPARATELY: "Ne se vend pas séparément.",
        Reason.WITHDRAWN: "Retiré de la vente.",
        Reason.RECALLED: "Rappelé par l’éditeur.",
        Reason.NO_RIGHTS_THERE: "Pas de droits de vente dans ce pays.",
        Reason.NOT_KEPT: "Manquant, non noté.",
        Reason.TOO_LATE: "Date limite de livraison passée.",
        Reason.SHIPPED: "Expédié.",
        Reason.NOTE_REOPENED: "Bon de livraison rouvert.",
        Reason.SHELF_SHORTAGE: "Introuvable en rayon.",
        Reason.CUSTOMER_CANCELLED: "Annulé par le client.",
        Reason.HOUSE_CANCELLED: "Annulé par la maison.",
        Reason.PERSON_REFUSED: "Refusé par le service clients.",
        Reason.RECALL: "Annulé : titre rappelé.",
    }
)

# What an order response says of a line: the trade's two letters (EDItEUR, order fulfilment codes).
TRADE_CODES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.NOT_YET_ON_SALE: "NP",
        Reason.DATE_UNKNOWN: "NP",
        Reason.MISSING: "TU",
        Reason.TEMPORARILY_MISSING: "TU",
        Reason.NO_DATE: "RU",
        Reason.REPRINTING: "RP",
        Reason.TO_REAPPEAR: "RP",
        Reason.PRINT_ON_DEMAND: "MD",
        Reason.UNKNOWN_GTIN: "NF",
        Reason.NOT_A_GTIN: "NF",
        Reason.NOT_OURS: "EX",
        Reason.NO_LONGER_OURS: "EX",
        Reason.ABANDONED: "AB",
        Reason.OUT_OF_PRINT: "OP",
        Reason.NOT_SOLD_SEPARATELY: "NS",
        Reason.WITHDRAWN: "WS",
        Reason.RECALLED: "WS",
        Reason.RECALL: "WS",
        Reason.NO_RIGHTS_THERE: "RF",  # refer to another supplier: whoever has the rights there
        Reason.NOT_KEPT: "TU",
    }
)


class LinePart(NamedTuple):
    """Copies of one line that share a fate, with the reason and the day awaited, when known."""

    fate: Fate
    quantity: int
    reason: Reason
    until_on: date | None


class LineOutcome(NamedTuple):
    """What became of one line, in as many parts as it has fates."""

    line_id: int | None  # None: it could not even be recorded (BAD_QUANTITY)
    position: int
    gtin: str
    line_reference: str
    quantity: int
    parts: tuple[LinePart, ...]
    free_with: int | None = None  # the line that earned these free copies
    successor: str = ""  # GLN of whom to ask instead, when a title is no longer ours and we know


class OrderOutcome(NamedTuple):
    """What became of one order received. `problem` is a French sentence for orders that a person must see."""

    position: int
    reference: str
    standing: Standing
    order_id: int | None  # None: nothing of it could be recorded
    lines: tuple[LineOutcome, ...] = ()
    repeats_id: int | None = None  # the order whose reference it uses again
    problem: str = ""
    already_known: bool = False  # this very message was received before; told as it stands now


class Confirmation(NamedTuple):
    """The fate of every line of an order."""

    order_id: int
    lines: tuple[LineOutcome, ...]


class DecisionSummary(NamedTuple):
    """What deciding again changed."""

    considered: int  # open lines looked at
    changed: int  # lines whose copies changed fate
    copies: Mapping[Fate, int]  # copies that came to each fate


class ShippedLine(NamedTuple):
    """Copies of a line that left on a note, or came back because the note was reopened."""

    line_id: int
    quantity: int
    source_key: str  # at most 40 characters; the same key twice counts once


class InvoicedLine(NamedTuple):
    """Copies of a line that were invoiced."""

    line_id: int
    quantity: int
    source_key: str  # at most 40 characters; the same key twice counts once


class ShortLine(NamedTuple):
    """Copies of a line that the shelf did not hold."""

    line_id: int
    quantity: int
    source_key: str


class CancelOutcome(NamedTuple):
    """Copies of a line cancelled, and those that could not be, being prepared or gone."""

    line_id: int
    cancelled: int
    left: int  # being prepared
    gone: int = 0  # shipped


class WaitingLine(NamedTuple):
    """Copies a customer still waits for."""

    line_id: int
    order_id: int
    reference: str
    gtin: str
    line_reference: str
    fate: Fate
    quantity: int
    reason: Reason
    until_on: date | None
    days: int  # since the order was received
