"""House styles: the limits of each text, and guidance for the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Range(NamedTuple):
    """From ``least`` to ``most``, both allowed."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class TextLimits:
    """The size of one text: sentences, words (``domain/word_count.py``) and, where set, characters.

    ``max_headline_overlap`` is the largest share (0 to 1) of the headline's content words that it may repeat, and
    ``repeats_standfirst`` says whether it may repeat a sentence of the standfirst.
    """

    sentences: Range
    words: Range
    max_characters: int | None = None
    max_headline_overlap: float | None = None
    repeats_standfirst: Literal["allowed", "never"] = "allowed"


@dataclass(frozen=True, slots=True)
class ListLimits:
    """The number of items of a list of texts (0: none are written), and the most words in each."""

    count: int
    max_words: int


class GlossaryTerm(NamedTuple):
    """A name or a word as the newsroom spells it, forms that are wrong, and the title that it gives the person."""

    term: str
    wrong_forms: tuple[str, ...] = ()
    title: str | None = None

    @property
    def right_forms(self) -> tuple[str, ...]:
        """Returns the term, and the term after its title."""
        return (self.term, f"{self.title} {self.term}") if self.title else (self.term,)


KindAction = Literal["write", "review", "skip"]
"""What is done with a kind of article: it is written about, also reviewed, or not written about at all."""


class StoryKind(NamedTuple):
    """A kind of story that the second reader always reads, such as courts, and the words by which it is known."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """One house style. A newsroom that changes it raises ``version``: articles then get new texts.

    ``limits`` has the limits of each text by its name. ``guidance`` is free text for the model; ``avoid`` are words
    that may not appear, and ``suggestions`` has what to write instead of some of them.
    ``second_reader`` says when the second reader reads a draft (``Policy``), and ``None`` leaves it to the deployment;
    with ``doubtful`` it also reads each story of ``second_reader_kinds``.
    ``kinds`` says what is done with each kind of article (``ArticleKind``); one that it does not have is written about.
    Without ``publish_without_review``, those that are written about are also reviewed.
    ``review_on`` are the checks (``CheckName``) whose warnings make a record need review: errors always do.
    """

    name: str
    version: str
    limits: Mapping[str, TextLimits | ListLimits] = field(hash=False)
    guidance: str = ""
    avoid: tuple[str, ...] = ()
    suggestions: Mapping[str, str] = field(default_factory=dict, hash=False)
    glossary: tuple[GlossaryTerm, ...] = ()
    review_on: tuple[str, ...] = ()
    second_reader: Literal["off", "doubtful", "always"] | None = None
    second_reader_kinds: tuple[StoryKind, ...] = ()
    kinds: Mapping[str, KindAction] = field(default_factory=dict, hash=False)
    publish_without_review: bool = True

    def action_for(self, kind: str) -> KindAction:
        """Returns what is done with articles of a kind."""
        action = self.kinds.get(kind, "write")
        return "review" if action == "write" and not self.publish_without_review else action

    @property
    def label(self) -> str:
        """Returns ``name@version``, as in records."""
        return f"{self.name}@{self.version}"

    def text_limits(self, name: str) -> TextLimits:
        """Returns the limits of a text; raises ``TypeError`` for a list."""
        limits = self.limits[name]
        if not isinstance(limits, TextLimits):
            raise TypeError(f"{name} is a list of texts")
        return limits

    def list_limits(self, name: str) -> ListLimits:
        """Returns the limits of a list of texts; raises ``TypeError`` for any other text."""
        limits = self.limits[name]
        if not isinstance(limits, ListLimits):
            raise TypeError(f"{name} is no list of texts")
        return limits
