"""Composites that senders repeat word for word, product after product: publisher, imprint, offer. Each is read once.

What is remembered is bounded, and named by the XML itself: a composite that differs in anything is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from lxml import etree
from lxml.etree import tostring

ROOM = 1_000_000  # bytes of XML remembered; then all is forgotten: a hostile file may never repeat itself
LONGEST = 10_000  # bytes of XML; what is longer is unlikely to come again
Read = TypeVar("Read")


class Remembered(Generic[Read]):
    """What was read of composites of one kind, and the warnings that came with it.

    :param reader: reads elements; called with them, with the context, and with a list for its warnings.
    """

    def __init__(self, reader: Callable[..., Read]) -> None:
        self._reader = reader
        self._room = ROOM
        self._known: dict[tuple[Sequence[object], ...], tuple[Read, tuple[str, ...]]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def read(self, elements: Sequence[etree._Element], *context: Hashable, warnings: list[str]) -> Read:
        """Give what the reader makes of these elements, having it read them unless it knows them.

        :param context: all else that its answer depends on.
        """
        key = (context, *[tostring(element, with_tail=False) for element in elements])
        if known := self._known.get(key):
            warnings += known[1]
            return known[0]
        said: list[str] = []
        found = self._reader(elements, *context, said)
        size = sum(map(len, key))
        if size < LONGEST:
            if size > self._room:
                self._known.clear()
                self._room = ROOM
            self._room -= size
            self._known[key] = (found, tuple(said))
        warnings += said
        return found
