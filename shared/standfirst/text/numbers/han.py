"""Numbers in Chinese and Japanese numerals: 三百二十 is 320, 一万五千 is 15,000."""

import re

_DIGITS = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
_TENS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

HAN_NUMBER = re.compile(f"[{''.join((*_DIGITS, *_TENS, *_SCALES))}]{{2,}}|[{''.join(_TENS)}]")
"""Two numerals or more, or a ten by itself; a single digit mostly is part of a word."""


def han_value(text: str) -> int:
    """The value of what ``HAN_NUMBER`` finds. In a row of digits, as of a year, the last one counts."""
    total = section = digit = 0
    for numeral in text:
        if numeral in _DIGITS:
            digit = _DIGITS[numeral]
        elif numeral in _TENS:
            section += (digit or 1) * _TENS[numeral]
            digit = 0
        else:
            total += ((section + digit) or 1) * _SCALES[numeral]
            section = digit = 0
    return total + section + digit
