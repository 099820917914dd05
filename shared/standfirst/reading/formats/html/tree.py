"""HTML to a tree of what a reader sees: parsed once, the hidden and the merely technical out of sight."""

import re
from functools import lru_cache
from itertools import islice

from lxml import etree, html

from standfirst.domain.errors import DocumentTooLarge, EmptyDocument, InvalidDocument, UnreadableText

# Whatever stands in these is not the text of the page, whether a browser shows it or not. ``del`` is what the editor
# has taken out (HTML Living Standard, section 4.7.2), ``rt`` spells a Japanese word that is already there.
UNSEEN_TAGS = frozenset(
    {
        "applet", "aside", "audio", "button", "canvas", "datalist", "del", "dialog", "embed", "figcaption", "figure",
        "iframe", "input", "map", "menu", "meter", "nav", "noembed", "noframes", "noscript", "object", "option",
        "picture", "progress", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title", "video",
    }
)  # fmt: skip

_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_SHOWING_STYLE = re.compile(
    r"visibility\s*:\s*visible|display\s*:\s*(?!none)[a-z-]{1,20}\s*!\s*important", re.IGNORECASE
)
_STYLED = etree.XPath("//*[@style]")
_HOLDS_TEXT = etree.XPath(
    "boolean(descendant-or-self::*[not(self::iframe or self::script or self::style)]/text()[normalize-space(.)])"
)
_STYLES = etree.XPath("//@style", smart_strings=False)
_SHEETS = etree.XPath("//style/text()", smart_strings=False)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
_SIZE = "font-size"

# The customary class names for text that is spoken and not shown, such as "opens in a new window".
_SPOKEN_CLASS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-(?:text|only))?|element-invisible|a11y-hidden)\b", re.IGNORECASE
)

# A page hides these until a script has run, or behind a dialogue: that says nothing of the text in them.
WHOLE_PAGE = frozenset({"html", "body"})

# Found by the parser's own machine, because most elements hide nothing and Python is slow to look at each.
_MAY_HIDE = etree.XPath(
    "//*[@hidden or @aria-hidden or @style or @class[contains(., 'idden') or contains(., 'sr-only')"
    " or contains(., 'creen-r') or contains(., 'creenr') or contains(., 'nvisible')]]"
)

_HIDING = etree.XPath("//*[@hidden or @style]")

_OFTEN_EMPTY = ("b", "em", "i", "q", "span", "strong")
_NAMED_HIDDEN = etree.XPath("//*[@style[contains(., 'hidden')] or @class[contains(., 'hid')]]")
_ON_TELEPHONES = re.compile(r"(?<!\S)(?:hide|hidden)-(?:on-)?(?:mobile|phones?|small|xs|sm)(?!\S)")

# Nobody writes so many; to copy an element takes the square of their number.
_OVERLOADED = etree.XPath("//*[count(@*) > 200]")

_MOST_TEXTS, _LONGEST_BEGINNING = 100, 1_000
"""Texts, and characters of each: more than a paragraph has."""

_MOST_TAGS = 300_000
"""Some hundred times as many as a long article's page has."""

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 10_000

# lxml.html's own choice of classes asks Python about each element, and nobody here wants more of a form than its tag.
_CLASSES = etree.ElementDefaultClassLookup(element=html.HtmlElement)

_CUT_SHORT = re.compile(r"Excessive depth|limit exceeded|Buffer size|out of memory", re.IGNORECASE)


def parse_html(text: str) -> html.HtmlElement:
    """Returns the tree of ``text``, comments and processing instructions left out; nothing is fetched.

    Raises EmptyDocument where there is nothing to parse, and rather than losing what lies beyond the parser's limits
    InvalidDocument (over 255 levels deep) or DocumentTooLarge (10 MB in one piece, or too many tags).
    """
    if (tags := text.count("<")) > _MOST_TAGS:
        raise DocumentTooLarge(f"The HTML has {tags:,} tags; the page of an article has at most {_MOST_TAGS:,}.")
    _refuse_overlong_tags(text)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except UnicodeEncodeError as error:
        raise UnreadableText("The text holds half a surrogate pair, so characters of it are missing.") from error
    except etree.ParserError as error:
        _refuse_cut_short(parser)
        raise EmptyDocument("The HTML holds nothing but comments and white space.") from error
    except etree.LxmlError as error:
        raise InvalidDocument(f"The HTML cannot be parsed: {error}.") from error
    _refuse_cut_short(parser)
    return tree


def _refuse_cut_short(parser: etree.HTMLParser) -> None:
    """Raise where the parser stopped at a limit: what it has by then is an article without its end."""
    for entry in parser.error_log:
        if found := _CUT_SHORT.search(entry.message):
            if found.group().lower().startswith("excessive"):
                raise InvalidDocument("The HTML is nested more than 255 levels deep: its tags are broken.")
            raise DocumentTooLarge("A single piece of text in the HTML is larger than 10 MB.")


def _refuse_overlong_tags(text: str) -> None:
    """Raise InvalidDocument: the parser compares each attribute with all before it, which takes 15 s for 100 000."""
    for tag in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", tag.group()).split()) > _MOST_ATTRIBUTES:
            raise InvalidDocument(f"A tag of the HTML has more than {_MOST_ATTRIBUTES:,} attributes.")


def local_name(element: etree._Element) -> str:
    """Returns the name of the element's tag without a prefix (``xhtml:p`` is ``p``); empty for what is no element."""
    tag = element.tag
    return _without_prefix(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=512)  # a page has some thousand elements and a few dozen tags
def _without_prefix(tag: str) -> str:
    return tag.rpartition(":")[2].rpartition("}")[2].lower()


def is_unseen(element: etree._Element) -> bool:
    """Returns whether nothing in ``element`` is visible text of the page."""
    name = local_name(element)
    return name in UNSEEN_TAGS or not name or is_hidden(element, name)


def is_hidden(element: etree._Element, name: str) -> bool:
    """Returns whether the element's own attributes hide it from the eye."""
    if name in WHOLE_PAGE:
        return False
    if element.get("hidden") is not None or (element.get("aria-hidden") or "").strip().lower() == "true":
        return True
    if (style := element.get("style")) and (_HIDDEN_STYLE.search(style) or _has_no_size(element, style)):
        return True
    return bool((classes := element.get("class")) and _SPOKEN_CLASS.search(classes))


def _has_no_size(element: etree._Element, style: str) -> bool:
    """Returns whether letters have size 0, unless boxes within have a size of their own: it closes their gaps."""
    if not _NO_SIZE.search(style):
        return False
    return not any(_SIZE in (inner.get("style") or "") for inner in element.iterdescendants())


def may_show_hidden(tree: etree._Element) -> bool:
    """Returns whether rules may show text that attributes hide, or an attribute what one around it hides."""
    hides = any(_HIDDEN_STYLE.search(element.get("style") or "") and _HOLDS_TEXT(element) for element in _STYLED(tree))
    return hides and any(map(_SHOWING_STYLE.search, [*_STYLES(tree), *_SHEETS(tree)]))


def beginning_of(element: etree._Element) -> str:
    """Returns the first texts in ``element``, as many as a paragraph or a small box has."""
    return " ".join(text[:_LONGEST_BEGINNING] for text in islice(element.itertext(), _MOST_TEXTS))


def show_hidden(tree: etree._Element) -> None:
    """Take the attributes that hide elements off ``tree``."""
    for element in _HIDING(tree):
        for name in ("hidden", "style"):
            element.attrib.pop(name, None)


def empty_unseen(tree: etree._Element) -> None:
    """Take the text and the children of every unseen element out of ``tree``, in place."""
    unseen = [*tree.iter(*UNSEEN_TAGS), *(found for found in _MAY_HIDE(tree) if is_hidden(found, local_name(found)))]
    for element in _OVERLOADED(tree):
        element.attrib.clear()
    for element in unseen:
        # Emptied rather than removed: to remove it is to join the texts around it, which takes a thousand in a row
        # a thousand times as long.
        element.clear(keep_tail=True)
    # trafilatura takes what is empty out, with the text behind it, and what "hidden" names, if only its overflow is.
    for element in tree.iter(*_OFTEN_EMPTY):
        if len(element) == 0 and element.text is None and element.tail is not None:
            element.text = " "
    for element in _NAMED_HIDDEN(tree):
        element.attrib.pop("style", None)
        if classes := element.get("class"):
            element.set("class", _ON_TELEPHONES.sub("", classes))
