"""How long an editor who types waits for the checks: the real function, with S3 and DynamoDB played over HTTP."""

import io
import json
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from http import HTTPStatus
from typing import Any

from articles import FIVE_KILOBYTES, article_of, put
from emulator import Storage
from measurement import CannotMeasure, Row
from own_work import summarize_article_in
from project import PROJECT

from standfirst.domain.article import ArticleId
from standfirst.domain.deadline import Deadline
from standfirst.use_cases.generate_summary import Attempt
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction

KEYSTROKES = 200
WARMING_UP = 10
_ID = ArticleId("typing/library.txt")
_TYPED = (
    "The seed library in the old post office lends 1,400 kinds of beans, tomatoes and flowers to gardeners who bring "
    "back what they can in autumn. It was founded by Ruth Ames in 2019, and costs its 312 members nothing."
)


def rows(storage: Storage) -> Iterator[Row]:
    """The 95th percentile by the clock, while a summary grows by a few characters between two requests."""
    upload = put(storage.bucket, _ID, article_of(FIVE_KILOBYTES))
    summarize_article_in(storage)(upload, Attempt(Deadline.after(60), is_last=True))
    quiet = {"POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_METRICS_NAMESPACE": "bench"}
    # Metrics are printed.
    with environment({**storage.environments["ReviewSummaries"], **quiet}), redirect_stdout(io.StringIO()):
        code = PROJECT / "functions" / "review_summaries"
        function = LocalFunction("ReviewSummaries", code, memory_mb=1769, timeout_seconds=29)
        typed = [_TYPED[: 1 + len(_TYPED) * number // KEYSTROKES] for number in range(KEYSTROKES)]
        for text in typed[:: KEYSTROKES // WARMING_UP]:
            _milliseconds(function, text)
        times = [_milliseconds(function, text) for text in typed]
    detail = (
        f"{KEYSTROKES} requests, S3 and DynamoDB emulated: median {statistics.median(times):.0f} ms, "
        f"most {max(times):.0f} ms"
    )
    yield Row("check while typing, p95 for a 5 KB article", _percentile(times, 95), "ms", 300, detail=detail)


def _milliseconds(function: LocalFunction, summary: str) -> float:
    event = _event({"article_id": _ID, "summary": summary})
    start = time.perf_counter()
    answer = function.invoke(event)
    taken = time.perf_counter() - start
    if answer["statusCode"] != HTTPStatus.OK:
        raise CannotMeasure(f"POST /checks answered {answer['statusCode']}: {answer['body']}")
    return taken * 1000


def _event(body: dict[str, str]) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((PROJECT / "events" / "http_post_check.json").read_text(encoding="utf-8"))
    return event | {"body": json.dumps(body)}


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
