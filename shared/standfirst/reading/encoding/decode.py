"""Bytes to text, without guessing where the bytes themselves say it, and without passing on mojibake.

w3lib knows what a document declares and which charset a browser reads it as (WHATWG Encoding Standard), chardet detects
what nobody declared, and ftfy undoes UTF-8 that was encoded twice. Of 370 short texts in 17 legacy charsets chardet
reads 366 right, charset-normalizer 267.
"""

import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from standfirst.domain.errors import UnreadableText
from standfirst.reading.encoding.characters import are_few
from standfirst.text.detector import recognise

# Written in seven bits, so that any of their texts is valid UTF-8 as well.
_SEVEN_BITS = frozenset({"iso2022_jp", "iso2022_kr", "hz"})

# Python decodes these, too, some of them slowly; no document is in one.
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})

_SERVER_DEFAULT = "cp1252"
"""How ISO-8859-1 and ASCII are read: what many servers declare for everything, so that it says little."""

# chardet's confidence, on texts of a hundred bytes: at least 0.07 for texts, at most 0.04 for random bytes.
_LEAST_CONFIDENCE = 0.05
_LEAST_LANGUAGE = 0.5

_C1 = range(0x80, 0xA0)
_ESCAPED = 0xDC00
"""What ``surrogateescape`` adds to a byte that is not UTF-8 (PEP 383)."""


def _characters(codec: str, first: int, last: int) -> str:
    return re.escape(bytes(range(first, last)).decode(codec, "ignore"))


# The first two bytes of a letter in UTF-8, as those read them who took it for another charset.
_DOUBLE = re.compile(
    "|".join(
        f"[{_characters(codec, 0xC2, 0xF5)}](?<!\xa0)[{_characters(codec, 0x80, 0xC0)}]"
        for codec in ("latin-1", "cp1252", "cp1250", "cp1251", "mac-roman")
    )
)
_RUN = re.compile(r"[^\x00-\x7f]{2,}")


def decode(content: bytes, content_type: str | None = None) -> str:
    """Returns the text of ``content``: by its byte order mark, as UTF-8, as declared, or as detected.

    Declared is what ``content_type`` says, else the XML declaration or HTML's ``meta``. A few broken bytes, as in a
    teaser cut in the middle of a letter, become U+FFFD; a few NULs go. Raises UnreadableText for bytes that are no
    text, and for text in no charset that can be detected.
    """
    marked, mark = read_bom(content)
    if marked and mark:
        return _decode_marked(content[len(mark) :], marked)
    declared = _declared_charset(content, content_type)
    if b"\x00" in content:
        if (wide := _decode_wide(content, declared)) is not None:
            return wide
        content = content.replace(b"\x00", b"")
    if declared in _SEVEN_BITS:
        return content.decode(str(declared), "replace")
    if (text := _decode_utf8(content)) is not None:
        return _undo_double_encoding(text)
    if declared and declared != _SERVER_DEFAULT and (text := _decode_nearly(content, declared)) is not None:
        return text
    return _decode_legacy(content, declared)


def _declared_charset(content: bytes, content_type: str | None) -> str | None:
    """Returns the declared charset as Python calls it; None without one, and for codecs that are no charset."""
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(content)
    return None if declared in _NO_CHARSETS else declared


def _decode_marked(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset)
    except UnicodeDecodeError as error:
        raise UnreadableText(
            f"The file says it is {charset.upper()}, but byte {error.start} is not valid in it.",
        ) from error


def _decode_wide(content: bytes, declared: str | None) -> str | None:
    """Returns UTF-16 or UTF-32 without a mark, as detected; as declared where the text is then in some language.

    None where a few NULs stand in a text that has one byte for a letter.
    """
    is_narrow = (text := _try(content, "utf-8")) is not None and are_few(text.count("\x00"), text)
    if is_narrow:
        return None
    if detected := _detect(content):
        return detected
    if declared and declared.startswith(("utf-16", "utf-32")):
        # Where the order of the bytes is not said, it is the little end first (WHATWG Encoding Standard).
        text = _try(content, declared if declared.endswith("e") else f"{declared}-le")
        if text and "\x00" not in text and recognise(text)[1] >= _LEAST_LANGUAGE:
            return text
    if are_few(content.count(b"\x00"), content):
        return None
    raise UnreadableText("The file holds NUL bytes: it is not text.")


def _decode_utf8(content: bytes) -> str | None:
    """Returns ``content`` as UTF-8; None where more than a few of its bytes are none.

    Quotation marks and dashes of Windows-1252 that somebody pasted into it are certain byte by byte.
    """
    if (valid := _try(content, "utf-8")) is not None:
        return valid
    text = content.decode("utf-8", "surrogateescape")
    stray = [ord(character) - _ESCAPED for character in text if "\udc80" <= character <= "\udcff"]
    if sum(character > "\x7f" for character in text) < 2 * len(stray):
        return None
    marks = {byte: _try(bytes([byte]), _SERVER_DEFAULT) if byte in _C1 else None for byte in stray}
    if None not in marks.values():
        return text.translate({_ESCAPED + byte: mark for byte, mark in marks.items()})
    return content.decode("utf-8", "replace") if are_few(len(stray), text) else None


def _decode_nearly(content: bytes, charset: str) -> str | None:
    try:
        text = content.decode(charset, "replace")
    except (UnicodeError, LookupError):
        return None
    return text if are_few(text.count("\ufffd"), text) else None


def _decode_legacy(content: bytes, declared: str | None) -> str:
    """Returns the detected text; as declared where a server's default holds all of its letters as well."""
    detected = _detect(content)
    if declared == _SERVER_DEFAULT and (stated := _try(content, declared)) is not None:
        try:
            (detected or "").encode(declared)
        except UnicodeEncodeError:
            pass
        else:
            return stated
    if detected is None:
        said = f", and the {declared.upper()} that it declares is wrong" if declared else ""
        raise UnreadableText(f"The bytes are no text in UTF-8, nor in any other charset we can be sure of{said}.")
    return detected


def _detect(content: bytes) -> str | None:
    # Here and not at the top: it costs 40 ms, and few texts need it.
    from chardet import EncodingEra, detect  # noqa: PLC0415

    # Without the charsets of DOS and of mainframes, which take Windows' quotation marks for letters.
    era = EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO | EncodingEra.LEGACY_MAC
    found = detect(content, compat_names=False, encoding_era=era)
    charset = found["encoding"]
    if charset is None or found["confidence"] < _LEAST_CONFIDENCE:
        return None
    return _try(content, _SERVER_DEFAULT if charset == "iso8859-1" else charset)


def _try(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeError, LookupError):
        return None


def _undo_double_encoding(text: str) -> str:
    """Returns ``text`` with "cafÃ©" and "itâ€™s" undone, where no language would spell so."""
    lines = (line for line in text.split("\n") if not line.isascii())
    if not any(_DOUBLE.search(run) for line in lines for run in _RUN.findall(line)):
        return text
    # Here and not at the top: it costs 60 ms, and few texts need it.
    from ftfy import fix_encoding  # noqa: PLC0415

    return fix_encoding(text, replace_lossy_sequences=False)
