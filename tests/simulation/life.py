"""One day of the month, by the same doors as real life. Cut anywhere and played again, it goes on.

What people decide on the spot (which lines a shop cancels, what a picker does not find, what a count says) is written
down whole before the house is told: played again, they say the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from quai.access.types import Actor
from quai.billing import actions as billing
from quai.billing import queries as billed
from quai.billing.types import Correction, NewRendition
from quai.catalogue import queries as titles
from quai.core import folders, house, sql
from quai.demo import scene
from quai.demo.world import HOUSE_GLN
from quai.desk import invoicing
from quai.exchange import intake
from quai.exchange.spreadsheet import inbound as lists
from quai.orders import actions as orders
from quai.orders.types import Reason, ShortLine
from quai.parties import queries as parties
from quai.stock import actions as stock
from quai.stock import queries as copies
from quai.stock.types import Count
from quai.terms import actions as terms
from quai.terms.types import AccountView, Rhythm
from quai.warehouse import actions as warehouse
from quai.warehouse import queries as open_work
from quai.warehouse.types import PickStop
from tests.simulation.month import STRANGERS, Month

HIDES = 0.04  # of the stops: a copy that should be there is not
AGREEMENTS = (  # customer, day, what is agreed from then on
    (5, 0, AccountView(whole_order_only=True)),
    (6, 0, AccountView(order_minimum=Decimal(150), grouped_for_days=6)),
    (7, 0, AccountView(carriage_paid_from=Decimal(80), carriage_fee=Decimal("6.50"))),
    (0, 9, AccountView(rhythm=Rhythm.TEN_DAYS)),
    (0, 19, AccountView(rhythm=Rhythm.MONTH)),
    (6, 21, AccountView()),
)
FILED = b"Document de la simulation : jamais rendu."
Plan = list[dict[str, Any]]


Shelves = Counter[tuple[int, str]]  # copies by title and place


class Life:
    """A day of the month in the house that Django is connected to."""

    def __init__(self, month: Month, day: int, home: Path, by: Actor) -> None:
        self.month, self.day, self.by = month, day, by
        self.folder, self.outbox = home / f"day-{day:02}", home / "outbox"

    def steps(self) -> Iterator[Callable[[], None]]:
        """The day, in order."""
        if self.day == 0:
            yield self.set_the_scene
        yield self.agree_terms
        yield self.receive_notices
        yield self.receive_copies
        yield self.hold_and_free
        yield lambda: self.count_shelves("morning", 0.3)
        yield self.receive_orders
        yield self.cancel_lines
        if self.happens("refusals", 0.2):
            yield self.refuse_strangers
        yield self.prepare
        yield lambda: self.count_shelves("noon", 0.2)
        yield self.leave_by_hand if self.happens("by hand", 0.4) else self.leave_at_once
        if self.happens("second wave", 0.7):
            yield self.prepare
            yield self.leave_at_once
        if self.happens("billed", 0.8):
            yield self.bill
        yield self.credit

    def at(self, hour: int, minute: int = 0) -> datetime:
        """An instant of the day."""
        return house.instant(self.month.on(self.day), hour, minute)

    def happens(self, what: str, share: float) -> bool:
        """Say whether this happens today."""
        return self.month.happens(self.day, what, share)

    # Morning

    def set_the_scene(self) -> None:
        scene.set_scene(self.month.world, at=self.at(6), by=self.by)

    def agree_terms(self) -> None:
        """Some accounts take whole orders, or none below a minimum; one changes its rhythm in the middle."""
        customers = self.month.world.customers
        found = parties.by_gln(customer.gln for customer in customers)
        agreed: dict[int | None, AccountView] = {
            found[customers[n].gln].party_id: account for n, day, account in AGREEMENTS if day == self.day
        }
        terms.set_account_terms(accounts=agreed, from_on=self.month.on(self.day), at=self.at(6), by=self.by)

    def receive_notices(self) -> None:
        content = self.month.notices(self.day)
        names = (
            ["notices.onix", "notices-bis.onix"] if self.happens("notices twice", 0.2) else ["notices.onix"]
        )
        for name in names if content else ():
            self._receive("notices", name, content or b"")

    def receive_copies(self) -> None:
        content = self.month.arrival_list(self.day)
        names = (
            ["arrivages.csv", "arrivages-bis.csv"] if self.happens("list twice", 0.2) else ["arrivages.csv"]
        )
        for name in names if content else ():
            lists.receive_stock(name=name, content=content or b"", at=self.at(7), by=self.by)

    def hold_and_free(self) -> None:
        first, second = self.month.draw(self.day, "accounts").sample(self.month.world.customers, 2)
        found = parties.by_gln([first.gln, second.gln])
        if self.happens("hold", 0.3):
            terms.hold(customers=[found[first.gln].party_id], reason="Impayé", at=self.at(8), by=self.by)
        if self.happens("free", 0.4):
            terms.free(customers=[found[second.gln].party_id], reason="Réglé", at=self.at(8), by=self.by)

    def receive_orders(self) -> None:
        for delivery in self.month.orders_in(self.day):
            self._receive("orders", delivery.name, delivery.content)

    def cancel_lines(self) -> None:
        """Some shops cancel what has not left."""
        asked = [one["line"] for one in self._once("cancelled.json", self._lines_to_cancel)]
        orders.cancel(
            lines=asked,
            reason=Reason.CUSTOMER_CANCELLED,
            at=self.at(10),
            by=self.by,
            in_preparation=open_work.in_preparation(asked),
        )

    def _lines_to_cancel(self) -> Plan:
        chance = self.month.draw(self.day, "cancelled")
        rows = sql.query(
            "SELECT line_id FROM orders_line_state WHERE ordered > shipped + refused + cancelled ORDER BY line_id"
        )
        return [{"line": row.line_id} for row in rows if chance.random() < 0.03]

    def refuse_strangers(self) -> None:
        """What buyers nobody knows have ordered is refused at last."""
        rows = sql.query(
            "SELECT s.line_id FROM orders_line_state s JOIN orders_order o ON o.id = s.order_id"
            f" WHERE s.held > 0 AND o.buyer_gln LIKE '{STRANGERS}%' ORDER BY s.line_id"
        )
        orders.refuse_held(lines=[row.line_id for row in rows], at=self.at(10, 30), by=self.by)

    # Shelves

    def count_shelves(self, when: str, share: float) -> None:
        """A few bins are counted: there are fewer copies, or more, or as many as the ledger says."""
        if not self.happens(f"count {when}", share):
            return
        plan = self._once(f"count-{when}.json", lambda: self._count(when))
        counts = [
            Count(one["place"], one["product"], one["owner"], one["counted"], f"count:{self.day}:{when}:{n}")
            for n, one in enumerate(plan)
        ]
        with transaction.atomic():
            adjusted = stock.adjust(counts=counts, reason="Inventaire tournant", at=self.at(12), by=self.by)
            short = [
                ShortLine(one.key, one.quantity, f"count:{one.reservation_id}") for one in adjusted.released
            ]
            orders.record_short(short=short, at=self.at(12), by=self.by)

    def _count(self, when: str) -> Plan:
        chance = self.month.draw(self.day, f"count {when}")
        known = titles.by_gtin((t.gtin for t in self.month.world.titles), distributor_glns=[HOUSE_GLN])
        gtins = {product: gtin for gtin, product in known.items()}
        standing = copies.bins(gtins, site_id=copies.site("D1"))
        if when == "noon":
            walked = {(stop.product_id, stop.place) for stop in _open_stops()}
            standing = [bin_ for bin_ in standing if (bin_.product_id, bin_.code) in walked]
        plan = []
        for bin_ in chance.sample(standing, min(4, len(standing))):
            difference = max(chance.choice([-bin_.on_hand, -12, -3, -1, 0, 1, 4]), -bin_.on_hand)
            plan.append(
                {
                    "gtin": gtins[bin_.product_id],
                    "place": bin_.code,
                    "product": bin_.product_id,
                    "owner": bin_.owner_id,
                    "counted": bin_.on_hand + difference,
                    "difference": difference,
                }
            )
        return plan

    def prepare(self) -> None:
        orders.decide(at=self.at(11), by=self.by)
        warehouse.prepare(at=self.at(11, 30), by=self.by)

    def leave_at_once(self) -> None:
        warehouse.ship(shorts=self._missing(), at=self.at(16), by=self.by)

    def leave_by_hand(self) -> None:
        """Picks, notes and trucks apart; a note or two taken back; some trucks only leave on another day."""
        shorts = self._missing()
        for wave in open_work.open_waves():
            stops = open_work.pick_list(wave.wave_id).stops
            shipments = sorted({stop.shipment_id for stop in stops})
            mine = {stop.pick_id: shorts[stop.pick_id] for stop in stops if stop.pick_id in shorts}
            warehouse.record_picks(shipments=shipments, shorts=mine, at=self.at(15), by=self.by)
            warehouse.close_notes(shipments=shipments, at=self.at(15, 30), by=self.by)
        waiting = open_work.waiting_notes()
        mistyped = [note for note in waiting if self.happens(f"reopened {note}", 0.15)]
        warehouse.reopen(notes=mistyped, at=self.at(15, 45), by=self.by, reason="Mauvais client")
        leaving = [note for note in waiting if self.happens(f"leaves {note}", 0.8)]
        warehouse.depart(notes=leaving, at=self.at(16), by=self.by)

    def _missing(self) -> dict[int, int]:
        """What the pickers of the open waves do not find, by pick; each wave is walked once."""
        waves = [wave.wave_id for wave in open_work.open_waves()]
        stops = {
            wave: [stop for stop in open_work.pick_list(wave).stops if not stop.fetched] for wave in waves
        }
        shelves = _shelves(stop.product_id for found in stops.values() for stop in found)
        shorts: dict[int, int] = {}
        for wave in waves:
            walked = self._once(f"wave-{wave}.json", partial(self._walk, wave, stops[wave], shelves.copy()))
            due = {stop.pick_id for stop in stops[wave]}
            for one in walked:
                if one["pick"] in due:
                    shelves[one["product"], one["place"]] -= one["found"] + one["hidden"]
                if one["missing"]:
                    shorts[one["pick"]] = one["missing"]
        return shorts

    def _walk(self, wave: int, stops: Sequence[PickStop], shelves: Shelves) -> Plan:
        """Walk a wave: shelves hold what the ledger says, but for a copy here and there that is nowhere."""
        chance = self.month.draw(self.day, f"wave {wave}")
        plan = []
        for stop in stops:
            here = (stop.product_id, stop.place)
            most = 0 if stop.void else min(stop.quantity, shelves[here])
            hidden = chance.randint(1, most) if most and chance.random() < HIDES else 0
            found = most - hidden
            shelves[here] -= found + hidden
            plan.append(
                {
                    "pick": stop.pick_id,
                    "product": stop.product_id,
                    "place": stop.place,
                    "gtin": stop.gtin,
                    "found": found,
                    "hidden": hidden,
                    "missing": 0 if stop.void else stop.quantity - found,
                }
            )
        return plan

    # Evening

    def bill(self) -> None:
        """Invoice what left. Some days' invoices become pages and leave; those of the others are filed away."""
        at, until = self.at(18), self.month.on(self.day)
        if self.day % 7 == 3:
            invoicing.bill(until=until, outbox=self.outbox, at=at, by=self.by)
            return
        billing.invoice_delivered(until=until, at=at, by=self.by)
        billing.release(at=at, by=self.by)
        while batch := billed.to_render(limit=1_000):
            filed = [NewRendition(invoice, "simulation", FILED, FILED) for invoice in batch]
            billing.record_renditions(renditions=filed, at=at, by=self.by)
        if batch := [one.invoice_id for one in billed.to_send(limit=1_000)]:
            billing.record_sent(invoices=batch, channel="simulation", at=at, by=self.by)

    def credit(self) -> None:
        """Copies of some invoices are credited, once however often it is asked for."""
        if not self.happens("credit", 0.4):
            return
        plan = self._once("credited.json", self._lines_to_credit)
        due = [Correction(one["line"], one["quantity"]) for one in plan]
        reason, key = "Erreur de facturation", f"credit:{self.day}"
        billing.credit(corrections=due, reason=reason, source_key=key, at=self.at(19), by=self.by)

    def _lines_to_credit(self) -> Plan:
        chance = self.month.draw(self.day, "credit")
        credited = _credited()
        rows = sql.query(
            "SELECT l.id, l.quantity FROM billing_invoice_line l JOIN billing_invoice i ON i.id = l.invoice_id"
            " WHERE i.type_code = '380' AND l.net > 0 ORDER BY l.id"
        )
        left = [(row.id, row.quantity - credited[row.id]) for row in rows]
        due = [one for one in left if one[1] > 0]
        return [
            {"line": line, "quantity": chance.randint(1, quantity)}
            for line, quantity in chance.sample(due, min(3, len(due)))
        ]

    # Files

    def _receive(self, kind: str, name: str, content: bytes) -> None:
        file = self.folder / kind / name
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.put(file, content)
        intake.receive_file(file, at=self.at(9), by=self.by)

    def _once(self, name: str, decide: Callable[[], Plan]) -> Plan:
        """What was decided under this name, now or before the day was cut."""
        file = self.folder / name
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.put(file, json.dumps(decide()).encode())
        plan: Plan = json.loads(file.read_bytes())
        return plan


def _open_stops() -> list[PickStop]:
    return [stop for wave in open_work.open_waves() for stop in open_work.pick_list(wave.wave_id).stops]


def _shelves(products: Iterable[int]) -> Shelves:
    standing = copies.bins(products, site_id=copies.site("D1"))
    return Counter({(bin_.product_id, bin_.code): bin_.on_hand for bin_ in standing})


def _credited() -> Counter[int]:
    rows = sql.query("SELECT line_id, max(after_quantity) AS copies FROM billing_credited GROUP BY line_id")
    return Counter({row.line_id: row.copies for row in rows})
