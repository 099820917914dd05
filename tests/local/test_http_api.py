"""What API Gateway does between a client and a function, played on loopback."""

import base64
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest

from api_client import FERRIES, Client, Function, Handler, fine, route, serving

# ----------------------------------------------------------------------------------------------------------------------
# Routes
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "target", "key"),
    [
        ("GET", "/ferries", "GET /ferries"),
        ("GET", "/ferries?limit=1", "GET /ferries"),
        ("POST", "/ferries", "POST /ferries"),
        ("GET", "/ferries/a", "GET /ferries/{ferry_id+}"),
        ("GET", "/ferries/a/b/", "GET /ferries/{ferry_id+}"),
        ("GET", "/ports/a", "GET /ports/{port}"),
        ("GET", "/ports/north", "GET /ports/north"),
        ("PUT", "/ports/north", "ANY /ports/{port}"),
        ("GET", "/ports/a/b", "$default"),
        ("GET", "/ferries/", "$default"),
        ("PATCH", "/ferries", "$default"),
        ("HEAD", "/ferries", "$default"),
        ("GET", "/Ferries", "$default"),
        ("GET", "/", "$default"),
        ("OPTIONS", "/ferries", "OPTIONS /{proxy+}"),
        ("OPTIONS", "/", "$default"),
        ("GET", "/$default", "$default"),
    ],
)
def test_the_most_specific_route_takes_a_request(method: str, target: str, key: str) -> None:
    """Whatever order they stand in; what no other takes goes to the default."""
    function = Function()
    keys = [
        "$default",
        "OPTIONS /{proxy+}",
        "ANY /ports/{port}",
        "GET /ports/{port}",
        "GET /ports/north",
        f"GET {FERRIES}",
        "GET /ferries",
        "POST /ferries",
    ]

    with serving(*(route(each, function) for each in keys)) as client:
        assert client.ask(method, target).status == 200

    [event] = function.events
    assert event["routeKey"] == event["requestContext"]["routeKey"] == key


@pytest.mark.parametrize("request_line", [("GET", "/nothing"), ("PATCH", "/ferries/a"), ("HEAD", "/ferries/a")])
def test_without_a_default_the_gateway_answers_what_no_route_takes(request_line: tuple[str, str]) -> None:
    """Also where the path is known with another method."""
    function = Function()

    with serving(route(f"GET {FERRIES}", function)) as client:
        answer = client.ask(*request_line)

    assert answer.status == 404
    assert answer.headers["content-type"] == "application/json"
    assert request_line[0] == "HEAD" or answer.json == {"message": "Not Found"}
    assert function.events == []


# ----------------------------------------------------------------------------------------------------------------------
# Paths and queries
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ferry_id",
    [
        "plain.txt",
        "a b+c.txt",
        "slash/slash.txt",
        "double//slash.txt",
        "/leading.txt",
        "trailing/",
        "x/../y/./z.txt",
        "100%.txt",
        "%2F.txt",
        "question?.txt",
        "hash#.txt",
        "line\nend\r.txt",
        "nul\x00bell\x07.txt",
        "café 日本 🚢.txt",
        "{ferry_id+}",
        "\u2028\u00a0\ufffd",
    ],
)
def test_an_id_of_any_kind_comes_through(client: Client, function: Function, ferry_id: str) -> None:
    """Decoded, as API Gateway hands it over."""
    client.ask("GET", f"/ferries/{quote(ferry_id, safe='')}")

    [event] = function.events
    assert event["pathParameters"] == {"ferry_id": ferry_id}
    assert event["rawPath"] == event["requestContext"]["http"]["path"] == f"/ferries/{ferry_id}"


def test_an_id_that_a_client_did_not_encode_comes_through(client: Client, function: Function) -> None:
    """As curl sends it."""
    client.send("GET /ferries/café/🚢?port=Kiel·Øst HTTP/1.0\r\n\r\n".encode())

    [event] = function.events
    assert event["pathParameters"] == {"ferry_id": "café/🚢"}
    assert event["queryStringParameters"] == {"port": "Kiel·Øst"}


def test_a_query_comes_raw_and_decoded(client: Client, function: Function) -> None:
    """What is repeated is joined by commas."""
    client.ask("GET", "/any?b=1&a=x%20y+z&b=2%2C3&empty=&%C3%A9=%F0%9F%9A%A2")

    [event] = function.events
    assert event["rawQueryString"] == "b=1&a=x%20y+z&b=2%2C3&empty=&%C3%A9=%F0%9F%9A%A2"
    assert event["queryStringParameters"] == {"b": "1,2,3", "a": "x y z", "empty": "", "é": "🚢"}


def test_what_a_request_has_none_of_is_not_in_the_event(client: Client, function: Function) -> None:
    """As on AWS: whoever looks for it must not count on it."""
    client.ask("GET", "/any")

    [event] = function.events
    assert not {"queryStringParameters", "pathParameters", "cookies", "body"} & event.keys()
    assert event["isBase64Encoded"] is False


@pytest.mark.parametrize(
    "target",
    ["/ferries/%FF", "/ferries/%ED%A0%80", "/any?q=%C3", "/any?%FF=1", "/ferries/\xff", "http://[", "http://[/any"],
)
def test_a_target_that_nobody_can_read_is_a_bad_request(client: Client, function: Function, target: str) -> None:
    """It is no UTF-8, or no URL; the server goes on."""
    answer = client.send(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("latin-1"))

    assert (answer.status, answer.json) == (400, {"message": "Bad Request"})
    assert function.events == []
    assert client.ask("GET", "/any").status == 200


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /a path with blanks HTTP/1.1\r\n\r\n", 400),
        (b"POST /any HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n", 400),
        (b"GET /any HTTP/1.1\r\n" + b"".join(b"a%d: b\r\n" % each for each in range(200)) + b"\r\n", 431),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
    ],
    ids=["blanks", "no chunk", "many headers", "endless line"],
)
def test_what_is_no_request_is_answered_all_the_same(client: Client, request_bytes: bytes, status: int) -> None:
    """In the gateway's own JSON."""
    answer = client.send(request_bytes)

    assert (answer.status, list(answer.json)) == (status, ["message"])
    assert client.ask("GET", "/any").status == 200


# ----------------------------------------------------------------------------------------------------------------------
# Headers, and who asks
# ----------------------------------------------------------------------------------------------------------------------


def test_headers_come_in_lower_case_and_joined(client: Client, function: Function) -> None:
    """Those of one name by commas, in their order; cookies have a place of their own."""
    client.ask(
        "GET",
        "/any",
        headers=[
            ("X-Ferry", "first"),
            ("If-None-Match", '"a"'),
            ("x-ferry", "second,third"),
            ("Cookie", "a=1; b=2"),
            ("X_Under", "score"),
            ("Cookie", "c=3, d"),
            ("Content-Type", "text/plain"),
            ("Content-Type", "text/html"),
        ],
    )

    [event] = function.events
    assert event["headers"] == {
        "host": f"127.0.0.1:{client.port}",
        "x-ferry": "first,second,third",
        "if-none-match": '"a"',
        "x_under": "score",
        "content-type": "text/plain,text/html",
    }
    assert event["cookies"] == ["a=1", "b=2", "c=3, d"]


def test_nobody_says_who_they_are(client: Client, function: Function) -> None:
    """Who asks is known to the gateway alone, and here it is always the same."""
    forged = json.dumps({"iam": {"userArn": "arn:aws:iam::1:user/editor"}})
    client.ask("GET", "/any")
    client.ask(
        "GET",
        "/any?authorizer=editor&requestContext.authorizer=editor",
        headers=[
            ("Authorization", "Bearer editor"),
            ("X-User", "editor"),
            ("X-Amzn-Request-Context", forged),
            ("X-Amzn-Apigateway-Authorizer", forged),
            ("Authorizer", forged),
            ("RequestContext", forged),
            ("X-Forwarded-For", "203.0.113.7"),
            ("standfirst_local.headers", forged),
        ],
    )

    plain, smuggled = (event["requestContext"] for event in function.events)
    assert smuggled["authorizer"] == plain["authorizer"]
    assert smuggled["authorizer"]["iam"]["userArn"] == "arn:aws:iam::123456789012:user/local"
    assert smuggled["http"]["sourceIp"] == "127.0.0.1"
    assert "editor" not in json.dumps(smuggled)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8080", 200),
        ("http://[::1]:8080", 200),
        ("http://localhost:3000", 200),
        ("http://localhost", 200),
        ("https://evil.example", 403),
        ("http://127.0.0.1.evil.example", 403),
        ("http://localhost@evil.example", 403),
        ("null", 403),
        ("http://[", 403),
    ],
)
def test_a_page_from_elsewhere_is_refused(client: Client, function: Function, origin: str, status: int) -> None:
    """Else any that a browser of this machine shows could have a model asked, and paid for."""
    answer = client.ask("POST", "/any", b"An article", headers=[("Origin", origin), ("Content-Type", "text/plain")])

    assert answer.status == status
    assert len(function.events) == (status == 200)


# ----------------------------------------------------------------------------------------------------------------------
# Answers
# ----------------------------------------------------------------------------------------------------------------------


def test_an_answer_goes_back_as_the_function_gave_it() -> None:
    """Status, headers and text."""
    answer = {"statusCode": 201, "headers": {"ETag": '"1"', "Content-Type": "application/json"}, "body": '"é 🚢"'}

    with serving(route("$default", Function(lambda _: answer))) as client:
        got = client.ask("POST", "/any", b"")

    assert (got.status, got.content.decode()) == (201, '"é 🚢"')
    assert (got.headers["etag"], got.headers["content-type"]) == ('"1"', "application/json")


def test_bytes_go_back_as_bytes() -> None:
    """They come in Base64."""
    body = bytes(range(256))
    answer = {"statusCode": 200, "body": base64.b64encode(body).decode(), "isBase64Encoded": True}

    with serving(route("$default", Function(lambda _: answer))) as client:
        assert client.ask("GET", "/any").content == body


def broken(event: dict[str, Any]) -> Any:  # noqa: ANN401
    """A handler with a bug."""
    raise ValueError(f"a bug in {event['rawPath']}")


@pytest.mark.parametrize(
    "handler",
    [broken, lambda _: None, lambda _: {"body": "no status"}, lambda _: {"statusCode": "nonsense"}],
    ids=["raises", "nothing", "no status", "odd status"],
)
def test_a_function_that_fails_is_an_internal_error(handler: Handler, caplog: pytest.LogCaptureFixture) -> None:
    """The caller learns no more; the log has the trace."""
    function = Function(handler)

    with serving(route("GET /any", function)) as client:
        answers = [client.ask("GET", "/any") for _ in range(2)]

    assert {(answer.status, answer.content) for answer in answers} == {(500, b'{"message": "Internal Server Error"}')}
    assert len(function.events) == 2
    assert "GET /any failed" in caplog.text
    assert "Traceback" in caplog.text


# ----------------------------------------------------------------------------------------------------------------------
# Several at once
# ----------------------------------------------------------------------------------------------------------------------


class Busy:
    """A handler that counts how many requests it has in hand, and does not answer before it may."""

    def __init__(self) -> None:
        """Nobody is there yet."""
        self.is_there, self.may_go = threading.Semaphore(0), threading.Semaphore(0)
        self.inside = self.most = 0

    def __call__(self, event: dict[str, Any]) -> dict[str, Any]:
        """See above."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.is_there.release()
        assert self.may_go.acquire(timeout=30)
        self.inside -= 1
        return fine(event)


def test_a_function_has_one_request_in_hand_at_a_time() -> None:
    """As an environment of Lambda; also where several routes lead to it."""
    busy = Busy()
    function = Function(busy)

    with serving(route("GET /a", function), route("GET /b", function)) as client, ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(client.ask, "GET", "/a" if each % 2 else "/b") for each in range(8)]
        assert busy.is_there.acquire(timeout=30)
        # Whoever does not wait for its turn would come in meanwhile.
        assert not busy.is_there.acquire(timeout=0.5)
        busy.may_go.release(8)
        assert [answer.result(30).status for answer in answers] == [200] * 8

    assert busy.most == 1


def test_functions_do_not_wait_for_each_other() -> None:
    """One that asks a model takes its time."""
    busy = Busy()

    with (
        serving(route("POST /slow", Function(busy)), route("GET /quick", Function())) as client,
        ThreadPoolExecutor(1) as pool,
    ):
        slow = pool.submit(client.ask, "POST", "/slow", b"")
        assert busy.is_there.acquire(timeout=30)

        assert client.ask("GET", "/quick").status == 200

        busy.may_go.release()
        assert slow.result(30).status == 200


def test_whatever_else_invokes_a_function_does_not_wait_for_its_requests() -> None:
    """The queue's pump has a batch in hand while the API is asked."""
    busy = Busy()
    function = Function(busy)

    with serving(route("GET /any", function)) as client, ThreadPoolExecutor(2) as pool:
        asked = pool.submit(client.ask, "GET", "/any")
        assert busy.is_there.acquire(timeout=30)

        pumped = pool.submit(function.invoke, {"routeKey": "none"})

        assert busy.is_there.acquire(timeout=30)
        busy.may_go.release(2)
        assert (asked.result(30).status, pumped.result(30)["statusCode"]) == (200, 200)


# ----------------------------------------------------------------------------------------------------------------------
# Swagger UI
# ----------------------------------------------------------------------------------------------------------------------


def test_a_browser_finds_swagger_ui(client: Client, function: Function) -> None:
    """A page, its style and its scripts, all from here."""
    page = client.ask("GET", "/docs")
    parts = {name: client.ask("GET", f"/docs/{name}") for name in ("swagger-ui.min.css", "swagger-ui-bundle.min.js")}
    start = client.ask("GET", "/docs/start.js").content.decode()

    assert page.status == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert all(f'"/docs/{name}"' in page.content.decode() for name in [*parts, "start.js"])
    assert all((part.status, len(part.content) > 100_000) == (200, True) for part in parts.values())
    assert b"SwaggerUIBundle" in parts["swagger-ui-bundle.min.js"].content
    assert '"/openapi.json"' in start
    assert function.events == []


def test_swagger_ui_fetches_nothing_from_elsewhere(client: Client) -> None:
    """It names no other place, and the browser would not go there."""
    names = ["", "/start.js", "/swagger-ui-bundle.min.js", "/swagger-ui.min.css"]
    page, start, *bundle = (client.ask("GET", f"/docs{name}") for name in names)

    assert b"//" not in page.content
    assert b"http" not in start.content
    assert b"validatorUrl: null" in start.content
    assert all(each.headers["content-security-policy"].startswith("default-src 'self'; ") for each in [page, *bundle])


@pytest.mark.parametrize(("method", "target"), [("POST", "/docs"), ("GET", "/docs/"), ("GET", "/docs/html.py")])
def test_nothing_but_swagger_ui_is_served_there(client: Client, function: Function, method: str, target: str) -> None:
    """All else is a request like any other."""
    client.ask(method, target)

    assert [event["rawPath"] for event in function.events] == [target]
