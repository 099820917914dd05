"""What an editor may change about a summary, as the API takes it."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, JsonValue, StringConstraints, create_model, model_validator

from standfirst.domain.draft import Sentence
from standfirst.domain.invisible_characters import without_invisible
from standfirst.domain.record import MAX_REVISION, Decision, OverruledFinding, Record, Status
from standfirst.domain.schema import Schema
from standfirst.domain.texts import MAX_ITEMS, TEXTS, TextKind, Texts

_NO_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """Returns ``text``; raises ``ValueError`` unless it is one line of text, which may be empty."""
    if _NO_LINE.search(text):
        raise ValueError("it has to be one line of text, without control characters")
    return _whole(text)


def some_lines(text: str) -> str:
    """Returns ``text``; raises ``ValueError`` for control characters other than line breaks and tabs."""
    if _NO_TEXT.search(text):
        raise ValueError("it may hold no control characters but line breaks and tabs")
    return _whole(text)


def _whole(text: str) -> str:
    if "\ufffd" in text:
        raise ValueError("it holds U+FFFD, which stands where something was not UTF-8")
    return text


def _line(text: str) -> str:
    return _read(one_line(text))


def _text(text: str) -> str:
    return _read(some_lines(text))


def _read(text: str) -> str:
    text = without_invisible(text).strip()
    # A joiner or a mark of direction alone is not shown.
    if not any(character.isprintable() for character in text):
        raise ValueError("there is nothing to read in it")
    return text


def left_out() -> Any:  # noqa: ANN401
    """Returns the default of a member that may be left out but not be ``null``: no text of a summary can be removed."""
    return Field(default_factory=lambda: None)


Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000),
    AfterValidator(_text),
    Field(description="A note for whoever reads the history.", examples=["Shorter."]),
]
MOST_SEEN, MOST_OVERRULED = 500, 100
"""Sentences, and findings, that a review may name: more than a summary has."""

LONGEST_FINDING_NOTE, LONGEST_FINDING_TEXT = 200, 120
"""Characters of the note on a finding, and of the finding's words that the record of a review repeats."""


class SeenSentence(Schema):
    """A sentence whose evidence an editor was shown."""

    field: Annotated[str, Field(description="The name of the text.", examples=["summary"])]
    sentence: Annotated[
        int, Field(ge=0, strict=True, description="The index of the sentence in it, from 0.", examples=[1])
    ]


class LetStand(Schema):
    """A finding that an editor was asked about and let stand; `check`, `field` and `text` name it."""

    check: Annotated[str, Field(description="The name of its check.", examples=["number"])]
    field: Annotated[str, Field(description="The name of the text that it is about.", examples=["summary"])]
    text: Annotated[str, Field(description="The words that it is about.", examples=["420,000"])]
    note: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_FINDING_NOTE),
        AfterValidator(_text),
        Field(description="Why it stands.", examples=["The council confirmed it."]),
    ] = left_out()


class ReviewEvidence(Schema):
    """What the editor's page showed and measured. What the decided texts do not have is left out of the record."""

    sentences_seen: Annotated[
        tuple[SeenSentence, ...],
        Field(max_length=MOST_SEEN, description="The sentences whose evidence was shown."),
    ] = Field(default_factory=tuple)
    findings: Annotated[
        tuple[LetStand, ...],
        Field(max_length=MOST_OVERRULED, description="The findings that the editor let stand."),
    ] = Field(default_factory=tuple)
    seconds: Annotated[
        int, Field(ge=0, le=1_000_000, strict=True, description="How long the editor took.", examples=[14])
    ] = left_out()

    def seen_in(self, about: Record) -> tuple[Sentence, ...]:
        """Returns the sentences of ``about`` whose evidence was shown."""
        seen = {(each.field, each.sentence) for each in self.sentences_seen}
        of_record = ((each.field, each.sentence) for each in about.evidence)
        return tuple(Sentence(*each) for each in dict.fromkeys(of_record) if each in seen)

    def overruled_in(self, about: Record) -> tuple[OverruledFinding, ...]:
        """Returns the findings in ``about`` that the editor let stand."""
        found = {(each.check, each.field, each.text) for each in about.findings}
        named = {(each.check, each.field, each.text): each.note for each in self.findings}
        return tuple(
            OverruledFinding(check=check, field=field, text=text[:LONGEST_FINDING_TEXT], note=note)
            for (check, field, text), note in named.items()
            if (check, field, text) in found
        )


PatchStatus = Annotated[
    Literal["edited", "approved", "rejected"],
    Field(description="The decision; left out, texts are `edited`.", examples=["approved"]),
]
PatchRevision = Annotated[
    int,
    Field(
        ge=1,
        le=MAX_REVISION,
        strict=True,
        description="The revision whose texts are meant: the newest, which is the default, or the `pending` one.",
        examples=[2],
    ),
]
_DECISIONS: Mapping[str, Decision] = {
    "edited": Status.EDITED,
    "approved": Status.APPROVED,
    "rejected": Status.REJECTED,
}


def _text_field(kind: TextKind) -> tuple[Any, Any]:
    """Returns the field for a text, as ``create_model`` takes it."""
    constraints = StringConstraints(strip_whitespace=True, min_length=1, max_length=kind.max_characters)
    line, name = Annotated[str, constraints, AfterValidator(_line)], kind.title.lower()
    if kind.is_list:
        described = Field(max_length=MAX_ITEMS, description=f"All {name} anew.", examples=[[kind.example]])
        return Annotated[tuple[line, ...], described], left_out()  # type: ignore[valid-type]
    described = Field(description=f"The new {name}, in one line.", examples=[kind.example])
    return Annotated[line, described], left_out()


EDITABLE = tuple(kind for kind in TEXTS if kind.is_editable)

if TYPE_CHECKING:
    _PatchTexts = Schema
else:
    _PatchTexts = create_model("_PatchTexts", __base__=Schema, **{kind.name: _text_field(kind) for kind in EDITABLE})


_WORDS: list[JsonValue] = [{"required": [kind.name]} for kind in EDITABLE]
_APPROVED: dict[str, JsonValue] = {"properties": {"status": {"const": "approved"}}, "required": ["status"]}
_REJECTED: dict[str, JsonValue] = {"properties": {"status": {"const": "rejected"}}, "required": ["status"]}


class SummaryPatch(_PatchTexts):
    """New texts of an editor, a decision, or both; members that are left out stay as they are."""

    # What ``_require_a_change`` refuses, as JSON Schema.
    model_config = ConfigDict(
        json_schema_extra={
            "if": _REJECTED,
            "then": {"not": {"anyOf": [*_WORDS]}},
            "else": {"anyOf": [*_WORDS, _APPROVED]},
        }
    )

    status: PatchStatus = left_out()
    revision: PatchRevision = left_out()
    note: Note = left_out()
    review: Annotated[ReviewEvidence, Field(description="What the decision rests on; left out, nothing was shown.")] = (
        left_out()
    )

    @model_validator(mode="after")
    def _require_a_change(self) -> Self:
        if not self.has_words and self.status not in {"approved", "rejected"}:
            names = ", ".join(kind.name for kind in EDITABLE)
            raise ValueError(f"nothing would change: give {names}, or status approved or rejected")
        if self.has_words and self.status == "rejected":
            raise ValueError("words of your own cannot be rejected at once: leave them out, or the status")
        return self

    @property
    def words(self) -> dict[str, Any]:
        """Returns the editor's own texts, by name."""
        given = {kind.name: getattr(self, kind.name) for kind in EDITABLE}
        return {name: text for name, text in given.items() if text is not None}

    @property
    def has_words(self) -> bool:
        """Returns whether there are texts of the editor's own."""
        return bool(self.words)

    @property
    def decision(self) -> Decision:
        """Returns the status that the text gets."""
        return _DECISIONS[self.status or "edited"]

    def over(self, texts: Texts) -> Texts:
        """Returns ``texts`` with those of this patch in their place."""
        return texts.replaced(**self.words)
