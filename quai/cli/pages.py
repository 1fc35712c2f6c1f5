"""How the sheets of documents are laid out at a terminal of eighty columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from quai.cli import printing
from quai.desk import words

Sheet = Mapping[str, Any]
SAID_BY_ITS_FATE = {"available", "shipped"}  # reasons whose sentence would only repeat the fate

IN_THE_BASE = "dans la base ; « --pdf FICHIER » l’écrit"


def order(sheet: Sheet) -> None:
    """An order: who, where, when, each line with its fate, what happened, what carries it."""
    printing.heading(f"Commande {sheet['reference']}")
    message = sheet["message"]
    dates = f"du {_day(sheet['earliest_on'])} au {_day(sheet['latest_on'])}"
    printing.facts(
        [
            ("Libraire", _named(sheet["customer"] or "compte inconnu", f"GLN {sheet['buyer_gln']}")),
            ("À livrer à", _place(sheet["deliver_to"]) or sheet["deliver_to_gln"]),
            ("Passée le", sheet["ordered_on"]),
            ("Genre", _joined(words.of("order_kind", sheet["kind"]), sheet["operation_code"])),
            ("À livrer", dates if sheet["earliest_on"] or sheet["latest_on"] else None),
            ("Si manquant", words.of("backorder_policy", sheet["backorder_policy"])),
            ("Reçue le", _named(printing.cell(sheet["received_at"]), sheet["received_by"])),
            ("Par", words.of("channel", sheet["channel"])),
            ("Message", message and _named(message["name"], f"sha256 {message['sha256'][:16]}…")),
            ("État", words.of("standing", sheet["standing"])),
            ("Reprend", sheet["repeats_id"] and f"la commande #{sheet['repeats_id']}"),
            ("Identifiant", f"#{sheet['id']}"),
        ]
    )
    if sheet["lines"]:
        columns = ["ligne", "réf.", "ISBN", "titre", "qté", "sort"]
        printing.table("Lignes", columns, _parts(sheet["lines"]))
        _reasons(sheet["lines"])
        _discounts(sheet["lines"])
    _moves(sheet["timeline"])
    _notes(sheet["notes"])


def line(sheet: Sheet) -> None:
    """A line: its title, its fates, all that happened to it."""
    printing.heading(f"Ligne {sheet['id']}, commande {sheet['order_reference']}")
    printing.facts(
        [
            ("Titre", sheet["title"]),
            ("ISBN", sheet["gtin"]),
            ("Éditeur", sheet["publisher"]),
            ("Libraire", sheet["customer"]),
            ("Référence", sheet["line_reference"]),
            ("Commandés", sheet["quantity"]),
            ("Sort", ", ".join(_fate(part, counted=True) for part in sheet["parts"])),
            ("Gratuits de", sheet["free_with_id"] and f"la ligne {sheet['free_with_id']}"),
        ]
    )
    _reasons([sheet])
    _discounts([sheet])
    rows = [
        (move["at"], move["quantity"], words.of("fate", move["to_fate"]), move["sentence"], move["by"])
        for move in sheet["timeline"]
    ]
    printing.table("Histoire", ["quand", "ex.", "sort", "pourquoi", "par"], rows)
    _notes(sheet["notes"])


def note(sheet: Sheet) -> None:
    """A delivery note: for whom, in which parcels, for which orders, what became of it."""
    printing.heading(f"Bon de livraison {sheet['number']}")
    printing.facts(
        [
            ("Client", sheet["customer"]),
            ("Livré à", _place(sheet["deliver_to"])),
            ("Nature", words.of("nature", sheet["nature"])),
            ("Transporteur", sheet["carrier"]),
            ("Clos le", sheet["closed_on"]),
            ("Parti le", sheet["departed_at"] or ("repris" if sheet["reopened"] else "attend son camion")),
            ("Exemplaires", sheet["copies"]),
            ("Port", sheet["carriage"] or None),
            ("Commandes", ", ".join(one["reference"] for one in sheet["orders"])),
            ("Facture", sheet["invoice"] or "pas encore"),
        ]
    )
    rows = [
        (
            one["order_reference"],
            one["line_reference"],
            one["gtin"],
            one["title"],
            one["quantity"],
            _percent(one["discount"]),
            one["net"],
        )
        for one in sheet["lines"]
    ]
    columns = ["commande", "réf.", "ISBN", "titre", "qté", "remise", "net HT"]
    printing.table("Lignes", columns, rows)
    boxes = [(box["sscc"], box["copies"], _kilos(box["weight_g"])) for box in sheet["parcels"]]
    printing.table("Colis", ["SSCC", "ex.", "poids"], boxes)
    left = [
        (one["order_reference"], one["gtin"], one["title"], one["quantity"], words.of("fate", one["fate"]))
        for one in sheet["remaining"]
    ]
    if left:
        printing.table("Reste de ces commandes", ["commande", "ISBN", "titre", "qté", "sort"], left)
    _stages("note_stage", sheet["timeline"])


def invoice(sheet: Sheet) -> None:
    """An invoice or credit note: for whom, how much, what it covers, its stages, where its page is."""
    printing.heading(f"{sheet['kind']} {sheet['number']}")
    printing.facts(
        [
            ("Client", sheet["customer"]),
            ("Datée du", sheet["issued_on"]),
            ("Échéance", sheet["due_on"]),
            ("Total HT", sheet["net"]),
            ("TVA", sheet["vat"]),
            ("Total TTC", sheet["gross"]),
            ("Commandes", ", ".join(one["reference"] for one in sheet["orders"])),
            ("Crédite", ", ".join(one["number"] for one in sheet["credits"])),
            ("Créditée par", ", ".join(one["number"] for one in sheet["credited_by"])),
            ("PDF", sheet["pdf"] or (IN_THE_BASE if sheet["pdf_sha256"] else "pas encore mis en page")),
        ]
    )
    rows = [
        (
            one["order_reference"],
            one["gtin"],
            one["title"],
            one["quantity"],
            _percent(one["discount"]),
            one["net"],
        )
        for one in sheet["lines"]
    ]
    printing.table("Lignes", ["commande", "ISBN", "titre", "qté", "remise", "net HT"], rows)
    rates = [(words.vat(one["rate"], one["category"]), one["base"], one["vat"]) for one in sheet["vats"]]
    printing.table("TVA", ["taux", "base HT", "TVA"], rates)
    notes = [(one["number"], one["closed_on"], one["departed_at"]) for one in sheet["notes"]]
    if notes:
        printing.table("Bons de livraison", ["numéro", "clos le", "parti le"], notes)
    _stages("invoice_stage", sheet["timeline"])


def copies(sheet: Sheet) -> None:
    """The copies of a title: where they stand, how many can be promised."""
    printing.heading(f"{sheet['title'] or 'Sans titre'} {sheet['ean']}")
    rows = [(one["location"], words.of("place", one["kind"]), one["on_hand"]) for one in sheet["bins"]]
    printing.table("", ["emplacement", "genre", "exemplaires"], rows)
    told = {name: words.number(sheet[name]) for name in ("on_hand", "reserved", "available")}
    printing.say(
        "",
        f"En vente : {told['on_hand']} ; réservés : {told['reserved']} ; disponibles : {told['available']}.",
    )


def why(reason: str) -> str:
    """A reason in a sentence; empty when the fate says it all."""
    from quai.orders.types import SENTENCES, Reason

    return "" if reason in SAID_BY_ITS_FATE else SENTENCES[Reason(reason)]


def _parts(lines: Iterable[Sheet]) -> list[Sequence[Any]]:
    """A row for each fate of each line; the line itself is told once."""
    rows: list[Sequence[Any]] = []
    for one in lines:
        head = (str(one["id"]), one["line_reference"], one["gtin"], _title(one))
        for n, part in enumerate(one["parts"]):
            rows.append((*(head if n == 0 else ("", "", "", "")), part["quantity"], _fate(part)))
    return rows


def _reasons(lines: Iterable[Sheet]) -> None:
    """Why copies have another fate than the usual one: sentences are folded, never cut."""
    told = [
        (f"{one['line_reference'] or one['id']}  {one['gtin']}", part["sentence"])
        for one in lines
        for part in one["parts"]
        if part["reason"] not in SAID_BY_ITS_FATE
    ]
    if told:
        printing.heading("Pourquoi")
        for subject, sentence in told:
            printing.say(f"{subject}  {sentence}")


def _discounts(lines: Iterable[Sheet]) -> None:
    """The row that decided of each discount, once for all the lines it decided."""
    decided: dict[str, list[str]] = {}
    for one in lines:
        for row in one["discounts"]:
            decided.setdefault(row["sentence"], []).append(one["line_reference"] or str(one["id"]))
    if decided:
        printing.heading("Remises")
        for sentence, names in decided.items():
            printing.say(f"{', '.join(names)} : {sentence}")


def _moves(moves: Sequence[Sheet]) -> None:
    """What happened to the lines of an order, those of one instant and reason together."""

    def event(move: Sheet) -> tuple[Any, ...]:
        return move["at"], move["to_fate"], move["sentence"], move["by"] or ""

    rows = []
    for (at, fate, sentence, by), same in groupby(sorted(moves, key=event), key=event):
        group = list(same)
        lines = len({move["line_id"] for move in group})
        copies_ = sum(move["quantity"] for move in group)
        rows.append((at, lines, copies_, words.of("fate", fate), sentence, by))
    if rows:
        printing.table("Histoire", ["quand", "lignes", "ex.", "sort", "pourquoi", "par"], rows)


def _notes(notes: Sequence[Sheet]) -> None:
    if notes:
        rows = [
            (
                one["number"],
                one["closed_on"],
                "repris" if one["reopened"] else one["departed_at"],
                one["invoice"] or "pas encore",
            )
            for one in notes
        ]
        printing.table("Bons de livraison", ["numéro", "clos le", "parti le", "facture"], rows)


def _stages(what: str, timeline: Sequence[Sheet]) -> None:
    rows = [
        (
            stage["at"],
            words.of(what, stage["stage"]),
            stage.get("by_name") or (stage["by"] if isinstance(stage["by"], str) else ""),
            _joined(words.of("channel", stage["about"]), stage.get("reason") or ""),
        )
        for stage in timeline
    ]
    printing.table("Histoire", ["quand", "étape", "par", ""], rows)


def _fate(part: Sheet, *, counted: bool = False) -> str:
    until = f" ({_day(part['until_on'])})" if part["until_on"] else ""
    return f"{part['quantity']} " * counted + words.of("fate", part["fate"]) + until


def _title(one: Sheet) -> str:
    return f"{one['title']} (gratuit)" if one["free_with_id"] else one["title"]


def _place(place: Mapping[str, Any] | None) -> str:
    return ", ".join([place["name"], *place["lines"]]) if place else ""


def _named(name: str, more: str | None) -> str:
    return f"{name} ({more})" if more else name


def _joined(*told: str) -> str:
    return ", ".join(filter(None, told))


def _day(on: Any) -> str:
    return printing.cell(on) or "…"


def _percent(discount: Any) -> printing.Figure:
    return printing.Figure(f"{words.number(discount)} %" if discount else "")


def _kilos(grams: int) -> printing.Figure:
    return printing.Figure(f"{grams / 1000:.2f} kg".replace(".", ","))
