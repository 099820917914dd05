"""The first event of each function of the template, such as it gets on a usual day."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from api_gateway import http_event
from articles import FIVE_KILOBYTES, article_of, batch_of, put
from emulator import Storage

Event = Mapping[str, Any]

ARTICLE = "cold-start-0.txt"
"""The article that is asked for; the first event of ``summarize_uploads`` uploads it."""


@dataclass(frozen=True, slots=True)
class First:
    """A folder of ``functions/``, a resource that has its code, and the event: told apart by a number."""

    folder: str
    resource: str
    event: Callable[[Storage, int], Event]
    asks_model: bool = False


def _upload(storage: Storage, number: int) -> Event:
    return batch_of([put(storage.bucket, f"cold-start-{number}.txt", _new_article(number))])


def _request(_storage: Storage, number: int) -> Event:
    return http_event("POST", "/summaries", body=_new_article(number).decode())


def _edit(_storage: Storage, number: int) -> Event:
    told = {"standfirst": f"Gardeners have set up a library that lends seeds, {number} kinds of them so far."}
    return http_event("PATCH", "/summaries/{article_id+}", ARTICLE, body=json.dumps(told))


def _get(method: str, route: str, query: str = "") -> Callable[[Storage, int], Event]:
    return lambda _storage, _number: http_event(method, route, ARTICLE, query=query)


def _new_article(number: int) -> bytes:
    return article_of(FIVE_KILOBYTES).replace(b".\n\n", b", day %d.\n\n" % number)


FIRST = (
    First("serve_summaries", "ServeSummaries", _get("GET", "/summaries/{article_id+}")),
    First("serve_reviews", "ServeReviews", _get("GET", "/reviews", "month=2026-11")),
    First("serve_desk", "ServeDesk", _get("GET", "/desk/")),
    First("review_summaries", "ReviewSummaries", _edit),
    First("summarize_on_request", "SummarizeOnRequest", _request, asks_model=True),
    First("summarize_uploads", "SummarizeUploads", _upload, asks_model=True),
    First("upgrade_summaries", "UpgradeSummaries", lambda _storage, _number: {}),
    First("backfill", "BackfillRuns", lambda _storage, _number: {"step": "budget"}),
)
"""Every function. Those that ask a model at their first event are started without one, too; a backfill asks later."""
