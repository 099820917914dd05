"""What one measurement comes to: a line of the table, or a reason why there is none."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

MEGABYTE = 1024 * 1024
"""As Lambda counts them."""


class CannotMeasure(Exception):
    """A measurement could not be made; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``value`` and ``budget`` are in ``unit``; ``detail`` says how the value came about."""

    what: str
    value: float
    budget: float
    unit: str
    detail: str = ""

    @property
    def verdict(self) -> str:
        """``ok`` up to the budget, ``over`` beyond it."""
        return "ok" if self.value <= self.budget else "over"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that has no figure this time, and what to do about it. No failure: nobody asked for the figure."""

    what: str
    how_to_get_it: str


def spread(values: Sequence[float], unit: str) -> str:
    """``median (least to most)`` of ``values``."""
    return f"{statistics.median(values):.0f} {unit} ({min(values):.0f} to {max(values):.0f})"


def table(lines: Sequence[Row | Skipped]) -> str:
    """``lines`` under a heading, in columns."""
    cells = [("", "measured", "budget", "", "")] + [_cells(line) for line in lines]
    what, measured, budget = (max(len(row[column]) for row in cells) for column in range(3))
    return "\n".join(
        f"{row[0]:{what}}  {row[1]:>{measured}}  {row[2]:>{budget}}  {row[3]:4}  {row[4]}".rstrip() for row in cells
    )


def _cells(line: Row | Skipped) -> tuple[str, str, str, str, str]:
    match line:
        case Row():
            return (
                line.what,
                _figure(line.value, line.unit),
                f"≤ {line.budget:g} {line.unit}",
                line.verdict,
                line.detail,
            )
        case Skipped():
            return (line.what, "–", "", "", line.how_to_get_it)


def _figure(value: float, unit: str) -> str:
    # A megabyte's hundredths say something of the small artefacts, a millisecond's hundredths nothing.
    return f"{value:.1f} {unit}" if unit == "ms" else f"{value:.2f} {unit}"
