"""What processes take, those that they started included: read from Linux."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_SHARED_OUT = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


def is_readable() -> bool:
    """Returns whether this system tells it."""
    return Path("/proc/self/smaps_rollup").exists()


def cpu_seconds(pid: int) -> float:
    """Returns the CPU time of a process and of those below it; those that have ended count once they are waited for."""
    return sum(_cpu_seconds(each) for each in tree(pid))


def resident_bytes(pid: int) -> int:
    """Returns the memory of a process and of those below it; what they share is counted once."""
    return sum(_resident_bytes(each) for each in tree(pid))


def tree(pid: int) -> Iterator[int]:
    """Yields a process and those below it."""
    yield pid
    for child in children(pid):
        yield from tree(child)


def children(pid: int) -> list[int]:
    """Returns the processes that a process has started and that are still there."""
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
    return []


def command(pid: int) -> str:
    """Returns how a process was started."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    return ""


def _cpu_seconds(pid: int) -> float:
    with suppress(OSError):
        # What clock_getcpuclockid(3) makes of a process id; /proc/<pid>/stat counts in hundredths of a second.
        own = time.clock_gettime(~pid << 3 | 2)
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
        return own + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _resident_bytes(pid: int) -> int:
    with suppress(OSError):
        if found := _SHARED_OUT.search(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")):
            return int(found[1]) * 1024
    return 0


def own_cpu_seconds() -> float:
    """Returns the CPU time of this process and of those that it started."""
    return cpu_seconds(os.getpid())
