"""Legal numbers: no gap, no date going back, each chained to the one before."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import transaction

from quai.core import numbering
from quai.core.checks import numbers_are_chained
from quai.core.models import Numbered, Series
from quai.core.numbering import Document

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)


def documents(*keys: str) -> list[Document]:
    return [Document(key, hashlib.sha256(key.encode()).digest()) for key in keys]


def take(act: int, on: date, *keys: str) -> list[str]:
    taken = numbering.take(issuer_id=1, kind="F", on=on, documents=documents(*keys), act_id=act)
    return [number.text for number in taken]


@pytest.mark.django_db
def test_numbers_follow_each_other(act: int) -> None:
    assert take(act, MARCH, "invoice:1", "invoice:2") == ["F2026-000001", "F2026-000002"]
    assert take(act, APRIL, "invoice:3") == ["F2026-000003"]
    assert list(numbers_are_chained()) == []


@pytest.mark.django_db
def test_each_year_has_its_series(act: int) -> None:
    take(act, date(2025, 12, 31), "invoice:1")
    assert take(act, date(2026, 1, 1), "invoice:2") == ["F2026-000001"]


@pytest.mark.django_db
def test_a_date_never_goes_back(act: int) -> None:
    take(act, APRIL, "invoice:1")
    with pytest.raises(numbering.DateGoesBack) as refused, transaction.atomic():
        take(act, MARCH, "invoice:2")
    assert refused.value.parameters == {"series": "F2026", "last_on": APRIL, "on": MARCH}
    assert Series.objects.get().last_number == 1


def fail_after_taking(act: int) -> None:
    with transaction.atomic():
        take(act, MARCH, "invoice:2")
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_transaction_that_fails_leaves_no_gap(act: int) -> None:
    take(act, MARCH, "invoice:1")
    fail_after_taking(act)
    assert take(act, MARCH, "invoice:3") == ["F2026-000002"]


@pytest.mark.django_db
def test_a_hash_covers_the_document_and_what_came_before(act: int) -> None:
    take(act, MARCH, "invoice:1", "invoice:2")
    first, second = Numbered.objects.order_by("number")
    assert bytes(first.hash) == hashlib.sha256(bytes(first.digest)).digest()
    assert bytes(second.hash) == hashlib.sha256(bytes(first.hash) + bytes(second.digest)).digest()


def test_a_relief_node_prints_its_own_series() -> None:
    assert numbering.printed(kind="BL", node=1, year=2026, number=4) == "S1-BL2026-000004"
