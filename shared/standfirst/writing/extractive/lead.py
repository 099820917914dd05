"""The lead: what a standfirst is made of."""

from collections.abc import Callable

from standfirst.domain.style import TextLimits
from standfirst.writing.extractive.candidate import Candidate
from standfirst.writing.extractive.selection import Selector

SHORT = 20
"""Words: a lead behind the first sentence with fewer takes the next one along (a standfirst's median is 21)."""


def pick_standfirst(
    selector: Selector, limits: TextLimits, tells: Callable[[Candidate], bool], before: int
) -> list[Candidate]:
    """Returns the first sentence that stands alone and ``tells`` the headline's matter, or else that stands alone.

    The former only if its index is below ``before``.

    Also where it repeats the headline: what comes later speaks of "the decision" and "four of the injured", and a
    reader who stops after it would not know the news.
    """
    lead = selector.pick_sound(limits, tells, before) or selector.pick(limits)
    if len(lead) > 1 or not lead or lead[0].index == 0 or lead[0].words >= SHORT:
        return lead
    fuller = [*lead, *(each for each in selector.tiers[0] if each.index == lead[0].index + 1)]
    return fuller if selector.keeps(fuller, limits) else lead
