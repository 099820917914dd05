"""Request bodies in JSON."""

import json
from typing import Any, TypeVar

from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent
from pydantic import BaseModel, ValidationError

from standfirst.api.accept import JSON
from standfirst.api.problem_details import MalformedBody, UnsupportedBody
from standfirst.domain.errors import InvalidField

Model = TypeVar("Model", bound=BaseModel)


def parse_body(event: BaseProxyEvent, model: type[Model]) -> Model:
    """Returns the body of ``event`` as a ``model``.

    Raises ``UnsupportedBody`` for a content type other than JSON, ``MalformedBody`` for invalid JSON, and
    ``InvalidField`` or ``RequestValidationError`` for JSON that does not fit the model.

    Powertools could do this, but it also takes forms, the last of two members with one name, and NaN.
    """
    content_type = event.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != JSON:
        raise UnsupportedBody("The body has to be application/json.")
    try:
        value = json.loads(
            event.decoded_body or "", object_pairs_hook=_refuse_duplicates, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise MalformedBody("The body is not UTF-8.") from error
    except RecursionError as error:
        raise MalformedBody("The body is not valid JSON: it is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise MalformedBody(f"The body is not valid JSON: {error}.") from error
    except ValueError as error:
        # Python refuses integers of more than 4,300 digits, in words about itself.
        raise MalformedBody("The body is not valid JSON: a number has thousands of digits.") from error
    if not isinstance(value, dict):
        raise InvalidField("body", "It has to be a JSON object.")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        # The location of a validation error starts with the part of the request.
        errors = [{**each, "loc": ("body", *each["loc"])} for each in error.errors(include_url=False)]
        raise RequestValidationError(errors) from error


def _refuse_duplicates(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """Python would keep the last of two members with the same name; other parsers keep the first."""
    if len(found := dict(members)) < len(members):
        raise MalformedBody("The body is not valid JSON: a member is there twice.")
    return found


def _refuse_constant(name: str) -> Any:  # noqa: ANN401 - the type that json asks for
    raise MalformedBody(f"The body is not valid JSON: {name} is not a JSON number.")
