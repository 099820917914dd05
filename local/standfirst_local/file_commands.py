"""``read``, ``summarize`` and ``check``: the commands that need no running service."""

import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.progress import Progress

from standfirst.domain.article import Article, ArticleKind, UnreadPart
from standfirst.domain.errors import ReadingError, SettingsError
from standfirst.domain.ports import PricedSecondReader
from standfirst.domain.record import Record, Status
from standfirst.domain.second_reading import Policy
from standfirst.reading.encoding.decode import decode
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.writing.house_style import StyleBook, load_styles
from standfirst_local.cards import check_card, record_card
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.files import (
    FileSummarizer,
    ModelWait,
    TextChecker,
    bytes_in,
    document_in,
    expand_folders,
    names_of,
    read_file,
    reading_with,
)
from standfirst_local.lines import check_lines, summarize_lines
from standfirst_local.terminal import Terminal, json_line, one_line


def read(files: Sequence[Path]) -> int:
    """Prints one JSON line per article, or ``{"file", "error"}``."""
    return _print_lines(line for path in _with_progress(files) for line in _read(path))


def summarize_as_json(files: Sequence[Path], summarizer: FileSummarizer) -> int:
    """Prints each article's record as a JSON line."""
    records = (record for path in _with_progress(files) for record in _summarized(path, summarizer))
    return _print_lines(record.model_dump(mode="json") for record in records)


def summarize_as_cards(files: Sequence[Path], summarizer: FileSummarizer) -> int:
    """Prints a card per article."""
    console, status = Terminal(), ALL_DONE
    for record in (record for path in expand_folders(files) for record in _summarized(path, summarizer)):
        console.print(record_card(record, console.width))
        if record.status is Status.FAILED:
            status = SOME_FAILED
    return status


def summarize_standard_input(summarizer: FileSummarizer) -> int:
    """Prints a JSON line per line of standard input."""
    return _print_lines(summarize_lines(_standard_input(), summarizer))


def check_standard_input(checker: TextChecker) -> int:
    """Prints a JSON line per line of standard input: what the article there does not support of the text there."""
    return _print_lines(check_lines(_standard_input(), checker))


def check_as_cards(files: Sequence[Path], text_file: Path, checker: TextChecker) -> int:
    """Prints a card per article: each sentence of the text, where the article supports it, and what was found."""
    try:
        text = decode(bytes_in(text_file)).strip()
    except ReadingError as error:
        return _print_error(text_file, str(error))
    if not text:
        return _print_error(text_file, "The file holds no text to check.")
    console, status = Terminal(), ALL_DONE
    for path in expand_folders(files):
        try:
            articles = read_file(path)
        except ReadingError as error:
            status = _print_error(path, str(error))
            continue
        for name, article in zip(names_of(str(path), articles), articles, strict=True):
            if isinstance(article, UnreadPart):
                status = _print_error(Path(name), str(article.error))
                continue
            console.print(check_card(name, article, checker.check(name, article, text), console.width))
    return status


def summarizer_of_files(
    style: Path | None, write: GenerateSummary, wait: float, second_reader: Policy | None
) -> FileSummarizer:
    """Returns what summarises files with ``write``, in the house style of a file, if there is one.

    ``wait`` is how many seconds an article waits for the models. Raises ``SettingsError`` for a file that holds no
    style.
    """
    return FileSummarizer(styles_in(style), write, _print_line, ModelWait(wait), second_reader)


def styles_in(file: Path | None) -> StyleBook:
    """Returns the house styles in a file, without one the bundled style. Raises ``SettingsError`` if it holds none."""
    try:
        return load_styles(bytes_in(file).decode() if file else None)
    except (ReadingError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: the house style cannot be read: {error}") from error


def text_checker(second_reader: PricedSecondReader | None, wait: float) -> TextChecker:
    """Returns what checks texts, and has each read by ``second_reader``, if there is one."""
    read_drafts = reading_with(second_reader, "always") if second_reader else None
    return TextChecker(read_drafts, _print_line, ModelWait(wait))


def _standard_input() -> Iterable[str]:
    # Lone bytes become lone surrogates, so that one line that is no UTF-8 is one line's error.
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        articles = read_file(path)
        return [_line(path, article, is_single=len(articles) == 1) for article in articles]
    except ReadingError as error:
        return [{"file": str(path), "error": str(error)}]


def _line(path: Path, article: Article | UnreadPart, *, is_single: bool) -> dict[str, Any]:
    part = None if is_single else article.part
    if isinstance(article, UnreadPart):
        return {"file": str(path), "part": part, "error": str(article.error)}
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
    kind = article.kind if article.kind is not ArticleKind.NEWS else None
    rare = {
        "part": part,
        "kind": kind,
        "version": article.version,
        "embargoed_until": article.embargoed_until,
        "declared_language": article.declared_language,
        "partial": article.partial,
    }
    return line | {name: value for name, value in rare.items() if value is not None}


def _summarized(path: Path, summarizer: FileSummarizer) -> list[Record]:
    try:
        return summarizer.summarize(str(path), document_in(path))
    except ReadingError as error:
        return [summarizer.failed(str(path), str(error))]


def _print_error(name: object, reason: str) -> int:
    _print_line(name, reason)
    return SOME_FAILED


def _print_line(name: object, text: str) -> None:
    # A progress bar of Rich's takes such lines over, and would read escape sequences in them as styles and links.
    told = ("standfirst", name, text)  # a line without an id has no name
    print(one_line(": ".join(str(each) for each in told if each is not None)), file=sys.stderr)


def _with_progress(files: Sequence[Path]) -> Iterator[Path]:
    """Yields the files, folders expanded, with a progress bar on a terminal whose lines go elsewhere."""
    errors = Terminal(stderr=True)
    is_watched = errors.is_terminal and not sys.stdout.isatty()
    paths = list(expand_folders(files))
    # Standard output is left alone: beside a bar, Rich would print the lines on the terminal instead of to the file.
    with Progress(console=errors, transient=True, disable=not is_watched, redirect_stdout=False) as progress:
        yield from progress.track(paths, description="Articles")


def _print_lines(lines: Iterator[dict[str, Any]]) -> int:
    """Prints each line as it comes, each failure also on standard error. Returns the exit status."""
    status = ALL_DONE
    for line in lines:
        print(json_line(line), flush=True)
        failure = line.get("reason") if line.get("status") == Status.FAILED else None
        if reason := line.get("error") or failure:
            name = line.get("file") or line.get("article_id") or line.get("id")
            status = _print_error(name, reason)
    return status
