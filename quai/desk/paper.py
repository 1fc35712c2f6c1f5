"""Papers put in folders: pick lists of waves, delivery notes. Made again whenever wanted, outside any transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from quai.core import folders, sql
from quai.warehouse import documents

Progress = Callable[[int], None]


def write_pick_lists(
    waves: Iterable[int], folder: Path, *, progress: Progress = lambda _: None
) -> list[Path]:
    """Write the pick list of each wave, as `vague-<number>.pdf`.

    :param progress: told how many have just been written.
    """
    papers = ((f"vague-{wave}", documents.pick_list_pdf(wave)) for wave in waves)
    return list(_put(folder, papers, progress))


def write_notes(folder: Path, *, numbers: Iterable[str], progress: Progress = lambda _: None) -> list[Path]:
    """Write delivery notes without prices, as `<number>.pdf`; those already there are left alone.

    :param progress: told how many have just been written.
    """
    wanted = [number for number in numbers if not (folder / f"{number}.pdf").exists()]
    ids = {row.number: row.id for row in sql.rows("desk/notes_numbered.sql", {"numbers": wanted})}
    papers = ((number, documents.note_pdf(ids[number], priced=False)) for number in wanted)
    return list(_put(folder, papers, progress))


def write_notes_again(folder: Path, *, notes: Mapping[str, int]) -> None:
    """Write the papers already in the folder again: a note taken back is printed as such."""
    for number, note in notes.items():
        if (folder / f"{number}.pdf").exists():
            folders.put(folder / f"{number}.pdf", documents.note_pdf(note, priced=False))


def _put(folder: Path, papers: Iterable[tuple[str, bytes]], progress: Progress) -> Iterator[Path]:
    for name, content in papers:
        yield folders.put(folder / f"{name}.pdf", content)
        progress(1)
