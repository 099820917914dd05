"""The lines of a body that an agency has marked up as one clean article, to its paragraphs.

On a page (``page.py``) what stands around the article has to be found by how it stands, and now and then a paragraph is
lost to that. Here the markup says what is article; what goes are single lines that a wire writes into its paragraphs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.classify import Kind, kind_of, without_bullet
from standfirst.reading.boilerplate.datelines import without_marks
from standfirst.reading.boilerplate.paragraphs import refuse_long

_LEAST_FORGOTTEN_STOP = 8
_PROSE = frozenset({Kind.PROSE, Kind.BULLET})


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and what its markup says of it.

    An item of a list needs no full stop to be part of the article. Nor does a longer line that is a paragraph by its
    tag, in a format that has another tag for crossheads.
    """

    text: str
    is_item: bool = False
    is_paragraph: bool = False


def clean_paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    """Returns the paragraphs among ``lines``, in order: without bylines, credits, crossheads, datelines and sign-offs.

    Where no line ends a sentence, the longer ones are the paragraphs; where none is long, all of them.
    Raises DocumentTooLarge for lines that are too long for any article.
    """
    refuse_long(len(line.text) for line in lines)
    paragraphs = _prose(lines)
    if not paragraphs:
        texts = [line.text for line in lines if kind_of(line.text) is Kind.TITLE]
        paragraphs = [text for text in texts if count_words(text) >= _LEAST_FORGOTTEN_STOP] or texts
    return tuple(without_marks([without_bullet(text) for text in paragraphs]))


def _prose(lines: Sequence[Line]) -> list[str]:
    paragraphs: list[str] = []
    announced = False
    for line in lines:
        kind = kind_of(line.text)
        if kind in _PROSE or line.is_item or (kind is Kind.TITLE and (announced or _lacks_its_stop(line))):
            paragraphs.append(line.text)
            announced = line.text.endswith(":") or (announced and kind not in _PROSE)
        else:
            announced = False
    return paragraphs


def _lacks_its_stop(line: Line) -> bool:
    return line.is_paragraph and not line.text.isupper() and count_words(line.text) >= _LEAST_FORGOTTEN_STOP
