"""A client of the local API that sends what it is told to, to the letter, and what may stand behind that API."""

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from standfirst_local.http_api import HttpApi, Route

Handler = Callable[[dict[str, Any]], Any]
Headers = Sequence[tuple[str, str]]

FERRIES = "/ferries/{ferry_id+}"


def fine(event: dict[str, Any]) -> dict[str, Any]:
    """An answer that says which route it was."""
    return {"statusCode": 200, "headers": {"Content-Type": "text/plain"}, "body": event["routeKey"]}


class Function:
    """Stands in for a ``LocalFunction``; remembers what it was asked."""

    name = "stand-in"

    def __init__(self, handler: Handler = fine) -> None:
        """``handler`` answers."""
        self.handler = handler
        self.events: list[dict[str, Any]] = []

    def invoke(self, event: dict[str, Any]) -> Any:  # noqa: ANN401
        """See ``LocalFunction``."""
        self.events.append(event)
        return self.handler(event)


class Answer(NamedTuple):
    """What the client got."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401
        """Its JSON."""
        return json.loads(self.content)


class Client:
    """A client that sends what it is told to, to the letter."""

    def __init__(self, api: HttpApi) -> None:
        """Of ``api``."""
        self.port = urlsplit(api.url).port or 0

    def ask(
        self, method: str, target: str, body: bytes | Iterator[bytes] | None = None, headers: Headers = ()
    ) -> Answer:
        """One request and its answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if isinstance(body, bytes):
            connection.putheader("Content-Length", str(len(body)))
        elif body is not None:
            connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders(body, encode_chunked=body is not None and not isinstance(body, bytes))
        answer = connection.getresponse()
        got = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return got

    def send(self, request: bytes) -> Answer:
        """The answer to bytes that are no request that ``http.client`` would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire:
            wire.sendall(request)
            head, _, content = b"".join(iter(lambda: wire.recv(65_536), b"")).partition(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")
        return Answer(int(line.split()[1]), dict(each.lower().split(": ", 1) for each in fields), content)


@contextmanager
def serving(*routes: Route) -> Iterator[Client]:
    """A client of an API with ``routes``."""
    api = HttpApi(routes, port=0)
    api.start()
    try:
        yield Client(api)
    finally:
        api.stop()


def route(key: str, function: Function) -> Route:
    """A route by its key."""
    method, _, path = key.rpartition(" ")
    return Route(method or "ANY", path, function)  # type: ignore[arg-type]
