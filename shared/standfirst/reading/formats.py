"""Which format a document is in: by content type, then extension, then content; and a word for what is not read."""

import json
import re
from pathlib import PurePosixPath

from standfirst.domain.article import Document
from standfirst.domain.errors import UnknownFormat

TEXT = "text"
JSON = "json"

_BY_CONTENT_TYPE = {
    "text/plain": TEXT,
    "application/json": JSON,
    "text/json": JSON,
    "text/html": "an HTML page",
    "application/xhtml+xml": "an HTML page",
    "application/xml": "an XML document",
    "text/xml": "an XML document",
    "text/markdown": "a Markdown document",
    "text/rtf": "an RTF document",
    "application/rtf": "an RTF document",
    "text/csv": "a CSV table",
    "application/pdf": "a PDF",
    "application/gzip": "a gzip file",
    "application/x-gzip": "a gzip file",
    "application/zip": "a ZIP archive",
    "application/msword": "a Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
}
_BY_MAIN_TYPE = {"image": "an image", "audio": "a sound file", "video": "a video"}
_BY_CONTENT_TYPE_ENDING = {"+json": JSON, "+xml": "an XML document", "+zip": "a ZIP archive"}

_BY_EXTENSION = {
    ".txt": TEXT,
    ".text": TEXT,
    ".json": JSON,
    ".html": "an HTML page",
    ".htm": "an HTML page",
    ".xhtml": "an HTML page",
    ".xml": "an XML document",
    ".nitf": "an XML document",
    ".md": "a Markdown document",
    ".markdown": "a Markdown document",
    ".rtf": "an RTF document",
    ".csv": "a CSV table",
    ".pdf": "a PDF",
    ".gz": "a gzip file",
    ".zip": "a ZIP archive",
    ".doc": "a Word document",
    ".docx": "a Word document",
    ".odt": "an OpenDocument text",
    ".jpg": "an image",
    ".jpeg": "an image",
    ".png": "an image",
    ".gif": "an image",
    ".webp": "an image",
    ".mp3": "a sound file",
    ".mp4": "a video",
}

_MAGIC = (
    (re.compile(rb"%PDF-"), "a PDF"),
    (re.compile(rb"\x1f\x8b"), "a gzip file"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "a ZIP archive, as Word and OpenDocument files are"),
    (re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*", re.DOTALL), "an image"),
    (re.compile(rb"BM.{4}\x00\x00\x00\x00", re.DOTALL), "an image"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a Word document"),
    (re.compile(rb"\{\\rtf"), "an RTF document"),
    (re.compile(rb"ID3[\x02-\x04]|OggS\x00|fLaC\x00|RIFF....WAVE", re.DOTALL), "a sound file"),
    (re.compile(rb"\x00\x00.{2}ftyp|\x1aE\xdf\xa3", re.DOTALL), "a video"),
    (re.compile(rb"\x7fELF|MZ[\x00\x90]"), "a program"),
    (re.compile(rb"BZh[1-9]1AY|7z\xbc\xaf|Rar!\x1a|\xfd7zXZ|\x28\xb5\x2f\xfd"), "an archive"),
)

_HTML_START = re.compile(
    r"\s*(?:<!--|<!doctype\s+html|<(?:html|head|body|div|p|article|section|main|header|h[1-6]|meta|script|span|table|"
    r"ul|ol|br|b|i|em|strong|a)\b[^<>]{0,500}>)",
    re.IGNORECASE,
)
_XML_START = re.compile(r"\s*(?:<\?xml\b|<!DOCTYPE\b|<[A-Za-z_][\w.:-]{0,60}(?:\s[^<>]{0,500})?/?>)", re.IGNORECASE)
_CLOSING_TAG = re.compile(
    r"</(?:p|div|span|a|b|i|em|strong|h[1-6]|li|ul|ol|td|tr|table|article|body|html|script)>", re.IGNORECASE
)
_MARKUP_TAGS = 3
_SNIFFED_CHARACTERS = 100_000

_READABLE = (TEXT, JSON)


def declared_format(document: Document) -> str | None:
    """``text`` or ``json`` if the content type or else the extension says so; None if neither says anything.

    Raises UnknownFormat when they name a format that is not read.
    """
    kind = _by_content_type(document.content_type) or _by_extension(document.name)
    if kind is not None and kind not in _READABLE:
        raise unknown(kind, f"by its {'content type' if _by_content_type(document.content_type) else 'name'}")
    return kind


def refuse_binary(content: bytes) -> None:
    """Raise UnknownFormat for the files whose first bytes say what they are, whatever their name says."""
    start = content[:64]
    for magic, kind in _MAGIC:
        if magic.match(start):
            raise unknown(kind, "by its first bytes")


def refuse_markup(text: str) -> None:
    """Raise UnknownFormat for text that is HTML or XML, whatever its name says."""
    if _HTML_START.match(text):
        raise unknown("an HTML page")
    if _XML_START.match(text):
        raise unknown("an HTML page" if "<html" in text[:1000].lower() else "an XML document")
    if len(_CLOSING_TAG.findall(text[:_SNIFFED_CHARACTERS])) >= _MARKUP_TAGS:
        raise unknown("an HTML page")


def format_of_text(text: str, declared: str | None) -> str:
    """``json`` for what is declared so, and for a JSON object under any other name; else ``text``."""
    if declared == JSON or _is_json_object(text):
        return JSON
    return TEXT


def unknown(kind: str, evidence: str | None = None) -> UnknownFormat:
    """The error for a document of a recognised kind that has no reader."""
    looks = f"This looks like {kind}" + (f" ({evidence})" if evidence else "")
    return UnknownFormat(f"{looks}; only plain text and plain JSON are read so far.")


def _by_content_type(content_type: str | None) -> str | None:
    """None also for the types that say nothing, such as S3's own default ``binary/octet-stream``."""
    name = (content_type or "").partition(";")[0].strip().lower()
    if name in _BY_CONTENT_TYPE:
        return _BY_CONTENT_TYPE[name]
    for ending, kind in _BY_CONTENT_TYPE_ENDING.items():
        if name.endswith(ending):
            return kind
    return _BY_MAIN_TYPE.get(name.partition("/")[0])


def _by_extension(name: str) -> str | None:
    return _BY_EXTENSION.get(PurePosixPath(name).suffix.lower())


def _is_json_object(text: str) -> bool:
    start = text.lstrip()[:1]
    if start != "{":
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
