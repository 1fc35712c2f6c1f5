"""Names as people look for them: whatever accents, capitals and spaces."""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "’": "'"})


def folded(text: str) -> str:
    """Write a text as it is looked for: « Éditions  de l’Œuvre » is "editions de l'oeuvre"."""
    if not text.isascii():
        text = "".join(
            letter
            for letter in unicodedata.normalize("NFKD", text.translate(_LIGATURES))
            if not unicodedata.combining(letter)
        )
    return " ".join(text.lower().split())
