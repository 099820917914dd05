"""Files of phrases: sections, ``[endings]``, of phrases in small letters that semicolons part, a file per language.

A line that begins with "# " is a comment; "### system:" is a phrase.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_SECTION = re.compile(r"\[([a-z ]+)\]")


@cache
def sections_by_language(package: str) -> Mapping[str, Mapping[str, set[str]]]:
    """Returns language to section to phrases, as the files ``*.txt`` of ``package`` have them, languages sorted."""
    named = {each.name: each for each in files(package).iterdir() if each.name.endswith(".txt")}
    return {name.removesuffix(".txt"): _sections(named[name].read_text(encoding="utf-8")) for name in sorted(named)}


def _sections(text: str) -> Mapping[str, set[str]]:
    sections, section = defaultdict[str, set[str]](set), ""
    for line in text.splitlines():
        if heading := _SECTION.fullmatch(line):
            section = heading[1]
        elif line and not line.startswith("# "):
            sections[section].update(phrase for phrase in map(str.strip, line.split(";")) if phrase)
    return sections
