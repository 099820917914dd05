"""Hashes of what a summary was made from: equal fingerprints need no second generation."""

import hashlib
import json
from dataclasses import replace

from standfirst.domain.article import Article, ArticleKind
from standfirst.domain.ports import WriterIdentity

REMOVED = "removed"
"""The fingerprint of an article that was deleted."""


def of_article(article: Article, style: str, writer: WriterIdentity) -> str:
    """Returns the fingerprint of the summary that ``writer`` would make of ``article``; ``style`` is a label."""
    return _sha256(
        "article",
        article.headline,
        article.standfirst,
        article.language,
        *article.paragraphs,
        style,
        writer.writer,
        writer.version,
        writer.model,
        writer.prompt,
        *filter(None, (writer.second_reader,)),
        *([f"kind {article.kind}"] if article.kind is not ArticleKind.NEWS else []),
    )


def of_text(article: Article, style: str, writer: WriterIdentity) -> str:
    """Returns the same without the kind, which decides what is done with a text and not what is written."""
    return of_article(replace(article, kind=ArticleKind.NEWS), style, writer)


def content_hash(article: Article) -> str:
    """Returns the hash of the content of ``article``, without writer and style."""
    return _sha256("story", article.headline, article.standfirst, article.language, *article.paragraphs)


def of_regeneration(request_id: str, key: str) -> str:
    """Returns the fingerprint of the text that ``request_id`` asks for in place of the one with fingerprint ``key``."""
    return _sha256("wish", request_id, key)


def of_late_reading(key: str) -> str:
    """Returns the fingerprint of the text with fingerprint ``key`` once the second reader has read it."""
    return _sha256("second reading", key)


def of_request(model: str, *texts: str) -> str:
    """Returns the fingerprint of a model's answer to ``texts``."""
    return _sha256("request", model, *texts)


def of_unreadable(reason: str, content: bytes) -> str:
    """Returns the fingerprint of a document that could not be read, for ``reason``."""
    return _sha256("unreadable", reason, hashlib.sha256(content).hexdigest())


def _sha256(*parts: str | None) -> str:
    # As JSON, so that no two lists of parts give the same text.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
