"""How long a full batch takes with a model that takes a second: ten articles shall cost one article's waiting."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import boto3
from articles import FIVE_KILOBYTES, article_of, batch_of, put
from emulator import Storage
from measurement import CannotMeasure, Row
from project import PROJECT
from soak.children import CannotSoak, running

from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction

BATCHES = 5
_KEY = "/standfirst/bench"


def rows(storage: Storage) -> Iterator[Row]:
    """The median of some batches of ten new articles, by the clock."""
    with _worker(storage) as worker:
        _seconds(worker, storage, "warming-up", 10)
        single = [_seconds(worker, storage, f"single-{number}", 1) for number in range(BATCHES)]
        tens = [_seconds(worker, storage, f"ten-{number}", 10) for number in range(BATCHES)]
    detail = (
        f"median of {BATCHES}: {min(tens):.2f} to {max(tens):.2f} s; a single article {statistics.median(single):.2f} s"
    )
    yield Row("batch of 10, model takes 1 s", statistics.median(tens), "s", 1.5, detail=detail)


@contextmanager
def _worker(storage: Storage) -> Iterator[LocalFunction]:
    """The worker of a deployment whose model answers after a second."""
    boto3.client("ssm").put_parameter(Name=_KEY, Value="sk-bench", Type="SecureString", Overwrite=True)
    try:
        with running("model.py", {"seed": 1, "faults": {}, "seconds": [1, 1]}) as model:
            asked = {
                "MODEL_PROVIDER": "openai",
                "SECOND_READER": "off",
                "MODEL_BASE_URL": f"{model.said['url']}/v1",
                "MODEL_KEY_PARAMETER": _KEY,
                "POWERTOOLS_LOG_LEVEL": "ERROR",
                "POWERTOOLS_METRICS_DISABLED": "true",
            }
            with environment({**storage.environments["SummarizeUploads"], **asked}):
                code = PROJECT / "functions" / "summarize_uploads"
                yield LocalFunction("SummarizeUploads", code, memory_mb=1024, timeout_seconds=90)
    except CannotSoak as error:
        raise CannotMeasure(str(error)) from error


def _seconds(worker: LocalFunction, storage: Storage, name: str, articles: int) -> float:
    content = article_of(FIVE_KILOBYTES)
    uploads = []
    for number in range(articles):
        told = b".\n\n%s article %d, " % (name.encode(), number)
        uploads.append(put(storage.bucket, f"batch/{name}/{number}.txt", content.replace(b".\n\n", told)))
    start = time.perf_counter()
    answer = worker.invoke(batch_of(uploads))
    taken = time.perf_counter() - start
    if answer != {"batchItemFailures": []}:
        raise CannotMeasure(f"The worker answered {answer}.")
    return taken
