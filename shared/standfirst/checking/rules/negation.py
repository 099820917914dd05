"""Negation: nothing is said of a subject that excludes what the article says of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from standfirst.checking.analysis.comparison import Comparison
from standfirst.checking.analysis.parties import Party, clause_of, subject_of
from standfirst.checking.analysis.sentence import Passage, Word
from standfirst.checking.analysis.source import Source
from standfirst.checking.lexicon.english import Side
from standfirst.checking.lexicon.negators import has_negator
from standfirst.domain.draft import Finding

MOST = 50
"""Words of a draft, and uses in the article of one, that are looked at: far more than a summary has."""


class _Use(NamedTuple):
    """Where the article has a word of a pair of opposites, on which side, and whether its sentence denies something."""

    passage: Passage
    at: int
    side: int
    is_denied: bool


_Uses = Mapping[int, Sequence[_Use]]
"""The uses of each pair, by its number."""


def check_opposites(comparison: Comparison) -> Iterator[Finding]:
    """Yields a finding (``opposite``) for "backs" where the article has the same subject oppose it; in English."""
    source = comparison.source
    sides = ((claim, at, side) for claim in comparison.claims for at, side in _sides(claim.passage, source))
    words = [each for each in islice(sides, MOST) if not has_negator(each[0].passage.text)]
    uses = _uses(source) if words else {}
    for claim, at, side in words:
        subject = subject_of(claim.passage, at)
        other = _opposite(claim.passage, at, subject, side, uses) if subject else None
        if subject and other:
            word = claim.passage.words[at]
            question = f"Is “{word.text}” right of {subject.text}, and not “{other.text}”?"
            detail = f"the article has “{other.text}”"
            yield claim.finding("negation", "opposite", detail, (word.start, word.end), question)


def _sides(passage: Passage, source: Source) -> Iterator[tuple[int, Side]]:
    """The words of a sentence that have an opposite, by index."""
    opposites = source.lexicon.opposites
    for at, word in enumerate(passage.words):
        if word.content and word.key in opposites:
            yield from ((at, side) for side in opposites[word.key])


def _uses(source: Source) -> _Uses:
    found: dict[int, list[_Use]] = defaultdict(list)
    for passage in source.passages:
        sides = list(_sides(passage, source))
        is_denied = bool(sides) and has_negator(passage.text)
        for at, side in sides:
            found[side.pair].append(_Use(passage, at, side.side, is_denied))
    return found


def _opposite(passage: Passage, at: int, subject: Party, side: Side, uses: _Uses) -> Word | None:
    """The word with which the article says the opposite of the same, unless it says the same somewhere."""
    known = [use for use in uses.get(side.pair, ()) if subject.head.stem in use.passage.all_stems]
    if len(known) > MOST or any(use.side == side.side for use in known):
        return None
    shared = clause_of(passage, at) - subject.stems - {passage.words[at].stem}
    for use in known:
        its = None if use.is_denied else subject_of(use.passage, use.at)
        if its and its.head.stem == subject.head.stem and shared & use.passage.stems:
            return use.passage.words[use.at]
    return None
