"""``evaluate --reviewed``: the reviewed texts of a deployment as a test set, over moto and a model that is played."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from werkzeug import Response

import model_server as play
from builders import STORY, a_record, save
from commands import Run
from emulated import empty
from model_server import Asked, ModelServer
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.draft import Evidence, Sentence
from standfirst.domain.ports import Transition
from standfirst.domain.record import ArticleSource, MadeBy, Record, Review, Status
from standfirst.domain.review_record import review_record

RIGHT = "Brackenford’s council voted on Tuesday to bring the ferry back."
WRONG = "The town council of Brackenford refused on Tuesday to reopen the ferry."
NUMBER = "Repairs of the ferry will cost 290,000 crowns."
VOTED = "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele."
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
COMMAND = ("evaluate", "--reviewed", "--stack", "standfirst-local", "--since", f"{YESTERDAY.date()}")


class Newsroom:
    """A bucket, the tables, and editors."""

    def __init__(self, storage: Mapping[str, str]) -> None:
        """Nothing is reviewed yet."""
        empty(storage["SummariesTable"], storage["ReviewsTable"])
        self.bucket = storage["ArticlesBucket"]
        self.reviews = DynamoDbReviewsTable(storage["ReviewsTable"])
        self.summaries = DynamoDbSummaryTable(storage["SummariesTable"], self.reviews.put_of)

    def upload(self, name: str, summary: str, model: str | None = play.MODEL) -> Record:
        """Put an article, and store what a model wrote about it."""
        put = boto3.client("s3").put_object(Bucket=self.bucket, Key=name, Body=f"{STORY}\n\nOf {name}.".encode())
        source = ArticleSource(bucket=self.bucket, key=name, etag=put["ETag"].strip('"'), version_id=put["VersionId"])
        told = {
            "standfirst": None,
            "summary": summary,
            "article": source.model_copy(update={"sequencer": "0A"}),
            "made_by": MadeBy(writer="openai", model=model, prompt="3", style="default@1"),
            "evidence": (Evidence("summary", 0, (0,), span=(0, len(summary))),),
        }
        record = a_record(name).model_copy(update=told)
        save(self.summaries, record)
        return record

    def decide(self, of: Record, status: Status, summary: str | None = None) -> None:
        """Store a decision about ``of``, in the editor's own words if there are some."""
        review = Review(
            decision=status,  # type: ignore[arg-type]
            by="editor",
            at=YESTERDAY + timedelta(seconds=of.revision),
            of=of.revision,
            words_changed=3 if summary else 0,
        )
        told = {"revision": of.revision + 1, "status": status, "review": review, "summary": summary or of.summary}
        decided = of.model_copy(update=told | {"updated_at": review.at})
        changed = (Sentence("summary", 0),) if summary else ()
        stored = self.summaries.current(of.article_id)
        transition = Transition(decided, review=review_record(decided, review, of, changed))
        self.summaries.apply(transition, stored, None)


@pytest.fixture
def newsroom(storage: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Three texts of a model: one approved, one edited and then approved, one rejected; and one of no model."""
    monkeypatch.chdir(tmp_path)
    newsroom = Newsroom(storage)
    newsroom.decide(newsroom.upload("right.txt", RIGHT), Status.APPROVED)
    newsroom.decide(newsroom.upload("wrong.txt", WRONG), Status.EDITED, RIGHT)
    edited = newsroom.summaries.current(a_record("wrong.txt").article_id)
    assert edited
    newsroom.decide(edited.record, Status.APPROVED, RIGHT)
    newsroom.decide(newsroom.upload("number.txt", NUMBER), Status.REJECTED)
    newsroom.decide(newsroom.upload("own.txt", VOTED, model=None), Status.APPROVED)
    return newsroom


def reading(asked: Asked) -> Response:
    """A reader that contradicts the text about the refusal, and supports the others."""
    is_wrong = WRONG in asked.told
    said = {"sentence": 1, "verdict": "contradicted" if is_wrong else "supported", "paragraphs": [1], "quote": VOTED}
    return play.text(json.dumps({"verdicts": [{**said, "reason": "", "article_says": ""}]}))(asked)


def test_without_consent_the_rules_are_measured_and_no_model_is_asked(
    run: Run, newsroom: Newsroom, model: ModelServer, tmp_path: Path
) -> None:
    """Nor is any text printed or written."""
    assert newsroom

    done = run(*COMMAND)

    lines = [line.split() for line in done.stdout.splitlines()]
    assert done.status == 0
    assert "3 texts that a model wrote were reviewed since" in done.stdout
    assert "1 taken unchanged, 2 edited or rejected." in done.stdout
    assert ["an", "error", "0.0", "%", "(0.0-79.3)", "50.0", "%", "(9.5-90.5)"] in lines
    assert ["money", "0.0", "%", "(0.0-79.3)", "50.0", "%", "(9.5-90.5)"] in lines
    assert "1 reviewed texts are left out: no model wrote them." in done.stderr
    assert model.requests == []
    assert not any(text in done.stdout + done.stderr for text in (RIGHT, WRONG, NUMBER, "Brackenford"))
    assert list(tmp_path.iterdir()) == []


def test_with_consent_the_second_reader_reads_what_was_generated(
    run: Run, newsroom: Newsroom, model: ModelServer
) -> None:
    """Quoted first and within a ceiling, like every evaluation; the edited text is the model's, not the editor's."""
    assert newsroom
    model.answers(reading)

    done = run(*COMMAND, "--send-articles", "--yes", "--show", "5")

    assert done.status == 0
    assert "3 of 3 calls of gpt-5.6-luna to make" in done.stderr
    assert f"3 of 3 rows are read by {play.MODEL}: 1 consistent, 2 wrong." in done.stdout
    assert len(model.requests) == 3
    assert any(WRONG in asked.told for asked in model.requests)
    assert "wrong.txt#1: label wrong, rules consistent, reader wrong" in done.stdout
    assert "marked as wrong by people" in done.stdout
    assert run(*COMMAND, "--send-articles").status == 0
    assert len(model.requests) == 3


def test_consent_alone_pays_for_nothing(run: Run, newsroom: Newsroom, model: ModelServer) -> None:
    """It asks before it pays, and nobody can answer here."""
    assert newsroom

    done = run(*COMMAND, "--send-articles")

    assert done.status == 2
    assert "evaluate asks before it pays" in done.stderr
    assert model.requests == []


def test_reviews_whose_article_or_text_is_gone_are_left_out(run: Run, newsroom: Newsroom) -> None:
    """And counted, by the reason."""
    versions = boto3.client("s3").list_object_versions(Bucket=newsroom.bucket, Prefix="wrong.txt")["Versions"]
    for each in versions:
        boto3.client("s3").delete_object(Bucket=newsroom.bucket, Key="wrong.txt", VersionId=each["VersionId"])
    newsroom.summaries.erase(a_record("number.txt").article_id, before=10)

    done = run(*COMMAND)

    assert done.status == 0
    assert "1 reviewed texts are left out: the article's version is no longer in the bucket." in done.stderr
    assert "1 reviewed texts are left out: the texts were erased, or are no longer kept." in done.stderr
    assert "1 texts that a model wrote were reviewed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (COMMAND[:2], 2, "evaluate --reviewed needs --since DATE"),
        (("evaluate", "--second-reader", "rows.jsonl", "--since", "2026-01-01"), 2, "only it takes one"),
        (("evaluate", "--second-reader", "rows.jsonl", "--send-articles"), 2, "--send-articles is for --reviewed"),
        ((*COMMAND, "--html", "page.html"), 2, "--html is for --drafts"),
        ((*COMMAND, "--stack", "other"), 1, "there is no stack other in eu-west-1"),
    ],
    ids=["no date", "date without", "consent without", "page", "no stack"],
)
def test_bad_input_gets_a_clear_error(
    run: Run, newsroom: Newsroom, arguments: tuple[str, ...], status: int, said: str
) -> None:
    """Before anything is read."""
    assert newsroom

    done = run(*arguments)

    assert done.status == status
    assert said in done.stderr


def test_a_stack_without_reviews_says_so(run: Run, newsroom: Newsroom, storage: Mapping[str, str]) -> None:
    """There is nothing to measure."""
    assert newsroom
    empty(storage["ReviewsTable"])

    done = run(*COMMAND)

    assert (done.status, done.stdout) == (1, "")
    assert "There is no reviewed text of a model since" in done.stderr
