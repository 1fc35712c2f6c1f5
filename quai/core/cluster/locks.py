"""File locks that the kernel drops by itself, even when their holder is killed.

A flock belongs to the open file, not to the process: a child that inherits the descriptor holds the lock
too, and it is free once the last of them has closed it. Lock files are never removed: two processes would
lock two files.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import files


def open_file(path: Path) -> int:
    """Open a lock file without taking it."""
    return files.open_file(path, os.O_RDWR)


def take(path: Path, *, shared: bool = False) -> int:
    """Take a lock, wait for it as long as it needs, and give the descriptor that holds it."""
    descriptor = open_file(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def exclusively(path: Path) -> Iterator[int]:
    """Hold a lock alone for the time of a block.

    Unlocked by name at the end: a process forked meanwhile by another thread has the descriptor too.
    """
    descriptor = take(path)
    try:
        yield descriptor
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Tell whether somebody holds this lock alone; looking does not disturb another who looks."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
