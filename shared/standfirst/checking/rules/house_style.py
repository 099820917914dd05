"""The house style's limits: how long, how many, not the headline again, no avoided word.

Everything found here is a warning. A draft over a limit is still true, and the extractive writer, which is the last
resort, takes sentences as the article has them: were its lead of 45 words an error, nothing could be served at all.
"""

from collections.abc import Iterator

from standfirst.domain.article import Article
from standfirst.domain.draft import Draft, DraftField, Finding
from standfirst.domain.style import HouseStyle, Range, TextLimits
from standfirst.domain.word_count import count_words
from standfirst.text.content_words import shared_words, words_within
from standfirst.text.sentences import split_sentences

LONGEST_QUOTED = 120
"""Characters of a field that a finding repeats: enough to know it by, and a record stays small."""


def check_limits(article: Article, draft: Draft, style: HouseStyle) -> tuple[Finding, ...]:
    """Every limit of ``style`` that ``draft`` does not keep, field by field.

    ``check`` is ``limits``, ``headline`` (the standfirst repeats it) or ``avoid``. The ``text`` of a finding is the
    beginning of a long field, at most ``LONGEST_QUOTED`` characters.
    """
    return (
        *_size("standfirst", draft.standfirst, style.standfirst, article),
        *_repeated_headline(article, draft, style),
        *_size("summary", draft.summary, style.summary, article),
        *_key_points(draft, style),
        *_avoided(draft, style),
    )


def _size(field: DraftField, text: str, limits: TextLimits, article: Article) -> Iterator[Finding]:
    if not text:
        yield _warning("limits", field, text, "empty: no sentence fits")
        return
    sentences, words = len(split_sentences(text, article.language)), count_words(text)
    if not _within(sentences, limits.sentences):
        yield _warning("limits", field, text, _outside(sentences, "sentence", limits.sentences))
    if not _within(words, limits.words):
        yield _warning("limits", field, text, _outside(words, "word", limits.words))
    if limits.max_characters is not None and len(text) > limits.max_characters:
        detail = f"{len(text)} characters; the house style allows {limits.max_characters}"
        yield _warning("limits", field, text, detail)


def _repeated_headline(article: Article, draft: Draft, style: HouseStyle) -> Iterator[Finding]:
    share = shared_words(draft.standfirst, article.headline or "", article.language)
    if share > style.max_headline_overlap:
        detail = (
            f"repeats {share:.0%} of the headline's content words; "
            f"the house style allows {style.max_headline_overlap:.0%}"
        )
        yield _warning("headline", "standfirst", draft.standfirst, detail)


def _key_points(draft: Draft, style: HouseStyle) -> Iterator[Finding]:
    wanted, written = style.key_points.count, len(draft.key_points)
    if written != wanted:
        detail = f"{_counted(written, 'key point')}; the house style wants {wanted or 'none'}"
        yield _warning("limits", "key_points", " ".join(draft.key_points), detail)
    for point in draft.key_points:
        words = count_words(point)
        if words > style.key_points.max_words:
            detail = f"{_counted(words, 'word')}; the house style allows {style.key_points.max_words} in a key point"
            yield _warning("limits", "key_points", point, detail)


def _avoided(draft: Draft, style: HouseStyle) -> Iterator[Finding]:
    texts: list[tuple[DraftField, str]] = [("standfirst", draft.standfirst), ("summary", draft.summary)]
    texts += [("key_points", point) for point in draft.key_points]
    for field, text in texts:
        for word in words_within(text, style.avoid):
            yield _warning("avoid", field, word, f"the house style avoids “{word}”")


def _within(count: int, limits: Range) -> bool:
    return limits.least <= count <= limits.most


def _outside(count: int, what: str, limits: Range) -> str:
    wanted = f"{limits.least} to {limits.most}" if limits.least < limits.most else f"{limits.least}"
    return f"{_counted(count, what)}; the house style wants {wanted}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _warning(check: str, field: DraftField, text: str, detail: str) -> Finding:
    return Finding(check=check, field=field, text=_shortened(text), detail=detail, severity="warning")


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED else text[: LONGEST_QUOTED - 1].rstrip() + "…"
