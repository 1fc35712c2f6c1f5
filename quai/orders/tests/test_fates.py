"""What becomes of each line, in the words of the trade."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from quai.catalogue import actions as catalogue
from quai.catalogue.types import NewRights, SalesRight
from quai.orders import actions
from quai.orders.queries import fates, sentence, trade_code
from quai.orders.tests.scene import TODAY, Scene, take, to_prepare, words
from quai.orders.types import (
    SENTENCES,
    URGENT_OPERATION,
    BackorderPolicy,
    Fate,
    Kind,
    Reason,
    ShippedLine,
    ShortLine,
    Standing,
)
from quai.parties.models import OutletProfile, Profile
from quai.terms.models import AccountTerms, Discount, Hold
from tests import cast


def test_a_line_splits_between_copies_there_and_missing(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    outcome = scene.order("R1", {"Dune": 5})
    assert outcome.standing is Standing.ACCEPTED
    assert words(outcome.lines) == ["3 reserved available + 2 backordered missing"]
    assert to_prepare() == [outcome.order_id]


@pytest.mark.parametrize(
    ("code", "copies", "fate"),
    [
        ("01", 9, "2 refused abandoned"),
        ("45", 9, "2 refused not_sold_separately"),
        ("46", 9, "2 refused withdrawn"),
        ("49", 9, "2 refused recalled"),
        ("43", 9, "2 refused no_longer_ours"),
        ("44", 9, "2 refused no_longer_ours"),
        ("40", 0, "2 refused out_of_print"),
        ("51", 1, "1 reserved available + 1 refused out_of_print"),
        ("41", 9, "2 reserved available"),
        ("32", 0, "2 backordered reprinting"),
        ("31", 0, "2 backordered no_date"),
        ("33", 0, "2 backordered to_reappear"),
        ("23", 0, "2 backordered print_on_demand"),
        ("11", 1, "1 reserved available + 1 backordered temporarily_missing"),
        ("10", 9, "2 waiting date_unknown"),
        ("99", 0, "2 backordered missing"),
    ],
)
def test_availability_decides(scene: Scene, code: str, copies: int, fate: str) -> None:
    scene.title("Dune", copies=copies, code=code)
    assert words(scene.order("R1", {"Dune": 2}).lines) == [fate]


def test_not_yet_on_sale_waits_without_a_promise(scene: Scene) -> None:
    scene.title("Dune", copies=9, code="10", on_sale_on=TODAY + timedelta(3))
    outcome = scene.order("R1", {"Dune": 2})
    assert words(outcome.lines) == ["2 waiting not_yet_on_sale until 2026-03-05"]
    scene.days_pass(2)
    scene.decide()
    assert to_prepare() == []
    scene.days_pass(1)
    scene.decide()
    assert scene.now(outcome) == ["2 reserved available"]
    assert to_prepare() == [outcome.order_id]


def test_the_shop_may_want_it_later(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    outcome = scene.order("R1", {"Dune": 2}, earliest_on=date(2026, 4, 1))
    assert words(outcome.lines) == ["2 waiting earliest_date until 2026-04-01"]


def test_an_office_leaves_before_the_day_of_sale(scene: Scene) -> None:
    scene.title("Dune", copies=9, code="10", on_sale_on=TODAY + timedelta(9))
    assert words(scene.order("R1", {"Dune": 2}, kind=Kind.OFFICE).lines) == ["2 reserved available"]


def test_a_missing_copy_is_awaited_until_the_day_expected(scene: Scene) -> None:
    scene.title("Dune", code="32", expected_on=date(2026, 5, 4))
    assert words(scene.order("R1", {"Dune": 1}).lines) == ["1 backordered reprinting until 2026-05-04"]


def test_one_unknown_isbn_does_not_refuse_the_order(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    outcome = scene.order("R1", {"Dune": 1, "9782999999999": 2, "2-07-036024-8": 1})
    assert words(outcome.lines) == [
        "1 reserved available",
        "2 refused unknown_gtin",
        "1 refused not_a_gtin",
    ]


def test_a_quantity_nobody_could_mean_is_an_outcome(scene: Scene) -> None:
    scene.title("Dune", copies=9)
    scene.title("Emma", copies=9)
    outcome = scene.order("R1", {"Dune": 0, "Emma": 1})
    assert words(outcome.lines) == ["1 reserved available", "0 refused bad_quantity"]
    assert outcome.lines[1].line_id is None


@pytest.mark.parametrize(
    ("own", "asked", "missing"),
    [
        ("drop", BackorderPolicy.KEEP, "refused not_kept"),  # the account's own terms override the file
        ("keep", BackorderPolicy.DROP, "backordered missing"),
        ("usual", BackorderPolicy.DROP, "refused not_kept"),
        (None, BackorderPolicy.DROP, "refused not_kept"),
        (None, BackorderPolicy.USUAL, "backordered missing"),
        (None, BackorderPolicy.KEEP_IF_NEW, "refused not_kept"),
    ],
)
def test_whether_a_missing_copy_is_kept(
    scene: Scene, own: str | None, asked: BackorderPolicy, missing: str
) -> None:
    scene.title("Dune")
    if own:
        AccountTerms.objects.create(
            customer_id=scene.cast.shop, from_on=cast.LONG_AGO, backorder_policy=own, act_id=scene.act
        )
    assert words(scene.order("R1", {"Dune": 1}, backorder_policy=asked).lines) == [f"1 {missing}"]


def test_a_new_title_is_kept_when_only_new_ones_are(scene: Scene) -> None:
    scene.title("Dune", on_sale_on=TODAY - timedelta(30))
    scene.title("Emma", on_sale_on=TODAY - timedelta(300))
    outcome = scene.order("R1", {"Dune": 1, "Emma": 1}, backorder_policy=BackorderPolicy.KEEP_IF_NEW)
    assert words(outcome.lines) == ["1 backordered missing", "1 refused not_kept"]


def test_missing_copies_are_not_kept_past_the_latest_day(scene: Scene) -> None:
    scene.title("Dune")
    outcome = scene.order("R1", {"Dune": 1}, latest_on=TODAY + timedelta(5))
    assert words(outcome.lines) == ["1 backordered missing"]
    scene.days_pass(6)
    assert scene.now(outcome) == ["1 refused too_late"]


def test_a_blocked_account_holds_its_copies_and_fails_nobody(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    blocked, fine = scene.receive(
        scene.message("B1", {"Dune": 3}, buyer=cast.BLOCKED_GLN), scene.message("R1", {"Dune": 3})
    )
    assert words(blocked.lines) == ["3 held account_blocked"]
    assert words(fine.lines) == ["2 reserved available + 1 backordered missing"]
    Hold.objects.create(customer_id=scene.cast.blocked, from_on=cast.LONG_AGO, held=False, act_id=scene.act)
    scene.decide()
    assert scene.now(blocked) == ["3 reserved available"]  # the promise was kept
    assert to_prepare() == [blocked.order_id, fine.order_id]


def test_a_person_refuses_a_held_line_and_its_copies_go_on(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    blocked = scene.order("B1", {"Dune": 3}, buyer=cast.BLOCKED_GLN)
    waiting = scene.order("R1", {"Dune": 2})
    assert words(waiting.lines) == ["2 backordered missing"]
    actions.refuse_held(lines=[blocked.lines[0].line_id or 0], at=scene.at, by=scene.by)
    assert scene.now(blocked) == ["3 refused person_refused"]
    assert scene.now(waiting) == ["2 reserved available"]


def test_a_stranger_enters_and_is_held(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    outcome = scene.order("R1", {"Dune": 1}, buyer="3099999999999")
    assert words(outcome.lines) == ["1 held unknown_account"]
    again = scene.order("R2", {"Dune": 1}, buyer="3099999999999")
    assert words(again.lines) == ["1 held unknown_account"]
    [stranger] = Profile.objects.filter(name="GLN 3099999999999")
    stranger.pk, stranger.customer_kind = None, "shop"
    stranger.tx = None  # type: ignore[assignment]
    Profile.objects.create(
        party_id=stranger.party_id,
        from_on=TODAY,
        name="Librairie Neuve",
        customer_kind="shop",
        act_id=scene.act,
    )
    scene.decide()
    assert scene.now(outcome) == ["1 reserved available"]


def test_an_unknown_delivery_address_is_held(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    known = scene.order("R1", {"Dune": 1}, deliver_to=cast.SHOP_OUTLET_GLN)
    unknown = scene.order("R2", {"Dune": 1}, deliver_to="3025993029999")
    assert words(known.lines) == ["1 reserved available"]
    assert words(unknown.lines) == ["1 held unknown_address"]


def test_the_urgent_order_comes_first_then_the_oldest(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    first, urgent, last = scene.receive(
        scene.message("R1", {"Dune": 2}),
        scene.message("R2", {"Dune": 2}, operation_code=URGENT_OPERATION, kind=Kind.URGENT),
        scene.message("R3", {"Dune": 2}),
    )
    assert words(urgent.lines) == ["2 reserved available"]
    assert words(first.lines) == ["1 reserved available + 1 backordered missing"]
    assert words(last.lines) == ["2 backordered missing"]
    scene.arrive("Dune", 2)
    scene.decide()
    assert scene.now(first) == ["2 reserved available"]
    assert scene.now(last) == ["1 reserved available + 1 backordered missing"]


def test_goods_in_serve_only_the_titles_that_came(scene: Scene) -> None:
    scene.title("Dune")
    scene.title("Emma")
    outcome = scene.order("R1", {"Dune": 2, "Emma": 1})
    assert to_prepare() == []
    scene.arrive("Dune", 5)
    done = actions.decide(products=[scene.cast.titles["Dune"]], at=scene.at, by=scene.by)
    assert (done.considered, done.changed, done.copies[Fate.RESERVED]) == (1, 1, 2)
    assert to_prepare() == [outcome.order_id]
    assert actions.decide(at=scene.at, by=scene.by).changed == 0  # running it again changes nothing


def test_a_withdrawn_title_gives_its_held_copies_back(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    blocked = scene.order("B1", {"Dune": 3}, buyer=cast.BLOCKED_GLN)
    scene.announce("Dune", "46")
    assert scene.now(blocked) == ["3 refused withdrawn"]


def test_thirteen_for_twelve_is_a_line_of_its_own(scene: Scene) -> None:
    scene.title("Dune", copies=100)
    Discount.objects.create(
        customer_id=scene.cast.shop, from_on=cast.LONG_AGO, base=Decimal(35), free_per=12, act_id=scene.act
    )
    outcome = scene.order("R1", {"Dune": 25})
    paid, free = outcome.lines
    assert (paid.quantity, free.quantity, free.free_with) == (25, 2, paid.line_id)
    assert words(outcome.lines) == ["25 reserved available", "2 reserved available"]
    actions.cancel(lines=[paid.line_id or 0], reason=Reason.CUSTOMER_CANCELLED, at=scene.at, by=scene.by)
    assert scene.now(outcome) == ["25 cancelled customer_cancelled", "2 cancelled customer_cancelled"]


def test_under_the_minimum_lines_are_grouped_until_the_next_order(scene: Scene) -> None:
    scene.title("Dune", copies=100)  # 20.00, 18.9573 without VAT
    AccountTerms.objects.create(
        customer_id=scene.cast.shop, from_on=cast.LONG_AGO, order_minimum=Decimal(50), act_id=scene.act
    )
    first = scene.order("R1", {"Dune": 2})
    assert words(first.lines) == ["2 grouped below_minimum until 2026-03-09"]
    second = scene.order("R2", {"Dune": 1})
    assert words(second.lines) == ["1 reserved available"]
    assert scene.now(first) == ["2 reserved available"]
    assert to_prepare() == [first.order_id, second.order_id]


def test_a_grouped_line_leaves_at_the_latest_on_its_day(scene: Scene) -> None:
    scene.title("Dune", copies=2)
    AccountTerms.objects.create(
        customer_id=scene.cast.shop, from_on=cast.LONG_AGO, order_minimum=Decimal(50), act_id=scene.act
    )
    outcome = scene.order("R1", {"Dune": 2})
    rival = scene.order("B1", {"Dune": 1}, buyer=cast.BLOCKED_GLN)
    assert words(outcome.lines) == ["2 grouped below_minimum until 2026-03-09"]  # its copies are kept for it
    scene.days_pass(7)
    scene.decide()
    assert scene.now(outcome) == ["2 reserved available"]
    assert scene.now(rival) == ["1 held account_blocked"]


def test_a_whole_order_waits_for_its_last_copy(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    scene.title("Emma")
    AccountTerms.objects.create(
        customer_id=scene.cast.shop, from_on=cast.LONG_AGO, whole_order_only=True, act_id=scene.act
    )
    outcome = scene.order("R1", {"Dune": 1, "Emma": 1, "9782999999999": 1})
    assert words(outcome.lines) == [
        "1 grouped whole_order",
        "1 backordered missing",
        "1 refused unknown_gtin",
    ]
    scene.arrive("Emma", 1)
    scene.decide()
    assert scene.now(outcome) == ["1 reserved available", "1 reserved available", "1 refused unknown_gtin"]


def test_an_account_leaves_on_its_shipping_days(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    AccountTerms.objects.create(
        customer_id=scene.cast.shop, from_on=cast.LONG_AGO, shipping_days="24", act_id=scene.act
    )
    usual = scene.order("R1", {"Dune": 1})  # a Monday
    assert words(usual.lines) == ["1 grouped shipping_day until 2026-03-03"]
    urgent = scene.order("R2", {"Dune": 1}, kind=Kind.URGENT)
    assert words(urgent.lines) == ["1 reserved available"]
    scene.days_pass(1)
    assert scene.now(usual) == ["1 reserved available"]
    scene.days_pass(1)
    assert words(scene.order("R3", {"Dune": 1}).lines) == ["1 grouped shipping_day until 2026-03-05"]


def test_a_title_goes_only_where_it_may_be_sold(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    belgian = (SalesRight("01", ("BE",)), SalesRight("03", ("ROW",)))
    changes = [NewRights(scene.cast.titles["Dune"], cast.LONG_AGO, belgian)]
    catalogue.set_sales_rights(changes=changes, at=scene.at, by=scene.by)
    refused = scene.order("R1", {"Dune": 1})
    assert words(refused.lines) == ["1 refused no_rights_there"]
    assert trade_code(Reason.NO_RIGHTS_THERE) == "RF"
    OutletProfile.objects.create(
        outlet_id=scene.cast.shop_outlet, from_on=cast.LONG_AGO, name="Liège", country="BE", act_id=scene.act
    )
    there = scene.order("R2", {"Dune": 1}, deliver_to=cast.SHOP_OUTLET_GLN)
    assert words(there.lines) == ["1 reserved available"]


def test_a_title_that_left_says_whom_to_ask(scene: Scene) -> None:
    scene.title("Dune", copies=5, code="43", new_distributor_gln="3012999000999")
    scene.title("Emma", copies=5, code="44")
    outcome = scene.order("R1", {"Dune": 1, "Emma": 1})
    assert [line.successor for line in outcome.lines] == ["3012999000999", ""]
    [told] = fates([outcome.order_id or 0])
    assert [line.successor for line in told.lines] == ["3012999000999", ""]
    assert sentence(Reason.NO_LONGER_OURS, successor="3012999000999") == (
        "N’est plus distribué par la maison. S’adresser au GLN 3012999000999."
    )


def test_a_title_without_a_price_is_decided_all_the_same(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    scene.at = scene.at.replace(year=2019)  # before its first price, and before the terms of the account
    outcome = scene.order("R1", {"Dune": 1})
    assert words(outcome.lines) == ["1 held unknown_account"]


def test_shipped_then_reopened_then_short(scene: Scene) -> None:
    scene.title("Dune", copies=5)
    outcome = scene.order("R1", {"Dune": 3})
    line = outcome.lines[0].line_id or 0
    assert actions.take_ready(limit=10) == [outcome.order_id]
    assert to_prepare() == []
    take(line, 2)
    shipped = [ShippedLine(line, 2, "note:1")]
    assert actions.record_shipped(shipped=shipped, at=scene.at, by=scene.by) == 1
    assert actions.record_shipped(shipped=shipped, at=scene.at, by=scene.by) == 0
    with pytest.raises(actions.KeyReused):
        actions.record_shipped(shipped=[ShippedLine(line, 1, "note:1")], at=scene.at, by=scene.by)
    for _ in range(2):  # the shelf lacked one copy; said twice, counted once
        actions.record_short(short=[ShortLine(line, 1, "pick:1")], at=scene.at, by=scene.by)
    assert scene.now(outcome) == ["1 reserved available + 2 shipped shipped"]
    for _ in range(2):
        actions.record_unshipped(unshipped=[ShippedLine(line, 2, "reopen:1")], at=scene.at, by=scene.by)
    assert scene.now(outcome) == ["3 reserved available"]
    assert to_prepare() == [outcome.order_id]


def test_cancelling_leaves_what_is_being_prepared(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    outcome = scene.order("R1", {"Dune": 5})
    line = outcome.lines[0].line_id or 0
    actions.take_ready(limit=1)
    for cancelled in (2, 0):
        [left] = actions.cancel(lines=[line], reason=Reason.CUSTOMER_CANCELLED, at=scene.at, by=scene.by)
        assert (left.cancelled, left.left) == (cancelled, 3)
    assert scene.now(outcome) == ["3 reserved available + 2 cancelled customer_cancelled"]


def test_cancelling_before_the_wave_frees_the_copies(scene: Scene) -> None:
    scene.title("Dune", copies=3)
    first, second = scene.order("R1", {"Dune": 3}), scene.order("R2", {"Dune": 3})
    actions.cancel(
        lines=[first.lines[0].line_id or 0], reason=Reason.CUSTOMER_CANCELLED, at=scene.at, by=scene.by
    )
    assert to_prepare() == []
    assert scene.now(first) == ["3 cancelled customer_cancelled"]
    assert scene.now(second) == ["3 reserved available"]


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
