"""A provider of models that can be in trouble, and counts what it would bill. A program: see ``children.py``.

It speaks the Responses API. Its drafts are sentences of the article, the first in slightly other words so that they are
read, and its verdicts support each sentence: this is about when and how often the service asks, not about what it makes
of the answers.
"""

import json
import logging
import random
import re
import select
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from children import end_with_parent, say
from newsroom import mark_in
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from standfirst_local.emulator import LOOPBACK

_SLOW_SECONDS = (2.0, 3.0)

_ARTICLE = re.compile(r"<<<ARTICLE (\w+)>>>\n(.*)\n<<<END OF ARTICLE \1>>>", re.DOTALL)
_FIRST_PARAGRAPH = re.compile(r"^\[1\] ((?:\S+ ?){1,8})", re.MULTILINE)
_NUMBERED = re.compile(r"^\d+\. \(", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.”])\s+(?=[A-Z“])")


class Model:
    """The provider: what it answers by chance, and how many answers were paid for, version by version."""

    def __init__(self, seed: int, faults: Mapping[str, float], seconds: tuple[float, float]) -> None:
        """Nobody has asked yet. An answer takes between the two ``seconds``."""
        self._chance = random.Random(seed)  # noqa: S311 - a draw, no secret
        self._shares = {**faults, "": 1 - sum(faults.values())}
        self._seconds = seconds
        self._lock = threading.Lock()
        self._paid: Counter[str] = Counter()
        self._read: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._unheard = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """``POST /v1/responses`` as OpenAI documents it, and ``GET /counts``."""
        request = Request(environ)
        answer = self._counts() if request.path == "/counts" else self._answer(request)
        return answer(environ, start_response)

    def _counts(self) -> Response:
        with self._lock:
            return _json({"paid": self._paid, "read": self._read, "unheard": self._unheard, "faults": self._faults})

    def _answer(self, request: Request) -> Response:
        body = request.get_json()
        with self._lock:
            [fault] = self._chance.choices([*self._shares], [*self._shares.values()])
            seconds = self._chance.uniform(*(_SLOW_SECONDS if fault == "slow" else self._seconds))
            if fault:
                self._faults[fault] += 1
        if in_trouble := _TROUBLE.get(fault):
            return in_trouble(request)
        time.sleep(seconds)
        told = body["input"][-1]["content"][-1]["text"]
        is_reading = body["text"]["format"]["name"] == "verdicts"
        answer = _json(_response(body["model"], _verdicts_on(told) if is_reading else _draft_of(told)))
        with self._lock:
            (self._read if is_reading else self._paid)[mark_in(told) or "?"] += 1
            self._unheard += _has_hung_up(request)
        return answer


def _has_hung_up(request: Request) -> bool:
    """Whether who asked is gone, so that nobody hears the answer, which is billed all the same."""
    connection = request.environ["werkzeug.socket"]
    readable, _, _ = select.select([connection], [], [], 0)
    return bool(readable) and not connection.recv(1, socket.MSG_PEEK)


def _overloaded(_: Request) -> Response:
    return _error(429, "rate_limit_exceeded")


def _overloaded_for_a_second(_: Request) -> Response:
    answer = _error(429, "rate_limit_exceeded")
    answer.headers["Retry-After"] = "1"
    return answer


def _broken(_: Request) -> Response:
    return _error(500, "server_error")


def _dropped(request: Request) -> Response:
    request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return Response()


_TROUBLE: dict[str, Callable[[Request], Response]] = {
    "429": _overloaded,
    "429 retry-after": _overloaded_for_a_second,
    "500": _broken,
    "dropped": _dropped,
}


def _error(status: int, code: str) -> Response:
    return _json({"error": {"message": "Not now.", "type": code, "param": None, "code": code}}, status)


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def _draft_of(told: str) -> dict[str, Any]:
    """Standfirst and summary of the article that was shown, in its own sentences."""
    found = _ARTICLE.search(told)
    paragraphs = (found[2] if found else told).partition("Text:\n")[2].split("\n\n")
    sentences = [
        sentence for paragraph in paragraphs for sentence in _SENTENCE_END.split(paragraph.strip()) if sentence
    ]
    return {
        "standfirst": f"{sentences[0].rstrip('.')}, it is said.",
        "summary": " ".join(sentences[1:4]),
        "key_points": [],
    }


def _verdicts_on(told: str) -> dict[str, Any]:
    """Support for each sentence that was shown, by the first paragraph."""
    found = _ARTICLE.search(told)
    first = _FIRST_PARAGRAPH.search(found[2] if found else "")
    quote = first[1] if first else ""
    numbers = range(1, len(_NUMBERED.findall(told)) + 1)
    verdict = {"verdict": "supported", "paragraphs": [1], "quote": quote}
    return {"verdicts": [{"sentence": number, **verdict} for number in numbers]}


def _response(model: str, draft: dict[str, Any]) -> dict[str, Any]:
    content = {"type": "output_text", "text": json.dumps(draft, ensure_ascii=False), "annotations": []}
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [content]}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": int(time.time()),
        "status": "completed",
        "error": None,
        "incomplete_details": None,
        "model": model,
        "service_tier": "default",
        "output": [message],
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": [],
        "usage": {
            "input_tokens": 1_000,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": 100,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": 1_100,
        },
    }


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The counts say enough."""


def main() -> None:
    """Answer until the soak ends."""
    end_with_parent()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    asked = json.loads(sys.argv[1])
    model = Model(asked["seed"], asked["faults"], asked["seconds"])
    server = make_server(LOOPBACK, 0, model, threaded=True, request_handler=_Quiet)
    say({"url": f"http://{LOOPBACK}:{server.port}"})
    server.serve_forever()


if __name__ == "__main__":
    main()
