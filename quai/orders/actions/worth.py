"""What copies of a line are worth today: public price less discount, without VAT. An estimate, never an amount due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from quai.core import sql
from quai.core.money import rounded
from quai.terms import queries as terms
from quai.terms.types import DiscountQuestion

FOUR_DECIMALS = Decimal("0.0001")


class Worth(NamedTuple):
    """The price without VAT of one copy of a line, and its discount in percent."""

    customer_id: int
    net: Decimal
    discount: Decimal

    def of(self, quantity: int) -> Decimal:
        """Say what so many copies are worth, to the cent, as their invoice would."""
        base = rounded(self.net * quantity)
        return base - rounded(base * self.discount / 100)

    @property
    def copy(self) -> Decimal:
        """What one copy is worth, at four decimals."""
        return rounded(self.net * (100 - self.discount) / 100, FOUR_DECIMALS)


def worth(lines: Iterable[int], *, on: date) -> dict[int, Worth]:
    """Estimate the copies of lines. Free copies and titles without a price are worth nothing."""
    rows = sql.rows("orders/estimates.sql", {"lines": list(lines), "day": on})
    accounts = terms.accounts({row.customer_id for row in rows}, on=on)
    questions = [
        DiscountQuestion(
            row.line_id, row.customer_id, row.product_id, row.kind, str(accounts[row.customer_id].sale_mode),
            row.operation_code, row.received_on, on,
        )
        for row in rows
    ]  # fmt: skip
    return {
        row.line_id: Worth(row.customer_id, Decimal(0) if row.free else row.net, answer.discount)
        for row, answer in zip(rows, terms.discounts(questions), strict=True)
    }
