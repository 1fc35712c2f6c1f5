"""Verbs on terms."""

from quai.terms.actions.accounts import free, hold, set_account_terms, set_payment_terms
from quai.terms.actions.discounts import DiscountTies, ImpossibleDiscount, end_discounts, enter_discounts
from quai.terms.actions.vat import load_territory_vat, set_territory_vat

__all__ = [
    "DiscountTies",
    "ImpossibleDiscount",
    "end_discounts",
    "enter_discounts",
    "free",
    "hold",
    "load_territory_vat",
    "set_account_terms",
    "set_payment_terms",
    "set_territory_vat",
]
