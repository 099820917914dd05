"""``SummarizeUpload`` over fakes."""

import re
from collections.abc import Sequence

from builders import a_style
from fakes import FakeArticles, FakeClock, FakeSummaries, FakeWriter
from standfirst.domain.article import Article, ArticleId, Document, Language, UnreadPart
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import EmptyDocument, InvalidDocument
from standfirst.domain.ports import GenerationCache, Summarizer
from standfirst.domain.style import HouseStyle
from standfirst.use_cases.apply_version import Result
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.use_cases.summarize_upload import SummarizeUpload


def read_lines(document: Document) -> list[Article | UnreadPart]:
    """A reader for which every line is a paragraph, and a line ``# name`` begins a part of a package."""
    if not document.content:
        raise EmptyDocument("Nothing is in it.")
    whole, *parts = re.split(r"^# (.+)\n", document.content.decode(), flags=re.MULTILINE)
    if not parts:
        return [an_article_of(whole, document, part=None)]
    of_parts = zip(parts[::2], parts[1::2], strict=True)
    return [
        an_article_of(text, document, part) if text else UnreadPart(part, EmptyDocument("Nothing is in it."))
        for part, text in of_parts
    ]


def an_article_of(text: str, document: Document, part: str | None) -> Article:
    """Every line a paragraph."""
    paragraphs = tuple(line for line in text.splitlines() if line)
    language = document.language or Language("en")
    return Article(paragraphs, language=language, format="text", headline=document.headline, part=part)


def choose_default(article_id: ArticleId, wanted: str | None) -> HouseStyle:
    """The one style there is; others are unknown."""
    del article_id
    if wanted:
        raise InvalidDocument(f"There is no house style {wanted}.")
    return a_style()


def find_nothing(article: Article, draft: Draft, style: HouseStyle) -> list[Finding]:
    """A check that is content."""
    del article, draft, style
    return []


def find_no_evidence(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """A search that finds nothing."""
    del article, draft
    return ()


def only(results: Sequence[Result]) -> Result:
    """Returns the one result."""
    [result] = results
    return result


def a_use_case(
    articles: FakeArticles,
    summaries: FakeSummaries,
    writer: FakeWriter,
    model: Summarizer | None = None,
    cache: GenerationCache | None = None,
) -> SummarizeUpload:
    """Returns the use case over these."""
    return SummarizeUpload(
        articles=articles,
        summaries=summaries,
        read=read_lines,
        choose_style=choose_default,
        generate=GenerateSummary(writer, find_nothing, find_no_evidence, model, cache),
        clock=FakeClock(),
        by="tests",
    )
