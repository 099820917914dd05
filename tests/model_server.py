"""A provider of models, played over HTTP: it speaks the Responses API as OpenAI documents it, from a script.

    with playing_model() as model:
        model.answers(incomplete("max_output_tokens"), draft("A standfirst.", "A summary."))
        ...                             # ask it at model.base_url, with any key
        assert len(model.requests) == 2

Each request takes the next answer; the last one is given again and again. A request that OpenAI's published schema
would not take is answered 400, and fails the test at the end: nothing is patched inside the client.
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from threading import Event, Lock
from typing import Any

from openai.types.responses.response_create_params import ResponseCreateParamsNonStreaming
from pydantic import TypeAdapter, ValidationError
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from standfirst.domain.texts import Texts

Body = dict[str, Any]
Answer = Callable[["Asked"], Response]

MODEL = "gpt-5.6-luna"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its JSON, its headers, and what tells a slow answer that the server closes."""

    body: Body
    headers: Mapping[str, str]
    http: Request
    closing: Event

    @property
    def texts(self) -> list[str]:
        """What the model was told, message by message."""
        return [content["text"] for message in self.body["input"] for content in message["content"]]

    @property
    def kind(self) -> str:
        """What is asked for: the name of the schema."""
        name: str = self.body["text"]["format"]["name"]
        return name

    @property
    def told(self) -> str:
        """The same in one text."""
        return "\n\n".join(self.texts)


@dataclass
class ModelServer:
    """The script, and what was asked for."""

    base_url: str
    requests: list[Asked] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _script: list[Answer] = field(default_factory=list)
    _closing: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)

    def answers(self, *script: Answer) -> None:
        """Answer the requests that are to come with these, in order."""
        self._script = list(script)

    def close(self) -> None:
        """Let go whoever waits for a slow answer."""
        self._closing.set()

    def handle(self, http: Request) -> Response:
        """Answer one request."""
        asked = Asked(http.get_json(), dict(http.headers), http, self._closing)
        with self._lock:
            self.requests.append(asked)
            found = problems_of(asked.body)
            self.problems += found
            answer = self._next()
        return http_error(400, code="invalid_request")(asked) if found else answer(asked)

    def _next(self) -> Answer:
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]


_numbers = count()


@contextmanager
def playing_models() -> Iterator[HTTPServer]:
    """A server on a free port of this machine, for any number of models one after the other."""
    with HTTPServer(threaded=True) as http:
        yield http


@contextmanager
def playing_model(host: HTTPServer) -> Iterator[ModelServer]:
    """A model under a path of its own, which no late request for another reaches; fails if a request was wrong."""
    path = f"/{next(_numbers)}/v1"
    server = ModelServer(host.url_for(path))
    host.expect_request(f"{path}/responses", method="POST").respond_with_handler(server.handle)
    try:
        yield server
    finally:
        server.close()
        host.clear()
    assert not server.problems


# ----------------------------------------------------------------------------------------------------------------------
# Answers
# ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """The tokens of an answer; those that were cached or written to the cache are part of ``input``."""

    input: int = 1_000
    cached: int = 0
    cache_writes: int = 0
    output: int = 100


def draft(standfirst: str, summary: str, *key_points: str, figures: Figures | None = None) -> Answer:
    """A draft."""
    texts = Texts(standfirst=standfirst, summary=summary, key_points=key_points)
    return text(json.dumps(dict(texts)), figures)


def verdicts(*given: Mapping[str, object], figures: Figures | None = None) -> Answer:
    """A second reader's verdicts, each as ``a_verdict`` makes it."""
    return text(json.dumps({"verdicts": list(given)}), figures)


def a_verdict(sentence: int, verdict: str, quote: str = "", paragraphs: Sequence[int] = (1,), **more: str) -> Body:
    """One of them, with every member that is asked for; sentences and paragraphs are numbered from 1."""
    reasons = {} if verdict == "supported" else {"reason": "It is so.", "article_says": ""}
    return {"sentence": sentence, "verdict": verdict, "paragraphs": list(paragraphs), "quote": quote, **reasons, **more}


def by_kind(**answers: Answer) -> Answer:
    """The answer for the kind of a request, which is the name of its schema: ``draft``, ``notes`` or ``verdicts``."""
    return lambda asked: answers[asked.kind](asked)


def in_turn(*script: Answer) -> Answer:
    """These one after the other, and the last again and again."""
    rest = list(script)

    def answer(asked: Asked) -> Response:
        return (rest.pop(0) if len(rest) > 1 else rest[0])(asked)

    return answer


def notes(*facts: str) -> Answer:
    """Notes on a part of a long article."""
    return text(json.dumps({"facts": facts}))


def text(content: str, figures: Figures | None = None, tier: str = "default") -> Answer:
    """A whole answer of any text, served in a service tier."""
    return _completed([_text(content)], usage=_usage(figures or Figures()), service_tier=tier)


def messages(*said: tuple[str | None, str | None]) -> Answer:
    """A whole answer of several messages: phase and text of each, a text of ``None`` for a refusal.

    What the model thought stands before each of them.
    """
    output: list[Body] = []
    for phase, content in said:
        parts = [{"type": "refusal", "refusal": "I can't."}] if content is None else [_text(content)]
        thought, message = _message(parts, "completed")
        output += [thought, message | ({"phase": phase} if phase else {})]
    return _answer(status="completed", output=output)


def failing(**error: object) -> Answer:
    """An answer with the status 200 and ``error`` for what went wrong."""
    return _answer(status="failed", error={"message": "It failed.", **error}, usage=None)


def gateway(error: object) -> Answer:
    """What some gateways answer with the status 200: an error, and nothing else."""
    return lambda _: Response(json.dumps({"error": error}), 200, content_type="application/json")


def refusal() -> Answer:
    """The model declines, which counts as a whole answer."""
    return _completed([{"type": "refusal", "refusal": "I can't help with that."}])


def incomplete(reason: str) -> Answer:
    """An answer that was stopped: ``max_output_tokens`` or ``content_filter``."""
    return _answer(
        status="incomplete",
        incomplete_details={"reason": reason},
        output=_message([_text('{"standfirst": "The town')], "incomplete"),
    )


def failed(code: str) -> Answer:
    """An answer that came to nothing; it has no usage."""
    return failing(code=code)


def http_error(status: int, *, kind: object = "error", code: object = None, **headers: str) -> Answer:
    """A status other than 200 with OpenAI's error body; ``retry_after="2"`` is the header Retry-After.

    The message repeats the request, as that of some servers does.
    """
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(asked: Asked) -> Response:
        error = {"message": f"It went wrong: {asked.told}", "type": kind, "param": None, "code": code}
        return Response(json.dumps({"error": error}), status, named, content_type="application/json")

    return answer


def page() -> Answer:
    """Something in between answers with a page of its own."""
    return lambda _: Response("<html>Please sign in.</html>", 200, content_type="text/html")


def broken_json() -> Answer:
    """Bytes that say they are JSON and stop."""
    return lambda _: Response('{"id": "resp_1", "stat', 200, content_type="application/json")


def bare() -> Answer:
    """JSON, but nothing of an answer in it."""
    return lambda _: Response('{"status": "completed"}', 200, content_type="application/json")


def misshapen(content: str = "{}", **fields: object) -> Answer:
    """A whole answer with the text ``content``, but for ``fields``, which are as no answer has them."""
    return _answer(**{"status": "completed", "output": _message([_text(content)], "completed"), **fields})


def garbled() -> Answer:
    """Bytes that say they are JSON and are no text."""
    return lambda _: Response(b'{"id": "\xff"}', 200, content_type="application/json")


def slow(answer: Answer) -> Answer:
    """The same, but not before the server closes."""

    def wait(asked: Asked) -> Response:
        asked.closing.wait(60)
        return answer(asked)

    return wait


def dropped() -> Answer:
    """The connection ends without a word."""

    def drop(asked: Asked) -> Response:
        asked.http.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        return Response()

    return drop


def _text(content: str) -> Body:
    return {"type": "output_text", "text": content, "annotations": []}


def _completed(content: list[Body], **fields: Any) -> Answer:  # noqa: ANN401 - JSON
    return _answer(status="completed", output=_message(content, "completed"), **fields)


def _message(content: list[Body], status: str) -> list[Body]:
    thought = {"type": "reasoning", "id": "rs_1", "summary": []}
    return [thought, {"type": "message", "id": "msg_1", "role": "assistant", "status": status, "content": content}]


def _usage(figures: Figures) -> Body:
    return {
        "input_tokens": figures.input,
        "input_tokens_details": {"cached_tokens": figures.cached, "cache_write_tokens": figures.cache_writes},
        "output_tokens": figures.output,
        "output_tokens_details": {"reasoning_tokens": figures.output // 2},
        "total_tokens": figures.input + figures.output,
    }


def _answer(**fields: Any) -> Answer:  # noqa: ANN401 - JSON
    defaults: Body = {"output": [], "error": None, "incomplete_details": None, "usage": _usage(Figures())}

    def answer(asked: Asked) -> Response:
        body = {
            "id": "resp_1",
            "object": "response",
            "created_at": 1_780_000_000,
            "model": asked.body["model"],
            "service_tier": "default",
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            **defaults,
            **fields,
        }
        return Response(json.dumps(body), 200, content_type="application/json")

    return answer


# ----------------------------------------------------------------------------------------------------------------------
# What OpenAI's published schema takes
# ----------------------------------------------------------------------------------------------------------------------


@cache
def _request_shape() -> TypeAdapter[Any]:
    return TypeAdapter(ResponseCreateParamsNonStreaming)


def problems_of(body: Body) -> list[str]:
    """What the published schema, or the rules of strict structured outputs, would not take in a request."""
    try:
        _request_shape().validate_python(body)
    except ValidationError as error:
        return [str(error)]
    unknown = set(body) - set(ResponseCreateParamsNonStreaming.__annotations__) - set(_base_fields())
    problems = [f"{name} is no parameter" for name in sorted(unknown)]
    answer = body.get("text", {}).get("format", {})
    return problems + (list(_not_strict(answer["schema"])) if answer.get("strict") else ["not strict"])


def _base_fields() -> list[str]:
    return [name for base in ResponseCreateParamsNonStreaming.__orig_bases__ for name in base.__annotations__]  # type: ignore[attr-defined]


def _not_strict(schema: Body) -> Iterator[str]:
    """Where ``schema`` breaks the guide "Structured outputs": each property required, and no others."""
    for variant in schema.get("anyOf", ()):
        yield from _not_strict(variant)
    match schema.get("type"):
        case "object":
            if schema.get("additionalProperties") is not False:
                yield "additionalProperties is not false"
            if set(schema.get("required", ())) != set(schema["properties"]):
                yield "not every property is required"
            for inner in schema["properties"].values():
                yield from _not_strict(inner)
        case "array":
            yield from _not_strict(schema["items"])
        case "string" | "number" | "integer" | "boolean":
            return
        case None if "anyOf" in schema:
            return
        case other:
            yield f"type {other}"
