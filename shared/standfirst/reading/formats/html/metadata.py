"""What a page says of its article in its head: JSON-LD, Open Graph, ``meta``, ``lang``, and its headings."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from standfirst.domain.errors import UnreadableText
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.json_ld import first_article, stated_labels, stated_texts
from standfirst.reading.formats.html.partial import Access, stated_access
from standfirst.reading.formats.html.tree import is_unseen, local_name
from standfirst.reading.language import normalize_tag
from standfirst.reading.timestamps import embargo_of, normalize_timestamp

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SITE = re.compile(r"(?<!\s)\s+(?:[|–—·•»-]\s+|\|)|\|\s*")
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
          "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date")  # fmt: skip
_EMBARGO = ("embargoed_until", "embargoed-until", "embargoed", "embargo", "article:embargo")
_SECTIONS = ("article:section", "og:article:section", "section", "parsely-section")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_LONGEST_HEADLINE = 300
_MOST_HEADINGS = 10
_MOST_TIMES = 100
_NO_DATE = "000"
"""How the empty date of some content systems begins: 0001-01-01."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states; ``standfirsts`` are named so, ``descriptions`` may be one or merely the first words.

    ``labels`` are the types, genres and sections by which it names what it is about.
    """

    headline: str | None
    headlines: tuple[str, ...]
    standfirsts: tuple[str, ...]
    descriptions: tuple[str, ...]
    language: str | None
    published_at: str | None
    version: str | None
    embargoed_until: str | None
    access: Access
    labels: tuple[str, ...]


def read_metadata(tree: etree._Element) -> Stated:
    """Returns what ``tree`` states of its article. Where a page says one thing twice, the more exact place wins."""
    article = first_article(tree)
    meta = _meta(tree)
    site = one_line(meta.get("og:site_name"))
    titles = [
        *map(one_line, stated_texts(article, "headline")),
        _without_site(one_line(meta.get("og:title")), site),
        *(visible_line(heading) for heading in islice(tree.iter("h1"), _MOST_HEADINGS)),
        _without_site(one_line(next((title.text for title in tree.iter("title")), None)), site),
    ]
    headlines = [title for title in titles if title and title != site and len(title) <= _LONGEST_HEADLINE]
    return Stated(
        headline=headlines[0] if headlines else None,
        headlines=tuple(headlines),
        standfirsts=_lines(stated_texts(article, "abstract", "alternativeHeadline")),
        descriptions=_lines(
            [*stated_texts(article, "description"), *(meta[name] for name in _DESCRIPTIONS if name in meta)]
        ),
        language=_language(tree, stated_texts(article, "inLanguage"), meta),
        published_at=_published(stated_texts(article, "datePublished"), meta, tree),
        version=next(iter(stated_texts(article, "version")), None),
        embargoed_until=embargo_of(next((meta[name] for name in _EMBARGO if name in meta), None)),
        access=stated_access(article, meta),
        labels=(*stated_labels(tree), *(meta[name] for name in _SECTIONS if name in meta)),
    )


def one_line(text: str | None) -> str | None:
    """Returns ``text`` of an attribute or a string of JSON as a reader would see it, None for what cannot be read."""
    plain = html.unescape(text or "")  # the parser undid it once already, and JSON-LD is escaped as often as not
    try:
        return " ".join(clean_characters(_TAG.sub(" ", plain)).split()) or None
    except UnreadableText:
        return None


def visible_line(element: etree._Element) -> str | None:
    """Returns the visible text of ``element`` on one line."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walker:
        if event == "end":
            parts.append(inner.tail or "" if inner is not element else "")
        elif is_unseen(inner):
            walker.skip_subtree()
        else:
            parts.append((" " if local_name(inner) in {"br", "div", "p"} else "") + (inner.text or ""))
    try:
        return " ".join(clean_characters("".join(parts)).split()) or None
    except UnreadableText:
        return None


def _meta(tree: etree._Element) -> dict[str, str]:
    """Content by name or property, in small letters; the first of two wins."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content") or ""
        for key in ("property", "name", "itemprop", "http-equiv"):
            if (name := element.get(key)) and content.strip():
                found.setdefault(name.strip().lower(), content)
    return found


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for value in values if (line := one_line(value))))


def _without_site(title: str | None, site: str | None) -> str | None:
    """Returns a title without the name of its site behind it or in front: "Bridge reopens | The Valley Post"."""
    if not title:
        return None
    parts = _SITE.split(title)
    if len(parts) > 1 and site:
        if _key(parts[-1]) == _key(site):
            return title[: title.rindex(parts[-1])].rstrip(" |–—·•»-") or title
        if _key(parts[0]) == _key(site):
            return title[len(parts[0]) :].lstrip(" |–—·•»-") or title
    front, bar, behind = title.rpartition(" | ")
    return front.strip() if bar and len(front.split()) > len(behind.split()) else title


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _language(tree: etree._Element, in_language: list[str], meta: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    body = next(tree.iter("body"), None)
    elements = [root] if body is None else [root, body]
    attributes = [element.get(name) for element in elements for name in ("lang", "xml:lang")]
    stated = [*attributes, *in_language, meta.get("content-language"), meta.get("og:locale")]
    return next((tag for tag in stated if normalize_tag(tag)), None)


def _published(in_node: list[str], meta: dict[str, str], tree: etree._Element) -> str | None:
    stated = [*in_node, *(meta.get(name) for name in _DATES)]
    times = sorted(
        islice(tree.iter("time"), _MOST_TIMES), key=lambda time: "publish" not in (time.get("itemprop") or "").lower()
    )
    stated += [time.get("datetime") for time in times]
    return next(
        (found for text in stated if (found := normalize_timestamp(text)) and not found.startswith(_NO_DATE)), None
    )
