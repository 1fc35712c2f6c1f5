"""The French chart of accounts (PCG) as this house opens it, read from the data beside this file.

The `use` column says which account serves what, so that no code of another package names an account number.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from quai.core.refusals import Refusal

HERE = Path(__file__).parent


class UnknownUse(Refusal):
    """The chart of accounts has no account for %(use)s."""

    code = "accounts.unknown_use"


class AccountRow(NamedTuple):
    """One account of the chart; `use` and `vat_rate` (percent) are empty for those no verb posts to by itself."""

    code: str
    name: str
    use: str
    vat_rate: Decimal | None


@cache
def accounts() -> tuple[AccountRow, ...]:
    """Every account of the chart, by code."""
    return tuple(
        AccountRow(
            row["code"], row["name"], row["use"], Decimal(row["vat_rate"]) if row["vat_rate"] else None
        )
        for row in _rows("chart.csv")
    )


@cache
def journals() -> tuple[tuple[str, str], ...]:
    """Every journal: code and name."""
    return tuple((row["code"], row["name"]) for row in _rows("journals.csv"))


def account(use: str, *, vat_rate: Decimal | None = None) -> str:
    """Give the code of the account for a use: `customers`, `carriage`, `rounding_gain`…; see chart.csv.

    :param vat_rate: percent, for `sales` (0 without VAT) and `vat`.
    :raises UnknownUse: the chart has no such account; a rate that appears by law needs a line in the chart.
    """
    try:
        return _by_use()[use, vat_rate]
    except KeyError:
        raise UnknownUse(use=use if vat_rate is None else f"{use} {vat_rate} %") from None


@cache
def _by_use() -> dict[tuple[str, Decimal | None], str]:
    return {(row.use, row.vat_rate): row.code for row in accounts() if row.use}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))
