"""The house style's limits: how long, how many, not the headline again.

Everything found here is a warning. A draft over a limit is still true, and the extractive writer, which is the last
resort, takes sentences as the article has them: were its lead of 45 words an error, nothing could be served at all.
"""

from collections.abc import Iterator, Mapping, Sequence

from standfirst.domain.article import Article
from standfirst.domain.draft import CountLimits, Draft, Finding, TextCount
from standfirst.domain.style import HouseStyle, ListLimits, Range, TextLimits
from standfirst.domain.texts import TEXTS, TextKind, Texts
from standfirst.domain.word_count import count_words
from standfirst.text.content_words import shared_words
from standfirst.text.sentences import split_sentences

LEAST_OF_ARTICLE = 2
"""An article of so many times the words of both texts has enough to write them without a sentence in common."""

LONGEST_QUOTED = 120
"""Characters of a field that a finding repeats: enough to know it by, and a record stays small."""

_Sentences = Mapping[str, Sequence[str]]
"""The sentences of each text that is no list."""


def check_limits(article: Article, draft: Draft, style: HouseStyle) -> tuple[Finding, ...]:
    """Every limit of ``style`` that ``draft`` does not keep, field by field.

    ``check`` is ``limits`` or ``headline`` (the standfirst repeats it). The ``text`` of a finding is the beginning of a
    long field, at most ``LONGEST_QUOTED`` characters.
    """
    sentences = {
        kind.name: split_sentences(draft.texts.as_one(kind.name), article.language)
        for kind in TEXTS
        if not kind.is_list
    }
    return tuple(finding for kind in TEXTS for finding in _found(kind, article, draft, style, sentences))


def count_texts(language: str, texts: Texts, style: HouseStyle) -> tuple[TextCount, ...]:
    """Returns the size of each of ``texts``, counted as ``check_limits`` does, and what ``style`` allows."""
    return tuple(_counted_text(kind, language, texts, style.limits[kind.name]) for kind in TEXTS)


def _counted_text(kind: TextKind, language: str, texts: Texts, limits: TextLimits | ListLimits) -> TextCount:
    items = texts.items_of(kind.name)
    words = tuple(map(count_words, items))
    if isinstance(limits, ListLimits):
        allowed = CountLimits(words=(1, limits.max_words), items=limits.count)
    else:
        allowed = CountLimits((*limits.words,), limits.max_characters, (*limits.sentences,))
    return TextCount(
        field=kind.name,
        words=sum(words),
        characters=sum(map(len, items)),
        sentences=sum(len(split_sentences(item, language)) for item in items),
        limits=allowed,
        items=words if kind.is_list else None,
    )


def _found(
    kind: TextKind, article: Article, draft: Draft, style: HouseStyle, sentences: _Sentences
) -> Iterator[Finding]:
    limits, text = style.limits[kind.name], draft.texts.as_one(kind.name)
    if isinstance(limits, ListLimits):
        yield from _items(kind, draft.texts.items_of(kind.name), limits)
    elif text:
        yield from _size(kind.name, text, limits, len(sentences[kind.name]))
        yield from _repeated_headline(kind.name, text, limits, article)
        yield from _repeated_standfirst(kind.name, sentences, limits, article)
    elif kind.is_required:
        yield _warning("limits", kind.name, text, "empty: no sentence fits")


def _size(field: str, text: str, limits: TextLimits, sentences: int) -> Iterator[Finding]:
    words = count_words(text)
    if not _within(sentences, limits.sentences):
        yield _warning("limits", field, text, _outside(sentences, "sentence", limits.sentences))
    if not _within(words, limits.words):
        yield _warning("limits", field, text, _outside(words, "word", limits.words))
    if limits.max_characters is not None and len(text) > limits.max_characters:
        detail = f"{len(text)} characters; the house style allows {limits.max_characters}"
        yield _warning("limits", field, text, detail)


def _repeated_headline(field: str, text: str, limits: TextLimits, article: Article) -> Iterator[Finding]:
    share = shared_words(text, article.headline or "", article.language)
    if limits.max_headline_overlap is not None and share > limits.max_headline_overlap:
        allowed = f"the house style allows {limits.max_headline_overlap:.0%}"
        yield _warning("headline", field, text, f"repeats {share:.0%} of the headline's content words; {allowed}")


def _repeated_standfirst(field: str, sentences: _Sentences, limits: TextLimits, article: Article) -> Iterator[Finding]:
    """Yields a warning where the article is long enough to write more than the standfirst about it."""
    standfirst, text = sentences["standfirst"], sentences[field]
    if field == "standfirst" or limits.repeats_standfirst == "allowed" or {*standfirst}.isdisjoint(text):
        return
    if article.words >= LEAST_OF_ARTICLE * (limits.words.least + sum(map(count_words, standfirst))):
        repeated = next(sentence for sentence in text if sentence in standfirst)
        detail = "repeats a sentence of the standfirst, which the house style never does"
        yield _warning("limits", field, repeated, detail)


def _items(kind: TextKind, items: Sequence[str], limits: ListLimits) -> Iterator[Finding]:
    item = kind.title.lower().removesuffix("s")
    if len(items) != limits.count:
        detail = f"{_counted(len(items), item)}; the house style wants {limits.count or 'none'}"
        yield _warning("limits", kind.name, " ".join(items), detail)
    for text in items:
        words = count_words(text)
        if words > limits.max_words:
            detail = f"{_counted(words, 'word')}; the house style allows {limits.max_words} in a {item}"
            yield _warning("limits", kind.name, text, detail)


def _within(count: int, limits: Range) -> bool:
    return limits.least <= count <= limits.most


def _outside(count: int, what: str, limits: Range) -> str:
    wanted = f"{limits.least} to {limits.most}" if limits.least < limits.most else f"{limits.least}"
    return f"{_counted(count, what)}; the house style wants {wanted}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _warning(check: str, field: str, text: str, detail: str) -> Finding:
    return Finding(check=check, field=field, text=_shortened(text), detail=detail, severity="warning")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1].rstrip() + "…"
