"""A new house, by commands and lists alone, from nothing to an issued invoice; and all of it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import HOUSE_GLN, Terminal

SHOP, OUTLET, BELGIAN, CARRIER = "3025993020900", "3025993020917", "3025993020924", "3025993020931"
PHARE = "3010000000014"
INK, SALT = "9782070360024", "9782842604363"
LISTS = {  # in the order of the alphabet, which is not that in which they lean on each other
    "a-commande.csv": f"{HOUSE_GLN};RENTREE\n{SHOP};CMD00001\n{INK};3\n{SALT};2\n9999999999999;\n",
    "b-arrivages.csv": f"bordereau;ean;quantité;emplacement\nBL 77;{INK};10;A-01\nBL 77;{SALT};1;A-02\n",
    "c-remises.csv": f"client;éditeur;opération;remise;surremise\n;;;30;\n{SHOP};{PHARE};;35;2\n;;RENTREE;40;\n",
    "d-titres.csv": (
        "ean;titre;éditeur;prix ttc;tva;disponibilité;poids\n"
        f"{INK};L’Encre;{PHARE};20,00 €;5,5;20;300\n{SALT};Le Sel;{PHARE};10;5,5;20;150\n"
    ),
    "e-blocages.csv": f"client;bloqué;motif\n{BELGIAN};oui;Deux échéances impayées\n",
    "f-échéances.csv": f"client;jours;fin de mois\n;60;\n{SHOP};30;fin de mois\n",
    "g-conditions.csv": f"client;notation;rythme;transporteur\n;noter;à la livraison;{CARRIER}\n{BELGIAN};;mois;\n",
    "h-livraison.csv": f"client;point de livraison;nom;rue;ville\n{SHOP};{OUTLET};Réserve;Zone 3;Quimper\n",
    "i-clients.csv": (
        "client;nom;rue;code postal;ville;pays;siren;numéro de tva\n"
        f"{SHOP};L’Embellie;3 rue du Port;29200;Brest;;732829320;FR44732829320\n"
        f"{BELGIAN};Le Chat Lu;1 place Haute;1000;Bruxelles;BE;;BE0400000097\n"
    ),
    "j-transporteurs.csv": f"transporteur;nom\n{CARRIER};Routage Ouest\n",
    "k-éditeurs.csv": f"éditeur;nom;siren\n{PHARE};Éditions du Phare;552100554\n",
    "l-emplacements.csv": "emplacement;genre;rang\nA-01;picking;1\nA-02;picking;2\nR-01;réserve;900\n",
}
KINDS = [
    "places", "publishers", "carriers", "customers", "outlets", "account_terms", "payment_terms", "holds", "titles",
    "discounts", "stock", "csv",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "listes"
    made.mkdir()
    for name, text in LISTS.items():
        (made / name).write_bytes(text.encode("cp1252"))
    return made


def outcomes(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What came of each file, in the order that a house needs them: they are told in the order of their names."""
    return [(file["kind"], file["outcome"]) for file in in_order(answer)]


def in_order(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(answer["files"], key=lambda file: KINDS.index(file["kind"]))


def test_from_nothing_to_an_invoice_by_lists_and_commands(house: Terminal, folder: Path) -> None:
    rehearsed = house("receive", "--dry-run", folder)
    assert rehearsed["dry_run"]
    assert outcomes(rehearsed) == [(kind, "received") for kind in KINDS]
    assert house("status")["messages"] == {}

    received = house("receive", folder)
    assert outcomes(received) == [(kind, "received") for kind in KINDS]
    assert [file["rows"] for file in received["files"]] == [file["rows"] for file in rehearsed["files"]]
    assert in_order(received)[0]["rows"] == {"received": 3, "refused": 0}
    [order] = in_order(received)[-1]["orders"]
    fates = {(line["ean"], line["fate"]): line["quantity"] for line in order["lines"]}
    assert fates == {(INK, "reserved"): 3, (SALT, "reserved"): 1, (SALT, "backordered"): 1}

    [wave] = house("prepare")["waves"]
    assert (wave["picks"], wave["copies"]) == (2, 4)
    assert house("ship")["copies"] == 4
    billed = house("bill")
    [issued] = billed["issued"]
    invoice = house("show", "invoice", issued["number"])
    # An operation decides before a customer: 40 % of 3 × 18.9573 and of 9.4787.
    assert {line["discount"] for line in invoice["lines"]} == {"40.00"}
    assert billed["net"] == "39.81"
    assert house("verify")["ok"]

    before = house("status")
    again = house("receive", folder)
    assert {outcome for _, outcome in outcomes(again)} == {"duplicate"}
    assert house("prepare")["waves"] == []
    assert house("ship")["notes"] == []
    assert house("bill")["issued"] == []
    assert house("status") == before
    assert house("verify")["ok"]


def test_the_same_house_by_english_lists_out_of_another_spreadsheet(house: Terminal, tmp_path: Path) -> None:
    customers, titles, arrivals = (tmp_path / name for name in ("1.txt", "2.txt", "3.txt"))
    customers.write_bytes(f"Name\tCustomer GLN\tCity\r\nL’Embellie\t{SHOP}\tBrest\r\n".encode("utf-16"))
    titles.write_bytes(
        f"EAN,Title,Publisher,Price\n{INK},L’Encre,Éditions du Phare,20.00\n".encode("utf-8-sig")
    )
    arrivals.write_bytes(f"location,ean,quantity\nA-01,{INK},4\n".encode())
    answer = house("receive", customers, titles, arrivals)
    assert outcomes(answer) == [("customers", "received"), ("titles", "received"), ("stock", "received")]
    assert house("stock", "show", INK)["available"] == 4


def test_a_dry_run_tells_bad_rows_and_writes_nothing(house: Terminal, tmp_path: Path) -> None:
    bad = tmp_path / "clients.csv"
    bad.write_text(f"client;nom;genre\n{SHOP};L’Embellie;librairie\n{OUTLET};X;épicerie\n")
    [report] = house("receive", "--dry-run", bad)["files"]
    assert (report["outcome"], report["rows"]) == ("partial", {"received": 1, "refused": 1})
    [problem] = report["problems"]
    assert (problem["severity"], problem["position"]) == ("error", 3)
    assert "Colonne « genre »" in problem["message"]
    assert house("status")["messages"] == {}
    assert house("receive", bad)["files"][0]["outcome"] == "partial"


def test_the_same_arrivals_another_day_enter_by_their_slip(
    house: Terminal, folder: Path, tmp_path: Path
) -> None:
    house("receive", folder / "d-titres.csv", folder / "k-éditeurs.csv")
    arrivals = tmp_path / "arrivages.csv"
    arrivals.write_text(f"ean,quantity,location\n{INK},10,A-01\n")
    house("stock", "receive", arrivals, "--slip", "BL 1")
    house("stock", "receive", arrivals, "--slip", "BL 1", code=2)
    assert house("stock", "receive", arrivals, "--slip", "BL 2")["copies"] == 10
    assert house("stock", "show", INK)["on_hand"] == 20
