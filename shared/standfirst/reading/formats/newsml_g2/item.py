"""NewsML-G2, the IPTC's envelope: a news item, or a message or package of several; each text is an article of its own.

What is taken from where (NewsML-G2 Implementation Guide):

* headline ``contentMeta/headline``, the one without a role or ``hld:main`` first;
  standfirst ``hld:subHeadline``, else what the NITF inside marks as one, else a summary
  (``description`` with ``drol:summary``) that says something of its own.
* language ``contentMeta/language``; version ``@version``; published ``firstCreated``, else ``versionCreated``.
* embargo ``itemMeta/embargoed``; an empty one has no end.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lxml import etree

from standfirst.domain.article import MIN_TEXT_CHARACTERS, UnreadPart
from standfirst.domain.errors import ArticleKilled, EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.formats.newsml_g2.content import Around, longest_rendition, what_is_inside
from standfirst.reading.formats.xml import child, inherited_language, language_of, line, parse_xml, stated
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import embargo_end, normalize_timestamp

_ITEMS = {
    "newsItem": "news item",
    "packageItem": "package",
    "conceptItem": "concept item",
    "planningItem": "planning item",
    "knowledgeItem": "knowledge item",
    "catalogItem": "catalogue item",
    # What the Implementation Guide prints, and some systems store, of an item.
    "contentSet": "content set",
    "inlineXML": "content set",
}
# IPTC NewsCodes, ninature: the item class of a news item.
_CLASSES = {
    "text": "text item",
    "picture": "picture",
    "graphic": "graphic",
    "video": "video",
    "audio": "sound recording",
    "animation": "animation",
    "composite": "composite item",
}
_OF_TEXT = {"text item", "news item", "content set"}
_BARRED = {"withheld": "withheld", "canceled": "cancelled", "cancelled": "cancelled"}
_SUBHEADS = frozenset({"subheadline", "subhead", "subtitle"})
_HEADLINES = ("", "main")
_SUMMARIES = ("summary", "")

_PART = re.compile(r"[A-Za-z0-9._~:@,-]{1,120}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._~:@,-]+")
_LONGEST_SLUG = 100
_MOST_LABELS = 100
_DIGITS_OF_HASH = 12


def read(source: Source) -> list[ParsedArticle | UnreadPart]:
    """Returns the articles of a NewsML-G2 item, package or message, in its order.

    Of several items those that are no texts, such as a picture and its caption, are left out as long as one remains.
    Each has a ``part``: the item's guid, spelled so that it is safe in a URL's path. Of two versions of an item the
    newer is read. Raises EmptyDocument, saying what there is, when no item holds a text; ArticleKilled when none may be
    published, InvalidDocument for what ``parse_xml`` refuses.
    """
    root = parse_xml(source)
    items = _items(root)
    if len(items) == 1:
        return _with_parts([(items[0], _single(items[0]))])
    articles = [(item, article) for item in _newest(items) if (article := _usable(item))]
    if all(isinstance(article, UnreadPart) and article.is_killed for _, article in articles):
        raise (ArticleKilled if articles else EmptyDocument)(_listing(root, items))
    return _with_parts([(item, article) for item, article in articles if not _is_caption(item, article)] or articles)


def _items(root: etree._Element) -> list[etree._Element]:
    if root.tag in _ITEMS:
        return [root]
    items = [item for item_set in root.iter("itemSet") for item in item_set.iterchildren(*_ITEMS)]
    if items:
        return items
    if root.tag == "newsMessage":
        raise EmptyDocument("This NewsML-G2 message is empty: its itemSet holds no items.")
    raise InvalidDocument(f"The XML is no NewsML-G2: its root element is <{root.tag[:100]}>.")


def _single(item: etree._Element) -> ParsedArticle:
    _refuse_barred(item)
    if article := _article(item):
        return article
    raise _empty(item)


def _empty(item: etree._Element) -> EmptyDocument:
    return EmptyDocument(_why_empty(item)).under_embargo(_embargo(item))


def _embargo(item: etree._Element) -> str | None:
    embargoed = child(item, "itemMeta", "embargoed")
    return None if embargoed is None else embargo_end(embargoed.text)


def _refuse_barred(item: etree._Element) -> None:
    if status := _barred(item):
        raise ArticleKilled(f"The provider has {status} this NewsML-G2 item (pubStatus): it may not be published.")


def _usable(item: etree._Element) -> ParsedArticle | UnreadPart | None:
    """Returns the article of one item among several, or why it cannot be read; None where the item is to have none."""
    try:
        _refuse_barred(item)
        article = _article(item)
        is_missing = article is None and _kind(item) == _CLASSES["text"]
        return UnreadPart(None, _empty(item)) if is_missing else article
    except ReadingError as error:
        return UnreadPart(None, error)


def _is_caption(item: etree._Element, article: ParsedArticle | UnreadPart) -> bool:
    """Returns whether the text is the few words beside a picture or the like, and not a text too short to read."""
    is_short = isinstance(article, UnreadPart) or len("\n\n".join(article.paragraphs)) < MIN_TEXT_CHARACTERS
    return is_short and _kind(item) not in _OF_TEXT


def _barred(item: etree._Element) -> str | None:
    status = child(item, "itemMeta", "pubStatus")
    return _BARRED.get(_local(stated(status, "qcode", "uri")))


def _article(item: etree._Element) -> ParsedArticle | None:
    meta, content = child(item, "itemMeta"), child(item, "contentMeta")
    languages = [] if content is None else [tag for tag in (stated(e, "tag") for e in content.iter("language")) if tag]
    language = languages[0] if languages else inherited_language(item)
    around = _around(content, language)
    article = longest_rendition(item, around)
    if article is None:
        return None
    return replace(
        article,
        headline=around.headline or article.headline,
        language=_language(languages, article.language) or language,
        published_at=_created(meta, content) or article.published_at,
        version=stated(item, "version") or article.version,
        embargoed_until=_embargo(item) or article.embargoed_until,
        labels=(*_genres(content), *article.labels),
    )


def _genres(content: etree._Element | None) -> Iterator[str]:
    for genre in [] if content is None else islice(content.iterchildren("genre"), _MOST_LABELS):
        stated_as = [genre.get(name) for name in ("qcode", "uri", "literal")]
        yield from filter(None, [*stated_as, line(child(genre, "name"))])


def _around(content: etree._Element | None, language: str | None) -> Around:
    headlines = _labels(content, "headline", language)
    main = [(role, text) for role, text in headlines if role not in _SUBHEADS]
    main.sort(key=lambda label: _HEADLINES.index(label[0]) if label[0] in _HEADLINES else len(_HEADLINES))
    summaries = [(role, text) for role, text in _labels(content, "description", language) if role in _SUMMARIES]
    summaries.sort(key=lambda label: _SUMMARIES.index(label[0]))
    return Around(
        headline=main[0][1] if main else None,
        standfirsts=tuple(text for role, text in headlines if role in _SUBHEADS),
        summaries=tuple(text for _, text in summaries),
    )


def _labels(content: etree._Element | None, name: str, language: str | None) -> list[tuple[str, str]]:
    """Returns role and text of every ``name``; those in the article's language alone, where there are any."""
    elements = [] if content is None else list(islice(content.iterchildren(name), _MOST_LABELS))
    spoken = [element for element in elements if _same_language(language_of(element), language)]
    labels = ((_local(stated(element, "role")), line(element)) for element in spoken or elements)
    return [(role, text) for role, text in labels if text]


def _same_language(tag: str | None, other: str | None) -> bool:
    return not tag or not other or tag.partition("-")[0].lower() == other.partition("-")[0].lower()


def _language(languages: Sequence[str], of_text: str | None) -> str | None:
    """Returns an item in several languages is in the one that its text says, if it says one of them."""
    if len(languages) == 1 or (of_text not in languages and languages):
        return languages[0]
    return of_text


def _created(meta: etree._Element | None, content: etree._Element | None) -> str | None:
    steps = (
        (meta, "firstCreated"),
        (meta, "versionCreated"),
        (content, "contentCreated"),
        (content, "contentModified"),
    )
    return next(filter(None, (normalize_timestamp(line(child(parent, name))) for parent, name in steps)), None)


def _local(code: str | None) -> str:
    """Returns the end of a QCode (``hld:subHeadline``) or of the URI that it stands for, in small letters."""
    return re.split(r"[:/#]", code or "")[-1].strip().lower()


def _newest(items: Sequence[etree._Element]) -> Iterator[etree._Element]:
    """Returns ``items`` without those of which there is a newer version, by guid and version."""
    newest: Counter[str] = Counter()
    for item in items:
        newest[stated(item, "guid") or ""] = max(newest[stated(item, "guid") or ""], _number(item))
    return (item for item in items if not (guid := stated(item, "guid")) or _number(item) == newest[guid])


def _number(item: etree._Element) -> int:
    version = stated(item, "version") or ""
    return int(version) if version.isdecimal() and len(version) < _DIGITS_OF_HASH else 0


def _with_parts(
    articles: Sequence[tuple[etree._Element, ParsedArticle | UnreadPart]],
) -> list[ParsedArticle | UnreadPart]:
    seen: Counter[str] = Counter()
    parts = []
    for position, (item, _) in enumerate(articles, 1):
        part = _part(stated(item, "guid")) or f"item-{position}"
        seen[part] += 1
        parts.append(part if seen[part] == 1 else f"{part}~{seen[part]}")
    return [replace(article, part=part) for part, (_, article) in zip(parts, articles, strict=True)]


def _part(guid: str | None) -> str | None:
    """``guid`` in characters that a URL's path holds unescaped; what has to be changed for it ends in its hash."""
    if not guid or _PART.fullmatch(guid):
        return guid
    digest = hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS_OF_HASH]
    return f"{_UNSAFE.sub('-', guid)[:_LONGEST_SLUG].strip('-.~')}-{digest}"


def _kind(item: etree._Element) -> str:
    name = _local(stated(child(item, "itemMeta", "itemClass"), "qcode", "uri"))
    if item.tag != "newsItem" or not name:
        return _ITEMS[item.tag]
    return _CLASSES.get(name) or f"'{name[:40]}' item"


def _why_empty(item: etree._Element) -> str:
    kind = _kind(item)
    if item.tag == "packageItem":
        references = sum(1 for _ in item.iter("itemRef"))
        return f"This is a NewsML-G2 package: it refers to {_counted(references, 'item')} and holds no text itself."
    if kind not in _OF_TEXT:
        return f"This is a NewsML-G2 {kind}: it holds no text."
    has = "has a headline and no text" if line(child(item, "contentMeta", "headline")) else "holds no text"
    return f"This NewsML-G2 {kind} {has}: {what_is_inside(item)}."


def _listing(root: etree._Element, items: Sequence[etree._Element]) -> str:
    kinds = Counter(f"{_barred(item) or ''} {_kind(item)}".strip() for item in items)
    counted = [_counted(number, kind) for kind, number in kinds.items()]
    whole = " and ".join(filter(None, [", ".join(counted[:-1]), counted[-1]]))
    name = "message" if root.tag == "newsMessage" else f"<{root.tag[:100]}>"
    return f"This is a NewsML-G2 {name} of {whole}: none of them holds a text that may be published."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
