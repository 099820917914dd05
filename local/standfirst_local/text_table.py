"""Tables for people, in plain text: a column of names, and columns of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standfirst_local.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | None


def text_table(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Returns the rows under ``heads``, names to the left and figures to the right; ``None`` is a dash."""
    cells = [list(heads), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in cells
    )


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return "-"
        case int():
            return f"{cell:,}"
    return one_line(cell)
