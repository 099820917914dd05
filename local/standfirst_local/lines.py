"""Articles as JSON lines on standard input, summaries as JSON lines out."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from standfirst.domain.article import Document, Language
from standfirst.domain.record import Record, Status
from standfirst_local.files import Desk


class ArticleLine(BaseModel):
    """One line in: ``{"id", "text", "headline"?, "language"?}``; other members are let be."""

    model_config = ConfigDict(strict=True)

    id: str | int
    text: str
    headline: str | None = None
    language: str | None = None


def summarize_lines(lines: Iterable[str], desk: Desk) -> Iterator[dict[str, Any]]:
    """One object out per line in, in order: the record under the line's ``id``, or ``{"id", "error"}``.

    Empty lines are passed over.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip("\ufeff \t\r\n"):
            yield _summarized(number, line, desk)


def _summarized(number: int, line: str, desk: Desk) -> dict[str, Any]:
    try:
        article = ArticleLine.model_validate_json(line.lstrip("\ufeff"))
    except ValidationError as error:
        return {"id": _id_of(line), "error": f"Line {number}: {_explained(error)}"}
    document = Document(
        name="line.txt",
        content=article.text.encode(errors="surrogatepass"),
        content_type="text/plain; charset=utf-8",
        headline=article.headline,
        language=Language(article.language) if article.language else None,
    )
    [record] = desk.summarize(str(article.id), document)
    if record.status is Status.FAILED:
        return {"id": article.id, "error": record.reason}
    return {"id": article.id} | _without_place(record)


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


def _explained(error: ValidationError) -> str:
    return "; ".join(
        f"{'.'.join(str(step) for step in problem['loc']) or 'the line'}: {problem['msg']}"
        for problem in error.errors(include_url=False)
    )
