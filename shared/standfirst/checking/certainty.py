"""Certainty: a hedge is not lost, and a part is not told as the whole."""

import re
from collections.abc import Iterator

from standfirst.checking.comparison import Comparison, Source
from standfirst.checking.passages import Passage, clauses_of
from standfirst.checking.scopes import reached
from standfirst.checking.support import ranked
from standfirst.domain.draft import Finding

LIKE_ENOUGH = 0.35

_HEDGES = re.compile(
    r"\b(?:may|might|could(?! not|n['’]t)|possibl[ey]|possibility|perhaps|probabl[ey]|likely|hope[sd]?|hoping|propos\w+|consider\w*"
    r"|appear\w*|seem\w*|suggest\w*|believ\w+|thought|think\w*|suspect\w*|alleg\w+|if|unless|potential\w*|reported(?:ly)?"
    r"|understood|doubt\w*|unclear|not certain|threaten\w*|risk\w*|fear\w*|apparent\w*|signs? of|indicat\w+|tends?|in part)\b",
    re.IGNORECASE,
)

_DOUBTS = re.compile(
    r"\b(?:may|might|could|would|likely|expect\w*|probably|possibl[ey]|perhaps|if|unless|provided|believ\w+|thought|suspect\w*"
    r"|alleg\w+|suggest\w*|appear\w*|seem\w*|hop(?:es?|ed|ing)|should)\b",
    re.IGNORECASE,
)
"""What keeps a strong word of the draft from being outright."""

_STRONG = re.compile(
    r"\b(?:will|has to|have to|must|prov(?:ed|en|es)|confirm(?:ed|s)|show(?:ed|s) that|shown that|demonstrat(?:ed|es)|convinced"
    r"|certain(?:ly)?|definite(?:ly)?|clear(?:ly)?|guarantee[sd]?|require[sd]?|caused|established|determined|undoubtedly|agreed"
    r"|decided|ordered|obliged|sure|is to|are to|going to)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?:some|most|many|several|few|part(?:ly|ially)?|nearly|almost|mainly|mostly|largely|one of the|among the|half|a number of"
    r"|in part|about|around|often|sometimes|usually|generally|majority|not all|at least)\b",
    re.IGNORECASE,
)
_WHOLES = re.compile(
    r"\b(?:all|every|entire(?:ly)?|whole|full(?:y)?|complete(?:ly)?|always|never|none|unanimous(?:ly)?|only|the (?:most|least|only|\w{2,}est))\b",
    re.IGNORECASE,
)


HEDGED = 5
"""Content words after a hedge, at most, that it makes uncertain."""

STRONG_REACH = 6
"""Content words after a strong word that it is said of."""

NEAREST = 2


def check_certainty(comparison: Comparison) -> Iterator[Finding]:
    """An ``error`` (``certainty``) where the article hedges what the draft says outright; in English."""
    source = comparison.source
    if not source.lexicon.opposites:
        return
    for claim in comparison.claims:
        for clause in clauses_of(claim.passage):
            near = [passage for score, passage in ranked(clause, source)[:NEAREST] if score >= LIKE_ENOUGH]
            if near:
                for at, detail in (
                    *_hedge_lost(clause, near, source),
                    *_part_as_whole(clause, near, source),
                    *_one_of_as_only(clause, near),
                ):
                    yield claim.finding("certainty", detail, "error", (clause.start + at[0], clause.start + at[1]))


_Found = Iterator[tuple[tuple[int, int], str]]


def _hedge_lost(clause: Passage, near: list[Passage], source: Source) -> _Found:
    strong = _STRONG.search(clause.text)
    if not strong or _DOUBTS.search(clause.text):
        return
    stems = reached(clause, strong.end(), STRONG_REACH)
    passage = next((each for each in near if _shared(stems, each.stems, source)), None)
    if passage is None or _says_outright(strong.group(), stems, passage, source):
        return
    told, hedged = _shared(stems, passage.stems, source), _shared(stems, hedged_in(passage), source)
    if hedged and 2 * len(hedged) >= len(told):
        yield strong.span(), "the article is less certain"


def _shared(stems: list[str], others: frozenset[str], source: Source) -> list[str]:
    groups = source.lexicon.groups_of(others)
    return [stem for stem in stems if stem in others or source.lexicon.groups_of([stem]) & groups]


def _says_outright(strong: str, stems: list[str], passage: Passage, source: Source) -> bool:
    """Whether the article uses the same strong word of the same."""
    said = re.compile(rf"\b{re.escape(strong)}\b", re.IGNORECASE)
    reach = frozenset(
        stem for found in said.finditer(passage.text) for stem in reached(passage, found.end(), STRONG_REACH)
    )
    return bool(_shared(stems, reach, source))


def hedged_in(passage: Passage) -> frozenset[str]:
    """The stems that a hedge reaches."""
    return frozenset(stem for found in _HEDGES.finditer(passage.text) for stem in reached(passage, found.end(), HEDGED))


_MOST = re.compile(r"(?<!one of )(?<!among )\bthe ((?:most|least) \w+|\w{3,}est)\b", re.IGNORECASE)


def _one_of_as_only(clause: Passage, near: list[Passage]) -> _Found:
    for found in _MOST.finditer(clause.text):
        among = re.compile(
            rf"\b(?:one|some|two|three|many) of (?:\w+ ){{1,3}}?{re.escape(found[1])}|among \w+ {re.escape(found[1])}",
            re.IGNORECASE,
        )
        if any(among.search(passage.text) for passage in near):
            yield found.span(), "the article says one of them"


def _part_as_whole(clause: Passage, near: list[Passage], source: Source) -> _Found:
    whole = _WHOLES.search(clause.text)
    if not whole or _PARTS.search(clause.text) or not _PARTS.search(near[0].text):
        return
    if re.search(rf"\b{re.escape(whole.group())}\b", source.text, re.IGNORECASE):
        return
    yield whole.span(), "the article says it of a part only"
