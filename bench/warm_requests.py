"""What requests cost an environment that is warm: the real handlers of the API, with moto elsewhere.

The CPU is that of the handler and of the processes that it starts; the clock also has moto's work in it, which stands
for what DynamoDB and S3 take.
"""

import json
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from api_gateway import http_event
from articles import batch_of, put
from corpus import KILOBYTE, articles
from emulator import Storage
from environments import Environment, Invoked, environments
from measurement import Row, median, ratio

LISTED = 100
WARMING_UP = 5
GETS, LISTS, OTHERS = 40, 8, 20
GETS_SHORT = 10

_SUMMARY = "/summaries/{article_id+}"
_KEY = "warm-{}.txt"

Event = Mapping[str, Any]


def rows(storage: Storage) -> Iterator[Row]:
    """Yields each request's CPU, with percentiles by the clock, and that of the GET to the bare handler's."""
    _upload(storage, LISTED)
    yield from _get_rows(storage, GETS)
    listing = http_event("GET", "/summaries", query=f"limit={LISTED}")
    yield _row(f"warm list of {LISTED}", _each(storage, "serve_summaries", lambda _: listing, LISTS))
    yield _row("warm PATCH", _each(storage, "review_summaries", _edit))
    posted = ["\n\n".join(each) for each in articles(5 * KILOBYTE)]
    posts = _each(storage, "summarize_on_request", lambda number: http_event("POST", "/summaries", body=posted[number]))
    yield _row("warm POST, extractive", posts)


def short_rows(storage: Storage) -> Iterator[Row]:
    """Yields those of the GET."""
    _upload(storage, 1)
    yield from _get_rows(storage, GETS_SHORT)


def _upload(storage: Storage, many: int) -> None:
    told = list(articles(KILOBYTE))
    uploads = [put(storage.bucket, _KEY.format(number), "\n\n".join(told[number]).encode()) for number in range(many)]
    with environments("summarize_uploads", storage.environments["SummarizeUploads"]) as [worker]:
        for start in range(0, many, 10):
            worker.invoke(batch_of(uploads[start : start + 10]))


def _get_rows(storage: Storage, many: int) -> Iterator[Row]:
    """Yields the GET of a summary, and its ratio: the two take turns."""
    variables, get = storage.environments["ServeSummaries"], http_event("GET", _SUMMARY, _KEY.format(0))
    with ExitStack() as stack:
        [ours], [bare] = (
            stack.enter_context(environments(folder, variables)) for folder in ("serve_summaries", "bare_handler")
        )
        pairs = [(ours.invoke(get), bare.invoke(get)) for _ in range(WARMING_UP + many)][WARMING_UP:]
    yield _row("warm GET", [one for one, _ in pairs], 3)
    cpu = ratio([(one.cpu_seconds, other.cpu_seconds) for one, other in pairs])
    theirs = median([1_000 * other.cpu_seconds for _, other in pairs])
    yield Row("warm GET, to the bare handler", cpu, "x", None, "the bare handler", f"CPU; bare {theirs:.2f} ms")


def _each(storage: Storage, folder: str, event: Callable[[int], Event], many: int = OTHERS) -> Sequence[Invoked]:
    resource = "".join(part.title() for part in folder.split("_"))
    with environments(folder, storage.environments[resource]) as [environment]:
        return _invoked(environment, [event(number) for number in range(WARMING_UP + many)])[WARMING_UP:]


def _invoked(environment: Environment, events: Sequence[Event]) -> Sequence[Invoked]:
    return [environment.invoke(event) for event in events]


def _edit(number: int) -> Event:
    told = {"standfirst": f"The town has decided what to do with {number} of its old houses, and what they may cost."}
    return http_event("PATCH", _SUMMARY, _KEY.format(number), body=json.dumps(told))


def _row(name: str, invoked: Sequence[Invoked], budget: float | None = None) -> Row:
    waits = [1_000 * each.seconds for each in invoked]
    p95 = statistics.quantiles(waits, n=100, method="inclusive")[94]
    detail = f"CPU; by the clock p50 {statistics.median(waits):.1f}, p95 {p95:.1f} ms, {len(waits)} requests"
    return Row(name, median([1_000 * each.cpu_seconds for each in invoked]), "ms", budget, detail=detail)
