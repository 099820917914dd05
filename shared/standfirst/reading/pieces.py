"""A page in pieces: its blocks, each with what it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from standfirst.reading.furniture import Kind, kind_of, without_bullet
from standfirst.reading.paragraphs import Block

# So one house prints a caption's credit, in a line of its own below it.
_CREDIT_OF_CAPTION = "Credit..."


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the page, without a bullet in front, and its kind."""

    text: str
    kind: Kind
    gap: bool = False

    @property
    def is_story(self) -> bool:
        """Whether it is told in sentences: part of a story, be it this one or another."""
        return self.kind in {Kind.PROSE, Kind.BULLET}


_NOTHING = Piece("", Kind.CHROME)


def pieces_of(blocks: Iterable[Block]) -> list[Piece]:
    """Every block of ``blocks`` with its kind."""
    pieces = [_piece(block) for block in blocks]
    return [
        replace(piece, kind=Kind.CHROME) if following.text.startswith(_CREDIT_OF_CAPTION) else piece
        for piece, following in zip_longest(pieces, pieces[1:], fillvalue=_NOTHING)
    ]


def _piece(block: Block) -> Piece:
    kind = kind_of(block.text)
    text = without_bullet(block.text) if kind in {Kind.BULLET, Kind.TITLE} else block.text
    return Piece(text, kind, block.gap)
