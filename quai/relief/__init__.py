"""Surviving: for now, the proof that the books are whole.

Owns: `verify`, which runs every check of every package, compares every cache with the facts and every fact with
its seal; later the kit, the relief node, the merge, backups and drills.
Does not own: the checks themselves (each package's `checks.py`).
"""
