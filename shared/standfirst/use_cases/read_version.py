"""Reads the version of an article that a revision is about, and keeps the last ones read.

S3 is asked each time whether that version is still there, so that a deletion counts at once; only what is not kept is
fetched and read. A bucket without versions holds one object at a time: while its article is word for word the one that
the revision is about, it stands for it.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, UnreadPart, Upload
from standfirst.domain.article_ids import article_of
from standfirst.domain.errors import ArticleRemoved, ReadingError
from standfirst.domain.ports import ArticleStore
from standfirst.domain.record import ArticleSource, Record
from standfirst.use_cases.article_versions import Reader

MOST_DOCUMENTS, MOST_CHARACTERS = 16, 2_000_000
"""Documents that are kept, and characters of all their paragraphs together: at most 8 MB."""


class ReadArticle(NamedTuple):
    """An article as it was read, and the name of the house style that its uploader asked for."""

    article: Article
    style: str | None


class _Kept(NamedTuple):
    about: Document
    """The document without its content: an object may get other metadata and keep its ETag."""

    articles: Sequence[Article | UnreadPart]

    @property
    def characters(self) -> int:
        """Returns the length of all paragraphs together."""
        return sum(
            len(paragraph) for each in self.articles if isinstance(each, Article) for paragraph in each.paragraphs
        )


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """Reads versions; ``prefix`` is that of the articles' keys."""

    articles: ArticleStore
    read: Reader
    prefix: str
    _kept: dict[tuple[str | None, ...], _Kept] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def __call__(self, about: Record) -> ReadArticle:
        """Returns the article that ``about`` is about.

        Raises ``ArticleRemoved`` if the bucket no longer holds that version, nor the same article in another,
        ``ReadingError`` if it cannot be read, or ``TransientError``.
        """
        try:
            return self._in(self._find(about.article), about)
        except ArticleRemoved:
            if same := self._same_as(about):
                return same
            raise

    def _same_as(self, about: Record) -> ReadArticle | None:
        """Returns the article that the bucket holds now, if it has the content that ``about`` is about."""
        source = about.article
        if source.bucket is None or about.content_hash is None:
            return None
        try:
            found = self._in(self._find_current(source.bucket, source.key), about)
        except (ArticleRemoved, ReadingError):
            return None
        return found if fingerprint.content_hash(found.article) == about.content_hash else None

    def _in(self, found: _Kept, about: Record) -> ReadArticle:
        article = article_of(about, found.articles, self.prefix)
        if article is None:
            raise ArticleRemoved("The document no longer holds it.")
        if isinstance(article, UnreadPart):
            raise article.error
        return ReadArticle(article, found.about.style)

    def _find(self, source: ArticleSource) -> _Kept:
        key = (source.bucket, source.key, source.etag, source.version_id)
        # Taken out, so that what the bucket no longer holds does not stay here either.
        kept = self._kept.pop(key, None)
        if kept and self.articles.look_at_version(source).document == kept.about:
            self._keep(key, kept)
            return kept
        return self._read(key, self.articles.fetch_version(source).document)

    def _find_current(self, bucket: str, key: str) -> _Kept:
        found = self.articles.fetch(Upload(ArticleId(key), bucket, key, sequencer=""))
        which = (bucket, key, found.etag, found.version_id)
        kept = self._kept.pop(which, None)
        if kept and kept.about == _without_content(found.document):
            self._keep(which, kept)
            return kept
        return self._read(which, found.document)

    def _read(self, key: tuple[str | None, ...], document: Document) -> _Kept:
        read = _Kept(_without_content(document), self.read(document))
        self._keep(key, read)
        return read

    def _keep(self, key: tuple[str | None, ...], read: _Kept) -> None:
        """Keeps ``read``, and of those before it as many as there is room for."""
        with self._lock:
            self._kept[key] = read
            while (
                len(self._kept) > MOST_DOCUMENTS
                or sum(each.characters for each in self._kept.values()) > MOST_CHARACTERS
            ):
                del self._kept[next(iter(self._kept))]


def _without_content(document: Document) -> Document:
    return replace(document, content=b"")
