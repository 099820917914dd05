"""The real worker with a second reader: over HTTP to the model that is played, and to DynamoDB, S3 and SQS of moto."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import boto3
import pytest

import model_server as play
from builders import STORY
from model_server import Figures, ModelServer, a_verdict
from model_worker import STANDFIRST, SUMMARY, batch, failed, put, stored, writer_of
from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.domain.record import Degraded, Record, Status
from standfirst_local.functions import LocalFunction

SENTENCES = 4
"""Of the draft ``WRITTEN``: the standfirst is the first, the summary has three."""

SUPPORTED = [
    a_verdict(1, "supported", "its landing stage was washed away by a flood", [2]),
    a_verdict(2, "supported", "voted on Tuesday to reopen the ferry"),
    a_verdict(3, "supported", "its landing stage was washed away by a flood", [2]),
    a_verdict(4, "supported", "Repairs will cost 240,000 crowns", [3]),
]
SOUND = play.verdicts(*SUPPORTED)
REFUTED = play.verdicts(
    *SUPPORTED[:3],
    a_verdict(4, "contradicted", "Repairs will cost 240,000 crowns", [3], reason="R1", article_says="S1"),
)
COST = "The council says that the repairs, to be done by June, will cost {} crowns."
"""Not the article's own words: of those a reader has nothing to say."""
WRITTEN, WRONG, REVISED = (
    play.draft(
        STANDFIRST, f"{SUMMARY.partition('Repairs')[0]}{COST.format(cost)}", figures=Figures(1_400, 1_024, 0, 150)
    )
    for cost in ("240,000", "290,000", "about 240,000")
)


def play_both(model: ModelServer, *answers: play.Answer, reader: play.Answer = SOUND) -> list[str]:
    """Answers drafts with ``answers``, the last again and again, and readings with ``reader``; the kinds as asked."""
    script, kinds = list(answers or (WRITTEN,)), list[str]()

    def draft(asked: play.Asked) -> Any:  # noqa: ANN401 - a response
        return (script.pop(0) if len(script) > 1 else script[0])(asked)

    def answer(asked: play.Asked) -> Any:  # noqa: ANN401
        kinds.append(asked.kind)
        return (reader if asked.kind == "verdicts" else draft)(asked)

    model.answers(answer)
    return kinds


@pytest.fixture
def always(with_key: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each draft is read."""
    del with_key
    monkeypatch.setenv("SECOND_READER", "always")


@pytest.fixture
def summarized(
    always: None, load_function: Callable[[str], LocalFunction], bucket: str, summaries: DynamoDbSummaryTable
) -> Callable[[], Record]:
    """Uploads the story, or delivers it once more, and returns its record."""
    del always
    worker = load_function("summarize_uploads")

    def summarize() -> Record:
        put(bucket, "ferry.txt")
        assert failed(worker.invoke(batch(bucket, "ferry.txt"))) == []
        return stored(summaries, "ferry.txt")

    return summarize


Summarize = Callable[[], Record]


def test_what_the_reader_supports_is_served_with_its_quotes(model: ModelServer, summarized: Summarize) -> None:
    """The article's own words become the evidence; tokens and cost stand apart from the writer's."""
    kinds = play_both(model)

    record = summarized()

    assert kinds == ["draft", "verdicts"]
    assert (record.status, record.checks.second_reader) == (Status.GENERATED, "read")
    last = record.evidence[-1]
    assert last.quote == "Repairs will cost 240,000 crowns"
    assert last.paragraphs[0] == 2
    assert record.second_reading
    assert [each.is_proven for each in record.second_reading.verdicts] == [True] * SENTENCES
    assert record.second_reading.usage.cost_usd == "0.00032"
    assert record.usage
    assert record.usage.cost_usd == "0.00027568"


def test_what_the_article_contradicts_is_revised_and_then_not_served(model: ModelServer, summarized: Summarize) -> None:
    """The writer is told the reason and the quote, once; then the article's own sentences are served."""
    kinds = play_both(model, WRITTEN, REVISED, reader=REFUTED)

    record = summarized()

    assert kinds == ["draft", "verdicts", "draft", "verdicts"]
    told = model.requests[2].told
    assert "reason: R1; the article says: S1; in these words: Repairs will cost 240,000 crowns" in told
    assert (record.status, writer_of(record)) == (Status.NEEDS_REVIEW, ("extractive", Degraded.UNGROUNDED))
    assert record.rejected_draft
    assert "about 240,000" in record.rejected_draft.summary
    assert [(each.check, each.reason) for each in record.rejected_draft.findings if each.severity == "error"] == [
        ("second_reader", "contradicted")
    ]
    assert record.rejected_draft.verdicts[-1].reason == "R1"


@pytest.mark.parametrize(
    ("verdict", "severity", "reason"),
    [
        (a_verdict(4, "contradicted", "Repairs will cost 250,000 crowns", [3]), "warning", "undecided"),
        (a_verdict(4, "contradicted", "Repairs will cost 240,000 crowns", [1]), "warning", "undecided"),
        (a_verdict(4, "not_in_article", "", []), "warning", "undecided"),
        (a_verdict(4, "not_in_article", "Repairs will cost 240,000 crowns", [3]), "error", "not_in_article"),
        (a_verdict(4, "opinion_or_unclear", "Repairs will cost 240,000 crowns", [3]), "warning", "undecided"),
        (a_verdict(4, "supported", "Repairs cost next to nothing", [3]), "warning", "undecided"),
        (a_verdict(9, "contradicted", "Repairs will cost 240,000 crowns", [3]), "warning", "undecided"),
    ],
    ids=["wrong quote", "another paragraph", "no quote", "not there", "unclear", "unproven", "no such sentence"],
)
def test_a_verdict_counts_as_far_as_the_article_bears_it_out(
    model: ModelServer, summarized: Summarize, verdict: Mapping[str, object], severity: str, reason: str
) -> None:
    """What it does not bear out is a warning, and the text is served."""
    play_both(model, reader=play.verdicts(*SUPPORTED[:3], verdict))

    record = summarized()

    findings = record.rejected_draft.findings if record.rejected_draft else record.findings
    assert [(each.severity, each.reason) for each in findings if each.check == "second_reader"] == [(severity, reason)]
    assert (record.status is Status.NEEDS_REVIEW) == (severity == "error")


def test_all_supported_by_a_reader_that_obeys_turns_no_error_into_a_pass(
    model: ModelServer, summarized: Summarize
) -> None:
    """A number that the article does not have stays wrong."""
    play_both(model, WRONG)

    record = summarized()

    assert (record.status, writer_of(record)[0]) == (Status.NEEDS_REVIEW, "extractive")


OUT = {
    "429": play.http_error(429, retry_after="90"),
    "500": play.http_error(500),
    "no quota": play.http_error(429, code="insufficient_quota"),
    "no quota in a 200": play.failing(code="insufficient_quota"),
    "dropped": play.dropped(),
}


@pytest.mark.parametrize("fault", OUT.values(), ids=OUT)
@pytest.mark.parametrize(
    ("policy", "status"), [("doubtful", Status.GENERATED), ("always", Status.NEEDS_REVIEW)], ids=["doubtful", "always"]
)
def test_a_reader_that_is_out_holds_nothing_up(  # noqa: PLR0913, PLR0917 - fixtures
    model: ModelServer,
    summarized: Summarize,
    monkeypatch: pytest.MonkeyPatch,
    fault: play.Answer,
    policy: str,
    status: Status,
) -> None:
    """Only what has to be read needs a review for it; a later delivery has the same draft read."""
    monkeypatch.setenv("SECOND_READER", policy)
    # A warning, so that ``doubtful`` asks as well: the draft counts what the article does not.
    doubtful = play.draft(STANDFIRST, "Two things are known of it, and much besides is guesswork in the harbour bars.")
    kinds = play_both(model, doubtful, reader=fault)

    unread = summarized()

    assert (unread.status, unread.checks.second_reader) == (status, "unavailable")
    assert kinds[0] == "draft"
    assert unread.is_upgradable


def test_what_was_not_read_is_read_by_an_upgrade_and_not_written_again(  # noqa: PLR0913, PLR0917 - fixtures
    model: ModelServer,
    summarized: Summarize,
    bucket: str,
    summaries: DynamoDbSummaryTable,
    storage: Mapping[str, str],
    load_function: Callable[[str], LocalFunction],
) -> None:
    """As the schedule does it: the upgrade function sends a message, and the worker has the cached draft read."""
    play_both(model, reader=play.http_error(500))
    assert summarized().checks.second_reader == "unavailable"
    queue = boto3.client("sqs")
    queue.purge_queue(QueueUrl=storage["BackfillQueue"])
    kinds = play_both(model)

    load_function("upgrade_summaries").invoke({})
    [message] = queue.receive_message(QueueUrl=storage["BackfillQueue"])["Messages"]
    event = batch(bucket, "ferry.txt")
    event["Records"][0]["body"] = message["Body"]
    assert failed(load_function("summarize_uploads").invoke(event)) == []

    record = stored(summaries, "ferry.txt")
    assert (record.status, record.checks.second_reader, record.revision) == (Status.GENERATED, "read", 2)
    assert kinds == ["verdicts"]


@pytest.mark.parametrize("answer", [play.refusal(), play.text("{"), play.incomplete("max_output_tokens")])
def test_an_answer_of_no_use_is_not_asked_for_again(
    model: ModelServer, summarized: Summarize, answer: play.Answer
) -> None:
    """It is paid for; with ``always`` an editor looks."""
    kinds = play_both(model, reader=answer)

    record = summarized()
    asked = len(kinds)
    summarized()

    assert (record.status, record.checks.second_reader) == (Status.NEEDS_REVIEW, "unusable")
    assert not record.is_upgradable
    assert len(kinds) == asked


def test_writing_and_reading_are_paid_for_once(model: ModelServer, summarized: Summarize) -> None:
    """Delivered again, and uploaded again."""
    kinds = play_both(model)

    assert summarized() == summarized()

    assert kinds == ["draft", "verdicts"]


def test_a_day_without_money_for_the_reading_asks_nobody(
    model: ModelServer,
    summarized: Summarize,
    monkeypatch: pytest.MonkeyPatch,
    storage: Mapping[str, str],
) -> None:
    """It is reserved before the writer is asked, and free again where nothing was read."""
    monkeypatch.setenv("DAILY_BUDGET_USD", "0.0011")
    kinds = play_both(model)

    record = summarized()

    assert writer_of(record) == ("extractive", Degraded.BUDGET)
    assert kinds == []
    budget = DynamoDbBudgetTable(storage["ModelStateTable"], Decimal("0.0001"), SystemClock())
    assert not budget.is_spent()


def test_the_story_is_what_the_quotes_are_from() -> None:
    """Else the tests above would say nothing."""
    for verdict in SUPPORTED:
        assert verdict["quote"] in STORY
