"""Entries: balanced or refused, posted once, by us and by the database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.access.types import Actor
from quai.accounts import actions, chart, checks, queries
from quai.accounts.models import Account, Entry, EntryLine, Journal
from quai.accounts.types import NewEntry, Posting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ON = date(2026, 3, 2)
ZERO = Decimal(0)
few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
codes = st.sampled_from([row.code for row in chart.accounts()])
amounts = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)


def debit(account: str, amount: str | int | Decimal) -> Posting:
    return Posting(account, Decimal(amount), ZERO)


def credit(account: str, amount: str | int | Decimal) -> Posting:
    return Posting(account, ZERO, Decimal(amount))


def sale(
    key: str = "invoice:1", *, due_on: date | None = date(2026, 5, 31), label: str = "Facture"
) -> NewEntry:
    """An invoice of 100 euros of books and its VAT."""
    customer = Posting(chart.account("customers"), Decimal("105.50"), ZERO, due_on=due_on)
    books = credit(chart.account("sales", vat_rate=Decimal("5.5")), "100.00")
    vat = credit(chart.account("vat", vat_rate=Decimal("5.5")), "5.50")
    return NewEntry("VT", ON, "F2026-000001", label, key, (customer, books, vat))


@pytest.fixture
def books(actor: Actor) -> Actor:
    """The chart is open; whoever posts."""
    actions.open_chart(at=AT, by=actor)
    return actor


@st.composite
def balanced(draw: st.DrawFn) -> tuple[Posting, ...]:
    """Debits in any number, credited in any other number of parts."""
    debits = [debit(draw(codes), amount) for amount in draw(st.lists(amounts, min_size=1, max_size=4))]
    total = sum((line.debit for line in debits), ZERO)
    cuts = sorted(
        {
            ZERO,
            total,
            *(
                draw(
                    st.lists(st.integers(1, 400), max_size=3).map(
                        lambda n: [min(Decimal(c) / 100, total) for c in n]
                    )
                )
            ),
        }
    )
    parts = [credit(draw(codes), after - before) for before, after in pairwise(cuts)]
    return tuple(draw(st.permutations([*debits, *parts])))


def add_up_naively(entries: list[NewEntry]) -> dict[str, tuple[Decimal, Decimal]]:
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    for entry in entries:
        for line in entry.postings:
            before = sums.get(line.account, (ZERO, ZERO))
            sums[line.account] = before[0] + line.debit, before[1] + line.credit
    return sums


@few
@given(lines=st.lists(balanced(), max_size=4))
def test_what_is_posted_is_what_the_trial_balance_says(
    actor: Actor, lines: list[tuple[Posting, ...]]
) -> None:
    with transaction.atomic():
        actions.open_chart(at=AT, by=actor)
        entries = [NewEntry("OD", ON, f"OD{n}", "essai", f"od:{n}", of_one) for n, of_one in enumerate(lines)]
        ids = actions.post(entries=entries, at=AT, by=actor)
        assert actions.post(entries=entries[::-1], at=AT, by=actor) == ids[::-1]
        found = {row.account: (row.debit, row.credit) for row in queries.trial_balance(on=ON)}
        assert found == add_up_naively(entries)
        assert [finding for check in checks.CHECKS for finding in check()] == []
        transaction.set_rollback(True)


@few
@given(lines=balanced(), cents=st.integers(1, 500))
def test_a_cent_too_much_is_refused(actor: Actor, lines: tuple[Posting, ...], cents: int) -> None:
    with transaction.atomic():
        actions.open_chart(at=AT, by=actor)
        wrong = (*lines, debit("471000", Decimal(cents) / 100))
        with pytest.raises(actions.Unbalanced) as refusal:
            actions.post(entries=[sale(), NewEntry("OD", ON, "OD1", "essai", "od:1", wrong)], at=AT, by=actor)
        assert refusal.value.code == "accounts.unbalanced"
        assert "OD1" in str(refusal.value)
        assert not Entry.objects.exists()
        transaction.set_rollback(True)


def test_an_invoice_in_the_books(books: Actor) -> None:
    [posted] = actions.post(entries=[sale()], at=AT, by=books)
    entry = Entry.objects.get(id=posted)
    assert (entry.line_count, entry.total, entry.currency) == (3, Decimal("105.50"), "EUR")
    assert queries.entries(["invoice:1", "invoice:2"]) == {"invoice:1": posted}
    rows = queries.trial_balance(on=ON)
    assert [(row.account, row.balance) for row in rows] == [
        ("411000", Decimal("105.50")), ("445713", Decimal("-5.50")), ("707130", Decimal("-100.00")),
    ]  # fmt: skip
    assert queries.trial_balance(on=date(2026, 3, 1)) == []


def test_what_caused_an_entry_is_posted_once(books: Actor) -> None:
    [posted] = actions.post(entries=[sale()], at=AT, by=books)
    assert actions.post(entries=[sale(), sale()], at=AT, by=books) == [posted, posted]
    for other in (sale(label="Avoir"), sale(due_on=None)):
        with pytest.raises(actions.KeyReused):
            actions.post(entries=[other], at=AT, by=books)
    with pytest.raises(actions.KeyReused), transaction.atomic():
        actions.post(entries=[sale("invoice:2"), sale("invoice:2", label="Avoir")], at=AT, by=books)
    assert Entry.objects.count() == 1
    assert actions.post(entries=[], at=AT, by=books) == []


@pytest.mark.parametrize(
    ("journal", "lines", "refusal"),
    [
        ("OD", (), actions.Unbalanced),
        ("OD", (debit("411000", 5), credit("999999", 5)), actions.Unknown),
        ("ZZ", (debit("411000", 5), credit("707130", 5)), actions.Unknown),
        ("OD", (debit("411000", "0.001"), credit("707130", "0.001")), actions.BadPosting),
        ("OD", (Posting("411000", Decimal(5), Decimal(5)), debit("411000", 0)), actions.BadPosting),
        ("OD", (debit("411000", -5), credit("707130", -5)), actions.BadPosting),
        ("OD", (debit("411000", 0), credit("707130", 0)), actions.BadPosting),
    ],
)
def test_unsound_entries_are_refused(
    books: Actor, journal: str, lines: tuple[Posting, ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        actions.post(entries=[NewEntry(journal, ON, "P1", "essai", "x", lines)], at=AT, by=books)
    assert not Entry.objects.exists()


def test_the_chart_is_opened_once(books: Actor) -> None:
    assert actions.open_chart(at=AT, by=books) == 0
    assert Account.objects.count() == len(chart.accounts()) == len({row.code for row in chart.accounts()})
    assert set(Journal.objects.values_list("code", flat=True)) >= {"VT", "BQ", "OD"}
    for use in (
        "customers",
        "suppliers",
        "publishers",
        "bank",
        "carriage",
        "rounding_gain",
        "rounding_loss",
        "advances",
    ):
        assert chart.account(use)
    with pytest.raises(chart.UnknownUse, match=r"sales 7 %"):
        chart.account("sales", vat_rate=Decimal(7))


def test_statements_do_not_grow_with_lines(books: Actor) -> None:
    def statements(count: int) -> int:
        with CaptureQueriesContext(connection) as ran:
            actions.post(entries=[sale(f"many:{count}:{n}") for n in range(count)], at=AT, by=books)
        return len(ran)

    assert statements(2) == statements(200)


def test_the_database_refuses_what_does_not_balance(books: Actor, act: int) -> None:
    journal, account = Journal.objects.get(code="OD"), Account.objects.get(code="411000")

    def head(key: str, *, lines: int = 2) -> Entry:
        return Entry.objects.create(
            journal=journal,
            on=ON,
            piece="P",
            label="L",
            source_key=key,
            line_count=lines,
            total=5,
            act_id=act,
        )

    def write(entry: Entry, *sides: tuple[int, int]) -> None:
        EntryLine.objects.bulk_create(
            [EntryLine(entry=entry, account=account, debit=d, credit=c, act_id=act) for d, c in sides]
        )

    def check_deferred(_: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    for wrong in [((5, 0), (0, 4)), ((6, 0), (0, 6)), ((5, 0), (0, 3), (0, 2)), ((5, 5), (0, 0))]:
        with pytest.raises(Error), transaction.atomic():
            write(head("wrong"), *wrong)
    with pytest.raises(Error), transaction.atomic():
        check_deferred(head("empty"))
    with pytest.raises(Error), transaction.atomic():
        head("one", lines=1)
    whole = head("whole")
    write(whole, (5, 0), (0, 5))
    check_deferred(whole)
    with pytest.raises(Error, match=r"does not balance|added to a posted entry"), transaction.atomic():
        write(whole, (5, 0), (0, 5))


def test_checks_find_an_entry_that_is_not_whole(books: Actor, act: int) -> None:
    journal = Journal.objects.get(code="OD")
    with transaction.atomic():
        Entry.objects.create(
            journal=journal, on=ON, piece="P", label="L", source_key="k", line_count=2, total=5, act_id=act
        )
        assert [finding.code for finding in checks.entries_are_whole()] == ["accounts.entry_unsound"]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("index", "statement"),
    [
        ("accounts_line_of_entry", "accounts/posted.sql"),
        ("accounts_line_of_party", "accounts/party_lines.sql"),
        ("accounts_entry_once", "accounts/entries.sql"),
    ],
)
def test_every_index_has_its_query(index: str, statement: str) -> None:
    from quai.core import sql

    with connection.cursor() as cursor:
        for scan in ("seqscan", "hashjoin", "mergejoin", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{scan} = off")
        cursor.execute("EXPLAIN " + sql.text(statement), {"keys": ["k"], "party": 1, "limit": 5})
        assert index in "\n".join(row[0] for row in cursor.fetchall())
