"""The house as a whole: found it, upgrade it, see how it stands, prove that its books are whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from quai.cli import printing
from quai.cli.options import Home, Json
from quai.cli.session import in_house, start
from quai.config import boot

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
    place = home or boot.home_path()
    boot.open_house(place, kind="house")
    from quai.core.upgrade import upgrade as bring_up
    from quai.desk.founding import found
    from quai.parties.types import Address
    from quai.relief import verify as proof

    bring_up(place)
    address = Address(name, street, "", postcode, city)
    house = found(name=name, siren=siren, gln=gln, at=datetime.now(UTC), address=address, iban=iban, bic=bic)
    proof.seal()
    if as_json:
        printing.show_json({"home": place, "party": house.party_id, "glns": house.glns})
    else:
        printing.console.print(f"La maison « {name} » ({gln}) est prête dans {place}.")


def upgrade(home: Home = None, as_json: Json = False) -> None:
    """Mettre la base au niveau du logiciel : sauvegarde, migrations, preuve."""
    place = home or boot.home_path()
    start(place)
    from quai.core.upgrade import upgrade as bring_up
    from quai.relief import verify as proof

    done = bring_up(place)
    verdicts = list(proof.verify())
    whole = all(verdict.ok for verdict in verdicts)
    if as_json:
        printing.show_json({"applied": done.applied, "dump": done.dump, "ok": whole})
    elif done.applied:
        printing.console.print(f"{len(done.applied)} migrations appliquées ; sauvegarde dans {done.dump}.")
    else:
        printing.console.print("La base est déjà au niveau du logiciel.")
    raise typer.Exit(0 if whole else 1)


def status(home: Home = None, as_json: Json = False) -> None:
    """Où en est chaque chose : messages, commandes, lignes, bons, factures."""
    with in_house(home):
        from quai.desk import stages

        found = stages.stages()
        if as_json:
            printing.show_json(found)
            return
        rows = [(part, stage, count) for part, counts in found.items() for stage, count in counts.items()]
        printing.table("État de la maison", ["", "étape", "nombre"], rows)


def verify(
    home: Home = None,
    as_json: Json = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Refaire d’abord les soldes depuis les faits.")
    ] = False,
) -> None:
    """Prouver que les livres sont entiers : chaque contrôle de chaque paquet."""
    place = home or boot.home_path()
    start(place)
    from quai.relief import verify as proof

    if rebuild:
        proof.rebuild()
    verdicts = list(proof.verify())
    ok = all(verdict.ok for verdict in verdicts)
    if as_json:
        checks = [
            {
                "code": v.code,
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


def _print_verdicts(verdicts: list[Verdict]) -> None:
    rows = [("✓" if v.ok else "✗", v.code, len(v.findings), f"{v.seconds:.3f} s") for v in verdicts]
    printing.table("Preuves", ["", "contrôle", "écarts", "durée"], rows)
    for verdict in verdicts:
        for finding in verdict.findings:
            printing.fail(str(finding))
    broken = sum(not verdict.ok for verdict in verdicts)
    printing.console.print("Tout tient." if not broken else f"{broken} contrôles en défaut.")
