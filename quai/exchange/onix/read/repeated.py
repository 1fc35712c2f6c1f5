"""Composites that senders repeat word for word, product after product: publisher, imprint, offer. Each is read once.

What is remembered is bounded, and named by the XML itself: a composite that differs in anything is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from lxml import etree

ROOM = 1_000_000  # bytes of XML remembered; then all is forgotten: a hostile file may never repeat itself
LONGEST = 10_000  # bytes of XML; what is longer is unlikely to come again
Read = TypeVar("Read")


class Remembered(Generic[Read]):
    """What was read of composites of one kind, and the warnings that came with it."""

    def __init__(self) -> None:
        self._room = ROOM
        self._known: dict[tuple[Sequence[object], ...], tuple[Read, tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def read(
        self,
        elements: Sequence[etree._Element],
        context: tuple[Hashable, ...],
        warnings: list[str],
        reader: Callable[[list[str]], Read],
    ) -> Read:
        """Give what `reader` makes of these elements.

        :param context: all else that its answer depends on.
        :param reader: called with a list for its warnings, unless the same was read before.
        """
        key = (context, *[etree.tostring(element, with_tail=False) for element in elements])
        if known := self._known.get(key):
            warnings += known[1]
            return known[0]
        said: list[str] = []
        found = reader(said)
        size = sum(map(len, key))
        if size < LONGEST:
            if size > self._room:
                self._known.clear()
                self._room = ROOM
            self._room -= size
            self._known[key] = (found, tuple(said))
        warnings += said
        return found
