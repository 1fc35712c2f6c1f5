"""Named statements: a sentence on top, and only the tables of their own package."""

from __future__ import annotations

import re

from quai.core import schema
from tests.architecture.source import HOUSE, PACKAGES, python_files, shown

STATEMENTS = sorted(HOUSE.glob("*/sql/*.sql"))
TABLE = re.compile(rf"\b({'|'.join(PACKAGES)})_[a-z_]+\b")
WRITES = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+([a-z_]+)", re.IGNORECASE)
TABLES = {model._meta.db_table for model in schema.tables()}


def code(text: str) -> str:
    """A statement without its comments."""
    return re.sub(r"--.*", "", text)


def test_each_statement_begins_with_a_sentence() -> None:
    silent = [shown(file) for file in STATEMENTS if not file.read_text(encoding="utf-8").startswith("-- ")]
    assert silent == []


def test_a_statement_reads_other_packages_only_through_their_views() -> None:
    strangers = [
        f"{shown(file)}: {match.group()}"
        for file in STATEMENTS
        for match in TABLE.finditer(code(file.read_text(encoding="utf-8")))
        if match.group() in TABLES and match.group(1) != file.parent.parent.name
    ]
    assert strangers == []


def test_a_statement_writes_only_at_home() -> None:
    abroad = [
        f"{shown(file)}: {table}"
        for file in STATEMENTS
        for table in WRITES.findall(code(file.read_text(encoding="utf-8")))
        if table in TABLES and not table.startswith(f"{file.parent.parent.name}_")
    ]
    assert abroad == []


def test_every_statement_is_used() -> None:
    """Named whole in the code, or by its own name where the folder is said once for several."""
    sources = "".join(file.read_text(encoding="utf-8") for file in python_files(tests=True))
    private = [file for file in STATEMENTS if not file.name.startswith("read_")]
    assert [shown(file) for file in private if not re.search(rf"\b{file.stem}\b", sources)] == []
