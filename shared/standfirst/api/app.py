"""An app of some of the API's routes: each function has its own."""

import json
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import OpenAPIRequestValidationMiddleware
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.api.openapi_responses import JSON
from standfirst.api.path_ids import with_id_as_one_segment
from standfirst.api.problem_details import (
    MalformedBody,
    Methods,
    UnknownParameters,
    UnsupportedBody,
    answer_with_problems,
)


class HttpApi:
    """Answers some of the API's routes; ``methods`` are those of all, see ``answer_with_problems``."""

    def __init__(self, logger: Logger, *routers: Router, methods: Callable[[], Methods] = dict) -> None:
        """Declare; nothing is asked yet."""
        self.app = APIGatewayHttpResolver(enable_validation=True)
        self._logger = logger
        self.app._request_validation_middleware = _JsonBodies()  # type: ignore[no-untyped-call]  # noqa: SLF001
        answer_with_problems(self.app, logger, methods)
        self.app.use([_refuse_unknown_parameters])
        for router in routers:
            self.app.include_router(router)

    def answer(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """What is answered to ``event``, which is one of an HTTP API (payload format 2.0)."""
        asked = with_id_as_one_segment(event)
        if article_id := (event.get("pathParameters") or {}).get("article_id"):
            self._logger.append_keys(article_id=article_id)
        # Powertools keeps the request for all apps of a process, of which there are several on one machine.
        self.app.current_event, self.app.lambda_context = APIGatewayProxyEventV2(asked), context
        return self.app.resolve(asked, context)


class _JsonBodies(OpenAPIRequestValidationMiddleware):
    """Powertools' own, but a body is JSON: it takes forms too, which are no part of this API."""

    def _get_body(self, app: Any) -> Any:  # noqa: ANN401 - Powertools'
        stated = app.current_event.headers.get("content-type", "").partition(";")[0].strip().lower()
        if stated != JSON:
            raise UnsupportedBody("The body has to be application/json.")
        try:
            return json.loads(
                app.current_event.decoded_body or "", object_pairs_hook=_once_each, parse_constant=_no_json
            )
        except (ValueError, RecursionError) as error:
            raise MalformedBody(f"The body is no JSON: {error}.") from error


def _once_each(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a member that is there twice, Python would take the last one, whatever was decided by the first."""
    if len(found := dict(members)) < len(members):
        raise ValueError("a member is there twice")
    return found


def _no_json(name: str) -> Any:  # noqa: ANN401
    raise ValueError(f"{name} is no number of JSON's")


def _refuse_unknown_parameters(app: APIGatewayHttpResolver, next_middleware: NextMiddleware) -> Response[str]:
    """A misspelt filter would list everything."""
    route = app.context["_route"]
    if route not in (*app._static_routes, *app._dynamic_routes):  # noqa: SLF001
        # There is none: that is the first thing to be told.
        return next_middleware(app)
    known = {field.alias for field in route.dependant.query_params}
    unknown = set(app.current_event.query_string_parameters or {}) - known
    if unknown:
        raise UnknownParameters(unknown, known)
    return next_middleware(app)
