"""Characters that nobody sees: they hide words from people, or turn the order in which a line is shown.

What languages need stays: joiners in Persian, in the scripts of India and in emoji, selectors of a glyph behind what
has several, marks of direction near Arabic and Hebrew letters, and the three flags that are spelt in tags. Sources:
Unicode Standard 15, sections 23.2 to 23.9, and Default_Ignorable_Code_Point in DerivedCoreProperties.txt; UTS 51 for
emoji; UAX 9 for direction.
"""

import re
from collections.abc import Iterator

_ALWAYS = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"  # private use: the icons of web fonts
)
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
_ALWAYS_BEYOND = re.compile(
    "[\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"  # format of rare scripts
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags
    f"\U000f0000-\U0010ffff{_NONCHARACTERS}]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PICTURES = "\u203c-\u3299\U0001f000-\U0001faff"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_JOINED = (
    "\u0600-\u07ff\u0840-\u0dff\u0f00-\u109f\u1780-\u18af\u1a00-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    f"{_PICTURES}\ufe0f"
)

# What may stay, and behind which characters.
_STAYING = (
    ("\u200c\u200d", re.compile(f"[{_JOINED}]")),
    ("\ufe0e\ufe0f", re.compile(f"[0-9#*\xa9\xae{_PICTURES}]")),
    ("\ufe00-\ufe0d\U000e0100-\U000e01ef", re.compile(f"[{_HAN}\u1000-\u109f\ua840-\ua877]")),
    ("\u180b-\u180f", re.compile("[\u1800-\u180a\u1810-\u18af]")),
)
_MAY_STAY = tuple((re.compile(f"[{characters}]"), behind) for characters, behind in _STAYING)
_DIRECTION = "\u061c\u200e\u200f"
_MARKS = frozenset(_DIRECTION)
_NEAR = 12
"""So many characters from a letter, signs and figures that have no direction of their own may need a mark."""

# One range beyond the BMP, because each costs time for every character of the text.
_SUSPECT = re.compile(f"[{_ALWAYS}\u200c\u200d\ufe00-\ufe0f\u180b-\u180f{_DIRECTION}\U00010000-\U0010ffff]")
# England, Scotland and Wales: the only sequences of tags that are emoji (UTS 51, emoji-sequences.txt).
_FLAG = re.compile("\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063\U000e0074|"
                   "\U000e0077\U000e006c\U000e0073)\U000e007f")  # fmt: skip


def without_invisible(text: str) -> str:
    """Returns ``text`` without the characters that nobody sees and no language needs where they stand."""
    pieces, end = [], 0
    for place in invisible_in(text):
        pieces.append(text[end:place])
        end = place + 1
    return "".join([*pieces, text[end:]]) if pieces else text


def invisible_in(text: str) -> Iterator[int]:
    """Yields the index of each of those characters in ``text``."""
    if text.isascii() or not _SUSPECT.search(text):
        return
    flags = frozenset(place for flag in _FLAG.finditer(text) for place in range(*flag.span()))
    for found in _SUSPECT.finditer(text):
        if found.start() not in flags and not _is_needed(found):
            yield found.start()


def _is_needed(found: re.Match[str]) -> bool:
    """Returns whether the script around the character needs it, or it is to be seen."""
    character, text, at = found[0], found.string, found.start()
    before = text[at - 1 : at] if at else ""
    if character in _MARKS:
        around = text[max(0, at - _NEAR) : at + _NEAR + 1]
        return before not in _MARKS and bool(_RIGHT_TO_LEFT.search(around))
    for characters, behind in _MAY_STAY:
        if characters.match(character):
            return bool(behind.match(before))
    return character > "\uffff" and not _ALWAYS_BEYOND.match(character)
