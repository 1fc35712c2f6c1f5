"""Houses as earlier versions of the software left them, and what becomes of them when they are upgraded.

`house_1.dump` (`pg_dump --format=custom`): the first schema that landed, the tiny made-up house of seed 1 on 2026-11-20
in the middle of its afternoon: a wave shipped, its invoices issued and not rendered, copies promised for the next wave.
A later schema that other houses run on adds its own dump here; none is ever taken away.
"""
