"""YAML front matter: what a text says of itself between two ``---`` lines at its very start."""

import re
from dataclasses import dataclass

import yaml

from standfirst.domain.errors import InvalidDocument
from standfirst.reading.timestamps import embargo_of, normalize_timestamp

_FENCE = "---"
_LONGEST = 100
"""Lines; a fence that opens more than that is a rule above a text."""

_LONGEST_CHARACTERS = 20_000

_KEY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|$)")

_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""How YAML writes that there is no value (YAML 1.2, section 10.3.2)."""

_HEADLINE = ("headline", "title")
_STANDFIRST = ("standfirst", "dek", "subtitle", "description")
_LANGUAGE = ("language", "lang")
_PUBLISHED = ("published_at", "published", "date")
_EMBARGO = ("embargoed_until", "embargoed", "embargo")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states; None where it says nothing."""

    headline: str | None = None
    standfirst: str | None = None
    language: str | None = None
    published_at: str | None = None
    embargoed_until: str | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Returns the front matter of ``text`` and the text behind it; a text that merely begins with a rule is all text.

    Raises InvalidDocument, with the line, when the front matter is no YAML mapping or a field of it is no text.
    """
    lines = text.lstrip("\n").split("\n", _LONGEST + 1)
    end = _closing_fence(lines)
    if end is None:
        return FrontMatter(), text
    values = _parse(lines[1:end])
    stated = FrontMatter(
        headline=_text(values, _HEADLINE),
        standfirst=_text(values, _STANDFIRST),
        language=_text(values, _LANGUAGE),
        published_at=normalize_timestamp(_text(values, _PUBLISHED)),
        embargoed_until=embargo_of(_text(values, _EMBARGO)),
    )
    return stated, "\n".join(lines[end + 1 :])


def _closing_fence(lines: list[str]) -> int | None:
    """Returns the line of the closing fence, when the lines between look like ``key: value`` from the first one on."""
    if lines[0].rstrip() != _FENCE:
        return None
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    if not _KEY.match(first):
        return None
    return next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in {_FENCE, "..."}), None)


def _parse(lines: list[str]) -> dict[str, object]:
    source = "\n".join(lines)
    if len(source) > _LONGEST_CHARACTERS:
        raise InvalidDocument(
            f"The front matter has {len(source):,} characters; at most {_LONGEST_CHARACTERS:,} are read."
        )
    try:
        # Every scalar stays the text it is: "title: No" is a headline, and 2024-13-45 no error. This one is as safe as
        # the safe loader: it builds nothing but strings, lists and mappings.
        values = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        # The mark counts from zero, and the opening fence is a line too.
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise InvalidDocument(f"The front matter is not valid YAML: {error.problem} in line {line}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InvalidDocument(f"The front matter (lines 1 to {len(lines) + 2}) is not valid YAML.") from error
    if not isinstance(values, dict):
        raise InvalidDocument("The front matter that begins in line 1 must be a list of 'key: value' lines.")
    return {key.lower(): value for key, value in values.items() if isinstance(key, str)}


def _text(values: dict[str, object], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = values.get(name)
        if isinstance(value, list | dict):
            raise InvalidDocument(f"The front matter's '{name}' must be text, not a {type(value).__name__}.")
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if text and text not in _NOTHING:
            return text
    return None
