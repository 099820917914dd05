"""How long an editor who types waits for the checks: the real function, with S3 and DynamoDB played over HTTP."""

import json
import statistics
from collections.abc import Iterator

from api_gateway import http_event
from articles import FIVE_KILOBYTES, article_of, batch_of, put
from emulator import Storage
from environments import environments
from measurement import Row

KEYSTROKES = 100
WARMING_UP = 10
_ID = "typing-library.txt"
_TYPED = (
    "The seed library in the old post office lends 1,400 kinds of beans, tomatoes and flowers to gardeners who bring "
    "back what they can in autumn. It was founded by Ruth Ames in 2019, and costs its 312 members nothing."
)


def rows(storage: Storage) -> Iterator[Row]:
    """The 95th percentile by the clock, while a summary grows by a few characters between two requests."""
    with environments("summarize_uploads", storage.environments["SummarizeUploads"]) as [worker]:
        worker.invoke(batch_of([put(storage.bucket, _ID, article_of(FIVE_KILOBYTES))]))
    typed = [_TYPED[: 1 + len(_TYPED) * number // KEYSTROKES] for number in range(KEYSTROKES)]
    with environments("review_summaries", storage.environments["ReviewSummaries"]) as [checks]:
        times = []
        for text in (*typed[:: KEYSTROKES // WARMING_UP], *typed):
            told = json.dumps({"article_id": _ID, "summary": text})
            times.append(1_000 * checks.invoke(http_event("POST", "/checks", body=told)).seconds)
    times = times[-KEYSTROKES:]
    p95 = statistics.quantiles(times, n=100, method="inclusive")[94]
    detail = (
        f"{KEYSTROKES} requests, S3 and DynamoDB emulated: median {statistics.median(times):.0f} ms, "
        f"most {max(times):.0f} ms"
    )
    yield Row("check while typing, p95 for a 5 KB article", p95, "ms", 300, detail=detail)
