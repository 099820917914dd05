"""What editors call: edit, approve or reject a summary, request a new one, or have all of an article erased."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import JSON
from standfirst.api.caller import caller_of
from standfirst.api.etags import REVALIDATE, entity_tag, expects
from standfirst.api.openapi_responses import allowed_to, responses, success
from standfirst.api.parameters import IdempotencyKey, IdSegment, IfMatch, ObjectVersions, only_query
from standfirst.api.path_ids import id_in_segment
from standfirst.api.schemas import RegenerationAccepted
from standfirst.api.strict_json import parse_body
from standfirst.domain.record import Record
from standfirst.domain.review import SummaryPatch
from standfirst.use_cases.erase_summary import EraseSummary
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import ReviewSummary

_PATCH = {
    "description": "What changes; members that are left out stay as they are.",
    "required": True,
    "content": {
        JSON: {
            "schema": {"$ref": "#/components/schemas/SummaryPatch"},
            "examples": {
                "edit": {
                    "summary": "Edit and approve in one step",
                    "value": {"standfirst": "The ferry is back in June.", "status": "approved", "note": "Shorter."},
                },
                "approve": {"summary": "Approve as it is", "value": {"status": "approved"}},
                "reject": {"summary": "Reject", "value": {"status": "rejected", "note": "Misses the vote."}},
            },
        }
    },
}


def review_routes(
    review: Callable[[], ReviewSummary],
    regenerate: Callable[[], RequestRegeneration],
    erase: Callable[[], EraseSummary],
) -> Router:
    """Returns the routes, which call what ``review``, ``regenerate`` and ``erase`` return."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.patch(
        "/summaries/<article_id>",
        operation_id="reviewSummary",
        summary="Edit, approve or reject a summary",
        description="Texts in the request are checked; findings are warnings, because an editor may overrule them.",
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query()],
        openapi_extensions={"requestBody": _PATCH},
        responses=responses(
            {200: success("The new revision.", Record, etag=True)},
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
        if_match: IfMatch,
    ) -> Response[str]:
        caller = caller_of(router.current_event.raw_event)
        patch = parse_body(router.current_event, SummaryPatch)
        record = review()(id_in_segment(article_id), patch, partial(expects, if_match), caller).as_served()
        body = record.model_dump_json()
        headers: dict[str, str | list[str]] = {"ETag": entity_tag(record, body), "Cache-Control": REVALIDATE}
        return Response(HTTPStatus.OK.value, JSON, body, headers)

    @router.post(
        "/regenerations/<article_id>",
        operation_id="regenerateSummary",
        summary="Request a new summary",
        description="Queued. Texts that a person edited or approved stay; the new ones wait for review beside them.",
        tags=["write"],
        security=allowed_to("write"),
        middlewares=[only_query()],
        responses=responses(
            {202: success("Queued.", RegenerationAccepted)},
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
        ),
    )
    def regenerate_summary(article_id: IdSegment, idempotency_key: IdempotencyKey = None) -> Response[str]:
        whole_id = id_in_segment(article_id)
        request_id = regenerate()(whole_id, caller_of(router.current_event.raw_event), idempotency_key)
        accepted = RegenerationAccepted(article_id=whole_id, wish=request_id).model_dump_json()
        return Response(HTTPStatus.ACCEPTED.value, JSON, accepted, {"Location": f"/summaries/{quote(whole_id)}"})

    @router.delete(
        "/summaries/<article_id>",
        operation_id="eraseSummary",
        summary="Erase an article's texts",
        description=(
            "For a legal takedown: the texts of all revisions and what was generated are deleted. The record that is "
            "left says who erased it and when. May be repeated, also after an error."
        ),
        tags=["erase"],
        security=allowed_to("erase"),
        middlewares=[only_query("object_versions")],
        responses=responses({200: success("What is left.", Record)}, HTTPStatus.NOT_FOUND),
    )
    def erase_summary(article_id: IdSegment, object_versions: ObjectVersions = False) -> Response[str]:  # noqa: FBT002
        erases = erase()
        run = erases.with_object if object_versions else erases
        record = run(id_in_segment(article_id), caller_of(router.current_event.raw_event))
        return Response(HTTPStatus.OK.value, JSON, record.model_dump_json(), {"Cache-Control": "private, no-store"})

    return router
