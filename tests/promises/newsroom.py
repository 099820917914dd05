"""What is uploaded: documents that change, S3's news of that, and what a reader makes of them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, Language, UnreadPart
from standfirst.domain.errors import EmptyDocument

PARTS = ("a", "b")
"""The parts that a package may hold."""

GONE = "(gone)"
UNREADABLE = "(unreadable)"

Content = Mapping[str, str] | str
"""What lies under a key: the texts by part (``""`` for a plain document), ``GONE`` or ``UNREADABLE``; a part may be
unreadable too."""


def text_of(content: Content, part: str) -> str:
    """What ``content`` says of one article: its text, ``GONE`` or ``UNREADABLE``."""
    if isinstance(content, str):
        return content if content == GONE or not part else GONE
    return content.get(part, GONE)


def texts_of(content: Content) -> list[str]:
    """What ``content`` says of all its articles, none if it is gone."""
    if isinstance(content, str):
        return [] if content == GONE else [content]
    return list(content.values())


def as_bytes(content: Content) -> bytes:
    """``content`` as it lies in the bucket."""
    return b"" if content == UNREADABLE else json.dumps(content).encode()


def read_texts(document: Document) -> list[Article | UnreadPart]:
    """The reader of what ``as_bytes`` gives."""
    texts: dict[str, str] = json.loads(document.content or "{}")
    if set(texts.values()) <= {UNREADABLE} and len(texts) < 2:
        raise EmptyDocument("Nothing is in it.")
    return [_article_or_failure(text, part or None) for part, text in texts.items()]


def _article_or_failure(text: str, part: str | None) -> Article | UnreadPart:
    return UnreadPart(part, EmptyDocument("It is empty.")) if text == UNREADABLE else _article(text, part)


def _article(text: str, part: str | None = None) -> Article:
    return Article((text,), Language("en"), "text", part=part)


def article_of(text: str) -> Article:
    """The article of ``text``, whichever part it is."""
    return _article(text)


def content_hash_of(text: str) -> str:
    """The fingerprint of what an article of ``text`` says."""
    return fingerprint.content_hash(_article(text))


@dataclass
class UploadedDocument:
    """One key of the bucket, and everything that ever lay under it."""

    bucket: str
    key: str
    past: list[Content] = field(default_factory=lambda: [GONE])
    news: str = ""
    sequencers: list[str] = field(default_factory=lambda: [""])

    @property
    def article_ids(self) -> dict[str, ArticleId]:
        """Of every article it ever held, by part."""
        parts = {part for content in self.past if not isinstance(content, str) for part in content}
        return {part: self.article_id(part) for part in sorted({"", *parts})}

    def article_id(self, part: str) -> ArticleId:
        """That of one part; of the whole document for ``""``."""
        return ArticleId(f"{self.key}/{part}" if part else self.key)

    def change(self, content: Content, sequencer_tail: str) -> str:
        """Note that ``content`` lies there now; S3's message about it.

        Sequencers differ in length and case. Padded on the right with zeros, as S3 has it, they are in the order of the
        changes; read as numbers or as they are, they are not.
        """
        self.past.append(content)
        sequencer = f"{0xA0 + len(self.past):X}{sequencer_tail}"
        sequencer = sequencer.lower() if sequencer_tail.islower() else sequencer
        self.sequencers.append(sequencer)
        name = "ObjectRemoved:Delete" if content == GONE else "ObjectCreated:Put"
        self.news = s3_event(self.bucket, self.key, name, sequencer)
        return self.news


def s3_event(bucket: str, key: str, name: str, sequencer: str) -> str:
    """A message as S3 sends it (Amazon S3 user guide, "Event message structure")."""
    entity = {"bucket": {"name": bucket}, "object": {"key": quote_plus(key), "sequencer": sequencer}}
    return json.dumps({"Records": [{"eventSource": "aws:s3", "eventName": name, "s3": entity}]})
