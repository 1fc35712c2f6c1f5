"""The house as a whole: found it, upgrade it, see how it stands, prove that its books are whole, put an end to it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from stdnum import ean

from quai.cli import printing
from quai.cli.options import Home, Json
from quai.cli.session import NotAHouse, in_house, start
from quai.config import boot
from quai.core import cluster
from quai.desk import proofs, words

if TYPE_CHECKING:
    from quai.relief.verify import Verdict


def init(
    name: Annotated[str, typer.Option(help="Raison sociale.")],
    siren: Annotated[str, typer.Option(help="SIREN, 9 chiffres.")],
    gln: Annotated[str, typer.Option(help="GLN de la maison, 13 chiffres.")],
    street: Annotated[str, typer.Option(help="Adresse, imprimée sur les factures.")] = "",
    postcode: Annotated[str, typer.Option(help="Code postal.")] = "",
    city: Annotated[str, typer.Option(help="Ville.")] = "",
    iban: Annotated[str, typer.Option(help="IBAN où les clients paient.")] = "",
    bic: Annotated[str, typer.Option(help="BIC de cette banque.")] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Créer une maison vide."""
    boot.prepare()
    from quai.core.upgrade import upgrade as bring_up
    from quai.desk import founding
    from quai.parties.types import Address
    from quai.relief import verify as proof

    iban = "".join(iban.split())
    founding.judge(name=name, siren=siren, gln=gln, iban=iban)  # before anything is made
    if not ean.is_valid(gln):
        printing.fail(f"La clé de contrôle du GLN {gln} est fausse : il est pris tel quel, vérifiez-le.")
    place = home or boot.home_path()
    boot.open_house(place, kind="house")
    bring_up(place)
    at = datetime.now(UTC)
    before = founding.founded(at=at)
    address = Address(name, street, "", postcode, city)
    house = founding.found(name=name, siren=siren, gln=gln, at=at, address=address, iban=iban, bic=bic)
    proof.seal()
    if as_json:
        printing.show_json(
            {"home": place, "party": house.party_id, "glns": house.glns, "created": before is None}
        )
    elif before:
        printing.say(
            f"La maison « {name} » ({gln}) existe déjà dans {place} : rien n’y est changé.",
            "« quai status » dit où elle en est.",
        )
    else:
        printing.say(
            f"La maison « {name} » ({gln}) est prête dans {place}.",
            "« quai receive » y fait entrer un catalogue ONIX, puis des commandes ; « quai --help » dit le reste.",
        )


def upgrade(home: Home = None, as_json: Json = False) -> None:
    """Mettre la base au niveau du logiciel. Sauvegarde, migrations, preuve."""
    place = home or boot.home_path()
    start(place)
    from quai.core.upgrade import upgrade as bring_up

    done = bring_up(place)
    verdicts = _proved()
    whole = all(verdict.ok for verdict in verdicts)
    if as_json:
        printing.show_json({"applied": done.applied, "dump": done.dump, "ok": whole})
        raise typer.Exit(0 if whole else 1)
    if done.dump:
        printing.say(
            f"{len(done.applied)} migrations appliquées ; la sauvegarde d’avant est dans {done.dump}."
        )
    elif done.applied:
        printing.say("Les protections de la base sont remises.")
    else:
        printing.say("La base est déjà au niveau du logiciel.")
    _print_broken(verdicts)
    raise typer.Exit(0 if whole else 1)


def status(home: Home = None, as_json: Json = False) -> None:
    """Où en est chaque chose. Messages, commandes, exemplaires, bons, factures."""
    with in_house(home):
        from quai.desk import stages

        found = stages.stages()
    if as_json:
        printing.show_json(found)
        return
    rows = [
        ("" if n else words.of("part", part), words.stage(part, stage), count)
        for part, counts in found.items()
        for n, (stage, count) in enumerate(sorted(counts.items(), key=lambda one: words.rank(part, one[0])))
    ]
    printing.table("Où en est la maison", ["", "étape", "nombre"], rows)


def verify(
    home: Home = None,
    as_json: Json = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Refaire d’abord les soldes depuis les faits.")
    ] = False,
) -> None:
    """Prouver que les livres sont entiers. Chaque contrôle de chaque paquet."""
    place = home or boot.home_path()
    start(place)
    from quai.relief import verify as proof

    if rebuild:
        proof.rebuild()
    verdicts = _proved()
    ok = all(verdict.ok for verdict in verdicts)
    if as_json:
        checks = [
            {
                "code": v.code,
                "name": proofs.name(v.code),
                "ok": v.ok,
                "findings": [str(f) for f in v.findings],
                "seconds": round(v.seconds, 3),
            }
            for v in verdicts
        ]
        printing.show_json({"ok": ok, "checks": checks})
    else:
        _print_verdicts(verdicts)
    raise typer.Exit(0 if ok else 1)


def destroy(
    confirmed: Annotated[
        str, typer.Option("--yes-i-mean", help="Le nom de la maison, s’il s’agit d’une vraie.", metavar="NOM")
    ] = "",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Effacer une maison, sa base et ses papiers. Une vraie, seulement si son nom est écrit."""
    place = home or boot.home_path()
    kind = cluster.status(place).kind
    if kind is None or "DATABASE_URL" in os.environ:
        raise NotAHouse(f"Il n’y a pas de base de Quai à effacer dans {place}.")
    boot.prepare()
    from quai.desk import ending

    ended = ending.end(
        home=place, kind=kind, name=_name(place) if kind == "house" else "", confirmed=confirmed
    )
    if as_json:
        printing.show_json(ended)
        return
    printing.say(f"La maison de {place} est effacée.")
    if ended.left:
        printing.say(f"Ce que Quai n’y avait pas mis est resté : {', '.join(ended.left)}.")


def _name(place: Path) -> str:
    """The name of a real house as its books say it; the folder's, when they cannot be opened or say nothing."""
    from django.db import Error

    from quai.desk import founding

    try:
        boot.open_house(place, kind="house")
        founded = founding.founded(at=datetime.now(UTC))
    except (cluster.ClusterError, Error):
        founded = None
    return founded[0] if founded else place.resolve().name


def _proved() -> list[Verdict]:
    """Run every check, with a bar for who waits."""
    from quai.relief import verify as proof

    with printing.bar("Contrôles", proof.count()) as advance:
        return proof.verify(done=lambda: advance(1))


def _print_verdicts(verdicts: list[Verdict]) -> None:
    rows = [
        (
            "✓" if v.ok else "✗",
            proofs.name(v.code),
            len(v.findings),
            printing.Figure(f"{v.seconds:.3f}".replace(".", ",")),
        )
        for v in verdicts
    ]
    printing.table("Preuves", ["", "contrôle", "écarts", "secondes"], rows)
    _print_broken(verdicts)
    seconds = f"{sum(v.seconds for v in verdicts):.1f}".replace(".", ",")
    broken = sum(not v.ok for v in verdicts)
    whole = f"Tout tient : les livres sont entiers ({len(verdicts)} contrôles, {seconds} s)."
    holds = "ne tient pas" if broken == 1 else "ne tiennent pas"
    torn = f"Les livres ne sont pas entiers : {broken} contrôles sur {len(verdicts)} {holds} ({seconds} s)."
    printing.say("", torn if broken else whole)


def _print_broken(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        if not verdict.ok:
            printing.fail(f"\n{proofs.name(verdict.code)} ({verdict.code})")
        for finding in verdict.findings:
            printing.fail(f"  {finding}")
