"""What a reader is given: the bytes of one document, unpacked, and what is said of them."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from standfirst.domain.article import Document
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.encoding.decode import decode
from standfirst.reading.json_text import parse_json

_BEFORE_JSON = "\ufeff\u200b\xa0"


@dataclass(frozen=True)
class Source:
    """A document after gunzip. ``content_type`` is in small letters and without parameters, empty when unknown."""

    content: bytes = field(repr=False)
    name: str
    declared_type: str | None = None

    @classmethod
    def of(cls, document: Document) -> "Source":
        """Returns the document as it came."""
        return cls(document.content, document.name, document.content_type)

    @property
    def content_type(self) -> str:
        """``text/html``, whatever parameters follow it."""
        return (self.declared_type or "").partition(";")[0].strip().lower()

    @property
    def extension(self) -> str:
        """``.txt``, in small letters; empty when there is none."""
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def raw_text(self) -> str:
        """The text as it is written; raises UnreadableText for what is none."""
        return decode(self.content, self.declared_type)

    @cached_property
    def text(self) -> str:
        """The text without characters that nobody sees."""
        return clean_characters(self.raw_text)

    @cached_property
    def json(self) -> object:
        """The JSON value that the text is; raises InvalidDocument, with line and column where there are any."""
        return parse_json(self.raw_text.lstrip(_BEFORE_JSON))
