"""Composites that senders repeat word for word, product after product: publisher, imprint, offer. Each is read once.

What is remembered is bounded, and named by the XML itself: a composite that differs in anything is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from lxml import etree

MOST = 500  # composites remembered; then all are forgotten: a hostile file may never repeat itself
LONGEST = 4000  # characters of a composite worth remembering
Read = TypeVar("Read")


class Remembered(Generic[Read]):
    """What was read of composites of one kind, and the warnings that came with it."""

    def __init__(self) -> None:
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
        if sum(map(len, key[1:])) < LONGEST:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = (found, tuple(said))
        warnings += said
        return found
