"""The plain JSON shape: ``{headline, standfirst?, body|text|paragraphs, language?, published_at?}`` and an embargo."""

from types import MappingProxyType

from standfirst.domain.errors import EmptyDocument, InvalidDocument
from standfirst.reading.boilerplate.page import read_page
from standfirst.reading.boilerplate.paragraphs import Block
from standfirst.reading.embargo import embargo_among, failing_under
from standfirst.reading.encoding.characters import clean_characters
from standfirst.reading.formats.html.text import is_markup, split_html
from standfirst.reading.formats.json_body import blocks_of_text, one_line
from standfirst.reading.formats.json_validation import (
    MOST_PIECES,
    BesideStory,
    StrictModel,
    expect_object,
    refuse_many,
    validated,
)
from standfirst.reading.kinds.labels import labels_in
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import normalize_timestamp

_LABELS = ("kind", "type", "genre", "section", "category")
_EXPECTED = MappingProxyType({"paragraphs": "a list of strings"})


class _PlainArticle(StrictModel):
    headline: str | None = None
    standfirst: str | None = None
    body: str | None = None
    text: str | None = None
    paragraphs: list[str] | None = None
    language: BesideStory = None
    published_at: BesideStory = None


def read(source: Source) -> list[ParsedArticle]:
    """Returns the article of a plain JSON document. A body in one string is read as a page, without boilerplate.

    Raises InvalidDocument for broken JSON (with line and column), for another shape than an object, for headline,
    standfirst or body of the wrong type (naming it) and for a missing body; EmptyDocument for an empty body,
    DocumentTooLarge for one beyond hope. A body in HTML is read as HTML.
    """
    values = expect_object(source.json)
    embargo = embargo_among(values)
    with failing_under(embargo):
        article = validated(_PlainArticle, values, "JSON", _EXPECTED)
        blocks = _blocks(article)
    headline = one_line(article.headline)
    page = read_page(blocks, headline)
    parsed = ParsedArticle(
        paragraphs=page.paragraphs,
        headline=headline or page.headline,
        standfirst=one_line(article.standfirst) or page.standfirst,
        language=article.language,
        published_at=normalize_timestamp(article.published_at),
        embargoed_until=embargo,
        labels=labels_in(values, _LABELS),
        lines=page.lines,
    )
    return [parsed]


def _blocks(article: _PlainArticle) -> list[Block]:
    """Returns the blocks of the first of the body's fields that holds anything."""
    if article.body is None and article.text is None and article.paragraphs is None:
        raise InvalidDocument("The JSON has no body: one of 'body', 'text' or 'paragraphs' is needed.")
    for body in (article.body, article.text):
        if body and body.strip():
            return blocks_of_text(body)
    refuse_many(len(article.paragraphs or ()), MOST_PIECES, "paragraphs", "JSON")
    blocks = [block for paragraph in article.paragraphs or () for block in _blocks_of_paragraph(paragraph)]
    if not blocks:
        raise EmptyDocument("The body of the JSON is empty.")
    return blocks


def _blocks_of_paragraph(paragraph: str) -> list[Block]:
    if is_markup(paragraph):
        return split_html(paragraph)
    line = " ".join(clean_characters(paragraph).split())
    return [Block(line, gap=True)] if line else []
