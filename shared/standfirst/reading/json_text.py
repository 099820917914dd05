"""Text to JSON values: strictly, and with errors a person understands."""

import json
import re
from typing import NoReturn

from standfirst.domain.errors import InvalidDocument

_MAY_BE_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(rf"\\u[dD][89abAB][0-9a-fA-F]{{2}}(?P<second>{_HALF})?|(?P<half>{_HALF})|\\.", re.DOTALL)


def parse_json(text: str) -> object:
    """Returns the JSON value that ``text`` is, with U+FFFD for half a surrogate pair, such as a cut emoji leaves.

    Raises InvalidDocument, with line and column where there are any.
    """
    if _MAY_BE_HALF.search(text):
        text = _ESCAPE.sub(_whole, text)
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


def _whole(escape: re.Match[str]) -> str:
    is_half = escape["half"] or (escape.group()[1:3] in {"ud", "uD"} and not escape["second"])
    return r"\ufffd" if is_half else escape.group()


def nested_too_deeply() -> InvalidDocument:
    """Returns the error for JSON in which lists hold lists beyond any article."""
    return InvalidDocument("The JSON is nested too deeply to be an article.")


def _refuse_constant(name: str) -> NoReturn:
    raise InvalidDocument(f"The document is not valid JSON: {name} is not a JSON value.")
