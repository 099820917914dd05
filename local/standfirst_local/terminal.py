"""What is printed: nothing that an article, a model or a file's name brings along steers the terminal that shows it.

Control characters (escape sequences begin with one), direction marks and other characters without a glyph are shown as
U+FFFD; in JSON they are escaped.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import IO, TYPE_CHECKING, Any, cast

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHOUT_GLYPH = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_HARMLESS = "\n\t\N{SOFT HYPHEN}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Lines, and what Persian, Indian scripts, emoji and hyphenation need."""


class _Shown(dict[int, str]):
    """A table for ``str.translate`` that decides about each character once."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_bad = unicodedata.category(character) in _WITHOUT_GLYPH and character not in _HARMLESS
        self[code] = self.instead_of(character) if is_bad else character
        return self[code]

    def instead_of(self, _: str) -> str:
        return "\N{REPLACEMENT CHARACTER}"


class _Escaped(_Shown):
    def instead_of(self, character: str) -> str:
        return json.dumps(character)[1:-1]


_SHOWN, _ESCAPED = _Shown(), _Escaped()


def visible(text: str) -> str:
    """Returns ``text``, of the same length, with U+FFFD for what would steer a terminal or is not seen."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """Returns ``text`` as ``visible`` does, without line ends: what it holds makes no line of its own."""
    return visible(text).replace("\n", " ").replace("\t", " ")


def json_line(value: object) -> str:
    """Returns ``value`` as one line of JSON, in which such characters are escaped."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPED)


class Terminal(Console):
    """A console that shows texts as they are: without markup, and without what would steer the terminal."""

    def __init__(self, *, stderr: bool = False) -> None:
        """Print to standard output, or to standard error."""
        stream = sys.stderr if stderr else sys.stdout
        super().__init__(file=getattr(stream, "unfiltered", stream), markup=False, emoji=False, highlight=False)

    def print(self, *objects: Any, **how: Any) -> None:  # noqa: ANN401 - as Rich has it
        """Print as ``Console`` does."""
        super().print(*map(_visible, objects), **how)


def _visible(shown: Any) -> Any:  # noqa: ANN401 - whatever Rich shows
    match shown:
        case str():
            return visible(shown)
        case Text():
            shown.plain = visible(shown.plain)
        case Group():
            for each in shown.renderables:
                _visible(each)
        case Panel():
            shown.title, shown.subtitle = _visible(shown.title), _visible(shown.subtitle)
            _visible(shown.renderable)
        case Padding():
            _visible(shown.renderable)
    return shown


class _Filtered:
    """A text stream, written to through ``visible``; ``unfiltered`` is the stream itself."""

    def __init__(self, stream: IO[str]) -> None:
        self.unfiltered = stream

    def write(self, text: str) -> int:
        return self.unfiltered.write(visible(text))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.unfiltered, name)


@contextmanager
def filtered_streams() -> Iterator[None]:
    """For the block, whatever is written to standard output and error goes through ``visible``.

    That is also what libraries log or warn of, and what the functions of a local service log. A ``Terminal`` sees to it
    by itself.
    """
    with ExitStack() as stack:
        stack.enter_context(redirect_stdout(cast("IO[str]", _Filtered(sys.stdout))))
        stack.enter_context(redirect_stderr(cast("IO[str]", _Filtered(sys.stderr))))
        yield
