"""What lies in the bucket: the version of each article that a record has to answer for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, Upload
from standfirst.domain.errors import ArticleRemoved, ReadingError
from standfirst.domain.ports import ArticleStore, Stored, WriterIdentity
from standfirst.domain.record import ArticleSource
from standfirst.domain.style import HouseStyle

Reader = Callable[[Document], Sequence[Article]]
"""Reads a document, one article or a package of them; raises ``ReadingError``."""

StyleChoice = Callable[[ArticleId, str | None], HouseStyle]
"""The house style for an article, given the name its uploader asked for; raises ``ReadingError`` for an unknown one."""


@dataclass(frozen=True, slots=True)
class Readable:
    """An article lies in the bucket; ``story`` is the fingerprint of it alone, whoever writes about it."""

    source: ArticleSource
    article: Article
    style: HouseStyle
    fingerprint: str
    story: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something lies in the bucket that cannot be read."""

    source: ArticleSource
    reason: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Nothing lies in the bucket."""

    source: ArticleSource
    fingerprint: str = fingerprint.REMOVED


Version = Readable | Unreadable | Removed
AnyVersion = TypeVar("AnyVersion", Readable, Version)


@dataclass(frozen=True, slots=True)
class FindVersions:
    """Looks into the bucket; ``writer`` is who would write about what lies there."""

    articles: ArticleStore
    read: Reader
    choose_style: StyleChoice
    writer: WriterIdentity

    def __call__(self, upload: Upload) -> dict[str | None, Version]:
        """What lies there now, by part; ``None`` stands for the whole document. Raises ``StoreUnavailable``."""
        source, content = source_of(upload), b""
        try:
            found = self.articles.fetch(upload)
            content = found.document.content
            source = source.model_copy(update={"etag": found.etag, "version_id": found.version_id})
            return {version.article.part: version for version in self.of(found.document, upload.article_id, source)}
        except ArticleRemoved:
            return {None: Removed(source)}
        except ReadingError as error:
            reason = f"{error} {error.remedy}"
            return {None: Unreadable(source, reason, fingerprint.of_unreadable(reason, content))}

    def of(self, document: Document, article_id: ArticleId, source: ArticleSource) -> list[Readable]:
        """Each article of ``document``, which lies, or is to lie, where ``source`` says; raises ``ReadingError``."""
        articles = self.read(document)
        style = self.choose_style(article_id, document.style)
        return [
            Readable(
                source,
                article,
                style,
                fingerprint.of_article(article, style, self.writer),
                fingerprint.content_hash(article),
            )
            for article in articles
        ]


def source_of(upload: Upload) -> ArticleSource:
    """Where the article of ``upload`` lies; nothing is known of the version yet."""
    return ArticleSource(bucket=upload.bucket, key=upload.key, sequencer=upload.sequencer)


def as_before(version: AnyVersion, stored: Stored | None) -> AnyVersion:
    """``version`` as of the events that ``stored`` answers, for whoever looks without having heard of one."""
    sequencer = stored.record.article.sequencer if stored else None
    return replace(version, source=version.source.model_copy(update={"sequencer": sequencer}))
