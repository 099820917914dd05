"""Finds what lies in the bucket: the version of each article that a record has to answer for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, Upload
from standfirst.domain.errors import ArticleRemoved, ReadingError
from standfirst.domain.ports import ArticleStore, Stored, WriterIdentity
from standfirst.domain.record import ArticleSource
from standfirst.domain.style import HouseStyle
from standfirst.domain.versions import Readable, Removed, Unreadable, Version

Reader = Callable[[Document], Sequence[Article]]
"""Reads a document, one article or a package of them; raises ``ReadingError``."""

StyleChoice = Callable[[ArticleId, str | None], HouseStyle]
"""The house style for an article, given the name its uploader asked for; raises ``ReadingError`` for an unknown one."""

AnyVersion = TypeVar("AnyVersion", Readable, Version)


@dataclass(frozen=True, slots=True)
class FindVersions:
    """Looks into the bucket; ``writer`` is who would write about what lies there."""

    articles: ArticleStore
    read: Reader
    choose_style: StyleChoice
    writer: WriterIdentity

    def __call__(self, upload: Upload) -> dict[ArticleId, Version]:
        """Returns what lies under the upload's key now, by article; raises ``StoreUnavailable``.

        A package has one version for each of its articles, any other document one under the document's own id.
        """
        article_id, source, content = upload.article_id, source_of(upload), b""
        try:
            found = self.articles.fetch(upload)
            content = found.document.content
            source = source.model_copy(update={"etag": found.etag, "version_id": found.version_id})
            versions = self.of(found.document, article_id, source)
            return {version.article_id: replace(version, request_id=found.request_id) for version in versions}
        except ArticleRemoved:
            return {article_id: Removed(article_id, source)}
        except ReadingError as error:
            reason = f"{error} {error.remedy}"
            unreadable = fingerprint.of_unreadable(reason, content)
            return {article_id: Unreadable(article_id, source, reason, unreadable)}

    def of(self, document: Document, article_id: ArticleId, source: ArticleSource) -> list[Readable]:
        """Returns each article of ``document``, which lies where ``source`` says; raises ``ReadingError``."""
        articles = self.read(document)
        style = self.choose_style(article_id, document.style)
        return [
            Readable(
                part_id(article_id, article.part),
                source,
                article,
                style,
                fingerprint.of_article(article, style.label, self.writer),
                fingerprint.content_hash(article),
            )
            for article in articles
        ]


def part_id(document: ArticleId, part: str | None) -> ArticleId:
    """Returns the id of an article of a package: the document's, a slash and the part's name."""
    return ArticleId(f"{document}/{part}") if part else document


def source_of(upload: Upload) -> ArticleSource:
    """Returns where the article of ``upload`` lies; nothing is known of the version yet."""
    return ArticleSource(bucket=upload.bucket, key=upload.key, sequencer=upload.sequencer)


def at_sequencer_of(stored: Stored | None, version: AnyVersion) -> AnyVersion:
    """Returns ``version`` with the sequencer of ``stored``: for whoever looks into the bucket without an event."""
    sequencer = stored.record.article.sequencer if stored else None
    return replace(version, source=version.source.model_copy(update={"sequencer": sequencer}))
