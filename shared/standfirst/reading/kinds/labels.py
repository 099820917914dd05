"""The kind that a document names: by a type or a genre of its format, by its section, or in front of its headline."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from standfirst.domain.article import ArticleKind
from standfirst.text.phrase_files import sections_by_language

_LONGEST = 60
"""Characters of a label or of the words in front of a headline; what is longer is a title."""

_MOST_LABELS = 20

_NAMES = ("code", "qcode", "uri", "literal", "_id", "name", "text", "@value", "@id")
"""Members in which ninjs, Arc ANS and JSON-LD have the code or the name of a genre, a section or a label."""

# schema.org, "More specific Types" of Article and of CreativeWork; IPTC NewsCodes, genre. In small letters.
_CODES: Mapping[str, ArticleKind] = MappingProxyType(
    {
        "analysisnewsarticle": ArticleKind.ANALYSIS,
        "opinionnewsarticle": ArticleKind.OPINION,
        "reviewnewsarticle": ArticleKind.REVIEW,
        "criticreview": ArticleKind.REVIEW,
        "liveblogposting": ArticleKind.LIVE,
        "advertisercontentarticle": ArticleKind.ADVERTISEMENT,
        "reportagenewsarticle": ArticleKind.NEWS,
        "question and answer session": ArticleKind.INTERVIEW,
        "results listings and statistics": ArticleKind.RESULTS,
        "advertiser supplied": ArticleKind.ADVERTISEMENT,
        # What a document of our own formats says for us: see ``labels_in``.
        **{f"kind:{kind}": kind for kind in ArticleKind},
    }
)
_PART = re.compile(r"[/:#>]")
_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_HEADLINE_MARK = re.compile(r"[:|]|\s[-–—•]")
_LAST_MARK = re.compile(r"\||\s[-–—•]")
_EDGES = " \t.,;:!?|*#[]()<>«»„“”\"'–—-•+"


def kind_of_labels(labels: Iterable[str]) -> ArticleKind | None:
    """Returns the kind that the first telling one of ``labels`` names, such as ``genre:Opinion`` or ``/meinung``."""
    return next(filter(None, map(_kind_of_label, labels)), None)


def kind_in_headline(headline: str) -> ArticleKind | None:
    """Returns the kind that is named in front of ``headline``, behind it, or as all of it."""
    front = _HEADLINE_MARK.search(headline)
    behind = [mark.end() for mark in _LAST_MARK.finditer(headline)]
    parts = [headline, headline[: front.start()] if front else "", headline[behind[-1] :] if behind else ""]
    return next(filter(None, map(kind_of_line, parts)), None)


def kind_of_line(line: str) -> ArticleKind | None:
    """Returns the kind that ``line`` names if it is nothing but the name of one.

    "Advertisement" stands over a box in a page as well as over an article, and so says nothing.
    """
    kind = _names().get(_key(line)) if len(line) <= _LONGEST else None
    return kind if kind is not ArticleKind.ADVERTISEMENT else None


def strings_in(value: object) -> Iterator[str]:
    """Yields the texts in a value of a document's metadata: itself, those of a list, or the names that an object has.

    A value of any other type says nothing: what a document is called is no reason to refuse it.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for each in value[:_MOST_LABELS] if not isinstance(each, list) for text in strings_in(each))
    elif isinstance(value, dict):
        yield from (text for name in _NAMES if isinstance(text := value.get(name), str))


def labels_in(values: Mapping[str, object], names: Iterable[str]) -> tuple[str, ...]:
    """Returns the texts in the members ``names`` of ``values``; that of ``kind`` settles it if it is one of ours."""
    return tuple(f"kind:{text}" if name == "kind" else text for name in names for text in strings_in(values.get(name)))


def _kind_of_label(label: str) -> ArticleKind | None:
    for part in (label, *reversed(_PART.split(label))):
        key = _key(part) if len(part) <= _LONGEST else ""
        if kind := _CODES.get(key) or _names().get(key):
            return kind
    return None


def _key(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", text).replace("’", "'").strip(_EDGES).casefold()


@cache
def _names() -> Mapping[str, ArticleKind]:
    """Returns the names of the kinds, in all languages together."""
    languages = sections_by_language("standfirst.reading.kinds.lexicon").values()
    return {_key(name): kind for kind in ArticleKind for sections in languages for name in sections.get(kind.value, ())}
