"""Bytes to articles: the one entry point of this package, whatever format they are in."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

from standfirst.domain.article import (
    MAX_HEADLINE_CHARACTERS,
    MAX_METADATA_CHARACTERS,
    MAX_STANDFIRST_CHARACTERS,
    MAX_TEXT_CHARACTERS,
    MIN_TEXT_CHARACTERS,
    UNDETERMINED,
    Article,
    ArticleKind,
    Document,
    UnreadPart,
    refuse_oversized,
)
from standfirst.domain.errors import (
    ArticleTooShort,
    DocumentTooLarge,
    EmptyDocument,
    InvalidDocument,
    NotAnArticle,
    ReadingError,
)
from standfirst.reading.completeness import (
    ENDS_IN_PROMPT,
    is_prompt,
    is_prompt_below,
    lines_below,
    unfinished_end,
    without_prompt,
)
from standfirst.reading.detection.format import Format, format_of
from standfirst.reading.detection.gzip import unpacked
from standfirst.reading.encoding.characters import clean_characters, refuse_lossy
from standfirst.reading.kinds.detect import detect_kind
from standfirst.reading.kinds.structure import kind_of_text
from standfirst.reading.language import language_of, normalize_tag
from standfirst.reading.notices.refuse import refuse_notice
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source


class Reader(Protocol):
    """The module of one format."""

    def read(self, source: Source) -> Sequence[ParsedArticle | UnreadPart]:
        """Returns the articles in ``source``, at least one; raises ReadingError if it cannot be read at all.

        A format that can hold several gives each a ``part`` that no other has.
        """
        ...


# By name, because a parser is loaded only when its format arrives.
_READERS: Mapping[Format, str] = MappingProxyType(
    {
        Format.TEXT: "plain_text",
        Format.MARKDOWN: "markdown",
        Format.HTML: "html.page",
        Format.JSON: "plain_json",
        Format.NINJS: "ninjs.item",
        Format.ANS: "ans.story",
        Format.SCHEMA_ORG: "schema_org.article",
        Format.WORDPRESS: "wordpress",
        Format.GHOST: "ghost",
        Format.RSS: "feed",
        Format.ATOM: "feed",
        Format.NITF: "nitf.document",
        Format.NEWSML_G2: "newsml_g2.item",
    }
)


def read_document(document: Document) -> tuple[Article | UnreadPart, ...]:
    """Returns the articles in ``document``, without the pages around them; more than one only for a package.

    Each article of a package stands or fails alone: one that cannot be read is an UnreadPart. A document that cannot be
    read at all, or whose only article cannot, is an error; but the only one of a list that its provider has killed is
    an UnreadPart, as that says nothing of the articles the list had before. Every failure is a ReadingError whose text
    tells the uploader what is wrong: UnknownFormat, UnreadableText, InvalidDocument, EmptyDocument, ArticleTooShort,
    DocumentTooLarge. Nothing is ever cut to fit.
    """
    if not document.content:
        raise EmptyDocument("The document is empty: it has 0 bytes.")
    refuse_oversized(len(document.content))
    source = unpacked(Source.of(document))
    found = format_of(source)
    reader = cast("Reader", import_module(f"standfirst.reading.formats.{_READERS[found]}"))
    parsed_articles = reader.read(source)
    if len(parsed_articles) > 1:
        document = replace(document, headline=None)  # one headline cannot be that of all
    articles = tuple(_article_or_failure(parsed, document, found) for parsed in parsed_articles)
    if len(articles) == 1 and isinstance(only := articles[0], UnreadPart) and not (only.is_killed and only.is_listed):
        raise only.error
    return articles


def read_single(document: Document) -> Article:
    """Returns the one article in ``document`` that its provider has not killed.

    Raises InvalidDocument for several, else as ``read_document``.
    """
    found = read_document(document)
    if len(found) == 1 and isinstance(found[0], UnreadPart):
        raise found[0].error
    articles = [each for each in found if not (isinstance(each, UnreadPart) and each.is_killed)]
    match articles:
        case [Article() as article]:
            return article
    raise InvalidDocument(f"The document holds {len(articles)} articles; one is expected here.")


def _article_or_failure(parsed: ParsedArticle | UnreadPart, document: Document, found: Format) -> Article | UnreadPart:
    if isinstance(parsed, UnreadPart):
        return parsed
    try:
        return _article(parsed, document, found)
    except ReadingError as error:
        return UnreadPart(parsed.part, error, parsed.is_listed)


def _article(parsed: ParsedArticle, document: Document, found: Format) -> Article:
    """Returns ``parsed`` as an Article, with what the uploader said of it, if its length is one we take."""
    paragraphs = without_prompt(_paragraphs(parsed))
    article = Article(
        paragraphs=paragraphs,
        language=UNDETERMINED,
        format=found,
        headline=_line(document.headline) or parsed.headline,
        standfirst=parsed.standfirst,
        published_at=parsed.published_at,
        version=_line(parsed.version),
        embargoed_until=parsed.embargoed_until,
        part=parsed.part,
        is_listed=parsed.is_listed,
    )
    try:
        refuse_notice(parsed.headline, parsed.paragraphs)
        if not paragraphs and any(map(is_prompt, parsed.lines or parsed.paragraphs)):
            raise NotAnArticle("The document holds an invitation to subscribe or to log in, and no article.")
        _check(article)
    except ReadingError as error:
        raise error.under_embargo(article.embargoed_until) from None
    declared = normalize_tag(document.language) or normalize_tag(parsed.language)
    language, disbelieved = language_of(article.text, declared)
    below = lines_below(parsed.lines, paragraphs)
    is_prompted = len(paragraphs) < len(parsed.paragraphs) or is_prompt_below(below)
    partial = parsed.partial or (ENDS_IN_PROMPT if is_prompted else unfinished_end(paragraphs, below, language))
    lines = parsed.all_lines or parsed.lines or parsed.paragraphs
    kind = detect_kind(parsed.labels, article.headline, lines, language, article.words)
    return replace(article, language=language, declared_language=disbelieved, partial=partial, kind=kind)


def _paragraphs(parsed: ParsedArticle) -> tuple[str, ...]:
    """Returns the paragraphs of ``parsed``; all lines of a table of results, of which hardly any is a paragraph."""
    lines = parsed.all_lines or parsed.lines
    is_short = sum(map(len, parsed.paragraphs)) < MIN_TEXT_CHARACTERS
    is_table = is_short and kind_of_text("", lines, UNDETERMINED) is ArticleKind.RESULTS
    return lines if is_table else parsed.paragraphs


def _check(article: Article) -> None:
    """Raises UnreadableText for a story of which letters are lost, DocumentTooLarge and ArticleTooShort by length."""
    refuse_lossy(article.text)
    _check_length(len(article.text))
    _check_apparatus("headline", article.headline, MAX_HEADLINE_CHARACTERS)
    _check_apparatus("standfirst", article.standfirst, MAX_STANDFIRST_CHARACTERS)
    for what in ("published_at", "version", "embargoed_until", "part"):
        _check_apparatus(what, getattr(article, what), MAX_METADATA_CHARACTERS)


def _line(text: str | None) -> str | None:
    return " ".join(clean_characters(text or "").split()) or None


def _check_length(characters: int) -> None:
    if characters > MAX_TEXT_CHARACTERS:
        raise DocumentTooLarge(f"The article has {characters:,} characters; at most {MAX_TEXT_CHARACTERS:,} are read.")
    if characters < MIN_TEXT_CHARACTERS:
        raise ArticleTooShort(
            f"The article has {characters} characters once the page around it is gone; "
            f"at least {MIN_TEXT_CHARACTERS} are needed.",
        )


def _check_apparatus(what: str, text: str | None, most: int) -> None:
    if text and len(text) > most:
        raise DocumentTooLarge(f"The {what} has {len(text):,} characters; at most {most:,} are read.")
