"""Read one product file and print the most memory this process ever held, in MB; run by `benchmarks.onix`."""

from __future__ import annotations

import gc
import re
import resource
import sys
from pathlib import Path

from quai.exchange.onix.read import read

STATUS = Path("/proc/self/status")


def peak() -> float:
    """The most this process held; not by getrusage on Linux, which counts the parent's memory at our birth."""
    if STATUS.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="ascii"))
        assert found is not None
        return int(found[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


gc.disable()  # commands collect seldom: what would wait for the collector must show
with Path(sys.argv[1]).open("rb") as stream:
    for _item in read(stream):
        pass
print(peak())
