"""Files in folders that others watch: whole or not there."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def put(file: Path, content: bytes) -> Path:
    """Write a file under a hidden name of its own, then rename it, as mailboxes do. The last writer wins.

    Whoever watches the folder never sees half a file; two writers of the same file do not meet.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    hidden = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with hidden.open("wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    return hidden.replace(file)
