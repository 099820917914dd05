"""How much memory the worker takes for one full batch, with the processes that it starts."""

import json
import os
import threading
import uuid
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

from artefacts import LAYER, NotBuilt, artefact, build
from articles import batch_of, largest, put, samples
from emulator import Storage
from lambda_process import Function, first_invocation
from measurement import MEGABYTE, CannotMeasure, Row, Skipped, median
from processes import children, command, is_readable, resident_bytes

from standfirst.domain.article import Upload

BATCH, REPEATS = 10, 3
_WHAT = f"memory of the worker, batch of {BATCH}"


def rows(storage: Storage) -> Iterator[Row | Skipped]:
    """The peak of all its processes together, from their start to the answer."""
    if not is_readable():
        yield Skipped(_WHAT, "needs Linux: it is read from /proc")
        return
    try:
        build()
        yield from _rows(storage)
    except NotBuilt as reason:
        yield Skipped(_WHAT, str(reason))


def _rows(storage: Storage) -> Iterator[Row]:
    some = [(path.suffix, path.read_bytes()) for path in islice(cycle(samples()), BATCH)]
    detail = "peak of its processes under awslambdaric"
    peaks = [_peak(storage, _uploads(storage, some)) for _ in range(REPEATS)]
    yield Row(_WHAT, median(peaks), "MB", 100, detail=f"{detail}, {REPEATS} times")
    most = [(suffix, content) for suffix, content in islice(cycle(largest()), BATCH)]
    yield Row(
        f"the same, {BATCH} of the largest documents", _peak(storage, _uploads(storage, most)), "MB", 512, detail=detail
    )


def _uploads(storage: Storage, documents: Sequence[tuple[str, bytes]]) -> list[Upload]:
    folder = f"memory-{uuid.uuid4().hex[:6]}"
    return [
        put(storage.bucket, f"{folder}/{number}{suffix}", content) for number, (suffix, content) in enumerate(documents)
    ]


def _peak(storage: Storage, uploads: Sequence[Upload]) -> float:
    """Megabytes; what processes share is counted once."""
    worker = Function(artefact("SummarizeUploads"), artefact(LAYER), storage.environments["SummarizeUploads"])
    seen, is_over = [0], threading.Event()

    def look() -> None:
        while not is_over.wait(0.02):
            seen.append(sum(resident_bytes(pid) for pid in children(os.getpid()) if "awslambdaric" in command(pid)))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        with first_invocation(worker, batch_of(uploads)) as answer:
            if (body := json.loads(answer.body)) != {"batchItemFailures": []}:
                raise CannotMeasure(f"The worker answered {body}.")
    finally:
        is_over.set()
        looking.join()
    return max(seen) / MEGABYTE
