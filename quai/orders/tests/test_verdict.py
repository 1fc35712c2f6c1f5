"""`judge.sql` and its naive twin say the same of every line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quai.catalogue import actions as catalogue
from quai.catalogue.models import Availability
from quai.catalogue.types import AVAILABILITIES, NewRights, Ordering, SalesRight
from quai.orders.actions.deciding import NEW_FOR_DAYS, OpenLine, Ruling, judge
from quai.orders.meaning import meaning
from quai.orders.models import Line, Order
from quai.orders.tests.scene import TODAY, Scene
from quai.orders.types import URGENT_OPERATION, BackorderPolicy
from quai.parties.models import Profile
from quai.parties.types import PartyRole
from quai.terms.models import AccountTerms, Hold
from tests import cast

days = st.none() | st.integers(-200, 40).map(lambda n: TODAY + timedelta(n))
policies = st.sampled_from(BackorderPolicy).map(str)
limits = st.none() | st.just(Decimal(900))
ONLY_FRANCE = (SalesRight("01", ("FR",)), SalesRight("03", ("ROW",)))
NOT_IN_FRANCE = (SalesRight("04", ("FR", "CH")),)


@dataclass(frozen=True)
class Case:
    """All that decides about one line, stock aside."""

    gtin: str
    code: str
    on_sale_on: date | None
    expected_on: date | None
    kind: str
    operation: str
    standing: str
    earliest_on: date | None
    latest_on: date | None
    asked: str
    own: str
    held: bool
    known: bool
    deliver_to: str
    country: str
    rights: tuple[SalesRight, ...]
    shipping_days: str
    sale_mode: str
    limit: Decimal | None
    house_limit: Decimal | None


cases = st.builds(
    Case,
    gtin=st.sampled_from(["title", "title", "title", "title", "9782999999999", "no code"]),
    code=st.sampled_from([*AVAILABILITIES, "20", "20", "20", "10", "77"]),
    on_sale_on=days,
    expected_on=days,
    kind=st.sampled_from(["restock", "restock", "office", "urgent"]),
    operation=st.sampled_from(["", "", URGENT_OPERATION]),
    standing=st.sampled_from(["accepted", "accepted", "accepted", "refused"]),
    earliest_on=days,
    latest_on=days,
    asked=policies,
    own=st.sampled_from(["", *BackorderPolicy]).map(str),
    held=st.booleans(),
    known=st.sampled_from([True, True, False]),
    deliver_to=st.sampled_from(["", "", cast.SHOP_GLN, cast.SHOP_OUTLET_GLN, "3025993029999"]),
    country=st.sampled_from(["FR", "FR", "BE"]),
    rights=st.sampled_from([(), (), ONLY_FRANCE, NOT_IN_FRANCE]),
    shipping_days=st.sampled_from(["", "", "1", "7", "24", "67", "135"]),
    sale_mode=st.sampled_from(["sale_or_return", "sale_or_return", "consignment"]),
    limit=limits,
    house_limit=limits,
)


def judge_naively(case: Case) -> tuple[object, ...]:
    """The rules one after the other: turn, then fate, reason and day of copies there, then of copies missing."""
    turn = (
        0
        if case.kind == "urgent" or case.operation == URGENT_OPERATION
        else 1
        if case.kind == "office"
        else 2
    )
    return (turn, *_there(case), *_missing(case), _leaves_on(case, turn), _limit(case))


def _served(case: Case) -> bool:
    """Whether the title may be sold where it goes: the outlet is in France."""
    country = "FR" if case.deliver_to == cast.SHOP_OUTLET_GLN else case.country
    return {ONLY_FRANCE: country == "FR", NOT_IN_FRANCE: country != "FR"}.get(case.rights, True)


def _leaves_on(case: Case, turn: int) -> date | None:
    """The next shipping day, unless it is today or the order is urgent. Today is a Monday."""
    if not case.own or not case.shipping_days or turn == 0 or "1" in case.shipping_days:
        return None
    return TODAY + timedelta(min(int(day) for day in case.shipping_days) - 1)


def _limit(case: Case) -> Decimal | None:
    """An account with terms of its own has its own limit or none; in consignment it owes only what it sells."""
    if not case.own:
        return case.house_limit
    return None if case.sale_mode == "consignment" else case.limit


def _there(case: Case) -> tuple[str, str, date | None]:
    means = meaning(case.code)
    if case.standing == "refused":
        return "refused", "not_ours", None
    if case.gtin != "title":
        return "refused", "unknown_gtin" if case.gtin.isdigit() else "not_a_gtin", None
    if means.ordering is Ordering.NO:
        return "refused", means.refusal, None
    if not _served(case):
        return "refused", "no_rights_there", None
    on_sale = case.on_sale_on or (case.expected_on if means.unpublished else None)
    earliest = case.earliest_on if case.earliest_on and case.earliest_on > TODAY else None
    if case.kind != "office":
        if means.unpublished and on_sale is None:
            return "waiting", "date_unknown", None
        if on_sale and on_sale > TODAY:
            later = earliest and earliest > on_sale
            return (
                "waiting",
                "earliest_date" if later else "not_yet_on_sale",
                max(on_sale, earliest or on_sale),
            )
    if earliest:
        return "waiting", "earliest_date", earliest
    if not case.known:
        return "held", "unknown_account", None
    if case.held:
        return "held", "account_blocked", None
    if case.deliver_to == "3025993029999":
        return "held", "unknown_address", None
    return "reserved", "available", None


def _missing(case: Case) -> tuple[str, str, date | None]:
    means = meaning(case.code if case.gtin == "title" else "")
    if means.ordering is Ordering.WHILE_STOCK_LASTS:
        return "refused", "out_of_print", None
    if case.latest_on and case.latest_on < TODAY:
        return "refused", "too_late", None
    policy = next(p for p in (case.own, case.asked, "keep") if p and p != "usual")
    published = case.on_sale_on or (case.expected_on if means.unpublished else None)
    recent = published > TODAY - timedelta(NEW_FOR_DAYS) if published else means.unpublished
    new = case.gtin == "title" and recent
    if policy == "keep" or means.absence == "print_on_demand" or (policy == "keep_if_new" and new):
        expected = case.expected_on if case.gtin == "title" else None
        return "backordered", means.absence, expected if expected and expected > TODAY else None
    return "refused", "not_kept", None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(cases, min_size=1, max_size=6))
def test_the_statement_and_its_twin_agree(scene: Scene, drawn: list[Case]) -> None:
    drawn = [replace(case, house_limit=drawn[0].house_limit) for case in drawn]  # there is one house
    with transaction.atomic():
        AccountTerms.objects.create(from_on=TODAY, credit_limit=drawn[0].house_limit, act_id=scene.act)
        lines = [_enter(scene, number, case) for number, case in enumerate(drawn)]
        judged = {line.line_id: ruling for line, ruling in judge(lines, on=TODAY)}
        found = [_told(judged[line.line_id]) for line in lines]
        transaction.set_rollback(True)
    assert found == [judge_naively(case) for case in drawn]


def _told(ruling: Ruling) -> tuple[object, ...]:
    return (ruling.turn, *ruling.verdict, ruling.leaves_on, ruling.credit_limit)


def _enter(scene: Scene, number: int, case: Case) -> OpenLine:
    """Write the case down: a customer, its terms, a title, an order of one line."""
    act = scene.act
    customer = cast.party(act, f"Librairie {number}", f"30250000000{number:02}", PartyRole.CUSTOMER)
    Profile.objects.create(
        party_id=customer, from_on=TODAY, name="?", country=case.country,
        customer_kind="shop" if case.known else "unknown", act_id=act,
    )  # fmt: skip
    if case.own:
        AccountTerms.objects.create(
            customer_id=customer, from_on=cast.LONG_AGO, backorder_policy=case.own,
            shipping_days=case.shipping_days, sale_mode=case.sale_mode, credit_limit=case.limit, act_id=act,
        )  # fmt: skip
    Hold.objects.create(customer_id=customer, from_on=cast.LONG_AGO, held=case.held, act_id=act)
    product = None
    if case.gtin == "title":
        product = cast.title(scene.cast, act, f"T{number}", f"97824000000{number:02}", code=case.code)
        Availability.objects.create(
            product_id=product, from_on=TODAY, code=case.code, on_sale_on=case.on_sale_on,
            expected_on=case.expected_on, act_id=act,
        )  # fmt: skip
        catalogue.set_sales_rights(changes=[NewRights(product, TODAY, case.rights)], at=scene.at, by=scene.by)
    outlet = scene.cast.shop_outlet if case.deliver_to == cast.SHOP_OUTLET_GLN else None
    order = Order.objects.create(
        act_id=act, channel="test", standing=case.standing, supplier_gln=cast.HOUSE_GLN, buyer_gln=cast.SHOP_GLN,
        deliver_to_gln=case.deliver_to, customer_id=customer, outlet_id=outlet,
        reference=f"R{number}", ordered_on=TODAY, received_on=TODAY, operation_code=case.operation, kind=case.kind,
        backorder_policy=case.asked, earliest_on=case.earliest_on, latest_on=case.latest_on,
        content_digest=b"", source_key=f"case:{number}",
    )  # fmt: skip
    line = Line.objects.create(
        act_id=act, order=order, position=1, gtin=case.gtin, product_id=product, quantity=1
    )
    return OpenLine(line.id, order.id, product, 1)
