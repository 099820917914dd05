"""Documents that need too much processor time or memory, or crash what reads them: each fails alone."""

import json
from collections.abc import Iterator, Mapping

import boto3
import pytest

from builders import STORY, a_record, save
from http_events import a_post, an_event, as_json, problem_in
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.bounded_process import BoundedProcess, Share
from standfirst.domain.article import ArticleId
from standfirst.domain.record import ArticleSource, Status
from standfirst.wiring import generation, review_api, summarize_api, upload_worker
from standfirst_local.functions import LocalFunction

SHARE = Share(cpu_seconds=0.5, memory_bytes=300 * 1024**2)


@pytest.fixture(scope="module")
def process() -> Iterator[BoundedProcess]:
    """A process with a small share, for readers and checks that can stall."""
    process = BoundedProcess(SHARE, ("demanding", "prepare"))
    yield process
    process.close()


@pytest.fixture(autouse=True)
def demanding(process: BoundedProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions read, write and check by those."""
    for wiring in (upload_worker, summarize_api, review_api):
        monkeypatch.setattr(wiring, "read_document", process.function("demanding", "read"))
    for wiring in (generation, review_api):
        monkeypatch.setattr(wiring, "check_draft", process.function("demanding", "check"))
    monkeypatch.setattr(generation.BoundedWriter, "_write", staticmethod(process.function("demanding", "write")))


def uploaded(bucket: str, texts: Mapping[str, str]) -> dict[str, object]:
    """The batch of messages about these texts, which are put under their keys."""
    records = []
    for key, text in texts.items():
        boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())
        s3 = {"bucket": {"name": bucket}, "object": {"key": key, "sequencer": "0A"}}
        body = json.dumps({"Records": [{"eventSource": "aws:s3", "s3": s3}]})
        records.append(
            {"messageId": key, "receiptHandle": key, "eventSource": "aws:sqs", "body": body, "attributes": {}}
        )
    return {"Records": records}


def outcomes(table: str, keys: Mapping[str, str]) -> dict[str, tuple[Status, str | None]]:
    """Status and reason of each record."""
    found = {key: DynamoDbSummaryTable(table).current(ArticleId(key)) for key in keys}
    return {key: (stored.record.status, stored.record.reason) for key, stored in found.items() if stored}


@pytest.mark.parametrize(
    ("demand", "reason"),
    [
        ("stalls read", "The document needs more than 0.5 seconds of processor time."),
        ("swells read", "The document needs more than 300 MB of memory."),
        ("crashes read", "The document crashes what reads it (SIGSEGV)."),
        ("stalls write", "The document needs more than 0.5 seconds of processor time."),
        ("stalls check", "The document needs more than 0.5 seconds of processor time."),
    ],
)
def test_one_demanding_document_of_ten_fails_alone(
    summarize_uploads: LocalFunction, storage: Mapping[str, str], table: str, demand: str, reason: str
) -> None:
    """Its nine neighbours succeed in the same invocation, and so does the next one."""
    texts = {f"{number}.txt": f"{STORY}\n\nIt is story number {number}." for number in range(9)}
    bad = f"{STORY}\n\nThis document {demand}s at night."
    later = {"later.txt": STORY}

    answer = summarize_uploads.invoke(uploaded(storage["ArticlesBucket"], {"bad.txt": bad, **texts}))
    next_answer = summarize_uploads.invoke(uploaded(storage["ArticlesBucket"], later))

    assert answer == next_answer == {"batchItemFailures": []}
    assert outcomes(table, texts | later) == dict.fromkeys(texts | later, (Status.GENERATED, None))
    assert outcomes(table, {"bad.txt": bad}) == {
        "bad.txt": (Status.FAILED, f"{reason} Upload the story alone, without the page around it.")
    }


@pytest.mark.parametrize(
    ("demand", "query"),
    [("stalls read", {}), ("stalls check", {}), ("stalls write", {"article_id": "politics/bad.txt"})],
    ids=["to read", "to check", "to write about, stored"],
)
def test_a_demanding_document_in_a_request_is_422(
    summarize_on_request: LocalFunction, table: str, demand: str, query: dict[str, str]
) -> None:
    """The caller is told so, instead of waiting until API Gateway gives up; nothing is stored."""
    answer = summarize_on_request.invoke(a_post(f"{STORY}\n\nThis document {demand}s.", **query))

    status, detail = problem_in(answer)
    assert status == 422
    assert "more than 0.5 seconds of processor time" in detail
    assert outcomes(table, {"politics/bad.txt": ""}) == {}


def test_an_edit_that_is_too_demanding_to_check_is_422(
    review_summaries: LocalFunction, serve_summaries: LocalFunction, storage: Mapping[str, str], table: str
) -> None:
    """The editor is told what to do, and nothing is stored."""
    summaries, article_id = DynamoDbSummaryTable(table), ArticleId("politics/ferry.txt")
    bucket = storage["ArticlesBucket"]
    etag = boto3.client("s3").put_object(Bucket=bucket, Key=article_id, Body=STORY.encode())["ETag"].strip('"')
    source = ArticleSource(bucket=bucket, key=article_id, etag=etag, sequencer="0A")
    save(summaries, a_record(article_id).model_copy(update={"article": source}))
    seen = serve_summaries.invoke(an_event("http_get_summary", article_id))["headers"]["ETag"]

    edit = as_json({"standfirst": "This edit stalls checks."})
    answer = review_summaries.invoke(an_event("http_patch_summary", article_id, headers={"if-match": seen}, **edit))

    detail = "body: The texts cannot be checked against the article: shorten them."
    assert problem_in(answer) == (422, detail)
    stored = summaries.current(article_id)
    assert stored
    assert stored.record.revision == 1
