"""Verbs of the ledger of copies."""

from quai.stock.actions.copies import move, receive
from quai.stock.actions.ledger import KeyReused, NotThere, Promised
from quai.stock.actions.places import PlaceDiffers, open_places
from quai.stock.actions.promises import AlreadyEnded, MoreThanPromised, release, reserve, take
from quai.stock.actions.stocktake import CountedTwice, adjust, report_missing
from quai.stock.queries import UnknownPlace

__all__ = [
    "AlreadyEnded", "CountedTwice", "KeyReused", "MoreThanPromised", "NotThere", "PlaceDiffers", "Promised",
    "UnknownPlace", "adjust", "move", "open_places", "receive", "release", "report_missing", "reserve", "take",
]  # fmt: skip
