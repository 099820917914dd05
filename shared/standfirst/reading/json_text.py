"""Text to JSON values: strictly, and with errors a person understands."""

import json
from typing import NoReturn

from standfirst.domain.errors import InvalidDocument


def parse_json(text: str) -> object:
    """Returns the JSON value that ``text`` is; raises InvalidDocument, with line and column where there are any."""
    try:
        values: object = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidDocument(
            f"The document is not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except ValueError as error:
        # Python refuses integers of more than 4,300 digits, in words about itself.
        raise InvalidDocument("The document is not valid JSON: a number has thousands of digits.") from error
    except RecursionError as error:
        raise nested_too_deeply() from error
    return values


def nested_too_deeply() -> InvalidDocument:
    """Returns the error for JSON in which lists hold lists beyond any article."""
    return InvalidDocument("The JSON is nested too deeply to be an article.")


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidDocument(f"The document is not valid JSON: {name} is not a JSON value.")
