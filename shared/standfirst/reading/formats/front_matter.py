"""Front matter: what a text says of itself at its very start, in YAML between ``---`` or TOML between ``+++`` lines."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from standfirst.domain.errors import InvalidDocument
from standfirst.reading.embargo import embargo_among, failing_under
from standfirst.reading.kinds.labels import labels_in
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE, normalize_timestamp

_LONGEST = 100
"""Lines; a fence that opens more than that is a rule above a text."""

_LONGEST_CHARACTERS = 20_000

_YAML_KEY = re.compile(r"[A-Za-z_][\w -]{0,40}:(?:\s|$)")
_TOML_KEY = re.compile(r"\s{0,9}(?:[\"'\w][\w.\"' -]{0,60}=|\[{1,2}[\w.\"' -]{1,60}\])")
_TOML_PLACE = re.compile(r"(.{0,200}) \(at line (\d+), column \d+\)$")

_NOTHING = frozenset({"~", "null", "Null", "NULL"})
"""How YAML writes that there is no value (YAML 1.2, section 10.3.2)."""

_HEADLINE = ("headline", "title")
_STANDFIRST = ("standfirst", "dek", "subtitle", "description")
_LANGUAGE = ("language", "lang")
_PUBLISHED = ("published_at", "published", "date")
_LABELS = ("kind", "type", "genre", "section", "category", "categories", "rubrik", "rubrique", "ressort")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states; None where it says nothing. ``labels`` are kinds, genres and sections."""

    headline: str | None = None
    standfirst: str | None = None
    language: str | None = None
    published_at: str | None = None
    embargoed_until: str | None = None
    labels: tuple[str, ...] = ()


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Returns the front matter of ``text`` and the text behind it; a text that merely begins with a rule is all text.

    A draft is under an embargo without an end. Raises InvalidDocument, with the line, when the front matter is no YAML
    mapping or no TOML, or a field of it is no text.
    """
    lines = text.lstrip("\n").split("\n", _LONGEST + 1)
    syntax = _SYNTAXES.get(lines[0].rstrip())
    end = _closing_fence(lines, syntax) if syntax else None
    if syntax is None or end is None:
        return FrontMatter(), text
    values = _parse(lines[1:end], syntax)
    embargo = UNTIL_FURTHER_NOTICE if _is_draft(values) else _embargo(values)
    with failing_under(embargo):
        stated = FrontMatter(
            headline=_text(values, _HEADLINE),
            standfirst=_text(values, _STANDFIRST),
            language=_text(values, _LANGUAGE),
            published_at=next(filter(None, (normalize_timestamp(_text(values, [name])) for name in _PUBLISHED)), None),
            embargoed_until=embargo,
            labels=labels_in(values, _LABELS),
        )
    return stated, "\n".join(lines[end + 1 :])


def _closing_fence(lines: list[str], syntax: "_Syntax") -> int | None:
    """Returns the line of the closing fence, when the lines between look like keys and values from the first one on."""
    first = next((line for line in lines[1:] if line.strip() and not line.startswith("#")), "")
    if not syntax.key.match(first):
        return None
    return next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() in syntax.ends), None)


def _parse(lines: list[str], syntax: "_Syntax") -> dict[str, object]:
    source = "\n".join(lines)
    if len(source) > _LONGEST_CHARACTERS:
        raise InvalidDocument(
            f"The front matter has {len(source):,} characters; at most {_LONGEST_CHARACTERS:,} are read."
        )
    try:
        values = syntax.parse(source)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"The front matter (lines 1 to {len(lines) + 2}) is not valid {syntax.name}.") from error
    if not isinstance(values, dict):
        raise InvalidDocument("The front matter that begins in line 1 must be a list of 'key: value' lines.")
    return {key.lower(): value for key, value in values.items() if isinstance(key, str)}


def _yaml(source: str) -> object:
    # Here and not at the top: it costs 10 ms, and few texts have front matter.
    import yaml  # noqa: PLC0415

    try:
        # Every scalar stays the text it is: "title: No" is a headline, and 2024-13-45 no error. This one is as safe as
        # the safe loader: it builds nothing but strings, lists and mappings.
        return yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        # The mark counts from zero, and the opening fence is a line too.
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise InvalidDocument(f"The front matter is not valid YAML: {error.problem} in line {line}.") from error
    except yaml.YAMLError as error:
        raise ValueError from error


def _toml(source: str) -> object:
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        if not (found := _TOML_PLACE.match(str(error))):
            raise
        raise InvalidDocument(f"The front matter is not valid TOML: {found[1]} in line {int(found[2]) + 1}.") from error


@dataclass(frozen=True, slots=True)
class _Syntax:
    """How the keys and values between two fences are written."""

    name: str
    key: re.Pattern[str]
    ends: frozenset[str]
    parse: Callable[[str], object]


_SYNTAXES: Mapping[str, _Syntax] = MappingProxyType(
    {
        "---": _Syntax("YAML", _YAML_KEY, frozenset({"---", "..."}), _yaml),
        "+++": _Syntax("TOML", _TOML_KEY, frozenset({"+++"}), _toml),
    }
)
"""By the line that opens it."""


def _text(values: Mapping[str, object], names: Sequence[str]) -> str | None:
    for name in names:
        value = values.get(name)
        if isinstance(value, list | dict):
            raise InvalidDocument(f"The front matter's '{name}' must be text, not a {type(value).__name__}.")
        text = " ".join(_as_written(value).split())
        if text and text not in _NOTHING:
            return text
    return None


def _embargo(values: Mapping[str, object]) -> str | None:
    scalars = {name: _as_written(value) for name, value in values.items() if not isinstance(value, list | dict)}
    return embargo_among({**values, **scalars})


def _as_written(value: object) -> str:
    """Returns a value of TOML, which has types, as text; what is no value is empty."""
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("+00:00", "Z")
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def _is_draft(values: Mapping[str, object]) -> bool:
    """Returns whether it says ``draft: true`` (Hugo, Zola), ``published: false`` (Jekyll) or ``status: draft``.

    YAML 1.1, which Jekyll reads, writes true and false also as yes and no, or on and off.
    """
    draft, published, status = (_as_written(values.get(name)).lower() for name in ("draft", "published", "status"))
    return draft in {"true", "yes", "on"} or published in {"false", "no", "off"} or status == "draft"
