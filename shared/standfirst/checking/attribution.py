"""Attribution: what somebody claims stays theirs."""

import re
from collections.abc import Iterator

from standfirst.checking.comparison import Comparison
from standfirst.checking.passages import Passage, clauses_of
from standfirst.checking.support import ranked
from standfirst.domain.draft import Finding
from standfirst.text.quotations import quotations_in

LIKE_ENOUGH = 0.5

_LAST = re.compile(r"\W*(?:(?:on|in|at|during|last|this|yesterday|today|to|after|when)\b.{0,40})?$")
"""What may follow a marker that speaks of what came before it: "…, the mayor claimed on Monday"."""

CLAIMS = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|alleg(?:e|es|ed|ing|edly|ation|ations)|accus(?:e|es|ed|ing|ation|ations)|believ(?:e|es|ed|ing)"
    r"|estimat(?:e|es|ed|ing)|argu(?:e|es|ed|ing)|insist(?:s|ed|ing)?|suspect(?:s|ed|ing)|blam(?:e|es|ed|ing) "
    r"|suggest(?:s|ed|ing)?|maintain(?:s|ed)? that|contend(?:s|ed)?|assert(?:s|ed)?|complain(?:s|ed|ing)?|fear(?:s|ed)? that"
    r"|called|reckon(?:s|ed)?|in (?:his|her|their) view|denounc(?:e|es|ed)|apparently|reportedly|purported(?:ly)?|testif(?:y|ies|ied))\b",
    re.IGNORECASE,
)
"""What marks a sentence of the article as somebody's claim."""

SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|hears?|heard|told|tells?|add(?:s|ed|ing)|stat(?:e|es|ed|ing)|announc(?:e|es|ed|ing)|report(?:s|ed|ing|edly)?"
    r"|wr(?:ote|ites?)|explain(?:s|ed)|tweeted|posted|put (?:it|the)|puts (?:it|the)|acknowledg\w+|admit\w*|conced\w+|promis\w+|pledg\w+|vow\w*"
    r"|confirm\w*|reveal\w*|conclud\w+|find(?:s|ings?)?|found|show(?:s|ed|n)?|not(?:e|es|ed|ing)|statement|spokes\w+|data|figures|study|survey|research\w*"
    r"|urg\w+|suspects?|speculat\w*|speaks? of|spoke of|warn\w*|accord\w*|think\w*|thought|describ\w*|fear\w*|demand\w*|call(?:s|ed|ing)? for|agree\w*|disput\w+|reject\w*|expect\w*|forecast\w*|predict\w*|question\w*|doubt\w*|hope\w*|promot\w+"
    r"|calculat\w+|reckoning|account|account of|sees?|consider\w*|point(?:s|ed|ing) (?:to|out)|cit(?:e|es|ed|ing)|voic\w+|view|critic\w*|supporters|opponents|campaigners)\b",
    re.IGNORECASE,
)


def check_attribution(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``attribution``) where the article marks a claim as somebody's, and the draft tells it as a fact.

    What officials merely "said" may be told as it is: honest summaries do. In English.
    """
    source = comparison.source
    if not source.lexicon.opposites:
        return
    for claim in comparison.claims:
        if _is_attributed(claim.passage):
            continue
        for clause in clauses_of(claim.passage):
            found = ranked(clause, source)[:1]
            if not found or found[0][0] < LIKE_ENOUGH:
                continue
            told = found[0][1]
            at = (clause.start, clause.start + len(clause.text.rstrip()))
            if _governs(clause, told):
                yield claim.finding("attribution", "in the article somebody claims it", "error", at)
                return


def _governs(clause: Passage, told: Passage) -> bool:
    """Whether most of what ``clause`` has of ``told`` is what is claimed there: after the marker, or all before a last one."""
    found = CLAIMS.search(told.text)
    if not found:
        return False
    shared = [word for word in told.words if word.stem in clause.stems]
    after = [word for word in shared if word.start >= found.end()]
    return bool(_LAST.match(told.text, found.end())) or 2 * len(after) > len(shared)


def _is_attributed(passage: Passage) -> bool:
    text = passage.text
    return bool(CLAIMS.search(text) or SAYS.search(text) or any(True for _ in quotations_in(text)))
