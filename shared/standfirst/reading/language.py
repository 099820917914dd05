"""Which language a text is in, as a BCP 47 tag: declared, unless the text itself is surely in another one."""

import re

from standfirst.domain.article import UNDETERMINED, Language
from standfirst.text.detector import is_kin, recognise
from standfirst.text.sentences import primary_subtag

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?P<subtags>(?:-[a-z0-9]{1,8}){0,6})", re.IGNORECASE)
_SCRIPT_LETTERS = 4
_REGION_LETTERS = 2

_LEAST_CONFIDENCE = 0.4

LEAST_BYTES, LEAST_SURE = 200, 0.8
"""So long a text, in UTF-8, and so sure of it, from 0 to 1, the detector has to be against a declared language.

Bytes, because a letter says more in scripts that take more of them. Of the beginnings of short news texts in 56
languages it was never so sure of a wrong language that is not kin, and in a text in two it was only of the larger part.
"""


def normalize_tag(declared: str | None) -> Language | None:
    """Returns ``declared`` as RFC 5646 writes it ("EN_gb" is "en-GB"), or None when it is no tag or says "und".

    A name such as "english" is no tag. It is ignored rather than refused, because the text says better what it is in,
    and a newsroom would rather have the summary than a lesson in BCP 47.
    """
    found = _TAG.fullmatch((declared or "").strip().replace("_", "-"))
    if not found or found["language"].lower() == UNDETERMINED:
        return None
    subtags = [_subtag_case(subtag) for subtag in found["subtags"].split("-")[1:]]
    return Language("-".join([found["language"].lower(), *subtags]))


def _subtag_case(subtag: str) -> str:
    if len(subtag) == _SCRIPT_LETTERS and subtag.isalpha():
        return subtag.title()
    return subtag.upper() if len(subtag) == _REGION_LETTERS else subtag.lower()


def language_of(text: str, declared: Language | None) -> tuple[Language, Language | None]:
    """Returns the language of ``text``, and ``declared`` where that is another one and not believed, else None.

    A content system that says ``en-US`` of every page is not believed of a German text. What the detector cannot tell
    apart, such as Norwegian and Danish, is as declared; so is a short text, and one in several languages.
    """
    if declared is None:
        return detect_language(text), None
    if len(text) < LEAST_BYTES and len(text.encode(errors="ignore")) < LEAST_BYTES:
        return declared, None
    found, sureness = recognise(text)
    if sureness < LEAST_SURE or found == UNDETERMINED or is_kin(found, primary_subtag(declared)):
        return declared, None
    return found, declared


def detect_language(text: str) -> Language:
    """Returns the language most of ``text`` is in, ``und`` when that is not clear. Reads the first 3 000 characters."""
    language, confidence = recognise(text)
    return language if confidence >= _LEAST_CONFIDENCE else UNDETERMINED
