"""Numbers in digits, with the separators of every language: 11,000, 11.000, 11 000 and 11’000."""

import re
from fractions import Fraction

DIGITS = (
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d{1,3}(?:[.,'’٬]\d{3})+(?![\d])|\d+)"
    r"(?:[.,٫]\d+)?"
)
"""The text of a pattern of a number in digits."""

LONGEST_GROUP = 3
"""Digits between two separators of thousands."""

LONGEST = 30
"""Characters of a number that count: a longer one is a code, known by its beginning, and costs no time to compare."""

_POINT_IS_DECIMAL = frozenset(("en", "zh", "ja", "ko", "th", "he", "hi", "ga", "ms", "und"))
"""Languages that write 3.5; the others write 3,5. Two letters each."""

_NEVER_DECIMAL = re.compile(r"[ \u00a0\u202f'’٬]")
_SEPARATOR = re.compile(r"[.,٫]")


def values_of(digits: str, language: str) -> frozenset[Fraction]:
    """The values that ``digits`` may have in ``language`` (two letters).

    "3.214" is one thing in English and another in German, where papers write it both ways; other marks leave no doubt.
    """
    digits = _NEVER_DECIMAL.sub("", digits)[:LONGEST]
    marks = _SEPARATOR.findall(digits)
    if not marks:
        return frozenset((Fraction(int(digits)),))  # from a number it is made twice as fast as from its text
    whole, last, rest = digits.rpartition(marks[-1])
    as_decimal = Fraction(f"{_SEPARATOR.sub('', whole)}.{rest}")
    if len(rest) != LONGEST_GROUP or len(set(marks)) > 1:
        return frozenset((as_decimal,))
    as_group = Fraction(_SEPARATOR.sub("", digits))
    if len(marks) > 1 or last != ("." if language in _POINT_IS_DECIMAL else ","):
        return frozenset((as_group,))
    return frozenset((as_decimal,)) if language == "en" else frozenset((as_decimal, as_group))
