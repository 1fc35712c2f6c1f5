"""A day goes wrong, and people put it right by commands; each of them again changes nothing."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quai.cli.app import main
from quai.config import boot
from quai.exchange.dilicom.write import write_flat
from quai.orders.types import OrderedLine, OrderMessage
from tests.acceptance.conftest import HOUSE_GLN, Terminal, address
from tests.acceptance.test_day import INK, SALT, SHOP, files, register_the_shop

__all__ = ["files"]


@pytest.fixture
def quai(
    fresh_house: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """Run a command as the terminal does, in this process, which is in the house already: there are many of them."""
    monkeypatch.setenv("DATABASE_URL", address("default"))
    monkeypatch.setenv("QUAI_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(boot, "open_house", lambda *_, **__: None)

    def run(*words: str | Path | int, code: int = 0, told: bool = False) -> Any:
        monkeypatch.setattr(sys, "argv", ["quai", *map(str, words), *([] if told else ["--json"])])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        assert (left.value.code or 0) == code, f"{words}: {left.value.code}\n{said.err}\n{said.out}"
        if told:
            return said.out
        return json.loads(said.out) if said.out.strip() else " ".join(said.err.split())

    return run


@pytest.fixture
def dock(house: Terminal, files: Path) -> Terminal:
    """A house with ten copies of one title and one of another; the shop ordered three and two."""
    register_the_shop()
    house("receive", files / "1.onix")
    house("stock", "receive", files / "stock.csv")
    house("receive", files / "2.txt")
    return house


def lines(dock: Terminal, reference: str = "CMD00001") -> dict[str, dict[str, Any]]:
    """The lines of the last order of this reference, by title."""
    return {line["gtin"]: line for line in dock("show", "order", reference)[-1]["lines"]}


def another_order(folder: Path, *, copies: int, reference: str = "CMD00001", buyer: str = SHOP) -> Path:
    order = OrderMessage(
        supplier=HOUSE_GLN,
        buyer=buyer,
        reference=reference,
        ordered_on=date(2026, 11, 20),
        lines=(OrderedLine(INK, copies, "L1", 1),),
    )
    file = folder / f"{buyer}-{len(reference)}-{copies}.txt"
    file.write_bytes(write_flat([order]))
    return file


def test_an_order_cancelled_by_the_shop(dock: Terminal) -> None:
    cut = dock("cancel", "order", "CMD00001", "--reason", "customer")["lines"]
    assert [(one["ean"], one["cancelled"]) for one in cut] == [(INK, 3), (SALT, 2)]
    again = dock("cancel", "order", "CMD00001", "--reason", "customer")["lines"]
    assert [one["cancelled"] for one in again] == [0, 0]
    assert dock("stock", "show", INK)["available"] == 10
    assert dock("prepare")["waves"] == []
    assert "CMD9" in dock("cancel", "order", "CMD9", "--reason", "customer", code=2)
    assert dock("verify")["ok"]


def test_a_number_is_a_reference_and_an_identifier_is_written_with_its_sign(
    dock: Terminal, files: Path
) -> None:
    first = dock("show", "order", "CMD00001")[0]["id"]
    assert str(first) in dock("cancel", "order", first, "--reason", "house", code=2)
    dock("receive", another_order(files, copies=1, reference=str(first)))
    [cut] = dock("cancel", "order", first, "--reason", "house")["lines"]
    assert (cut["ean"], cut["cancelled"]) == (INK, 1)
    cut = dock("cancel", "order", f"#{first}", "--reason", "house")["lines"]
    assert [one["cancelled"] for one in cut] == [3, 2]
    [shown] = dock("show", "order", f"#{first}")
    assert shown["reference"] == "CMD00001"


def test_a_reference_of_two_shops_names_no_order_even_when_one_is_over(dock: Terminal, files: Path) -> None:
    dock("receive", another_order(files, copies=1, buyer="3025594000105"))
    first, second = (one["id"] for one in dock("show", "order", "CMD00001"))
    dock("cancel", "order", f"#{first}", "--reason", "house")
    told = dock("cancel", "order", "CMD00001", "--reason", "house", code=2)
    assert f"'#{first}' L’Embellie" in told
    assert f"'#{second}' GLN 3025594000105" in told
    assert lines(dock)[INK]["fates"] == {"held": 1}  # a shop nobody knows, and untouched
    dock("cancel", "order", f"#{second}", "--reason", "house")
    assert lines(dock)[INK]["fates"] == {"cancelled": 1}


def test_a_line_cut_down_and_what_is_in_preparation_told(dock: Terminal) -> None:
    ink, salt = lines(dock)[INK]["id"], lines(dock)[SALT]["id"]
    for cancelled in (1, 0):
        [cut] = dock("cancel", "line", ink, "--quantity", 1, "--reason", "house")["lines"]
        assert cut == {"line": ink, "ean": INK, "cancelled": cancelled, "in_preparation": 0, "shipped": 0}
    dock("prepare")
    [cut] = dock("cancel", "line", salt, "--reason", "customer")["lines"]
    assert (cut["cancelled"], cut["in_preparation"]) == (1, 1)
    dock("cancel", "line", 10**9, "--reason", "customer", code=2)
    dock("cancel", "line", ink, "--reason", "whim", code=2)
    assert dock("verify")["ok"]


def test_a_mistyped_note_is_taken_back_until_the_truck_leaves(dock: Terminal, tmp_path: Path) -> None:
    dock("prepare")
    stayed = dock("ship", "--stay")
    assert (stayed["notes"], stayed["departed"]) == (["BL2026-000001"], 0)
    assert dock("bill")["issued"] == []
    assert dock("reopen", "BL2026-000001", "--reason", "mauvaise adresse")["reopened"]
    assert not dock("reopen", "BL2026-000001", "--reason", "mauvaise adresse")["reopened"]
    assert dock("stock", "show", INK)["on_hand"] == 10
    assert "ne peut pas partir" in dock("depart", "BL2026-000001", code=2)
    dock("prepare")
    assert dock("ship", "--stay")["notes"] == ["BL2026-000002"]
    assert dock("depart", "BL2026-000002") == {"departed": ["BL2026-000002"], "already": []}
    assert dock("depart", "BL2026-000002") == {"departed": [], "already": ["BL2026-000002"]}
    assert dock("depart") == {"departed": [], "already": []}
    assert "ne peut plus être rouvert" in dock("reopen", "BL2026-000002", "--reason", "trop tard", code=2)
    assert [one["number"] for one in dock("bill")["issued"]] == ["F2026-000001"]
    assert (tmp_path / "home" / "documents" / "livraison" / "BL2026-000002.pdf").exists()
    assert dock("verify")["ok"]


def test_an_invoice_is_credited_in_part_then_whole(dock: Terminal, tmp_path: Path) -> None:
    dock("prepare")
    dock("ship")
    dock("bill")
    words = ("credit", "F2026-000001", "--line", 1, "--quantity", 1, "--reason", "Abîmé")
    first = dock(*words)
    again = dock(*words)
    assert (first["number"], first["already"], first["sent"]) == ("A2026-000001", False, 1)
    assert (again["number"], again["already"], again["sent"]) == ("A2026-000001", True, 0)
    assert dock(*words, "--key", "un autre appel")["number"] == "A2026-000002"
    rest = dock("credit", "F2026-000001", "--reason", "Facture annulée")
    assert dock("credit", "F2026-000001", "--reason", "Facture annulée")["number"] == rest["number"]
    dock(*words, "--key", "de trop", code=2)
    dock("credit", "A2026-000001", "--reason", "?", code=2)
    dock("credit", "F2026-000001", "--line", 9, "--reason", "?", code=2)
    names = sorted(file.name for file in (tmp_path / "home" / "outbox").glob("A*.pdf"))
    assert names == [f"A2026-00000{number}.pdf" for number in (1, 2, 3)]
    assert dock("verify")["ok"]


def test_a_stocktake_decides_again_what_is_not_there(dock: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "inventaire.csv"
    file.write_text(
        f"ean,location,counted,reason\n{INK},A-01,1,annuel\n{SALT},A-02,1,\n{SALT},Z-99,1,\n{INK},A-02,x,\n"
    )
    report = dock("stock", "count", file)
    assert (report["counted"], len(report["problems"])) == (2, 2)
    assert report["differences"] == [{"ean": INK, "location": "A-01", "copies": -9}]
    assert lines(dock)[INK]["fates"] == {"reserved": 1, "backordered": 2}
    again = dock("stock", "count", file)
    assert (again["differences"], again["lines"]) == ([], [])
    assert dock("stock", "show", INK)["on_hand"] == 1
    assert dock("verify")["ok"]


def test_the_same_count_a_month_later_is_named(dock: Terminal, tmp_path: Path) -> None:
    file, more = tmp_path / "inventaire.csv", tmp_path / "camion.csv"
    file.write_text(f"ean,location,counted\n{INK},A-01,4\n")
    more.write_text(f"ean,quantity,location\n{INK},6,A-01\n")
    dock("stock", "count", file)
    dock("stock", "receive", more)
    assert dock("stock", "count", file)["already"]
    assert dock("stock", "show", INK)["on_hand"] == 10
    for _ in range(2):
        dock("stock", "count", file, "--key", "décembre")
        assert dock("stock", "show", INK)["on_hand"] == 4


def test_a_key_is_never_cut_into_that_of_another_count(dock: Terminal, tmp_path: Path) -> None:
    file, move = tmp_path / "inventaire.csv", tmp_path / "rangement.csv"
    file.write_text(f"ean,location,counted\n{INK},A-01,4\n")
    move.write_text(f"ean,from,to,quantity\n{INK},A-01,RESERVE,4\n")
    key = "inventaire du 2 janv."
    assert "20 caractères au plus" in dock("stock", "count", file, "--key", key, code=2)
    assert "20 caractères au plus" in dock("stock", "move", move, "--key", key, code=2)
    assert dock("stock", "show", INK)["on_hand"] == 10
    assert dock("stock", "count", file, "--key", key[:20])["counted"] == 1


def test_copies_are_carried_from_bin_to_bin(dock: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "rangement.csv"
    file.write_text(f"ean,from,to,quantity\n{INK},A-01,RESERVE,4\n")
    assert dock("stock", "move", file)["copies"] == 4
    assert dock("stock", "move", file)["already"]
    bins = {one["location"]: one["on_hand"] for one in dock("stock", "show", INK)["bins"]}
    assert bins == {"A-01": 6, "RESERVE": 4}
    too_many = tmp_path / "trop.csv"
    too_many.write_text(f"ean,from,to,quantity\n{INK},A-01,RESERVE,1\n{SALT},A-02,RESERVE,9\n")
    assert "A-02" in dock("stock", "move", too_many, code=2)
    wrong = tmp_path / "faux.csv"
    wrong.write_text(f"ean,from,to,quantity\n{INK},A-01,Z-99,1\n")
    assert "Rien n’est déplacé" in dock("stock", "move", wrong, code=2)
    assert {one["on_hand"] for one in dock("stock", "show", INK)["bins"]} == {6, 4}
    assert dock("verify")["ok"]


def test_a_blocked_account_keeps_its_copies_and_what_goes_on_is_listed(dock: Terminal, files: Path) -> None:
    dock("prepare")
    dock("receive", another_order(files, copies=2, reference="CMD00002"))
    held = dock("hold", SHOP, "--reason", "impayé")
    assert {one["ean"] for one in held["going"]} == {INK, SALT}
    assert lines(dock, "CMD00002")[INK]["fates"] == {"held": 2}
    assert dock("stock", "show", INK)["available"] == 5
    assert dock("hold", SHOP, "--reason", "impayé")["copies"] == {}
    assert dock("free", SHOP)["copies"]["reserved"] == 2
    assert dock("free", SHOP)["copies"] == {}
    assert "GLN" in dock("hold", "3000000000000", "--reason", "?", code=2)
    assert dock("verify")["ok"]


def test_a_quantity_out_of_proportion_waits_until_a_person_means_it(dock: Terminal, files: Path) -> None:
    dock("receive", another_order(files, copies=6_000, reference="CMD00002"))
    ink = lines(dock, "CMD00002")[INK]
    assert ink["fates"] == {"held": 6_000}
    assert dock("stock", "show", INK)["available"] == 7  # not one copy is kept for it
    done = dock("accept", "line", ink["id"])
    assert (done["ean"], done["accepted"], done["fates"]) == (
        INK,
        True,
        {"reserved": 7, "backordered": 5_993},
    )
    assert not dock("accept", "line", ink["id"])["accepted"]
    assert "999" in dock("accept", "line", 999, code=2)
    assert dock("verify")["ok"]


def test_copies_that_come_in_serve_who_waits_before_who_comes_next(
    dock: Terminal, files: Path, tmp_path: Path
) -> None:
    dock("receive", another_order(files, copies=12, reference="CMD00002"))
    assert lines(dock, "CMD00002")[INK]["fates"] == {"reserved": 7, "backordered": 5}
    truck = tmp_path / "camion.csv"
    truck.write_text(f"ean,quantity,location\n{INK},4,A-01\n")
    dock("stock", "receive", truck)
    assert lines(dock, "CMD00002")[INK]["fates"] == {"reserved": 11, "backordered": 1}
    dock("receive", another_order(files, copies=1, reference="CMD00003"))
    assert lines(dock, "CMD00003")[INK]["fates"] == {"backordered": 1}
    assert dock("verify")["ok"]


def test_a_held_line_is_refused_and_its_copies_go_to_the_next(dock: Terminal) -> None:
    dock("hold", SHOP, "--reason", "impayé")
    ink = lines(dock)[INK]["id"]
    assert dock("refuse", "line", ink)["lines"] == [{"line": ink, "ean": INK, "refused": 3}]
    assert dock("refuse", "line", ink)["lines"] == [{"line": ink, "ean": INK, "refused": 0}]
    assert dock("stock", "show", INK)["available"] == 10
    assert dock("verify")["ok"]


def test_a_reference_that_comes_with_other_content_is_accepted_or_refused(
    dock: Terminal, files: Path
) -> None:
    [report] = dock("receive", another_order(files, copies=4))["files"]
    assert report["orders"][0]["outcome"] == "needs_person"
    accepted = dock("accept", "order", "CMD00001")
    assert (accepted["already"], [line["fate"] for line in accepted["lines"]]) == (False, ["reserved"])
    assert dock("accept", "order", "CMD00001")["already"]
    dock("refuse", "order", "CMD00001", "--reason", "trop tard", code=2)
    dock("receive", another_order(files, copies=5))
    last = f"#{dock('show', 'order', 'CMD00001')[-1]['id']}"
    assert f"'{last}'" in dock("refuse", "order", "CMD00001", "--reason", "saisie en double", code=2)
    assert dock("refuse", "order", last, "--reason", "saisie en double")["refused"]
    assert not dock("refuse", "order", last, "--reason", "saisie en double")["refused"]
    assert "999" in dock("accept", "order", "#999", code=2)
    assert "CMD9" in dock("accept", "order", "CMD9", code=2)
    assert dock("status")["orders"] == {"accepted": 2, "judged": 2}
    assert dock("verify")["ok"]


@pytest.mark.parametrize("reference", ["[A]12", "[/x]12"])
def test_a_reference_is_told_as_the_shop_wrote_it_and_fates_in_words(
    dock: Terminal, files: Path, reference: str
) -> None:
    for copies in (3, 6):
        dock("receive", another_order(files, copies=copies, reference=reference))
    told = dock("accept", "order", reference, told=True)
    assert f"La commande {reference} est acceptée" in told
    assert "réservé" in told
    assert "reserved" not in told
    assert "available" not in told
    assert f"La commande {reference} était déjà acceptée" in dock("accept", "order", reference, told=True)


def test_a_credit_note_is_told_the_french_way(dock: Terminal) -> None:
    dock("prepare")
    dock("ship")
    gross = dock("bill")["gross"]
    told = dock("credit", "F2026-000001", "--reason", "Facture annulée", told=True)
    amount = gross.replace(".", ",")
    assert told == f"Avoir A2026-000001 de {amount} € sur F2026-000001.\n"


def test_a_day_to_come_is_not_billed(dock: Terminal) -> None:
    assert "au plus tard jusqu’à aujourd’hui" in dock("bill", "--until", "2999-12-31", code=2)
