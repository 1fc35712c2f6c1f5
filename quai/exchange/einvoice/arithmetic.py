"""What must hold between the amounts of an invoice, and what the law adds that no schema sees.

No official rule set checks quantity × price = line: this file does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from quai.core.money import rounded
from quai.exchange.einvoice.types import Invoice, Line, Subject, VatCategory

NUMBER = re.compile(r"[A-Za-z0-9+\-_/]{1,35}")  # BR-FR-01, BR-FR-02
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NEEDS_REASON = {VatCategory.EXEMPT, VatCategory.EXPORT, VatCategory.INTRA_COMMUNITY, VatCategory.OUTSIDE}
ONCE = (Subject.RECOVERY_COSTS, Subject.LATE_PENALTIES, Subject.EARLY_DISCOUNT)


def invariants(invoice: Invoice) -> list[str]:
    """Say everything that does not hold in this invoice; an empty list is a sound invoice.

    Run before rendering: cheap, synchronous, and stricter than the official rules on amounts.
    """
    found: list[str] = []
    for line in invoice.lines:
        found += [f"line {line.position}: {problem}" for problem in _line(line)]
    found += _positions(invoice)
    found += _vat(invoice)
    found += _totals(invoice)
    found += _references(invoice)
    found += _mentions(invoice)
    return found


def _line(line: Line) -> Iterator[str]:
    base = rounded(line.quantity * line.gross_price)
    if line.base != base:
        yield f"base {line.base} is not quantity × price = {base}"
    allowance = rounded(line.base * line.discount / 100)
    if line.allowance != allowance:
        yield f"allowance {line.allowance} is not {line.discount} % of the base = {allowance}"
    if line.net != line.base - line.allowance:
        yield f"net {line.net} is not base − allowance = {line.base - line.allowance}"
    if line.gross_price <= 0 or _decimals(line.gross_price) > 6:
        yield f"price {line.gross_price} must be positive, at most 6 decimals (BR-FR-DEC-03)"
    if line.quantity == 0 or _decimals(line.quantity) > 4:
        yield f"quantity {line.quantity} must not be zero, at most 4 decimals (BR-FR-DEC-02)"
    if not 0 <= line.discount <= 100:
        yield f"discount {line.discount} is not between 0 and 100"
    if (line.vat_category is VatCategory.STANDARD) != (line.vat_rate > 0):
        yield f"rate {line.vat_rate} does not go with category {line.vat_category}"
    if UNWRITABLE.search(line.title + line.note):
        yield "a control character is in the title or the note: XML cannot hold it"
    if any(_decimals(amount) > 2 for amount in (line.base, line.allowance, line.net)):
        yield "an amount has more than 2 decimals (BR-FR-DEC-01)"


def _positions(invoice: Invoice) -> Iterator[str]:
    if not invoice.lines:
        yield "no line (BR-16)"
    repeated = [position for position, n in Counter(line.position for line in invoice.lines).items() if n > 1]
    if repeated:
        yield f"positions {repeated} are used twice"


def _vat(invoice: Invoice) -> Iterator[str]:
    bases: defaultdict[tuple[VatCategory, Decimal], Decimal] = defaultdict(Decimal)
    for line in invoice.lines:
        bases[line.vat_category, line.vat_rate] += line.net
    declared = {(vat.category, vat.rate): vat for vat in invoice.vat}
    if len(declared) != len(invoice.vat):
        yield "a category and rate of VAT appears twice in the breakdown"
    if declared.keys() != bases.keys():
        yield "the VAT breakdown does not have exactly the categories and rates of the lines"
    for key, vat in declared.items():
        if key in bases and vat.base != bases[key]:
            yield f"VAT base {vat.base} at {vat.rate} % is not the sum of its lines = {bases[key]}"
        amount = rounded(vat.base * vat.rate / 100)
        if vat.amount != amount:
            yield f"VAT {vat.amount} is not {vat.rate} % of {vat.base} = {amount}"
        if vat.category in NEEDS_REASON and not (vat.exemption_reason and vat.exemption_code):
            yield f"category {vat.category} needs a reason and its code (BT-120, BT-121)"


def _totals(invoice: Invoice) -> Iterator[str]:
    totals = invoice.totals
    expected = {
        "lines": sum((line.net for line in invoice.lines), Decimal(0)),
        "net": totals.lines,
        "vat": sum((vat.amount for vat in invoice.vat), Decimal(0)),
        "gross": totals.net + totals.vat,
        "due": totals.gross - totals.prepaid,
    }
    for name, amount in expected.items():
        if getattr(totals, name) != amount:
            yield f"total {name} {getattr(totals, name)} should be {amount}"
    if invoice.process in {"B2", "S2", "M2"} and totals.due != 0:
        yield f"process {invoice.process} says already paid, yet {totals.due} is due (BR-FR-CO-09)"
    if _decimals(totals.prepaid) > 2:
        yield f"prepaid {totals.prepaid} has more than 2 decimals"


def _references(invoice: Invoice) -> Iterator[str]:
    numbers = {note.number for note in invoice.delivery_notes}
    named = {line.delivery_note for line in invoice.lines if line.delivery_note}
    if not named <= numbers:
        yield f"lines name delivery notes {sorted(named - numbers)} that the invoice does not list"
    if len(numbers) > 1 and named != numbers:
        yield f"no line names delivery notes {sorted(numbers - named)}"
    if invoice.type.is_credit and not (invoice.preceding or all(line.preceding for line in invoice.lines)):
        yield "a credit note names what it credits, number and date (BR-FR-CO-05)"
    if any(vat.category is VatCategory.INTRA_COMMUNITY for vat in invoice.vat) and not (
        invoice.delivered_on or invoice.period
    ):
        yield "an intra-Community supply needs a delivery date or a period (BR-IC-11)"


def _mentions(invoice: Invoice) -> Iterator[str]:
    if not NUMBER.fullmatch(invoice.number):
        yield f"number {invoice.number!r} must be 1 to 35 of A-Z a-z 0-9 + - _ / (BR-FR-01, BR-FR-02)"
    if invoice.due_on and invoice.due_on < invoice.issued_on and invoice.process[1:] != "2":
        yield f"due on {invoice.due_on}, before it was issued (BR-FR-CO-07)"
    if invoice.totals.due > 0 and not (invoice.due_on or invoice.payment_terms):
        yield "something is due: say when, or on what terms (BR-CO-25)"
    if invoice.currency != "EUR":
        yield "another currency needs the VAT in euros (BT-111), which is not written yet"
    subjects = Counter(note.subject for note in invoice.notes)
    for subject in ONCE:
        if subjects[subject] != 1:
            yield f"note {subject} must be there once, found {subjects[subject]} (BR-FR-05, BR-FR-06)"
    if not re.fullmatch(r"\d{9}", invoice.seller.siren):
        yield "the seller's SIREN is missing (BR-FR-10)"
    for party in (invoice.seller, invoice.buyer):
        if party.siret and party.siret[:9] != party.siren:
            yield f"SIRET {party.siret} does not begin with SIREN {party.siren} (BR-FR-09)"


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 99
