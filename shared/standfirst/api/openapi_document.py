"""The OpenAPI document of some routes, in a form that code generators understand.

Powertools derives the document from the routes; what is changed here was seen to break clients that openapi-generator
or openapi-python-client generate, or to name their classes after nothing.
"""

import json
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.event_handler.openapi.models import APIKey, APIKeyIn, HTTPBearer, SecurityScheme

from standfirst.domain.review import SummaryPatch
from standfirst.domain.texts_to_check import TextsToCheck

VERSION = "1"
"""Of the API; raised by an incompatible change."""

DESCRIPTION = "Standfirsts and short summaries of articles, checked by rules. Errors are problem details (RFC 9457)."

_SECURITY: dict[str, SecurityScheme] = {
    "iam": APIKey.model_validate(
        {
            "name": "Authorization",
            "in": APIKeyIn.header,
            "description": "A request signed with AWS Signature Version 4 (service execute-api).",
        }
    ),
    "jwt": HTTPBearer(bearerFormat="JWT", description="A token of the deployment's issuer (JwtIssuer), if it has one."),
}
_OF_POWERTOOLS = ("HTTPValidationError", "ValidationError", "ResponseValidationError")
"""Schemas of errors that this API never responds with."""

_REFERENCE = "#/components/schemas/{model}"


def openapi_document(*routers: Router) -> str:
    """Returns the OpenAPI document of the routes in ``routers``, as JSON."""
    app = APIGatewayHttpResolver(enable_validation=True)
    for router in routers:
        app.include_router(router)
    schema = app.get_openapi_schema(
        title="Standfirst", version=VERSION, description=DESCRIPTION, security_schemes=_SECURITY
    )
    document: dict[str, Any] = json.loads(schema.model_dump_json(by_alias=True, exclude_none=True))
    schemas: dict[str, Any] = document["components"]["schemas"]
    for name in _OF_POWERTOOLS:
        schemas.pop(name, None)
    for body in (SummaryPatch, TextsToCheck):
        # The routes parse these bodies themselves, so that Powertools does not know of them.
        parsed = body.model_json_schema(ref_template=_REFERENCE)
        schemas |= parsed.pop("$defs", {}) | {body.__name__: parsed}
    for operation in (each for path in document["paths"].values() for each in path.values()):
        _simplify_operation(operation)
    # Record is a type of its own in TypeScript and in Java.
    schemas["StoredSummary"] = schemas.pop("Record")
    document["components"]["schemas"] = {name: _simplified(schemas[name]) for name in sorted(schemas)}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return text.replace('"#/components/schemas/Record"', '"#/components/schemas/StoredSummary"')


def _simplify_operation(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        schema = _simplified(parameter["schema"])
        # A parameter that is left out is absent, not null.
        if "anyOf" in schema:
            [schema["anyOf"]] = [[each for each in schema["anyOf"] if each != {"type": "null"}]]
            if len(schema["anyOf"]) == 1:
                schema |= schema.pop("anyOf")[0]
        # It stands beside the schema, too.
        schema.pop("description", None)
        parameter["schema"] = schema
    responses = operation["responses"]
    operation["responses"] = {status: responses[status] for status in sorted(responses)}
    for response in responses.values():
        if not response.get("content"):
            response.pop("content", None)
        for media_type in response.get("content", {}).values():
            media_type["schema"] = _simplified(media_type["schema"])


def _simplified(schema: Any) -> Any:  # noqa: ANN401 - any part of a JSON schema
    """Returns ``schema`` without what code generators misunderstand.

    ``title`` names classes after members. ``prefixItems`` (of pairs) is not widely known. A limit written as a float
    makes an integer a number.
    """
    if isinstance(schema, list):
        return [_simplified(each) for each in schema]
    if not isinstance(schema, dict):
        return int(schema) if isinstance(schema, float) and schema.is_integer() else schema
    plain = {
        name: _simplified(value) for name, value in schema.items() if not (name == "title" and isinstance(value, str))
    }
    if "prefixItems" in plain:
        plain["items"] = plain.pop("prefixItems")[0]
    return plain
