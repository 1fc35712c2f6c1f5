"""Every invoice passes the official rules with nothing said against it; a broken one does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from quai.exchange.einvoice.arithmetic import invariants
from quai.exchange.einvoice.cii import to_cii, validate_xsd
from quai.exchange.einvoice.judge import RULE_SETS, judge
from quai.exchange.einvoice.tests import cast
from quai.exchange.einvoice.tests.cast import CAST, credit, invoice, line
from quai.exchange.einvoice.tests.strategies import invoices
from quai.exchange.einvoice.types import Invoice, Profile, Subject, VatCategory


def assert_sound(issued: Invoice) -> None:
    assert invariants(issued) == []
    xml = to_cii(issued)
    assert validate_xsd(xml, issued.profile) == []
    assert [(failure.id, failure.text) for failure in judge(xml, issued.profile).failures] == []


@pytest.mark.parametrize("name", CAST)
def test_the_cast_passes(name: str) -> None:
    assert_sound(CAST[name])


@given(invoices())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_invoice_passes(issued: Invoice) -> None:
    assert_sound(issued)


def test_the_profile_is_the_smallest_that_loses_nothing() -> None:
    extended = {name for name, issued in CAST.items() if issued.profile is Profile.EXTENDED}
    assert extended == {
        "several orders in one parcel",
        "several notes",
        "credit by line",
        "two orders to Réunion",
    }


def test_a_report_says_which_rules_judged() -> None:
    report = judge(to_cii(CAST["one book"]), Profile.EN16931)
    assert [name for name, _ in report.versions] == list(RULE_SETS[Profile.EN16931])
    assert all("sha256" in version for _, version in report.versions)


SOUND = CAST["three books, one order"]
WRONG_VAT = replace(SOUND.vat[0], amount=SOUND.vat[0].amount + Decimal("0.50"))
BROKEN = {
    "total of lines": (
        replace(SOUND, totals=replace(SOUND.totals, lines=SOUND.totals.lines + 1)), "BR-CO-10"),
    "VAT amount": (replace(SOUND, vat=(WRONG_VAT,)), "BR-CO-14"),
    "no late penalties": (
        replace(SOUND, notes=tuple(n for n in SOUND.notes if n.subject is not Subject.LATE_PENALTIES)),
        "BR-FR-05_BT-22_PMD"),
    "number too long": (replace(SOUND, number="F" * 36), "BR-FR-01_BT-1"),
    "due before issued": (replace(SOUND, due_on=SOUND.issued_on - timedelta(days=1)), "BR-FR-CO-07_BT-9"),
    "credit of nothing": (credit([line(0)]), "BR-FR-CO-05_BT-3"),
    "seller without SIREN": (
        replace(SOUND, seller=replace(cast.HOUSE, siren="", siret="")), "BR-FR-10_BT-30"),
    "export without reason": (
        replace(
            CAST["Réunion"],
            vat=(replace(CAST["Réunion"].vat[0], exemption_reason="", exemption_code=""),),
        ), "BR-G-10"),
    "said paid, yet due": (replace(SOUND, process="B2"), "BR-FR-CO-09_BT-23-2"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_the_judge_judges(name: str) -> None:
    broken, rule = BROKEN[name]
    report = judge(to_cii(broken), broken.profile)
    assert rule in {failure.id for failure in report.fatal}
    assert invariants(broken)


def test_the_schema_refuses_another_order_of_elements() -> None:
    xml = to_cii(CAST["one book"]).replace(b"ram:BilledQuantity", b"ram:BiledQuantity")
    assert validate_xsd(xml, Profile.EN16931)


FIRST = CAST["one book"].lines[0]
UNSOUND = {
    "is not quantity × price": replace(FIRST, base=FIRST.base + Decimal("0.01")),
    "% of the base": replace(FIRST, allowance=FIRST.allowance + Decimal("0.01")),
    "is not base − allowance": replace(FIRST, net=FIRST.net - Decimal("0.01")),
    "must be positive": replace(FIRST, gross_price=Decimal("0")),
    "must not be zero": replace(FIRST, quantity=Decimal("0.00001")),
    "between 0 and 100": replace(FIRST, discount=Decimal("101")),
    "does not go with category": replace(FIRST, vat_category=VatCategory.EXPORT),
    "control character": replace(FIRST, title="Le\x07titre"),
}


@pytest.mark.parametrize("problem", UNSOUND)
def test_no_official_rule_checks_a_line_so_we_do(problem: str) -> None:
    unsound = replace(CAST["one book"], lines=(UNSOUND[problem],))
    assert any(problem in found for found in invariants(unsound))


def test_lines_and_delivery_notes_answer_each_other() -> None:
    covered = CAST["several notes"]
    orphan = replace(covered, lines=covered.lines[:3])
    assert any("no line names" in found for found in invariants(orphan))
    stray = replace(covered, delivery_notes=covered.delivery_notes[:2])
    assert any("does not list" in found for found in invariants(stray))


def test_vat_is_computed_once_on_the_document() -> None:
    issued = invoice([line(n, 1) for n in range(60)])
    by_line = sum(cast.cents(each.net * each.vat_rate / 100) for each in issued.lines)
    assert issued.totals.vat != by_line
    assert invariants(issued) == []
