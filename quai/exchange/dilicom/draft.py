"""An order being read: the rules that are the same whichever format it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from quai.exchange.dilicom.codes import (
    MAX_CODE,
    MAX_QUANTITY,
    as_written,
    check_digit_holds,
    is_code,
    read_date,
    read_gtin,
    read_quantity,
)
from quai.exchange.types import LineReport, OrderReport
from quai.orders.types import (
    URGENT_OPERATION,
    BackorderPolicy,
    Fate,
    Kind,
    OrderedLine,
    OrderMessage,
    Problem,
    Reason,
    RefusedLine,
)

MAX_LINES = 100_000  # per order: ten times what a running number of four digits can count
MAX_WARNINGS = 100  # per order: past that a person needs a telephone, not a list
REFERENCE_LENGTH = 8
MAX_REFERENCE = 35  # EDIFACT an..35

BACKORDER_CODES = {
    "0": BackorderPolicy.USUAL,
    "1": BackorderPolicy.KEEP,
    "3": BackorderPolicy.DROP,
    "4": BackorderPolicy.KEEP_IF_NEW,
}
ORDER_TYPES = {"0": Kind.RESTOCK, "2": Kind.ADVANCE, "4": Kind.OPERATION}
SHIPPING_MODES = frozenset(f"{mode:02}" for mode in range(1, 10))


class Layout(NamedTuple):
    """How a format names its places to people, and the largest quantity it may carry."""

    unit: str
    quantity_at: str
    max_quantity: int = MAX_QUANTITY


class Note(NamedTuple):
    """A remark kept until the order's reference is known, with the line that it refuses, if it does."""

    text: str
    position: int
    line: str = ""
    refused: RefusedLine | None = None


@dataclass(frozen=True, slots=True)
class HiddenOrder(Problem):
    """The problem that keeps a whole order out, with what was read of it."""

    told: OrderReport = field(kw_only=True)


@dataclass(slots=True)
class Draft:
    """The order as read so far; `finish` gives it out once its last record proves it whole."""

    layout: Layout
    position: int
    supplier: str = ""
    buyer: str = ""
    deliver_to: str = ""
    relay: str = ""
    reference: str = ""
    ordered_on: date | None = None
    operation_code: str = ""
    kind: Kind = Kind.RESTOCK
    shipping_mode: str = ""
    backorder_policy: BackorderPolicy = BackorderPolicy.USUAL
    discount_term: str = ""
    earliest_on: date | None = None
    latest_on: date | None = None
    lines: list[OrderedLine] = field(default_factory=list)
    records: int = 0
    damage: str = ""  # why the order cannot be trusted to be whole
    warnings: list[Note] = field(default_factory=list)
    unsaid: int = 0  # warnings past MAX_WARNINGS
    refused: list[Note] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add_line(self, code: str, quantity_text: str, reference: str, position: int) -> None:
        """Take one line; a quantity nobody could mean refuses this line and no other."""
        gtin, sound = read_gtin(code)
        quantity = read_quantity(quantity_text)
        if not 0 < quantity <= self.layout.max_quantity:
            self.refuse_quantity(gtin, quantity_text, reference, position)
            return
        if len(self.lines) >= MAX_LINES:
            self.damage = f"elle compte plus de {MAX_LINES} lignes"
            return
        self.lines.append(OrderedLine(gtin, quantity, reference.strip(), position))
        if not sound:
            self.warn(f"la clé de contrôle du GTIN {gtin} est fausse, la ligne est prise", position, gtin)

    def refuse_quantity(self, gtin: str, text: str, reference: str, position: int) -> None:
        """Say which line has no quantity that can be shipped."""
        limit, written = self.layout.max_quantity, text.strip() or "vide"
        reason = f"la quantité « {written} » n'est pas un nombre de 1 à {limit}"
        said = f"GTIN {gtin}, {self.layout.quantity_at}, {reason}, cette ligne n'est pas prise"
        line = RefusedLine(gtin, as_written(text), reference.strip(), Reason.BAD_QUANTITY)
        self.refuse(said, position, line.line_reference or gtin, line)

    def refuse(self, text: str, position: int, line: str = "", refused: RefusedLine | None = None) -> None:
        """Note an error that hides one line only."""
        if len(self.refused) >= MAX_LINES:
            self.damage = f"plus de {MAX_LINES} de ses lignes ne se lisent pas"
            return
        self.refused.append(Note(text, position, line.strip(), refused))

    def warn(self, text: str, position: int, line: str = "") -> None:
        """Note something odd that does not prevent the order."""
        if len(self.warnings) >= MAX_WARNINGS:
            self.unsaid += 1
            return
        self.warnings.append(Note(text, position, line))

    def heading(self, record: str, position: int) -> None:
        """Note a heading record; a second one, or one after the lines, betrays two orders run together."""
        if record in self.seen or self.lines or self.refused:
            self.damage = self.damage or (
                f"l'en-tête {record} reparaît {self.layout.unit} {position}, deux commandes semblent mêlées"
            )
        self.seen.add(record)

    def set_reference(self, text: str, position: int) -> None:
        """Keep the shop's reference, longer than the trade's 8 characters if the format let it be."""
        self.reference = text.strip()[:MAX_REFERENCE].rstrip()
        if len(text.strip()) > REFERENCE_LENGTH:
            self.warn(f"la référence « {self.reference} » dépasse {REFERENCE_LENGTH} caractères", position)

    def set_shipping(self, text: str, position: int) -> None:
        """Keep the shipping mode as two digits; blank or zero says nothing."""
        mode = text.strip().zfill(2)
        if mode in SHIPPING_MODES:
            self.shipping_mode = mode
        elif mode != "00":
            self.warn(f"le mode d'expédition « {text.strip()} » est inconnu, il est ignoré", position)

    def set_backorder(self, text: str, position: int) -> None:
        """Keep what the shop wants of missing copies; blank is the usual rule."""
        code = text.strip() or "0"
        if code not in BACKORDER_CODES:
            self.warn(f"le code de notation « {code} » est inconnu, la règle habituelle s'applique", position)
        self.backorder_policy = BACKORDER_CODES.get(code, BackorderPolicy.USUAL)

    def set_type(self, text: str, position: int) -> None:
        """Keep the order type; blank is a normal order."""
        code = text.strip() or "0"
        if code not in ORDER_TYPES:
            self.warn(f"le type de commande « {code} » est inconnu, elle est prise comme réassort", position)
        self.kind = ORDER_TYPES.get(code, Kind.RESTOCK)

    def day(self, text: str, what: str, position: int) -> date | None:
        """Read an optional YYYYMMDD; blank or zeros say nothing, an impossible day warns."""
        written = text.strip()
        found = read_date(written)
        if found is None and written.strip("0"):
            self.warn(f"la date « {written} » ({what}) n'existe pas, elle est ignorée", position)
        return found

    def cut_short(self, said: str, position: int, reason: Reason = Reason.INCOMPLETE_ORDER) -> HiddenOrder:
        """The order as a problem: no line of it enters, mostly because it is not whole."""
        problem = self._problem("error", Note(f"{said} ; la commande entière n'est pas prise", position))
        return HiddenOrder(
            problem.severity, problem.message, problem.order, "", position, told=self._told(reason)
        )

    def finish(self, position: int) -> Iterator[OrderMessage | Problem]:
        """Give the order out, then each line that was refused; or the one problem that hides it all."""
        if self.damage:
            yield self.cut_short(self.damage, position)
            return
        if blocking := self._blocking():
            yield self.cut_short(blocking, position, Reason.BAD_HEADING)
            return
        yield self._message()
        for note in self.refused:
            yield self._problem("error", note)

    def _blocking(self) -> str:
        """Why the order cannot enter, if so."""
        for name, gln, needed in (
            ("du distributeur", self.supplier, True),
            ("de l'acheteur", self.buyer, True),
            ("du lieu de livraison", self.deliver_to, False),
            ("du relais", self.relay, False),
        ):
            if not gln.strip() and needed:
                return f"il manque le GLN {name}"
            if gln.strip() and not is_code(gln.strip()):
                return f"le GLN {name} « {gln.strip()[:20]} » n'a pas 13 chiffres"
        if not self.reference:
            return "il manque la référence"
        if self.ordered_on is None:
            return "sa date manque ou n'existe pas"
        if not self.lines:
            return "aucune de ses lignes ne se lit" if self.refused else "elle n'a aucune ligne"
        return ""

    def _message(self) -> OrderMessage:
        supplier, buyer = self.supplier.strip(), self.buyer.strip()
        deliver_to, relay = _optional_gln(self.deliver_to), _optional_gln(self.relay)
        for gln in dict.fromkeys((supplier, buyer, deliver_to, relay)):
            if gln and not check_digit_holds(gln):
                self.warn(f"la clé de contrôle du GLN {gln} est fausse, il est pris tel quel", self.position)
        if self.earliest_on and self.latest_on and self.earliest_on > self.latest_on:
            self.warn("la livraison au plus tard précède la livraison au plus tôt", self.position)
        operation_code = self.operation_code.strip()
        assert self.ordered_on is not None
        return OrderMessage(
            supplier=supplier,
            buyer=buyer,
            reference=self.reference,
            ordered_on=self.ordered_on,
            lines=tuple(self.lines),
            deliver_to="" if deliver_to == buyer else deliver_to,
            relay=relay,
            operation_code=operation_code,
            kind=Kind.URGENT if operation_code == URGENT_OPERATION else self.kind,
            shipping_mode=self.shipping_mode,
            backorder_policy=self.backorder_policy,
            discount_term=self.discount_term.strip(),
            earliest_on=self.earliest_on,
            latest_on=self.latest_on,
            position=self.position,
            problems=tuple(self._warning_problems()),
            refused=self._refused_lines(),
        )

    def _refused_lines(self) -> tuple[RefusedLine, ...]:
        return tuple(note.refused for note in self.refused if note.refused) if self.refused else ()

    def _told(self, reason: Reason) -> OrderReport:
        """The order as far as it was read, refused with all its lines."""
        lines = [RefusedLine(line.gtin, line.quantity, line.line_reference, reason) for line in self.lines]
        operation_code = self.operation_code.strip()
        deliver_to = _optional_gln(self.deliver_to)
        return OrderReport(
            reference=self.reference,
            supplier=self.supplier.strip()[:MAX_CODE],
            buyer=self.buyer.strip()[:MAX_CODE],
            deliver_to="" if deliver_to == self.buyer.strip() else deliver_to[:MAX_CODE],
            relay=self.relay.strip()[:MAX_CODE],
            ordered_on=self.ordered_on,
            earliest_on=self.earliest_on,
            latest_on=self.latest_on,
            operation_code=operation_code[:MAX_REFERENCE],
            kind=str(Kind.URGENT if operation_code == URGENT_OPERATION else self.kind),
            shipping_mode=self.shipping_mode,
            backorder_policy=str(self.backorder_policy),
            outcome="refused",
            lines=[
                LineReport(gtin, quantity, reference, Fate.REFUSED.value, why.value)
                for gtin, quantity, reference, why in (*lines, *self._refused_lines())
            ],
        )

    def _warning_problems(self) -> Iterator[Problem]:
        for note in self.warnings:
            yield self._problem("warning", note)
        if self.unsaid:
            more = Note(f"{self.unsaid} autres avertissements ne sont pas détaillés", self.position)
            yield self._problem("warning", more)

    def _problem(self, severity: str, note: Note) -> Problem:
        order = f"Commande {self.reference}" if self.reference else "Commande sans référence"
        message = f"{order}, {self.layout.unit} {note.position} : {note.text}."
        return Problem(severity, message, self.reference, note.line, note.position)


def _optional_gln(text: str) -> str:
    gln = text.strip()
    return gln if gln.strip("0") else ""
