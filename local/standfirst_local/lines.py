"""Articles as JSON lines on standard input, summaries as JSON lines out."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from standfirst.domain.article import Article, Document, Language
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.record import Record, Status
from standfirst.reading.language import detect_language
from standfirst_local.files import FileSummarizer, TextChecker

_BLANK = "\ufeff \t\r\n"
_PARAGRAPH_END = re.compile(r"\n\s*\n|\r\n\s*\r\n")
_FINDINGS = TypeAdapter(tuple[Finding, ...])
_EVIDENCE = TypeAdapter(tuple[Evidence, ...])


class ArticleLine(BaseModel):
    """One line in: ``{"id", "text", "headline"?, "language"?}``; other members are let be."""

    model_config = ConfigDict(strict=True)

    id: str | int
    text: str
    headline: str | None = None
    language: str | None = None


def summarize_lines(lines: Iterable[str], summarizer: FileSummarizer) -> Iterator[dict[str, Any]]:
    """One object out per line in, in order: the record under the line's ``id``, or ``{"id", "error"}``.

    Empty lines are passed over.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip(_BLANK):
            yield _summarized(number, line, summarizer)


def _summarized(number: int, line: str, summarizer: FileSummarizer) -> dict[str, Any]:
    try:
        article = ArticleLine.model_validate_json(line.lstrip("\ufeff"))
    except ValidationError as error:
        return {"id": _id_of(line), "error": f"Line {number}: {explained(error)}"}
    document = Document(
        name="line.txt",
        content=article.text.encode(errors="surrogatepass"),
        content_type="text/plain; charset=utf-8",
        headline=article.headline,
        language=Language(article.language) if article.language else None,
    )
    [record] = summarizer.summarize(str(article.id), document)
    if record.status is Status.FAILED:
        return {"id": article.id, "error": record.reason}
    return {"id": article.id} | _without_place(record)


class CheckLine(BaseModel):
    """One line in: ``{"id", "article", "text", "headline"?, "language"?}``; other members are let be."""

    model_config = ConfigDict(strict=True)

    id: str | int
    article: str
    text: str
    headline: str | None = None
    language: str | None = None


def check_lines(lines: Iterable[str], checker: TextChecker) -> Iterator[dict[str, Any]]:
    """One object out per line in, in order: ``{"id", "ok", "findings"}``, or ``{"id", "error"}``.

    ``ok`` says that there is no error among the findings. Length and style are not looked at. Empty lines are passed
    over. With a second reader there are ``evidence`` and ``second_reading`` too; where it is missing, ``ok`` is what
    the rules say.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip(_BLANK):
            yield _checked(number, line, checker)


def _checked(number: int, line: str, checker: TextChecker) -> dict[str, Any]:
    try:
        pair = CheckLine.model_validate_json(line.lstrip("\ufeff"))
    except ValidationError as error:
        return {"id": _id_of(line), "error": f"Line {number}: {explained(error)}"}
    checked = checker.check(str(pair.id), article_of(pair.article, pair.headline, pair.language), pair.text)
    findings = _FINDINGS.dump_python(tuple(checked.findings), mode="json")
    result = {"id": pair.id, "ok": not checked.errors, "findings": findings}
    if checked.second_reading is None:
        return result
    evidence = _EVIDENCE.dump_python(checked.draft.evidence, mode="json")
    return result | {"evidence": evidence, "second_reading": checked.second_reading.model_dump(mode="json")}


def article_of(text: str, headline: str | None, language: str | None) -> Article:
    """Returns the article whole, with no boilerplate removed: the caller says what the text was made from."""
    paragraphs = tuple(part for part in _PARAGRAPH_END.split(text) if part.strip())
    known = Language(language) if language else detect_language(text)
    return Article(paragraphs=paragraphs, language=known, format="text", headline=headline)


def _without_place(record: Record) -> dict[str, Any]:
    # A line has no bucket, key or revision.
    return record.model_dump(mode="json", exclude={"article_id", "revision", "article", "stale", "pending"})


def _id_of(line: str) -> str | int | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    identity = found.get("id") if isinstance(found, dict) else None
    return identity if isinstance(identity, str | int) else None


def explained(error: ValidationError) -> str:
    """Returns what is wrong with each member of a line."""
    return "; ".join(
        f"{'.'.join(str(step) for step in problem['loc']) or 'the line'}: {problem['msg']}"
        for problem in error.errors(include_url=False)
    )
