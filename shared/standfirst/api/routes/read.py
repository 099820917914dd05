"""What readers ask for: summaries, lists of them, and their history."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import AwareDatetime, BeforeValidator

from standfirst.api.accept import prefers
from standfirst.api.etags import entity_tag, is_known
from standfirst.api.json_ld import LD_JSON, NewsArticle, news_article
from standfirst.api.openapi_responses import JSON, allowed_to, good, responses
from standfirst.api.path_ids import id_in_segment
from standfirst.api.schemas import RevisionList, SummaryList
from standfirst.domain.record import MAX_REVISION, Record, Status
from standfirst.use_cases.get_summaries import GetSummaries

UNCHANGED_ONLY = "private, no-cache"
"""Whoever keeps an answer asks, before using it again, whether it still holds: a correction is seen at once. Not for
caches that several callers share, because summaries may be under embargo."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)


def _in_utc(since: object) -> datetime:
    """RFC 3339 alone: pydantic would take ``2026`` for seconds of 1970."""
    try:
        if not (isinstance(since, str) and _MOMENT.fullmatch(since)):
            raise ValueError(since)  # noqa: TRY301
        return datetime.fromisoformat(since).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("give RFC 3339, such as 2026-03-03T09:00:00Z; in a URL a plus sign is %2B") from error


Since = Annotated[
    AwareDatetime | None, BeforeValidator(_in_utc), Query(description="Only what changed at this moment or later.")
]
Limit = Annotated[int, Query(ge=1, le=100, description="How many, at most.")]
Cursor = Annotated[str | None, Query(description="From the page before.")]
IdSegment = Annotated[str, Path(description="The object key without the prefix; slashes may stand as they are.")]


def reading_routes(find: Callable[[], GetSummaries]) -> Router:
    """The routes, over the story that ``find`` gives."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/summaries",
        operation_id="listSummaries",
        summary="The newest summaries, a page at a time",
        tags=["read"],
        security=allowed_to("summaries:read"),
        responses=responses({200: good("A page, the latest change first.", SummaryList)}),
    )
    def list_summaries(
        status: Annotated[Status | None, Query(description="Only those of this status.")] = None,
        since: Since = None,
        publishable: Annotated[bool, Query(description="Only what may be published; pages may hold fewer.")] = False,  # noqa: FBT002
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Response[str]:
        story = find()
        look = story.list_publishable if publishable else story.list_by_updated
        page = look(status, since, cursor, limit)
        summaries = tuple(record.as_served() for record in page.records)
        return _fresh(SummaryList(summaries=summaries, cursor=page.cursor).model_dump_json())

    @router.get(
        "/summaries/<article_id>",
        operation_id="getSummary",
        summary="One article's summary",
        tags=["read"],
        security=allowed_to("summaries:read"),
        responses=responses(
            {
                200: good("The record.", Record, tagged=True, also={LD_JSON: NewsArticle}),
                304: {"description": "What the caller has still holds."},
            },
            HTTPStatus.NOT_FOUND,
            HTTPStatus.GONE,
        ),
    )
    def get_summary(  # noqa: PLR0913, PLR0917
        article_id: IdSegment,
        revision: Annotated[int | None, Query(ge=1, le=MAX_REVISION, description="An older one.")] = None,
        publishable: Annotated[bool, Query(description="404 where an editor has to see it first.")] = False,  # noqa: FBT002
        rejected_draft: Annotated[bool, Query(description="With the draft that did not pass.")] = False,  # noqa: FBT002
        accept: Annotated[str, Header(alias="accept")] = "*/*",
        if_none_match: Annotated[str, Header(alias="if-none-match")] = "",
    ) -> Response[str]:
        story = find()
        look = story.get_publishable if publishable else story.get
        record = look(id_in_segment(article_id), revision)
        linked = prefers(LD_JSON, JSON, accept)
        shown = record if rejected_draft else record.as_served()
        form = (news_article(record) if linked else shown).model_dump_json()
        tag = entity_tag(record, form)
        headers: dict[str, str | list[str]] = {"ETag": tag, "Cache-Control": UNCHANGED_ONLY, "Vary": "Accept"}
        if is_known(if_none_match, tag):
            return Response(HTTPStatus.NOT_MODIFIED.value, headers=headers, body="")
        return Response(HTTPStatus.OK.value, LD_JSON if linked else JSON, form, headers)

    @router.get(
        "/revisions/<article_id>",
        operation_id="listRevisions",
        summary="Who changed what, when and from what",
        tags=["read"],
        security=allowed_to("summaries:read"),
        responses=responses(
            {200: good("A page of the article's revisions, the newest first.", RevisionList)}, HTTPStatus.NOT_FOUND
        ),
    )
    def list_revisions(article_id: IdSegment, limit: Limit = 20, cursor: Cursor = None) -> Response[str]:
        name = id_in_segment(article_id)
        page = find().history(name, cursor, limit)
        listed = RevisionList(article_id=name, revisions=tuple(page.revisions), cursor=page.cursor)
        return _fresh(listed.model_dump_json())

    return router


def _fresh(body: str) -> Response[str]:
    return Response(HTTPStatus.OK.value, JSON, body, {"Cache-Control": "private, no-store"})
