"""schema.org articles in JSON-LD: one node, a list of nodes, or a ``@graph`` (schema.org/Article, JSON-LD 1.1)."""

from collections.abc import Iterable, Sequence

from standfirst.domain.article import UnreadPart
from standfirst.domain.errors import EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.boilerplate.paragraphs import Block
from standfirst.reading.embargo import embargo_among, failing_under
from standfirst.reading.formats.json_body import blocks_of_text, one_line, read_body
from standfirst.reading.formats.json_validation import MOST_PIECES, refuse_many
from standfirst.reading.formats.parts import with_distinct_parts
from standfirst.reading.formats.schema_org.json_ld import (
    Node,
    articles_among,
    children,
    labels,
    labels_of,
    language_of_context,
    languages,
    nodes_of,
    texts,
    types_of,
    versions,
)
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source
from standfirst.reading.timestamps import normalize_timestamp

_NAME = "JSON-LD"
_NAMED_KINDS = 3
_MOST_ARTICLES = 200
"""In one document; a day's newspaper has fewer."""


def read(source: Source) -> list[ParsedArticle | UnreadPart]:
    """Returns the articles of a JSON-LD document: each article in it that has a text, whatever its subtype.

    The text is ``articleBody`` (text or HTML), else ``text``, else the ``articleBody`` of each ``liveBlogUpdate``. The
    own standfirst is ``alternativeHeadline``, ``abstract``, or ``description`` where that is not merely the body's
    first words. Each article has a ``part``: its ``@id`` or ``url``, else its place in the document. One whose text is
    empty or of the wrong type (naming the property) is an UnreadPart. Raises InvalidDocument for broken JSON,
    for a document without an article (saying what it holds) and for articles without a text.
    """
    values = source.json
    nodes = nodes_of(values)
    articles = articles_among(nodes)
    if not articles:
        raise InvalidDocument(f"The JSON-LD holds no article{_kinds(nodes)}.")
    language = language_of_context(values)
    found = [each for article in articles if (each := _read(article, language))]
    refuse_many(len(found), _MOST_ARTICLES, "articles", _NAME)
    if not found:
        raise InvalidDocument(f"The {types_of(articles[0])[0]} has no 'articleBody': it holds no text of an article.")
    return with_distinct_parts(found)


def _read(article: Node, language: str | None) -> ParsedArticle | UnreadPart | None:
    """Returns the article, or why it cannot be read; None for a mere mention without a text."""
    try:
        with failing_under(embargo_among(article.values)):
            body = _bodies(article)
            return _parsed(article, body, language) if body else None
    except ReadingError as error:
        return UnreadPart(_address(article), error)


def _kinds(nodes: Sequence[Node]) -> str:
    kinds = dict.fromkeys(name[:40] for node in nodes for name in types_of(node))
    return f", only {', '.join(list(kinds)[:_NAMED_KINDS])}" if kinds else ": no node of it has an '@type'"


def _bodies(article: Node) -> list[str]:
    """Returns the strings that hold the text of ``article``; none for a mere mention, as in a list of links."""
    return (
        texts(article, "articleBody")
        or texts(article, "text")
        or [text for update in children(article, "liveBlogUpdate") for text in texts(update, "articleBody")]
    )


def _blocks(bodies: Sequence[str]) -> list[Block]:
    refuse_many(len(bodies), MOST_PIECES, "texts in one article", _NAME)
    return [block for body in bodies for block in blocks_of_text(body)]


def _parsed(article: Node, body: Sequence[str], language: str | None) -> ParsedArticle:
    blocks = _blocks(body)
    if not blocks:
        raise EmptyDocument("The 'articleBody' of the JSON-LD is empty.")
    page = read_body(
        blocks,
        one_line(_first(labels(article, "headline")) or _first(labels(article, "name"))),
        [*labels(article, "alternativeHeadline"), *labels(article, "abstract")],
        labels(article, "description"),
    )
    return ParsedArticle(
        paragraphs=page.paragraphs,
        headline=page.headline,
        standfirst=page.standfirst,
        language=_first(languages(article)) or language,
        published_at=normalize_timestamp(_first(labels(article, "datePublished"))),
        version=_first(versions(article)),
        embargoed_until=embargo_among(article.values),
        part=_address(article),
        labels=tuple(labels_of(article)),
        lines=page.lines,
    )


def _address(article: Node) -> str | None:
    return _first(labels(article, "@id")) or _first(labels(article, "url"))


def _first(values: Iterable[str]) -> str | None:
    return next((value.strip() for value in values if value.strip()), None)
