"""What a CMS calls: summarise an article in the request that sends it."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from standfirst.api.accept import JSON
from standfirst.api.caller import caller_of
from standfirst.api.etags import REVALIDATE, entity_tag
from standfirst.api.openapi_responses import allowed_to, responses, success
from standfirst.api.parameters import IdempotencyKey, LanguageTag, StoredId, StyleName, only_query
from standfirst.api.schemas import TransientSummary, not_stored
from standfirst.domain.article import ArticleId, Document, Language
from standfirst.domain.deadline import STORE_SECONDS, Deadline, run_within
from standfirst.domain.errors import InvalidField, StoreUnavailable
from standfirst.domain.ports import IdempotencyStore
from standfirst.domain.record import Record
from standfirst.use_cases.summarize_request import Summarized, SummarizeRequest

ANSWER_SECONDS = 25.0
"""The longest that a caller waits; API Gateway gives up after 30."""

GRACE_SECONDS = 2.0
"""For work that began in time; still within what API Gateway allows."""

_EXAMPLE = (
    "Ferry across the Sele to return in June\n\n"
    "The ferry across the Sele will return in June, the town council of Brackenford decided on Friday.\n\n"
    "Repairs to its landing stage will cost 410,000 crowns. The ferry stopped in 2019, when a flood washed it away.\n"
)
_FILE = {"type": "string", "format": "binary"}
_TEXT = {"type": "string"}
_BODY = {
    "description": (
        "One article in any format that the bucket takes, plain or gzipped. As `application/octet-stream` the format "
        "is recognised from the content, so that any file can be sent so. Send text types in UTF-8. JSON formats may "
        "also be sent as `application/json` or `application/ld+json`."
    ),
    "required": True,
    # Without the JSON types: code generators would make them the default, and JSON of what is a file.
    "content": {
        "application/octet-stream": {"schema": _FILE},
        "application/gzip": {"schema": _FILE},
        "application/xml": {"schema": _TEXT},
        "text/plain": {"schema": _TEXT, "example": _EXAMPLE},
        "text/markdown": {"schema": _TEXT},
        "text/html": {"schema": _TEXT},
    },
}


def request_routes(
    summarize: Callable[[], SummarizeRequest],
    stored: Callable[[], IdempotencyStore],
    on_summary: Callable[[Record], None],
) -> Router:
    """Returns the route, which calls what ``summarize`` returns.

    ``stored`` returns the store of responses by idempotency key; ``on_summary`` is called with each new summary.
    """
    router = Router()  # type: ignore[no-untyped-call]

    @router.post(
        "/summaries",
        operation_id="summarizeArticle",
        summary="Summarise an article",
        description=(
            "Responds within 25 seconds; if the model is not available in time, with sentences of the article, and "
            "`made_by.degraded` says why. With `article_id` the article and its summary are stored, as if the article "
            "had been uploaded to the bucket; without, nothing is stored."
        ),
        tags=["write"],
        security=allowed_to("write"),
        middlewares=[only_query("article_id", "style", "language")],
        openapi_extensions={"requestBody": _BODY},
        responses=responses(
            {
                200: success("The summary; a record if it is stored.", Record | TransientSummary, etag=True),
                201: success("The first summary of a new article.", Record, etag=True),
            },
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ),
    )
    def summarize_article(
        article_id: StoredId = None,
        style: StyleName = None,
        language: LanguageTag = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response[str]:
        event = router.current_event.raw_event
        caller, deadline = caller_of(event), _deadline(event, router.lambda_context)
        document = Document(
            name=article_id or "",
            content=_content(event),
            content_type=_content_type(event),
            language=Language(language) if language else None,
            style=style,
        )
        stored_id = ArticleId(article_id) if article_id is not None else None

        new: list[Record] = []

        def respond() -> str:
            summarized = summarize()(document, stored_id, caller, deadline)
            on_summary(summarized.record)
            new.append(summarized.record)
            return json.dumps(_stored_response(summarized))

        def respond_once() -> Response[str]:
            if idempotency_key is None:
                return _response(respond(), lambda *_: new[0])
            request_hash = _request_hash(document, stored_id)
            answer = stored().once(f"{caller} {idempotency_key}", request_hash, respond, deadline)
            return _response(answer, lambda *which: new[0] if new else summarize().stored(*which))

        try:
            # The work keeps to the deadline by itself, unless a store hangs.
            return run_within(max(0.0, deadline.seconds_left) + GRACE_SECONDS, respond_once)
        except TimeoutError:
            raise StoreUnavailable("Nothing could be answered in time.") from None

    return router


def _content(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(body)
    if "\ufffd" in body:
        # API Gateway has decoded it as UTF-8, and the original bytes are lost.
        raise InvalidField("body", "It is not UTF-8: send it as that, or as application/octet-stream.")
    return body.encode(errors="surrogatepass")


def _content_type(event: Mapping[str, Any]) -> str | None:
    content_type: str | None = event["headers"].get("content-type")
    if not content_type or event.get("isBase64Encoded"):
        return content_type
    # API Gateway decodes text as UTF-8, whatever charset the article declares.
    return f"{content_type.partition(';')[0].strip()}; charset=utf-8"


def _deadline(event: Mapping[str, Any], context: Any) -> Deadline:  # noqa: ANN401 - Lambda's
    """Returns when the caller, who has waited since API Gateway took the request, or the function runs out of time."""
    waited = max(0.0, time.time() - event["requestContext"]["timeEpoch"] / 1000)
    of_function = context.get_remaining_time_in_millis() / 1000 - STORE_SECONDS
    return Deadline.after(min(ANSWER_SECONDS - waited, of_function))


def _request_hash(document: Document, article_id: ArticleId | None) -> str:
    """Returns a hash of everything that has to be the same when an idempotency key is used again."""
    fields = [article_id, document.content_type, document.language, document.style]
    return hashlib.sha256(json.dumps(fields).encode() + b"\n" + document.content).hexdigest()


def _stored_response(summarized: Summarized) -> dict[str, Any]:
    """Returns the response in the form that is stored with an idempotency key.

    It names a stored record instead of repeating it, so that a text which is withdrawn or erased is not kept here.
    """
    record = summarized.record
    if not summarized.is_stored:
        return {"status": HTTPStatus.OK, "headers": {}, "body": not_stored(record.as_served()).model_dump_json()}
    location = f"/summaries/{quote(record.article_id)}"
    new = {"status": HTTPStatus.CREATED, "headers": {"Content-Location": location, "Location": location}}
    known = {"status": HTTPStatus.OK, "headers": {"Content-Location": location}}
    return (new if summarized.is_new else known) | {"record": [record.article_id, record.revision]}


def _response(stored: str, find: Callable[[ArticleId, int], Record]) -> Response[str]:
    """Returns the response that was stored; ``find`` returns the record that it names."""
    response = json.loads(stored)
    headers, body = {**response["headers"], "Cache-Control": REVALIDATE}, response.get("body")
    if body is None:
        record = find(*response["record"])
        body = record.as_served().model_dump_json()
        headers["ETag"] = entity_tag(record, body)
    return Response(response["status"], JSON, body, headers)
