"""Articles in files of the reader's own, without a stack: read, written and checked in this process."""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from standfirst.checking.limits import check_limits
from standfirst.domain import revisions
from standfirst.domain.article import MAX_DOCUMENT_BYTES, Article, ArticleId, Document, refuse_oversized
from standfirst.domain.errors import ReadingError
from standfirst.domain.fingerprint import of_unreadable
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.revisions import Stamp
from standfirst.domain.style import HouseStyle
from standfirst.reading.document import read_document
from standfirst.summarize_article import write_and_check
from standfirst.writing.extractive import ExtractiveWriter
from standfirst.writing.house_style import StyleBook

BY = "command line"


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
    """Summarises documents one by one, as an upload would be, and stores nothing."""

    styles: StyleBook

    def summarize(self, name: str, document: Document) -> list[Record]:
        """A record for each article in ``document``, one that ``failed`` with a reason when it cannot be read."""
        try:
            articles = read_document(document)
            style = self.styles.for_article(ArticleId(name), document.style)
        except ReadingError as error:
            return [self.failed(name, str(error), document.content)]
        return [self._summarized(name, article, style) for article in articles]

    def _summarized(self, name: str, article: Article, style: HouseStyle) -> Record:
        checked = write_and_check(article, style, ExtractiveWriter(), check_limits)
        stamp = _stamp(f"{name}/{article.part}" if article.part else name)
        return revisions.summarized(stamp, _source(name), article, checked)

    def failed(self, name: str, reason: str, content: bytes = b"") -> Record:
        """The record of what could not be read."""
        return revisions.failed(_stamp(name), _source(name), reason, of_unreadable(reason, content))


def _stamp(name: str) -> Stamp:
    return Stamp(ArticleId(name), 1, datetime.now(UTC), BY)


def _source(name: str) -> ArticleSource:
    return ArticleSource(bucket=None, key=name)
