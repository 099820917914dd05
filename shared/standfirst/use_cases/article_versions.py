"""Finds the version of each article that the bucket holds now."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, StoredObject, UnreadPart, Upload
from standfirst.domain.article_ids import ids_of, is_of_another_object, part_id
from standfirst.domain.errors import ArticleKilled, ArticleRemoved, ReadingError
from standfirst.domain.ports import Stored, WriterIdentity
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.style import HouseStyle
from standfirst.domain.versions import Readable, Removed, Version, unreadable

Reader = Callable[[Document], Sequence[Article | UnreadPart]]
"""Reads a document, one article or a package of them; raises ``ReadingError`` if nothing in it can be read."""

StyleChoice = Callable[[ArticleId, str | None], HouseStyle]
"""The house style for an article, given the name its uploader asked for; raises ``ReadingError`` for an unknown one."""

Fetch = Callable[[Upload], StoredObject]
"""Gets the object under the upload's key, as ``ArticleStore.fetch`` does."""

AnyVersion = TypeVar("AnyVersion", Readable, Version)


@dataclass(frozen=True, slots=True)
class FindVersions:
    """Reads the object that ``fetch`` gets; ``writer``, that would summarise it, is part of the fingerprints."""

    fetch: Fetch
    read: Reader
    choose_style: StyleChoice
    writer: WriterIdentity

    def __call__(self, upload: Upload, held: Stored | None, known: Collection[str]) -> dict[ArticleId, Version]:
        """Returns the versions under the upload's key by article id; raises ``StoreUnavailable``.

        A package has one version for each of its articles; a document that cannot be read at all, or is gone, has one
        under its own id. The ids depend on ``held`` and ``known``, see ``domain/article_ids.py``.
        """
        article_id, source, content = upload.article_id, source_of(upload), b""
        record = held.record if held and not is_of_another_object(held.record, source) else None
        whole = {"part": record.article.part if record else None}
        try:
            found = self.fetch(upload)
            content = found.document.content
            source = source.model_copy(update={"etag": found.etag, "version_id": found.version_id})
            versions = self.of(found.document, article_id, source, record, known)
            return {version.article_id: _sent_by(version, found.request_id) for version in versions}
        except ArticleRemoved:
            return {article_id: Removed(article_id, source.model_copy(update=whole))}
        except ArticleKilled as error:
            return {article_id: Removed(article_id, source.model_copy(update=whole), str(error))}
        except ReadingError as error:
            return {article_id: unreadable(article_id, source.model_copy(update=whole), error, content)}

    def of(
        self,
        document: Document,
        article_id: ArticleId,
        source: ArticleSource,
        held: Record | None,
        known: Collection[str],
    ) -> list[Version]:
        """Returns each article of ``document``, which is stored at ``source``; raises ``ReadingError``."""
        # The kill of an article that no record is about concerns nobody.
        parts = {*known, held.article.part if held else None}
        articles = [each for each in self.read(document) if not _is_killed(each) or each.part in parts]
        style = self.choose_style(article_id, document.style)
        return [
            self._version(article, named, source.model_copy(update={"part": article.part}), style)
            for article, named in zip(articles, ids_of(article_id, articles, held, known), strict=True)
        ]

    def _version(
        self, article: Article | UnreadPart, article_id: ArticleId, source: ArticleSource, style: HouseStyle
    ) -> Version:
        if isinstance(article, UnreadPart) and article.is_killed:
            return Removed(article_id, source, str(article.error), is_listed=article.is_listed)
        if isinstance(article, UnreadPart):
            # Without the content, which is that of the whole package: as long as the reason is the same, so is this.
            return unreadable(article_id, source, article.error, b"")
        made_from = fingerprint.of_article(article, style.label, self.writer)
        return Readable(article_id, source, article, style, made_from, fingerprint.content_hash(article))


def _is_killed(article: Article | UnreadPart) -> bool:
    return isinstance(article, UnreadPart) and article.is_killed


def removed_parts(upload: Upload, parts: Collection[str]) -> dict[ArticleId, Version]:
    """Returns the versions of ``parts`` that the package under the upload's key no longer holds."""
    source = source_of(upload)
    gone = {part_id(upload.article_id, part): source.model_copy(update={"part": part}) for part in sorted(parts)}
    return {article_id: Removed(article_id, of_part) for article_id, of_part in gone.items()}


def _sent_by(version: Version, request_id: str | None) -> Version:
    return replace(version, request_id=request_id) if isinstance(version, Readable) else version


def source_of(upload: Upload) -> ArticleSource:
    """Returns where the article of ``upload`` is stored; its version is not known yet."""
    return ArticleSource(bucket=upload.bucket, key=upload.key, sequencer=upload.sequencer)


def at_sequencer_of(stored: Stored | None, version: AnyVersion) -> AnyVersion:
    """Returns ``version`` with the sequencer of ``stored``, for a version that was read without an event."""
    is_known = stored and not is_of_another_object(stored.record, version.source)
    sequencer = stored.record.article.sequencer if stored and is_known else None
    return replace(version, source=version.source.model_copy(update={"sequencer": sequencer}))
