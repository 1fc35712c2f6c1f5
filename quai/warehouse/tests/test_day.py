"""A day in the depot, as its manager tells it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from quai.catalogue.models import Availability, Description, Product
from quai.core.refusals import Refusal
from quai.orders.types import Kind
from quai.stock import actions as stock
from quai.stock import queries as stock_queries
from quai.warehouse import documents, queries
from quai.warehouse.actions import (
    ImpossibleShortage,
    NoteDeparted,
    UnknownNote,
    close_notes,
    depart,
    prepare,
    record_picks,
    reopen,
    ship,
    take_departed,
)
from quai.warehouse.models import Departure, Note, NoteLine, Parcel, Pick, Reopening, Shipment, Wave
from quai.warehouse.queries import UnknownWave
from quai.warehouse.tests.depot import GTINS, OTHER_GLN, Depot
from tests.cast import HOUSE_GLN, LONG_AGO, SHOP_OUTLET_GLN

SECOND_ADDRESS = "3025993020948"


def told(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def everything_leaves(depot: Depot) -> list[int]:
    prepare(at=depot.at, by=depot.actor)
    return list(ship(shorts={}, at=depot.at, by=depot.actor).notes)


def test_two_orders_of_a_shop_leave_on_one_note(depot: Depot) -> None:
    depot.put(10, "Le Phare", "A-01")
    depot.put(10, "La Marée", "A-02")
    first = depot.order("CMD1", (2, "Le Phare"), customers=("Mme Le G",))
    second = depot.order("CMD2", (1, "La Marée"), (1, "Le Phare"))
    [note] = everything_leaves(depot)
    view = queries.notes([note])[note]
    assert view.number == "BL2026-000001"
    assert [(line.order_reference, line.line_reference, line.quantity) for line in view.lines] == [
        ("CMD1", "Mme Le G", 2), ("CMD2", "", 1), ("CMD2", "", 1)
    ]  # fmt: skip
    assert [depot.fate(line) for line in first + second] == [{"shipped": 2}, {"shipped": 1}, {"shipped": 1}]
    assert depot.on_hand("Le Phare", "A-01") == 7
    assert depot.on_hand("Le Phare", "QUAI") == 0
    assert not depot.findings()


def test_each_address_has_its_own_note(depot: Depot) -> None:
    depot.put(10, "Le Phare", "A-01")
    depot.another_shop()
    depot.another_address(SECOND_ADDRESS)
    depot.order("R1", (1, "Le Phare"), to=SHOP_OUTLET_GLN)
    depot.order("R2", (1, "Le Phare"), to=SECOND_ADDRESS)
    depot.order("R3", (1, "Le Phare"), to=SHOP_OUTLET_GLN)
    depot.order("R4", (1, "Le Phare"), shop=OTHER_GLN)
    notes = queries.notes(everything_leaves(depot)).values()
    assert [[line.order_reference for line in note.lines] for note in notes] == [["R1", "R3"], ["R2"], ["R4"]]


def test_urgent_orders_go_in_a_wave_of_their_own(depot: Depot) -> None:
    depot.put(10, "Le Phare", "A-01")
    depot.order("R1", (1, "Le Phare"))
    depot.order("U1", (1, "Le Phare"), kind=Kind.URGENT)
    waves = prepare(at=depot.at, by=depot.actor)
    assert sorted(wave.kind for wave in waves) == ["restock", "urgent"]
    assert all(wave.shipments == wave.picks == wave.copies == 1 for wave in waves)
    assert {wave.wave_id for wave in queries.open_waves()} == {wave.wave_id for wave in waves}


def test_pickers_walk_the_pick_places_first_and_the_reserve_last(depot: Depot) -> None:
    depot.put(3, "Le Phare", "R-01")
    depot.put(2, "Le Phare", "A-02")
    depot.put(1, "La Marée", "A-01")
    depot.order("R1", (4, "Le Phare"), (1, "La Marée"))
    [wave] = prepare(at=depot.at, by=depot.actor)
    walk = queries.pick_list(wave.wave_id)
    assert [(stop.place, stop.title, stop.quantity, stop.remaining) for stop in walk.stops] == [
        ("A-01", "La Marée", 1, 0), ("A-02", "Le Phare", 2, 0), ("R-01", "Le Phare", 2, 1)
    ]  # fmt: skip
    printed = told(documents.pick_list_pdf(wave.wave_id))
    assert "A-02" in printed
    assert "3 lignes, 5 exemplaires" in printed
    ship(shorts={}, at=depot.at, by=depot.actor)
    assert [depot.on_hand("Le Phare", place) for place in ("A-02", "R-01")] == [0, 1]
    assert not depot.findings()
    with pytest.raises(UnknownWave):
        queries.pick_list(wave.wave_id + 99)


def test_an_order_that_comes_before_anyone_picks_joins_the_wave_of_its_cut_off(depot: Depot) -> None:
    depot.put(10, "Le Phare", "A-01")
    depot.put(10, "La Marée", "A-02")
    cut_off = depot.at + timedelta(hours=5)
    depot.order("R1", (1, "La Marée"))
    [first] = prepare(at=depot.at, by=depot.actor, cut_off_at=cut_off)
    depot.order("R2", (1, "Le Phare"))
    [second] = prepare(at=depot.at, by=depot.actor, cut_off_at=cut_off)
    assert second.wave_id == first.wave_id
    assert (Wave.objects.count(), Shipment.objects.count()) == (1, 1)
    assert [stop.title for stop in queries.pick_list(first.wave_id).stops] == ["La Marée", "Le Phare"]
    [note] = ship(shorts={}, at=depot.at, by=depot.actor).notes
    assert len(queries.notes([note])[note].lines) == 2
    depot.order("R3", (1, "Le Phare"))
    [third] = prepare(at=depot.at, by=depot.actor, cut_off_at=cut_off)
    assert third.wave_id != first.wave_id
    assert not depot.findings()


def test_waves_never_count_on_the_same_copies_twice(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    depot.put(3, "Le Phare", "R-01")
    depot.order("R1", (2, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    depot.order("R2", (2, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    depot.order("R3", (2, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    picked = list(Pick.objects.order_by("id").values_list("location__code", "quantity"))
    assert picked == [("A-01", 2), ("A-01", 1), ("R-01", 1), ("R-01", 2)]
    assert not prepare(at=depot.at, by=depot.actor)
    assert not depot.findings()


def test_a_copy_missing_on_the_shelf_is_decided_again_and_its_bin_is_counted(depot: Depot) -> None:
    depot.put(5, "Le Phare", "A-01")
    depot.put(5, "La Marée", "A-02")
    [phare, maree] = depot.order("R1", (5, "Le Phare"), (1, "La Marée"))
    prepare(at=depot.at, by=depot.actor)
    pick = Pick.objects.get(location__code="A-01")
    report = ship(shorts={pick.id: 2}, at=depot.at, by=depot.actor)
    assert (report.copies, report.missing, report.void) == (4, 2, 0)
    assert depot.fate(phare) == {"shipped": 3, "backordered": 2}
    assert depot.fate(maree) == {"shipped": 1}
    assert depot.on_hand("Le Phare", "A-01") == 0
    assert [due.code for due in stock_queries.due_counts()] == ["A-01"]
    printed = told(documents.note_pdf(report.notes[0], priced=False))
    assert "Reste de vos commandes" in printed
    assert "Noté" in printed
    assert not depot.findings()


def test_copies_missing_here_are_fetched_elsewhere_next_time(depot: Depot) -> None:
    depot.put(2, "Le Phare", "A-01")
    depot.put(2, "Le Phare", "R-01")
    [line] = depot.order("R1", (2, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    report = ship(shorts={Pick.objects.get().id: 2}, at=depot.at, by=depot.actor)
    assert not report.notes  # nothing was found: no note
    assert depot.fate(line) == {"reserved": 2}
    assert not depot.findings()
    assert len(everything_leaves(depot)) == 1
    assert depot.on_hand("Le Phare", "R-01") == 0
    assert not depot.findings()


def test_impossible_shortages_are_refused_before_anything_is_shipped(depot: Depot) -> None:
    depot.put(2, "Le Phare", "A-01")
    depot.order("R1", (2, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    pick = Pick.objects.get().id
    for shorts in ({pick: 3}, {pick: 0}, {pick + 99: 1}):
        with pytest.raises(ImpossibleShortage):
            ship(shorts=shorts, at=depot.at, by=depot.actor)
    assert not Note.objects.exists()


def test_a_line_keeps_the_price_and_the_discount_that_decided(depot: Depot) -> None:
    decided = depot.discount("36.30")
    depot.put(2, "Le Phare", "A-01")
    depot.order("R1", (2, "Le Phare"))
    everything_leaves(depot)
    [line] = NoteLine.objects.all()
    assert (line.discount_row_id, str(line.discount)) == (decided, "36.30")
    assert line.price.retail_price == 20
    priced = told(documents.note_pdf(line.note_id, priced=True))
    plain = told(documents.note_pdf(line.note_id, priced=False))
    assert "36,3 %" in priced
    assert "24,15" in priced  # 2 × 18.9573 less 36.3 %
    assert "24,15" not in plain
    assert "R1" in plain


def test_free_copies_are_on_the_note_and_worth_nothing(depot: Depot) -> None:
    depot.discount("35.00", free_per=12)
    depot.put(20, "Le Phare", "A-01")
    depot.order("R1", (12, "Le Phare"))
    [note] = everything_leaves(depot)
    lines = queries.notes([note])[note].lines
    assert [(line.quantity, line.free, str(line.discount), str(line.net)) for line in lines] == [
        (12, False, "35.00", "147.87"), (1, True, "100.00", "0.00")
    ]  # fmt: skip
    assert "gratuit" in told(documents.note_pdf(note, priced=True))


def test_a_title_without_a_price_is_delivered_all_the_same(
    depot: Depot, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = Product.objects.create(gtin="9782021299243", distributor_gln=HOUSE_GLN, act_id=depot.act)
    Description.objects.create(
        product=product, from_on=LONG_AGO, publisher_id=depot.cast.publisher, title="Gris", act_id=depot.act
    )
    Availability.objects.create(product=product, from_on=LONG_AGO, code="20", act_id=depot.act)
    depot.cast.titles["Gris"] = product.id
    monkeypatch.setitem(GTINS, "Gris", product.gtin)
    depot.put(1, "Gris", "A-01")
    depot.order("R1", (1, "Gris"))
    [note] = everything_leaves(depot)
    [line] = NoteLine.objects.all()
    assert line.price_id is None
    assert "Gris" in told(documents.note_pdf(note, priced=True))
    assert not depot.findings()


def test_a_small_note_pays_its_carriage_and_a_large_one_does_not(depot: Depot) -> None:
    depot.terms(carriage_paid_from=100, carriage_fee="7.50")
    depot.put(20, "Le Phare", "A-01")
    depot.order("R1", (1, "Le Phare"))
    [small] = everything_leaves(depot)
    depot.order("R2", (10, "Le Phare"))
    [large] = everything_leaves(depot)
    views = queries.notes([small, large])
    assert [str(views[note].carriage) for note in (small, large)] == ["7.50", "0.00"]


def test_consigned_copies_go_to_the_shops_shelf_and_are_not_billed(depot: Depot) -> None:
    depot.terms(sale_mode="consignment")
    depot.put(2, "Le Phare", "A-01")
    depot.order("R1", (2, "Le Phare"))
    [note] = everything_leaves(depot)
    assert queries.notes([note])[note].nature == "consignment"
    assert not take_departed(until=depot.at.date())
    assert "Bon de dépôt" in told(documents.note_pdf(note, priced=False))
    assert not depot.findings()


def test_billing_takes_each_departed_sale_once(depot: Depot) -> None:
    depot.put(5, "Le Phare", "A-01")
    depot.order("R1", (1, "Le Phare"))
    [note] = everything_leaves(depot)
    yesterday = depot.at.date() - timedelta(days=1)
    assert not take_departed(until=yesterday)
    assert not take_departed(until=depot.at.date(), note_ids=[note + 1])
    [taken] = take_departed(until=depot.at.date(), limit=10)
    assert (taken.note_id, taken.customer_id) == (note, depot.cast.shop)
    assert not take_departed(until=depot.at.date())


def test_parcels_are_of_what_a_person_lifts(depot: Depot) -> None:
    depot.heavy("Le Phare", 1_500)
    depot.put(20, "Le Phare", "A-01")
    depot.order("R1", (20, "Le Phare"))
    everything_leaves(depot)
    parcels = list(Parcel.objects.order_by("position").values_list("position", "copies", "expected_weight_g"))
    assert parcels == [(1, 8, 12_000), (2, 8, 12_000), (3, 4, 6_000)]


def test_a_note_closed_by_mistake_is_taken_back_until_the_truck_leaves(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    depot.put(3, "Le Phare", "R-01")
    [line] = depot.order("R1", (4, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    shipments = list(Shipment.objects.values_list("id", flat=True))
    record_picks(shipments=shipments, shorts={}, at=depot.at, by=depot.actor)
    [note] = close_notes(shipments=shipments, at=depot.at, by=depot.actor)
    assert queries.waiting_notes() == [note]
    assert depot.fate(line) == {"shipped": 4}

    assert reopen(notes=[note], at=depot.at, by=depot.actor, reason="mauvaise adresse") == [note]
    assert depot.fate(line) == {"reserved": 4}
    assert [depot.on_hand("Le Phare", place) for place in ("A-01", "R-01", "QUAI")] == [3, 3, 0]
    assert not queries.waiting_notes()
    assert not reopen(notes=[note], at=depot.at, by=depot.actor, reason="deux fois")
    assert "annulé" in told(documents.note_pdf(note, priced=False))
    assert not depot.findings()

    [again] = everything_leaves(depot)
    assert [queries.notes([each])[each].number for each in (note, again)] == [
        "BL2026-000001",
        "BL2026-000002",
    ]
    assert [left.number for left in queries.left_on([line])] == ["BL2026-000002"]
    assert depot.fate(line) == {"shipped": 4}
    assert [taken.note_id for taken in take_departed(until=depot.at.date())] == [again]
    assert not depot.findings()


def test_a_note_that_left_is_not_taken_back(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    depot.order("R1", (1, "Le Phare"))
    [note] = everything_leaves(depot)
    with pytest.raises(NoteDeparted, match="BL2026-000001"):
        reopen(notes=[note], at=depot.at, by=depot.actor, reason="trop tard")
    with pytest.raises(UnknownNote):
        reopen(notes=[note + 99], at=depot.at, by=depot.actor, reason="?")
    assert not Reopening.objects.exists()
    assert not depart(notes=[note], at=depot.at, by=depot.actor)


def test_a_note_of_an_earlier_day_than_the_last_is_refused(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    depot.order("R1", (1, "Le Phare"))
    everything_leaves(depot)
    depot.order("R2", (1, "Le Phare"))
    prepare(at=depot.at, by=depot.actor)
    with pytest.raises(Refusal, match="BL2026"):
        ship(shorts={}, at=depot.at - timedelta(days=1), by=depot.actor)


def test_what_a_wave_holds_is_in_preparation(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    lines = depot.order("R1", (1, "Le Phare"))
    assert not queries.in_preparation(lines)
    prepare(at=depot.at, by=depot.actor)
    assert queries.in_preparation(lines) == set(lines)
    ship(shorts={}, at=depot.at, by=depot.actor)
    assert not queries.in_preparation(lines)


def test_a_promise_withdrawn_since_the_list_was_printed_is_void(depot: Depot) -> None:
    depot.put(3, "Le Phare", "A-01")
    depot.order("R1", (1, "Le Phare"))
    [wave] = prepare(at=depot.at, by=depot.actor)
    stock.release(
        reservations=[Pick.objects.get().reservation_id], reason="test", at=depot.at, by=depot.actor
    )
    assert queries.pick_list(wave.wave_id).stops[0].void
    report = ship(shorts={}, at=depot.at, by=depot.actor)
    assert (report.copies, report.void, report.notes) == (0, 1, ())
    assert not queries.open_waves()


def test_shipping_twice_changes_nothing(depot: Depot) -> None:
    depot.put(5, "Le Phare", "A-01")
    depot.order("R1", (2, "Le Phare"))
    everything_leaves(depot)
    again = ship(shorts={}, at=depot.at, by=depot.actor)
    assert not again.notes
    assert not again.departed
    assert (Note.objects.count(), Departure.objects.count()) == (1, 1)
    assert queries.notes_numbered(["BL2026-000001", "BL2026-999999"]).keys() == {"BL2026-000001"}
    assert not depot.findings()


def test_the_number_of_statements_does_not_grow_with_the_lines(depot: Depot) -> None:
    counts = []
    for reference, orders in (("A", 1), ("B", 30)):
        for title in ("Le Phare", "La Marée", "L’Estran", "Les Dunes"):
            depot.put(40, title, "A-01")
        for number in range(orders):
            depot.order(
                f"{reference}{number}", (1, "Le Phare"), (1, "La Marée"), (1, "L’Estran"), (1, "Les Dunes")
            )
        with CaptureQueriesContext(
            connection,
        ) as made:
            everything_leaves(depot)
        counts.append(len(made))
    assert counts[1] <= counts[0] + 2
    assert not depot.findings()
