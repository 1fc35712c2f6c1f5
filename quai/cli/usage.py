"""Usage and help in French: what Typer says in English, turned into the words of the house.

Typer carries its sentences in English only. A sentence that is not known here is shown as it is.
"""

from __future__ import annotations

import re
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

HELP = (
    ("Usage: ", "Usage : "),
    ("[OPTIONS]", "[OPTIONS]"),
    ("COMMAND [ARGS]...", "COMMANDE…"),
    ("\nOptions:\n", "\nOptions :\n"),
    ("\nArguments:\n", "\nArguments :\n"),
    ("\nCommands:\n", "\nCommandes :\n"),
    ("Show this message and exit.", "Montrer cette aide."),
    ("[required]", "[obligatoire]"),
)
VALUE = r"Invalid value for '?(?P<name>[^:]*?)'?: "
SENTENCES = (
    (r"Missing command\.?", "Il manque une commande."),
    (r"Missing argument '?(?P<name>[^']*?)'?\.?", "Il manque {name}."),
    (r"Missing option '(?P<name>.*?)'(?: / '.*?')*\.?", "Il manque l’option {name}."),
    (r"Missing parameter: (?P<name>.*)", "Il manque {name}."),
    (r"No such option: ?'?(?P<name>[^ ']*)'?.*", "Il n’y a pas d’option {name}."),
    (r"No such command '(?P<name>.*?)'\..*", "Il n’y a pas de commande « {name} »."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", "Rien n’attend « {name} »."),
    (r"Option '?(?P<name>[^ ']*)'? requires an argument\.?", "L’option {name} attend une valeur."),
    (r"Option '?(?P<name>[^ ']*)'? does not take a value\.?", "L’option {name} n’attend pas de valeur."),
    (
        rf"{VALUE}(?:[Pp]ath|[Ff]ile|[Dd]irectory) '(?P<path>.*)' does not exist\.?",
        "« {path} » n’existe pas.",
    ),
    (
        rf"{VALUE}(?:[Pp]ath|[Ff]ile) '(?P<path>.*)' is a directory\.?",
        "« {path} » est un dossier : il faut un fichier.",
    ),
    (
        rf"{VALUE}(?:[Pp]ath|[Ff]ile|[Dd]irectory) '(?P<path>.*)' is not readable\.?",
        "« {path} » ne peut pas être lu.",
    ),
    (rf"{VALUE}.*valid integer.*", "{name} attend un nombre entier."),
    (rf"{VALUE}.*(?:greater|less) than .*", "{name} : ce nombre est hors de ses bornes."),
    (rf"{VALUE}.*'(?P<value>.*)' does not match the format.*", "« {value} » n’est pas un jour : 2026-11-25."),
    (
        rf"{VALUE}.*'(?P<value>[^']*)' is not one of (?P<known>.*?)\.?",
        "{name} : « {value} » n’est pas parmi {known}.",
    ),
    (rf"{VALUE}(?P<why>.*)", "{name} : {why}"),
    (r"Invalid value: (?P<why>.*)", "{why}"),
)


class Command(TyperCommand):
    """A command whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        """Its help."""
        return french_help(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """How it is called."""
        return french_help(super().get_usage(ctx))


class Group(TyperGroup):
    """A family of commands whose help is in French."""

    def get_help(self, ctx: Any) -> str:
        """Its help."""
        return french_help(super().get_help(ctx))

    def get_usage(self, ctx: Any) -> str:
        """How it is called."""
        return french_help(super().get_usage(ctx))


def french_help(text: str) -> str:
    """The page of help of a command, in French."""
    for english, french in HELP:
        text = text.replace(english, french)
    return re.sub(r"\[default: (.*?)\]", r"[sinon : \1]", text)


def french(sentence: str) -> str:
    """What is wrong with the way a command was called, in French."""
    for pattern, told in SENTENCES:
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            return told.format(**found.groupdict())
    return sentence


def explain(error: typer.BadParameter | Any) -> str:
    """Say how a command was wrongly called, and where its usage is told."""
    told = french(error.format_message())
    if told.startswith("Usage : "):  # a family of commands, called without one: its help is the answer
        return told
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "quai"
    return f"{told}\n« {path} --help » montre l’usage."
