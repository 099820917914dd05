"""What the extractive writer cannot make clear comes before an editor, through the real reader, writer and checks."""

import pytest

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

HEADLINE = "Market keeps an old custom"
CLEAR = (
    "The harbour board of Greyhaven will close the old fish market in May and move its 40 traders to a hall by the "
    "railway station, the board said on Thursday."
)
UNCLEAR = (
    "Every morning she walks to the old fish market with a basket and a list that her mother wrote. He walks home with "
    "her at noon every day of the week and says nothing of what they saw at the stalls."
)
ACCUSING = (
    "The harbour master took 212,000 crowns from the fund of the fish market, a court in Greyhaven heard on Monday. "
    f"He denies it, and says that {' and that '.join(['the money was a loan of his late aunt'] * 12)}."
)


def record_of(text: str) -> Record:
    """What an upload of ``text`` leads to in the bundled house style, which asks for a review of no check."""
    articles, summaries = FakeArticles(), FakeSummaries()
    content = f"{HEADLINE}\n\n{text}".encode()
    articles.objects["a.txt"] = StoredObject(Document(name="a.txt", content=content), etag="e1", version_id="v1")
    generate = GenerateSummary(ExtractiveWriter(), check_draft, find_evidence)
    styles = load_styles(None)
    SummarizeUpload(articles, summaries, read_document, styles.for_article, generate, FakeClock(), "tests")(
        an_upload("a.txt"), an_attempt()
    )
    stored = summaries.current(ArticleId("a.txt"))
    assert stored
    return stored.record


@pytest.mark.parametrize(
    ("text", "reason"), [(UNCLEAR, "leans"), (ACCUSING, "unanswered")], ids=["who is meant", "a denial left out"]
)
def test_a_text_that_does_not_stand_alone_needs_review_and_says_why(text: str, reason: str) -> None:
    """Though each of its findings is a warning."""
    record = record_of(text)

    assert record.status is Status.NEEDS_REVIEW
    assert reason in {finding.reason for finding in record.findings if finding.check == "self_contained"}
    assert {finding.severity for finding in record.findings} == {"warning"}


def test_a_text_that_stands_alone_needs_none() -> None:
    """Whatever other warnings it has."""
    record = record_of(f"{CLEAR} The new hall will cost 3.2 million crowns, half of it paid by the region.")

    assert record.status is Status.GENERATED
    assert not [finding for finding in record.findings if finding.check == "self_contained"]
