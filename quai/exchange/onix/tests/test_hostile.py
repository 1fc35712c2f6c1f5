"""Bytes meant to hurt, and bytes that were hurt: nothing crashes, hangs or hides the others."""

from __future__ import annotations

import gzip
import io
import itertools
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quai.access.types import Actor
from quai.billing.tests.conftest import cast as cast
from quai.catalogue.types import NoticeProblem, ProductNotice
from quai.exchange.onix import inbound
from quai.exchange.onix.read import detect, read
from quai.exchange.onix.read.cut import (
    CUT_SHORT,
    INCOMPLETE,
    MAX_PRODUCT,
    NO_END,
    NO_NOTICE,
    NO_START,
    TOO_BIG,
    UNCLOSED,
)
from quai.exchange.types import FileReport
from tests.cast import Cast

from .shelf import SAMPLES, both, message, notices, one, price, problems, product, sample

A, B, C = "9782070360024", "9782070408504", "9782070368228"
MUTABLE = [sample(name) for name in ("two_products", "short_tags", "utf_16", "entities", "test_prices3")]


def test_billion_laughs() -> None:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    doctype = f'<!DOCTYPE ONIXMessage [<!ENTITY l0 "lol">{levels}]>'
    assert one(message(product(title="&l9;"), head=doctype)).title == "&l9;"


def test_external_entities_are_not_fetched() -> None:
    entities = '<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "http://x/"> %p;'
    doctype = f"<!DOCTYPE ONIXMessage [{entities}]>"
    assert one(message(product(title="[&x;]"), head=doctype)).title == "[&x;]"
    inside = product(title='<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/hostname">]>&x;')
    assert len(problems(message(inside))) == 1


def test_depth() -> None:
    deep = "<d>" * 100_000 + "</d>" * 100_000
    [bad, good] = both(message(product(A, title=deep), product(B)))
    assert isinstance(bad, NoticeProblem)
    assert bad.message == "La notice n'est pas lue : la notice est trop profonde ou trop longue."
    assert isinstance(good, ProductNotice)
    assert one(message(deep, product(B))).gtin == B


def test_fifty_megabytes_in_one_product() -> None:
    content = message(product(A, title="x" * 50_000_000), product(B))
    [bad, good] = both(content)
    assert isinstance(bad, NoticeProblem)
    assert (bad.message, bad.reference) == (TOO_BIG, f"3010000000015-{A}")
    assert isinstance(good, ProductNotice)
    assert good.gtin == B


@pytest.mark.parametrize(
    "unit",
    [b"<!--", b"<![CDATA[", b"]]>", b"<!DOCTYPE", b"&", b"<Product", b"<a:", b" x:", b"<", b"\xe9", b"]   "],
)
@pytest.mark.parametrize("prefix", [b"", b"<Product>"])
def test_repetition_takes_no_more_than_its_time(unit: bytes, prefix: bytes) -> None:
    started = time.process_time()
    for _ in read(io.BytesIO(prefix + unit * (600_000 // len(unit)) + b"</Product>")):
        pass
    assert time.process_time() - started < 3


def test_invented_tags_do_not_pile_up() -> None:
    def tags(n: int) -> str:
        return product(A, title="".join(f"<t{n}x{i}/>" for i in range(3_000)))

    assert len(notices(message(*(tags(n) for n in range(20)), product(B)))) == 21


def test_a_broken_product_hides_no_other() -> None:
    broken = product(B).replace("</TitleText>", "</TitleTexte>")
    [first, problem, last] = both(message(product(A), broken, product(C)))
    assert isinstance(problem, NoticeProblem)
    assert problem == NoticeProblem(
        "error",
        "La notice n'est pas lue : une balise de fin ne correspond pas à la balise ouverte.",
        f"3010000000015-{B}",
        2,
        problem.line,
    )
    lines = message(product(A), broken, product(C)).splitlines()
    assert "</TitleTexte>" in lines[problem.line - 1]
    assert isinstance(first, ProductNotice)
    assert isinstance(last, ProductNotice)
    assert lines[last.line - 1] == "<Product>"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("</Product>", "", NO_END),
        ("<Product>", "<Prodct>", NO_START),
        ("<TitleText>", "<TitleText><![CDATA[", UNCLOSED),
        ("<TitleText>", "<TitleText><!-- ", UNCLOSED),
        (
            "<TitleText>",
            "<TitleText><",
            "La notice n'est pas lue : un signe « < » ne commence pas une balise.",
        ),
    ],
)
def test_each_fault_is_told_once_and_the_others_enter(old: str, new: str, reason: str) -> None:
    content = message(product(A), product(B).replace(old, new), product(C))
    assert [notice.gtin for notice in notices(content)] == [A, C]
    assert [problem.message for problem in problems(content)] == [reason]


def test_a_comment_never_closed_between_products_is_told() -> None:
    content = message(product(A), "<!-- ", product(B), "<!-- fin -->", product(C))
    assert [notice.gtin for notice in notices(content)] == [A, C]
    [problem] = problems(content)
    assert "notices non lues : 1" in problem.message


@pytest.mark.parametrize(
    "content",
    [b"", b"bonjour", b"\xff\xfe", b"\0" * 1000, b"<html><body/></html>", gzip.compress(b"x", mtime=0)],
)
def test_what_is_not_onix_is_said_once(content: bytes) -> None:
    assert [problem.message for problem in problems(content)] == [NO_NOTICE]
    assert not detect(content)


def test_a_message_without_product_is_fine() -> None:
    assert both('<ONIXMessage release="3.0"><Header/><NoProduct/></ONIXMessage>') == []


def test_a_file_cut_anywhere() -> None:
    whole = message(product(A), product(B), product(C)).encode()
    ends = [whole.index(b"</Product>") + 10]
    for _ in range(2):
        ends.append(whole.index(b"</Product>", ends[-1]) + 10)
    for cut_at in range(0, len(whole) - len("</ONIXMessage>\n"), 7):
        part = whole[:cut_at]
        read_notices, told = notices(part), [problem.message for problem in problems(part)]
        assert len(read_notices) == sum(end <= cut_at for end in ends)
        assert told[-1:] == ([INCOMPLETE] if b"<ONIXMessage " in part else [NO_NOTICE])
        begun = part.count(b"<Product>") > len(read_notices)
        assert (CUT_SHORT in told) == begun


@pytest.mark.parametrize("name", ["two_products", "utf_16", "onix3-multiple"])
def test_samples_cut_anywhere(name: str) -> None:
    whole = sample(name)
    everything = notices(whole)
    for cut_at in range(1, len(whole), max(101, len(whole) // 40)):
        kept = notices(whole[:cut_at])
        assert kept == everything[: len(kept)]
        assert problems(whole[:cut_at])


class Dribble(io.RawIOBase):
    """A stream that gives a few bytes at a time."""

    def __init__(self, content: bytes, size: int) -> None:
        self._content, self._size, self._at = content, size, 0

    def read(self, size: int = -1) -> bytes:
        end = self._at + min(self._size, size)
        part, self._at = self._content[self._at : end], end
        return part


@pytest.mark.parametrize("chunk", [100, 1_000, 1_777])
def test_chunks_change_nothing(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from quai.exchange.onix.read import source

    contents = [
        sample("onix3-multiple"),
        sample("utf_16"),
        message(product(A), f"<!-- {product(B)} -->", product(C)).encode(),
    ]
    expected = [both(content) for content in contents]
    monkeypatch.setattr(source, "CHUNK", 5_000 + chunk)
    for content, wanted in zip(contents, expected, strict=True):
        assert list(read(Dribble(content, chunk))) == wanted  # type: ignore[arg-type]


class Endless(io.RawIOBase):
    """A message of many products made as it is read."""

    def __init__(self, made: Iterator[str]) -> None:
        self._parts = itertools.chain([b"<ONIXMessage><Header/>"], map(str.encode, made), [b"</ONIXMessage>"])
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (part := next(self._parts, b"")):
            self._left += part
        given, self._left = self._left[:size], self._left[size:]
        return given


def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        made = (product(title=f"Titre {n}", supply=price("7.50")) for n in range(count))
        tracemalloc.start()
        assert sum(isinstance(each, ProductNotice) for each in read(Endless(made))) == count  # type: ignore[arg-type]
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(2_500) < peak(800) * 1.1


def test_fifty_thousand_products() -> None:
    identifier = (
        f"<ProductIdentifier><ProductIDType>03</ProductIDType><IDValue>{A}</IDValue></ProductIdentifier>"
    )
    made = (
        f"<Product><RecordReference>r{n}</RecordReference><NotificationType>05</NotificationType>{identifier}</Product>\n"
        for n in range(1, 50_001)
    )
    for rank, each in enumerate(read(Endless(made)), start=1):  # type: ignore[arg-type]
        assert isinstance(each, ProductNotice)
        assert (each.position, each.record_reference) == (rank, f"r{rank}")
    assert rank == 50_000


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes(content: bytes) -> None:
    for wrapped in (content, b"<ONIXMessage><Product>" + content + b"</Product></ONIXMessage>"):
        for each in both(wrapped):
            assert isinstance(each, ProductNotice | NoticeProblem)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_mutated_samples(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(MUTABLE)))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        tokens = st.sampled_from(
            [b"<", b">", b"&", b"]]>", b"<!--", b"</Product>", b"<Product>", b"\0", b"\xff"]
        )
        content[start : start + length] = data.draw(tokens | st.binary(max_size=10))
    for each in both(bytes(content)):
        assert isinstance(each, ProductNotice | NoticeProblem)
        assert each.line <= bytes(content).count(b"\n") + 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_mutation_inside_one_product_touches_no_other(data: st.DataObject) -> None:
    """As long as it does not write the tags that delimit products, comments or CDATA."""
    middle = bytearray(product(B).encode())
    start = data.draw(st.integers(len("<Product>"), len(middle) - len("</Product>\n")))
    junk = data.draw(st.binary(max_size=20)).replace(b"!", b"?").replace(b"P", b"Q").replace(b"p", b"q")
    middle[start:start] = junk
    content = message(product(A)).replace("</ONIXMessage>\n", "").encode() + bytes(middle)
    content += (product(C) + "</ONIXMessage>").encode()
    read_gtins = [notice.gtin for notice in notices(content)]
    assert (read_gtins[0], read_gtins[-1]) == (A, C)
    assert len(both(content)) == 3


def test_the_limit_is_above_real_files() -> None:
    assert max(path.stat().st_size for path in SAMPLES.glob("*.xml")) * 10 < MAX_PRODUCT


def test_a_file_of_broken_notices_is_counted_not_listed(
    cast: Cast, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "MAX_PROBLEMS", 10)
    report = FileReport("titres.xml", "")
    content = message("<Product/>" * 25, product()).encode()
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    inbound.take_in(report, io.BytesIO(content), message_id=1, at=at, by=actor)
    assert report.products["refused"] == 26  # nobody publishes the last one
    assert len(report.problems) == 10 + 1 + 1
    assert "15 autres anomalies" in report.problems[-1].message
