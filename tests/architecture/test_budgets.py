"""Files have one job, functions one level."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import HOUSE, PACKAGES, ROOT, functions, package_of, python_files, shown, tree

LONGEST_FILE, LONGEST_FUNCTION, DEEPEST = 500, 60, 3
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.AsyncFor, ast.AsyncWith, ast.Match)
CLOCKS = {"now", "today", "utcnow", "time"}


def test_no_file_is_long() -> None:
    lengths = {
        shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in python_files(tests=True)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    long = {
        f"{shown(file)}:{node.name}": node.end_lineno - node.lineno + 1
        for file in python_files()
        for node in functions(file)
        if node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_function_is_deep() -> None:
    deep = [
        f"{shown(f)}:{node.name}"
        for f in python_files()
        for node in functions(f)
        if _depth(node.body) > DEEPEST
    ]
    assert deep == []


def test_every_package_has_its_place_in_the_layers() -> None:
    folders = {file.parent.name for file in HOUSE.glob("*/__init__.py")}
    assert folders <= set(PACKAGES)


def test_every_package_has_a_front_door() -> None:
    silent = [shown(file) for file in HOUSE.glob("*/__init__.py") if not ast.get_docstring(tree(file))]
    assert silent == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [shown(f) for f in python_files() if f.name != "__init__.py" and not ast.get_docstring(tree(f))]
    assert silent == []


def test_public_functions_have_a_docstring() -> None:
    silent = [
        f"{shown(file)}:{node.name}"
        for file in python_files()
        if file.name != "apps.py"  # Django's form, one class with one line
        for node in tree(file).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_clock_inside_a_verb() -> None:
    """Time is passed in: `at`."""
    reading = [
        f"{shown(file)}:{node.lineno}"
        for file in python_files()
        if "actions" in file.parts or file.name == "actions.py"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    ]
    assert reading == []


def test_only_printing_writes_to_the_terminal() -> None:
    """What it writes has no markup and nothing that moves a cursor; a script's JSON goes through it too."""
    writing = [
        f"{shown(file)}:{node.lineno}"
        for file in python_files()
        if file != HOUSE / "cli" / "printing.py"
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Attribute) and node.attr == "console")
        or (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "rich")
    ]
    assert writing == []


def test_nothing_is_called_utils() -> None:
    vague = re.compile(r"(util|helper|manager|service_layer|misc|common)s?\.py$")
    assert [shown(file) for file in python_files(tests=True) if vague.search(file.name)] == []


def test_no_save_is_overridden() -> None:
    saving = [
        shown(f) for f in python_files() if f.name == "models.py" for n in functions(f) if n.name == "save"
    ]
    assert saving == []


def test_models_stay_at_home() -> None:
    """The import contracts name every package that has models."""
    contracts = (ROOT / ".importlinter").read_text(encoding="utf-8")
    missing = [
        package_of(file)
        for file in HOUSE.glob("*/models.py")
        if package_of(file) != "core" and f"quai.{package_of(file)}.models" not in contracts
    ]
    assert missing == []


def _depth(body: list[ast.stmt]) -> int:
    deepest = 0
    for node in body:
        inner = [getattr(node, part, []) for part in ("body", "orelse", "finalbody")]
        inner += [handler.body for handler in getattr(node, "handlers", [])]
        inner += [case.body for case in getattr(node, "cases", [])]
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue  # measured on its own
        step = 1 if isinstance(node, BLOCKS) else 0
        for part in inner:
            elif_chain = isinstance(node, ast.If) and len(part) == 1 and isinstance(part[0], ast.If)
            deepest = max(deepest, _depth(part) + (0 if elif_chain else step))
    return deepest
