"""DynamoDB's limit of 400 KB for an item, in front of an emulator: moto counts otherwise and not everywhere."""

import json
import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from standfirst_local.environment import environment

LIMIT = 400 * 1024
"""Bytes of an item, its attributes' names included (DynamoDB developer guide, "Constraints")."""

TOO_LARGE = "Item size has exceeded the maximum allowed size"


def size_of(item: Mapping[str, Any]) -> int:
    """Returns the bytes of an item in DynamoDB JSON (DynamoDB developer guide, "DynamoDB item sizes and formats")."""
    return sum(len(name.encode()) + _size(value) for name, value in item.items())


def _size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return _number(content)
        case "SS":
            return sum(len(each.encode()) for each in content)
        case "M":
            return 3 + size_of(content) + len(content)
        case "L":
            return 3 + sum(map(_size, content)) + len(content)
    return 1


def _number(text: str) -> int:
    """A byte for every two significant digits, one more, and one for a sign."""
    digits = text.lstrip("-").replace(".", "").strip("0")
    return (len(digits) + 1) // 2 + 1 + text.startswith("-")


@dataclass
class ItemLimit:
    """What was written: the bytes of the largest item, and how many writes of one over ``most`` were refused.

    A transaction is refused as a whole, or with a reason for each of its items where ``by_reasons``.
    """

    endpoint: str
    most: int = LIMIT
    largest: int = 0
    refused: int = 0
    by_reasons: bool = False

    def check(self, target: str, request: Mapping[str, Any]) -> dict[str, Any] | None:
        """Returns DynamoDB's error for a request that would write too large an item."""
        sizes = list(_written(request))
        self.largest = max((self.largest, *sizes))
        if all(size <= self.most for size in sizes):
            return None
        self.refused += 1
        if target == "TransactWriteItems" and self.by_reasons:
            reasons = [
                {"Code": "ValidationError", "Message": TOO_LARGE} if size > self.most else {"Code": "None"}
                for size in sizes
            ]
            return {
                "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
                "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons",
                "CancellationReasons": reasons,
            }
        return {"__type": "com.amazon.coral.validate#ValidationException", "message": TOO_LARGE}


def _written(request: Mapping[str, Any]) -> Iterator[int]:
    """Yields the bytes of each item that ``request`` puts; of an update those of its key, its names and its values."""
    for action in request.get("TransactItems", [{"": request}]):
        for write in action.values():
            if "Item" in write:
                yield size_of(write["Item"])
            else:
                names = write.get("ExpressionAttributeNames", {}).values()
                values = size_of(write.get("Key", {})) + size_of(write.get("ExpressionAttributeValues", {}))
                yield values + sum(len(name.encode()) for name in names)


@contextmanager
def limited_items(endpoint: str) -> Iterator[ItemLimit]:
    """A DynamoDB with the limit, over the one at ``endpoint``, for the clients that are made in the block."""
    limit = ItemLimit(endpoint)
    trusted = ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))

    class Front(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            error = limit.check(self.headers["X-Amz-Target"].partition(".")[2], json.loads(body))
            status, answer = (400, json.dumps(error).encode()) if error else self._forward(body)
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def _forward(self, body: bytes) -> tuple[int, bytes]:
            # With the host that was signed.
            headers = {name: value for name, value in self.headers.items() if name != "Accept-Encoding"}
            try:
                with urlopen(Request(endpoint, body, headers), context=trusted) as answer:
                    return answer.status, answer.read()
            except HTTPError as refused:
                return refused.code, refused.read()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Front)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        with environment({"AWS_ENDPOINT_URL_DYNAMODB": f"http://127.0.0.1:{server.server_port}"}):
            yield limit
    finally:
        server.shutdown()
        server.server_close()
