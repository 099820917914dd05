"""Which sentences of a summary an editor looks at first.

Needs the standard library only, as ``domain/ai_disclosure.py`` does, for the same reason.
"""

from collections.abc import Iterable

HOUSE_STYLE_CHECKS = frozenset(("limits", "headline", "avoid", "glossary"))
"""The checks that compare a text with the house style; the others compare it with the article."""


def unsure_sentences(
    shown: Iterable[str], findings: Iterable[tuple[str, str, int | None]], weak: Iterable[tuple[str, int]]
) -> list[tuple[str, int]]:
    """Returns the sentences that are unsure, as the names of their texts and their indexes there, in order.

    ``shown`` has the names of the texts that are not empty, in order, ``findings`` the check, the text and the sentence
    of each finding, and ``weak`` the sentences whose evidence is weak.
    """
    unsure = {(text, at) for check, text, at in findings if at is not None and check not in HOUSE_STYLE_CHECKS}
    unsure.update(weak)
    # An extractive text with an error is not served; its findings stay on the record.
    return [each for name in shown for each in sorted(unsure) if each[0] == name]
