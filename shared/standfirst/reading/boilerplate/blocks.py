"""A page in pieces: its blocks, each with what it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.classify import Kind, is_credit, kind_of, without_bullet
from standfirst.reading.boilerplate.paragraphs import Block

# So one house prints a caption's credit, in a line of its own below it.
_CREDIT_OF_CAPTION = "Credit..."

_LONGEST_CAPTION = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, without a bullet in front, and its kind."""

    text: str
    kind: Kind
    gap: bool = False
    words: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Count the words once: every rule about the surroundings of a piece asks for them."""
        object.__setattr__(self, "words", count_words(self.text))

    @property
    def is_story(self) -> bool:
        """Whether it is told in sentences: part of a story, be it this one or another."""
        return self.kind in {Kind.PROSE, Kind.BULLET}


_NOTHING = Piece("", Kind.CHROME)


def pieces_of(blocks: Iterable[Block]) -> list[Piece]:
    """Every block of ``blocks`` with its kind."""
    pieces = [_piece(block) for block in blocks]
    around = zip(pieces, [*pieces[1:], _NOTHING], [*pieces[2:], _NOTHING, _NOTHING], strict=False)
    return [
        replace(piece, kind=Kind.CHROME) if _is_caption(piece, after, behind) else piece
        for piece, after, behind in around
    ]


def _is_caption(piece: Piece, after: Piece, behind: Piece) -> bool:
    """Whether ``piece`` is the caption above a picture's credit, ``after``: blank lines keep the two from the story.

    Without any, it may as well be a paragraph above the credit of a picture that has no caption.
    """
    if after.text.startswith(_CREDIT_OF_CAPTION):
        return True
    stands_apart = piece.gap or behind.gap
    touches = not after.gap and is_credit(after.text)
    return piece.is_story and stands_apart and touches and piece.words <= _LONGEST_CAPTION


def _piece(block: Block) -> Piece:
    kind = kind_of(block.text)
    text = without_bullet(block.text) if kind in {Kind.BULLET, Kind.TITLE} else block.text
    return Piece(text, kind, block.gap)
