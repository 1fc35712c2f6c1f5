"""The server's settings for the machine it runs on, written again at every start."""

from __future__ import annotations

import os
from pathlib import Path

from .types import Kind

_MB = 1024 * 1024
_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def memory() -> int:
    """Give the bytes of memory this machine, or the container we are in, has."""
    limits = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for path in _CGROUP_LIMITS:
        try:
            told = path.read_text(encoding="ascii").strip()
        except OSError:
            continue
        if told.isdecimal():  # "max" is no limit
            limits.append(int(told))
    return min(limits)


def settings(kind: Kind, *, ram: int) -> dict[str, str]:
    """Choose the settings of a cluster; a real house has the machine for itself, demos and tests share it.

    :param ram: bytes. Nothing here weakens what a commit promises, except for tests.
    """
    common = {
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_directories": "''",
        "password_encryption": "'scram-sha-256'",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "lc_messages": "'C'",
        "log_line_prefix": "'%m [%p] %q%u@%d '",
        "log_checkpoints": "off",
        "wal_level": "'replica'",
        "max_wal_senders": "10",
        "jit": "off",  # our statements are many and short: compiling them costs more than it gains
        "random_page_cost": "1.1",
        "checkpoint_timeout": "'15min'",
        "checkpoint_completion_target": "0.9",
        "max_connections": "100",
    }
    chosen = {"house": _house, "demo": _demo, "test": _test}[kind](ram)
    return common | chosen


def written(kind: Kind) -> str:
    """Give the settings as the text of `quai.conf`."""
    lines = (f"{name} = {value}" for name, value in settings(kind, ram=memory()).items())
    return "\n".join(
        [
            "# Written by Quai at each start: what is changed here is lost. Yours: local.conf, read after.",
            *lines,
            "",
        ]
    )


def _house(ram: int) -> dict[str, str]:
    return {
        "shared_buffers": _megabytes(ram / 4, 128, 32_768),
        "effective_cache_size": _megabytes(ram * 5 / 8, 256, 1_000_000),
        "work_mem": _megabytes(ram / 400, 8, 256),
        "maintenance_work_mem": _megabytes(ram / 16, 64, 2048),
        "min_wal_size": "'512MB'",
        "max_wal_size": "'4GB'",
        # A vault that stays down must not fill the disk with WAL kept for it.
        "max_slot_wal_keep_size": "'16GB'",
        "summarize_wal": "on",  # what incremental backups are made from
    }


def _demo(ram: int) -> dict[str, str]:
    return {
        "shared_buffers": _megabytes(min(ram / 8, max(ram / 64, 256 * _MB)), 128, 512),
        "effective_cache_size": _megabytes(ram / 4, 256, 1_000_000),
        "work_mem": _megabytes(ram / 800, 8, 64),
        "maintenance_work_mem": _megabytes(ram / 64, 64, 512),
        "max_wal_size": "'4GB'",
        "max_slot_wal_keep_size": "'2GB'",
    }


def _test(ram: int) -> dict[str, str]:
    return _demo(ram) | {
        "shared_buffers": "'128MB'",
        "max_wal_size": "'1GB'",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }


def _megabytes(size: float, least: int, most: int) -> str:
    return f"'{int(min(max(size / _MB, least), most))}MB'"
