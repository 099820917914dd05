"""The blocks of a page, each with its kind."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.classify import Kind, is_credit, kind_of, without_bullet
from standfirst.reading.boilerplate.paragraphs import Block

_LONG_TITLE = 5
"""Words from which a lone title is rather another article's than a crosshead."""

# So one house prints a caption's credit, in a line of its own below it.
_CREDIT_OF_CAPTION = "Credit..."

_LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class ClassifiedBlock:
    """A block of the page, without a bullet in front, and its kind."""

    text: str
    kind: Kind
    gap: bool = False
    words: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Count the words once: every rule about the surroundings of a block asks for them."""
        object.__setattr__(self, "words", count_words(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether it is written in sentences: part of an article, be it this one or another."""
        return self.kind in (Kind.PROSE, Kind.BULLET)  # no set: a member of an enumeration is slow to hash

    @property
    def is_long_title(self) -> bool:
        """Whether it is rather the title of another article than a crosshead."""
        return self.kind is Kind.TITLE and not self.text.isupper() and self.words >= _LONG_TITLE


_NOTHING = ClassifiedBlock("", Kind.BOILERPLATE)


def classify_blocks(blocks: Iterable[Block]) -> list[ClassifiedBlock]:
    """Returns every block of ``blocks`` with its kind."""
    classified = [_classified(block) for block in blocks]
    around = zip(classified, [*classified[1:], _NOTHING], [*classified[2:], _NOTHING, _NOTHING], strict=False)
    return [
        replace(block, kind=Kind.BOILERPLATE) if _is_caption(block, after, behind) else block
        for block, after, behind in around
    ]


def _is_caption(block: ClassifiedBlock, after: ClassifiedBlock, behind: ClassifiedBlock) -> bool:
    """Returns whether ``block`` is the caption above a picture's credit, ``after``, set off by blank lines.

    Without any, it may as well be a paragraph above the credit of a picture that has no caption.
    """
    if after.text.startswith(_CREDIT_OF_CAPTION):
        return True
    touches = not after.gap and is_credit(after.text)
    return block.is_prose and (block.gap or behind.gap) and touches and block.words <= _LONGEST_CAPTION


def _classified(block: Block) -> ClassifiedBlock:
    kind = kind_of(block.text)
    text = without_bullet(block.text) if kind in {Kind.BULLET, Kind.TITLE} else block.text
    return ClassifiedBlock(text, kind, block.gap)
