"""The response bodies about articles and about texts that are checked while somebody writes them."""

from typing import Annotated

from pydantic import Field

from standfirst.domain.article import ArticleId, ArticleKind, Language, LeftOut
from standfirst.domain.draft import Checks, Evidence, Finding, TextCount
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.schema import Schema, as_in
from standfirst.use_cases.check_texts import CheckedTexts
from standfirst.use_cases.get_article import FoundArticle


class ArticleAsRead(Schema):
    """The article of a revision, as it was read: without the page around it."""

    article_id: Annotated[ArticleId, as_in(Record, "article_id")]
    revision: Annotated[int, as_in(Record, "revision")]
    headline: Annotated[str | None, as_in(Record, "headline")]
    standfirst: Annotated[str | None, as_in(ArticleSource, "standfirst")]
    paragraphs: Annotated[
        tuple[str, ...],
        Field(
            description="Its paragraphs; evidence and findings name them by their index here, from 0.",
            examples=[["The ferry across the Sele will return in June, the town council decided on Friday."]],
        ),
    ]
    kind: Annotated[ArticleKind, as_in(ArticleSource, "kind")]
    language: Annotated[Language, Field(description="Its language (BCP 47).", examples=["en"])]
    declared_language: Annotated[Language | None, as_in(ArticleSource, "declared_language")]
    published_at: Annotated[str | None, as_in(ArticleSource, "published_at")]
    embargoed_until: Annotated[str | None, as_in(ArticleSource, "embargoed_until")]
    partial: Annotated[str | None, as_in(ArticleSource, "partial")]
    format: Annotated[str, Field(description="The format that it was read from.", examples=["ninjs"])]
    words: Annotated[int, Field(description="The length in words.", examples=[412])]
    left_out: Annotated[
        tuple[LeftOut, ...],
        Field(description="The words that no text of a summary may use: orders to a machine, other languages."),
    ]


class TextChecks(Schema):
    """What the checks say of texts, as of a generated text: an error would keep one from being served."""

    findings: Annotated[
        tuple[Finding, ...], Field(description="What the checks found; spans count in the texts as they were sent.")
    ]
    evidence: Annotated[tuple[Evidence, ...], as_in(Record, "evidence")]
    checks: Annotated[Checks, Field(description="The findings counted, and the sentences to look at first.")]
    counts: Annotated[
        tuple[TextCount, ...], Field(description="The size of each text, and what the house style allows.")
    ]


def article_as_read(found: FoundArticle, left_out: tuple[LeftOut, ...]) -> ArticleAsRead:
    """Returns the response about an article."""
    record, article = found.record, found.article
    return ArticleAsRead(
        article_id=record.article_id,
        revision=record.revision,
        headline=article.headline,
        standfirst=article.standfirst,
        paragraphs=article.paragraphs,
        kind=article.kind,
        language=article.language,
        declared_language=article.declared_language,
        published_at=article.published_at,
        embargoed_until=article.embargoed_until,
        partial=article.partial,
        format=article.format,
        words=article.words,
        left_out=left_out,
    )


def text_checks(checked: CheckedTexts) -> TextChecks:
    """Returns the response about texts."""
    return TextChecks(
        findings=checked.findings, evidence=checked.evidence, checks=checked.checks, counts=checked.counts
    )
