"""What the texts of a ninjs item are for: headline, standfirst, description or body, by the roles providers give them.

The schemas leave roles to the provider ("Role and contentType are then undefined and their interpretation is up to the
provider", ninjs-schema_3.1.json), so a role is taken apart into words and each of them may say what the text is.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from standfirst.domain.word_count import count_words
from standfirst.reading.boilerplate.page import Page
from standfirst.reading.boilerplate.paragraphs import ends_sentence, split_blocks
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.text import is_markup, split_html
from standfirst.reading.formats.json_body import one_line, read_body
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

_MAIN = frozenset({"main", "headline", "title", "default", "hed", "hl1", "mainheadline"})
_STANDFIRST = frozenset(
    {
        "sub", "subheadline", "subheading", "subhead", "subtitle", "subline", "dek", "deck", "standfirst", "ingress",
        "lead", "lede", "preamble", "intro", "introduction", "strapline", "hl2", "chapeau", "untertitel", "vorspann",
    }
)  # fmt: skip
_SUMMARY = frozenset({"summary", "abstract", "synopsis"})
_BODY = frozenset(
    {
        "", "main", "text", "plain", "plaintext", "html", "html5", "richhtml5", "xhtml", "richtext", "body", "full",
        "fulltext", "story", "article", "default", "content",
    }
)  # fmt: skip
_NO_BODY = frozenset(
    {
        "caption", "captions", "teaser", "note", "notes", "ednote", "advisory", "correction", "factbox", "facts",
        "shotlist", "credit", "byline", "copyright", "contact", "contacts", "keywords", "signature",
    }
)  # fmt: skip
_TEXT = frozenset({"", "text", "main", "plain", "html", "default"})

_WORD = re.compile(r"[a-z0-9]+")
_OTHER_FORMAT = re.compile(r"xml|json|nitf|rtf|pdf")
_XML_DECLARATION = re.compile(r"(?<!\s)\s*<\?xml[^<>]*\?>")
_NITF = re.compile(r"\s*+(?:<\?xml[^<>]*\?>\s*+)?(?:<!DOCTYPE nitf\b[^<>]*>\s*+)?<nitf[\s>]", re.IGNORECASE)
_SAME_TEXT = 0.8
"""Of the words of the longest body: versions of one text differ by captions and headings, not by more."""


@dataclass(frozen=True, slots=True)
class NamedText:
    """One text of an item. ``role`` is the provider's word for it, in 1.x what the field's name says."""

    role: str | None
    content_type: str | None
    value: str

    @property
    def roles(self) -> frozenset[str]:
        """``{"sub", "headline", "subheadline"}`` for ``hld:sub-headline``; ``{""}`` when nothing is said."""
        words = _WORD.findall((self.role or "").lower().rpartition(":")[2])
        return frozenset({*words, "".join(words)})

    @property
    def is_html(self) -> bool:
        """Whether it says so, or looks so."""
        declared = "html" in (self.content_type or "").lower() or any("html" in role for role in self.roles)
        return declared or is_markup(self.value)

    @property
    def is_readable(self) -> bool:
        """Whether it is text or HTML, and not another format put into a string."""
        kind = (self.content_type or "").lower()
        return not self.is_nitf and (not kind or "html" in kind or not _OTHER_FORMAT.search(kind))

    @property
    def is_nitf(self) -> bool:
        """Whether it is an NITF document (``text/vnd.IPTC.NITF``, IANA media types)."""
        return bool(_NITF.match(self.value))


def headline_of(headlines: Sequence[NamedText]) -> str | None:
    """Returns the main headline; never one that a role calls a standfirst."""
    ours = [text for text in headlines if not text.roles & (_STANDFIRST | _SUMMARY)]
    ranked = sorted(ours, key=lambda text: 0 if text.roles & _MAIN else 1 if text.role is None else 2)
    return next((line for text in ranked if (line := one_line(text.value))), None)


def standfirsts_of(texts: Iterable[NamedText]) -> list[str]:
    """Returns the texts that a role calls the paper's own standfirst."""
    return [text.value for text in texts if text.roles & _STANDFIRST]


def descriptions_of(texts: Iterable[NamedText]) -> list[str]:
    """Returns the texts that a role calls a summary; others describe the item to editors or are cut from it."""
    return [text.value for text in texts if text.roles & _SUMMARY and not text.roles & _STANDFIRST]


def text_of(descriptions: Iterable[NamedText]) -> NamedText | None:
    """Returns the description that is the text itself, whole; None when there is none."""
    texts = [text for text in descriptions if text.roles & _TEXT]
    return next((text for text in texts if ends_sentence(one_line(text.value) or "")), None)


def body_of(
    bodies: Sequence[NamedText],
    headline: str | None,
    standfirsts: Sequence[str],
    descriptions: Sequence[str],
) -> Page | None:
    """Returns the article in ``bodies``; None when there is no body.

    Several bodies are versions of one text. Of those that hold (nearly) all of it, plain text is taken where it has
    paragraphs, for it holds no captions; else HTML, which knows its paragraphs.
    """
    ours = [body for body in bodies if not body.roles & _NO_BODY and body.is_readable]
    ours = [body for body in ours if body.roles & _BODY] or ours
    pages = [(body, _page_of(body, headline, standfirsts, descriptions)) for body in ours]
    if not pages:
        return next((_page_of_nitf(body, headline) for body in bodies if body.is_nitf), None)
    most = max(_words(page) for _, page in pages)
    full = [(body, page) for body, page in pages if _words(page) >= most * _SAME_TEXT]
    return min(full, key=lambda each: _preference(*each))[1]


def _page_of(body: NamedText, headline: str | None, standfirsts: Sequence[str], descriptions: Sequence[str]) -> Page:
    blocks = split_html(body.value) if body.is_html else split_blocks(clean_characters(body.value))
    return read_body(blocks, headline, standfirsts, descriptions)


def _page_of_nitf(body: NamedText, headline: str | None) -> Page:
    """Returns the article of an NITF document that is the only body; what it says of itself is the item's to say."""
    # Its declaration names the charset of a file that it no longer is.
    source = Source(_XML_DECLARATION.sub("", body.value, count=1).encode("utf-8", "surrogatepass"), "body.nitf")
    # Only now, for it brings a parser that JSON does not need.
    reader = import_module("standfirst.reading.formats.nitf.document")
    article: ParsedArticle = reader.read(source)[0]
    return Page(headline or article.headline, article.standfirst, article.paragraphs, article.lines)


def _words(page: Page) -> int:
    return sum(map(count_words, page.paragraphs))


def _preference(body: NamedText, page: Page) -> tuple[bool, bool]:
    """Returns a sort key: small is good; among equals the provider's order holds."""
    return len(page.paragraphs) < 2, body.is_html  # noqa: PLR2004 - one paragraph tells nothing of the others
