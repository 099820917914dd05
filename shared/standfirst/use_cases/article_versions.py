"""Finds the version of each article that the bucket holds now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, Upload
from standfirst.domain.errors import ArticleKilled, ArticleRemoved, ReadingError
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
    """Reads the bucket; ``writer``, the one that would summarise, is part of the fingerprints."""

    articles: ArticleStore
    read: Reader
    choose_style: StyleChoice
    writer: WriterIdentity

    def __call__(self, upload: Upload) -> dict[ArticleId, Version]:
        """Returns the versions under the upload's key by article id; raises ``StoreUnavailable``.

        A package has one version for each of its articles, any other document one under the document's id.
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
        except ArticleKilled as error:
            return {article_id: Removed(article_id, source, str(error))}
        except ReadingError as error:
            reason = f"{error} {error.remedy}"
            unreadable = fingerprint.of_unreadable(reason, content)
            return {article_id: Unreadable(article_id, source, reason, unreadable)}

    def of(self, document: Document, article_id: ArticleId, source: ArticleSource) -> list[Readable]:
        """Returns each article of ``document``, which is stored at ``source``; raises ``ReadingError``."""
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
    """Returns where the article of ``upload`` is stored; its version is not known yet."""
    return ArticleSource(bucket=upload.bucket, key=upload.key, sequencer=upload.sequencer)


def at_sequencer_of(stored: Stored | None, version: AnyVersion) -> AnyVersion:
    """Returns ``version`` with the sequencer of ``stored``, for a version that was read without an event."""
    sequencer = stored.record.article.sequencer if stored else None
    return replace(version, source=version.source.model_copy(update={"sequencer": sequencer}))
