"""A sentence of the article that may be picked, and what speaks for and against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from standfirst.domain.word_count import count_words
from standfirst.safety.forbidden_content import talk_in
from standfirst.text.content_words import content_words
from standfirst.writing.extractive.lexicon.not_news import alleges, is_aside
from standfirst.writing.extractive.self_contained import begins_joined, begins_quoted, is_fit, is_printable

STEM_LENGTH = 6
"""Words are compared by so many first letters: a crude stem, but one that every inflecting language shares."""

FEWEST_SHARED = 2
"""Words of a headline by which a sentence takes up what it tells."""


def stems_of(text: str, language: str) -> frozenset[str]:
    """Returns the stems of the content words of ``text``."""
    return frozenset(word[:STEM_LENGTH] for word in content_words(text, language))


@dataclass(frozen=True)
class Candidate:
    """A sentence with its ``index`` in the article, judged only when asked: most stand behind those that are picked.

    ``needs`` are the indexes of the sentences without which it does not say who or what is meant. What it accuses
    somebody of is denied, or has come to an end, in the sentence with the index ``answer``.
    """

    index: int
    text: str
    language: str
    needs: frozenset[int]
    answer: int | None = None

    def is_clear_among(self, chosen: Iterable["Candidate"]) -> bool:
        """Returns whether ``chosen`` has what it needs."""
        return self.needs <= {each.index for each in chosen}

    def takes_up(self, headline: frozenset[str]) -> bool:
        """Returns whether it has more than one word of ``headline``."""
        return len(self.stems & headline) >= FEWEST_SHARED

    @cached_property
    def words(self) -> int:
        """Returns the number of its words."""
        return count_words(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Returns the stems of its content words."""
        return stems_of(self.text, self.language)

    @cached_property
    def is_printable(self) -> bool:
        """Returns whether it is a whole statement."""
        return is_printable(self.text, self.language) and not any(talk_in(self.text, self.language))

    @cached_property
    def is_fit(self) -> bool:
        """Returns whether nothing better need take its place."""
        return is_fit(self.text, self.language)

    @cached_property
    def is_fair(self) -> bool:
        """Returns whether a lead may have it: the article's first sentence is news even where it alleges."""
        return self.index == 0 or not alleges(self.text, self.language)

    @cached_property
    def leads(self) -> bool:
        """Returns whether a text may begin with it."""
        return not begins_joined(self.text, self.language)

    @cached_property
    def heads(self) -> bool:
        """Returns whether a standfirst may be made of it."""
        return not begins_quoted(self.text) and (self.index == 0 or not is_aside(self.text, self.language))
