"""What may stand first: a standfirst does the lead's work, and repeats little of the headline above it.

Both cannot always be had, because a lead tells what the headline tells. An editor then takes the next sentence of the
news, if it is news; failing that the lead, and is told so: ``checking/rules/house_style.py`` finds what it repeats.
"""

from collections.abc import Sequence

from standfirst.domain.article import Article
from standfirst.domain.style import HouseStyle
from standfirst.text.content_words import shared_words
from standfirst.writing.extractive.lexicon.not_news import alleges, clears, gives_figure, is_aside, tells_of_victims
from standfirst.writing.extractive.selection import Candidate, Selector
from standfirst.writing.extractive.self_contained import DOUBTFUL, begins_quoted

NEWS_PARAGRAPHS = 3
"""A substitute for the lead stands in its paragraph or in one of the next two: what comes later is background."""

LEAST_SHARE = 0.5
"""A substitute weighs at least this share of the best sentence by centrality and position, ..."""

LEAST_SHARE_OF_FACT = 0.25
"""... or this much where it goes on in the lead's paragraph or gives a figure: such a sentence is no mere colour."""

POSITION_DECAY = 0.1

SHORT = 20
"""Words: a substitute with fewer takes the next sentence of its paragraph along (a standfirst's median is 21)."""


def heads(sentence: str, index: int, language: str) -> bool:
    """Whether a standfirst may be made of it; the article's first sentence is its news even where it alleges."""
    return not begins_quoted(sentence) and (index == 0 or not is_aside(sentence, language))


def without_allegations(candidates: Sequence[Candidate], language: str) -> Sequence[Candidate]:
    """Without those after the first sentence that allege, unless nothing is left: not even to fill a short text."""
    return [each for each in candidates if each.index == 0 or not alleges(each.text, language)] or candidates


def pick_standfirst(selector: Selector, article: Article, style: HouseStyle) -> list[Candidate]:
    """The lead; where it repeats the headline, a sentence as good; where there is none, the lead all the same."""
    return _LeadPicker(selector, article, style).pick()


class _LeadPicker:
    def __init__(self, selector: Selector, article: Article, style: HouseStyle) -> None:
        self._selector = selector
        self._article = article
        self._limits = style.text_limits("standfirst")

    def pick(self) -> list[Candidate]:
        lead = self._selector.pick(self._limits)
        if not lead:
            return lead
        seed = max(lead, key=lambda each: each.weight)
        lead = self._told_fuller(lead)
        if self._is_fresh(lead):
            return lead
        sound = self._selector.tiers[0]
        for other in ([seed], self._selector.grown(seed, sound, self._limits, self._accepts)):
            if self._suits(other):
                return other
        substitutes = (self._told_fuller([each]) for each in self._substitutes(seed, sound))
        return next((other for other in substitutes if self._suits(other)), lead)

    def _substitutes(self, lead: Candidate, sound: Sequence[Candidate]) -> list[Candidate]:
        """Those that are news as the lead is, the heaviest first."""
        equals = [each for each in sound if each is not lead and self._replaces(each, lead)]
        return sorted(equals, key=lambda each: -each.weight)

    def _replaces(self, candidate: Candidate, lead: Candidate) -> bool:
        is_fact = candidate.paragraph == lead.paragraph or gives_figure(candidate.text)
        least = LEAST_SHARE_OF_FACT if is_fact else LEAST_SHARE
        return (
            0 <= candidate.paragraph - lead.paragraph < NEWS_PARAGRAPHS
            and not candidate.leans
            and candidate.fitness > DOUBTFUL
            and (is_fact or candidate.centrality > 0)
            and _gist(candidate) >= least * max(map(_gist, self._selector.tiers[-1]))
            and not self._forgets_victims(candidate, lead)
            and not clears(lead.text, self._article.language)
        )

    def _forgets_victims(self, candidate: Candidate, lead: Candidate) -> bool:
        """Whether the lead tells of dead or hurt people, and neither the headline nor ``candidate`` does."""
        language = self._article.language
        told = f"{self._article.headline} {candidate.text}"
        return tells_of_victims(lead.text, language) and not tells_of_victims(told, language)

    def _told_fuller(self, chosen: list[Candidate]) -> list[Candidate]:
        """With the next sentence of the paragraph, where a short one that is not the article's first stands alone."""
        if len(chosen) > 1 or chosen[0].index == 0 or chosen[0].words >= SHORT:
            return chosen
        (alone,) = chosen
        following = [
            each
            for each in self._selector.tiers[0]
            if (each.index, each.paragraph) == (alone.index + 1, alone.paragraph) and each.fitness > DOUBTFUL
        ]
        fuller = [alone, *following]
        return fuller if self._suits(fuller) else chosen

    def _suits(self, chosen: list[Candidate]) -> bool:
        return self._selector.keeps(chosen, self._limits) and self._is_fresh(chosen)

    def _is_fresh(self, chosen: Sequence[Candidate]) -> bool:
        return self._accepts(self._selector.text_of(chosen))

    def _accepts(self, text: str) -> bool:
        most, headline = self._limits.max_headline_overlap, self._article.headline or ""
        return most is None or shared_words(text, headline, self._article.language) <= most


def _gist(candidate: Candidate) -> float:
    return (0.5 + candidate.centrality) * candidate.fitness / (1 + POSITION_DECAY * candidate.index)
