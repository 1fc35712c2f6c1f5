"""Verbs on terms."""

from quai.terms.actions.accounts import (
    ImpossibleDays,
    change_holds,
    free,
    hold,
    set_account_terms,
    set_payment_terms,
)
from quai.terms.actions.discounts import (
    DiscountTies,
    ImpossibleDiscount,
    end_discounts,
    end_discounts_like,
    enter_discounts,
    objections,
)
from quai.terms.actions.law import NotAnOrder, load_caps, set_caps, set_search_order
from quai.terms.actions.vat import load_territory_vat, set_territory_vat

__all__ = [
    "DiscountTies",
    "ImpossibleDays",
    "ImpossibleDiscount",
    "NotAnOrder",
    "change_holds",
    "end_discounts",
    "end_discounts_like",
    "enter_discounts",
    "free",
    "hold",
    "load_caps",
    "load_territory_vat",
    "objections",
    "set_account_terms",
    "set_caps",
    "set_payment_terms",
    "set_search_order",
    "set_territory_vat",
]
