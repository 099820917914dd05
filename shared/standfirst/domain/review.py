"""What an editor may change about a summary, as the API takes it."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from standfirst.domain.record import MAX_REVISION, Decision, Schema, Status
from standfirst.domain.revisions import Texts

_NO_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _line(text: str) -> str:
    if _NO_LINE.search(text):
        raise ValueError("it has to be one line of text, without control characters")
    return _read(text)


def _text(text: str) -> str:
    if _NO_TEXT.search(text):
        raise ValueError("it may hold no control characters but line breaks and tabs")
    return _read(text)


def _read(text: str) -> str:
    if "\ufffd" in text:
        raise ValueError("it holds U+FFFD, which stands where something was not UTF-8")
    # A joiner or a mark of direction alone is not shown.
    if not any(character.isprintable() for character in text):
        raise ValueError("there is nothing to read in it")
    return text


def _left_out() -> Any:  # noqa: ANN401
    """The default of a member that may be left out, but not be ``null``: nothing of a summary can be taken away."""
    return Field(default_factory=lambda: None)


Standfirst = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000),
    AfterValidator(_line),
    Field(description="The new standfirst, in one line.", examples=["The ferry is back in June."]),
]
Summary = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000),
    AfterValidator(_line),
    Field(description="The new summary, in one line.", examples=["The ferry across the Sele will return in June."]),
]
KeyPoint = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_line)]
KeyPoints = Annotated[
    tuple[KeyPoint, ...],
    Field(max_length=20, description="All key points anew.", examples=[["The repairs cost 410,000 crowns."]]),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000),
    AfterValidator(_text),
    Field(description="A note for whoever reads the history.", examples=["Shorter."]),
]
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


class SummaryPatch(Schema):
    """New texts of an editor, a decision, or both; members that are left out stay as they are."""

    standfirst: Standfirst = _left_out()
    summary: Summary = _left_out()
    key_points: KeyPoints = _left_out()
    status: PatchStatus = _left_out()
    revision: PatchRevision = _left_out()
    note: Note = _left_out()

    @model_validator(mode="after")
    def _require_a_change(self) -> Self:
        if not self.has_words and self.status not in {"approved", "rejected"}:
            raise ValueError(
                "nothing would change: give standfirst, summary, key_points, or status approved or rejected"
            )
        if self.has_words and self.status == "rejected":
            raise ValueError("words of your own cannot be rejected at once: leave them out, or the status")
        return self

    @property
    def has_words(self) -> bool:
        """Whether any text is an editor's own."""
        return any(each is not None for each in (self.standfirst, self.summary, self.key_points))

    @property
    def decision(self) -> Decision:
        """What becomes of the text."""
        return _DECISIONS[self.status or "edited"]

    def over(self, texts: Texts) -> Texts:
        """``texts``, with the words of this patch in their place."""
        return Texts(
            standfirst=texts.standfirst if self.standfirst is None else self.standfirst,
            summary=texts.summary if self.summary is None else self.summary,
            key_points=texts.key_points if self.key_points is None else self.key_points,
        )
