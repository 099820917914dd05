"""The colours of style sheets (CSS Color 4), and which of them the eye cannot tell apart."""

from collections.abc import Collection
from functools import lru_cache

from tinycss2.color4 import parse_color

Color = tuple[float, float, float]
"""Red, green and blue, of 1."""

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
FAINT = 0.05
"""The opacity up to which nothing is seen."""
_NEAR = 0.06


@lru_cache(maxsize=1024)
def color_of(value: str) -> tuple[Color | None, float]:
    """Returns the colour that is ``value``, or the first in it, and its opacity; no colour where none is known."""
    plain = "(" not in value
    for each in dict.fromkeys([value, *(value.split() if plain else ())]):
        color = parse_color(each)
        if color is not None and not isinstance(color, str):
            red, green, blue = color.to("srgb").coordinates
            return (red, green, blue), color.alpha
    return None, 1.0


def cell_of(color: Color) -> tuple[int, int, int]:
    """Returns the cell of a grid in which ``color`` is; colours that are near are in it or in one beside it."""
    red, green, blue = (int(part / _NEAR) for part in color)
    return red, green, blue


def is_near_any(color: Color, cells: Collection[tuple[int, int, int]]) -> bool:
    """Returns whether a colour that is near ``color`` may be in one of ``cells``."""
    steps = (-1, 0, 1)
    red, green, blue = cell_of(color)
    return any((red + r, green + g, blue + b) in cells for r in steps for g in steps for b in steps)


def is_near(one: Color, other: Color) -> bool:
    """Returns whether letters of the colour ``one`` cannot be seen on ``other``."""
    return all(abs(first - second) <= _NEAR for first, second in zip(one, other, strict=True))
