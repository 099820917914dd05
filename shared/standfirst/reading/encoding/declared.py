"""Bytes to text for documents that declare their charset in themselves, as HTML and XML do."""

import codecs
import re

from standfirst.domain.errors import UnreadableText
from standfirst.reading.encoding.decode import decode

# A browser looks at the first 1024 bytes (HTML Living Standard, section 13.2.3.2); pages in the wild need more.
_HEAD_BYTES = 4096

_DECLARED = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)

# Labels that browsers read as a superset of what they say (WHATWG Encoding Standard, section 4.2), in Python's names.
_READ_AS = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "shift_jis": "cp932", "euc_kr": "cp949",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip
_UNKNOWN_TO_PYTHON = {
    "x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030", "x-x-big5": "big5hkscs", "windows-874": "cp874",
    "ks_c_5601-1987": "cp949", "windows-949": "cp949", "x-cp1250": "cp1250", "x-cp1251": "cp1251",
    "x-cp1252": "cp1252", "unicode-1-1-utf-8": "utf-8", "x-mac-cyrillic": "mac-cyrillic", "macintosh": "mac-roman",
}  # fmt: skip

# These write everything in seven bits, so that their bytes look like UTF-8 and are none.
_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})

_MOST_BROKEN = 0.002
"""Share of the characters; more broken ones and the declaration is wrong rather than the page."""


def declared_charset(content: bytes) -> str | None:
    """The charset in the page's ``<meta>`` or XML declaration, in a name Python knows; None without a usable one.

    A page that could be searched for it is not UTF-16, whatever it says; then it is UTF-8 (HTML, section 13.2.3.2).
    """
    head = content[:_HEAD_BYTES]
    found = _XML_DECLARED.match(head) or _DECLARED.search(head)
    if not found:
        return None
    label = found[1].decode("ascii", "replace").lower()
    try:
        name = codecs.lookup(_UNKNOWN_TO_PYTHON.get(label, label)).name
        b"".decode(name)  # a codec such as rot13 is one, and decodes no bytes
    except (LookupError, UnicodeError):
        return None
    return "utf-8" if name.startswith(("utf-16", "utf-32", "utf-7")) else _READ_AS.get(name, name)


def decode_declaring(content: bytes, content_type: str | None) -> str:
    """The text of ``content``, by its mark, its content type, its own declaration, or as it reads best.

    A few broken bytes, as in a teaser cut in the middle of a letter, are replaced and do not spoil the rest; in the
    story itself they are found later. Raises UnreadableText as ``decode`` does.
    """
    charset = declared_charset(content)
    if charset is None or _said_otherwise(content, content_type):
        return decode(content, content_type)
    if charset in _SEVEN_BITS:
        return content.decode(charset, "replace")
    if _is_utf8(content):
        return decode(content, content_type)
    text = content.decode(charset, "replace")
    if text.count("\ufffd") <= max(3, len(text) * _MOST_BROKEN):
        return text
    try:
        return decode(content, content_type)
    except UnreadableText as error:
        raise UnreadableText(f"The page says it is {charset.upper()}, but many of its bytes are not valid.") from error


def _said_otherwise(content: bytes, content_type: str | None) -> bool:
    """A mark or the upload's content type wins over the page (HTML, section 13.2.3.2)."""
    marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return content.startswith(marks) or "charset" in (content_type or "").lower()


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
