"""Which language a text is in, as a BCP 47 tag: declared if somebody declared one, else detected."""

import re

from standfirst.domain.article import UNDETERMINED, Language
from standfirst.text.detector import recognise

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?P<subtags>(?:-[a-z0-9]{1,8}){0,6})", re.IGNORECASE)
_SCRIPT_LETTERS = 4
_REGION_LETTERS = 2

_LEAST_CONFIDENCE = 0.4


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


def detect_language(text: str) -> Language:
    """Returns the language most of ``text`` is in, ``und`` when that is not clear. Reads the first 3 000 characters."""
    language, confidence = recognise(text)
    return language if confidence >= _LEAST_CONFIDENCE else UNDETERMINED
