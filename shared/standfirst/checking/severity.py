"""The severity of each kind of finding, as measured on drafts of real models.

An error blocks a text, and costs a second call of the model and perhaps its text. So a kind is an error only if it
stands at least ``LEAST_RATIO`` times as often in wrong drafts as in honest ones; the others are warnings, which are
shown. Where real drafts have too few of a kind to tell, ``why`` says what decides.

``make bench LLM_DRAFTS=rows.jsonl`` counts anew.
"""

from typing import NamedTuple

from standfirst.domain.draft import Severity

LEAST_RATIO = 3.0
"""Times as often in wrong drafts as in honest ones, from which on a kind of finding is an error."""

FEWEST = 6
"""Drafts with a finding of a kind, from which on its ratio decides."""

WRONG_DRAFTS, HONEST_DRAFTS = 74, 178
"""The drafts of ``MEASURED_ON`` that people found wrong, and the others."""

MEASURED_ON = "252 news summaries by six language models, labelled by people (RAGTruth), 28 November 2026"


class Kind(NamedTuple):
    """The severity of a kind, the wrong and the honest drafts with it, and what decides where they are too few."""

    severity: Severity
    wrong: int = 0
    honest: int = 0
    why: str = ""


_LARGER = "in 1,305 drafts, by 0.1.0: {} times"
_SURE = "exact, and no honest text that was tried has it"
_RARE = "too rare to be sure of"
_PROVEN = "a second reader's verdict, borne out by the article"
_EXPOSED = "not for readers, whoever wrote it"

KINDS: dict[tuple[str, str], Kind] = {
    ("number", "unknown"): Kind("error", 17, 1),
    ("number", "counted_out"): Kind("warning", 2, 1, "good writers count small things out themselves"),
    ("number", "vague"): Kind("warning", 1, 1, _RARE),
    ("number", "recurring"): Kind("warning", 0, 1, "common knowledge"),
    ("money", "unknown"): Kind("error", 2, 0, _LARGER.format(23)),
    ("percentage", "unknown"): Kind("error", 0, 0, _LARGER.format("8.9")),
    ("date", "unknown"): Kind("error", 4, 0, _LARGER.format("5.9")),
    ("date", "crossed"): Kind("warning", 0, 0, _RARE),
    ("name", "unknown"): Kind("error", 11, 4),
    ("name", "expansion"): Kind("warning", 2, 5),
    ("quotation", "altered"): Kind(
        "error", 0, 1, "words in quotation marks are sacred; people who label drafts let it pass"
    ),
    ("quotation", "narrated"): Kind("warning", 0, 2, "true, though nobody says it so"),
    ("quotation", "title"): Kind("warning", 1, 1, "the name of a work, which a model may know"),
    ("number_noun", "crossed"): Kind("error", 0, 0, _SURE),
    ("number_noun", "outcome"): Kind("error", 0, 0, _SURE),
    ("number_noun", "other_figure"): Kind("warning", 1, 0, "1.8 times in 1,305 drafts, by 0.1.0"),
    ("name_role", "exchanged"): Kind("error", 0, 0, _SURE),
    ("name_role", "status"): Kind("warning", 0, 0, _RARE),
    ("name_role", "pronoun"): Kind("warning", 0, 0, _RARE),
    ("negation", "opposite"): Kind("warning", 0, 0, _RARE),
    ("certainty", "stage"): Kind("warning", 0, 0, _RARE),
    ("certainty", "planned"): Kind("warning", 0, 0, _RARE),
    ("certainty", "one_of"): Kind("warning", 0, 0, _RARE),
    ("claim", "sentence"): Kind("warning", 16, 16),
    ("instruction", "talk"): Kind("error", 6, 2),
    ("instruction", "article_talk"): Kind("warning", 4, 4),
    ("instruction", "preamble"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "correction"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "repeated"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "same_text"): Kind("warning", 0, 0, "true, but says nothing more"),
    ("instruction", "fragment"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "address"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "markup"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "emoji"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "invisible"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "order"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "obeyed"): Kind("error", 0, 0, _EXPOSED),
    ("instruction", "language"): Kind("error", 0, 0, _EXPOSED),
    ("second_reader", "contradicted"): Kind("error", 0, 0, _PROVEN),
    ("second_reader", "not_in_article"): Kind("error", 0, 0, _PROVEN),
    ("second_reader", "undecided"): Kind("warning", 0, 0, "a verdict that the article does not bear out"),
    ("unchecked", "too_long"): Kind("error", 0, 0, "what was not compared may say anything"),
}
"""The check and the reason of each kind. What is not here is a warning: what the house style asks for."""


def severity_of(check: str, reason: str) -> Severity:
    """Returns ``error`` for a kind of finding that blocks a text, else ``warning``."""
    kind = KINDS.get((check, reason))
    return kind.severity if kind else "warning"


def ratio(wrong: int, honest: int, wrong_drafts: int = WRONG_DRAFTS, honest_drafts: int = HONEST_DRAFTS) -> float:
    """Returns how many times as often a kind stands in wrong drafts as in honest ones, a half added to each count.

    The half (Haldane and Anscombe's correction) keeps what was found once from counting for more than it tells.
    """
    return ((wrong + 0.5) / (wrong_drafts + 1)) / ((honest + 0.5) / (honest_drafts + 1))
