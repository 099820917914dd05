"""The kind of an article: by what the document calls it, by its headline and kicker, then by how its text is built.

News is what nothing else is said of: a kind that is missed is written about as news, a kind that is wrongly seen costs
a review or a text. So each rule is one that news reports do not meet.
"""

from collections.abc import Sequence

from standfirst.domain.article import ArticleKind
from standfirst.reading.kinds.labels import kind_in_headline, kind_of_labels, kind_of_line
from standfirst.reading.kinds.structure import kind_of_text

_FEW_WORDS = 35
"""As many as a summary has at least in the bundled house style: that of a shorter item would be the item."""

_MOST_ABOVE = 5
"""Lines among which the headline is looked for."""


def detect_kind(
    labels: Sequence[str], headline: str | None, lines: Sequence[str], language: str, words: int
) -> ArticleKind:
    """Returns the kind of an article of so many ``words`` with ``lines``, which is in ``language``."""
    return (
        kind_of_labels(labels)
        or kind_in_headline(headline or "")
        or next(filter(None, map(kind_of_line, _kickers(headline, lines))), None)
        or kind_of_text(headline or "", lines, language)
        or (ArticleKind.BRIEF if words < _FEW_WORDS else ArticleKind.NEWS)
    )


def _kickers(headline: str | None, lines: Sequence[str]) -> Sequence[str]:
    """Returns the first of ``lines``, and those around the headline, in which a paper says what the text is."""
    at = next((at for at, line in enumerate(lines[:_MOST_ABOVE]) if line == headline), 0)
    return [*lines[:1], *lines[max(at - 1, 0) : at + 2]]
