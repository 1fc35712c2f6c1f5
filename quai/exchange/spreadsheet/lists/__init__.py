"""The lists of a house, each a literal in a file of its own, in the order in which they lean on each other."""

from quai.exchange.spreadsheet.lists.accounts import ACCOUNTS
from quai.exchange.spreadsheet.lists.arrivals import ARRIVALS
from quai.exchange.spreadsheet.lists.carriers import CARRIERS
from quai.exchange.spreadsheet.lists.customers import CUSTOMERS
from quai.exchange.spreadsheet.lists.discounts import DISCOUNTS
from quai.exchange.spreadsheet.lists.holds import HOLDS
from quai.exchange.spreadsheet.lists.outlets import OUTLETS
from quai.exchange.spreadsheet.lists.payments import PAYMENTS
from quai.exchange.spreadsheet.lists.places import PLACES
from quai.exchange.spreadsheet.lists.publishers import PUBLISHERS
from quai.exchange.spreadsheet.lists.search_order import SEARCH_ORDER
from quai.exchange.spreadsheet.lists.titles import TITLES

LISTS = (
    PLACES, PUBLISHERS, CARRIERS, CUSTOMERS, OUTLETS, ACCOUNTS, PAYMENTS, HOLDS, TITLES, DISCOUNTS, SEARCH_ORDER,
    ARRIVALS,
)  # fmt: skip

__all__ = ["ARRIVALS", "LISTS"]
