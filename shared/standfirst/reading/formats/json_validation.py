"""JSON values to models, for every reader of a JSON format: strictly, and with errors a person understands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from standfirst.domain.errors import DocumentTooLarge, InvalidDocument

MOST_PIECES = 10_000
"""Paragraphs that come one by one; an article of the longest length has as many when each is one short line."""

_EXPECTED: Mapping[str, str] = MappingProxyType(
    {
        "string_type": "a string",
        "list_type": "a list",
        "bool_type": "true or false",
        "model_type": "an object",
        "dict_type": "an object",
    }
)


class StrictModel(BaseModel):
    """A part of a JSON format, strictly: a number is no headline. Keys it does not name are no mistake."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)


def text_or_nothing(value: object) -> str | None:
    """Returns a string or a number as text; None for any other value."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def object_or_nothing(value: object) -> object:
    """Returns a JSON object or an instance of a model; None for any other value."""
    return value if isinstance(value, dict | BaseModel) else None


BesideStory = Annotated[str | None, BeforeValidator(text_or_nothing)]
"""A field beside the story: a number is text, too, and no wrong type of it is a reason to refuse the article."""


ModelT = TypeVar("ModelT", bound=StrictModel)


def expect_object(values: object) -> dict[str, object]:
    """Returns ``values``, which must be a JSON object; raises InvalidDocument for any other value."""
    if not isinstance(values, dict):
        raise InvalidDocument(f"The JSON must be one object with a headline and a body, not {json_name(values)}.")
    return values


def validated(
    model: type[ModelT],
    values: object,
    format_name: str,
    expected: Mapping[str, str] = MappingProxyType({}),
) -> ModelT:
    """Returns ``values`` as ``model``; raises InvalidDocument that names the first wrong field and what it must be.

    ``format_name`` is what the reason calls the document. ``expected`` says for a field, by its path, what it must be
    where "a list" would say too little.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = path_of(first["loc"])
        wanted = expected.get(field) or _EXPECTED.get(first["type"], "a string")
        raise wrong_type(field, wanted, first["input"], format_name, fault=first["type"]) from error


def wrong_type(field: str, expected: str, found: object, format_name: str, fault: str = "") -> InvalidDocument:
    """Returns the error for ``field``, which is not ``expected``; ``fault`` is pydantic's name for it."""
    if fault == "missing":
        return InvalidDocument(f"The field '{field}' of the {format_name} is missing; it must be {expected}.")
    return InvalidDocument(f"The field '{field}' of the {format_name} must be {expected}, not {json_name(found)}.")


def refuse_many(count: int, most: int, what: str, format_name: str) -> None:
    """Raise DocumentTooLarge for more than ``most`` of ``what``: no article has them, and each takes time."""
    if count > most:
        raise DocumentTooLarge(f"The {format_name} has {count:,} {what}; at most {most:,} are read.")


def path_of(location: tuple[int | str, ...]) -> str:
    """Returns ``bodies[0].value`` for ``("bodies", 0, "value")``."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return path.removeprefix(".")


def json_name(value: object) -> str:
    """Returns what ``value`` is called in JSON: ``a string``, ``an array`` and so on."""
    names = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null")
