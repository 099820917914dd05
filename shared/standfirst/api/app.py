"""The resolvers behind one function: one serves some of the API's routes, the other refuses everything else."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from standfirst.api.path_ids import with_path_of_route
from standfirst.api.problem_details import Methods, handle_errors


class HttpApi:
    """Serves the routes of ``routers``. ``methods`` returns those of every route of the API, see ``handle_errors``."""

    def __init__(self, logger: Logger, *routers: Router, methods: Callable[[], Methods] = dict) -> None:
        """Register the routes; nothing is called yet."""
        self._routes = APIGatewayHttpResolver(enable_validation=True)
        self._no_routes = APIGatewayHttpResolver()
        self._logger = logger
        for app in (self._routes, self._no_routes):
            handle_errors(app, logger, methods)
        for router in routers:
            self._routes.include_router(router)

    def handle(self, event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Returns the response to ``event``, both in the shape of an HTTP API (payload format 2.0).

        API Gateway alone decides which route a request takes, because it checked the scopes of that route.
        """
        request = with_path_of_route(event)
        app = self._no_routes if request is None else self._routes
        request = event if request is None else request
        if article_id := (event.get("pathParameters") or {}).get("article_id"):
            self._logger.append_keys(article_id=article_id)
        # Powertools shares the current request between all resolvers of a process, and the local stack has several.
        app.current_event, app.lambda_context = APIGatewayProxyEventV2(request), context
        return app.resolve(request, context)
