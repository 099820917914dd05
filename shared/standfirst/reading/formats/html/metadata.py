"""What a page says of its article in its head: JSON-LD, Open Graph, ``meta``, ``lang``, and its headings."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from standfirst.domain.errors import UnreadableText
from standfirst.reading.embargo import embargo_among
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.json_ld import first_article, publisher_names, stated_labels, stated_texts
from standfirst.reading.formats.html.partial import Access, stated_access
from standfirst.reading.formats.html.tree import is_unseen, local_name
from standfirst.reading.formats.schema_org.json_ld import Node
from standfirst.reading.language import normalize_tag
from standfirst.reading.timestamps import normalize_timestamp

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SITE = re.compile(r"(?<!\s)\s+(?:[|–—·•»-]\s+|\|)|\|\s*")
_DATES = ("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate",
          "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "sailthru.date")  # fmt: skip
_SECTIONS = ("article:section", "og:article:section", "section", "parsely-section")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_LONGEST_HEADLINE = 300
_MOST_HEADINGS = 10
_MOST_TIMES = 100
_HOST = re.compile(r"https?://([\w.-]{1,200})", re.IGNORECASE)
_CANONICAL = etree.XPath("//link[@rel='canonical']")
_PRINTED = etree.XPath("boolean(//body//text()[normalize-space(.) = $text])")
_MOST_PARTS = 2
"""Behind a headline: a section and a site."""
_SEPARATORS = " |–—·•»-"
_LONGEST_NAME = 4
"""Words of a site's name."""

_NO_DATE = "000"
"""How the empty date of some content systems begins: 0001-01-01."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states; ``standfirsts`` are named so, ``descriptions`` may be one or merely the first words.

    ``body`` is that of its JSON-LD, as it stands there, ``labels`` are the types, genres and sections by which it names
    what it is about.
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
    body: tuple[str, ...]
    labels: tuple[str, ...]


def read_metadata(tree: etree._Element) -> Stated:
    """Returns what ``tree`` states of its article. Where a page says one thing twice, the more exact place wins."""
    article = first_article(tree)
    meta = _meta(tree)
    sites = _site_names(tree, article, meta)
    headings = [visible_line(heading) for heading in islice(tree.iter("h1"), _MOST_HEADINGS)]
    in_head = [
        *map(one_line, stated_texts(article, "headline")),
        one_line(meta.get("og:title")),
        one_line(next((title.text for title in tree.iter("title")), None)),
    ]
    *before, last = (_without_site(title, sites, headings, tree) for title in in_head)
    titles = [*before, *headings, last]
    headlines = [
        title for title in titles if title and _key(title) not in map(_key, sites) and len(title) <= _LONGEST_HEADLINE
    ]
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
        embargoed_until=embargo_among(meta) or (embargo_among(article.values) if article else None),
        access=stated_access(article, meta),
        body=tuple(stated_texts(article, "articleBody")),
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


def _site_names(tree: etree._Element, article: Node | None, meta: Mapping[str, str]) -> list[str]:
    """Returns what the site is called: as it says, as its publisher is, and by its host."""
    addresses = [meta.get("og:url"), *(link.get("href") for link in _CANONICAL(tree))]
    hosts = [found[1] for address in addresses if (found := _HOST.match(address or ""))]
    labels = [max(host.removeprefix("www.").split(".")[:-1], key=len, default="") for host in hosts]
    stated = [meta.get("og:site_name"), meta.get("application-name"), *publisher_names(article), *labels]
    return [name for name in map(one_line, stated) if name]


def _without_site(
    title: str | None, sites: Sequence[str], headings: Sequence[str | None], tree: etree._Element
) -> str | None:
    """Returns a title without the name of its site behind it or in front: "Bridge reopens | The Valley Post".

    What stands before it is the headline for sure where the page prints that alone.
    """
    parts = _SITE.split(title or "")
    if not title or len(parts) == 1 or len(title) > _LONGEST_HEADLINE:
        return title
    if any(_names_site(parts[-1], site) for site in sites):
        return title[: title.rindex(parts[-1])].rstrip(_SEPARATORS) or title
    if any(_key(parts[0]) == _key(site) for site in sites):
        return title[len(parts[0]) :].lstrip(_SEPARATORS) or title
    front, bar, behind = title.rpartition(" | ")
    if bar and len(front.split()) > len(behind.split()):
        return front.strip()
    for last in parts[:0:-1][:_MOST_PARTS]:
        front = title[: title.rindex(last)].rstrip(_SEPARATORS)
        if len(front) >= len(last) and (front in headings or _PRINTED(tree, text=front)):
            return front
    return title


def _names_site(part: str, site: str) -> bool:
    """Returns whether ``part`` is the name ``site``; a host has it without spaces, or only its first word."""
    words = part.split()
    is_capitalised = len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words)
    is_first = is_capitalised and " " not in site and _key((words or [part])[0]) == _key(site)
    return bool(_key(part)) and (_key(part) == _key(site) or is_first)


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
