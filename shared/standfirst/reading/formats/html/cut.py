"""Signs in a page that its story goes on where the page does not show it."""

from collections.abc import Sequence

from standfirst.domain.word_count import count_words
from standfirst.reading.formats.html.metadata import Stated

_MORE = 1.5
"""Times as many words as were read: what a page states counts its captions and labels, too."""

_LEAST = 100
"""Words that are missing."""


def sign_of_cut(stated: Stated, body: Sequence[str]) -> str | None:
    """Returns how the page says that its story is longer than ``body``; None where it does not."""
    read = count_words(" ".join(body))
    declared = count_words(" ".join(stated.body))
    for words, where in ((stated.words or 0, "wordCount"), (declared, "articleBody")):
        if words >= _MORE * read and words - read >= _LEAST:
            return f"The page's {where} has {words:,} words; {read:,} of them could be read."
    return None
