"""What is written is read back, as far as the format can carry it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quai.exchange.dilicom.detect import Format, detect
from quai.exchange.dilicom.tests.shelf import (
    ORDER_FORMATS,
    RECEIVED,
    SAMPLE,
    contents,
    orders,
    patient,
    read_bytes,
)
from quai.exchange.dilicom.write import write, write_csv, write_eancom, write_flat
from quai.orders.types import BackorderPolicy, Kind, OrderMessage


def carried(order: OrderMessage, form: Format) -> OrderMessage:
    """What is left of an order once the format has carried it."""
    plain = replace(order, problems=(), position=0)
    match form:
        case Format.FLAT:
            return replace(plain, relay="")
        case Format.GENCOD:
            return replace(plain, discount_term="")
        case Format.EANCOM:
            urgent = order.kind is Kind.URGENT
            return replace(
                plain,
                operation_code="",
                kind=Kind.URGENT if urgent else Kind.RESTOCK,
                shipping_mode="",
                backorder_policy=BackorderPolicy.USUAL,
                discount_term="",
            )
        case _:
            urgent = order.kind is Kind.URGENT
            return OrderMessage(
                supplier=order.supplier,
                buyer=order.buyer,
                reference=order.reference,
                ordered_on=RECEIVED,
                operation_code=order.operation_code,
                kind=Kind.URGENT if urgent else Kind.RESTOCK,
                lines=tuple(line._replace(line_reference="") for line in order.lines),
            )


@pytest.mark.parametrize("form", ORDER_FORMATS)
@settings(patient, max_examples=50)
@given(batch=st.lists(orders(), min_size=1, max_size=4))
def test_round_trip(form: Format, batch: list[OrderMessage]) -> None:
    data = write(batch, form)
    assert detect(data) is form
    found, problems = read_bytes(data)
    assert problems == []
    assert [contents(order) for order in found] == [contents(carried(order, form)) for order in batch]
    assert all(order.problems == () for order in found)


@pytest.mark.parametrize("form", ORDER_FORMATS)
def test_samples_are_written_back(form: Format) -> None:
    found, _ = read_bytes(SAMPLE[form])
    again, _ = read_bytes(write(found, form))
    assert [contents(order) for order in again] == [contents(order) for order in found]


def test_flat_sample_is_written_back_to_the_byte() -> None:
    found, _ = read_bytes(SAMPLE[Format.FLAT])
    # Its first order says "normal" (G 0), which need not be said.
    [_, *last] = found
    assert SAMPLE[Format.FLAT].endswith(write_flat(last))


def test_urgent_is_written_even_without_its_code() -> None:
    [order], _ = read_bytes(SAMPLE[Format.CSV])
    urgent = replace(order, operation_code="", kind=Kind.URGENT)
    for form in ORDER_FORMATS:
        [again], _ = read_bytes(write([urgent], form))
        assert again.kind is Kind.URGENT


def test_eancom_envelope_says_who_and_when() -> None:
    [order], _ = read_bytes(SAMPLE[Format.CSV])
    prepared = datetime(2026, 11, 23, 9, 12)  # noqa: DTZ001  (EDIFACT writes local time without zone)
    data = write_eancom([order], sender="3025590000008", prepared_at=prepared, control=1)
    assert data.split(b"\r\n")[1] == (b"UNB+UNOC:3+3025590000008:14+3012999000012:14+261123:0912+000001'")


@pytest.mark.parametrize(
    "change",
    [
        {"reference": "TOO LONG FOR IT"},
        {"reference": "A\r\nB"},
        {"buyer": "30259930209000"},
        {"supplier": "\u0663" * 14},
    ],
)
def test_what_does_not_fit_is_not_cut(change: dict[str, str]) -> None:
    [order], _ = read_bytes(SAMPLE[Format.CSV])
    with pytest.raises(ValueError, match="fit"):
        write_flat([replace(order, **change)])  # type: ignore[arg-type]


def test_quantities_that_do_not_fit() -> None:
    [order], _ = read_bytes(SAMPLE[Format.CSV])
    [line, _] = order.lines
    with pytest.raises(ValueError, match="1000"):
        write_csv([replace(order, lines=(line._replace(quantity=1_000),))])
    with pytest.raises(ValueError, match="cannot be ordered"):
        write_flat([replace(order, lines=(line._replace(quantity=0),))])
    with pytest.raises(ValueError, match="too many lines"):
        write_flat([replace(order, lines=(line,) * 9_995)])


@pytest.mark.parametrize("form", [Format.SERVICE_GENCOD, Format.SERVICE_EANCOM])
def test_service_messages_are_not_ours_to_write(form: Format) -> None:
    with pytest.raises(ValueError, match="network"):
        write([], form)


@pytest.mark.parametrize("form", ORDER_FORMATS)
def test_a_file_of_nothing(form: Format) -> None:
    found, [problem] = read_bytes(write([], form))
    assert found == []
    assert problem.severity == "error"
