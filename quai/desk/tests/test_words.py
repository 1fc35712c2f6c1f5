"""Every code that a person may meet has its French word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from quai.billing.types import RefusalReason, StageCounts
from quai.desk import proofs, words
from quai.exchange.types import FileOutcome
from quai.orders.types import BackorderPolicy, Fate, Kind, Standing
from quai.relief import verify
from quai.stock.types import LocationKind
from quai.terms.types import SaleMode
from quai.warehouse.types import NoteNature, WaveKind

CODES: dict[str, Iterable[str]] = {
    "fate": Fate,
    "standing": Standing,
    "outcome": FileOutcome,
    "order_kind": Kind,
    "backorder_policy": BackorderPolicy,
    "wave_kind": WaveKind,
    "nature": NoteNature,
    "invoice_stage": StageCounts._fields,
    "billing_refusal": RefusalReason,
    "place": LocationKind,
    "sale_mode": SaleMode,
}


@pytest.mark.parametrize("what", CODES)
def test_every_code_has_its_word(what: str) -> None:
    codes = {code.value if isinstance(code, StrEnum) else code for code in CODES[what]}
    assert codes - set(words.WORDS[what]) == set()


def test_a_code_nobody_named_is_shown_as_it_stands() -> None:
    assert words.of("fate", "lost_at_sea") == "lost_at_sea"


def test_every_check_of_verify_says_what_it_proves() -> None:
    unnamed = [code for code, _ in verify._checks() if proofs.name(code) == code]
    assert unnamed == []


def test_figures_are_written_the_french_way() -> None:
    assert words.amount(Decimal("-1234567.5")) == "−1\xa0234\xa0567,50\xa0€"
    assert words.number(Decimal("36.30")) == "36,3"
    assert words.number(Decimal("100")) == "100"
    assert words.number(12_345) == "12\xa0345"
    assert words.vat(Decimal("0.00"), "G") == "0\xa0% exportation"
    assert words.vat(Decimal("5.50"), "S") == "5,5\xa0%"


def test_a_discount_is_told_by_what_it_names() -> None:
    row = {
        "base": Decimal("35.00"), "extra": Decimal("2.00"), "method": "points", "customer_id": 7, "network": "",
        "publisher_id": None, "imprint": "", "collection": "", "product_id": None, "operation_code": "RENTREE",
        "order_kind": "", "sale_mode": "", "free_per": 12, "from_on": date(2020, 1, 1),
    }  # fmt: skip
    assert words.discount(row, {7: "L’Embellie"}) == (
        "35\xa0% + 2\xa0% (L’Embellie · tous les titres · opération RENTREE · 13/12, depuis le 01/01/2020)"
    )
