"""EANCOM ORDERS: separators, dates, counts, and messages that are no orders."""

from __future__ import annotations

from datetime import date

import pytest

from quai.exchange.dilicom.detect import Format
from quai.exchange.dilicom.tests.shelf import (
    BOOK,
    HOUSE,
    OTHER_BOOK,
    OUTLET,
    RELAY,
    SAMPLE,
    SHOP,
    messages,
    read_bytes,
)
from quai.orders.types import Kind, OrderedLine, OrderMessage, Problem

UNB = "UNB+UNOC:3+3025590000008:14+3012999000012:14+261123:0912+000001"
HEADER = ("BGM+220+CMD1+9", "DTM+137:20261123:102", f"NAD+SU+{HOUSE}::9", f"NAD+BY+{SHOP}::9")
LINE = (f"LIN+1++{BOOK}:EN", "QTY+21:2")


def message(*body: str, number: int = 1, count: int | None = None) -> tuple[str, ...]:
    count = len(body) + 2 if count is None else count
    return (f"UNH+{number}+ORDERS:D:96A:UN:EAN008", *body, f"UNT+{count}+{number}")


def interchange(*segments: str, messages: int = 1, end: str = "'") -> bytes:
    return "".join(f"{segment}{end}" for segment in (UNB, *segments, f"UNZ+{messages}+000001")).encode(
        "latin-1"
    )


ORDER = message(*HEADER, *LINE, "UNS+S")


def only(data: bytes) -> OrderMessage:
    """The order of a file that holds just one, with nothing to say of the file."""
    [order], problems = read_bytes(data)
    assert problems == []
    return order


def test_every_segment_is_read() -> None:
    [first, second], problems = read_bytes(SAMPLE[Format.EANCOM])
    assert problems == []
    assert first == OrderMessage(
        supplier=HOUSE,
        buyer=SHOP,
        deliver_to=OUTLET,
        reference="CMD00301",
        ordered_on=date(2026, 11, 23),
        earliest_on=date(2026, 11, 24),
        latest_on=date(2026, 11, 30),
        lines=(OrderedLine(BOOK, 3, "L0000001", 11), OrderedLine(OTHER_BOOK, 1, "L0000002", 14)),
        position=2,
    )
    assert (second.relay, second.earliest_on, second.latest_on) == (RELAY, date(2026, 11, 25), None)


@pytest.mark.parametrize("end", ["'", "'\r\n", "'\n", "' \r\n", "'\r\n\r\n", "''"])
def test_line_breaks_after_terminators(end: str) -> None:
    assert only(interchange(*ORDER, end=end)).problems == ()


def test_lines_broken_every_eighty_characters() -> None:
    data = interchange(*ORDER)
    broken = b"\r\n".join(data[start : start + 80] for start in range(0, len(data), 80))
    assert only(broken).lines[0][:2] == (BOOK, 2)


@pytest.mark.parametrize("una", [":+.? '", ":+,? '", "|#,! ~", "\x1f\x1d.? \x1c", ":+.? \n", ":+.  '"])
def test_una_is_honoured(una: str) -> None:
    component, element, _, _, _, terminator = list(una)
    ours = interchange(*ORDER).decode()
    ours = ours.translate({ord(":"): component, ord("+"): element, ord("'"): terminator})
    order = only(f"UNA{una}{ours}".encode())
    assert (order.reference, order.lines[0].quantity, order.problems) == ("CMD1", 2, ())


@pytest.mark.parametrize("una", [":+.?  ", "::.? '", "AB.? '", ":+.+ '", ":+.?"])
def test_absurd_una(una: str) -> None:
    orders, problems = read_bytes(f"UNA{una}".encode() + interchange(*ORDER))
    assert orders == []
    assert problems[0].severity == "error"


def test_release_character() -> None:
    body = ("BGM+220+C?+D?:1?'?++9", "FTX+AAI+++L?'ENCRE ?+ CIE ??", *HEADER[1:], *LINE)
    order = only(interchange(*message(*body)))
    assert (order.reference, order.problems) == ("C+D:1'+", ())


def test_a_release_character_at_the_end_of_a_text_ends_nothing() -> None:
    body = (*HEADER[:1], "FTX+AAI+++100 % ??", *HEADER[1:], *LINE)
    assert only(interchange(*message(*body))).lines[0].gtin == BOOK


@pytest.mark.parametrize(
    ("segments", "earliest", "latest"),
    [
        (("DTM+2:20261125:102",), date(2026, 11, 25), None),
        (("DTM+64:202611250800:203",), date(2026, 11, 25), None),
        (("DTM+63:20261130:102",), None, date(2026, 11, 30)),
        (("DTM+2:20261125-20261130:718",), date(2026, 11, 25), date(2026, 11, 30)),
        (("DTM+64:2026112520261130:718",), date(2026, 11, 25), date(2026, 11, 30)),
        (("DTM+64:20261125:102", "DTM+64:0800:401"), date(2026, 11, 25), None),
        (("DTM+2:20261125",), date(2026, 11, 25), None),
    ],
)
def test_date_formats(segments: tuple[str, ...], earliest: date | None, latest: date | None) -> None:
    order = only(interchange(*message(*HEADER, *segments, *LINE)))
    assert (order.earliest_on, order.latest_on, order.problems) == (earliest, latest, ())


def test_dates_and_parties_of_a_line_are_not_those_of_the_order() -> None:
    order = only(interchange(*message(*HEADER, *LINE, "DTM+2:20270101:102", f"NAD+DP+{OUTLET}::9")))
    assert (order.earliest_on, order.deliver_to) == (None, "")
    assert "NAD DP" in messages(order.problems)


def test_segments_we_do_not_use_are_ignored() -> None:
    extra = ("TOD+3++CAF", "LOC+7+X", "CUX+2:EUR:9", "PAT+1")
    lines = (LINE[0], "PIA+1+X:SA", "IMD+F+M+++TITRE", "QTY+192:1", LINE[1], "PRI+AAA:8.5", "PAC+1")
    order = only(interchange(*message(*HEADER, *extra, *lines, "UNS+S", "MOA+86:17")))
    assert (order.lines, order.problems) == ((OrderedLine(BOOK, 2, "", 11),), ())


def test_rush_order() -> None:
    assert only(interchange(*message("BGM+224+CMD1+9", *HEADER[1:], *LINE))).kind is Kind.URGENT


@pytest.mark.parametrize("quantity", ["2", "2.000", " 2 ", "0002", "2:PCE"])
def test_quantities(quantity: str) -> None:
    assert only(interchange(*message(*HEADER, LINE[0], f"QTY+21:{quantity}"))).lines[0].quantity == 2


@pytest.mark.parametrize("quantity", ["0", "-1", "2.5", "", "999999999", "douze", "²"])
def test_bad_quantity_refuses_its_line_only(quantity: str) -> None:
    bad = (f"LIN+1++{OTHER_BOOK}:EN", f"QTY+21:{quantity}", "RFF+CR:CLIENT 7")
    [order], [problem] = read_bytes(interchange(*message(*HEADER, *bad, *LINE)))
    assert [line.gtin for line in order.lines] == [BOOK]
    assert (problem.severity, problem.line, problem.position) == ("error", "CLIENT 7", 7)
    assert "segment 7" in problem.message


def test_a_line_without_quantity_or_code() -> None:
    [order], [problem] = read_bytes(interchange(*message(*HEADER, f"LIN+1++{BOOK}:EN", "LIN+2", LINE[1])))
    assert [line.gtin for line in order.lines] == [""]  # the domain refuses it
    assert "« vide »" in problem.message


@pytest.mark.parametrize(
    ("code", "read_as"),
    [("978-2-07-036002-4", BOOK), ("2070360024", BOOK), ("9782070360025", "9782070360025")],
)
def test_codes(code: str, read_as: str) -> None:
    order = only(interchange(*message(*HEADER, f"LIN+1++{code}:EN", LINE[1])))
    assert order.lines[0].gtin == read_as


def test_long_references() -> None:
    body = ("BGM+220+COMMANDE2026-42+9", *HEADER[1:], *LINE, "RFF+CR:MADAME DUPONT")
    order = only(interchange(*message(*body)))
    assert (order.reference, order.lines[0].line_reference) == ("COMMANDE2026-42", "MADAME D")
    assert len(order.problems) == 2


def test_missing_segments_are_a_truncated_order() -> None:
    orders, [problem] = read_bytes(interchange(*message(*HEADER, *LINE, count=11)))
    assert orders == []
    assert (problem.severity, problem.order) == ("error", "CMD1")
    assert "11 segments" in problem.message


@pytest.mark.parametrize(
    "segments",
    [
        message(*HEADER, *LINE, count=7),
        message(*HEADER, *LINE, "UNS+S", "CNT+2:2"),
    ],
)
def test_wrong_counts_that_hide_nothing_only_warn(segments: tuple[str, ...]) -> None:
    order = only(interchange(*segments))
    assert [problem.severity for problem in order.problems] == ["warning"]


@pytest.mark.parametrize(
    ("segments", "word"),
    [
        (ORDER[:-1], "UNT"),
        ((*ORDER[:-1], *message(*HEADER, *LINE, number=2)[1:]), "mêlées"),
        ((*message(*HEADER, *LINE)[:-1], "UNT+8+9"), "mêlées"),
        (message(*HEADER[:1], *HEADER[2:], *LINE), "date"),
        (message("BGM+220++9", *HEADER[1:], *LINE), "référence"),
        (message(*HEADER), "aucune ligne"),
        (message("BGM+220+CMD1+1", *HEADER[1:], *LINE), "annulation"),
        (message("BGM+220+CMD1+5", *HEADER[1:], *LINE), "remplacement"),
    ],
)
def test_what_is_not_whole_or_not_new_never_enters(segments: tuple[str, ...], word: str) -> None:
    [order], [problem] = read_bytes(interchange(*segments, *message(*HEADER, *LINE, number=3), messages=2))
    assert order.position == len(segments) + 2
    assert problem.severity == "error"
    assert word in problem.message


def test_a_test_interchange_is_not_prepared() -> None:
    text = interchange(*ORDER).decode().replace(UNB, f"{UNB}++++++1")
    orders, [problem] = read_bytes(text.encode())
    assert orders == []
    assert "essai" in problem.message


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (interchange(*ORDER)[: -len("UNZ+1+000001'")], "UNZ"),
        (interchange(*ORDER, messages=2), "annonce"),
        (interchange(*ORDER, "UNH+2+INVOIC:D:96A", "BGM+380+1", "UNT+3+2", messages=2), "INVOIC"),
    ],
)
def test_the_file_is_warned_of_and_whole_orders_enter(data: bytes, word: str) -> None:
    [order], [problem] = read_bytes(data)
    assert order.reference == "CMD1"
    assert problem.severity == "warning"
    assert word in problem.message


def test_without_envelope() -> None:
    assert only("".join(f"{segment}'" for segment in ORDER).encode()).position == 1


def test_two_interchanges_in_one_file() -> None:
    whole = b"UNA:+.? '" + interchange(*ORDER)
    orders, problems = read_bytes(whole + b"\r\n" + whole)
    assert (len(orders), problems) == (2, [])


@pytest.mark.parametrize("una", ["UNA|#,! '", "UNA:+.? ~"])
def test_other_separators_later_in_the_file_are_told(una: str) -> None:
    [order], problems = read_bytes(interchange(*ORDER) + una.encode() + interchange(*ORDER))
    assert order.reference == "CMD1"
    assert [problem.severity for problem in problems] == ["error"]


def test_an_unterminated_end_is_told() -> None:
    [order], [problem] = read_bytes(interchange(*ORDER) + b"UNB+UNOC:3+30255900")
    assert order.reference == "CMD1"
    assert isinstance(problem, Problem)
    assert problem.severity == "error"


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "cp850"])
def test_accents(encoding: str) -> None:
    data = interchange(*message("BGM+220+CMDÉ1+9", *HEADER[1:], *LINE)).decode("latin-1").encode(encoding)
    assert only(data).reference == "CMDÉ1"
