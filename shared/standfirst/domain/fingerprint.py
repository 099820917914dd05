"""What a summary was made from, in one hash: equal fingerprints need no second generation."""

import hashlib
import json

from standfirst.domain.article import Article
from standfirst.domain.ports import WriterIdentity

REMOVED = "removed"
"""Stands for an article that is not there."""


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
    )


def content_hash(article: Article) -> str:
    """The fingerprint of what ``article`` says, whoever writes about it in whatever style."""
    return _sha256("story", article.headline, article.standfirst, article.language, *article.paragraphs)


def of_regeneration(wish: str, mark: str) -> str:
    """The fingerprint of what ``wish`` brings, which is for another summary than the one of fingerprint ``mark``."""
    return _sha256("wish", wish, mark)


def of_request(model: str, *texts: str) -> str:
    """The fingerprint of a model's answer to ``texts``."""
    return _sha256("request", model, *texts)


def of_unreadable(reason: str, content: bytes) -> str:
    """The fingerprint of a document that could not be read; a reader that learns to read it changes the reason."""
    return _sha256("unreadable", reason, hashlib.sha256(content).hexdigest())


def _sha256(*parts: str | None) -> str:
    # As JSON, so that no two lists of parts run together into the same text.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
