"""The HTTP API: requests on loopback become HTTP API events (payload format 2.0), and answers go back."""

import base64
import json
import logging
import re
import threading
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from http.client import HTTPMessage
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    NotFound,
    RequestEntityTooLarge,
    RequestHeaderFieldsTooLarge,
    RequestURITooLarge,
)
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from standfirst_local import swagger
from standfirst_local.emulator import LOOPBACK
from standfirst_local.functions import LocalFunction
from standfirst_local.same_machine import refuse_foreign

logger = logging.getLogger(__name__)

MAX_HEAD_BYTES = 10_240
"""Request line and values of headers together (API Gateway developer guide, "Quotas for HTTP APIs"; so the next)."""

MAX_BODY_BYTES = 10 * 1024 * 1024

MAX_EVENT_BYTES = 6 * 1024 * 1024
"""What a function takes at once, as JSON (Lambda developer guide, "Lambda quotas")."""

DEFAULT = "$default"
"""Path of the catch-all route, whose method is ``ANY``."""

_LOOK_SECONDS = 0.05
"""Between two looks whether to stop."""

_HEADERS = "standfirst_local.headers"

# The developer guide says that a body of a binary type is Base64, and not which types are. These are what others have
# seen handed over as text (github.com/ministackorg/ministack/pull/766), unless their charset is another than UTF-8
# (github.com/floci-io/floci/issues/2172). All others are not, +json, +xml and forms among them.
_TEXT_TYPE = re.compile(r"text/.+|application/(json|xml|javascript)", re.IGNORECASE)
_TEXT_CHARSETS = {"", "utf-8"}

_CALLER = {
    "accessKey": "local",
    "accountId": "123456789012",
    "callerId": "local",
    "cognitoIdentity": None,
    "principalOrgId": None,
    "userArn": "arn:aws:iam::123456789012:user/local",
    "userId": "local",
}
"""The caller of every request: only the user of this machine can reach the API."""


@dataclass(frozen=True)
class Route:
    """One route of the API, as the template has it: ``GET /summaries/{article_id+}``."""

    method: str
    path: str
    function: LocalFunction

    @property
    def key(self) -> str:
        """What API Gateway calls it."""
        return DEFAULT if self.path == DEFAULT else f"{self.method} {self.path}"

    @property
    def rank(self) -> tuple[bool, bool, int, int, bool]:
        """The most specific come first (API Gateway developer guide, "Routes for HTTP APIs")."""
        path = self.path
        return path == DEFAULT, "+}" in path, path.count("{"), -len(path), self.method == "ANY"

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The parameters that ``path`` has here; ``None`` if the request is not for this route."""
        if self.method not in {"ANY", method}:
            return None
        if self.path == DEFAULT:
            return {}
        found = self._pattern.fullmatch(path)
        return found.groupdict() if found else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        pattern = re.sub(r"\\\{(\w+)\\\+\\\}", r"(?P<\1>.+)", re.escape(self.path))
        # Names may hold anything, line ends too.
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", pattern), re.DOTALL)


class HttpApi:
    """Serves routes on loopback from a thread of its own, without authorisation: only this machine can reach it.

    Swagger UI is served beside them. Unlike API Gateway, it has no timeout of 30 s.
    """

    def __init__(self, routes: Sequence[Route], port: int) -> None:
        """Bind to ``port``, or to a free one for 0; raises ``OSError`` when it is taken."""
        self._routes = sorted(routes, key=lambda route: route.rank)
        # An environment of Lambda handles one request at a time; Powertools keeps it in the app.
        self._turns: Mapping[LocalFunction, threading.Lock] = {route.function: threading.Lock() for route in routes}
        self._server: BaseWSGIServer = make_server(
            LOOPBACK, port, self._answer, threaded=True, request_handler=_RequestHandler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=[_LOOK_SECONDS], name="http-api", daemon=True
        )

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://{LOOPBACK}:{self._server.port}"

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and let go of the port."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = MAX_BODY_BYTES
        try:
            answer = self._response_to(request)
        except HTTPException as error:
            # API Gateway says so itself, in its own plain JSON.
            answer = Response(json.dumps({"message": error.name}), error.code, content_type="application/json")
        return answer(environ, start_response)

    def _response_to(self, request: Request) -> Response:
        _refuse_long_heads(request)
        # Any page that a browser of this machine shows could send an article here, and have a model paid for it.
        refuse_foreign(request)
        if request.method == "GET" and (page := swagger.page_at(request.path)):
            return page
        route, parameters = self._route_for(request)
        event = _event(request, route, parameters)
        try:
            with self._turns[route.function]:
                return _response(route.function.invoke(event))
        except Exception as error:
            logger.exception("%s failed", route.key)
            raise InternalServerError from error

    def _route_for(self, request: Request) -> tuple[Route, dict[str, str]]:
        for route in self._routes:
            parameters = route.match(request.method, request.path)
            if parameters is not None:
                return route, parameters
        raise NotFound


class _RequestHandler(WSGIRequestHandler):
    headers: HTTPMessage

    def run_wsgi(self) -> None:
        try:
            target = urlsplit(self.path)
            unquote_to_bytes(f"{target.path}?{target.query}".encode("latin-1")).decode()
        except ValueError:
            self.send_error(BadRequest.code)
        else:
            super().run_wsgi()

    def make_environ(self) -> WSGIEnvironment:
        """WSGI's, with the headers as they came, and UTF-8 also where a client does not encode it."""
        environ, target = super().make_environ(), urlsplit(self.path)
        environ["PATH_INFO"] = unquote_to_bytes(target.path.encode("latin-1")).decode("latin-1")
        environ["QUERY_STRING"] = target.query
        environ[_HEADERS] = [(name.lower(), value.replace("\r\n", "")) for name, value in self.headers.items()]
        return environ

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What cannot even be read is answered as all else that no function sees."""
        del message, explain
        self.error_content_type = "application/json"
        self.error_message_format = '{"message":"%(message)s"}'
        super().send_error(code, HTTP_STATUS_CODES[code])

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The handlers log; a second line per request would only be noise."""


def _refuse_long_heads(request: Request) -> None:
    target = len(request.environ["RAW_URI"])
    if target > MAX_HEAD_BYTES:
        raise RequestURITooLarge
    line = len(f"{request.method}  {request.environ['SERVER_PROTOCOL']}") + target
    if line + sum(len(value) for _, value in request.environ[_HEADERS]) > MAX_HEAD_BYTES:
        raise RequestHeaderFieldsTooLarge


def _event(request: Request, route: Route, parameters: Mapping[str, str]) -> dict[str, Any]:
    """The request in the shape of the API Gateway developer guide, "AWS Lambda integrations for HTTP APIs"."""
    now = datetime.now(UTC)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": request.path,
        "rawQueryString": request.query_string.decode(errors="replace"),
        **_headers(request),
        **_given("queryStringParameters", {name: ",".join(request.args.getlist(name)) for name in request.args}),
        **_given("pathParameters", parameters),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "authorizer": {"iam": _CALLER},
            "domainName": request.host,
            "http": {
                "method": request.method,
                "path": request.path,
                "protocol": "HTTP/1.1",
                "sourceIp": LOOPBACK,
                "userAgent": request.user_agent.string,
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": route.key,
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now.timestamp() * 1000),
        },
        **_body(request),
    }
    if len(json.dumps(event, ensure_ascii=False).encode()) > MAX_EVENT_BYTES:
        raise RequestEntityTooLarge
    return event


def _given(name: str, value: Mapping[str, str]) -> dict[str, Any]:
    # What a request has none of is not in the event at all.
    return {name: dict(value)} if value else {}


def _headers(request: Request) -> dict[str, Any]:
    values: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in request.environ[_HEADERS]:
        values[name].append(value)
    cookies = [cookie.strip() for value in values.pop("cookie", []) for cookie in value.split(";")]
    headers = {name: ",".join(each) for name, each in values.items()}
    return {"headers": headers} | ({"cookies": cookies} if cookies else {})


def _body(request: Request) -> dict[str, Any]:
    body = request.get_data()
    if not body:
        return {"isBase64Encoded": False}
    charset = request.mimetype_params.get("charset", "").lower()
    if _TEXT_TYPE.fullmatch(request.mimetype) and charset in _TEXT_CHARSETS:
        return {"body": body.decode(errors="replace"), "isBase64Encoded": False}
    return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}


def _response(answer: dict[str, Any]) -> Response:
    body = answer.get("body") or ""
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else body
    return Response(content, status=int(answer["statusCode"]), headers=answer.get("headers"))
