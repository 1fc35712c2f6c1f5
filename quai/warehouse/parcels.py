"""Boxes: how many, how heavy they should be, and the number on their label.

Source: GS1 General Specifications, SSCC (AI 00): extension digit, GS1 company prefix, serial, check digit; 18 digits,
not used again within a year.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from quai.core.schema import NODE_IDS

BOX_G = 12_000  # what a person lifts all day
UNKNOWN_WEIGHT_G = 300  # a common paperback, where the notice does not say
PREFIX_DIGITS = 9  # of the house's GLN: its GS1 company prefix, and digits that are the house's to give
SERIAL_DIGITS = 16 - PREFIX_DIGITS


class Box(NamedTuple):
    """One parcel to be."""

    copies: int
    weight_g: int


def pack(lines: Iterable[tuple[int | None, int]]) -> list[Box]:
    """Fill boxes in the order of the lines, as a packer does; a copy heavier than a box has one alone.

    :param lines: weight of a copy in grams (None: not known) and number of copies.
    """
    boxes: list[Box] = []
    copies, weight = 0, 0
    for known_g, quantity in lines:
        each = known_g or UNKNOWN_WEIGHT_G
        left = quantity
        while left:
            room = (BOX_G - weight) // each
            if room <= 0 and copies:
                boxes.append(Box(copies, weight))
                copies, weight = 0, 0
                continue
            put = min(left, max(room, 1))
            copies, weight, left = copies + put, weight + put * each, left - put
    return [*boxes, Box(copies, weight)] if copies else boxes


def sscc(parcel_id: int, *, house_gln: str) -> str:
    """Number a parcel after its id, so that no counter is needed and no two nodes give the same.

    The extension digit is that of the node, the serial the rank of the parcel within it.
    """
    node, rank = divmod(parcel_id - 1, NODE_IDS)
    digits = f"{node % 10}{house_gln[:PREFIX_DIGITS]}{(rank + 1) % 10**SERIAL_DIGITS:0{SERIAL_DIGITS}d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """The GS1 check digit of these digits: weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if rank % 2 == 0 else 1) for rank, digit in enumerate(reversed(digits)))
    return str(-total % 10)
