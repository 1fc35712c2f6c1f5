"""What was delivered is invoiced: once, to the cent, and one bad note does not hold up the others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quai.access.types import Actor
from quai.accounts.queries import trial_balance
from quai.billing import actions, queries
from quai.billing.actions.invoicing import FutureDay
from quai.billing.tests.deliveries import CLOSED, Copies, Delivery, deliver, nothing_wrong
from quai.billing.types import BillingReport, IssuedDocument, RefusalReason
from quai.catalogue.models import Price, PricePart
from quai.core import house
from quai.core.numbering import DateGoesBack
from quai.parties.models import Outlet, OutletProfile, Profile
from quai.terms.models import AccountTerms, TerritoryVat
from tests import cast as stage
from tests.cast import LONG_AGO, Cast

END_OF_MARCH = date(2026, 3, 31)


def bill(by: Actor, until: date = CLOSED) -> BillingReport:
    return actions.invoice_delivered(until=until, at=house.instant(until, 18), by=by)


def rhythm(cast: Cast, act: int, name: str) -> None:
    AccountTerms.objects.create(customer_id=cast.shop, from_on=LONG_AGO, rhythm=name, act_id=act)


def outlet(cast: Cast, act: int, territory: str, city: str = "Ailleurs") -> int:
    """Another address of the shop, in a tax territory."""
    made = Outlet.objects.create(party_id=cast.shop, act_id=act)
    OutletProfile.objects.create(
        outlet=made, from_on=LONG_AGO, name="Dépôt", street="1 quai", postcode="20000", city=city,
        territory=territory, act_id=act,
    )  # fmt: skip
    return made.id


def vat_of(act: int, territory: str, rate: str, category: str, *, on: str = "5.50", why: str = "") -> None:
    TerritoryVat.objects.create(
        territory=territory, mainland_rate=Decimal(on), from_on=LONG_AGO, rate=Decimal(rate), category=category,
        exemption=why, source="test", act_id=act,
    )  # fmt: skip


# A note alone


def test_a_note_becomes_an_invoice(cast: Cast, act: int, actor: Actor) -> None:
    copies = [Copies(cast.titles["Le Phare"], 3), Copies(cast.titles["Germinal"])]
    [note] = deliver(cast, act, Delivery(cast.shop, copies))
    report = bill(actor)
    [issued] = report.issued
    assert report.refused == ()
    assert issued.number == "F2026-000001"
    # 3 × 18.9573 = 56.87 less 36 % = 20.47; 1 × 6.5403 = 6.54 less 2.35: net 40.59, VAT 5.5 % = 2.23
    assert (issued.net, issued.vat, issued.gross) == (Decimal("40.59"), Decimal("2.23"), Decimal("42.82"))
    assert issued.due_on == date(2026, 5, 1)  # 60 days
    sheet = queries.by_number(issued.number)
    assert [number_of_note for number_of_note, _ in sheet.notes] == [note]
    assert [reference for _, reference in sheet.orders] == ["CMD00001"]
    assert [(line.base, line.allowance, line.net) for line in sheet.document.lines] == [
        (Decimal("56.87"), Decimal("20.47"), Decimal("36.40")),
        (Decimal("6.54"), Decimal("2.35"), Decimal("4.19")),
    ]
    assert nothing_wrong() == []


def test_its_entry_balances_the_debt_against_sales_and_vat(cast: Cast, act: int, actor: Actor) -> None:
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"], 3)], carriage="7.50"))
    [issued] = bill(actor).issued
    balance = {row.account: row.balance for row in trial_balance(on=CLOSED)}
    assert balance == {
        "411000": issued.gross,
        "707130": Decimal("-36.40"),
        "708500": Decimal("-7.50"),
        "445713": -issued.vat,
    }


def test_billing_twice_makes_one_invoice(cast: Cast, act: int, actor: Actor) -> None:
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"])]))
    assert len(bill(actor).issued) == 1
    assert bill(actor) == BillingReport()
    assert queries.stage_counts().issued == 1


def test_only_sales_are_invoiced(cast: Cast, act: int, actor: Actor) -> None:
    copies = [Copies(cast.titles["Le Phare"])]
    natures = ("sale", "consignment", "complimentary", "redelivery")
    deliver(cast, act, *(Delivery(cast.shop, copies, nature=nature) for nature in natures))
    assert len(bill(actor).issued) == 1
    assert nothing_wrong() == []


def test_a_free_copy_is_a_line_worth_nothing(cast: Cast, act: int, actor: Actor) -> None:
    copies = [Copies(cast.titles["Le Phare"], 12), Copies(cast.titles["Le Phare"], 1, free=True)]
    deliver(cast, act, Delivery(cast.shop, copies))
    [issued] = bill(actor).issued
    paid, free = queries.by_number(issued.number).document.lines
    assert (free.base, free.allowance, free.net) == (Decimal("18.96"), Decimal("18.96"), Decimal("0.00"))
    assert issued.net == paid.net


def test_a_book_with_a_disc_gives_one_line_per_rate(cast: Cast, act: int, actor: Actor) -> None:
    vat_of(act, "mainland", "20.00", "S", on="20.00")
    title = stage.title(cast, act, "Livre-disque", "9782070000012", price="30.00")
    price = Price.objects.create(product_id=title, from_on=CLOSED, retail_price=Decimal(30), act_id=act)
    for position, (rate, retail, net) in enumerate(
        [("5.50", "20", "18.9573"), ("20.00", "10", "8.3333")], start=1
    ):
        PricePart.objects.create(
            price=price, position=position, vat_rate=Decimal(rate), retail_price=Decimal(retail),
            retail_price_net=Decimal(net), act_id=act,
        )  # fmt: skip
    deliver(cast, act, Delivery(cast.shop, [Copies(title, 2, price=price.id)]))
    [issued] = bill(actor).issued
    document = queries.by_number(issued.number).document
    assert [(line.vat_rate, line.quantity, line.net) for line in document.lines] == [
        (Decimal("5.50"), 2, Decimal("24.26")),
        (Decimal("20.00"), 2, Decimal("10.67")),
    ]
    assert [(vat.rate, vat.vat) for vat in document.vats] == [
        (Decimal("5.50"), Decimal("1.33")),
        (Decimal("20.00"), Decimal("2.13")),
    ]
    assert nothing_wrong() == []


def test_carriage_is_charged_at_the_rate_of_the_goods(cast: Cast, act: int, actor: Actor) -> None:
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Germinal"])], carriage="7.50"))
    [issued] = bill(actor).issued
    document = queries.by_number(issued.number).document
    assert (document.lines[-1].title, document.lines[-1].gtin) == ("Participation aux frais de port", "")
    assert document.net == Decimal("4.19") + Decimal("7.50")
    assert len(document.vats) == 1
    assert nothing_wrong() == []


# Where it went decides the tax


@pytest.mark.parametrize(
    ("territory", "rate", "category", "why"),
    [
        ("corsica", "2.10", "S", ""),
        ("overseas", "0.00", "G", "Exonération de TVA, article 294 du code général des impôts"),
    ],
)
def test_vat_is_that_of_the_delivery(
    cast: Cast, act: int, actor: Actor, territory: str, rate: str, category: str, why: str
) -> None:
    vat_of(act, territory, rate, category, why=why)
    there = outlet(cast, act, territory)
    copies = [Copies(cast.titles["Le Phare"], 10)]
    deliver(cast, act, Delivery(cast.shop, copies, outlet=there))
    [issued] = bill(actor).issued
    document = queries.by_number(issued.number).document
    [vat] = document.vats
    assert (vat.category, vat.rate, vat.exemption) == (category, Decimal(rate), why)
    assert vat.vat == (vat.base * vat.rate / 100).quantize(Decimal("0.01"))
    assert document.frozen["deliver_to"]["city"] == "Ailleurs"
    assert nothing_wrong() == []


# The rhythm of the account


def test_a_month_is_invoiced_at_its_end(cast: Cast, act: int, actor: Actor) -> None:
    rhythm(cast, act, "month")
    copies = [Copies(cast.titles["Le Phare"])]
    days = (date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 31))
    deliver(cast, act, *(Delivery(cast.shop, copies, closed_on=day) for day in days))
    assert bill(actor, date(2026, 3, 30)) == BillingReport()
    assert queries.delivered_not_invoiced().notes == 3
    [issued] = bill(actor, END_OF_MARCH).issued
    document = queries.by_number(issued.number).document
    assert len(document.frozen["notes"]) == 3
    assert document.frozen["period"] == {"from_on": "2026-03-01", "to_on": "2026-03-31"}
    # VAT on the base of the document: 3 × 12.13 = 36.39 → 2.00; by note it would be 3 × 0.67 = 2.01
    assert (document.net, document.vat) == (Decimal("36.39"), Decimal("2.00"))
    assert nothing_wrong() == []


def test_a_late_note_of_an_earlier_month_is_always_due(cast: Cast, act: int, actor: Actor) -> None:
    rhythm(cast, act, "month")
    copies = [Copies(cast.titles["Le Phare"])]
    days = (date(2026, 2, 27), date(2026, 3, 2))
    deliver(cast, act, *(Delivery(cast.shop, copies, closed_on=day) for day in days))
    [issued] = bill(actor, date(2026, 3, 5)).issued
    assert queries.by_number(issued.number).document.frozen["period"]["to_on"] == "2026-02-28"
    assert queries.delivered_not_invoiced().oldest_on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("closed", "due"),
    [
        (date(2026, 3, 1), date(2026, 3, 10)),
        (date(2026, 3, 10), date(2026, 3, 10)),
        (date(2026, 3, 11), date(2026, 3, 20)),
        (date(2026, 3, 20), date(2026, 3, 20)),
        (date(2026, 3, 21), date(2026, 3, 31)),
        (date(2026, 2, 28), date(2026, 2, 28)),
        (date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_ten_days_end_on_the_10th_the_20th_and_the_last(
    cast: Cast, act: int, actor: Actor, closed: date, due: date
) -> None:
    rhythm(cast, act, "ten_days")
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"])], closed_on=closed))
    if closed < due:
        assert bill(actor, due.replace(day=due.day - 1)).issued == ()
    assert len(bill(actor, due).issued) == 1


def test_each_delivery_address_has_its_invoice(cast: Cast, act: int, actor: Actor) -> None:
    rhythm(cast, act, "month")
    copies = [Copies(cast.titles["Le Phare"])]
    places = (None, cast.shop_outlet, None, cast.shop_outlet)
    deliver(cast, act, *(Delivery(cast.shop, copies, outlet=place) for place in places))
    own, elsewhere = [queries.by_number(one.number).document for one in bill(actor, END_OF_MARCH).issued]
    assert own.frozen["deliver_to"] is None
    assert elsewhere.frozen["deliver_to"]["gln"] == stage.SHOP_OUTLET_GLN


# One bad note


def refusal(cast: Cast, act: int, actor: Actor, bad: Delivery) -> RefusalReason:
    """Why the bad one of two notes is refused; the good one is invoiced and the bad one waits."""
    good = Delivery(cast.shop, [Copies(cast.titles["Germinal"])])
    first, _ = deliver(cast, act, bad, good)
    report = bill(actor)
    assert len(report.issued) == 1
    [refused] = report.refused
    assert refused.note_id == first
    assert queries.delivered_not_invoiced().notes == 1
    assert bill(actor).refused == report.refused
    assert nothing_wrong() == []
    return refused.reason


def test_a_note_without_a_price_waits_until_it_is_said(cast: Cast, act: int, actor: Actor) -> None:
    novelty = stage.title(cast, act, "Inédit", "9782070000036", price=None)
    copies = [Copies(cast.titles["Le Phare"]), Copies(novelty, 2, price=None)]
    assert refusal(cast, act, actor, Delivery(cast.shop, copies)) is RefusalReason.MISSING_PRICE
    for from_on, amount in ((date(2026, 12, 1), "12.00"), (date(2026, 6, 1), "10.55")):
        stage.priced(act, novelty, amount, from_on=from_on)
    [late] = bill(actor).issued
    lines = queries.by_number(late.number).document.lines
    assert [(line.quantity, line.retail_price) for line in lines] == [
        (1, Decimal("20.00")),
        (2, Decimal("10.55")),
    ]
    assert nothing_wrong() == []


def test_a_price_of_zero_is_none(cast: Cast, act: int, actor: Actor) -> None:
    title = stage.title(cast, act, "Catalogue", "9782070000029", price="0.00")
    assert refusal(cast, act, actor, Delivery(cast.shop, [Copies(title)])) is RefusalReason.MISSING_PRICE


def test_a_business_without_siren_waits(cast: Cast, act: int, actor: Actor) -> None:
    bad = Delivery(cast.blocked, [Copies(cast.titles["Le Phare"])])
    assert refusal(cast, act, actor, bad) is RefusalReason.MISSING_SIREN


def test_a_private_person_needs_no_siren(cast: Cast, act: int, actor: Actor) -> None:
    Profile.objects.create(
        party_id=cast.blocked,
        from_on=date(2026, 1, 1),
        name="Mme Lectrice",
        customer_kind="private",
        act_id=act,
    )
    deliver(cast, act, Delivery(cast.blocked, [Copies(cast.titles["Le Phare"])]))
    assert len(bill(actor).issued) == 1


def test_a_territory_nobody_taxed_waits(cast: Cast, act: int, actor: Actor) -> None:
    bad = Delivery(cast.shop, [Copies(cast.titles["Le Phare"])], outlet=outlet(cast, act, "third"))
    assert refusal(cast, act, actor, bad) is RefusalReason.MISSING_TERRITORY_VAT


def test_the_union_needs_a_vat_number(cast: Cast, act: int, actor: Actor) -> None:
    vat_of(act, "eu", "0.00", "K", why="Article 262 ter I du code général des impôts")
    bad = Delivery(cast.shop, [Copies(cast.titles["Le Phare"])], outlet=outlet(cast, act, "eu"))
    assert refusal(cast, act, actor, bad) is RefusalReason.MISSING_VAT_NUMBER


def test_a_rate_without_an_account_waits(cast: Cast, act: int, actor: Actor) -> None:
    vat_of(act, "third", "3.30", "S")
    bad = Delivery(cast.shop, [Copies(cast.titles["Le Phare"])], outlet=outlet(cast, act, "third"))
    assert refusal(cast, act, actor, bad) is RefusalReason.MISSING_ACCOUNT


def test_free_copies_alone_make_no_invoice(cast: Cast, act: int, actor: Actor) -> None:
    bad = Delivery(cast.shop, [Copies(cast.titles["Le Phare"], free=True)])
    assert refusal(cast, act, actor, bad) is RefusalReason.NOTHING_DUE


def test_free_copies_alone_join_the_invoice_of_the_month(cast: Cast, act: int, actor: Actor) -> None:
    rhythm(cast, act, "month")
    title = cast.titles["Le Phare"]
    deliver(cast, act, *(Delivery(cast.shop, [Copies(title, free=free)]) for free in (True, False)))
    report = bill(actor, END_OF_MARCH)
    assert (len(report.issued), report.refused) == (1, ())


# Numbers and bytes


def test_dates_of_a_series_never_go_back(cast: Cast, act: int, actor: Actor) -> None:
    copies = [Copies(cast.titles["Le Phare"])]
    deliver(cast, act, Delivery(cast.shop, copies))
    bill(actor, date(2026, 3, 5))
    deliver(cast, act, Delivery(cast.shop, copies))
    with pytest.raises(DateGoesBack):
        bill(actor, date(2026, 3, 4))
    assert queries.delivered_not_invoiced().notes == 1


def test_an_invoice_of_500_notes_of_40_lines(cast: Cast, act: int, actor: Actor) -> None:
    rhythm(cast, act, "month")
    copies = [Copies(cast.titles[name], 1 + n % 3) for n in range(20) for name in ("Le Phare", "Germinal")]
    deliver(cast, act, *(Delivery(cast.shop, copies, reference=f"CMD{n:05}") for n in range(500)))
    [issued] = bill(actor, END_OF_MARCH).issued
    document = queries.by_number(issued.number).document
    assert len(document.lines) == 20_000
    assert [line.position for line in document.lines] == list(range(1, 20_001))
    assert document.net == sum((line.net for line in document.lines), Decimal(0))
    assert nothing_wrong() == []


def test_bulk_equals_one_by_one_to_the_cent(cast: Cast, act: int, actor: Actor) -> None:
    notes = [
        Delivery(
            cast.shop, [Copies(cast.titles["Le Phare"], n), Copies(cast.titles["Germinal"], n + 2, "37.50")]
        )
        for n in range(1, 8)
    ]
    deliver(cast, act, *notes)
    bulk = bill(actor).issued
    singles: list[IssuedDocument] = []
    for note in notes:
        deliver(cast, act, note)
        singles += bill(actor).issued
    assert [(one.net, one.vat, one.gross) for one in bulk] == [
        (one.net, one.vat, one.gross) for one in singles
    ]
    assert [one.number for one in (*bulk, *singles)] == [f"F2026-{n:06}" for n in range(1, 15)]


def test_statements_do_not_grow_with_lines_or_notes(cast: Cast, act: int, actor: Actor) -> None:
    def statements(notes: int, lines: int) -> int:
        deliver(
            cast, act, *(Delivery(cast.shop, [Copies(cast.titles["Le Phare"])] * lines) for _ in range(notes))
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert len(bill(actor).issued) == notes
        return len(asked)

    statements(1, 1)
    assert statements(1, 2) == statements(100, 20) <= 50


@pytest.mark.parametrize("name", ["month", "ten_days"])
def test_no_period_is_closed_before_its_end(cast: Cast, act: int, actor: Actor, name: str) -> None:
    """On the 5th nobody can bill until the 31st: what leaves on the 6th belongs to the same invoice."""
    rhythm(cast, act, name)
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"])]))
    fifth = house.instant(date(2026, 3, 5), 18)
    with pytest.raises(FutureDay, match="31/03/2026"):
        actions.invoice_delivered(until=END_OF_MARCH, at=fifth, by=actor)
    assert not actions.invoice_delivered(until=date(2026, 3, 5), at=fifth, by=actor).issued
    deliver(cast, act, Delivery(cast.shop, [Copies(cast.titles["Le Phare"])], closed_on=date(2026, 3, 6)))
    assert len(bill(actor, END_OF_MARCH).issued) == 1
