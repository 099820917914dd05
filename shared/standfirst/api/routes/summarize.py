"""What a CMS asks for while it waits: a summary of the article it sends."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.params import Query

from standfirst.api.caller import caller_of
from standfirst.api.etags import entity_tag
from standfirst.api.openapi_responses import JSON, IdempotencyKey, allowed_to, good, responses
from standfirst.api.routes.read import UNCHANGED_ONLY
from standfirst.api.schemas import TransientSummary, not_stored
from standfirst.domain.article import ArticleId, Document, Language
from standfirst.domain.errors import InvalidField, StoreUnavailable
from standfirst.domain.ports import IdempotencyStore, TimeLeft
from standfirst.domain.record import Record
from standfirst.use_cases.summarize_request import Summarized, SummarizeRequest

ANSWER_SECONDS = 25.0
"""A caller waits so long at most; API Gateway would give up after 30."""

LAST_SECONDS = 3.0
"""Kept of the function's own time, for telling the caller."""

GRACE_SECONDS = 2.0
"""For what was begun in time; still within what API Gateway allows."""

_BODY = {
    "description": "One article, in any format that is read from the bucket, each also gzipped.",
    "required": True,
    "content": {
        kind: {"schema": {"type": "string"}}
        for kind in (
            "text/plain",
            "text/markdown",
            "text/html",
            "application/xml",
            "application/gzip",
            "application/octet-stream",
        )
    }
    | {kind: {"schema": {"type": "object"}} for kind in ("application/json", "application/ld+json")},
}


def request_routes(
    summarize: Callable[[], SummarizeRequest], kept: Callable[[], IdempotencyStore], tell: Callable[[Record], None]
) -> Router:
    """The route, over the story that ``summarize`` gives; ``kept`` remembers answers by their idempotency keys.

    ``tell`` hears of each summary that was made.
    """
    router = Router()  # type: ignore[no-untyped-call]

    @router.post(
        "/summaries",
        operation_id="summarizeArticle",
        summary="Have an article summarised in this call",
        description=(
            "Answered within 25 seconds: if the model cannot be had in time, with sentences of the article, and "
            "`made_by.degraded` says so. With `article_id` the article is put into the bucket and its summary is "
            "stored, exactly as if it had been uploaded; without, nothing is stored."
        ),
        tags=["write"],
        security=allowed_to("summaries:write"),
        openapi_extensions={"requestBody": _BODY},
        responses=responses(
            {
                200: good("The summary; a record, where it is stored.", Record | TransientSummary, tagged=True),
                201: good("The first summary of an article that was not known.", Record, tagged=True),
            },
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        ),
    )
    def summarize_article(
        article_id: Annotated[str | None, Query(description="Store it under this id.")] = None,
        style: Annotated[str | None, Query(max_length=100, description="A house style, by its name.")] = None,
        language: Annotated[
            str | None,
            Query(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$", description="BCP 47; else it is found out."),
        ] = None,
        idempotency_key: IdempotencyKey = None,
    ) -> Response[str]:
        event = router.current_event.raw_event
        caller, time_left = caller_of(event), _time_left(event, router.lambda_context)
        document = Document(
            name=article_id or "",
            content=_content(event),
            content_type=_content_type(event),
            language=Language(language) if language else None,
            style=style,
        )
        named = ArticleId(article_id) if article_id is not None else None

        def answer() -> str:
            summarized = summarize()(document, named, caller, time_left)
            tell(summarized.record)
            return json.dumps(_answer(summarized))

        def answer_once() -> str:
            if idempotency_key is None:
                return answer()
            return kept().once(f"{caller} {idempotency_key}", _mark(document, named), answer, time_left)

        return _response(_in_time(answer_once, time_left))

    return router


def _content(event: Mapping[str, Any]) -> bytes:
    body = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(body)
    if "\ufffd" in body:
        # API Gateway has read it as UTF-8, and what was there is lost.
        raise InvalidField("body", "It is not UTF-8: send it as that, or as application/octet-stream.")
    return body.encode(errors="surrogatepass")


def _content_type(event: Mapping[str, Any]) -> str | None:
    stated: str | None = event["headers"].get("content-type")
    if not stated or event.get("isBase64Encoded"):
        return stated
    # What API Gateway hands over as text it has read as UTF-8, whatever the article says of itself.
    return f"{stated.partition(';')[0].strip()}; charset=utf-8"


def _time_left(event: Mapping[str, Any], context: Any) -> TimeLeft:  # noqa: ANN401 - Lambda's
    """Seconds of what the caller, who has waited since API Gateway took the request, still has."""
    waited = max(0.0, time.time() - event["requestContext"]["timeEpoch"] / 1000)
    end: float = time.monotonic() + ANSWER_SECONDS - waited

    def time_left() -> float:
        of_function: float = context.get_remaining_time_in_millis() / 1000 - LAST_SECONDS
        return min(end - time.monotonic(), of_function)

    return time_left


def _in_time(work: Callable[[], str], time_left: TimeLeft) -> str:
    """What ``work`` gives, which keeps to the time by itself unless a store lets it hang; then ``StoreUnavailable``."""
    # A thread of its own: one that hangs is left behind, and holds up nobody who comes later.
    thread = ThreadPoolExecutor(1, thread_name_prefix="request")
    done = thread.submit(work)
    thread.shutdown(wait=False)
    try:
        return done.result(timeout=max(0.0, time_left()) + GRACE_SECONDS)
    except FutureTimeoutError:
        raise StoreUnavailable("Nothing could be answered in time.") from None


def _mark(document: Document, article_id: ArticleId | None) -> str:
    """What a request with an idempotency key may not say otherwise the next time."""
    said = [article_id, document.content_type, document.language, document.style]
    return hashlib.sha256(json.dumps(said).encode() + b"\n" + document.content).hexdigest()


def _answer(summarized: Summarized) -> dict[str, Any]:
    """The answer as it is kept."""
    record = summarized.record
    if not summarized.is_stored:
        return {"status": HTTPStatus.OK, "headers": {}, "body": not_stored(record.as_served()).model_dump_json()}
    form, where = record.as_served().model_dump_json(), f"/summaries/{quote(record.article_id)}"
    headers = {"ETag": entity_tag(record, form), "Content-Location": where}
    if summarized.is_new:
        return {"status": HTTPStatus.CREATED, "headers": headers | {"Location": where}, "body": form}
    return {"status": HTTPStatus.OK, "headers": headers, "body": form}


def _response(answer: str) -> Response[str]:
    said = json.loads(answer)
    return Response(said["status"], JSON, said["body"], {**said["headers"], "Cache-Control": UNCHANGED_ONLY})
