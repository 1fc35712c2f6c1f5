"""Papers put in folders: pick lists of waves, delivery notes. Made again whenever wanted, outside any transaction."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quai.core import folders, sql
from quai.warehouse import documents


def write_pick_lists(waves: Iterable[int], folder: Path) -> list[Path]:
    """Write the pick list of each wave, as `vague-<number>.pdf`."""
    return [folders.put(folder / f"vague-{wave}.pdf", documents.pick_list_pdf(wave)) for wave in waves]


def write_notes(folder: Path, *, numbers: Iterable[str]) -> list[Path]:
    """Write delivery notes without prices, as `<number>.pdf`; those already there are left alone."""
    wanted = [number for number in numbers if not (folder / f"{number}.pdf").exists()]
    ids = {row.number: row.id for row in sql.rows("desk/notes_numbered.sql", {"numbers": wanted})}
    return [
        folders.put(folder / f"{number}.pdf", documents.note_pdf(ids[number], priced=False))
        for number in wanted
    ]
