"""What people upload that is no text of ours: known by its first bytes, by its content type, or by its name."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from standfirst.reading.source import Source


class Unread(NamedTuple):
    """A kind of document without a reader, ``a PDF``, and what gives it away, ``by its first bytes``."""

    kind: str
    evidence: str


_BY_CONTENT_TYPE: Mapping[str, str] = MappingProxyType(
    {
        "text/rtf": "an RTF document",
        "application/rtf": "an RTF document",
        "text/csv": "a CSV table",
        "text/calendar": "a calendar",
        "application/pdf": "a PDF",
        "application/zip": "a ZIP archive",
        "application/msword": "a Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
        "application/vnd.oasis.opendocument.text": "an OpenDocument text",
        "application/epub+zip": "an EPUB book",
        "application/x-ndjson": "JSON Lines, several documents in one",
        "application/jsonl": "JSON Lines, several documents in one",
    }
)
_BY_MAIN_TYPE: Mapping[str, str] = MappingProxyType({"image": "an image", "audio": "a sound file", "video": "a video"})
_BY_EXTENSION: Mapping[str, str] = MappingProxyType(
    {
        ".rtf": "an RTF document",
        ".csv": "a CSV table",
        ".pdf": "a PDF",
        ".zip": "a ZIP archive",
        ".doc": "a Word document",
        ".docx": "a Word document",
        ".odt": "an OpenDocument text",
        ".epub": "an EPUB book",
        ".jsonl": "JSON Lines, several documents in one",
        ".ndjson": "JSON Lines, several documents in one",
        ".jpg": "an image",
        ".jpeg": "an image",
        ".png": "an image",
        ".gif": "an image",
        ".webp": "an image",
        ".mp3": "a sound file",
        ".wav": "a sound file",
        ".mp4": "a video",
        ".mov": "a video",
    }
)

# Each format's own signature; Office's XML files and their like are ZIP archives with telling names inside.
_MAGIC = (
    (re.compile(rb"\s{0,16}%PDF-"), "a PDF"),
    (
        re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL),
        "an OpenDocument text",
    ),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL), "an EPUB book"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "a ZIP archive, as Word and OpenDocument files are"),
    (re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\x00|MM\x00\*", re.DOTALL), "an image"),
    (re.compile(rb"BM.{4}\x00\x00\x00\x00|\x00\x00.{2}ftyp(?:avif|heic|mif1)", re.DOTALL), "an image"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "a Word document or another of Office's old files"),
    (re.compile(rb"\{\\rtf"), "an RTF document"),
    (re.compile(rb"ID3[\x02-\x04]|OggS\x00|fLaC\x00|RIFF....WAVE", re.DOTALL), "a sound file"),
    (re.compile(rb"\x00\x00.{2}ftyp|\x1aE\xdf\xa3", re.DOTALL), "a video"),
    (re.compile(rb"\x7fELF|MZ[\x00\x90]"), "a program"),
    (re.compile(rb"BZh[1-9]1AY|7z\xbc\xaf|Rar!\x1a|\xfd7zXZ|\x28\xb5\x2f\xfd"), "an archive"),
    (re.compile(rb"%!PS"), "a PostScript file"),
)
_SIGNATURE_BYTES = 128
_WORD_INSIDE = b"word/document.xml"


def unread_kind(source: Source, *, by_name: bool) -> Unread | None:
    """Returns what ``source`` is, if a known kind without a reader. Its name is believed only if ``by_name``."""
    start = source.content[:_SIGNATURE_BYTES]
    for magic, kind in _MAGIC:
        if magic.match(start):
            is_word = start.startswith(b"PK") and _WORD_INSIDE in source.content
            return Unread("a Word document" if is_word else kind, "by its first bytes")
    main_type = source.content_type.partition("/")[0]
    if stated := _BY_CONTENT_TYPE.get(source.content_type) or _BY_MAIN_TYPE.get(main_type):
        return Unread(stated, "by its content type")
    if by_name and (named := _BY_EXTENSION.get(source.extension)):
        return Unread(named, "by its name")
    return None
