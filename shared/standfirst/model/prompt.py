"""One request to a model, whose material cannot break out.

Its parts stand in this order, because a provider caches what is the same from the beginning on: the instructions are,
word for word, for every article. The article comes last, between two marker lines with a code made from its content.
Whoever writes an article does not know its code before the last character is written, and whatever looks like the angle
brackets of a marker is taken out of it.
"""

import hashlib
import re
from dataclasses import dataclass

from standfirst.model.answer import Schema

# Three or more, with or without spaces between them, full-width and small forms too.
_BRACKETS = re.compile(r"[<＜﹤](?:[^\S\n]*[<＜﹤]){2,}|[>＞﹥](?:[^\S\n]*[>＞﹥]){2,}")
_INSTEAD = str.maketrans(dict.fromkeys("<＜﹤", "‹") | dict.fromkeys(">＞﹥", "›"))
_CODE_LENGTH = 16  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request to a model.

    ``instructions`` are the same for every article, ``assignment`` is the newsroom's word on this one, ``material`` is
    what nobody vouches for. ``answer`` names the JSON Schema of what is to come back, ``version`` that of the prompt.
    """

    instructions: str
    assignment: str
    material: str
    answer: str
    schema: Schema
    version: str


def data_block(name: str, content: str) -> str:
    """Returns ``content`` between markers that nothing in it can close."""
    code = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_CODE_LENGTH]
    harmless = _BRACKETS.sub(lambda found: found.group().translate(_INSTEAD), content)
    return f"<<<{name} {code}>>>\n{harmless}\n<<<END OF {name} {code}>>>"
