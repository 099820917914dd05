"""Figures as SVG, readable on light and dark pages."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 20, 50

_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #59636e }
.grid { stroke: #d1d9e0; stroke-width: 1 }
.line { fill: none; stroke-width: 2 }
.a { stroke: #0969da; fill: #0969da } .b { stroke: #bc4c00; fill: #bc4c00 } .c { stroke: #1a7f37; fill: #1a7f37 }
.line.a, .line.b, .line.c { fill: none } text.a, text.b, text.c { stroke: none }
@media (prefers-color-scheme: dark) {
text { fill: #9198a1 } .grid { stroke: #3d444d }
.a { stroke: #4493f8; fill: #4493f8 } .b { stroke: #f0883e; fill: #f0883e } .c { stroke: #3fb950; fill: #3fb950 }
}
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of the figure that bears this name, by its points."""

    figure: str
    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """What the axes say, and whether they grow by factors."""

    title: str
    across: str
    up: str
    is_logarithmic: bool = False


FIGURES: Mapping[str, Figure] = {
    "size": Figure("CPU against the size of an article", "KB of text", "ms of CPU", is_logarithmic=True),
    "batch": Figure("Wait against the size of a batch", "articles in the batch", "seconds"),
    "concurrency": Figure("Wait against concurrency", "environments with ten articles each", "seconds"),
}


def drawn(figure: Figure, curves: Sequence[Curve]) -> str:
    """Returns the figure as SVG."""
    across = _Axis(figure, [x for curve in curves for x, _ in curve.points], (LEFT, WIDTH - RIGHT))
    up = _Axis(figure, [y for curve in curves for _, y in curve.points], (HEIGHT - BOTTOM, TOP))
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
            f"<title>{escape(figure.title)}</title>",
            f"<style>{_STYLE}</style>",
            *_grid(figure, across, up),
            *(line for colour, curve in zip("abc", curves, strict=False) for line in _line(colour, curve, across, up)),
            "</svg>\n",
        ]
    )


class _Axis:
    """Where values are between two places of the figure."""

    def __init__(self, figure: Figure, values: Sequence[float], places: tuple[float, float]) -> None:
        self._places = places
        self._scaled = math.log10 if figure.is_logarithmic else float
        if figure.is_logarithmic:
            first, last = (math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))))
            self.marks = [10.0**power for power in range(first, max(last, first + 1) + 1)]
        else:
            step = _step(max(values))
            self.marks = [step * number for number in range(math.ceil(max(values) / step) + 1)]

    def place(self, value: float) -> float:
        first, last = (self._scaled(self.marks[index]) for index in (0, -1))
        share = (self._scaled(value) - first) / (last - first)
        return round(self._places[0] + share * (self._places[1] - self._places[0]), 1)


def _step(most: float) -> float:
    """Returns a round number of which at most six reach ``most``."""
    power = 10.0 ** math.floor(math.log10(most))
    return next(step for step in (power / 5, power / 2, power, 2 * power) if most / step <= 6)  # noqa: PLR2004


def _grid(figure: Figure, across: _Axis, up: _Axis) -> Iterator[str]:
    for mark in up.marks:
        y = up.place(mark)
        yield f'<line class="grid" x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{mark:g}</text>'
    for mark in across.marks:
        x = across.place(mark)
        yield f'<line class="grid" x1="{x}" y1="{TOP}" x2="{x}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{mark:g}</text>'
    middle = (LEFT + WIDTH - RIGHT) / 2
    yield f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{escape(figure.across)}</text>'
    y = (TOP + HEIGHT - BOTTOM) / 2
    yield f'<text transform="translate(16 {y}) rotate(-90)" text-anchor="middle">{escape(figure.up)}</text>'


def _line(colour: str, curve: Curve, across: _Axis, up: _Axis) -> Iterator[str]:
    places = [(across.place(x), up.place(y)) for x, y in curve.points]
    yield f'<polyline class="line {colour}" points="{" ".join(f"{x},{y}" for x, y in places)}"/>'
    yield from (f'<circle class="{colour}" cx="{x}" cy="{y}" r="3"/>' for x, y in places)
    x, y = places[-1]
    yield f'<text class="{colour}" x="{x + 8}" y="{y + 4}">{escape(curve.name)}</text>'
