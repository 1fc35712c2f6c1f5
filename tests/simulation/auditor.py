"""The auditor: keeps books of his own, in plain Python, from what went in and out of the door, and compares.

His sources are the files that came, what people wrote down (counts, walks, cancellations) and the delivery notes;
never the ledgers that he audits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quai.core import sql
from quai.demo.files import UNKNOWN_ISBN
from quai.orders.types import OrderMessage
from tests.simulation.month import STRANGERS, Month

Key = tuple[str, str]  # buyer, reference

STANDING = """
    SELECT p.gtin, sum(b.on_hand)::int AS copies
      FROM stock_bin_balance b JOIN catalogue_product p ON p.id = b.product_id GROUP BY p.gtin
"""
DELIVERED = """
    SELECT n.number, n.closed_on, p.gtin, l.line_id, l.quantity, c.retail_price
      FROM warehouse_note n
      JOIN warehouse_note_line l ON l.note_id = n.id
      JOIN catalogue_product p ON p.id = l.product_id
      LEFT JOIN catalogue_price c ON c.id = l.price_id
     WHERE n.id NOT IN (SELECT note_id FROM warehouse_reopening)
"""
LINES = """
    SELECT o.buyer_gln, o.reference, l.id, l.gtin, l.quantity, l.free_with_id, s.ordered, s.undecided, s.reserved,
           s.waiting, s.backordered, s.held, s.grouped, s.shipped, s.refused, s.cancelled
      FROM orders_order o JOIN orders_line l ON l.order_id = o.id JOIN orders_line_state s ON s.line_id = l.id
     WHERE o.standing = 'accepted'
"""
BILLED = """
    SELECT n.number, count(i.id) AS invoices, count(t.note_id) AS waiting
      FROM warehouse_departure d
      JOIN warehouse_note n ON n.id = d.note_id AND n.nature = 'sale'
      LEFT JOIN billing_invoice_note i ON i.note_id = n.id
      LEFT JOIN warehouse_todo_invoice t ON t.note_id = n.id
     GROUP BY n.id HAVING count(i.id) + count(t.note_id) <> 1
"""
MESSAGES = """
    SELECT count(DISTINCT m.id) AS messages, count(o.id) AS concluded
      FROM exchange_message m LEFT JOIN exchange_outcome o ON o.message_id = m.id
"""
RECEIVABLE = """
    SELECT (SELECT coalesce(sum(CASE type_code WHEN '380' THEN gross ELSE -gross END), 0)
              FROM billing_invoice) AS billed,
           (SELECT coalesce(sum(l.debit - l.credit), 0) FROM accounts_entry_line l
              JOIN accounts_account a ON a.id = l.account_id WHERE a.code LIKE '411%') AS owed
"""


class Auditor:
    """Audits a house that lived a month, after any of its days."""

    def __init__(self, month: Month, home: Path) -> None:
        self.month, self.home = month, home

    def findings(self, day: int) -> Iterator[str]:
        """Everything that the house says otherwise than the auditor's books, at the end of a day."""
        delivered, lines = sql.query(DELIVERED), sql.query(LINES)
        yield from self._copies(day, delivered)
        yield from self._orders(day, lines)
        yield from self._fates(lines, delivered)
        yield from self._prices(delivered)
        yield from self._messages(day)
        for row in sql.query(BILLED):
            yield f"note {row.number} left: {row.invoices} invoices, {row.waiting} waiting"
        [money] = sql.query(RECEIVABLE)
        if money.billed != money.owed:
            yield f"customers were billed {money.billed}, their accounts say {money.owed}"

    def _copies(self, day: int, delivered: list[Any]) -> Iterator[str]:
        """Received, less shipped, less lost, more or less what counts found: on hand, title by title."""
        book: Counter[str] = Counter()
        for past in range(day + 1):
            for row in self.month.arrivals(past):
                book[row.title.gtin] += row.copies
        for row in delivered:
            book[row.gtin] -= row.quantity
        for one in self._written("wave-*.json"):
            book[one["gtin"]] -= one["hidden"]
        for one in self._written("count-*.json"):
            book[one["gtin"]] += one["difference"]
        house = Counter({row.gtin: row.copies for row in sql.query(STANDING)})
        for gtin in sorted(book | house):
            if book[gtin] != house[gtin]:
                yield f"{gtin}: {book[gtin]} copies by the book, {house[gtin]} by the house"
        yield from (f"{gtin}: {copies} copies by the book" for gtin, copies in book.items() if copies < 0)

    def _orders(self, day: int, lines: list[Any]) -> Iterator[str]:
        """Every order that came whole is there once, as written; one of a file cut short, whole or not at all."""
        came = [one for one in self.month.deliveries if one.day <= day and one.first]
        certain = {_key(order) for one in came if one.whole for order in one.orders}
        written = {_key(order): _wanted(order) for one in came for order in one.orders}
        house: dict[Key, Counter[str]] = {}
        for row in lines:
            if row.free_with_id is None:
                house.setdefault((row.buyer_gln, row.reference), Counter())[row.gtin] += row.quantity
        yield from (f"order {key} was lost" for key in certain - set(house))
        for key, wanted in house.items():
            if wanted != written.get(key):
                yield f"order {key}: {written.get(key)} written, {wanted} in the house"

    def _fates(self, lines: list[Any], delivered: list[Any]) -> Iterator[str]:
        """Every copy ordered has one fate, and the fates that the auditor knows of are right."""
        shipped: Counter[int] = Counter()
        for row in delivered:
            shipped[row.line_id] += row.quantity
        asked = {one["line"] for one in self._written("cancelled.json")}
        for row in lines:
            fates = row[row._fields.index("undecided") :]
            what = f"line {row.id} of {row.reference}, {row.gtin}: {row}"
            if sum(fates) != row.quantity or row.ordered != row.quantity or min(fates) < 0:
                yield f"{what}: fates do not add up"
            if row.shipped != shipped[row.id]:
                yield f"{what}: {shipped[row.id]} on delivery notes"
            if row.undecided:
                yield f"{what}: undecided at the end of a day"
            if row.cancelled and not asked & {row.id, row.free_with_id}:
                yield f"{what}: nobody cancelled it"
            if row.gtin == UNKNOWN_ISBN and row.refused != row.quantity:
                yield f"{what}: nobody knows this title"
            if row.buyer_gln.startswith(STRANGERS) and (row.shipped or row.reserved):
                yield f"{what}: nobody knows this buyer"

    def _prices(self, delivered: list[Any]) -> Iterator[str]:
        """The price of a note is the publisher's last word on the day it was closed."""
        for row in delivered:
            day = (row.closed_on - self.month.on(0)).days
            price = self.month.sheets(day)[row.gtin].price
            if row.retail_price != price:
                yield f"{row.number}, {row.gtin}: {row.retail_price} on the note, {price} announced"

    def _messages(self, day: int) -> Iterator[str]:
        """Every file is archived once, however often it came, and has its outcome."""
        came = {one.content for one in self.month.deliveries if one.day <= day}
        for past in range(day + 1):
            came |= {
                content for content in (self.month.notices(past), self.month.arrival_list(past)) if content
            }
        [row] = sql.query(MESSAGES)
        if not row.messages == row.concluded == len(came):
            yield f"{len(came)} files came, {row.messages} are archived, {row.concluded} have their outcome"

    def _written(self, pattern: str) -> Iterator[Any]:
        for file in sorted(self.home.glob(f"day-*/{pattern}")):
            yield from json.loads(file.read_bytes())


def _key(order: OrderMessage) -> Key:
    return order.buyer, order.reference


def _wanted(order: OrderMessage) -> Counter[str]:
    return Counter({line.gtin: line.quantity for line in order.lines})
