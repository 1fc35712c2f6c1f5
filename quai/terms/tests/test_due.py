"""When an invoice falls due: cases as people say them, and what is true of all."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.terms.due import due_on
from quai.terms.types import MonthEnd, PaymentTerm

CASES = """
30 jours                                    | 30  none    0   0 | 2026-01-15 | 2026-02-14
comptant                                    |  0  none    0   0 | 2026-01-15 | 2026-01-15
30 jours fin de mois                        | 30  after   0   0 | 2026-01-15 | 2026-02-28
30 jours fin de mois, le dernier du mois    | 30  after   0   0 | 2026-01-31 | 2026-03-31
fin de mois 30 jours                        | 30  before  0   0 | 2026-01-15 | 2026-03-02
60 jours fin de mois                        | 60  after   0   0 | 2026-01-15 | 2026-03-31
fin de mois 60 jours                        | 60  before  0   0 | 2026-01-15 | 2026-04-01
60 jours fin de mois le 10                  | 60  after  10   0 | 2026-01-15 | 2026-04-10
30 jours le 15, le 15 tombe juste           | 30  none   15   0 | 2026-01-16 | 2026-02-15
30 jours le 15, déjà passé                  | 30  none   15   0 | 2026-01-17 | 2026-03-15
le 31 d'un mois court                       |  0  none   31   0 | 2026-02-03 | 2026-02-28
le 30, après le dernier jour de février     |  0  none   30   0 | 2024-02-29 | 2024-02-29
opération décalée de 90 jours               | 30  none    0  90 | 2026-01-15 | 2026-05-15
le décalage garde la fin de mois            | 60  after   0  30 | 2026-01-15 | 2026-04-30
jamais avant la facture                     | 10  none    0 -60 | 2026-01-15 | 2026-01-15
à cheval sur l'année                        | 60  after   0   0 | 2026-12-10 | 2027-02-28
"""


def cases() -> list[tuple[str, PaymentTerm, date, date]]:
    read = []
    for line in CASES.strip().splitlines():
        what, term, issued, due = (part.strip() for part in line.split("|"))
        days, month_end, fixed, shift = term.split()
        payment = PaymentTerm(int(days), MonthEnd(month_end), int(fixed), int(shift))
        read.append((what, payment, date.fromisoformat(issued), date.fromisoformat(due)))
    return read


@pytest.mark.parametrize(
    ("term", "issued", "due"), [case[1:] for case in cases()], ids=[case[0] for case in cases()]
)
def test_as_people_say_it(term: PaymentTerm, issued: date, due: date) -> None:
    assert due_on(term, issued) == due


TERMS = st.builds(
    PaymentTerm,
    days=st.integers(0, 180),
    month_end=st.sampled_from(MonthEnd),
    fixed_day=st.integers(0, 31),
    shift_days=st.integers(-30, 120),
)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(TERMS, DAYS)
def test_never_before_the_invoice_nor_two_months_after_the_days(term: PaymentTerm, issued: date) -> None:
    due = due_on(term, issued)
    assert issued <= due <= issued + timedelta(days=max(term.days + term.shift_days, 0) + 62)


@given(TERMS, DAYS, st.integers(0, 40))
def test_a_later_invoice_never_falls_due_earlier(term: PaymentTerm, issued: date, later: int) -> None:
    assert due_on(term, issued) <= due_on(term, issued + timedelta(days=later))


@given(st.integers(0, 180), DAYS, st.integers(1, 31))
def test_a_fixed_day_is_that_day_or_the_last_of_its_month(days: int, issued: date, fixed: int) -> None:
    due = due_on(PaymentTerm(days, fixed_day=fixed), issued)
    assert due.day == min(fixed, monthrange(due.year, due.month)[1])


@given(st.integers(0, 180), DAYS)
def test_end_of_month_after_is_an_end_of_month(days: int, issued: date) -> None:
    assert (due_on(PaymentTerm(days, MonthEnd.AFTER), issued) + timedelta(days=1)).day == 1
