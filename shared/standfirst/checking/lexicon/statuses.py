"""English words by which somebody holds an office no longer, not yet, or for another."""

import re

from standfirst.text.word_lists import whole_words

STATUSES = (
    (
        re.compile(r"\b(?:former|one-time)\b|\bex-(?=\w)", re.IGNORECASE),
        whole_words(
            """
            former* ex once used_to until retire* then previous* resign* step* left quit oust* depose* fired sacked
            dismiss* serve* outgoing earlier succe* replace* predecessor ago leave leaves leaving depart*
            """,
            r"from \d{4}|was (?:a |the |its )?\w+ (?:of|in|from|at)",
        ),
    ),
    (re.compile(r"\b(?:acting|interim|caretaker)\b", re.IGNORECASE), whole_words("acting interim caretaker temporar*")),
    (re.compile(r"\b(?:deputy|vice)\b", re.IGNORECASE), whole_words("deput* vice* assistant* second*")),
    (
        re.compile(r"\bwould-be\b", re.IGNORECASE),
        whole_words("would* hope* aspir* candidate* want* potential plan* attempt* tried trying"),
    ),
)
"""How a text says it before a title or a name, and what else may stand for it."""
