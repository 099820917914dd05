"""Articles in files of the reader's own, without a stack: read, written and checked in this process."""

import errno
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain import revisions
from standfirst.domain.article import MAX_DOCUMENT_BYTES, Article, ArticleId, Document, refuse_oversized
from standfirst.domain.deadline import MODEL_SECONDS, Deadline
from standfirst.domain.errors import ReadingError
from standfirst.domain.fingerprint import of_unreadable
from standfirst.domain.ports import Summarizer
from standfirst.domain.record import ArticleSource, Degraded, Record
from standfirst.domain.revisions import Stamp
from standfirst.domain.style import HouseStyle
from standfirst.reading.document import read_document
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import StyleBook

BY = "command line"

WAIT_SECONDS = 60.0
"""How long a person waits for the model's text of one article, unless told otherwise."""

LEAST_WAIT_SECONDS = 25.0
"""Less leaves a model no time to answer."""


class NoSuchDocument(ReadingError):
    """The file is not there, or this user may not read it."""


def read_file(path: Path) -> Sequence[Article]:
    """The articles in ``path``, mostly one; raises ``ReadingError``."""
    return read_document(document_in(path))


def document_in(path: Path) -> Document:
    """What lies in ``path``, unread; raises ``NoSuchDocument`` or ``DocumentTooLarge``."""
    try:
        refuse_oversized(path.stat().st_size)
        return Document(name=path.name, content=bytes_in(path))
    except OSError as error:
        raise NoSuchDocument(f"The file cannot be opened: {error.strerror}.") from error


def bytes_in(path: Path) -> bytes:
    """What the file holds, or, of one that is too large, enough to show it; raises ``OSError``."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is no regular file")
    with path.open("rb") as file:
        return file.read(MAX_DOCUMENT_BYTES + 1)


@dataclass(slots=True)
class Patience:
    """How long each article waits for the model: ``seconds``, and half as long after each that waited in vain.

    A model that hangs then costs a run of many articles a few minutes, not one for each; the first text it gives
    brings the whole wait back.
    """

    seconds: float = WAIT_SECONDS
    clock: Callable[[], float] = time.time
    _wasted: int = 0

    def attempt(self) -> Attempt:
        """One try, from now on; nobody tries again by itself."""
        seconds = max(self.seconds / 2**self._wasted, LEAST_WAIT_SECONDS)
        return Attempt(Deadline.after(seconds, self.clock), is_last=True)

    def learn(self, attempt: Attempt, degraded: Degraded | None) -> None:
        """Note how the try went."""
        if degraded is not Degraded.MODEL_UNAVAILABLE:
            self._wasted = 0
        elif not attempt.deadline.enough_for(MODEL_SECONDS):
            self._wasted += 1


@dataclass(frozen=True, slots=True)
class Desk:
    """Summarises documents one by one, as an upload would be, and stores nothing.

    ``complain`` is told, with the document's name, why a model's text could not be had.
    """

    styles: StyleBook
    write: GenerateSummary
    complain: Callable[[str, str], None]
    patience: Patience = field(default_factory=Patience)

    def summarize(self, name: str, document: Document) -> list[Record]:
        """A record for each article in ``document``, one that ``failed`` with a reason when it cannot be read."""
        try:
            articles = read_document(document)
            style = self.styles.for_article(ArticleId(name), document.style)
        except ReadingError as error:
            return [self.failed(name, str(error), document.content)]
        return [self._summarized(name, article, style) for article in articles]

    def _summarized(self, name: str, article: Article, style: HouseStyle) -> Record:
        attempt = self.patience.attempt()
        checked = self.write(article, style, attempt)
        self.patience.learn(attempt, checked.degraded)
        if checked.trouble:
            self.complain(name, checked.trouble)
        stamp = _stamp(f"{name}/{article.part}" if article.part else name)
        return revisions.summarized(stamp, _source(name), article, checked)

    def failed(self, name: str, reason: str, content: bytes = b"") -> Record:
        """The record of what could not be read."""
        return revisions.failed(_stamp(name), _source(name), reason, of_unreadable(reason, content))


def writing_with(summarizer: Summarizer | None) -> GenerateSummary:
    """The story of a text, as the worker puts it together."""
    return GenerateSummary(ExtractiveWriter(), check_draft, find_evidence, summarizer)


def _stamp(name: str) -> Stamp:
    return Stamp(ArticleId(name), 1, datetime.now(UTC), BY)


def _source(name: str) -> ArticleSource:
    return ArticleSource(bucket=None, key=name)
