"""What an editor's page calls beside the decision: the article as it was read, and the checks while somebody types."""

from collections.abc import Callable
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import JSON
from standfirst.api.article_schemas import ArticleAsRead, TextChecks, article_as_read, text_checks
from standfirst.api.openapi_responses import allowed_to, responses, success
from standfirst.api.parameters import IdSegment, RevisionNumber, only_query
from standfirst.api.path_ids import id_in_segment
from standfirst.api.strict_json import parse_body
from standfirst.domain.texts_to_check import TextsToCheck
from standfirst.use_cases.check_texts import CheckTexts
from standfirst.use_cases.get_article import GetArticle

_TEXTS = {
    "description": "The texts, and the article's id or the article.",
    "required": True,
    "content": {
        JSON: {
            "schema": {"$ref": "#/components/schemas/TextsToCheck"},
            "examples": {
                "stored": {
                    "summary": "A standfirst for an article that has a summary",
                    "value": {"article_id": "politics/ferry.txt", "standfirst": "The ferry is back in June."},
                },
                "given": {
                    "summary": "A standfirst for an article in the request",
                    "value": {
                        "article": {
                            "headline": "Ferry across the Sele to return in June",
                            "paragraphs": [
                                "The ferry across the Sele will return in June, the town council decided on Friday.",
                                "Repairs to its landing stage will cost 410,000 crowns.",
                            ],
                        },
                        "standfirst": "The ferry is back in June, for 420,000 crowns.",
                    },
                },
            },
        }
    },
}
_UNCACHED: dict[str, str | list[str]] = {"Cache-Control": "private, no-store"}


def article_routes(get: Callable[[], GetArticle], check: Callable[[], CheckTexts]) -> Router:
    """Returns the routes, which call what ``get`` and ``check`` return."""
    router = Router()  # type: ignore[no-untyped-call]

    @router.get(
        "/articles/<article_id>",
        operation_id="getArticle",
        summary="Get an article as it was read",
        description=(
            "The version in the bucket that a revision is about, also of a withdrawn summary and under embargo. If it "
            "is not there any more, or was erased, the problem (410) has what is still known as further members."
        ),
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query("revision")],
        responses=responses({200: success("The article.", ArticleAsRead)}, HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
    )
    def get_article(article_id: IdSegment, revision: RevisionNumber = None) -> Response[str]:
        found, left_out = get()(id_in_segment(article_id), revision)
        body = article_as_read(found, left_out).model_dump_json()
        return Response(HTTPStatus.OK.value, JSON, body, _UNCACHED)

    @router.post(
        "/checks",
        operation_id="checkTexts",
        summary="Check texts while they are written",
        description="The texts are checked against an article as generated ones are. Nothing is stored.",
        tags=["review"],
        security=allowed_to("review"),
        middlewares=[only_query()],
        openapi_extensions={"requestBody": _TEXTS},
        responses=responses(
            {200: success("What the checks say.", TextChecks)},
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.NOT_FOUND,
            HTTPStatus.GONE,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ),
    )
    def check_texts() -> Response[str]:
        checked = check()(parse_body(router.current_event, TextsToCheck))
        return Response(HTTPStatus.OK.value, JSON, text_checks(checked).model_dump_json(), _UNCACHED)

    return router
