"""``read`` and ``summarize``: what needs no running service."""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from standfirst.domain.article import Article
from standfirst.domain.errors import ReadingError, SettingsError
from standfirst.domain.ports import Summarizer
from standfirst.domain.record import Record, Status
from standfirst.writing.house_style import load_styles
from standfirst_local.cards import card
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.files import Desk, Patience, document_in, read_file, writing_with
from standfirst_local.lines import check_lines, summarize_lines


def read(files: Sequence[Path]) -> int:
    """One JSON line per file: the story, or ``{"file", "error"}``."""
    return _print_lines(line for path in _with_progress(files) for line in _read(path))


def summarize_as_json(files: Sequence[Path], desk: Desk) -> int:
    """One JSON line per file: its record."""
    records = (record for path in _with_progress(files) for record in _summarized(path, desk))
    return _print_lines(record.model_dump(mode="json") for record in records)


def summarize_as_cards(files: Sequence[Path], desk: Desk) -> int:
    """One card per file."""
    console, status = Console(), ALL_DONE
    for record in (record for path in files for record in _summarized(path, desk)):
        console.print(card(record, console.width))
        if record.status is Status.FAILED:
            status = SOME_FAILED
    return status


def summarize_standard_input(desk: Desk) -> int:
    """One JSON line per line of standard input."""
    return _print_lines(summarize_lines(_standard_input(), desk))


def check_standard_input() -> int:
    """One JSON line per line of standard input: what the article there does not support of the text there."""
    return _print_lines(check_lines(_standard_input()))


def _standard_input() -> Iterable[str]:
    # Lone bytes become lone surrogates, so that one line that is no UTF-8 is one line's error.
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [_line(path, article) for article in read_file(path)]
    except ReadingError as error:
        return [{"file": str(path), "error": str(error)}]


def _line(path: Path, article: Article) -> dict[str, Any]:
    line = {
        "file": str(path),
        "headline": article.headline,
        "standfirst": article.standfirst,
        "paragraphs": article.paragraphs,
        "language": article.language,
        "published_at": article.published_at,
        "format": article.format,
    }
    # What only some documents have does not stand on the lines of all the others.
    rare = {"part": article.part, "version": article.version, "embargoed_until": article.embargoed_until}
    return line | {name: value for name, value in rare.items() if value is not None}


def _summarized(path: Path, desk: Desk) -> list[Record]:
    try:
        return desk.summarize(str(path), document_in(path))
    except ReadingError as error:
        return [desk.failed(str(path), str(error))]


def desk_with(style: Path | None, summarizer: Summarizer | None, wait: float) -> Desk:
    """Where documents are summarised, in the style of a file and with a model, if there are any.

    ``wait`` is how many seconds an article waits for the model. Raises ``SettingsError`` for a file that holds no
    style.
    """
    try:
        styles = load_styles(style.read_text(encoding="utf-8") if style else None)
        return Desk(styles, writing_with(summarizer), _complain, Patience(wait))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{style}: the house style cannot be read: {error}") from error


def _complain(name: str, trouble: str) -> None:
    print(f"standfirst: {name}: the extractive writer stood in for the model: {trouble}", file=sys.stderr)


def _with_progress(files: Sequence[Path]) -> Iterable[Path]:
    """The files, with a bar on a terminal whose lines go elsewhere."""
    errors = Console(stderr=True)
    watched = errors.is_terminal and not sys.stdout.isatty()
    return track(files, description="Articles", console=errors, transient=True, disable=not watched)


def _print_lines(lines: Iterator[dict[str, Any]]) -> int:
    """Print each line as it comes, each failure also for the person; the exit status."""
    status = ALL_DONE
    for line in lines:
        print(json.dumps(line, ensure_ascii=False, allow_nan=False), flush=True)
        if reason := line.get("error") or line.get("reason"):
            name = line.get("file") or line.get("article_id") or line.get("id")
            print(f"standfirst: {name}: {reason}", file=sys.stderr)
            status = SOME_FAILED
    return status
