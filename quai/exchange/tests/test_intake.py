"""Whatever comes to the door is told, and what was refused may come again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from quai.access.types import Actor
from quai.catalogue.models import Description, Notice, Price
from quai.exchange import intake
from quai.exchange.models import Message, Outcome
from quai.exchange.types import FileReport
from quai.orders.models import Order
from quai.parties.models import Gln
from tests import cast

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
OTHER_HOUSE = "3012999000029"
BOOK, OTHER_BOOK = "9782070360024", "9782842604363"


def order(reference: str, *lines: str, supplier: str = cast.HOUSE_GLN) -> list[str]:
    """The records of a flat order; a line is a GTIN and its quantity."""
    head = [f"A0001{supplier}", f"B0002{cast.SHOP_GLN}", f"C0003{reference}", "D000420260302"]
    body = [f"L{number:04}{line}" for number, line in enumerate(lines, 5)]
    return [*head, *body, f"Q{len(head) + len(body) + 1:04}"]


def file(*records: str) -> bytes:
    return "".join(f"{record}\r\n" for record in records).encode()


def receive(content: bytes, actor: Actor, name: str = "file") -> FileReport:
    return intake.receive(name=name, origin="test", content=content, at=AT, by=actor)


def outcomes(report: FileReport) -> tuple[str, list[tuple[str, str]]]:
    return str(report.outcome), [(order.reference, order.outcome) for order in report.orders]


def product(gtin: str, title: str, *, notification: str = "03", tax: str = "", price: str = "20.00") -> str:
    return (
        f"<Product><RecordReference>{gtin}</RecordReference><NotificationType>{notification}</NotificationType>"
        f"<ProductIdentifier><ProductIDType>03</ProductIDType><IDValue>{gtin}</IDValue></ProductIdentifier>"
        "<DescriptiveDetail><ProductForm>BC</ProductForm><TitleDetail><TitleType>01</TitleType><TitleElement>"
        f"<TitleElementLevel>01</TitleElementLevel><TitleText>{title}</TitleText></TitleElement></TitleDetail>"
        "</DescriptiveDetail><PublishingDetail><Publisher><PublishingRole>01</PublishingRole>"
        "<PublisherName>Éditions du Phare</PublisherName></Publisher></PublishingDetail>"
        "<ProductSupply><SupplyDetail><ProductAvailability>21</ProductAvailability>"
        f"<Price><PriceType>04</PriceType><PriceAmount>{price}</PriceAmount>{tax}"
        "<CurrencyCode>EUR</CurrencyCode></Price></SupplyDetail></ProductSupply></Product>"
    )


def notices(*products: str, between: str = "") -> bytes:
    return f"<ONIXMessage release='3.0'>{between.join(products)}</ONIXMessage>".encode()


def rate(percent: str) -> str:
    return f"<Tax><TaxType>01</TaxType><TaxRatePercent>{percent}</TaxRatePercent></Tax>"


@pytest.fixture
def house(act: int) -> cast.Cast:
    return cast.make(act)


def test_each_order_and_each_line_has_its_outcome(actor: Actor, house: cast.Cast) -> None:
    content = file(
        *order("GOOD", f"{BOOK}000001", f"{OTHER_BOOK}00000X"),
        *order("CUT", f"{BOOK}000003")[:-1],
        *order("ALIEN", f"{BOOK}000002", supplier=OTHER_HOUSE),
    )
    report = receive(content, actor)
    assert outcomes(report) == (
        "partial", [("GOOD", "received"), ("CUT", "refused"), ("ALIEN", "refused")]
    )  # fmt: skip
    assert [
        [(line.ean, line.quantity, line.fate, line.reason) for line in one.lines] for one in report.orders
    ] == [
        [(BOOK, 1, "refused", "unknown_gtin"), (OTHER_BOOK, 0, "refused", "bad_quantity")],
        [(BOOK, 3, "refused", "incomplete_order")],
        [(BOOK, 2, "refused", "not_ours")],
    ]
    assert Counter(problem.order for problem in report.problems) == {"GOOD": 1, "CUT": 1, "ALIEN": 1}
    assert Order.objects.count() == 1


def test_a_file_of_which_nothing_enters_is_refused(actor: Actor, house: cast.Cast) -> None:
    report = receive(file(*order("CUT", f"{BOOK}000003")[:-1]), actor)
    assert outcomes(report) == ("refused", [("CUT", "refused")])
    assert not Order.objects.exists()


def test_a_file_partly_refused_is_resumed_once_its_cause_is_mended(
    actor: Actor, act: int, house: cast.Cast
) -> None:
    content = file(*order("OURS", f"{BOOK}000001"), *order("THEIRS", f"{BOOK}000002", supplier=OTHER_HOUSE))
    assert outcomes(receive(content, actor)) == ("partial", [("OURS", "received"), ("THEIRS", "refused")])
    again = receive(content, actor, name="the same under another name")
    assert outcomes(again) == ("partial", [("OURS", "duplicate"), ("THEIRS", "refused")])
    assert (Order.objects.count(), Outcome.objects.count(), Message.objects.count()) == (1, 1, 1)

    Gln.objects.create(gln=OTHER_HOUSE, party_id=house.house, act_id=act)  # we took that house over
    mended = receive(content, actor)
    assert outcomes(mended) == ("received", [("OURS", "duplicate"), ("THEIRS", "received")])
    assert [len(one.lines) for one in mended.orders] == [0, 1]
    assert Order.objects.count() == 2
    assert outcomes(receive(content, actor)) == (
        "duplicate",
        [("OURS", "duplicate"), ("THEIRS", "duplicate")],
    )
    assert Order.objects.count() == 2


def test_a_refused_notice_is_tried_again_and_the_others_stay_as_they_became(
    actor: Actor, house: cast.Cast
) -> None:
    content = notices(
        product(BOOK, "L’Encre"), product(OTHER_BOOK, "Le Sel", notification="04", price="9.00")
    )
    first = receive(content, actor)
    assert (str(first.outcome), first.products) == ("partial", {"received": 1, "refused": 1})
    same = receive(content, actor)
    assert (str(same.outcome), same.products) == ("partial", {"received": 1, "refused": 1})
    assert (Notice.objects.count(), Outcome.objects.count()) == (2, 1)

    receive(notices(product(BOOK, "L’Encre noire"), product(OTHER_BOOK, "Le Sel", price="8.00")), actor)
    mended = receive(content, actor)
    assert (str(mended.outcome), mended.products) == ("received", {"received": 2, "refused": 0})
    assert str(receive(content, actor).outcome) == "duplicate"
    assert list(
        Description.objects.filter(product__gtin=BOOK).order_by("id").values_list("title", flat=True)
    ) == [
        "L’Encre",
        "L’Encre noire",  # what came since is not undone
    ]
    prices = Price.objects.filter(product__gtin=OTHER_BOOK).order_by("id")
    assert [str(price.retail_price) for price in prices] == ["8.00", "9.00"]


def test_a_notice_that_said_nothing_new_does_not_undo_what_came_since(actor: Actor, house: cast.Cast) -> None:
    receive(notices(product(BOOK, "L’Encre")), actor)
    half = notices(product(BOOK, "L’Encre"), product(OTHER_BOOK, "Le Sel", notification="04"))
    assert receive(half, actor).products == {"received": 1, "refused": 1}
    receive(notices(product(BOOK, "L’Encre noire")), actor)
    assert receive(half, actor).products == {"received": 1, "refused": 1}
    assert Description.objects.order_by("-id")[0].title == "L’Encre noire"


def test_a_refused_notice_does_not_pass_a_later_one_of_its_file(actor: Actor, house: cast.Cast) -> None:
    content = notices(
        product(BOOK, "L’Encre", notification="04", price="9.00"),
        product(BOOK, "L’Encre", price="8.00"),
        between="\n",
    )
    assert receive(content, actor).products == {"received": 1, "refused": 1}
    assert receive(content, actor).products == {"received": 1, "refused": 1}
    assert [str(price.retail_price) for price in Price.objects.all()] == ["8.00"]


def test_a_file_of_notices_refused_whole_may_come_again(actor: Actor, house: cast.Cast) -> None:
    content = notices(product(BOOK, "L’Encre", notification="04"))
    for _ in range(2):
        assert str(receive(content, actor).outcome) == "refused"
    receive(notices(product(BOOK, "L’Encre")), actor)
    assert receive(content, actor).products == {"received": 1, "refused": 0}


@pytest.mark.parametrize(
    ("tax", "said"),
    [
        (rate("5.5"), ""),
        (rate("0"), ""),
        (rate("7.77"), "7.77 % n’est pas un taux connu"),
        ("", "ne dit pas sa TVA"),
        (rate("250"), "ne dit pas sa TVA"),
    ],
)
def test_an_odd_vat_rate_warns_and_enters(actor: Actor, house: cast.Cast, tax: str, said: str) -> None:
    report = receive(notices(product(BOOK, "L’Encre", tax=tax)), actor)
    assert (str(report.outcome), report.products) == ("received", {"received": 1, "refused": 0})
    told = [problem.message for problem in report.problems if problem.severity == "warning"]
    assert any(said in message for message in told) if said else told == []
    [price] = Price.objects.all()
    assert str(price.retail_price) == "20.00"


def test_products_enter_before_orders_whatever_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(file(*order("R1", f"{BOOK}000001")))
    (tmp_path / "b.bin").write_bytes(b"what is this")
    (tmp_path / "z.xml").write_bytes(notices(product(BOOK, "L’Encre")))
    files = intake.files_of([tmp_path])
    assert [one.name for one in files] == ["a.txt", "b.bin", "z.xml"]
    assert [one.name for one in intake.in_order_of_need(files)] == ["z.xml", "a.txt", "b.bin"]


def test_a_folder_gives_each_file_once_and_names_what_is_none(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "b.txt").write_bytes(b"b")
    (inner / ".half").write_bytes(b"being written")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.txt").write_bytes(b"c")
    (tmp_path / "a.txt").write_bytes(b"a")
    (inner / "back").symlink_to(tmp_path)
    (inner / "loop").symlink_to(inner / "loop")
    files = intake.files_of([tmp_path, tmp_path / "a.txt", tmp_path, inner])
    assert [str(one.relative_to(tmp_path)) for one in files] == [
        "a.txt",
        "inner/b.txt",
        "inner/back",
        "inner/loop",
    ]


def test_what_cannot_be_read_is_told_and_stops_nobody(actor: Actor, house: cast.Cast, tmp_path: Path) -> None:
    (tmp_path / "back").symlink_to(tmp_path)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "gone.txt").write_bytes(b"a")
    (tmp_path / "xxxx").write_bytes(file(*order("R1", f"{BOOK}000001")))
    files = intake.files_of([tmp_path, tmp_path / "never", tmp_path / ("long" * 100)])
    (tmp_path / "gone.txt").unlink()
    reports = {one.name[:8]: one for one in (intake.receive_file(file, at=AT, by=actor) for file in files)}
    said = {name: [problem.message for problem in report.problems] for name, report in reports.items()}
    assert said == {
        "back": ["Ce lien mène à un dossier, il n’est pas suivi : donnez le dossier lui-même."],
        "gone.txt": ["Ce fichier n’existe pas, ou n’existe plus : rien n’est lu."],
        "loop": ["Ce lien ne mène à aucun fichier : rien n’est lu."],
        "longlong": ["Ce fichier ne peut pas être ouvert : File name too long."],
        "never": ["Ce fichier n’existe pas, ou n’existe plus : rien n’est lu."],
        "xxxx": [],
    }
    assert {name for name, report in reports.items() if report.outcome == "received"} == {"xxxx"}


def test_a_name_in_no_known_alphabet_is_still_a_name(actor: Actor, house: cast.Cast, tmp_path: Path) -> None:
    odd = Path(str(tmp_path) + "/caf\udce9.txt")
    odd.write_bytes(file(*order("R1", f"{BOOK}000001")))
    assert intake.receive_file(odd, at=AT, by=actor).name == "caf�.txt"


def test_reading_is_followed_byte_by_byte(actor: Actor, house: cast.Cast, tmp_path: Path) -> None:
    seen: list[int] = []
    path = tmp_path / "orders.txt"
    path.write_bytes(file(*order("R1", f"{BOOK}000001")))
    intake.receive_file(path, at=AT, by=actor, watch=seen.append)
    assert sum(seen) == path.stat().st_size


def test_the_day_of_a_lost_order_survives_the_archive(actor: Actor, house: cast.Cast) -> None:
    report = receive(file(*order("CUT", f"{BOOK}000003")[:-1]), actor)
    assert report.orders[0].ordered_on == date(2026, 3, 2)
    [kept] = Outcome.objects.all()
    assert kept.report["orders"][0]["ordered_on"] == "2026-03-02"
