"""What proves that editors reviewed: their decisions, month by month."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import prefers
from standfirst.api.openapi_responses import allowed_to, responses
from standfirst.api.parameters import Cursor, Month, ReviewLimit, only_query
from standfirst.api.review_lines import CSV, JSON_LINES, csv_lines, json_lines
from standfirst.use_cases.list_reviews import ListReviews

_PAGE = {
    "description": "A page of the decisions, the oldest first; a line each.",
    # Text first: generators of clients take the first type that they know.
    "content": {CSV: {"schema": {"type": "string"}}, JSON_LINES: {"schema": {"type": "string"}}},
    "headers": {
        "Link": {
            "description": "The next page, with `rel=next`; left out on the last one.",
            "schema": {"type": "string", "examples": ['</reviews?month=2026-03&cursor=WyJj>; rel="next"']},
        }
    },
}


def reviews_routes(reviews: Callable[[], ListReviews]) -> Router:
    """Returns the route, which reads with what ``reviews`` returns."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/reviews",
        operation_id="listReviews",
        summary="List who reviewed what",
        description=(
            "The decisions of editors in one month (UTC), the oldest first, in pages: one JSON object a line, or CSV "
            "with the header `Accept: text/csv`."
        ),
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query("month", "limit", "cursor")],
        responses=responses({200: _PAGE}),  # type: ignore[dict-item]
    )
    def list_reviews(month: Month, limit: ReviewLimit = 500, cursor: Cursor = None) -> Response[str]:
        page = reviews()(month, cursor, limit)
        as_csv = prefers(CSV, JSON_LINES, router.current_event.headers.get("accept") or "*/*")
        body = csv_lines(page.reviews) if as_csv else json_lines(page.reviews)
        headers: dict[str, str | list[str]] = {"Cache-Control": "private, no-store", "Vary": "Accept"}
        if page.cursor:
            query = urlencode({"month": month, "limit": limit, "cursor": page.cursor})
            headers["Link"] = f'</reviews?{query}>; rel="next"'
        return Response(HTTPStatus.OK.value, CSV if as_csv else JSON_LINES, body, headers)

    return router
