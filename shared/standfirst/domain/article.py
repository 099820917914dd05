"""What comes in: the object as it lies in the bucket, and the story that was read from it."""

from dataclasses import dataclass, field
from typing import NewType

from standfirst.domain.errors import DocumentTooLarge
from standfirst.domain.word_count import count_words

ArticleId = NewType("ArticleId", str)
"""The object key without the configured prefix; may contain ``/``."""

Language = NewType("Language", str)
"""A BCP 47 tag, ``und`` when nobody knows (RFC 5646, section 4.1)."""

UNDETERMINED = Language("und")

MAX_DOCUMENT_BYTES = 5 * 1024 * 1024
"""Largest object that is read, in bytes."""

MAX_UNPACKED_BYTES = 20 * 1024 * 1024
"""Largest document after gunzip, in bytes."""

MAX_TEXT_CHARACTERS = 400_000
"""Longest article, in characters of paragraphs; a longer one fails, it is never cut."""

MIN_TEXT_CHARACTERS = 50
"""Shortest article, in characters of paragraphs."""

MAX_HEADLINE_CHARACTERS = 1_000
"""Longest headline; with the one below it keeps a record far under DynamoDB's 400 KB."""

MAX_STANDFIRST_CHARACTERS = 5_000
"""Longest standfirst of the paper's own."""


@dataclass(frozen=True, slots=True)
class Document:
    """One object of the articles bucket, unread.

    ``name`` is the object key (or a file's path), from which the extension is taken. ``headline``, ``language`` and
    ``style`` are what the uploader said of it in S3 user metadata; they win over what the document says.
    """

    name: str
    content: bytes = field(repr=False)
    content_type: str | None = None
    headline: str | None = None
    language: Language | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A story without its page: the paragraphs of the body in order, and what stands around them.

    ``standfirst`` is the paper's own, when the document carries one; it is not repeated in ``paragraphs``.
    ``published_at`` and ``embargoed_until`` are RFC 3339 text, ``version`` is the provider's own, all as the document
    gave them. ``format`` names the reader: ``text``, ``html``, ``ninjs``, … ``part`` tells the articles of one document
    apart and is ``None`` when it holds only one.
    """

    paragraphs: tuple[str, ...]
    language: Language
    format: str
    headline: str | None = None
    standfirst: str | None = None
    published_at: str | None = None
    version: str | None = None
    embargoed_until: str | None = None
    part: str | None = None

    @property
    def text(self) -> str:
        """The body, paragraphs apart by a blank line."""
        return "\n\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        """Words of the body."""
        return sum(count_words(paragraph) for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Upload:
    """The news that something happened to an article: it was put, or deleted. What lies in the bucket now decides.

    ``document`` is the id of the package that the article is a part of, if it is part of one.
    """

    article_id: ArticleId
    bucket: str
    key: str
    sequencer: str
    document: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The wish to give the model its turn with what lies under a key, where the extractive writer stood in for it."""

    article_id: ArticleId
    bucket: str
    key: str


@dataclass(frozen=True, slots=True)
class Regeneration:
    """A person's wish to have an article, or one article of a package, written about anew, whatever there is already.

    ``article_id`` is that of the record and ``document`` that of what lies under ``key``; they differ for an article of
    a package. ``wish`` tells this wish from any other, so that it is paid for once, and ``by`` says whose it is.
    """

    article_id: ArticleId
    document: ArticleId
    bucket: str
    key: str
    wish: str
    by: str


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A document as the bucket holds it now, with the bucket's own names for this version.

    ``request_id`` names the request to the API that brought it, if one did.
    """

    document: Document
    etag: str
    version_id: str | None
    request_id: str | None = None


def refuse_oversized(size: int) -> None:
    """Raise ``DocumentTooLarge`` for a document of ``size`` bytes that is over the limit, before it is fetched."""
    if size > MAX_DOCUMENT_BYTES:
        raise DocumentTooLarge(f"The document has {size:,} bytes; at most {MAX_DOCUMENT_BYTES:,} are read.")
