"""The severity of each kind of finding, as measured on drafts of real models.

An error blocks a text, and costs a second call of the model and perhaps its text. So a kind is an error only if it
stands at least ``LEAST_RATIO`` times as often in wrong drafts as in honest ones; the others are warnings.
"""

from standfirst.domain.draft import Severity

LEAST_RATIO = 3.0
"""Times as often in wrong drafts as in honest ones, from which on a kind of finding is an error."""

ERRORS = frozenset(
    (
        ("number", "unknown"),
        ("money", "unknown"),
        ("percentage", "unknown"),
        ("date", "unknown"),
        ("name", "unknown"),
        ("quotation", "altered"),
        ("instruction", "address"),
        ("instruction", "markup"),
        ("instruction", "emoji"),
        ("instruction", "order"),
        ("instruction", "talk"),
        ("instruction", "preamble"),
        ("instruction", "correction"),
        ("instruction", "repeated"),
        ("instruction", "obeyed"),
        ("instruction", "fragment"),
        # Too rare in drafts of models for a ratio: none in 186 of them, right or wrong. In 520 other honest texts
        # none either; what they find of sentences with one such thing turned round: tests/checking/test_turned.py.
        ("number_noun", "crossed"),
        ("number_noun", "outcome"),
        ("name_role", "exchanged"),
        ("negation", "opposite"),
        ("certainty", "stage"),
        # Not measured: no sentence of a real draft is so long, and what was not compared may say anything.
        ("unchecked", "too_long"),
    )
)
"""The check and the reason of each kind that is an error."""


def severity_of(check: str, reason: str) -> Severity:
    """Returns ``error`` for a kind of finding that blocks a text, else ``warning``."""
    return "error" if (check, reason) in ERRORS else "warning"


def ratio(wrong: int, honest: int, wrong_drafts: int, honest_drafts: int) -> float:
    """Returns how many times as often a kind stands in wrong drafts as in honest ones, a half added to each count.

    The half (Haldane and Anscombe's correction) keeps what was found once from counting for more than it tells.
    """
    return ((wrong + 0.5) / (wrong_drafts + 1)) / ((honest + 0.5) / (honest_drafts + 1))
