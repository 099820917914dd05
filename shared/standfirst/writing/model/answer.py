"""What a model is asked to answer with, as JSON Schema, and its answer as a draft or as notes.

The schemas keep to what OpenAI's strict mode allows (guide "Structured outputs"): every property required, no others.
They are the same for every article, because a provider caches them as part of what is the same in all requests.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, create_model

from standfirst.domain.draft import Draft
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.domain.invisible_characters import without_invisible
from standfirst.domain.texts import TEXTS, Texts

Schema = Mapping[str, Any]

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}


def _object_of(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


DRAFT_SCHEMA = _object_of(**{kind.name: _TEXTS if kind.is_list else _TEXT for kind in TEXTS})
LONGEST_NOTES = 50_000
"""Characters of the notes on one part; usual ones have eight thousand. Many more have no room in the cache."""

NOTES_SCHEMA = _object_of(facts=_TEXTS)


def _tidy(text: str) -> str:
    return " ".join(without_invisible(text).split())


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


Tidy = Annotated[str, AfterValidator(_tidy)]
"""Without white space around it, with single spaces in it, and without what nobody sees."""

NotEmpty = Annotated[Tidy, AfterValidator(_not_empty)]
"""The same, and at least one character of it."""


class _Shape(BaseModel):
    # What a model wrote about an article under embargo has no place in a log.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


_DRAFT_FIELDS: dict[str, Any] = {
    kind.name: (list[Tidy] if kind.is_list else NotEmpty if kind.is_required else Tidy, ...) for kind in TEXTS
}
_DraftShape = create_model("_DraftShape", __base__=_Shape, **_DRAFT_FIELDS)


class _NotesShape(_Shape):
    facts: list[Tidy]


_S = TypeVar("_S", bound=_Shape)


def read_draft(json_text: str) -> Draft:
    """The draft in a model's answer; raises ``ModelOutputInvalid`` for one of another shape, or without a text."""
    texts = Texts(**_read(_DraftShape, json_text).model_dump())
    filled = {kind.name: tuple(filter(None, texts.items_of(kind.name))) for kind in TEXTS if kind.is_list}
    return Draft(texts.replaced(**filled))


def read_notes(json_text: str) -> list[str]:
    """The notes in a model's answer; raises ``ModelOutputInvalid`` for one of another shape, or a run-away one."""
    facts = [fact for fact in _read(_NotesShape, json_text).facts if fact]
    if (characters := sum(map(len, facts))) > LONGEST_NOTES:
        raise ModelOutputInvalid(
            f"The model's notes have {characters:,} characters; at most {LONGEST_NOTES:,} are kept."
        )
    return facts


def _read(shape: type[_S], json_text: str) -> _S:
    try:
        return shape.model_validate_json(json_text)
    except ValidationError as exc:
        problems = "; ".join(f"{_place(problem['loc'])}: {problem['msg']}" for problem in exc.errors())
        raise ModelOutputInvalid(f"The model's answer is not of the shape that was asked for ({problems}).") from exc


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(map(str, location)) or "the answer"
