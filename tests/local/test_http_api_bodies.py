"""What API Gateway does with the body of a request, and what is too large for it; played on loopback."""

import base64

import pytest

from api_client import Client, Function, Headers
from standfirst_local.http_api import MAX_BODY_BYTES, MAX_EVENT_BYTES, MAX_HEAD_BYTES


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "Text/HTML",
        "text/markdown; charset=utf-8",
        "text/vnd.any",
        "application/json",
        'Application/JSON; charset="UTF-8"; profile=x',
        "application/xml",
        "application/javascript",
    ],
)
def test_a_text_is_handed_over_as_text(client: Client, function: Function, content_type: str) -> None:
    """Bytes that are no UTF-8 are lost on the way, as on AWS."""
    client.ask("POST", "/any", "Fähre 🚢 ".encode() + b"\xe4\r\n", headers=[("Content-Type", content_type)])

    [event] = function.events
    assert (event["body"], event["isBase64Encoded"]) == ("Fähre 🚢 \ufffd\r\n", False)


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "nonsense",
        "application/octet-stream",
        "application/gzip",
        "application/ld+json",
        "application/vnd.iptc.g2.newsitem+xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/svg+xml",
        "application/jsonish",
        "text/plain; charset=iso-8859-1",
    ],
)
def test_all_else_is_handed_over_in_base64(client: Client, function: Function, content_type: str | None) -> None:
    """Not a byte is lost."""
    body = bytes(range(256))

    client.ask("POST", "/any", body, headers=[("Content-Type", content_type)] if content_type is not None else [])

    [event] = function.events
    assert (base64.b64decode(event["body"]), event["isBase64Encoded"]) == (body, True)


def test_a_body_in_chunks_is_put_together(client: Client, function: Function) -> None:
    """It has no length to begin with."""
    client.ask("POST", "/any", iter([b"one ", b"two"]), headers=[("Content-Type", "text/plain")])

    assert function.events[0]["body"] == "one two"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"x" * (MAX_EVENT_BYTES - 2_000), "text/plain"),
        ("ü".encode() * (MAX_EVENT_BYTES // 2 - 1_000), "text/plain"),
        (b"x" * (MAX_EVENT_BYTES * 3 // 4 - 1_500), "application/octet-stream"),
    ],
    ids=["text", "UTF-8", "base64"],
)
def test_what_a_function_can_just_take_is_handed_over(
    client: Client, function: Function, body: bytes, content_type: str
) -> None:
    """The event around a body is small."""
    answer = client.ask("POST", "/any", body, headers=[("Content-Type", content_type)])

    assert answer.status == 200
    assert len(function.events) == 1


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"x" * MAX_EVENT_BYTES, "text/plain"),
        (b"x" * (MAX_EVENT_BYTES * 3 // 4), "application/octet-stream"),
        (b'"' * (MAX_EVENT_BYTES // 2), "text/plain"),
        ("ü".encode() * (MAX_EVENT_BYTES // 2), "text/plain"),
        (b"x" * (MAX_BODY_BYTES + 1), "text/plain"),
    ],
    ids=["6 MB of text", "6 MB in base64", "6 MB in JSON", "6 MB in UTF-8", "10 MB"],
)
def test_what_a_function_cannot_take_is_too_large(
    client: Client, function: Function, body: bytes, content_type: str
) -> None:
    """It is the event that may have 6 MB, in JSON."""
    answer = client.ask("POST", "/any", body, headers=[("Content-Type", content_type)])

    assert (answer.status, answer.json) == (413, {"message": "Request Entity Too Large"})
    assert function.events == []


def test_a_body_is_refused_by_what_it_says_of_itself(client: Client) -> None:
    """Nobody waits for it to come."""
    answer = client.send(b"POST /any HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")

    assert answer.status == 413


def test_a_body_in_chunks_is_no_way_around_the_limit(client: Client, function: Function) -> None:
    """Though it says nothing of itself to begin with."""
    chunk = b"x" * 1024 * 1024

    answer = client.ask("POST", "/any", iter([chunk] * 11), headers=[("Content-Type", "text/plain")])

    assert answer.status == 413
    assert function.events == []


def test_a_head_of_the_greatest_size_is_taken(client: Client) -> None:
    """Request line and values of headers count, together."""
    line, host = len("GET /any HTTP/1.1"), len(f"127.0.0.1:{client.port}")
    room = MAX_HEAD_BYTES - line - host

    assert client.ask("GET", "/any", headers=[("X-Long", "x" * room)]).status == 200


@pytest.mark.parametrize(
    ("target", "headers", "status"),
    [
        ("/any", [("X-Long", "x" * MAX_HEAD_BYTES)], 431),
        ("/any", [(f"X-{each}", "x" * 300) for each in range(40)], 431),
        ("/" + "a" * 6_000, [("X-Long", "x" * 6_000)], 431),
        ("/" + "a" * MAX_HEAD_BYTES, [], 414),
        ("/any?q=" + "a" * MAX_HEAD_BYTES, [], 414),
    ],
    ids=["one header", "many headers", "both", "path", "query"],
)
def test_a_head_over_the_limit_is_refused(
    client: Client, function: Function, target: str, headers: Headers, status: int
) -> None:
    """Before any function sees it."""
    answer = client.ask("GET", target, headers=headers)

    assert (answer.status, list(answer.json)) == (status, ["message"])
    assert function.events == []
