"""What the network says of what we sent."""

from __future__ import annotations

import io
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quai.exchange.dilicom.service import NetworkStatus, ServiceReport, read_service
from quai.exchange.dilicom.tests.shelf import (
    HOUSE,
    OUTLET,
    SAMPLES,
    SHOP,
    messages,
    patient,
    read_bytes,
    rows,
)
from quai.orders.types import Problem

NETWORK = "3035593037000"
APERAK = (SAMPLES / "service_aperak.edi").read_bytes()


def reports_of(data: bytes) -> tuple[list[ServiceReport], list[Problem]]:
    items = list(read_service(io.BytesIO(data)))
    reports = [item for item in items if isinstance(item, ServiceReport)]
    return reports, [item for item in items if isinstance(item, Problem)]


def act(*records: str, kind: str = "912") -> tuple[str, ...]:
    head = (f"100{HOUSE}", f"221{NETWORK}SERV0001", "176241126", f"198&&&EDILECTRE{kind}")
    return ("05003", *head, *records, f"199{len(head) + len(records) + 1:06}")


SENT = f"{HOUSE}024BL000042000007231126{SHOP}"
DELIVERED = f"177904{SENT}231126180000"
READ = f"{DELIVERED}241126063800"
NOT_SENT = f"177905{SENT}766000012004{'BY':20}MESSAGE NON AUTORISE"
SYNTAX = f"177906{SENT}101000003  7{'176':20}DATE ILLISIBLE".ljust(167)


def test_gencod() -> None:
    opening, closing = ("03503", "190000001", "199000002"), ("03503", "191000004", "199000002")
    data = rows(
        *opening, *act(DELIVERED, READ), *act(NOT_SENT, kind="913"), *act(SYNTAX, kind="914"), *closing
    )
    [delivered, read, not_sent, syntax], problems = reports_of(data)
    assert problems == []
    assert read == ServiceReport(
        status=NetworkStatus.READ,
        reference="BL000042",
        sender=HOUSE,
        receiver=SHOP,
        act="024",
        batch="000007",
        sent_on=date(2026, 11, 23),
        processed_on=date(2026, 11, 23),
        processed_at=time(18),
        read_on=date(2026, 11, 24),
        read_at=time(6, 38),
        position=10,
    )
    assert (delivered.status, delivered.read_on) == (NetworkStatus.DELIVERED, None)
    assert not_sent.status is NetworkStatus.NOT_SENT
    assert (not_sent.error_code, not_sent.error_line, not_sent.error_column) == ("766", 12, 4)
    assert (not_sent.error_zone, not_sent.error_text) == ("BY", "MESSAGE NON AUTORISE")
    assert syntax.status is NetworkStatus.SYNTAX_ERROR
    assert (syntax.error_column, syntax.processed_on) == (7, None)


def test_aperak() -> None:
    [read, refused], problems = reports_of(APERAK)
    assert problems == []
    assert read == ServiceReport(
        status=NetworkStatus.READ,
        reference="BL000042",
        sender=HOUSE,
        receiver=OUTLET,
        sent_on=date(2026, 11, 23),
        processed_on=date(2026, 11, 24),
        read_on=date(2026, 11, 24),
        position=2,
    )
    assert (refused.status, refused.reference) == (NetworkStatus.REFUSED, "BL000043")
    assert (refused.error_code, refused.error_text) == ("766", "MESSAGE NON AUTORISE")


def test_aperak_not_yet_read() -> None:
    [delivered, _], _ = reports_of(APERAK.replace(b"DTM+8:20261124:102'\n", b"").replace(b"UNT+10", b"UNT+9"))
    assert delivered.status is NetworkStatus.DELIVERED


def test_a_service_file_is_no_order_file_and_conversely() -> None:
    orders, problems = read_bytes(APERAK)
    assert orders == []
    assert "comptes rendus" in messages(problems)
    reports, problems = reports_of((SAMPLES / "orders_flat.txt").read_bytes())
    assert reports == []
    assert problems[0].severity == "error"


@pytest.mark.parametrize("data", [APERAK, rows(*act(READ, READ), *act(SYNTAX))])
def test_cut_at_every_byte_only_whole_reports_come_out(data: bytes) -> None:
    whole, _ = reports_of(data)
    for length in range(len(data)):
        found, _ = reports_of(data[:length])
        assert found == whole[: len(found)]


def test_records_that_say_nothing_are_told() -> None:
    reports, [problem] = reports_of(rows(*act(f"177999{SENT}", READ)))
    assert [report.status for report in reports] == [NetworkStatus.READ]
    assert problem.severity == "error"


@patient
@given(st.binary(max_size=200), st.integers(0, len(APERAK)))
def test_damage_never_raises(noise: bytes, at: int) -> None:
    assert list(read_service(io.BytesIO(APERAK[:at] + noise + APERAK[at:])))
    whole = rows(*act(READ, SYNTAX))
    assert list(read_service(io.BytesIO(whole[:at] + noise + whole[at:])))


def test_an_order_after_many_reports_is_told() -> None:
    order = ("02303", f"100{HOUSE}", f"221{SHOP}CMD1", "199000003")
    reports, [problem] = reports_of(rows(*act(*[READ] * 500), *order, *order))  # past what tells the format
    assert len(reports) == 500
    assert "Ligne 507 : l'acte « 02303 » n'est pas un compte rendu" in problem.message
