"""Copies an invoice charged are taken back once, at what they were charged, naming the invoice."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.types import Actor
from quai.accounts.queries import party_lines
from quai.billing import actions, queries
from quai.billing.actions.crediting import (
    KeyReused,
    MoreThanSold,
    NotAnInvoicedLine,
    NothingLeft,
    NothingToCredit,
)
from quai.billing.models import Credited
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver, nothing_wrong
from quai.billing.types import Correction, CreditReport, DocumentView
from quai.core.money import rounded
from tests import cast as stage
from tests.cast import Cast

_requests = itertools.count()


def invoice(cast: Cast, act: int, by: Actor, *copies: Copies) -> DocumentView:
    deliver(cast, act, Delivery(cast.shop, copies))
    [issued] = actions.invoice_delivered(until=CLOSED, at=NOON, by=by).issued
    return queries.by_number(issued.number).document


def credit(by: Actor, *corrections: tuple[int, int], reason: str = "Erreur de remise") -> list[DocumentView]:
    asked = [Correction(*one) for one in corrections]
    key = f"request:{next(_requests)}"
    report = actions.credit(corrections=asked, reason=reason, source_key=key, at=NOON, by=by)
    return [queries.by_number(one.number).document for one in report.documents]


def test_a_credit_note_names_the_invoice_it_credits(cast: Cast, act: int, actor: Actor) -> None:
    sold = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3), Copies(cast.titles["Germinal"]))
    [back] = credit(actor, (sold.lines[0].id, 3))
    assert (back.number, back.type_code) == ("A2026-000001", "381")
    assert back.frozen["preceding"] == [{"number": sold.number, "issued_on": "2026-03-02"}]
    assert back.frozen["reason"] == "Erreur de remise"
    assert [line.net for line in back.lines] == [sold.lines[0].net]
    assert queries.by_number(sold.number).credited_by == ("A2026-000001",)
    assert queries.by_number(back.number).credits == (sold.number,)
    assert [line.debit - line.credit for line in party_lines(cast.shop)] == [-back.gross, sold.gross]
    assert nothing_wrong() == []


def test_a_customer_sees_his_documents(cast: Cast, act: int, actor: Actor) -> None:
    sold = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3))
    [back] = credit(actor, (sold.lines[0].id, 1))
    assert [one.number for one in queries.of_customer(cast.shop)] == [back.number, sold.number]
    assert [one.number for one in queries.of_customer(cast.shop, limit=1)] == [back.number]


def test_one_credit_note_per_invoice(cast: Cast, act: int, actor: Actor) -> None:
    lines = [invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3)).lines[0].id for _ in range(3)]
    back = credit(actor, *((line, 1) for line in lines))
    assert [one.number for one in back] == ["A2026-000001", "A2026-000002", "A2026-000003"]
    assert nothing_wrong() == []


def test_nothing_is_credited_twice(cast: Cast, act: int, actor: Actor) -> None:
    [line] = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3)).lines
    credit(actor, (line.id, 2))
    with pytest.raises(MoreThanSold):
        credit(actor, (line.id, 2))
    with pytest.raises(MoreThanSold):
        credit(actor, (line.id, 1), (line.id, 1))
    credit(actor, (line.id, 1))
    with pytest.raises(MoreThanSold):
        credit(actor, (line.id, 1))
    assert nothing_wrong() == []


@pytest.mark.parametrize(("before", "after"), [(0, 1), (1, 2), (2, 4), (1, 4)])
def test_the_database_refuses_any_other_interval(
    cast: Cast, act: int, actor: Actor, before: int, after: int
) -> None:
    """Of 3 copies one is credited: only 1 to 2 and 1 to 3 may follow, and only for a credit line of its own."""
    sold = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3))
    [back] = credit(actor, (sold.lines[0].id, 1))
    free = sold.lines[0].id if (before, after) != (1, 2) else back.lines[0].id  # the latter has its interval
    with pytest.raises(IntegrityError), transaction.atomic():
        Credited.objects.create(
            line_id=sold.lines[0].id, credit_line_id=free, before_quantity=before, after_quantity=after,
            sold_quantity=3, act_id=act,
        )  # fmt: skip


def test_a_credit_note_is_not_credited(cast: Cast, act: int, actor: Actor) -> None:
    sold = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3))
    [back] = credit(actor, (sold.lines[0].id, 1))
    for line in (back.lines[0].id, 10**12):
        with pytest.raises(NotAnInvoicedLine):
            credit(actor, (line, 1))


def test_free_copies_give_no_credit(cast: Cast, act: int, actor: Actor) -> None:
    title = cast.titles["Le Phare"]
    sold = invoice(cast, act, actor, Copies(title, 12), Copies(title, free=True))
    with pytest.raises(NothingToCredit):
        credit(actor, (sold.lines[1].id, 1))
    [back] = credit(actor, (sold.lines[0].id, 12), (sold.lines[1].id, 1))
    assert back.net == sold.net
    assert nothing_wrong() == []


def amounts_of(copies: int, price: Decimal, discount: Decimal) -> tuple[Decimal, Decimal]:
    """Base and allowance of an invoice of so many copies."""
    base = rounded(copies * price)
    return base, rounded(base * discount / 100)


@given(
    price=st.decimals("0.50", "60", places=2),
    discount=st.decimals("0", "60", places=2),
    parts=st.lists(st.integers(1, 9), min_size=1, max_size=6),
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_credits_add_up_to_the_line(
    cast: Cast, act: int, actor: Actor, price: Decimal, discount: Decimal, parts: list[int]
) -> None:
    """However the copies come back, the last credit brings the line to exactly nothing."""
    with transaction.atomic():
        title = stage.title(cast, act, "Au hasard", f"9790000{act:06}", price=str(price))
        [sold] = invoice(cast, act, actor, Copies(title, sum(parts), str(discount))).lines
        credited, came_back = [], 0
        for part in parts:
            [[line]] = [one.lines for one in credit(actor, (sold.id, part))]
            before, after = (
                amounts_of(count, sold.unit_price, sold.discount) for count in (came_back, came_back + part)
            )
            assert (line.base, line.allowance) == (after[0] - before[0], after[1] - before[1])
            assert min(line.base, line.allowance, line.net) >= 0
            credited.append(line)
            came_back += part
        for amount in ("base", "allowance", "net", "quantity"):
            assert sum(getattr(line, amount) for line in credited) == getattr(sold, amount)
        transaction.set_rollback(True)


def test_the_same_request_again_is_the_same_credit_note(cast: Cast, act: int, actor: Actor) -> None:
    [line] = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3)).lines

    def ask(quantity: int, reason: str = "Abîmé") -> CreditReport:
        return actions.credit(
            corrections=[Correction(line.id, quantity)],
            reason=reason,
            source_key="appel 12",
            at=NOON,
            by=actor,
        )

    first, again = ask(1), ask(1)
    assert (first.already, again.already) == (False, True)
    assert first.documents == again.documents
    for quantity, reason in ((2, "Abîmé"), (1, "Autre raison")):
        with pytest.raises(KeyReused):
            ask(quantity, reason)
    assert Credited.objects.count() == 1
    assert nothing_wrong() == []


def test_what_is_left_of_an_invoice_is_credited_once(cast: Cast, act: int, actor: Actor) -> None:
    sold = invoice(cast, act, actor, Copies(cast.titles["Le Phare"], 3), Copies(cast.titles["Germinal"]))
    [part] = credit(actor, (sold.lines[0].id, 1))

    def ask(key: str) -> CreditReport:
        return actions.credit_rest(
            invoices=[sold.invoice_id], reason="Annulée", source_key=key, at=NOON, by=actor
        )

    [rest] = ask("k").documents
    assert rest.net + part.net == sold.net
    assert ask("k") == CreditReport((rest,), already=True)
    with pytest.raises(NothingLeft):
        ask("autre")
    assert nothing_wrong() == []


def test_crediting_takes_as_many_statements_for_many_lines(cast: Cast, act: int, actor: Actor) -> None:
    def statements(lines: int, key: str) -> int:
        sold = invoice(cast, act, actor, *[Copies(cast.titles["Le Phare"])] * lines)
        with CaptureQueriesContext(connection) as asked:
            actions.credit_rest(
                invoices=[sold.invoice_id], reason="Annulée", source_key=key, at=NOON, by=actor
            )
        return len(asked)

    statements(1, "first")
    assert statements(2, "few") == statements(40, "many")
