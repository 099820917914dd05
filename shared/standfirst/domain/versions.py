"""The version of an article that is in the bucket now, which its record has to account for."""

from dataclasses import dataclass

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.errors import ReadingError
from standfirst.domain.record import ArticleSource
from standfirst.domain.style import HouseStyle


@dataclass(frozen=True, slots=True)
class Readable:
    """The bucket holds an article.

    ``fingerprint`` is that of the summary that would be made of it, ``content_hash`` that of the article alone.
    ``request_id`` is that of the API request that put it there, if one did.
    """

    article_id: ArticleId
    source: ArticleSource
    article: Article
    style: HouseStyle
    fingerprint: str
    content_hash: str
    request_id: str | None = None

    @property
    def is_skipped(self) -> bool:
        """Returns whether the house style has nothing written about articles of this kind."""
        return self.style.action_for(self.article.kind) == "skip"

    def without_text(self, error: ReadingError) -> "Unreadable":
        """Returns this version as one that cannot be read: no text that may be served can be made of it."""
        error = error.under_embargo(self.article.embargoed_until)
        return unreadable(self.article_id, self.source, error, self.content_hash.encode())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The bucket holds a document, or an article in a package, that cannot be read."""

    article_id: ArticleId
    source: ArticleSource
    reason: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The bucket no longer holds the article, or holds it as killed by its provider, with the ``reason``.

    ``is_listed`` says that it was killed in a list of the latest articles.
    """

    article_id: ArticleId
    source: ArticleSource
    reason: str | None = None
    fingerprint: str = fingerprint.REMOVED
    is_listed: bool = False


Version = Readable | Unreadable | Removed


def unreadable(article_id: ArticleId, source: ArticleSource, error: ReadingError, content: bytes) -> Unreadable:
    """Returns the version that could not be read because of ``error``; the same ``content`` fails only once.

    Its embargo counts like that of a version that can be read.
    """
    reason, until = f"{error} {error.remedy}", error.embargoed_until
    source = source.model_copy(update={"embargoed_until": until})
    return Unreadable(article_id, source, reason, fingerprint.of_unreadable(reason, content + (until or "").encode()))
