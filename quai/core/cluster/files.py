"""Files that are whole or absent, and belong to whoever owns their folder.

Root may run a command in the home of an ordinary user: what it leaves there must not lock that user out.
"""

from __future__ import annotations

import os
from pathlib import Path


def open_file(path: Path, flags: int, *, mode: int = 0o600) -> int:
    """Open a file, made if absent, for our own use: whatever this process executes does not inherit it.

    Never through a link: the folder's owner must not point root at a file of somebody else.
    """
    flags |= os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        descriptor = os.open(path, flags | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        return os.open(path, flags)
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


def make_folder(path: Path, *, mode: int) -> None:
    """Make a folder unless it is there."""
    if path.is_dir():
        return
    path.mkdir(mode=mode, exist_ok=True)
    if os.geteuid() == 0:
        above = path.parent.stat()
        os.chown(path, above.st_uid, above.st_gid)


def write_whole(path: Path, text: str) -> None:
    """Write a file, for its owner alone: whatever happens, its name shows the old content or the new."""
    partial = path.with_name(f".{path.name}.partial")
    descriptor = open_file(partial, os.O_WRONLY | os.O_TRUNC)
    with os.fdopen(descriptor, "w", encoding="utf-8") as output:
        output.write(text)
        output.flush()
        os.fsync(descriptor)
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk remember the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
