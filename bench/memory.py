"""How much memory the worker takes for one full batch."""

import json
import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from articles import batch_of, put, samples
from emulator import Storage
from lambda_process import PROJECT, Function, first_invocation
from measurement import MEGABYTE, CannotMeasure, Row, Skipped

BATCH = 10
_WHAT = f"memory of the worker, batch of {BATCH}"
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.MULTILINE)


def rows(storage: Storage) -> Iterator[Row | Skipped]:
    """The peak of the resident set, from the start of the process to the answer."""
    if not Path("/proc/self/status").exists():
        yield Skipped(_WHAT, "needs Linux: it is read from /proc")
        return
    contents = islice(cycle(samples()), BATCH)
    uploads = [
        put(storage.bucket, f"memory/{number}{path.suffix}", path.read_bytes()) for number, path in enumerate(contents)
    ]
    code = PROJECT / "functions" / "summarize_uploads"
    with first_invocation(Function(code, storage.environments["SummarizeUploads"]), batch_of(uploads)) as invocation:
        if (answer := json.loads(invocation.body)) != {"batchItemFailures": []}:
            raise CannotMeasure(f"The worker answered {answer}.")
        peak = _peak_bytes(invocation.pid) / MEGABYTE
    yield Row(_WHAT, peak, 256, "MB", "peak resident set under awslambdaric")


def _peak_bytes(pid: int) -> int:
    # Not the resource usage that wait() gives: it counts what the parent held before the program was started, too.
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    if found is None:
        raise CannotMeasure("The worker was gone before it could be measured.")
    return int(found[1]) * 1024
