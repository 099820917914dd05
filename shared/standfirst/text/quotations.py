"""What stands in quotation marks, in the marks of every language that is read."""

import re
from collections.abc import Iterator

LONGEST_SINGLE_QUOTED = 500
"""Characters in single marks; every apostrophe may be such a mark, and a search for its partner has to end."""

# Each begins with its mark, what may stand before that comes after it: so the search leaps from mark to mark.
_QUOTED = re.compile(
    r'"(?<!\d")([^"\n]+)"'
    r"|“([^“”\n]+)”"
    r"|„([^„“”\n]+)[“”]"
    r"|«\s?([^«»\n]+?)\s?»"
    r"|»([^«»\n]+)«"
    r"|「([^「」\n]+)」"
    r"|『([^『』\n]+)』"
    r"|‘(?<![^\s(—–-]‘)([^‘\n]+?)’(?![^\W_])"
    rf"|'(?<![^\s(—–-]')([^'\n](?:[^'\n]|'(?=\w)){{0,{LONGEST_SINGLE_QUOTED}}}?)'(?![^\W_])"
    r"|”(?<![^\s(—–-]”)([^”\n]+)”"
)


def quotations_in(text: str) -> Iterator[tuple[int, int]]:
    """Where the words between quotation marks begin and end, marks left out."""
    for found in _QUOTED.finditer(text):
        group = next(at for at in range(1, _QUOTED.groups + 1) if found[at] is not None)
        yield found.span(group)
