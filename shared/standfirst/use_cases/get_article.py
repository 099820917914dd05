"""Finds the article that a revision is about, as it was read, for a reviewer.

A reviewer sees the article of a withdrawn summary while the bucket holds it, and one under embargo; what a takedown
erased, nobody does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from standfirst.domain.article import Article, ArticleId, LeftOut
from standfirst.domain.errors import (
    ArticleGone,
    ArticleKilled,
    ArticleRemoved,
    ArticleUnreadable,
    ReadingError,
    SummaryNotFound,
)
from standfirst.domain.ports import SummaryStore
from standfirst.domain.record import Record, Status
from standfirst.domain.schema import rfc3339
from standfirst.use_cases.get_summaries import FAILURES, refuse_impossible
from standfirst.use_cases.read_version import ReadVersion

FindLeftOut = Callable[[Article], tuple[LeftOut, ...]]
"""Returns the words of an article that no text may use; raises ``ReadingError`` if that takes too much."""


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """The article of ``record``, and the name of the house style that its uploader asked for."""

    record: Record
    article: Article
    style: str | None


@dataclass(frozen=True, slots=True)
class FindArticle:
    """Finds the article of a revision. Nothing is stored."""

    summaries: SummaryStore
    read_version: ReadVersion

    def __call__(self, article_id: ArticleId, revision: int | None = None) -> FoundArticle:
        """Returns the article of a revision, or of the newest one; of a withdrawn one, of the last that had any.

        Raises ``SummaryNotFound``, ``ArticleGone``, ``ArticleUnreadable`` or ``TransientError``.
        """
        refuse_impossible(article_id)
        stored = self.summaries.current(article_id)
        if stored is None:
            raise SummaryNotFound(f"There is no summary of {article_id}.")
        # Of what was erased nothing is looked for, wherever it may still lie.
        _refuse_erased(stored.record)
        record = self._revision(stored.record, revision)
        _refuse_erased(record)
        if record.status is Status.FAILED:
            raise ArticleUnreadable(record.reason or "The document could not be read.", known_of(record))
        try:
            article, style = self.read_version(record)
        except (ArticleRemoved, ArticleKilled) as error:
            detail = f"The article of revision {record.revision} of {article_id} cannot be shown any more: {error}"
            raise ArticleGone(detail, known_of(record)) from error
        except ReadingError as error:
            raise unreadable(record, error) from error
        return FoundArticle(record, article, style)

    def _revision(self, current: Record, revision: int | None) -> Record:
        if revision not in {None, current.revision}:
            found = self.summaries.revision(current.article_id, revision)
            if found is None:
                raise SummaryNotFound(f"There is no summary of revision {revision} of {current.article_id}.")
            return found
        if revision is None and current.status is Status.WITHDRAWN:
            before = self.summaries.history(current.article_id, current.revision, FAILURES)
            return next((each for each in before if each.has_article), current)
        return current


@dataclass(frozen=True, slots=True)
class GetArticle:
    """Shows the article of a revision, with what no text of a summary may use of it."""

    find: FindArticle
    find_left_out: FindLeftOut

    def __call__(self, article_id: ArticleId, revision: int | None = None) -> tuple[FoundArticle, tuple[LeftOut, ...]]:
        """Returns both; raises as ``FindArticle`` does."""
        found = self.find(article_id, revision)
        try:
            return found, self.find_left_out(found.article)
        except ReadingError as error:
            raise unreadable(found.record, error) from error


def unreadable(record: Record, error: ReadingError) -> ArticleUnreadable:
    """Returns the answer to a request about ``record``, whose article cannot be read."""
    return ArticleUnreadable(f"{error} {error.remedy}", known_of(record))


def known_of(record: Record) -> dict[str, Any]:
    """Returns what ``record`` tells of its article without it, in the form of JSON."""
    source = record.article
    known = {
        "article_id": record.article_id,
        "revision": record.revision,
        "headline": record.headline,
        "language": record.language,
        "kind": source.kind,
        "published_at": source.published_at,
        "embargoed_until": source.embargoed_until,
        "words": source.words,
        "version": source.version,
        "key": source.key,
    }
    return {name: value for name, value in known.items() if value is not None}


def _refuse_erased(record: Record) -> None:
    if record.erased_at:
        known = {"article_id": record.article_id, "revision": record.revision, "erased_at": rfc3339(record.erased_at)}
        raise ArticleGone(f"The article {record.article_id} was erased for a takedown.", known)
