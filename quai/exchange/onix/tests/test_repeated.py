"""What senders repeat from product to product is read once, and says the same each time."""

from __future__ import annotations

from lxml import etree

from quai.exchange.onix.read import repeated
from quai.exchange.onix.read.repeated import Remembered


def composite(name: str, price: str = "") -> etree._Element:
    return etree.fromstring(f"<Publisher><PublisherName>{name}</PublisherName>{price}</Publisher>")


class Reader:
    """Counts what it reads, and warns of the nameless."""

    def __init__(self) -> None:
        self.remembered = Remembered(self.really)
        self.times = 0

    def really(self, elements: list[etree._Element], *said: object) -> str:
        self.times += 1
        name = elements[0].findtext("PublisherName") or ""
        if not name and isinstance(said[-1], list):
            said[-1].append("no name")
        return name

    def read(self, element: etree._Element, *context: str) -> tuple[str, list[str]]:
        warnings: list[str] = []
        return self.remembered.read([element], *context, warnings=warnings), warnings


def test_the_same_words_are_read_once() -> None:
    reader = Reader()
    assert reader.read(composite("Gallimard")) == ("Gallimard", [])
    assert reader.read(composite("Gallimard")) == ("Gallimard", [])
    assert reader.read(composite("Actes Sud")) == ("Actes Sud", [])
    assert reader.times == 2


def test_a_warning_is_said_of_each_product() -> None:
    reader = Reader()
    assert reader.read(composite("")) == ("", ["no name"])
    assert reader.read(composite("")) == ("", ["no name"])


def test_an_attribute_or_another_default_makes_another_reading() -> None:
    reader = Reader()
    other = composite("Gallimard")
    other[0].set("textcase", "02")
    for element, context in ((composite("Gallimard"), "EUR"), (other, "EUR"), (other, "CHF")):
        reader.read(element, context)
    assert reader.times == 3


def test_what_follows_a_composite_is_not_its_own() -> None:
    reader = Reader()
    parent = etree.fromstring("<Product><Publisher/>\n  <Publisher/></Product>")
    for element in parent:
        reader.read(element)
    assert reader.times == 1


def test_memory_is_bounded() -> None:
    reader = Reader()
    long = repeated.LONGEST // 2
    for number in range(3 * repeated.ROOM // long):
        reader.read(composite(str(number) + "x" * long))
    assert 0 < len(reader.remembered) <= repeated.ROOM // long


def test_what_is_too_long_is_read_each_time() -> None:
    reader = Reader()
    for _ in range(2):
        reader.read(composite("x" * repeated.LONGEST))
    assert reader.times == 2
    assert len(reader.remembered) == 0
