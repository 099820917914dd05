"""Articles in files of the reader's own, without a stack: read, written and checked in this process."""

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain import revisions
from standfirst.domain.article import MAX_DOCUMENT_BYTES, Article, ArticleId, Document, refuse_oversized
from standfirst.domain.errors import ReadingError
from standfirst.domain.fingerprint import of_unreadable
from standfirst.domain.ports import Summarizer
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.revisions import Stamp
from standfirst.domain.style import HouseStyle
from standfirst.reading.document import read_document
from standfirst.write_summary import Attempt, WriteSummary
from standfirst.writing.extractive import ExtractiveWriter
from standfirst.writing.house_style import StyleBook

BY = "command line"

PATIENCE_SECONDS = 180.0
"""How long a person waits for the model's text of one article."""


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


@dataclass(frozen=True, slots=True)
class Desk:
    """Summarises documents one by one, as an upload would be, and stores nothing.

    ``complain`` is told, with the document's name, why a model's text could not be had.
    """

    styles: StyleBook
    write: WriteSummary
    complain: Callable[[str, str], None]

    def summarize(self, name: str, document: Document) -> list[Record]:
        """A record for each article in ``document``, one that ``failed`` with a reason when it cannot be read."""
        try:
            articles = read_document(document)
            style = self.styles.for_article(ArticleId(name), document.style)
        except ReadingError as error:
            return [self.failed(name, str(error), document.content)]
        return [self._summarized(name, article, style) for article in articles]

    def _summarized(self, name: str, article: Article, style: HouseStyle) -> Record:
        checked = self.write(article, style, Attempt(lambda: PATIENCE_SECONDS, is_last=True))
        if checked.trouble:
            self.complain(name, checked.trouble)
        stamp = _stamp(f"{name}/{article.part}" if article.part else name)
        return revisions.summarized(stamp, _source(name), article, checked)

    def failed(self, name: str, reason: str, content: bytes = b"") -> Record:
        """The record of what could not be read."""
        return revisions.failed(_stamp(name), _source(name), reason, of_unreadable(reason, content))


def writing_with(summarizer: Summarizer | None) -> WriteSummary:
    """The story of a text, as the worker puts it together."""
    return WriteSummary(ExtractiveWriter(), check_draft, find_evidence, summarizer)


def _stamp(name: str) -> Stamp:
    return Stamp(ArticleId(name), 1, datetime.now(UTC), BY)


def _source(name: str) -> ArticleSource:
    return ArticleSource(bucket=None, key=name)
