"""Rounding: which figures of the article a round one may stand for: "more than 4,500", "about 2m", "£11.3m"."""

from fractions import Fraction
from functools import lru_cache

from standfirst.text.numbers.quantities import PERCENT, POINTS, Figure

SHARE_IS = 1
"""Percentage points: "a third" may stand for 33 or 34 per cent."""

SHARE_STEP = Fraction(5)
"""Percentage points: what an approximate share in words ("nearly a third") may hide, at most a quarter of it."""

HALF = 50
HALF_HIDES = 20
"""Percentage points: "less than half" may stand for 30 to 50 per cent."""

FEWEST_DIGITS = 2
"""Digits that a figure without a word such as "about" gives at least: 85 for 85.3, but not 80."""

NEARLY_THE_SAME = 200
"""Part of a figure that it may leave out when it has fewer digits: "£20m" for £20,040,000."""

MOST_BELOW = Fraction(1, 10)
"""What "nearly" may hide, as a share of the figure."""

MOST_ABOUT = Fraction(1, 4)
"""What "about" may hide, as a share of the figure: "about 10m" is not 6m, though that is how it rounds."""

MOST_ABOVE = MOST_LESS = Fraction(1, 2)
"""What "more than" and "fewer than" may hide, as a share of the figure."""


def is_rounded(figure: Figure, value: Fraction, text: str) -> bool:
    """Returns whether ``figure``, which stands in ``text``, is ``value`` rounded."""
    given = figure.value
    if not value or not given or not _are_near(given, value):
        return False
    if figure.unit == PERCENT and figure.spelt and _is_share_rounded(figure, value):
        return True
    step = _step(figure, text)
    match figure.blur:
        case "over":
            return given <= value < given + max(min(step, given * MOST_ABOVE), 2 * _half_of_five(given, step))
        case "under" | "less":
            return given - _hidden_below(figure, step) <= value <= given
        case "about":
            return abs(given - value) <= max(min(step / 2, given * MOST_ABOUT), _half_of_five(given, step))
    return _is_exact_enough(figure, step, value) and abs(given - value) <= step / 2


def _are_near(one: Fraction, other: Fraction) -> bool:
    """Returns whether neither is more than twice the other; by whole numbers, for it is asked of every figure."""
    left, right = one.numerator * other.denominator, other.numerator * one.denominator
    return left <= 2 * right and right <= 2 * left


def _hidden_below(figure: Figure, step: Fraction) -> Fraction:
    """Returns what "nearly" and "fewer than" hide: the latter more."""
    if figure.blur == "less":
        return min(step, figure.value * MOST_LESS)
    return step if figure.unit == PERCENT or step < 1 else min(step / 2, figure.value * MOST_BELOW)


def _is_share_rounded(figure: Figure, value: Fraction) -> bool:
    """Returns whether a share in words is ``value``, roughly; "less than half" is rough."""
    if figure.value == HALF and figure.blur in {"over", "less"}:
        return abs(HALF - value) <= HALF_HIDES and (value > HALF) == (figure.blur == "over")
    return abs(figure.value - value) <= min(Fraction(SHARE_IS), figure.value * MOST_BELOW)


def _is_exact_enough(figure: Figure, step: Fraction, value: Fraction) -> bool:
    """Returns whether ``figure`` has digits enough, or is near enough, to be a rounded one that does not say so."""
    if figure.spelt and figure.unit != POINTS:
        return False
    if abs(figure.value - value) * NEARLY_THE_SAME <= value:
        return True
    return figure.unit in {PERCENT, POINTS} or figure.value >= step * 10 ** (FEWEST_DIGITS - 1)


def _half_of_five(given: Fraction, step: Fraction) -> Fraction:
    """Returns what "about 45" hides: half of 5, but no more than a twentieth of it."""
    return min(step * 5 / 2, given / 20) if not given % (step * 5) else Fraction(0)


def _step(figure: Figure, text: str) -> Fraction:
    """Returns what the last digit of a rounded figure that is not 0 counts (100 in 1,200, 0.1 in 3.2)."""
    if figure.spelt and figure.unit == PERCENT:
        return min(SHARE_STEP, figure.value / 4)
    if figure.spelt and text[: figure.end].endswith("dozen"):
        return Fraction(12)
    return _last_place(figure.value)


@lru_cache(maxsize=1_000)  # asked of one figure for each of the article's
def _last_place(value: Fraction) -> Fraction:
    step = Fraction(1)
    while value % step:
        step /= 10
    while not value % (step * 10):
        step *= 10
    return step
