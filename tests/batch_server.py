"""A provider of models with files and batches, played over HTTP as OpenAI documents it; it counts the bill.

    with playing_batches() as provider:
        provider.course = Course(answers=10)        # the next batches expire after ten answers
        ...                                         # ask it at provider.base_url, with any key
        assert max(provider.paid.values()) == 1

A draft repeats sentences of its article, the first in slightly other words, and verdicts support each sentence; a test
may give another ``reply``. As a program (``python tests/batch_server.py``) it prints ``{"url": …}`` and answers until
its input ends; ``GET /bill`` has what was paid, and ``PUT /course`` takes the fields of a ``Course`` as JSON.
"""

import json
import logging
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import BadRequest, Conflict, HTTPException, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

Body = dict[str, Any]
Reply = Callable[[Body], Body]
"""What the body of a request is answered with."""

MOST_LINES, MOST_BYTES = 50_000, 200 * 1024 * 1024
"""Of one file of requests."""

INPUT_TOKENS, OUTPUT_TOKENS = 1_000, 100
"""The tokens of every response."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a batch goes that is created from now on.

    It is over after ``polls`` looks at its state and ``seconds``. It expires after so many ``answers``, if that is less
    than its requests. ``fails`` is the code with which the whole file is refused. Each ``errs_every``-th request is
    answered with an error, and each ``loses_every``-th line of the output is missing, though it is billed.
    """

    polls: int = 1
    seconds: float = 0.0
    answers: int | None = None
    fails: str | None = None
    errs_every: int = 0
    loses_every: int = 0


@dataclass
class _Batch:
    """A batch, and the lines of its file."""

    shown: Body
    lines: list[Body]
    course: Course
    polls: int = 0
    began: float = field(default_factory=time.monotonic)


class BatchProvider:
    """The provider, as a WSGI application. ``paid`` counts the answers that are billed by what was asked.

    That is the ``custom_id`` of a request in a batch, and ``live`` with the article's text for any other draft.
    """

    def __init__(self, reply: Reply | None = None) -> None:
        """Nobody has asked yet."""
        self.reply = reply or respond
        self.course = Course()
        self.paid: Counter[str] = Counter()
        self.live: list[Body] = []
        self.submitted: list[list[Body]] = []
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, _Batch] = {}
        self.expiry: dict[str, str | None] = {}
        self.faults: dict[str, list[int]] = {}
        self.base_url = ""
        self._numbers = count(1)
        self._lock = threading.RLock()

    def fail(self, endpoint: str, *statuses: int) -> None:
        """Answer the next calls of ``endpoint`` with these statuses; 0 is done, but its answer is lost."""
        self.faults[endpoint] = list(statuses)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """One request."""
        request = Request(environ)
        try:
            endpoint, values = _ROUTES.bind_to_environ(environ).match()
            answer = self._answer(str(endpoint), request, values)
        except HTTPException as error:
            code = (error.name or "error").lower().replace(" ", "_")
            answer = _json({"error": {"message": error.description, "type": code, "code": code}}, error.code or 500)
        return answer(environ, start_response)

    def _answer(self, endpoint: str, request: Request, values: Mapping[str, Any]) -> Response:
        if endpoint == "respond":
            return self.respond(request)
        with self._lock:
            fault = self.faults[endpoint].pop(0) if self.faults.get(endpoint) else None
            if fault:
                return _json({"error": {"message": "Not now.", "type": "error", "code": None}}, fault)
            answer: Response = getattr(self, endpoint)(request, **values)
        return _json({"error": {"message": "Lost."}}, 502) if fault == 0 else answer

    # Files ------------------------------------------------------------------------------------------------------------

    def create_file(self, request: Request) -> Response:
        """``POST /files``."""
        if request.form.get("purpose") != "batch":
            raise BadRequest("The purpose is not batch.")
        file_id = self._keep(request.files["file"].read())
        self.expiry[file_id] = request.form.get("expires_after[seconds]")
        return _json(self._file(file_id))

    def get_file(self, request: Request, file_id: str) -> Response:
        """``GET /files/{id}``."""
        del request
        return _json(self._file(file_id))

    def get_content(self, request: Request, file_id: str) -> Response:
        """``GET /files/{id}/content``."""
        del request
        self._file(file_id)
        return Response(self.files[file_id], content_type="application/octet-stream")

    def delete_file(self, request: Request, file_id: str) -> Response:
        """``DELETE /files/{id}``."""
        del request
        self._file(file_id)
        del self.files[file_id]
        return _json({"id": file_id, "object": "file", "deleted": True})

    def _keep(self, content: bytes) -> str:
        file_id = f"file-{next(self._numbers)}"
        self.files[file_id] = content
        return file_id

    def _file(self, file_id: str) -> Body:
        if file_id not in self.files:
            raise NotFound(f"No such File object: {file_id}")
        return {
            "id": file_id,
            "object": "file",
            "bytes": len(self.files[file_id]),
            "created_at": int(time.time()),
            "filename": "requests.jsonl",
            "purpose": "batch",
            "status": "processed",
        }

    # Batches ----------------------------------------------------------------------------------------------------------

    def create_batch(self, request: Request) -> Response:
        """``POST /batches``."""
        asked = request.get_json()
        content = self.files.get(asked["input_file_id"])
        if content is None:
            raise BadRequest("No such file.")
        if asked["endpoint"] != "/v1/responses" or asked["completion_window"] != "24h":
            raise BadRequest("Not that endpoint, or not that window.")
        lines = [json.loads(line) for line in content.splitlines()]
        self.submitted.append(lines)
        course, code = self.course, _refused(content, lines)
        batch_id, now = f"batch_{next(self._numbers)}", int(time.time())
        shown = {
            "id": batch_id,
            "object": "batch",
            "endpoint": asked["endpoint"],
            "errors": None,
            "input_file_id": asked["input_file_id"],
            "completion_window": "24h",
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": now,
            "expires_at": now + 86_400,
            "request_counts": {"total": len(lines), "completed": 0, "failed": 0},
            "metadata": asked.get("metadata"),
        }
        if failed := course.fails or code:
            error = {"code": failed, "message": "The file cannot be taken.", "line": None, "param": None}
            shown |= {"status": "failed", "failed_at": now, "errors": {"object": "list", "data": [error]}}
        self.batches[batch_id] = _Batch(shown, lines, course)
        return _json(shown)

    def list_batches(self, request: Request) -> Response:
        """``GET /batches``, the newest first."""
        newest = [batch.shown for batch in reversed(self.batches.values())]
        limit, after = int(request.args.get("limit", 20)), request.args.get("after")
        if after:
            newest = newest[[shown["id"] for shown in newest].index(after) + 1 :]
        page = newest[:limit]
        ends = {"first_id": page[0]["id"], "last_id": page[-1]["id"]} if page else {}
        return _json({"object": "list", "data": page, "has_more": len(newest) > limit, **ends})

    def get_batch(self, request: Request, batch_id: str) -> Response:
        """``GET /batches/{id}``: with each look it goes on."""
        del request
        batch = self._batch(batch_id)
        if batch.shown["status"] in {"validating", "in_progress"}:
            batch.polls += 1
            if batch.polls > batch.course.polls and time.monotonic() - batch.began >= batch.course.seconds:
                answers = batch.course.answers
                is_cut = answers is not None and answers < len(batch.lines)
                self._end(batch, "expired" if is_cut else "completed", len(batch.lines) if answers is None else answers)
            else:
                batch.shown["status"] = "in_progress"
        return _json(batch.shown)

    def cancel_batch(self, request: Request, batch_id: str) -> Response:
        """``POST /batches/{id}/cancel``: half of it was answered by then, or as much as it ever would have been."""
        del request
        batch = self._batch(batch_id)
        if batch.shown["status"] not in {"validating", "in_progress"}:
            raise Conflict("It is over.")
        half = len(batch.lines) // 2
        self._end(batch, "cancelled", half if batch.course.answers is None else min(half, batch.course.answers))
        return _json(batch.shown)

    def _batch(self, batch_id: str) -> _Batch:
        if batch_id not in self.batches:
            raise NotFound(f"No batch found with id '{batch_id}'.")
        return self.batches[batch_id]

    def _end(self, batch: _Batch, status: str, answers: int) -> None:
        """Answer the first requests, bill them, and write both files."""
        output, errors, course = [], [], batch.course
        for number, line in enumerate(batch.lines, start=1):
            custom_id = line["custom_id"]
            if number > answers:
                code = "batch_expired" if status == "expired" else "batch_cancelled"
                error = {"code": code, "message": "It was not answered in time."}
                errors.append({"id": f"req_{number}", "custom_id": custom_id, "response": None, "error": error})
            elif course.errs_every and number % course.errs_every == 0:
                body = {"error": {"message": "It went wrong.", "type": "server_error", "code": "server_error"}}
                response = {"status_code": 500, "request_id": f"req_{number}", "body": body}
                errors.append({"id": f"req_{number}", "custom_id": custom_id, "response": response, "error": None})
            else:
                self.paid[custom_id] += 1
                response = {"status_code": 200, "request_id": f"req_{number}", "body": self.reply(line["body"])}
                if not (course.loses_every and number % course.loses_every == 0):
                    output.append({"id": f"req_{number}", "custom_id": custom_id, "response": response, "error": None})
        counts = {"total": len(batch.lines), "completed": len(output), "failed": len(errors)}
        batch.shown |= {"status": status, f"{status}_at": int(time.time()), "request_counts": counts}
        for name, lines in (("output_file_id", output), ("error_file_id", errors)):
            if lines:
                batch.shown[name] = self._keep("".join(json.dumps(line) + "\n" for line in lines).encode())

    # Responses, and what is counted -----------------------------------------------------------------------------------

    def respond(self, request: Request) -> Response:
        """``POST /responses``."""
        asked = request.get_json()
        body = self.reply(asked)
        with self._lock:
            self.live.append(asked)
            if asked["text"]["format"]["name"] == "draft":
                self.paid[f"live {_paragraphs(_material_of(asked))}"] += 1
        return _json(body)

    def bill(self, request: Request) -> Response:
        """``GET /bill``."""
        del request
        readings = sum(asked["text"]["format"]["name"] == "verdicts" for asked in self.live)
        statuses = Counter(batch.shown["status"] for batch in self.batches.values())
        return _json({"paid": self.paid, "readings": readings, "batches": statuses, "files": len(self.files)})

    def set_course(self, request: Request) -> Response:
        """``PUT /course``."""
        self.course = Course(**request.get_json())
        return _json(asdict(self.course))


_ROUTES = Map(
    [
        Rule("/v1/files", methods=["POST"], endpoint="create_file"),
        Rule("/v1/files/<file_id>", methods=["GET"], endpoint="get_file"),
        Rule("/v1/files/<file_id>", methods=["DELETE"], endpoint="delete_file"),
        Rule("/v1/files/<file_id>/content", methods=["GET"], endpoint="get_content"),
        Rule("/v1/batches", methods=["POST"], endpoint="create_batch"),
        Rule("/v1/batches", methods=["GET"], endpoint="list_batches"),
        Rule("/v1/batches/<batch_id>", methods=["GET"], endpoint="get_batch"),
        Rule("/v1/batches/<batch_id>/cancel", methods=["POST"], endpoint="cancel_batch"),
        Rule("/v1/responses", methods=["POST"], endpoint="respond"),
        Rule("/bill", methods=["GET"], endpoint="bill"),
        Rule("/course", methods=["PUT"], endpoint="set_course"),
    ]
)


def _refused(content: bytes, lines: list[Body]) -> str | None:
    """The code with which the provider refuses a file."""
    if not lines:
        return "empty_file"
    if len(lines) > MOST_LINES or len(content) > MOST_BYTES:
        return "file_too_large"
    if len({line["custom_id"] for line in lines}) < len(lines):
        return "duplicate_custom_id"
    if any((line["method"], line["url"]) != ("POST", "/v1/responses") for line in lines):
        return "mismatched_endpoint"
    return "mismatched_model" if len({line["body"]["model"] for line in lines}) > 1 else None


def _json(body: Body, status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


# ----------------------------------------------------------------------------------------------------------------------
# What the model says
# ----------------------------------------------------------------------------------------------------------------------

_ARTICLE = re.compile(r"<<<ARTICLE (\w+)>>>\n(.*)\n<<<END OF ARTICLE \1>>>", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"^\[1\] ((?:\S+ ?){1,8})", re.MULTILINE)
_NUMBERED = re.compile(r"^\d+\. \(", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.”])\s+(?=[A-Z“])")


def respond(asked: Body) -> Body:
    """A response with sentences of the article that was shown, or with support for the sentences that were."""
    told = _material_of(asked)
    return response(asked, _verdicts(told) if asked["text"]["format"]["name"] == "verdicts" else _draft(told))


def response(asked: Body, said: Body | str) -> Body:
    """A completed response that says ``said``."""
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    content = {"type": "output_text", "text": text, "annotations": []}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [content]}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": int(time.time()),
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "model": asked["model"],
        "service_tier": asked.get("service_tier", "default"),
        "output": [message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": INPUT_TOKENS,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": OUTPUT_TOKENS,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": INPUT_TOKENS + OUTPUT_TOKENS,
        },
    }


def _material_of(asked: Body) -> str:
    told: str = asked["input"][-1]["content"][-1]["text"]
    return told


def _paragraphs(told: str) -> str:
    found = _ARTICLE.search(told)
    return (found[2] if found else told).partition("Text:\n")[2]


def _draft(told: str) -> Body:
    sentences = [
        sentence
        for paragraph in _paragraphs(told).split("\n\n")
        for sentence in _SENTENCE_END.split(paragraph.strip())
        if sentence
    ]
    first = sentences[0].rstrip(".")
    return {"standfirst": f"{first}, it is said.", "summary": " ".join(sentences[1:4]) or first, "key_points": []}


def _verdicts(told: str) -> Body:
    found = _ARTICLE.search(told)
    first = _FIRST_PARAGRAPH.search(found[2] if found else "")
    verdict = {"verdict": "supported", "paragraphs": [1], "quote": first[1] if first else ""}
    numbers = range(1, len(_NUMBERED.findall(told)) + 1)
    return {"verdicts": [{"sentence": number, **verdict} for number in numbers]}


# ----------------------------------------------------------------------------------------------------------------------
# The server
# ----------------------------------------------------------------------------------------------------------------------


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The counts say enough."""


@contextmanager
def playing_batches(reply: Reply | None = None) -> Iterator[BatchProvider]:
    """A provider on a free port of this machine, for the block."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    provider = BatchProvider(reply)
    server = make_server("127.0.0.1", 0, provider, threaded=True, request_handler=_Quiet)
    provider.base_url = f"http://127.0.0.1:{server.port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main() -> None:
    """Answer until the input ends."""
    with playing_batches() as provider:
        if len(sys.argv) > 1:
            provider.course = Course(**json.loads(sys.argv[1]))
        print(json.dumps({"url": provider.base_url}), flush=True)  # noqa: T201 - a program
        sys.stdin.read()


if __name__ == "__main__":
    main()
