"""The HTTP API: requests on loopback become HTTP API events (payload format 2.0), and answers go back."""

import base64
import re
import threading
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, Map, Rule
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from standfirst_local.emulator import LOOPBACK
from standfirst_local.functions import LocalFunction


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the API, as the template has it: ``GET /summaries/{article_id+}``."""

    method: str
    path: str
    function: LocalFunction


class HttpApi:
    """Serves routes on loopback from a thread of its own, without authorisation: only this machine can reach it."""

    def __init__(self, routes: Sequence[Route], port: int) -> None:
        """Bind to ``port``, or to a free one for 0; raises ``OSError`` when it is taken."""
        self._routes = Map([_rule(route) for route in routes], merge_slashes=False, converters={"greedy": _Greedy})
        self._server: BaseWSGIServer = make_server(
            LOOPBACK, port, self._answer, threaded=True, request_handler=_QuietRequests
        )
        self._thread = threading.Thread(target=self._server.serve_forever, name="http-api", daemon=True)

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
        try:
            route, parameters = self._routes.bind_to_environ(environ).match()
        except HTTPException:
            # API Gateway answers unknown routes itself, in its own plain JSON.
            return Response('{"message":"Not Found"}', 404, content_type="application/json")(environ, start_response)
        answer = route.function.invoke(_event(request, route, parameters))
        return _response(answer)(environ, start_response)


class _Greedy(BaseConverter):
    """``{name+}``: the rest of the path, slashes and all."""

    regex = ".+"
    part_isolating = False


class _QuietRequests(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The handlers log; a second line per request would only be noise."""


def _rule(route: Route) -> Rule:
    path = re.sub(r"\{(\w+)\+\}", r"<greedy:\1>", route.path)
    return Rule(re.sub(r"\{(\w+)\}", r"<\1>", path), methods=[route.method], endpoint=route)


def _event(request: Request, route: Route, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The request in the shape of the API Gateway developer guide, "AWS Lambda integrations for HTTP APIs"."""
    body = request.get_data()
    now = datetime.now(UTC)
    return {
        "version": "2.0",
        "routeKey": f"{route.method} {route.path}",
        "rawPath": request.path,
        "rawQueryString": request.query_string.decode("ascii", "replace"),
        "headers": {name.lower(): value for name, value in request.headers.items()},
        "queryStringParameters": {name: ",".join(request.args.getlist(name)) for name in request.args},
        "pathParameters": dict(parameters),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": request.host,
            "http": {
                "method": request.method,
                "path": request.path,
                "protocol": "HTTP/1.1",
                "sourceIp": LOOPBACK,
                "userAgent": request.user_agent.string,
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": f"{route.method} {route.path}",
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(now.timestamp() * 1000),
        },
        "body": base64.b64encode(body).decode() if body else None,
        "isBase64Encoded": bool(body),
    }


def _response(answer: dict[str, Any]) -> Response:
    body = answer.get("body") or ""
    content = base64.b64decode(body) if answer.get("isBase64Encoded") else body
    return Response(content, status=answer["statusCode"], headers=answer.get("headers"))
