"""What readers call: a summary, the list of summaries, and an article's revisions.

A withdrawn article is withheld from them. Reviewers have routes of their own, because rights are per route: API Gateway
tells the two apart by the scopes of a token, and by the resource of an IAM policy, which has no query parameters.
"""

from collections.abc import Callable
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import JSON, LD_JSON, prefers
from standfirst.api.etags import entity_tag, is_known, revalidated
from standfirst.api.json_ld import NewsArticle, news_article, script_text
from standfirst.api.openapi_responses import allowed_to, no_content, responses, success
from standfirst.api.parameters import (
    FILTERS,
    Cursor,
    FindingFilter,
    IdSegment,
    IfNoneMatch,
    KindFilter,
    LanguageFilter,
    Limit,
    PendingFilter,
    PrefixFilter,
    PublishableFilter,
    PublishableOnly,
    RevisionNumber,
    Since,
    StaleFilter,
    StatusFilter,
    WithRejectedDraft,
    only_query,
)
from standfirst.api.path_ids import id_in_segment
from standfirst.api.schemas import RevisionList, SummaryList
from standfirst.domain.article import ArticleId, Language
from standfirst.domain.listing import Listing
from standfirst.domain.record import Record
from standfirst.use_cases.get_summaries import GetSummaries, HistoryPage


def reading_routes(find: Callable[[], GetSummaries]) -> Router:
    """Returns the routes, which read with what ``find`` returns."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/summaries",
        operation_id="listSummaries",
        summary="List summaries",
        description="Current summaries, the latest change first, in pages.",
        tags=["read"],
        security=allowed_to("read"),
        middlewares=[only_query(*FILTERS, "publishable", "limit", "cursor")],
        responses=responses({200: success("A page of the list.", SummaryList)}),
    )
    def list_summaries(  # noqa: PLR0913, PLR0917 - each is a query parameter
        status: StatusFilter = None,
        kind: KindFilter = None,
        language: LanguageFilter = None,
        prefix: PrefixFilter = None,
        finding: FindingFilter = None,
        stale: StaleFilter = None,
        pending: PendingFilter = None,
        since: Since = None,
        publishable: PublishableFilter = False,  # noqa: FBT002
        limit: Limit = 20,
        cursor: Cursor = None,
    ) -> Response[str]:
        summaries = find()
        list_page = summaries.list_publishable if publishable else summaries.list_by_updated
        tag = Language(language) if language else None
        page = list_page(Listing(status, since, kind, tag, prefix, finding, stale, pending), cursor, limit)
        records = tuple(record.as_served() for record in page.records)
        return _uncached(SummaryList(summaries=records, cursor=page.cursor).model_dump_json())

    @router.get(
        "/summaries/<article_id>",
        operation_id="getSummary",
        summary="Get a summary",
        description="The newest revision of an article's summary, or an older one.",
        tags=["read"],
        security=allowed_to("read"),
        middlewares=[only_query("revision", "publishable", "rejected_draft")],
        responses=responses(
            {
                200: success("The revision.", Record, etag=True, also={LD_JSON: NewsArticle}),
                304: no_content("It still has the ETag in If-None-Match."),
            },
            HTTPStatus.NOT_FOUND,
            HTTPStatus.GONE,
        ),
    )
    def get_summary(
        article_id: IdSegment,
        revision: RevisionNumber = None,
        publishable: PublishableOnly = False,  # noqa: FBT002
        rejected_draft: WithRejectedDraft = False,  # noqa: FBT002
        if_none_match: IfNoneMatch = None,
    ) -> Response[str]:
        summaries = find()
        get = summaries.get_publishable if publishable else summaries.get
        record = get(id_in_segment(article_id), revision)
        return _one(router, record.without_readers_words() if rejected_draft else record.as_served(), if_none_match)

    @router.get(
        "/review/summaries/<article_id>",
        operation_id="getSummaryForReview",
        summary="Get a summary, also of a withdrawn article",
        description=(
            "The newest revision or an older one, with the second reader's own words. What a takedown erased is not "
            "there any more."
        ),
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query("revision", "rejected_draft")],
        responses=responses(
            {
                200: success("The revision.", Record, etag=True, also={LD_JSON: NewsArticle}),
                304: no_content("It still has the ETag in If-None-Match."),
            },
            HTTPStatus.NOT_FOUND,
            HTTPStatus.GONE,
        ),
    )
    def get_summary_for_review(
        article_id: IdSegment,
        revision: RevisionNumber = None,
        rejected_draft: WithRejectedDraft = False,  # noqa: FBT002
        if_none_match: IfNoneMatch = None,
    ) -> Response[str]:
        record = find().get_for_review(id_in_segment(article_id), revision)
        return _one(router, record if rejected_draft else record.without_rejected_draft(), if_none_match)

    @router.get(
        "/revisions/<article_id>",
        operation_id="listRevisions",
        summary="List revisions",
        description="Who changed what in a summary, when and from what; the newest revision first, in pages.",
        tags=["read"],
        security=allowed_to("read"),
        middlewares=[only_query("limit", "cursor")],
        responses=responses(
            {200: success("A page of the revisions.", RevisionList)}, HTTPStatus.NOT_FOUND, HTTPStatus.GONE
        ),
    )
    def list_revisions(article_id: IdSegment, limit: Limit = 20, cursor: Cursor = None) -> Response[str]:
        whole_id = id_in_segment(article_id)
        return _revisions(whole_id, find().history(whole_id, cursor, limit))

    @router.get(
        "/review/revisions/<article_id>",
        operation_id="listRevisionsForReview",
        summary="List revisions, also of a withdrawn article",
        description="As `listRevisions`.",
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query("limit", "cursor")],
        responses=responses({200: success("A page of the revisions.", RevisionList)}, HTTPStatus.NOT_FOUND),
    )
    def list_revisions_for_review(article_id: IdSegment, limit: Limit = 20, cursor: Cursor = None) -> Response[str]:
        whole_id = id_in_segment(article_id)
        return _revisions(whole_id, find().history_for_review(whole_id, cursor, limit))

    return router


def _one(router: Router, record: Record, if_none_match: str | None) -> Response[str]:
    # OpenAPI has no parameter for Accept: the content types of the response say it.
    as_json_ld = prefers(LD_JSON, JSON, router.current_event.headers.get("accept") or "*/*")
    body = script_text(news_article(record)) if as_json_ld else record.model_dump_json()
    tag = entity_tag(record, body)
    headers = revalidated(tag)
    if if_none_match is not None and is_known(if_none_match, tag):
        return Response(HTTPStatus.NOT_MODIFIED.value, headers=headers, body="")
    return Response(HTTPStatus.OK.value, LD_JSON if as_json_ld else JSON, body, headers)


def _revisions(article_id: ArticleId, page: HistoryPage) -> Response[str]:
    revisions = RevisionList(article_id=article_id, revisions=tuple(page.revisions), cursor=page.cursor)
    return _uncached(revisions.model_dump_json())


def _uncached(body: str) -> Response[str]:
    return Response(HTTPStatus.OK.value, JSON, body, {"Cache-Control": "private, no-store"})
