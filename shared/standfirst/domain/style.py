"""House styles: the limits of each text, and guidance for the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Range(NamedTuple):
    """From ``least`` to ``most``, both allowed."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class TextLimits:
    """The size of one text: sentences, words (``domain/word_count.py``) and, where set, characters.

    ``max_headline_overlap`` is the largest share (0 to 1) of the headline's content words that it may repeat.
    """

    sentences: Range
    words: Range
    max_characters: int | None = None
    max_headline_overlap: float | None = None


@dataclass(frozen=True, slots=True)
class ListLimits:
    """The number of items of a list of texts (0: none are written), and the most words in each."""

    count: int
    max_words: int


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """One house style. A newsroom that changes it raises ``version``: articles then get new texts.

    ``limits`` has the limits of each text by its name. ``guidance`` is free text for the model; ``avoid`` are words
    that may not appear.
    """

    name: str
    version: str
    limits: Mapping[str, TextLimits | ListLimits] = field(hash=False)
    guidance: str = ""
    avoid: tuple[str, ...] = ()

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
