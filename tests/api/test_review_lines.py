"""Decisions as lines of text."""

import csv
import io
import json

import pytest

from builders import MORNING
from standfirst.api.review_lines import csv_lines, json_lines
from standfirst.domain.article import ArticleId
from standfirst.domain.record import Status
from standfirst.domain.review_record import ReviewRecord


def a_review(**members: object) -> ReviewRecord:
    """An approval, with other members."""
    review = ReviewRecord(
        article_id=ArticleId("politics/ferry.txt"),
        revision=2,
        of=1,
        decision="approved",
        by="editor",
        at=MORNING,
        status=Status.APPROVED,
        writer="openai",
        model=None,
        note=None,
        digital_source_type=None,
    )
    return review.model_copy(update=members)


def test_a_table_has_the_members_of_the_objects_in_their_order() -> None:
    """Whoever reads one can read the other."""
    reviews = [a_review(), a_review(revision=3, note='a\nb, "c"; d')]

    objects = [json.loads(line) for line in json_lines(reviews).splitlines()]
    rows = list(csv.DictReader(io.StringIO(csv_lines(reviews), newline="")))

    assert [list(each) for each in rows] == [list(each) for each in objects]
    assert [each["note"] for each in rows] == ["", 'a\nb, "c"; d']
    assert rows[0]["at"] == objects[0]["at"] == "2026-03-03T09:00:00.000Z"
    assert (rows[0]["revision"], rows[0]["model"]) == ("2", "")


def test_nothing_decided_is_a_table_without_rows() -> None:
    """With the names of the columns; and no line of JSON."""
    assert csv_lines([]).splitlines() == [",".join(ReviewRecord.model_fields)]
    assert json_lines([]) == ""


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", " =1", "  @x", "\uff1d1+1"])
def test_no_cell_is_computed_by_a_spreadsheet(note: str) -> None:
    """An editor's note, or the name of an article, is anybody's text."""
    [row] = csv.DictReader(io.StringIO(csv_lines([a_review(note=note, article_id=note)]), newline=""))

    assert row["note"] == row["article_id"] == f"'{note}"
    assert json.loads(json_lines([a_review(note=note)]))["note"] == note


@pytest.mark.parametrize("note", ["x;=1+1", 'x"; @SUM(A1)', "x\n=1+1", "x\r\n -1", "a, b;\uff0b1"])
def test_no_cell_is_computed_where_semicolons_part_cells(note: str) -> None:
    """A spreadsheet that is set to German takes the quotation marks of our cells for letters."""
    lines = csv_lines([a_review(note=note)])

    cells = [cell for row in csv.reader(io.StringIO(lines, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\uff0b"))]
    [row] = csv.DictReader(io.StringIO(lines, newline=""))
    assert row["note"].replace("'", "") == note
