"""``standfirst outcomes`` against moto over HTTP: what editors did, by whatever may explain it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from builders import a_record
from emulated import empty
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.domain.article import ArticleId, ArticleKind
from standfirst.domain.draft import Sentence
from standfirst.domain.record import OverruledFinding, Status
from standfirst.domain.review_outcome import ReviewedFinding
from standfirst.domain.review_record import ReviewRecord
from standfirst_local.cli import main
from standfirst_local.outcomes import last_decisions

NOON = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(hours=12)
MONTHS_AGO = NOON - timedelta(days=70)
WRITTEN = a_record().generated_at


def a_review(article_id: str = "politics/ferry.txt", revision: int = 2, **members: object) -> ReviewRecord:
    """An approval of a model's text as it was, with other members."""
    review = ReviewRecord(
        article_id=ArticleId(article_id),
        revision=revision,
        of=revision - 1,
        decision="approved",
        by="editor",
        at=NOON + timedelta(minutes=revision),
        status=Status.APPROVED,
        writer="openai",
        model="gpt-5.6-luna",
        digital_source_type=None,
        words_changed=0,
        prompt="3",
        style="default@1",
        kind=ArticleKind.NEWS,
        generated_at=WRITTEN,
        sentences_changed=(),
    )
    return review.model_copy(update=members)


def finding(check: str, became: str) -> ReviewedFinding:
    """A finding in the first sentence of a summary."""
    return ReviewedFinding.model_validate(
        {"check": check, "field": "summary", "sentence": 0, "severity": "warning", "became": became}
    )


UNCHANGED = a_review(
    findings=(finding("name", "overruled"), finding("claim", "left")),
    findings_overruled=(OverruledFinding(check="name", field="summary", text="Ruth Ames", note="It is her name."),),
)
EDITED = a_review(
    "sport/cup.txt",
    decision="edited",
    words_changed=4,
    kind=ArticleKind.LIVE,
    findings=(finding("number", "edited"),),
    sentences_changed=(Sentence("summary", 0), Sentence("summary", 1)),
)
REJECTED = a_review("a.txt", decision="rejected", model=None, writer="extractive", prompt=None, note="Too thin.")
OLD = a_review(
    "old.txt",
    at=MONTHS_AGO,
    decision="edited",
    words_changed=2,
    prompt=None,
    style=None,
    kind=None,
    generated_at=None,
    sentences_changed=None,
)
"""As a release before this one stored it."""


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """Its output, as JSON."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def outcomes(storage: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command over the decisions above."""
    empty(storage["ReviewsTable"])
    store = DynamoDbReviewsTable(storage["ReviewsTable"])
    for review in (UNCHANGED, EDITED, REJECTED, OLD):
        boto3.client("dynamodb").put_item(**store.put_of(review))

    def run(since: datetime, *arguments: str) -> Done:
        status = main(["outcomes", "--stack", "standfirst-local", "--since", f"{since.date()}", *arguments])
        return Done(status, *capsys.readouterr())

    return run


def counted(told: Any, name: str) -> dict[str, tuple[int, int, int]]:  # noqa: ANN401 - JSON
    """Unchanged, edited and rejected texts by the values of a dimension."""
    return {each[name]: (each["unchanged"], each["edited"], each["rejected"]) for each in told[f"{name}s"]}


def test_texts_are_counted_by_model_prompt_style_and_kind(outcomes: Run) -> None:
    """Only those since the day that was asked for."""
    told = outcomes(NOON, "--json").json

    assert (told["texts"], told["unchanged"], told["edited"], told["rejected"]) == (3, 1, 1, 1)
    assert (told["words_changed_median"], told["words_changed_mean"]) == (4, 4.0)
    assert counted(told, "model") == {"gpt-5.6-luna": (1, 1, 0), "extractive": (0, 0, 1)}
    assert counted(told, "prompt") == {"3": (1, 1, 0), "none: no model": (0, 0, 1)}
    assert counted(told, "style") == {"default@1": (1, 1, 1)}
    assert counted(told, "kind") == {"news": (1, 0, 1), "live": (0, 1, 0)}
    assert told["sentences_changed"] == {"summary, sentence 1": 1, "summary, sentence 2": 1}
    assert told["rejections"] == [{"article_id": "a.txt", "revision": 1, "reason": "Too thin."}]


def test_records_of_older_releases_count_and_say_what_they_do_not_know(outcomes: Run) -> None:
    """Months are read one after the other, over the turn of the year as well."""
    told = outcomes(MONTHS_AGO - timedelta(days=400), "--json").json

    assert (told["texts"], told["edited"], told["sentences_changed_unknown"]) == (4, 2, 1)
    assert counted(told, "style")["(not recorded)"] == (0, 1, 0)
    assert counted(told, "prompt")["(not recorded)"] == (0, 1, 0)


def test_overruled_findings_are_the_false_alarms_of_their_check(outcomes: Run) -> None:
    """By article; the words only where they are asked for."""
    checks = {each["check"]: each for each in outcomes(NOON, "--json").json["checks"]}
    with_texts = {each["check"]: each for each in outcomes(NOON, "--json", "--texts").json["checks"]}

    alarm = {"article_id": "politics/ferry.txt", "revision": 1, "field": "summary"}
    assert {name: (each["overruled"], each["edited"], each["left"]) for name, each in checks.items()} == {
        "name": (1, 0, 0),
        "claim": (0, 0, 1),
        "number": (0, 1, 0),
    }
    assert checks["claim"]["left_in_unchanged"] == 1
    assert checks["name"]["false_alarms"] == [alarm]
    assert with_texts["name"]["false_alarms"] == [{**alarm, "text": "Ruth Ames", "note": "It is her name."}]


def test_a_person_reads_tables(outcomes: Run) -> None:
    """With examples by article, and the reasons of rejections."""
    done, with_texts = outcomes(NOON), outcomes(NOON, "--texts")

    lines = [line.split() for line in done.out.splitlines()]
    assert done.status == 0
    assert ["gpt-5.6-luna", "2", "1", "1", "0", "4", "4.0"] in lines
    assert ["name", "1", "0", "0", "0"] in lines
    assert "  name, summary, politics/ferry.txt revision 1\n" in done.out
    assert "Ruth Ames" not in done.out
    assert "politics/ferry.txt revision 1: “Ruth Ames” (It is her name.)" in with_texts.out
    assert "  a.txt revision 1: Too thin." in done.out


def test_no_decisions_are_no_error(outcomes: Run, storage: Mapping[str, str]) -> None:
    """Nothing is divided by nothing."""
    empty(storage["ReviewsTable"])

    done = outcomes(NOON)

    assert (done.status, done.err) == (0, "")
    assert "What editors did to 0 texts" in done.out


def test_a_stack_that_is_not_there_is_said_in_one_line(
    storage: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As for every command of an operator."""
    assert storage

    status = main(["outcomes", "--since", "2026-01-01"])

    assert status == 1
    assert capsys.readouterr().err == (
        "standfirst: there is no stack standfirst in eu-west-1: name yours with --stack\n"
    )


def test_the_last_decision_about_a_text_counts() -> None:
    """An edit that is approved later is one text; a text that was written anew is another."""
    edited = a_review(revision=2, decision="edited", words_changed=3)
    approved = a_review(revision=3, words_changed=3)
    anew = a_review(revision=6, generated_at=WRITTEN + timedelta(days=1))

    assert last_decisions([edited, approved, anew]) == [approved, anew]


def test_decisions_of_older_releases_are_about_one_text_where_one_follows_the_other() -> None:
    """They do not say when the text was written."""
    edited = a_review(revision=2, generated_at=None)
    approved = a_review(revision=3, generated_at=None)
    other = a_review(revision=9, generated_at=None)

    assert last_decisions([edited, approved, other]) == [approved, other]
