"""What people correct by hand: orders and lines cancelled, accepted or refused, accounts blocked, invoices credited."""

from __future__ import annotations

import dataclasses
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from quai.cli import pages, printing
from quai.cli.options import Home, Json, Key, Why
from quai.cli.session import in_house
from quai.desk import words

if TYPE_CHECKING:
    from quai.desk.corrections import LineCut


class Canceller(StrEnum):
    """Who cancels."""

    CUSTOMER = "customer"
    HOUSE = "house"


Who = Annotated[Canceller, typer.Option("--reason", help="customer (le client annule) ou house (la maison).")]
Ref = Annotated[
    str, typer.Argument(help="Référence de la commande, ou son identifiant (« '#12' »).", metavar="REF")
]
Line = Annotated[int, typer.Argument(help="Identifiant de la ligne.", metavar="LIGNE")]
Account = Annotated[str, typer.Argument(help="GLN du client.", metavar="GLN")]


def cancel_order(reference: Ref, reason: Who, home: Home = None, as_json: Json = False) -> None:
    """Annuler ce qui n’est pas parti d’une commande ; ce qui est en préparation ou parti est dit."""
    with in_house(home) as session:
        from quai.desk import corrections

        cut = corrections.cancel_order(reference, by_whom=reason, at=session.at, by=session.by)
    _tell_cut(cut, "Annulé", as_json)


def cancel_line(
    line: Line,
    reason: Who,
    quantity: Annotated[
        int | None,
        typer.Option(min=1, help="Exemplaires annulés en tout ; sinon tous ceux qui ne sont pas partis."),
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Annuler une ligne, ou une partie de ses exemplaires ; ce qui est en préparation ou parti est dit."""
    with in_house(home) as session:
        from quai.desk import corrections

        cut = corrections.cancel_line(line, quantity=quantity, by_whom=reason, at=session.at, by=session.by)
    _tell_cut(cut, "Annulé", as_json)


def accept_line(line: Line, home: Home = None, as_json: Json = False) -> None:
    """Confirmer la quantité d’une ligne retenue parce qu’elle est hors de proportion."""
    with in_house(home) as session:
        from quai.desk import corrections

        changed, sheet = corrections.accept_line(line, at=session.at, by=session.by)
    if as_json:
        told = {"line": line, "ean": sheet["gtin"], "accepted": changed, "fates": sheet["fates"]}
        printing.show_json(told)
    elif changed:
        fates = ", ".join(f"{copies} {words.of('fate', fate)}" for fate, copies in sheet["fates"].items())
        printing.say(f"Ligne {line} : la quantité est confirmée ; {fates}.")
    else:
        printing.say(f"La ligne {line} n’est pas retenue pour sa quantité : rien ne change.")


def refuse_line(line: Line, home: Home = None, as_json: Json = False) -> None:
    """Refuser une ligne retenue : ses exemplaires vont au suivant."""
    with in_house(home) as session:
        from quai.desk import corrections

        cut = corrections.refuse_line(line, at=session.at, by=session.by)
    refused = sum(one.cancelled for one in cut)
    done = f"Ligne {line} : exemplaires refusés, {words.number(refused)}."
    printing.tell(
        {"lines": [{"line": one.line, "ean": one.ean, "refused": one.cancelled} for one in cut]},
        done if refused else f"La ligne {line} ne retient rien : rien n’est refusé.",
        as_json=as_json,
    )


def accept_order(reference: Ref, home: Home = None, as_json: Json = False) -> None:
    """Accepter une commande à voir par une personne : ses lignes entrent comme une nouvelle commande."""
    with in_house(home) as session:
        from quai.desk import corrections

        order = corrections.accept_order(reference, at=session.at, by=session.by)
    parts = [(line, part) for line in order.lines for part in line.parts]
    if as_json:
        told = {"order": order.order_id, "reference": order.reference, "already": order.already_known}
        lines = [
            {
                "line": line.line_id,
                "ean": line.gtin,
                "quantity": part.quantity,
                "fate": part.fate,
                "reason": part.reason,
            }
            for line, part in parts
        ]
        printing.show_json({**told, "lines": lines})
        return
    done = "était déjà acceptée" if order.already_known else "est acceptée"
    printing.say(f"La commande {order.reference} {done} (commande #{order.order_id}).")
    rows = [
        (str(line.line_id), line.gtin, part.quantity, words.of("fate", part.fate), pages.why(part.reason))
        for line, part in parts
    ]
    printing.table("Lignes", ["ligne", "ISBN", "exemplaires", "sort", "pourquoi"], rows)


def refuse_order(reference: Ref, reason: Why, home: Home = None, as_json: Json = False) -> None:
    """Refuser une commande à voir par une personne : elle n’entre pas."""
    with in_house(home) as session:
        from quai.desk import corrections

        done = corrections.refuse_order(reference, reason=reason, at=session.at, by=session.by)
    was = "est" if done else "était déjà"
    told = f"La commande {reference} {was} refusée."
    printing.tell({"order": reference, "refused": done}, told, as_json=as_json)


def hold(gln: Account, reason: Why, home: Home = None, as_json: Json = False) -> None:
    """Bloquer un compte : ses lignes sont retenues avec leurs exemplaires, sauf ce qui est déjà en préparation."""
    with in_house(home) as session:
        from quai.desk import corrections, dock

        held = corrections.hold(dock.party(gln), reason=reason, at=session.at, by=session.by)
    if as_json:
        printing.show_json(held)
        return
    retained = words.number(held.copies.get("held", 0))
    printing.say(f"Le compte {gln} est bloqué : exemplaires retenus, {retained}.")
    if held.going:
        rows = [(str(one["line"]), f"#{one['order']}", one["ean"], one["copies"]) for one in held.going]
        printing.table("Déjà en préparation, non retenu", ["ligne", "commande", "ISBN", "exemplaires"], rows)
    if held.notes:
        printing.say(
            f"À quai, à rouvrir s’ils ne doivent pas partir (« quai reopen ») : {' '.join(held.notes)}."
        )


def free(
    gln: Account,
    reason: Annotated[str, typer.Option("--reason", help="Pourquoi : gardé au journal.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Débloquer un compte : ses lignes sont décidées de nouveau."""
    with in_house(home) as session:
        from quai.desk import dock
        from quai.warehouse import actions

        done = actions.free(customers=[dock.party(gln)], reason=reason, at=session.at, by=session.by)
    copies = {fate.value: count for fate, count in done.copies.items()}
    leaving = words.number(copies.get("reserved", 0))
    told = f"Le compte {gln} est débloqué : exemplaires qui repartent, {leaving}."
    printing.tell({"copies": copies}, told, as_json=as_json)


def credit(
    invoice: Annotated[str, typer.Argument(help="Numéro de la facture.", metavar="FACTURE")],
    reason: Annotated[str, typer.Option("--reason", help="Pourquoi : imprimé sur l’avoir.")],
    line: Annotated[
        list[int] | None, typer.Option("--line", help="Ligne de la facture ; sinon tout ce qu’il en reste.")
    ] = None,
    quantity: Annotated[
        list[int] | None,
        typer.Option("--quantity", min=1, help="Exemplaires de la ligne, dans l’ordre des --line."),
    ] = None,
    key: Key = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Créditer une facture, ou des lignes d’une facture : un avoir, rendu et envoyé comme les factures."""
    lines = _lines(line or [], quantity or [])
    with in_house(home) as session:
        from quai.desk import corrections, invoicing

        report = corrections.credit(
            invoice, lines=lines, reason=reason, key=key, at=session.at, by=session.by
        )
        outbox = session.home / "outbox"
        rendering, sent = invoicing.send_issued(outbox=outbox, at=session.at, by=session.by)
    [document] = report.documents
    told = {**document._asdict(), "invoice": invoice, "already": report.already, "sent": sent}
    done = f"Avoir {document.number} de {words.amount(document.gross)} sur {invoice}."
    printing.tell(
        {**told, "unrendered": [one._asdict() for one in rendering.unrendered]},
        f"C’est déjà fait. {done}" if report.already else done,
        as_json=as_json,
    )


def _lines(lines: list[int], quantities: list[int]) -> dict[int, int | None]:
    if quantities and len(quantities) != len(lines):
        raise typer.BadParameter("dites une quantité par ligne, ou aucune", param_hint="--quantity")
    if len(set(lines)) < len(lines):
        raise typer.BadParameter("chaque ligne une seule fois", param_hint="--line")
    copies: list[int | None] = [*quantities] or [None] * len(lines)
    return dict(zip(lines, copies, strict=True))


def _tell_cut(cut: list[LineCut], title: str, as_json: bool) -> None:
    if as_json:
        printing.show_json({"lines": [dataclasses.asdict(one) for one in cut]})
        return
    rows = [(str(one.line), one.ean, one.cancelled, one.in_preparation, one.shipped) for one in cut]
    printing.table(title, ["ligne", "ISBN", "annulés", "en préparation, non annulés", "déjà partis"], rows)
