"""Leaks: what no standfirst holds, and a model writes that followed somebody's orders."""

import re
from collections.abc import Iterator

from standfirst.checking.comparison import Comparison
from standfirst.domain.draft import Finding, Severity
from standfirst.text.unprintable import unprintable_in


def check_leaks(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``instruction``) for addresses, code, emoji, orders, talk to the reader or about the text itself.

    An ``error``; talk is a ``warning`` where the article itself talks so: then an editor decides.
    """
    yield from _fragments(comparison)
    talk = comparison.source.talk
    for claim in comparison.claims:
        text = claim.passage.text
        for found in unprintable_in(text, comparison.source.language):
            is_the_articles = not found.never and text[found.start : found.end].casefold() in talk
            severity: Severity = "warning" if is_the_articles else "error"
            yield claim.finding("instruction", found.detail, severity, (found.start, found.end))


def _fragments(comparison: Comparison) -> Iterator[Finding]:
    """What begins or ends in the middle of a sentence, as something stuck on does, and is not the article's own."""
    for field in ("standfirst", "summary"):
        claims = [claim for claim in comparison.claims if claim.field == field]
        for claim, broken, detail in (
            *((claim, _BEGINS_SMALL, "begins in the middle of a sentence") for claim in claims[:1]),
            *((claim, _BREAKS_OFF, "breaks off") for claim in claims[-1:]),
        ):
            if broken.search(claim.passage.text) and not comparison.source.tells(claim.passage.text):
                yield claim.finding("instruction", detail, "error")


_BEGINS_SMALL = re.compile(r"^[a-zà-öø-ÿ][^\W\d_A-Z]*\s")
_BREAKS_OFF = re.compile(r"[^.!?…。！？؟۔।\"'”’»)\]」』]\s*$")
