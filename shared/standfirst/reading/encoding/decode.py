"""Bytes to text, without guessing where the bytes themselves say it, and without passing on mojibake."""

import codecs
import re

from charset_normalizer import from_bytes

from standfirst.domain.errors import UnreadableText
from standfirst.reading.encoding.plausibility import likeness
from standfirst.reading.language import recognise

# The longer marks first: UTF-32's little-endian mark begins with UTF-16's.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# In order of preference: of two that read equally well the first is taken. ISO-8859-1 is read as Windows-1252, its
# superset, as browsers do (WHATWG Encoding Standard); so are 8859-9 and 8859-5's neighbours where one holds the other.
_CANDIDATES = (
    "cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "cp1251", "koi8-u", "iso8859-5", "cp1253",
    "cp1257", "cp1255", "cp1256", "mac-roman",
)  # fmt: skip
_READ_AS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
    "utf-32": "utf-32-le",
}
# Python knows codecs that are no charsets ("punycode"), some of them slow; only these are believed.
_CHARSETS = re.compile(
    r"(?:utf-(?:8|16|32)(?:-[lb]e)?|iso8859-\d{1,2}|cp\d{3,4}|koi8-[rut]|mac-\w+|shift_jis\w*|euc_\w+|gb\w+|big5\w*|"
    r"iso2022_\w+|johab|hz|tis-620|ascii|ptcp154|kz1048)"
)
_STATEFUL = re.compile(r"iso2022_\w+|hz")
"""Written in seven bits, so that any of their texts is valid UTF-8 as well."""

_LEAST_LIKENESS = 0.9
_SAMPLE_BYTES = 50_000

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)

# What a document says of itself in ASCII near its start: an XML declaration, or HTML's meta (HTML, section 13.2.3.2).
_OWN_CHARSET = re.compile(
    rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})",
    re.IGNORECASE,
)
_OWN_CHARSET_WITHIN = 2048
_SURE = 0.5

# Points, commas and kana: without them a row of ideographs is rather another file's bytes, two by two.
_EAST_ASIAN_GRAMMAR = re.compile("[\u3001\u3002\uff0c\u3040-\u30ff\uac00-\ud7a3]")
_TWICE_ENCODED = re.compile(
    "[\xc2-\xf4](?:[\x80-\xbf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122\u0192\u017d\u017e]){1,3}"
)

# A mark of mojibake by itself: C1 controls, "â€", and a capital A with tilde or circumflex before a sign.
_NEVER_WRITTEN = re.compile(
    "[\xc2-\xf4][\x80-\xbf]{0,2}[\x80-\x9f][\x80-\xbf]{0,2}|â€[\u0152-\u2122\x9d\xa0-\xbf]|[ÃÂ][\xa1-\xba\xbc-\xbf]"
)

# Read as Latin-1, or as one of the five bytes Windows-1252 leaves unassigned, these came through as themselves.
_LATIN_1_CONTROLS = {byte: 0xDC00 + byte for byte in range(0x80, 0xA0)}


def decode(content: bytes, content_type: str | None = None) -> str:
    """The text of ``content``: by its byte order mark, as UTF-8, as is declared, or as it reads best.

    Declared is what ``content_type`` says, or else an XML declaration or an HTML meta element.

    Raises UnreadableText when the bytes are binary, or no charset gives a text that any language would spell so.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content[len(mark) :], charset)
    declared = _declared_charset(content, content_type)
    if unmarked := _unmarked_utf16(content):
        return _decode_as(content, unmarked)
    if b"\x00" in content:
        return _decode_wide(content, declared)
    if declared and _STATEFUL.fullmatch(declared) and (text := _try(content, declared)) is not None:
        return text
    try:
        return _once_encoded(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_legacy(content, declared)


def _decode_as(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        raise UnreadableText(
            f"The file says it is {charset.upper()}, but byte {error.start} is not valid in it.",
        ) from error


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of its spaces and newlines is zero, and only every other one."""
    sample = content[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    few = len(sample) // 20
    if odd > few and not even:
        return "utf-16-le"
    return "utf-16-be" if even > few and not odd else None


def _decode_wide(content: bytes, declared: str | None) -> str:
    """UTF-16 or UTF-32 of a script without spaces and without a mark: as declared, or as the language that it gives."""
    is_declared = bool(declared) and str(declared).startswith(("utf-16", "utf-32"))
    for charset in [str(declared)] if is_declared else ["utf-16-le", "utf-16-be"]:
        text = _try(content, charset)
        if not text or "\x00" in text or likeness(text) < _LEAST_LIKENESS or recognise(text)[1] < _SURE:
            continue
        if is_declared or len(_EAST_ASIAN_GRAMMAR.findall(text)) > len(text) // 50:
            return text
    raise UnreadableText("The file holds NUL bytes: it is not text.")


def _once_encoded(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1 and encoded again ("cafÃ©", "itâ€™s").

    The whole text is undone where all of it says so; else only the pairs that no language could have written.
    """
    if not _TWICE_ENCODED.search(text):
        return text
    return _undone(text) or _NEVER_WRITTEN.sub(lambda found: _undone(found.group()) or found.group(), text)


def _undone(text: str) -> str | None:
    raw = text.translate(_LATIN_1_CONTROLS)
    try:
        return raw.encode("cp1252", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return None


def _decode_legacy(content: bytes, declared: str | None) -> str:
    """As declared, unless that reads like mojibake while another charset does not."""
    stated = _try(content, declared) if declared else None
    if stated is not None and (likeness(stated) >= _LEAST_LIKENESS or recognise(stated)[1] >= _SURE):
        return stated
    if (text := _utf8_with_stray_punctuation(content)) is not None:
        return text
    readings = [text for charset in _CANDIDATES if (text := _try(content, charset)) is not None]
    return _most_plausible(readings) or _decode_by_statistics(content)


def _most_plausible(readings: list[str]) -> str | None:
    """The reading with the likeliest letters; where scripts tie (Greek, Cyrillic, Arabic), the clearest language."""
    scores = [likeness(text) for text in readings]
    best = max(scores, default=0.0)
    if best < _LEAST_LIKENESS:
        return None
    tied = dict.fromkeys(text for text, score in zip(readings, scores, strict=True) if score == best)
    return next(iter(tied)) if len(tied) == 1 else max(tied, key=lambda text: round(recognise(text)[1], 1))


def _declared_charset(content: bytes, content_type: str | None) -> str | None:
    """The charset of ``content_type``, or the document's own, as Python calls it; None for none and for nonsense."""
    stated = _CHARSET.search(content_type or "")
    own = _OWN_CHARSET.search(content, 0, _OWN_CHARSET_WITHIN)
    names = [stated[1]] if stated else []
    names += [(own[1] or own[2]).decode("ascii", "replace")] if own else []
    return next((charset for name in names if (charset := _charset_of(name))), None)


def _charset_of(name: str) -> str | None:
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(known, known) if _CHARSETS.fullmatch(known) else None


def _try(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeError, LookupError):
        return None


def _utf8_with_stray_punctuation(content: bytes) -> str | None:
    """UTF-8 into which somebody pasted Windows-1252 quotation marks and dashes: both are certain byte by byte."""
    text = content.decode("utf-8", "surrogateescape")
    stray = [ord(character) - 0xDC00 for character in text if "\udc80" <= character <= "\udcff"]
    whole = sum(character > "\x7f" for character in text) - len(stray)
    if whole < len(stray) or any(byte > 0x9F for byte in stray):  # noqa: PLR2004 - the C1 range is 0x80 to 0x9F
        return None
    escaped = {0xDC00 + byte: _try(bytes([byte]), "cp1252") for byte in set(stray)}
    return None if None in escaped.values() else text.translate(escaped)


def _decode_by_statistics(content: bytes) -> str:
    """What is left is mostly the multi-byte charsets of East Asia, which charset-normalizer tells apart well."""
    best = from_bytes(content[:_SAMPLE_BYTES]).best()
    text = _try(content, best.encoding) if best else None
    if text is None or likeness(text) < _LEAST_LIKENESS:
        raise UnreadableText("The bytes are no text in UTF-8, nor in any other charset we can be sure of.")
    return text
