"""Articles of twelve kinds in thirteen languages, in the formats that newsrooms send, through the real parts."""

from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from builders import an_attempt, an_upload
from fakes import FakeArticles, FakeClock, FakeSummaries
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.domain.article import ArticleId, Document, StoredObject
from standfirst.domain.record import Record, Status
from standfirst.reading.document import read_document
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.use_cases.summarize_upload import SummarizeUpload
from standfirst.writing.extractive.writer import ExtractiveWriter
from standfirst.writing.house_style import load_styles

FOLDER = Path(__file__).parent
SAME = {"court": {"court", "news"}}
"""A court report that nothing names is news."""


class Expected(NamedTuple):
    """A row of the manifest."""

    file: str
    language: str
    kind: str
    action: str
    new: bool = False


MANIFEST = [Expected(**row) for row in yaml.safe_load((FOLDER / "manifest.yaml").read_text(encoding="utf-8"))]


def record_of(file: str, styles: str | None = None) -> Record:
    """The record that an upload of ``file`` leads to."""
    articles, summaries = FakeArticles(), FakeSummaries()
    content = (FOLDER / "articles" / file).read_bytes()
    articles.objects[file] = StoredObject(Document(name=file, content=content), etag="e1", version_id="v1")
    generate = GenerateSummary(ExtractiveWriter(), check_draft, find_evidence)
    book = load_styles(styles)
    summarize = SummarizeUpload(articles, summaries, read_document, book.for_article, generate, FakeClock(), "tests")

    summarize(an_upload(file), an_attempt())

    ids = [ArticleId(file), *(ArticleId(f"{file}/{part}") for part in summaries.parts(ArticleId(file)))]
    [record] = [stored.record for each in ids if (stored := summaries.current(each))]
    return record


PRINTED = {row["file"]: row for row in yaml.safe_load((FOLDER / "printed.yaml").read_text(encoding="utf-8"))}
"""The texts that are served without anybody having looked at them, and were found fit to print."""


@pytest.mark.parametrize("expected", MANIFEST, ids=lambda expected: expected.file)
def test_an_article_is_written_about_reviewed_or_skipped_by_its_kind(expected: Expected) -> None:
    """As the bundled house style says."""
    record = record_of(expected.file)

    found = [finding.reason for finding in record.findings if finding.check == "kind"]
    assert record.article.kind in SAME.get(expected.kind, {expected.kind})
    assert record.language == expected.language
    match expected.action:
        case "write":
            assert record.texts["summary"]
            assert not found
        case "review":
            assert record.texts["summary"]
            assert (record.status, found) == (Status.NEEDS_REVIEW, [expected.kind])
        case "skip":
            assert record.status is Status.SKIPPED
            assert not any(record.texts.values())
            assert record.made_by is None
            assert expected.kind in (record.reason or "")


def test_what_nobody_is_asked_about_is_fit_to_print() -> None:
    """As ``printed.yaml`` says by what rule."""
    records = {each.file: record_of(each.file) for each in MANIFEST}

    served = {file: record.texts for file, record in records.items() if record.status is Status.GENERATED}

    assert {file: (texts["standfirst"], texts["summary"]) for file, texts in served.items()} == {
        file: (row["standfirst"], row["summary"]) for file, row in PRINTED.items()
    }
    assert {each.file for each in MANIFEST if each.action == "write"} == PRINTED.keys()


def test_the_house_style_decides() -> None:
    """One that writes recipes, and skips columns."""
    styles = "name: cooks\nversion: '2'\nkinds: {recipe: write, opinion: skip}\n"

    recipe, column = record_of("en-recipe-leek-tart.html", styles), record_of("en-opinion-benches.html", styles)

    assert [finding for finding in recipe.findings if finding.check == "kind"] == []
    assert recipe.texts["summary"]
    assert column.status is Status.SKIPPED
    assert "cooks@2" in (column.reason or "")
