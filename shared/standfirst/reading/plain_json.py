"""The plain JSON shape: ``{headline, standfirst?, body|text|paragraphs, language?, published_at?}``."""

import json
from typing import NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from standfirst.domain.errors import EmptyDocument, InvalidDocument
from standfirst.reading.characters import clean_characters
from standfirst.reading.formats import refuse_markup, unknown
from standfirst.reading.page import read_page
from standfirst.reading.paragraphs import Block, split_blocks
from standfirst.reading.story import Story, published

_BODY_FIELDS = ("body", "text", "paragraphs")

# The keys by which the newsroom formats that also are JSON give themselves away, each after its own specification.
_OTHER_SHAPES = (
    ({"content_elements"}, "an Arc ANS document"),
    ({"@context"}, "a schema.org document"),
    ({"@type", "articleBody"}, "a schema.org document"),
    ({"uri", "versioncreated"}, "a ninjs document"),
    ({"uri", "body_text"}, "a ninjs document"),
    ({"uri", "body_html"}, "a ninjs document"),
    ({"uri", "body_xhtml"}, "a ninjs document"),
    ({"uri", "bodies"}, "a ninjs document"),
    ({"uri", "headlines"}, "a ninjs document"),
)


class _PlainArticle(BaseModel):
    """The shape, strictly: a number is no headline."""

    model_config = ConfigDict(strict=True, extra="ignore")

    headline: str | None = None
    standfirst: str | None = None
    body: str | None = None
    text: str | None = None
    paragraphs: list[str] | None = None
    language: str | None = None
    published_at: str | None = None


def read_plain_json(text: str) -> Story:
    """The story of a plain JSON document. A body in one string is read as a page, so its furniture goes too.

    Raises InvalidDocument for broken JSON (with line and column), for another shape than an object, for a field of the
    wrong type (naming it) and for a missing body; EmptyDocument for an empty body; UnknownFormat for ninjs, Arc ANS,
    schema.org and for a body in HTML.
    """
    values = _parse(text)
    _refuse_other_shapes(values)
    article = _validate(values)
    headline = _line(article.headline)
    page = read_page(_blocks(article), headline)
    return Story(
        paragraphs=page.paragraphs,
        headline=headline or page.headline,
        standfirst=_line(article.standfirst) or page.standfirst,
        language=article.language,
        published_at=published(article.published_at),
    )


def _parse(text: str) -> dict[str, object]:
    try:
        values = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise InvalidDocument(
            f"The document is not valid JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except ValueError as error:
        raise InvalidDocument(f"The document is not valid JSON: {error}.") from error
    except RecursionError as error:
        raise InvalidDocument("The JSON is nested too deeply to be an article.") from error
    if not isinstance(values, dict):
        raise InvalidDocument(f"The JSON must be one object with a headline and a body, not {_json_name(values)}.")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


def _json_name(value: object) -> str:
    names = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return names.get(type(value), "null")


def _refuse_other_shapes(values: dict[str, object]) -> None:
    for keys, shape in _OTHER_SHAPES:
        if keys <= values.keys():
            raise unknown(shape, f"by its {' and '.join(repr(key) for key in sorted(keys))}")


def _validate(values: dict[str, object]) -> _PlainArticle:
    try:
        article = _PlainArticle.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = _path(first["loc"])
        raise InvalidDocument(
            f"The field '{field}' of the JSON must be {_expected(field)}, not {_json_name(first['input'])}."
        ) from error
    if article.body is None and article.text is None and article.paragraphs is None:
        raise InvalidDocument("The JSON has no body: one of 'body', 'text' or 'paragraphs' is needed.")
    return article


def _path(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else step for step in location)


def _expected(field: str) -> str:
    return "a list of strings" if field == "paragraphs" else "a string"


def _blocks(article: _PlainArticle) -> list[Block]:
    """The blocks of the first of the body's fields that holds anything."""
    for body in (article.body, article.text):
        if body and body.strip():
            text = clean_characters(body)
            refuse_markup(text)
            return split_blocks(text)
    paragraphs = [clean_characters(paragraph) for paragraph in article.paragraphs or ()]
    refuse_markup("\n".join(paragraphs))
    blocks = [Block(line, gap=True) for paragraph in paragraphs if (line := " ".join(paragraph.split()))]
    if not blocks:
        raise EmptyDocument("The body of the JSON is empty.")
    return blocks


def _line(text: str | None) -> str | None:
    return " ".join(clean_characters(text).split()) or None if text else None
