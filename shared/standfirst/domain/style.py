"""What a newsroom wants its standfirsts and summaries to look like."""

from dataclasses import dataclass
from typing import NamedTuple


class Range(NamedTuple):
    """From ``least`` to ``most``, both allowed."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class TextLimits:
    """The size of one piece of text: sentences, words (``domain/word_count.py``) and, where set, characters."""

    sentences: Range
    words: Range
    max_characters: int | None = None


@dataclass(frozen=True, slots=True)
class KeyPointLimits:
    """How many key points (0: none are written), and the most words in each."""

    count: int
    max_words: int


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """One house style. ``version`` is raised by the newsroom when it changes: articles are then written anew.

    ``max_headline_overlap`` is the largest share (0 to 1) of the headline's content words a standfirst may repeat.
    ``guidance`` is free text for a model; ``avoid`` are words that may not appear.
    """

    name: str
    version: str
    standfirst: TextLimits
    summary: TextLimits
    key_points: KeyPointLimits
    max_headline_overlap: float
    guidance: str = ""
    avoid: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """``name@version``, as records carry it."""
        return f"{self.name}@{self.version}"
