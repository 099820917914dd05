"""``standfirst costs`` against moto over HTTP, and which of an article's revisions were paid for."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

import boto3
import pytest
from pytest_httpserver import HTTPServer

from builders import a_reading, a_record, save
from emulated import empty
from standfirst.adapters.aws.budget_table import DynamoDbBudgetTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.clock import SystemClock
from standfirst.domain.ports import Transition
from standfirst.domain.record import MadeBy, Record, Status
from standfirst.domain.usage import Usage
from standfirst_local.cli import main
from standfirst_local.paid_generations import Cached, paid_generations

NOON = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
YESTERDAY = NOON - timedelta(days=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
STACK = ["--stack", "standfirst-local"]
READING = a_reading(usage=Usage(input_tokens=900, output_tokens=90, cost_usd="0.0003"))


def written(
    article_id: str = "politics/ferry.txt",
    revision: int = 1,
    at: datetime = YESTERDAY,
    usd: str | None = "0.001",
    **members: object,
) -> Record:
    """A record that a model wrote ``at``."""
    told: dict[str, object] = {
        "made_by": MadeBy(writer="openai", model="gpt-5.6-luna", prompt="3", style="default@1"),
        "usage": Usage(input_tokens=1_000, cached_input_tokens=600, output_tokens=100, cost_usd=usd),
        "content_hash": f"content of {article_id}",
        "generated_at": at,
        "updated_at": at,
    }
    return a_record(article_id, revision).model_copy(update=told | members)


def later(record: Record, hours: float = 1, **members: object) -> Record:
    """The next revision of ``record``, of the same text."""
    moment = {"revision": record.revision + 1, "updated_at": record.updated_at + timedelta(hours=hours)}
    return record.model_copy(update=moment | members)


def paid(*revisions: Record, since: datetime = LONG_AGO) -> list[tuple[int, str | None, str | None]]:
    """The revisions that were paid for, what their text cost, and what its reading did."""
    found = paid_generations(revisions, since, Cached())
    return [(each.record.revision, each.writer.cost_usd, each.reader.cost_usd) for each in found]


def test_a_text_is_paid_once_whatever_becomes_of_it() -> None:
    """An embargo, an approval and an edit are revisions of the same text; an edit takes the second reading out."""
    first = written(second_reading=READING)
    metadata = later(first)
    edited = later(metadata, status=Status.EDITED, second_reading=None, summary="Hers.")

    assert paid(edited, metadata, first) == [(1, "0.001", "0.0003")]


def test_replaced_pending_and_regenerated_texts_are_paid_each() -> None:
    """Whether or not anybody ever saw them."""
    replaced = written(usd="0.001")
    current = written(revision=2, at=YESTERDAY + timedelta(hours=1), usd="0.002", status=Status.APPROVED)
    pending = written(revision=3, at=YESTERDAY + timedelta(hours=2), usd="0.004", summary="Of the new version.")
    stays = later(current, revision=4, pending=3)

    assert paid(stays, pending, current, replaced) == [(1, "0.001", "0"), (2, "0.002", "0"), (3, "0.004", "0")]


def test_what_no_model_was_asked_for_is_not_paid() -> None:
    """The extractive writer's texts, and records without texts."""
    assert paid(a_record(), written(revision=2, usage=None, made_by=None, status=Status.FAILED)) == []


def test_a_text_that_is_read_later_is_paid_for_once_and_so_is_its_reading() -> None:
    """The record of the text that was read has the usage of the text again."""
    unavailable = a_reading(outcome="unavailable", usage=Usage())
    unread = written(second_reading=unavailable)
    read = written(revision=2, at=YESTERDAY + timedelta(hours=3), second_reading=READING)
    more = Usage(input_tokens=2_100, cached_input_tokens=1_200, output_tokens=210, cost_usd="0.0022")
    revised = read.model_copy(update={"usage": more, "summary": "Revised."})

    assert paid(read, unread) == [(1, "0.001", "0"), (2, "0", "0.0003")]
    assert paid(revised, unread) == [(1, "0.001", "0"), (2, "0.0012", "0.0003")]
    assert paid(read, unread, since=YESTERDAY + timedelta(hours=1)) == [(2, "0", "0.0003")]


def test_a_regeneration_of_an_unread_text_is_paid_in_full() -> None:
    """It is written anew: with other tokens, and for a person."""
    unread = written(second_reading=a_reading(outcome="unavailable", usage=Usage()))
    usage = Usage(input_tokens=1_000, cached_input_tokens=900, output_tokens=120, cost_usd="0.0011")
    anew = written(revision=2, at=YESTERDAY + timedelta(hours=3), second_reading=READING, usage=usage, summary="Anew.")

    assert paid(anew, unread) == [(1, "0.001", "0"), (2, "0.0011", "0.0003")]


def test_an_unknown_cost_stays_unknown() -> None:
    """Also when a text of unknown cost is read later, at a known one."""
    unread = written(usd=None, second_reading=a_reading(outcome="unavailable", usage=Usage()))
    read = written(revision=2, at=NOON, usd=None, second_reading=READING)

    assert paid(read, unread) == [(1, None, "0"), (2, "0", "0.0003")]


# ----------------------------------------------------------------------------------------------------------------------
# The command
# ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Done:
    """What a command left behind, and what it asked DynamoDB for."""

    status: int
    out: str
    err: str
    asked: list[str]

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """Its output, as JSON."""
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def standfirst(storage: Mapping[str, str], capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs a command beside a stack without any record."""
    empty(storage["SummariesTable"], storage["ModelStateTable"])
    asked: list[str] = []
    boto3.DEFAULT_SESSION = None
    boto3.setup_default_session()
    events: Any = cast("boto3.Session", boto3.DEFAULT_SESSION).events
    events.register("before-call.dynamodb", lambda model, **_: asked.append(model.name))

    def run(*arguments: str) -> Done:
        asked.clear()
        try:
            status = main(arguments)
        except SystemExit as exit_of_argparse:
            status = int(exit_of_argparse.code or 0)
        return Done(status, *capsys.readouterr(), list(asked))

    yield run
    boto3.DEFAULT_SESSION = None


@pytest.fixture
def summaries(standfirst: Run, storage: Mapping[str, str]) -> DynamoDbSummaryTable:
    """The table of summaries, empty."""
    assert standfirst
    return DynamoDbSummaryTable(storage["SummariesTable"])


def since(day: datetime, *more: str) -> list[str]:
    """The arguments of the command."""
    return ["costs", *STACK, "--since", f"{day.date()}", *more]


def newsroom(summaries: DynamoDbSummaryTable) -> None:
    """Two sections, a text that came from the cache, one of unknown cost, and one of long ago."""
    save(summaries, first := written(second_reading=READING))
    stored = summaries.current(first.article_id)
    summaries.apply(Transition(later(first, status=Status.APPROVED)), stored, None)
    save(summaries, written("politics/copy.txt", content_hash=first.content_hash, second_reading=READING))
    save(summaries, written("sport/cup.txt", at=NOON, usd="0.005"))
    save(summaries, written("sport/odd.txt", at=NOON, usd=None))
    save(summaries, written("old.txt", at=NOON - timedelta(days=60), usd="9"))


def test_the_costs_are_told_by_day_model_style_section_and_article(
    standfirst: Run, summaries: DynamoDbSummaryTable
) -> None:
    """Each generation once, and none from before; money as exact decimals."""
    newsroom(summaries)

    done = standfirst(*since(YESTERDAY, "--json"))

    told = done.json
    assert done.status == 0
    assert (told["usd"], told["writer_usd"], told["second_reader_usd"]) == ("0.0063", "0.006", "0.0003")
    assert (told["generations"], told["unknown"]) == (3, 1)
    assert [(day["day"], day["usd"], day["unknown"]) for day in told["days"]] == [
        (f"{YESTERDAY.date()}", "0.0013", 0),
        (f"{NOON.date()}", "0.005", 1),
    ]
    assert [(each["role"], each["model"], each["usd"], each["output_tokens"]) for each in told["models"]] == [
        ("second_reader", "a-reader", "0.0003", 90),
        ("writer", "gpt-5.6-luna", "0.006", 300),
    ]
    assert [(each["section"], each["usd"]) for each in told["sections"]] == [("politics", "0.0013"), ("sport", "0.005")]
    assert [(each["style"], each["usd"]) for each in told["styles"]] == [("default@1", "0.0063")]
    assert told["articles"] == {
        "count": 3,
        "of_known_cost": 2,
        "mean_usd": "0.003150000",
        "p95_usd": "0.005000000",
    }


def test_nothing_is_scanned_and_only_articles_with_several_revisions_are_queried(
    standfirst: Run, summaries: DynamoDbSummaryTable
) -> None:
    """Four partitions of the index, one article, and the two budgets of two days."""
    newsroom(summaries)

    asked = standfirst(*since(YESTERDAY)).asked

    assert sorted(asked) == ["GetItem"] * 4 + ["Query"] * 5


def test_a_person_sees_the_budget_beside_the_records(
    standfirst: Run, summaries: DynamoDbSummaryTable, storage: Mapping[str, str]
) -> None:
    """And what only the budget counts; an unknown cost is told as one."""
    newsroom(summaries)
    DynamoDbBudgetTable(storage["ModelStateTable"], Decimal(10), SystemClock()).reserve(Decimal("0.012"))

    done = standfirst(*since(YESTERDAY))

    lines = {line.split("  ")[0]: line.split() for line in done.out.splitlines() if line}
    assert done.status == 0
    assert lines[f"{NOON.date()}"][1:] == ["2", "0.0050", "0.0000", "0.0050", "1", "0.0120", "0.0070"]
    assert lines[f"{YESTERDAY.date()}"][1:] == ["1", "0.0010", "0.0003", "0.0013", "0", "-", "-"]
    assert lines["all"][1:] == ["3", "0.0060", "0.0003", "0.0063", "1", "0.0120", "0.0070"]
    assert "1 texts cost more than is counted here" in done.out
    assert "Not in the records, but in the budget: regenerations that brought nothing better" in done.out


def test_a_stack_that_has_paid_nothing_says_so(standfirst: Run) -> None:
    """No division by nothing."""
    done = standfirst(*since(NOON))

    assert (done.status, done.err) == (0, "")
    assert "The daily budget has counted nothing" in done.out
    assert standfirst(*since(NOON, "--json")).json["articles"]["mean_usd"] is None


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["costs", "--since", "2026-02-30"], 2, "2026-02-30 is no day: write it as 2026-11-01"),
        (["costs", "--since", "yesterday"], 2, "yesterday is no day"),
        (["costs", "--since", "9999-01-01"], 2, "9999-01-01 is in the future: today is "),
        (["costs"], 2, "--since"),
        (["costs", "--since", "2026-01-01"], 1, "there is no stack standfirst in eu-west-1: name yours with --stack"),
    ],
    ids=["no date", "a word", "the future", "none", "no stack"],
)
def test_bad_input_gets_a_clear_error(standfirst: Run, arguments: list[str], status: int, said: str) -> None:
    """Without a traceback."""
    done = standfirst(*arguments)

    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert "Traceback" not in done.err


def test_missing_rights_are_said_in_the_words_of_aws(
    standfirst: Run, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which call was refused, and for whom."""
    refusal = {"__type": "AccessDeniedException", "message": "Bob may not query the index"}
    httpserver.expect_request("/").respond_with_json(refusal, 400)
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", httpserver.url_for(""))

    done = standfirst(*since(NOON))

    assert (done.status, done.out) == (1, "")
    assert done.err == "standfirst: Query was refused: Bob may not query the index (AccessDeniedException)\n"
