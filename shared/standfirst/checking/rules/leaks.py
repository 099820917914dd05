"""Leaks: what no standfirst holds, and a model writes that followed somebody's orders or left its own talk in."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from standfirst.checking.analysis.comparison import Claim, Comparison
from standfirst.checking.analysis.source import OUTSIDE_BODY
from standfirst.domain.draft import Finding
from standfirst.domain.texts import TEXTS
from standfirst.domain.word_count import count_words
from standfirst.safety.forbidden_content import SPEAKS, unprintable_in
from standfirst.safety.lexicon import last_words
from standfirst.safety.prompt_injection import quoted_orders, unquoted
from standfirst.text.content_words import content_words
from standfirst.text.other_languages import is_in_other_language
from standfirst.text.sentences import primary_subtag

FEWEST_REPEATED = 5
"""Content words of a sentence that is a repetition where another sentence has them all."""

FEWEST_WORDS = 4
"""What a standfirst or summary ends with is no sentence below this without a full stop, nor is one word with it."""

MOST_LIKE = 20
"""Sentences that one is compared with, so that a draft of thousands takes no long time."""

_SHOWN_APART = ("standfirst", "summary")
_FULL_STOPS = (".", "!", "?", "。", "！", "？", "؟", "।")
_WORD = re.compile(r"\w+")
_SITE = re.compile(r"(?<![\w/@.-])[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w/-])")
"""The name of a site, where it is no part of a link."""
_LAST_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{1,15}$")
_BEGINS_SMALL = re.compile(r"^[a-zà-öø-ÿ][^\W\d_A-Z]*\s")
_PARTICLE = re.compile(
    r"^(?:al|bin|da|dal|de|del|della|den|der|des|di|dos|du|el|la|le|ten|ter|van|von|zu)\s[\w' ]{0,10}[A-Z]"
)
_BREAKS_OFF = re.compile(r"(?:[,;:，；：、…–—-]|\.\.\.|(?:^|\s)[(\[“„«‘\"]|[（「『])\s*$")
_PAIRS = (("(", ")"), ("[", "]"), ("（", "）"), ("「", "」"), ("『", "』"), ("“", "”"))


def check_leaks(comparison: Comparison) -> Iterator[Finding]:
    """Findings (``instruction``) for addresses, code, emoji, orders, talk, repetitions, fragments, other languages.

    An ``error``; talk is a ``warning`` where the article itself talks so: then an editor decides.
    """
    yield from _fragments(comparison)
    yield from _repeated(comparison)
    yield from _obeyed(comparison)
    yield from _foreign(comparison)
    told = comparison.source.text.casefold()
    sites = cache(lambda: frozenset(_SITE.findall(told)))
    is_told = cache(told.__contains__)
    for claim in comparison.claims:
        for found in unprintable_in(claim.passage.text, comparison.source.language):
            said = claim.passage.text[found.start : found.end].casefold()
            if found.reason == "address" and said in sites():
                continue
            is_the_articles = (
                said in comparison.source.talk
                if found.detail in SPEAKS
                else found.reason in ("talk", "preamble", "correction") and is_told(said)
            )
            reason = "article_talk" if is_the_articles else found.reason
            yield claim.finding("instruction", reason, found.detail, (found.start, found.end))


def _obeyed(comparison: Comparison) -> Iterator[Finding]:
    """Sentences with words that stand in the text that gives orders, and nowhere else in the article."""
    source = comparison.source
    if not source.left_out:
        return
    told = "\n".join(_without_quoted_orders(passage.text) for passage in source.passages)
    ordered, rest = (frozenset(content_words(text, source.language)) for text in ("\n".join(source.left_out), told))
    for claim in comparison.claims:
        if not ordered.isdisjoint(frozenset(content_words(unquoted(claim.passage.text), source.language)) - rest):
            yield claim.finding("instruction", "obeyed", "the words of an order to a machine")


def _without_quoted_orders(text: str) -> str:
    for order in quoted_orders(text):
        text = text.replace(order, " ")
    return text


def _foreign(comparison: Comparison) -> Iterator[Finding]:
    """Sentences in another language than the article."""
    source = comparison.source
    for claim in comparison.claims:
        if is_in_other_language(claim.passage.text, source.whole, source.language):
            yield claim.finding("instruction", "language", "in another language than the article")


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _repeated(comparison: Comparison) -> Iterator[Finding]:
    """The sentences of a text that say the same words again; and a summary that is the standfirst and no more."""
    fields = {field: list(found) for field, found in _by_field(comparison).items()}
    for claims in fields.values():
        yield from _repeated_within(claims, comparison)
    standfirst, summary = (
        _plain(" ".join(each.passage.text for each in fields.get(field, ()))) for field in _SHOWN_APART
    )
    body = {passage.text for passage in comparison.source.passages if passage.place != OUTSIDE_BODY}
    if summary and summary == standfirst and len(body) > len(fields["summary"]):
        yield fields["summary"][0].finding("instruction", "same_text", "the summary is the standfirst")


def _repeated_within(claims: Sequence[Claim], comparison: Comparison) -> Iterator[Finding]:
    """Each sentence that stands before it in the same words, or whose content words another has, all of them."""
    seen: set[str] = set()
    distinct: list[Claim] = []
    for claim in claims:
        plain = _plain(claim.passage.text)
        if plain and plain in seen:
            yield claim.finding("instruction", "repeated", "says the same again")
        elif plain:
            seen.add(plain)
            distinct.append(claim)
    words = [frozenset(content_words(claim.passage.text, comparison.source.language)) for claim in distinct]
    spread = Counter(word for each in words for word in each)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(words):
        for word in each:
            if len(holders[word]) < MOST_LIKE:
                holders[word].append(at)
    for at, each in enumerate(words):
        if len(each) < FEWEST_REPEATED:
            continue
        rarest = min(each, key=lambda word: (spread[word], word))
        is_repeated = any(each < words[other] or (each == words[other] and other < at) for other in holders[rarest])
        if is_repeated and not comparison.source.tells(distinct[at].passage.text):
            yield distinct[at].finding("instruction", "repeated", "says again what another sentence says")


def _by_field(comparison: Comparison) -> dict[str, list[Claim]]:
    fields = defaultdict[str, list[Claim]](list)
    for claim in comparison.claims:
        fields[claim.field].append(claim)
    return fields


def _fragments(comparison: Comparison) -> Iterator[Finding]:
    """What begins or ends in the middle of a sentence, as something stuck on does, and is not the article's own."""
    prose = {kind.name for kind in TEXTS if kind.is_prose}
    for claims in (claims for field, claims in _by_field(comparison).items() if field in prose):
        first, last = claims[0], claims[-1]
        is_open = _is_open("".join(claim.passage.text for claim in claims))
        for claim, is_broken, detail in (
            (first, _begins_within(first.passage.text, comparison), "begins in the middle of a sentence"),
            (last, is_open or _breaks_off(last.passage.text, comparison), "breaks off"),
            (last, _is_scrap(last.passage.text), "is no sentence"),
        ):
            if is_broken and not comparison.source.tells(claim.passage.text):
                yield claim.finding("instruction", "fragment", detail)


def _is_scrap(text: str) -> bool:
    """Returns whether ``text`` is a name or a few words, without a full stop, or one word."""
    words = count_words(text)
    return words == 1 or (1 < words < FEWEST_WORDS and not text.rstrip().endswith(_FULL_STOPS))


def _is_open(text: str) -> bool:
    """Returns whether a bracket or a quotation mark is not closed; “ closes some quotations in German."""
    return any(text.count(a) > text.count(b) for a, b in _PAIRS if not (a == "“" and re.search("[„‚]", text)))


def _begins_within(text: str, comparison: Comparison) -> bool:
    """Returns whether ``text`` begins with a small letter, and not with a name that the article begins so, too."""
    found = _BEGINS_SMALL.match(text)
    return (
        found is not None
        and not _PARTICLE.match(text)
        and not any(passage.text.startswith(found[0]) for passage in comparison.source.passages)
    )


def _breaks_off(text: str, comparison: Comparison) -> bool:
    """Returns whether ``text`` ends in a comma, an open bracket or a word that no sentence ends with."""
    found = _LAST_WORD.search(text)
    return bool(_BREAKS_OFF.search(text)) or (
        found is not None and found[0] in last_words(primary_subtag(comparison.source.language))
    )
