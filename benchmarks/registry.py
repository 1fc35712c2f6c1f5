"""Every work of the bench, in the order of the table."""

from __future__ import annotations

from benchmarks import day_chain, edi, onix, orders, pdf, verify
from benchmarks.works import Work


def works() -> list[Work]:
    """The works."""
    return [*edi.WORKS, *onix.WORKS, *pdf.WORKS, *orders.WORKS, *day_chain.WORKS, *verify.WORKS]
