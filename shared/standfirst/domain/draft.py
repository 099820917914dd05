"""What a writer produced, and what supports it."""

from dataclasses import dataclass
from typing import Literal

DraftField = Literal["standfirst", "summary", "key_points"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which paragraphs (indexes from 0) support one sentence (index from 0) of a field of the draft."""

    field: DraftField
    sentence: int
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. An ``error`` keeps the text from being served, a ``warning`` informs the editor.

    ``text`` is what it is about, ``detail`` says in plain words what is wrong with it. ``span`` is where ``text``
    stands in the field, as character offsets from and up to, ``None`` where it is about the field as a whole; key
    points count as lines of one text.
    """

    check: str
    field: DraftField
    text: str
    detail: str
    severity: Severity
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A standfirst, a summary and key points as one writer wrote them.

    An empty string means that the writer had nothing to write from. ``evidence`` is the writer's own, where it knows.
    """

    standfirst: str
    summary: str
    key_points: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
