"""What a review desk calls: the summaries that ask for an editor, how many there are, and who has which one open."""

from collections.abc import Callable
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import JSON
from standfirst.api.caller import caller_of
from standfirst.api.openapi_responses import allowed_to, no_content, responses, success
from standfirst.api.parameters import (
    FILTERS,
    Cursor,
    FindingFilter,
    IdSegment,
    KindFilter,
    LanguageFilter,
    MineFilter,
    PendingFilter,
    PrefixFilter,
    QueueLimit,
    Since,
    StaleFilter,
    StatusFilter,
    TakeOver,
    only_query,
)
from standfirst.api.path_ids import id_in_segment
from standfirst.api.schemas import ArticleClaim, QueueItem, QueueList, ShownClaim
from standfirst.domain.article import Language
from standfirst.domain.listing import Listing
from standfirst.domain.queue import Claim, QueueCounts
from standfirst.use_cases.claim_article import ClaimArticle
from standfirst.use_cases.get_queue import GetQueue, QueuePage


def queue_routes(find: Callable[[], GetQueue], claims: Callable[[], ClaimArticle]) -> Router:
    """Returns the routes, which call what ``find`` and ``claims`` return."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/queue",
        operation_id="listQueue",
        summary="List what asks for an editor",
        description=(
            "Current summaries that need a review, are stale or have a pending revision, the latest change first, in "
            "pages, also under embargo. What was stored a moment ago may be missing."
        ),
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query(*FILTERS, "mine", "limit", "cursor")],
        responses=responses({200: success("A page of the queue.", QueueList)}),
    )
    def list_queue(  # noqa: PLR0913, PLR0917 - each is a query parameter
        status: StatusFilter = None,
        finding: FindingFilter = None,
        kind: KindFilter = None,
        language: LanguageFilter = None,
        prefix: PrefixFilter = None,
        stale: StaleFilter = None,
        pending: PendingFilter = None,
        since: Since = None,
        mine: MineFilter = False,  # noqa: FBT002
        limit: QueueLimit = 100,
        cursor: Cursor = None,
    ) -> Response[str]:
        caller = caller_of(router.current_event.raw_event)
        tag = Language(language) if language else None
        listing = Listing(status, since, kind, tag, prefix, finding, stale, pending)
        queue = find()
        page = queue.page_claimed_by(caller, listing, cursor, limit) if mine else queue.page(listing, cursor, limit)
        return _answer(_shown(page, caller).model_dump_json())

    @router.get(
        "/queue/counts",
        operation_id="countQueue",
        summary="Count what asks for an editor",
        description="All of the queue, by reason and by section.",
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query()],
        responses=responses({200: success("The numbers.", QueueCounts)}),
    )
    def count_queue() -> Response[str]:
        return _answer(find().counts().model_dump_json())

    @router.put(
        "/claims/<article_id>",
        operation_id="claimArticle",
        summary="Claim an article",
        description=(
            "Says for ten minutes that the caller has the article open; repeated, for ten minutes from then. It locks "
            "nothing: a review does not look at it."
        ),
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query("take_over")],
        responses=responses(
            {200: success("The caller's claim.", ArticleClaim)}, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
        ),
    )
    def claim_article(article_id: IdSegment, take_over: TakeOver = False) -> Response[str]:  # noqa: FBT002
        whole_id, caller = id_in_segment(article_id), caller_of(router.current_event.raw_event)
        claim = claims().take_over(whole_id, caller) if take_over else claims().claim(whole_id, caller)
        claimed = ArticleClaim(article_id=whole_id, by=claim.by, until=claim.until, is_mine=True)
        return _answer(claimed.model_dump_json())

    @router.delete(
        "/claims/<article_id>",
        operation_id="releaseArticle",
        summary="End a claim",
        description="Ends the caller's claim on the article; somebody else's stays.",
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query()],
        responses=responses({204: no_content("The caller has no claim on it now.")}),
    )
    def release_article(article_id: IdSegment) -> Response[str]:
        claims().release(id_in_segment(article_id), caller_of(router.current_event.raw_event))
        return Response(HTTPStatus.NO_CONTENT.value, headers=_UNCACHED, body="")

    return router


_UNCACHED: dict[str, str | list[str]] = {"Cache-Control": "private, no-store"}


def _shown(page: QueuePage, caller: str) -> QueueList:
    def shown(claim: Claim | None) -> ShownClaim | None:
        return ShownClaim(by=claim.by, until=claim.until, is_mine=claim.by == caller) if claim else None

    items = (
        QueueItem.model_construct(**dict(entry), claim=shown(page.claims.get(entry.article_id)))
        for entry in page.entries
    )
    return QueueList.model_construct(items=tuple(items), cursor=page.cursor)


def _answer(body: str) -> Response[str]:
    return Response(HTTPStatus.OK.value, JSON, body, _UNCACHED)
