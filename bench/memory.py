"""How much memory the worker takes for one full batch, with the processes that it starts."""

import json
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import cycle, islice
from pathlib import Path

from articles import batch_of, largest, put, samples
from emulator import Storage
from lambda_process import PROJECT, Function, first_invocation
from measurement import MEGABYTE, CannotMeasure, Row, Skipped

from standfirst.domain.article import Upload

BATCH = 10
_WHAT = f"memory of the worker, batch of {BATCH}"
_SHARED_OUT = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


def rows(storage: Storage) -> Iterator[Row | Skipped]:
    """The peak of all its processes together, from their start to the answer."""
    if not Path("/proc/self/smaps_rollup").exists():
        yield Skipped(_WHAT, "needs Linux: it is read from /proc")
        return
    some = [(path.suffix, path.read_bytes()) for path in islice(cycle(samples()), BATCH)]
    detail = "peak of its processes under awslambdaric"
    yield Row(_WHAT, _peak(storage, _uploads(storage, some)), 256, "MB", detail)
    most = [(suffix, content) for suffix, content in islice(cycle(largest()), BATCH)]
    yield Row(f"the same, {BATCH} of the largest documents", _peak(storage, _uploads(storage, most)), 512, "MB", detail)


def _uploads(storage: Storage, documents: Sequence[tuple[str, bytes]]) -> list[Upload]:
    return [
        put(storage.bucket, f"memory/{len(content)}/{number}{suffix}", content)
        for number, (suffix, content) in enumerate(documents)
    ]


def _peak(storage: Storage, uploads: Sequence[Upload]) -> float:
    """Megabytes; what processes share is counted once."""
    code = PROJECT / "functions" / "summarize_uploads"
    seen, is_over = [0], threading.Event()

    def look() -> None:
        while not is_over.wait(0.02):
            worker = (pid for pid in _children(os.getpid()) if "awslambdaric" in _command(pid))
            seen.append(sum(_bytes_of(process) for pid in worker for process in (pid, *_descendants(pid))))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        with first_invocation(Function(code, storage.environments["SummarizeUploads"]), batch_of(uploads)) as answer:
            if (body := json.loads(answer.body)) != {"batchItemFailures": []}:
                raise CannotMeasure(f"The worker answered {body}.")
    finally:
        is_over.set()
        looking.join()
    return max(seen) / MEGABYTE


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        tasks = Path(f"/proc/{pid}/task").glob("*/children")
        return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]
    return []


def _descendants(pid: int) -> Iterator[int]:
    for child in _children(pid):
        yield child
        yield from _descendants(child)


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    return ""


def _bytes_of(pid: int) -> int:
    with suppress(OSError):
        if found := _SHARED_OUT.search(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")):
            return int(found[1]) * 1024
    return 0
