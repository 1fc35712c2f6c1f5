"""Reading product files: speed beside the parser alone, and memory that does not grow with the file."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import median

from lxml import etree

from benchmarks import made_up
from benchmarks.works import Figure, Goal, Measure, Trial, Work, beside, demand, seconds
from quai.catalogue.types import ProductNotice
from quai.config import boot
from quai.core import house
from quai.demo.world import HOUSE_GLN
from quai.exchange.onix.read import read
from quai.exchange.onix.write import NAMESPACE, Sender, write

PRODUCTS = {"tiny": 120, "small": 5_000, "large": 25_000}
SMALLER = 4  # the file that memory is compared with is so many times smaller
SUBJECTS = "".join(
    f"<Subject><SubjectSchemeIdentifier>{scheme}</SubjectSchemeIdentifier><SubjectCode>{code}</SubjectCode></Subject>"
    for scheme, code in (("29", "3442"), ("93", "FBA"), ("93", "FXB"), ("94", "1DDF"))
)
_TEXT = (
    "<p>Un été, au bord du fleuve, une famille vend la maison où elle ne revenait plus &amp; se souvient.</p>"
    * 6
)
BLURB = (
    "<CollateralDetail>"
    + "".join(
        f"<TextContent><TextType>{kind}</TextType><ContentAudience>00</ContentAudience>"
        f'<Text textformat="05">{_TEXT}</Text></TextContent>'
        for kind in ("02", "03", "12")
    )
    + "<SupportingResource><ResourceContentType>01</ResourceContentType><ContentAudience>00</ContentAudience>"
    "<ResourceMode>03</ResourceMode><ResourceVersion><ResourceForm>02</ResourceForm>"
    "<ResourceLink>https://exemple.test/couverture.jpg</ResourceLink></ResourceVersion></SupportingResource>"
    "</CollateralDetail>"
)
ROOT = Path(__file__).resolve().parents[1]


@cache
def _dense(size: str, products: int) -> bytes:
    """Files of codes, numbers and names only: what we write says what we use, about 2 kB a product."""
    sender = Sender(HOUSE_GLN, "Maison Exemple")
    notices = made_up.notices("tiny" if size == "tiny" else "small", products)
    return b"".join(write(notices, sender=sender, at=house.instant(made_up.DAY, 6)))


@cache
def _file(size: str, products: int) -> bytes:
    """A file as publishers send it, about 5 kB a product: more than half of it is for readers of books."""
    return _dense(size, products).replace(
        b"</DescriptiveDetail>", SUBJECTS.encode() + b"</DescriptiveDetail>" + BLURB.encode()
    )


def _run(trial: Trial) -> Mapping[str, Figure]:
    boot.collect_seldom()  # as every command does
    products = PRODUCTS[trial.size]
    content, dense = _file(trial.size, products), _dense(trial.size, products)
    size = f"{products:,} products"
    whole = median(_peak(content) for _ in range(trial.rounds))
    part = median(_peak(_file(trial.size, products // SMALLER)) for _ in range(trial.rounds))
    return {
        "onix": _speed(content, products, trial.rounds),
        "onix_dense": _speed(dense, products, trial.rounds),
        "onix_mb": Figure(whole, size, part, whole / part),
    }


def _speed(content: bytes, products: int, rounds: int) -> Figure:
    found = [item for item in read(BytesIO(content)) if isinstance(item, ProductNotice)]
    demand(len(found) == products, f"{products} products written, {len(found)} read")
    return beside(
        lambda: products / seconds(lambda: _read(content)),
        lambda: products / seconds(lambda: _parse(content)),
        rounds=rounds,
        size=f"{products:,} products of {len(content) / products / 1000:.1f} kB",
    )


def _read(content: bytes) -> None:
    for _ in read(BytesIO(content)):
        pass


def _parse(content: bytes) -> None:
    """What no reader built on lxml can go below: every product parsed, and dropped."""
    for _, element in etree.iterparse(BytesIO(content), tag=f"{{{NAMESPACE}}}Product"):
        element.clear()


def _peak(content: bytes) -> float:
    """The most memory (MB) that a process of its own ever held while it read this file."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-P", "-m", "benchmarks.peak", file.name]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return float(told)


WORKS = [
    Work(
        (
            Measure(
                "onix", "read ONIX 3", "products/s", Goal(1 / 3, "least", "ratio"), "lxml iterparse alone"
            ),
            Measure(
                "onix_dense",
                "read ONIX 3 without texts",
                "products/s",
                Goal(1 / 3, "least", "ratio"),
                "lxml iterparse alone",
            ),
            Measure(
                "onix_mb",
                "peak memory reading ONIX",
                "MB",
                Goal(1.1, "most", "ratio"),
                f"a file {SMALLER} times smaller",
            ),
        ),
        _run,
    )
]
