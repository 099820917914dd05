"""Texts that somebody writes, and what they are to be checked against, as the API takes them.

A text is taken as it stands in the field that it is typed into: empty, too, and with blanks around it. It is checked
as a change would store it (``domain/review.py``); ``TypedText`` leads from there back to what was sent.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, StringConstraints, create_model, model_validator

from standfirst.domain.article import MAX_HEADLINE_CHARACTERS, MAX_STANDFIRST_CHARACTERS, ArticleId
from standfirst.domain.invisible_characters import invisible_in
from standfirst.domain.review import EDITABLE, PatchRevision, left_out, one_line, some_lines
from standfirst.domain.schema import Schema
from standfirst.domain.texts import MAX_ITEMS, TextKind

Span = tuple[int, int]


class TypedText(NamedTuple):
    """A text as a change would store it; ``places`` has the index in the text as it was sent of each character."""

    items: tuple[str, ...]
    places: list[int]

    @classmethod
    def of(cls, sent: Sequence[str]) -> "TypedText":
        """Returns the items of a list, or the only one, as they would be stored; what is empty then is left out.

        Items count as lines of one text, as in findings.
        """
        items: list[str] = []
        places: list[int] = []
        start = 0
        for item in sent:
            if kept := _stored_places(item):
                # The line break between two items is where the later one begins.
                places += [*([start - 1] if items else []), *(start + place for place in kept)]
                items.append("".join(item[place] for place in kept))
            start += len(item) + 1
        return cls(tuple(items), places)

    def as_sent(self, span: Span) -> Span:
        """Returns where the characters of ``span`` stand in the text as it was sent."""
        start, end = span
        return (self.places[start], self.places[end - 1] + 1) if start < end <= len(self.places) else span


def _stored_places(text: str) -> list[int]:
    """Returns the indexes of the characters of ``text`` that a change would store."""
    inner = text.strip()
    start, hidden = len(text) - len(text.lstrip()), frozenset(invisible_in(inner))
    places = [start + place for place in range(len(inner)) if place not in hidden]
    while places and text[places[0]].isspace():
        del places[0]
    while places and text[places[-1]].isspace():
        del places[-1]
    return places if any(text[place].isprintable() for place in places) else []


def _text_field(kind: TextKind) -> tuple[Any, Any]:
    """Returns the field for a text, as ``create_model`` takes it."""
    line, name = (
        Annotated[str, StringConstraints(max_length=kind.max_characters), AfterValidator(one_line)],
        kind.title.lower(),
    )
    if kind.is_list:
        described = Field(max_length=MAX_ITEMS, description=f"All {name}.", examples=[[kind.example]])
        return Annotated[tuple[line, ...], described], left_out()  # type: ignore[valid-type]
    described = Field(description=f"The {name}, in one line; may be empty.", examples=[kind.example])
    return Annotated[line, described], left_out()


class GivenArticle(Schema):
    """An article in a request. It is not stored, and nothing of it is removed: indexes count these paragraphs."""

    headline: Annotated[
        str,
        StringConstraints(max_length=MAX_HEADLINE_CHARACTERS),
        AfterValidator(one_line),
        Field(description="Its headline.", examples=["Ferry across the Sele to return in June"]),
    ] = left_out()
    standfirst: Annotated[
        str,
        StringConstraints(max_length=MAX_STANDFIRST_CHARACTERS),
        AfterValidator(some_lines),
        Field(description="Its own standfirst, which texts may repeat.", examples=["Council votes for repairs."]),
    ] = left_out()
    paragraphs: Annotated[
        tuple[Annotated[str, AfterValidator(some_lines)], ...],
        Field(
            min_length=1,
            description="Its paragraphs, as long together as an article in the bucket may be.",
            examples=[["The ferry across the Sele will return in June. Repairs to its landing stage cost 410,000."]],
        ),
    ]
    language: Annotated[
        str,
        StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$"),
        Field(description="Its language (BCP 47); left out, it is detected.", examples=["en"]),
    ] = left_out()


if TYPE_CHECKING:
    _TypedTexts = Schema
else:
    _TypedTexts = create_model("_TypedTexts", __base__=Schema, **{kind.name: _text_field(kind) for kind in EDITABLE})


_OF_REVISION: dict[str, JsonValue] = {"required": ["article_id"], "not": {"required": ["style"]}}
_OF_ARTICLE: dict[str, JsonValue] = {"not": {"anyOf": [{"required": ["article_id"]}, {"required": ["revision"]}]}}


class TextsToCheck(_TypedTexts):
    """Texts, and either the id of the article that they are about or that article itself."""

    # What ``_require_one_article`` refuses, as JSON Schema.
    model_config = ConfigDict(
        json_schema_extra={"if": {"required": ["article"]}, "then": _OF_ARTICLE, "else": _OF_REVISION}
    )

    article_id: Annotated[
        ArticleId,
        Field(
            min_length=1,
            description="The id of an article that has a summary. Texts that are left out are those of the revision.",
            examples=["politics/ferry.txt"],
        ),
    ] = left_out()
    revision: PatchRevision = left_out()
    article: Annotated[GivenArticle, Field(description="An article that need not be stored.")] = left_out()
    style: Annotated[
        str,
        StringConstraints(max_length=100),
        Field(description="The name of the house style for `article`; left out, the default.", examples=["default"]),
    ] = left_out()

    @model_validator(mode="after")
    def _require_one_article(self) -> Self:
        if (self.article_id is None) == (self.article is None):
            raise ValueError("give either article_id or article")
        if self.article_id is not None and self.style is not None:
            raise ValueError("style belongs to article: an article with an id has the style of its deployment")
        if self.article is not None and self.revision is not None:
            raise ValueError("revision belongs to article_id")
        return self

    @property
    def typed(self) -> dict[str, TypedText]:
        """Returns the texts that are given, by name."""
        given = {kind.name: getattr(self, kind.name) for kind in EDITABLE}
        return {
            name: TypedText.of((text,) if isinstance(text, str) else text)
            for name, text in given.items()
            if text is not None
        }
