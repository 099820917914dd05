"""RSS 2.0 and 1.0, and Atom (RFC 4287): a feed is a list of the latest articles, each item one of them."""

import re
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from html import escape

from lxml import etree

from standfirst.domain.article import UnreadPart
from standfirst.domain.errors import ArticleKilled, EmptyDocument, InvalidDocument, ReadingError, UnreadableText
from standfirst.reading.boilerplate.paragraphs import Block
from standfirst.reading.formats.json_body import blocks_of_text, one_line, read_body
from standfirst.reading.formats.json_validation import refuse_many
from standfirst.reading.formats.parts import with_distinct_parts
from standfirst.reading.formats.posts import embargo_of_status
from standfirst.reading.formats.xml import child, inherited_language, line, parse_xml, stated
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import normalize_timestamp

_MOST_ITEMS = 500

_BESIDE = re.compile(r"search\.yahoo\.com/mrss|itunes\.com/dtds|wordpress\.org/export/[\d.]{1,5}/excerpt")
"""Namespaces whose titles, contents and descriptions are those of pictures and sound, or merely the first words."""

_LEAST_WHOLE = 3
"""Paragraphs of a description that is the article, where the item holds no other text; a teaser has fewer."""

_PUBLISHED = ("pubDate", "published", "date", "issued")
_UPDATED = ("updated", "modified")


def read(source: Source) -> list[ParsedArticle | UnreadPart]:
    """Returns the article of each item: its ``content:encoded`` or, in Atom, its ``content``.

    ``description`` or ``summary`` is the standfirst where it says something of its own. The ``part`` is the ``guid`` or
    ``id``, else the link, else the title; of two items with the same one the first is read, which is the newer in a
    feed. An item that has only a teaser is an UnreadPart. What Atom (RFC 5023) or an export of WordPress marks as not
    published is under an embargo or killed. Raises EmptyDocument for a feed without items,
    DocumentTooLarge for very many, InvalidDocument for what ``parse_xml`` refuses.
    """
    root = parse_xml(source, _BESIDE)
    items = {_name(item) or place: item for place, item in reversed(list(enumerate(_items(root), 1)))}
    refuse_many(len(items), _MOST_ITEMS, "items", "feed")
    if not items:
        raise EmptyDocument("The feed holds no items.")
    language = line(child(root, "channel", "language"))
    return with_distinct_parts(
        [_article_or_failure(item, str(name), language) for name, item in reversed(items.items())]
    )


def _items(root: etree._Element) -> Iterator[etree._Element]:
    """Yields the items of RSS 2.0 (inside the channel), of RSS 1.0 (beside it) or the entries of Atom."""
    yield from (
        item for parent in (root, *root.iterchildren("channel")) for item in parent.iterchildren("item", "entry")
    )


def _name(item: etree._Element) -> str | None:
    """Returns what names the item; None for a name that cannot be read, which is no reason to refuse its neighbours."""
    try:
        return line(child(item, "guid")) or line(child(item, "id")) or _link(item) or line(child(item, "title"))
    except UnreadableText:
        return None


def _link(item: etree._Element) -> str | None:
    """Returns the address of the article: Atom has several links, and says which."""
    links = [link for link in item.iterchildren("link") if (stated(link, "rel") or "alternate") == "alternate"]
    return next(filter(None, (line(link) or stated(link, "href") for link in links)), None)


def _article_or_failure(item: etree._Element, name: str, language: str | None) -> ParsedArticle | UnreadPart:
    try:
        return _article(item, name, language)
    except ReadingError as error:
        return UnreadPart(name, error, is_listed=True)


def _article(item: etree._Element, name: str, language: str | None) -> ParsedArticle:
    embargo = _embargo(item)
    bodies = [_blocks(element) for element in item.iterchildren("encoded", "content")]
    teasers = [_blocks(element) for element in item.iterchildren("description", "summary")]
    body = max([*bodies, *(teaser for teaser in teasers if len(teaser) >= _LEAST_WHOLE)], key=_length, default=[])
    if not body:
        has = "only a teaser of the article" if any(teasers) else "no text"
        reason = f"The item of the feed has {has}: 'content:encoded' or, in Atom, 'content' is needed."
        raise InvalidDocument(reason).under_embargo(embargo)
    descriptions = [" ".join(block.text for block in teaser) for teaser in teasers if teaser != body]
    page = read_body(body, one_line(line(child(item, "title"))), (), descriptions)
    return ParsedArticle(
        paragraphs=page.paragraphs,
        headline=page.headline,
        standfirst=page.standfirst,
        lines=page.lines,
        language=inherited_language(item) or language,
        published_at=_timestamp(item, _PUBLISHED) or _timestamp(item, _UPDATED),
        version=_timestamp(item, _UPDATED),
        embargoed_until=embargo,
        part=name,
        is_listed=True,
    )


def _embargo(item: etree._Element) -> str | None:
    """Returns the end of the embargo on ``item``; raises ArticleKilled for a post that is not for the public."""
    if line(child(item, "post_password")):
        raise ArticleKilled("The item is not for the public: it is protected by a password.")
    is_draft = (line(child(item, "control", "draft")) or "").lower() == "yes"
    status = "draft" if is_draft else line(child(item, "status"))
    return embargo_of_status("item of the feed", status, _timestamp(item, _PUBLISHED))


def _blocks(element: etree._Element) -> list[Block]:
    """Returns the blocks of text or escaped HTML, or of the XHTML that Atom may hold as it is."""
    if len(element):
        inner = (etree.tostring(each, encoding="unicode", method="html") for each in element)
        return blocks_of_text("".join([escape(element.text or ""), *inner]))
    return blocks_of_text(element.text or "")


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _timestamp(item: etree._Element, names: Sequence[str]) -> str | None:
    """Returns the first date of ``names``, which RSS 2.0 writes as mails do (RFC 5322), all others in ISO 8601."""
    for name in names:
        if text := line(child(item, name)):
            try:
                return normalize_timestamp(text) or normalize_timestamp(parsedate_to_datetime(text).isoformat())
            except (ValueError, OverflowError):
                continue
    return None
