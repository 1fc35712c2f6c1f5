"""The list of payment terms; a row without a customer is what the house gives by default."""

from __future__ import annotations

from quai.exchange.spreadsheet import cells, people
from quai.exchange.spreadsheet.shapes import Column, Entry, Row, Shape
from quai.parties.types import PartyRole
from quai.terms import actions as terms
from quai.terms.types import MonthEnd, NewPayment, PaymentTerm

MONTH_ENDS = {
    MonthEnd.NONE: ("aucune", "non", "net"),
    MonthEnd.BEFORE: ("fin de mois puis jours", "avant", "fin de mois avant"),
    MonthEnd.AFTER: ("jours puis fin de mois", "après", "fin de mois", "fin de mois après"),
}


def _enter(entry: Entry) -> None:
    customers = people.find(entry, "customer", PartyRole.CUSTOMER, called="un client")
    for row in entry.rows:
        if row.said("days") is None and not row.said("operation") and not row.said("ended"):
            entry.refuse(row, "days", "la case est vide, et seule une opération peut ne rien en dire.")
    for on, rows in entry.by_day():
        payments = [_payment(row, customers) for row in rows]
        terms.set_payment_terms(payments=payments, from_on=on, at=entry.at, by=entry.by)


def _payment(row: Row, customers: dict[str, int]) -> NewPayment:
    keeps_days = row.said("days") is None
    term = PaymentTerm(
        days=row.said("days") or 0,
        month_end=row.said("month_end") or MonthEnd.NONE,
        fixed_day=row.said("fixed_day") or 0,
        shift_days=row.said("shift_days") or 0,
    )
    return NewPayment(
        customers[row.said("customer")] if row.said("customer") else None,
        row.said("operation") or "",
        None if row.said("ended") else term,
        keeps_days=keeps_days and not row.said("ended"),
    )


PAYMENTS = Shape(
    kind="payment_terms",
    title="la liste des échéances",
    columns=(
        people.named(key="customer", names=people.CUSTOMER_NAMES),
        Column("name", ("nom", "name"), memo=True),
        Column("operation", ("opération", "operation", "code opération", "operation code"), cells.text(8)),
        Column("days", ("jours", "days", "échéance", "délai"), cells.whole(0, 365)),
        Column("month_end", ("fin de mois", "month end"), cells.choice(MONTH_ENDS)),
        Column("fixed_day", ("le", "fixed day", "jour fixe", "jour du mois"), cells.whole(0, 31)),
        Column("shift_days", ("décalage", "shift", "shift days", "report"), cells.whole(-365, 365)),
        Column("ended", ("fin", "ended", "terminé", "terminée"), cells.yes_no),
        people.FROM,
    ),
    marks=("customer", "days"),
    key=("customer", "operation", "from"),
    enter=_enter,
)
