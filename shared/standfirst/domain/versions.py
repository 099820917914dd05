"""The version of an article that lies in the bucket now, which its record has to answer for."""

from dataclasses import dataclass

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.record import ArticleSource
from standfirst.domain.style import HouseStyle


@dataclass(frozen=True, slots=True)
class Readable:
    """An article lies in the bucket.

    ``fingerprint`` is that of the summary that would be made of it, ``content_hash`` that of the article alone.
    ``request_id`` names the request that put it there, if one did.
    """

    article_id: ArticleId
    source: ArticleSource
    article: Article
    style: HouseStyle
    fingerprint: str
    content_hash: str
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something lies in the bucket that cannot be read."""

    article_id: ArticleId
    source: ArticleSource
    reason: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Nothing lies in the bucket."""

    article_id: ArticleId
    source: ArticleSource
    fingerprint: str = fingerprint.REMOVED


Version = Readable | Unreadable | Removed
