"""What a model is asked to write, as JSON Schema, and its answer as a draft or as notes."""

from typing import Annotated, Any

from pydantic import AfterValidator, create_model

from standfirst.domain.draft import Draft
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.domain.texts import TEXTS, Texts
from standfirst.model.answer import TEXT, Shape, Tidy, list_of, object_of, read_answer

DRAFT_SCHEMA = object_of(**{kind.name: list_of(TEXT) if kind.is_list else TEXT for kind in TEXTS})
LONGEST_NOTES = 50_000
"""Characters of the notes on one part; usual ones have eight thousand. Many more have no room in the cache."""

NOTES_SCHEMA = object_of(facts=list_of(TEXT))


def _not_empty(text: str) -> str:
    if not text:
        raise ValueError("it is empty")
    return text


NotEmpty = Annotated[Tidy, AfterValidator(_not_empty)]
"""The same as ``Tidy``, and at least one character of it."""


_DRAFT_FIELDS: dict[str, Any] = {
    kind.name: (list[Tidy] if kind.is_list else NotEmpty if kind.is_required else Tidy, ...) for kind in TEXTS
}
_DraftShape = create_model("_DraftShape", __base__=Shape, **_DRAFT_FIELDS)


class _NotesShape(Shape):
    facts: list[Tidy]


def read_draft(json_text: str) -> Draft:
    """The draft in a model's answer; raises ``ModelOutputInvalid`` for one of another shape, or without a text."""
    texts = Texts(**read_answer(_DraftShape, json_text).model_dump())
    filled = {kind.name: tuple(filter(None, texts.items_of(kind.name))) for kind in TEXTS if kind.is_list}
    return Draft(texts.replaced(**filled))


def read_notes(json_text: str) -> list[str]:
    """The notes in a model's answer; raises ``ModelOutputInvalid`` for one of another shape, or a run-away one."""
    facts = [fact for fact in read_answer(_NotesShape, json_text).facts if fact]
    if (characters := sum(map(len, facts))) > LONGEST_NOTES:
        raise ModelOutputInvalid(
            f"The model's notes have {characters:,} characters; at most {LONGEST_NOTES:,} are kept."
        )
    return facts
