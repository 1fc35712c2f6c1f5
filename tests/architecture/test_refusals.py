"""Every refusal has a code of its package, a sentence, and its French."""

from __future__ import annotations

import importlib
import re

from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils import translation

from quai.core.refusals import Refusal
from tests.architecture.source import HOUSE, python_files


def refusals() -> list[type[Refusal]]:
    for file in python_files():
        if "Refusal" in file.read_text(encoding="utf-8") and file.name != "__main__.py":
            importlib.import_module(".".join(file.relative_to(HOUSE.parent).with_suffix("").parts))
    found, todo = [], [Refusal]
    while todo:
        subclasses = todo.pop().__subclasses__()
        found += subclasses
        todo += subclasses
    return [one for one in found if one.__module__.startswith("quai.")]


def test_codes_are_unique_and_say_their_package() -> None:
    codes = [one.code for one in refusals()]
    assert len(codes) == len(set(codes))
    for one in refusals():
        package = one.__module__.split(".")[1]
        assert one.code.startswith(f"{package}."), one


def test_every_refusal_speaks_french() -> None:
    with translation.override("fr"):
        untranslated = [one.code for one in refusals() if translation.gettext(sentence(one)) == sentence(one)]
    assert untranslated == []


def test_a_french_sentence_keeps_its_parameters() -> None:
    with translation.override("fr"):
        for one in refusals():
            names = re.findall(r"%\((\w+)\)s", sentence(one))
            assert sorted(names) == sorted(re.findall(r"%\((\w+)\)s", translation.gettext(sentence(one)))), (
                one.code
            )


def sentence(refusal: type[Refusal]) -> str:
    return " ".join((refusal.__doc__ or "").split())


def test_the_compiled_catalogue_is_that_of_the_sentences() -> None:
    """`pybabel compile -D django -d quai/locale` was run after the last change of the .po file."""
    folder = HOUSE / "locale" / "fr" / "LC_MESSAGES"
    with (folder / "django.po").open("rb") as written, (folder / "django.mo").open("rb") as compiled:
        expected = {message.id: message.string for message in read_po(written) if message.id}
        found = {message.id: message.string for message in read_mo(compiled) if message.id}
    assert found == expected
