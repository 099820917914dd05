"""What may stand first: a standfirst does the lead's work, and repeats little of the headline above it.

Both cannot always be had, because a lead tells what the headline tells. An editor then takes the next sentence of the
news, if it is news; failing that the lead, and is told so: ``checking/rules/house_style.py`` finds what it repeats.
"""

from collections.abc import Callable, Iterator, Sequence

from standfirst.domain.article import Article
from standfirst.domain.style import TextLimits
from standfirst.text.content_words import shared_words
from standfirst.writing.extractive.lexicon.not_news import clears, gives_figure, is_aside, tells_of_victims
from standfirst.writing.extractive.selection import OF_LEAD, Candidate, Selector
from standfirst.writing.extractive.self_contained import begins_quoted

NEWS_PARAGRAPHS = 3
"""A substitute for the lead stands in its paragraph or in one of the next two: what comes later is background."""

SHORT = 20
"""Words: a substitute with fewer takes the next sentence along (a standfirst's median is 21)."""


def heads(sentence: str, index: int, language: str) -> bool:
    """Returns whether a standfirst may be made of it; the article's first sentence is news even where it alleges."""
    return not begins_quoted(sentence) and (index == 0 or not is_aside(sentence, language))


def pick_standfirst(
    selector: Selector, article: Article, limits: TextLimits, tells: Callable[[Candidate], bool]
) -> list[Candidate]:
    """Returns the lead; where it repeats the headline, a sentence as good; where there is none, the lead all the same.

    The lead is the first sentence that stands alone and ``tells`` the headline's matter, or else that stands alone.
    """
    lead = selector.pick_sound(limits, tells) or selector.pick(limits)
    if len(lead) == 1 and lead[0].index > 0:
        lead = _told_fuller(lead, selector, limits)
    if not lead or _is_fresh(lead, selector, article, limits):
        return lead
    others = substitutes(lead[0], selector, article, limits)
    return next((each for each in others if _is_fresh(each, selector, article, limits)), lead)


def substitutes(lead: Candidate, selector: Selector, article: Article, limits: TextLimits) -> Iterator[list[Candidate]]:
    """Yields texts within ``limits`` that may stand under the headline in the place of ``lead``, the nearest first."""
    texts = (_told_fuller([each], selector, limits) for each in selector.tiers[0])
    for each in texts:
        if _replaces(each, lead, selector.text_of(each), article) and selector.keeps(each, limits):
            yield each


def _replaces(chosen: Sequence[Candidate], lead: Candidate, text: str, article: Article) -> bool:
    """Returns whether ``chosen`` is news as ``lead`` is: goes on from it, takes it up, or gives a figure."""
    first = chosen[0]
    goes_on = first.paragraph == lead.paragraph or first.takes_up(lead.stems, OF_LEAD)
    return (
        first.index > lead.index
        and first.paragraph - lead.paragraph < NEWS_PARAGRAPHS
        and first.leads
        and not first.needs
        and (goes_on or gives_figure(text))
        and not _forgets_victims(text, lead, article)
        and not clears(lead.text, article.language)
    )


def _forgets_victims(text: str, lead: Candidate, article: Article) -> bool:
    """Returns whether the lead tells of dead or hurt people, and neither the headline nor ``text`` does."""
    told = f"{article.headline} {text}"
    return tells_of_victims(lead.text, article.language) and not tells_of_victims(told, article.language)


def _told_fuller(chosen: list[Candidate], selector: Selector, limits: TextLimits) -> list[Candidate]:
    """Returns ``chosen`` with the next sentence, where a short one stands alone."""
    alone = chosen[0]
    following = [each for each in selector.tiers[0] if each.index == alone.index + 1]
    fuller = [alone, *following]
    return fuller if alone.words < SHORT and selector.keeps(fuller, limits) else chosen


def _is_fresh(chosen: Sequence[Candidate], selector: Selector, article: Article, limits: TextLimits) -> bool:
    """Returns whether the text of ``chosen`` repeats no more of the headline than ``limits`` allow."""
    most = limits.max_headline_overlap
    return most is None or shared_words(selector.text_of(chosen), article.headline or "", article.language) <= most
