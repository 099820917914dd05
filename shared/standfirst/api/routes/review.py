"""What editors do: edit, approve, reject, and have an article written about anew."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Body, Header

from standfirst.api.caller import caller_of
from standfirst.api.etags import entity_tag, expects
from standfirst.api.openapi_responses import JSON, IdempotencyKey, allowed_to, good, responses
from standfirst.api.path_ids import id_in_segment
from standfirst.api.problem_details import PreconditionRequired
from standfirst.api.routes.read import UNCHANGED_ONLY, IdSegment
from standfirst.api.schemas import RegenerationAccepted
from standfirst.domain.record import Record
from standfirst.domain.review import SummaryPatch
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import ReviewSummary


def review_routes(review: Callable[[], ReviewSummary], regenerate: Callable[[], RequestRegeneration]) -> Router:
    """The routes, over the stories that ``review`` and ``regenerate`` give."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.patch(
        "/summaries/<article_id>",
        operation_id="reviewSummary",
        summary="Edit, approve or reject",
        description="What the checks find in words of your own is told as warnings, and recorded: you may overrule it.",
        tags=["review"],
        security=allowed_to("summaries:review"),
        responses=responses(
            {200: good("The new revision.", Record, tagged=True)},
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
            HTTPStatus.PRECONDITION_FAILED,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.PRECONDITION_REQUIRED,
        ),
    )
    def review_summary(
        article_id: IdSegment,
        patch: Annotated[SummaryPatch, Body()],
        if_match: Annotated[
            str | None, Header(alias="if-match", description="The ETag of what you have seen. Required.")
        ] = None,
    ) -> Response[str]:
        caller = caller_of(router.current_event.raw_event)
        if if_match is None:
            raise PreconditionRequired("If-Match is missing: give the ETag of the summary you have seen.")
        record = review()(id_in_segment(article_id), patch, partial(expects, if_match), caller).as_served()
        form = record.model_dump_json()
        headers: dict[str, str | list[str]] = {"ETag": entity_tag(record, form), "Cache-Control": UNCHANGED_ONLY}
        return Response(HTTPStatus.OK.value, JSON, form, headers)

    @router.post(
        "/regenerations/<article_id>",
        operation_id="regenerateSummary",
        summary="Have an article written about anew",
        description="Queued. Words that a person edited or approved stay; what is written waits beside them.",
        tags=["write"],
        security=allowed_to("summaries:write"),
        responses=responses(
            {202: good("Queued; the summary changes in a while.", RegenerationAccepted)},
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
        ),
    )
    def regenerate_summary(article_id: IdSegment, idempotency_key: IdempotencyKey = None) -> Response[str]:
        name = id_in_segment(article_id)
        wish = regenerate()(name, caller_of(router.current_event.raw_event), idempotency_key)
        accepted = RegenerationAccepted(article_id=name, wish=wish).model_dump_json()
        return Response(HTTPStatus.ACCEPTED.value, JSON, accepted, {"Location": f"/summaries/{quote(name)}"})

    return router
