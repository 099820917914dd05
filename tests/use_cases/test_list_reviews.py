"""``ListReviews`` over a fake table: what a page may have."""

import json
from datetime import timedelta

from builders import MORNING
from fakes import FakeReviews
from standfirst.api.review_lines import csv_lines, json_lines
from standfirst.domain.article import ArticleId
from standfirst.domain.record import OverruledFinding, Status
from standfirst.domain.review import LONGEST_FINDING_NOTE, LONGEST_FINDING_TEXT, MOST_OVERRULED
from standfirst.domain.review_record import ReviewRecord
from standfirst.use_cases.list_reviews import ListReviews

MOST_BYTES = 6 * 1024 * 1024
"""AWS Lambda developer guide, "Lambda quotas": a response of a function that is waited for."""


def a_review(number: int, *findings: OverruledFinding, note: str | None = None) -> ReviewRecord:
    """An approval, a second after the one before."""
    return ReviewRecord(
        article_id=ArticleId(f"{number}.txt"),
        revision=2,
        of=1,
        decision="approved",
        by="editor",
        at=MORNING + timedelta(seconds=number),
        status=Status.APPROVED,
        writer="openai",
        model=None,
        note=note,
        findings_overruled=findings,
        digital_source_type=None,
    )


def test_a_page_of_the_longest_decisions_fits_into_a_response() -> None:
    """It has fewer of them; each is on one page."""
    ship = "\N{SHIP}"
    finding = OverruledFinding(
        check="number", field="summary", text=ship * LONGEST_FINDING_TEXT, note=ship * LONGEST_FINDING_NOTE
    )
    reviews = [a_review(number, *[finding] * MOST_OVERRULED, note=ship * 2_000) for number in range(40)]
    list_reviews = ListReviews(FakeReviews(reviews))

    listed, cursor = [], None
    while True:
        page = list_reviews("2026-03", cursor, 1_000)
        assert max(len(json.dumps(lines(page.reviews))) for lines in (json_lines, csv_lines)) < MOST_BYTES
        listed += page.reviews
        if (cursor := page.cursor) is None:
            break

    assert listed == reviews


def test_a_page_of_usual_decisions_is_as_long_as_asked_for() -> None:
    """Only what is left gets another one."""
    list_reviews = ListReviews(FakeReviews([a_review(number, note="Good.") for number in range(1_001)]))

    page = list_reviews("2026-03", None, 1_000)

    assert len(page.reviews) == 1_000
    assert len(list_reviews("2026-03", page.cursor, 1_000).reviews) == 1
