"""The parameters of the routes, and the refusal of those that a route does not declare."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import AwareDatetime, BeforeValidator

from standfirst.api.problem_details import UnknownParameters
from standfirst.domain.article import ArticleKind
from standfirst.domain.record import MAX_REVISION, Status
from standfirst.domain.review_record import MONTH

Middleware = Callable[[APIGatewayHttpResolver, NextMiddleware], Response[str]]

# Clients that openapi-generator makes write offsets without the colon.
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)", re.ASCII | re.IGNORECASE)

_LANGUAGE = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$"


def only_query(*names: str) -> Middleware:
    """Returns a middleware that raises ``UnknownParameters`` for a query parameter other than ``names``.

    Ignoring a misspelt filter would list everything.
    """

    def refuse_others(app: APIGatewayHttpResolver, next_middleware: NextMiddleware) -> Response[str]:
        unknown = set(app.current_event.query_string_parameters or {}).difference(names)
        if unknown:
            raise UnknownParameters(unknown, names)
        return next_middleware(app)

    return refuse_others


def _in_utc(text: object) -> datetime:
    """Returns RFC 3339 text as a moment in UTC; pydantic alone would read ``2026`` as seconds of 1970."""
    try:
        if not (isinstance(text, str) and _RFC_3339.fullmatch(text)):
            raise ValueError(text)  # noqa: TRY301
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("give RFC 3339, such as 2026-03-03T09:00:00Z; in a URL a plus sign is %2B") from error


def _a_month(text: object) -> object:
    """Returns ``text`` if it is a month; else pydantic would answer with a regular expression."""
    if not (isinstance(text, str) and MONTH.fullmatch(text)):
        raise ValueError("give a year and a month, such as 2026-03")
    return text


IdSegment = Annotated[
    str,
    Path(
        description="The article's id, which is its object key without the prefix. Slashes in it may be sent as they "
        "are or percent-encoded.",
        examples=["politics/ferry.txt"],
    ),
]
"""See ``path_ids.id_in_segment``."""

Since = Annotated[
    AwareDatetime | None,
    BeforeValidator(_in_utc),
    Query(
        description="Only summaries that changed at this time or later (RFC 3339).", examples=["2026-03-03T09:00:00Z"]
    ),
]
Limit = Annotated[int, Query(ge=1, le=100, description="The most items of a page.", examples=[20])]
ReviewLimit = Annotated[int, Query(ge=1, le=1000, description="The most decisions of a page.", examples=[500])]
Month = Annotated[
    str,
    BeforeValidator(_a_month),
    Query(
        description="The month (UTC) that the decisions are of.",
        examples=["2026-03"],
        json_schema_extra={"pattern": f"^{MONTH.pattern}$"},
    ),
]
Cursor = Annotated[
    str | None,
    Query(
        min_length=1,
        description="The `cursor` of the previous page of the same list.",
        examples=["WyJjNjI2YTk5MmUzMWIiLCAiMjAyNi0wMy0wM1QxMDoxNDowMC4wMDBaIzNkNGY4YTFjOTBiMmU2NTciXQ"],
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="idempotency-key",
        pattern=r"^[\x21-\x7e]{1,255}$",
        description="For a day, the same request with the same key gets the same answer and is not paid for again.",
        examples=["7f1c9e52-ferry"],
    ),
]
StatusFilter = Annotated[
    Status | None, Query(description="Only summaries with this status.", examples=["needs_review"])
]
KindFilter = Annotated[
    ArticleKind | None,
    Query(
        description="Only summaries of articles of this kind; pages may then have fewer items.", examples=["opinion"]
    ),
]
LanguageFilter = Annotated[
    str | None,
    Query(
        pattern=_LANGUAGE,
        description="Only summaries in this language (BCP 47), with any region if none is given; pages may then have "
        "fewer items.",
        examples=["de"],
    ),
]
PrefixFilter = Annotated[
    str | None,
    Query(
        min_length=1,
        description="Only summaries of articles whose id begins so; pages may then have fewer items.",
        examples=["politics/"],
    ),
]
FindingFilter = Annotated[
    str | None,
    Query(
        pattern=r"^[a-z_]{1,40}$",
        description="Only summaries in which this check found something; pages may then have fewer items.",
        examples=["number"],
    ),
]
StaleFilter = Annotated[
    bool | None,
    Query(
        description="Only summaries that are stale, or only those that are not; pages may then have fewer items.",
        examples=[True],
    ),
]
PendingFilter = Annotated[
    bool | None,
    Query(
        description="Only summaries with a pending revision, or only those without; pages may then have fewer items.",
        examples=[True],
    ),
]
MineFilter = Annotated[
    bool,
    Query(description="Only articles that the caller has claimed; pages may then have fewer items.", examples=[True]),
]
QueueLimit = Annotated[int, Query(ge=1, le=500, description="The most items of a page.", examples=[100])]
TakeOver = Annotated[bool, Query(description="Take the article over from whoever has claimed it.", examples=[True])]
FILTERS = ("status", "kind", "language", "prefix", "finding", "stale", "pending", "since")
"""Those of the list of summaries and of the queue, see ``domain/listing.py``."""
PublishableFilter = Annotated[
    bool,
    Query(description="Only summaries that may be published; pages may then have fewer items.", examples=[True]),
]
PublishableOnly = Annotated[
    bool, Query(description="Respond with 404 unless the summary may be published.", examples=[True])
]
RevisionNumber = Annotated[
    int | None,
    Query(ge=1, le=MAX_REVISION, description="The number of a revision; left out, the newest.", examples=[2]),
]
WithRejectedDraft = Annotated[bool, Query(description="Include a draft that the checks rejected.", examples=[True])]
ObjectVersions = Annotated[
    bool, Query(description="Delete all versions of the article's object in the bucket, too.", examples=[True])
]
IfNoneMatch = Annotated[
    str | None,
    Header(
        alias="if-none-match",
        description="The ETag of the copy that the client has; the response is 304 if it is still current.",
        examples=['"9b1c8a0f4d2e7a65-0f3a5c7e9d1b2a48"'],
    ),
]
IfMatch = Annotated[
    str,
    Header(
        alias="if-match",
        description="The ETag of the summary that the editor has seen, or `*` for whichever is current.",
        examples=["*"],
    ),
]
StoredId = Annotated[
    str | None,
    Query(
        min_length=1, description="Store the article and its summary under this id.", examples=["politics/ferry.txt"]
    ),
]
StyleName = Annotated[str | None, Query(max_length=100, description="The name of a house style.", examples=["default"])]
LanguageTag = Annotated[
    str | None,
    Query(
        pattern=_LANGUAGE,
        description="The article's language (BCP 47), unless the text is surely in another; left out, it is detected.",
        examples=["en"],
    ),
]
