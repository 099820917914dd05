"""Articles in the user's own files, without a stack: read, summarised and checked in this process."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from standfirst.checking.check_draft import check_draft, check_grounding
from standfirst.checking.evidence import find_evidence
from standfirst.checking.verdicts import sentences_to_read, weigh_verdicts
from standfirst.domain import revisions
from standfirst.domain.article import MAX_DOCUMENT_BYTES, Article, ArticleId, Document, UnreadPart, refuse_oversized
from standfirst.domain.article_ids import ids_of
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.deadline import MODEL_SECONDS, Deadline
from standfirst.domain.draft import Draft
from standfirst.domain.errors import ReadingError
from standfirst.domain.fingerprint import of_article, of_unreadable
from standfirst.domain.ports import Assignment, PricedSecondReader, Read, Summarizer, WriterIdentity
from standfirst.domain.record import ArticleSource, Degraded, Record
from standfirst.domain.revisions import Stamp
from standfirst.domain.second_reading import Policy
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import Texts
from standfirst.domain.usage import Usage
from standfirst.reading.document import read_document
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary
from standfirst.use_cases.second_reading import ReadDrafts
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import StyleBook, load_styles

STANDARD_INPUT = Path("-")

BY = "command line"

WAIT_SECONDS = 60.0
"""How long an article waits for the model's text by default."""

LEAST_WAIT_SECONDS = 25.0
"""Less leaves a model no time to answer."""


class NoSuchDocument(ReadingError):
    """The file is not there, is not a regular file, or may not be read by this user."""


def expand_folders(paths: Iterable[Path]) -> Iterator[Path]:
    """Yields each file, and in place of a folder the files in it and below, sorted, without hidden ones.

    A folder without any file, or one that cannot be listed, is yielded itself: opening it raises the error to show.
    """
    for path in paths:
        # Unlike Path.is_dir, False also for a path that this user may not look up.
        if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112
            yield from sorted(_files_below(path)) or [path]
        else:
            yield path


def _files_below(folder: Path) -> Iterator[Path]:
    unlisted: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unlisted.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = [Path(parent, name) for name in files if not name.startswith(".")]
        yield from (path for path in paths if path.is_file())
    yield from (Path(error.filename) for error in unlisted)


def read_file(path: Path) -> Sequence[Article | UnreadPart]:
    """Returns the articles in ``path``, mostly one. Raises ``ReadingError``."""
    return read_document(document_in(path))


def document_in(path: Path) -> Document:
    """Returns the document in ``path``, unread. Raises ``NoSuchDocument`` or ``DocumentTooLarge``."""
    if path != STANDARD_INPUT:
        with suppress(OSError):
            refuse_oversized(path.stat().st_size)
    content = bytes_in(path)
    refuse_oversized(len(content))
    return Document(name=path.name, content=content)


def bytes_in(path: Path) -> bytes:
    """Returns what the file holds, or standard input for ``-``: at most one byte more than a document may have.

    Raises ``NoSuchDocument``.
    """
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read(MAX_DOCUMENT_BYTES + 1)
    try:
        _check_regular(path)
        with path.open("rb") as file:
            return file.read(MAX_DOCUMENT_BYTES + 1)
    except OSError as error:
        raise NoSuchDocument(f"The file cannot be opened: {error.strerror}.") from error


def _check_regular(path: Path) -> None:
    if path.is_dir():
        next(path.iterdir(), None)  # an error for a folder that may not be listed
        raise NoSuchDocument("The folder holds no files.")
    if path.exists() and not path.is_file():
        raise NoSuchDocument("The file cannot be opened: it is no regular file.")


@dataclass(slots=True)
class ModelWait:
    """How long each article waits for the model: ``seconds``, and half as long after each that waited in vain.

    A model that hangs then costs a run of many articles a few minutes, not one for each. The first text it returns
    restores the whole wait.
    """

    seconds: float = WAIT_SECONDS
    clock: Callable[[], float] = time.time
    _timeouts: int = 0

    def attempt(self) -> Attempt:
        """Returns one attempt that begins now; there is no redelivery here, so it is the last."""
        seconds = max(self.seconds / 2**self._timeouts, LEAST_WAIT_SECONDS)
        return Attempt(Deadline.after(seconds, self.clock), is_last=True)

    def learn(self, attempt: Attempt, degraded: Degraded | None) -> None:
        """Counts ``attempt`` as a timeout, or forgets earlier ones when the model answered."""
        if degraded is not Degraded.MODEL_UNAVAILABLE:
            self._timeouts = 0
        elif not attempt.deadline.enough_for(MODEL_SECONDS):
            self._timeouts += 1


OnTrouble = Callable[[str, str], None]
"""Called with a name and with what a model could not be had for."""


@dataclass(frozen=True, slots=True)
class FileSummarizer:
    """Summarises documents one by one, as an upload would be, and stores nothing.

    ``on_trouble`` is called when the model's text is not used, or is not read by the second reader. ``second_reader``
    says when it is, whatever the house style says.
    """

    styles: StyleBook
    write: GenerateSummary
    on_trouble: OnTrouble
    wait: ModelWait = field(default_factory=ModelWait)
    second_reader: Policy | None = None

    def summarize(self, name: str, document: Document) -> list[Record]:
        """Returns a record per article in ``document``; for one that cannot be read, or for all, a ``failed`` one."""
        try:
            articles = read_document(document)
            style = self.styles.for_article(ArticleId(name), document.style)
            style = replace(style, second_reader=self.second_reader or style.second_reader)
        except ReadingError as error:
            return [self.failed(name, str(error), document.content)]
        ids = names_of(name, articles)
        return [self._summarized(name, each, style, of) for each, of in zip(articles, ids, strict=True)]

    def _summarized(self, file: str, article: Article | UnreadPart, style: HouseStyle, name: str) -> Record:
        if isinstance(article, UnreadPart):
            return self.failed(name, str(article.error))
        if style.action_for(article.kind) == "skip":
            made_from = of_article(article, style.label, self.write.identity)
            return revisions.skipped(_stamp(name), _source(file), article, style, made_from)
        attempt = self.wait.attempt()
        try:
            checked = self.write(article, style, attempt)
        except ReadingError as error:
            return self.failed(name, str(error))
        self.wait.learn(attempt, Degraded.MODEL_UNAVAILABLE if checked.is_unread else checked.degraded)
        if checked.trouble:
            self.on_trouble(name, f"the extractive writer wrote the text instead of the model: {checked.trouble}")
        _tell_missed_reading(name, checked, self.on_trouble)
        return revisions.summarized(_stamp(name), _source(file), article, checked, style)

    def failed(self, name: str, reason: str, content: bytes = b"") -> Record:
        """Returns the record of a document that could not be read."""
        return revisions.failed(_stamp(name), _source(name), reason, of_unreadable(reason, content))


def names_of(file: str, articles: Sequence[Article | UnreadPart]) -> Sequence[str]:
    """Returns the name of each of ``articles``: the file's for a single one, else as an upload would name it."""
    return ids_of(ArticleId(file), articles, held=None, known=())


def writing_with(summarizer: Summarizer | None, second_reader: ReadDrafts | None = None) -> GenerateSummary:
    """Returns the use case that writes a summary, put together as in the worker."""
    return GenerateSummary(ExtractiveWriter(), check_draft, find_evidence, summarizer, second_reader=second_reader)


@dataclass(frozen=True, slots=True)
class _UnlimitedReader:
    """``ReservingReader`` without a budget and without a circuit breaker."""

    reader: PricedSecondReader

    @property
    def identity(self) -> WriterIdentity:
        """See ``ReservingReader``."""
        return self.reader.identity

    @contextmanager
    def reserved(self, _: Article) -> Iterator[Read]:
        """See ``ReservingReader``; nothing is reserved."""
        yield self.reader.read


def reading_with(reader: PricedSecondReader, policy: Policy) -> ReadDrafts:
    """Returns what has ``reader`` read drafts."""
    return ReadDrafts(_UnlimitedReader(reader), policy, sentences_to_read, weigh_verdicts)


_UNKNOWN = WriterIdentity("unknown")


@dataclass(frozen=True, slots=True)
class TextChecker:
    """Checks texts of anybody against their articles, whatever their length and style.

    With ``second_reader`` each is also read by it; ``on_trouble`` is called when it could not be.
    """

    second_reader: ReadDrafts | None
    on_trouble: OnTrouble
    wait: ModelWait = field(default_factory=ModelWait)

    def check(self, name: str, article: Article, text: str) -> CheckedDraft:
        """Returns ``text`` as a summary with what was found in it: by the rules alone if it cannot be read."""
        style = load_styles(None).for_article(ArticleId(name))
        draft = Draft(Texts(summary=text))
        draft = replace(draft, evidence=find_evidence(article, draft))
        checked = CheckedDraft(draft, check_grounding(article, draft), _UNKNOWN, style.label, _UNKNOWN)
        if self.second_reader is None:
            return checked
        attempt, bill = self.wait.attempt(), list[Usage]()
        with self.second_reader.reserved(Assignment(article, style, attempt.deadline), bill.append) as read:
            checked = read(checked)
        self.wait.learn(attempt, Degraded.MODEL_UNAVAILABLE if checked.is_unread else None)
        _tell_missed_reading(name, checked, self.on_trouble)
        reading = checked.second_reading
        paid = reading and reading.model_copy(update={"usage": sum(bill, Usage())})
        return replace(checked, second_reading=paid)


def _tell_missed_reading(name: str, checked: CheckedDraft, on_trouble: OnTrouble) -> None:
    if (reading := checked.second_reading) and reading.is_missed:
        on_trouble(name, f"there is no second reading, what the rules found stands: {reading.trouble}")


def _stamp(name: str) -> Stamp:
    return Stamp(ArticleId(name), 1, datetime.now(UTC), BY)


def _source(name: str) -> ArticleSource:
    return ArticleSource(bucket=None, key=name)
