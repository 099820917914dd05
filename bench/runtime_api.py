"""Lambda's Runtime API on loopback, for one invocation.

After "Using the Lambda runtime API for custom runtimes" (AWS Lambda developer guide).
"""

import json
import queue
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from measurement import CannotMeasure

TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"

_VERSION = "/2018-06-01/runtime"
_REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"
_INVOCATION_HEADERS = {
    # Without the trace id and the content type, the native part of awslambdaric crashes.
    "Content-Type": "application/json",
    "Lambda-Runtime-Trace-Id": TRACE_ID,
    "Lambda-Runtime-Aws-Request-Id": _REQUEST_ID,
    "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-west-1:123456789012:function:measured",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the runtime sent back, and when (``time.perf_counter``)."""

    body: bytes
    received: float
    is_error: bool


class RuntimeApi(ThreadingHTTPServer):
    """Hands ``event`` to the first who asks; whoever asks again waits until the server is closed."""

    daemon_threads = True

    def __init__(self, event: dict[str, Any]) -> None:
        """Listen on a free port of loopback."""
        super().__init__(("127.0.0.1", 0), _Calls)
        self.events: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.events.put(json.dumps(event).encode())
        self.answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self.closed = threading.Event()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's signature
        """Say nothing of a runtime that was stopped while it waited; it always is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def address(self) -> str:
        """As ``AWS_LAMBDA_RUNTIME_API`` wants it."""
        return f"127.0.0.1:{self.server_port}"

    def answer(self, timeout_seconds: float) -> Answer:
        """What the handler answered; raises ``CannotMeasure`` for an error, or when nothing comes in time."""
        try:
            answer = self.answers.get(timeout=timeout_seconds)
        except queue.Empty:
            raise CannotMeasure(f"No answer in {timeout_seconds:g} s.") from None
        if answer.is_error:
            raise CannotMeasure(f"The handler failed: {answer.body.decode(errors='replace')}")
        return answer


@contextmanager
def runtime_api(event: dict[str, Any]) -> Iterator[RuntimeApi]:
    """A running Runtime API that has one ``event`` to give."""
    with RuntimeApi(event) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closed.set()
            server.shutdown()
            thread.join()


class _Calls(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeApi

    def do_GET(self) -> None:
        """``/runtime/invocation/next``."""
        if self.path != f"{_VERSION}/invocation/next":
            self._reply(HTTPStatus.NOT_FOUND, {}, b"")
            return
        try:
            event = self.server.events.get_nowait()
        except queue.Empty:
            self.server.closed.wait()
            self.close_connection = True
            return
        deadline = {"Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 60_000)}
        self._reply(HTTPStatus.OK, _INVOCATION_HEADERS | deadline, event)

    def do_POST(self) -> None:
        """A response, an error of an invocation, or one of the initialisation."""
        body = self._body()
        self.server.answers.put(Answer(body, time.perf_counter(), self.path.endswith("/error")))
        self._reply(HTTPStatus.ACCEPTED, {"Content-Type": "application/json"}, b'{"status": "OK"}')

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - http.server's signature
        """Nothing: the table is all there is to print."""

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _reply(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
