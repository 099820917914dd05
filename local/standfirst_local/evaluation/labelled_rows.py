"""Labelled summaries: a JSON object per line, ``{"article", "summary", "consistent", "spans"?, "id"?, …}``."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from standfirst.domain.article import Article
from standfirst.domain.errors import SettingsError
from standfirst.domain.texts import Texts
from standfirst_local.evaluation.paid_calls import say
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.lines import article_of, explained


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty")
    return text


_Text = Annotated[str, AfterValidator(_not_blank)]


class Span(BaseModel):
    """A place that people marked as wrong."""

    text: str


class LabelledLine(BaseModel):
    """One line; other members are let be. ``consistent`` says whether people found nothing wrong."""

    model_config = ConfigDict(strict=True)

    article: _Text
    summary: _Text
    consistent: bool | Literal[0, 1]
    spans: Sequence[Span] = ()
    id: str | int | None = None
    headline: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """Texts about an article, whether people found them wrong, and the places that they marked; ``line`` is from 1."""

    line: int
    name: str
    article: Article
    texts: Texts
    is_wrong: bool
    marks: tuple[str, ...]


def read_rows(path: Path) -> tuple[list[LabelledRow], int]:
    """Returns the rows of a file, and the exit status; each bad line is told on standard error.

    Raises ``SettingsError`` if the file cannot be opened.
    """
    try:
        lines = path.read_bytes().removeprefix(BOM_UTF8).splitlines()
    except OSError as error:
        raise SettingsError(f"{path} cannot be opened: {error.strerror}.") from error
    rows, status = [], ALL_DONE
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            read = LabelledLine.model_validate_json(line)
        except ValidationError as error:
            say(f"{path}: Line {number}: {explained(error)}")
            status = SOME_FAILED
            continue
        article = article_of(read.article, read.headline, read.language)
        name = f"line {number}" if read.id is None else str(read.id)
        marks = tuple(span.text for span in read.spans if span.text)
        rows.append(LabelledRow(number, name, article, Texts(summary=read.summary), not read.consistent, marks))
    return rows, status
