"""Leaks: what no standfirst holds, and a model writes that followed somebody's orders."""

from collections.abc import Iterator

from standfirst.checking.comparison import Comparison
from standfirst.domain.draft import Finding, Severity
from standfirst.text.unprintable import unprintable_in


def check_leaks(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``instruction``) for addresses, code, emoji, orders, talk to the reader or about the text itself.

    An ``error``, unless the article itself says so: then an editor decides, and it is a ``warning``.
    """
    told = comparison.source.text.casefold()
    for claim in comparison.claims:
        text = claim.passage.text
        for detail, start, end in unprintable_in(text, comparison.source.language):
            severity: Severity = "warning" if text[start:end].casefold() in told else "error"
            yield claim.finding("instruction", detail, severity, (start, end))
