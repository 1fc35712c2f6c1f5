"""The source of the house, read once for the tests that hold its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "quai"

# Layers, bottom first; those of issues to come are named already, so that they find their place.
LAYERS = (
    ("core",),
    ("access",),
    ("parties",),
    ("catalogue",),
    ("stock", "accounts"),
    ("terms",),
    ("orders",),
    ("offices",),
    ("warehouse",),
    ("billing",),
    ("returns", "claims"),
    ("settlement",),
    ("exchange",),
    ("desk", "portals"),
    ("relief",),
    ("demo",),
    ("config",),
    ("cli",),
)
PACKAGES = tuple(package for layer in LAYERS for package in layer)


def python_files(*, tests: bool = False) -> list[Path]:
    """Every Python file of the house; tests and migrations only if asked for."""
    files = sorted(HOUSE.rglob("*.py"))
    return [file for file in files if "migrations" not in file.parts and (tests or "tests" not in file.parts)]


@cache
def tree(file: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(file.read_text(encoding="utf-8"))


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    return (
        node for node in ast.walk(tree(file)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )


def package_of(file: Path) -> str:
    """The package a file belongs to."""
    return file.relative_to(HOUSE).parts[0]


def shown(file: Path) -> str:
    """A file as people name it."""
    return str(file.relative_to(ROOT))
