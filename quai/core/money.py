"""Amounts: exact decimals, rounded half up, in one place."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
PRICE_PLACES = Decimal("0.0001")  # a net price rounded to the cent is wrong on three lines out of four


def rounded(amount: Decimal, step: Decimal = CENT) -> Decimal:
    """Round half up to `step`. PostgreSQL's round(numeric, n) does the same for the set-based statements."""
    return amount.quantize(step, rounding=ROUND_HALF_UP)


def net_of_tax(retail_price: Decimal, vat_rate: Decimal) -> Decimal:
    """The public price without VAT (PPHT), at four decimals. `vat_rate` in percent."""
    return rounded(retail_price / (1 + vat_rate / 100), PRICE_PLACES)
