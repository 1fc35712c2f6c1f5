"""Read a file of orders in whichever of the four formats it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quai.exchange.dilicom.detect import Format, detect
from quai.exchange.dilicom.read_csv import read_csv
from quai.exchange.dilicom.read_eancom import read_eancom
from quai.exchange.dilicom.read_flat import read_flat
from quai.exchange.dilicom.read_gencod import read_gencod
from quai.exchange.dilicom.text import Replay, Source, take_head
from quai.orders.types import OrderMessage, Problem

MAX_PROBLEMS = 10_000  # per file; past that they are counted, no longer named


def read(stream: Source, *, received_on: date | None = None) -> Iterator[OrderMessage | Problem]:
    """Read the orders of a file.

    :param stream: the raw bytes, read once, forward, in constant memory.
    :param received_on: the day the file arrived; only the CSV, which writes no date, needs it.
    :returns: each order, or the problem that hides it, in file order; at least one order or error, whatever
        the bytes.
    """
    head = take_head(stream)
    problems = 0
    silent = True
    for item in _dispatched(detect(head), Replay(head, stream), received_on):
        if isinstance(item, Problem):
            problems += 1
            if problems > MAX_PROBLEMS:
                continue
            silent = silent and item.severity != "error"
        else:
            silent = False
        yield item
    if silent:
        yield Problem("error", "Ce fichier ne contient aucune commande.")
    if problems > MAX_PROBLEMS:
        more = problems - MAX_PROBLEMS
        yield Problem("error", f"Ce fichier contient {more} autres anomalies qui ne sont pas détaillées.")


def _dispatched(
    form: Format | None, source: Source, received_on: date | None
) -> Iterator[OrderMessage | Problem]:
    match form:
        case Format.FLAT:
            return read_flat(source)
        case Format.GENCOD:
            return read_gencod(source)
        case Format.EANCOM:
            return read_eancom(source)
        case Format.CSV:
            return read_csv(source, received_on=received_on)
        case Format.SERVICE_GENCOD | Format.SERVICE_EANCOM:
            message = "Ce fichier contient des comptes rendus du réseau, pas des commandes."
        case None:
            message = "Ce fichier n'est dans aucun format de commande connu, rien n'y est lu."
    return iter((Problem("error", message),))
