"""``functions/backfill`` over moto: what it answers to the command line, and what it tells of a run that has ended."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import pytest

from cloudformation import module_of
from metric_lines import sent_of
from standfirst.domain.errors import NoSuchRun, SettingsError
from standfirst_local.environment import environment
from standfirst_local.functions import LocalContext

ARCHIVE = "The ferry across the Sele will return in June, the town council of Brackenford decided on Friday."


@pytest.fixture
def function(storage: Mapping[str, str]) -> Iterator[Any]:
    """The function of a stack without a model."""
    variables = {
        "ARTICLES_BUCKET": storage["ArticlesBucket"],
        "BACKFILL_BUCKET": storage["BackfillBucket"],
        "BACKFILL_QUEUE_URL": storage["BackfillQueue"],
        "BACKFILL_CONCURRENCY": "2",
        "GENERATIONS_TABLE": storage["GenerationsTable"],
        "MODEL_STATE_TABLE": storage["ModelStateTable"],
        "SUMMARIES_TABLE": storage["SummariesTable"],
        "DAILY_BUDGET_USD": "5",
        "MODEL_LANE": "backfill",
        "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
        "POWERTOOLS_SERVICE_NAME": "backfill-runs",
        "POWERTOOLS_TRACE_DISABLED": "true",
    }
    with environment(variables):
        yield module_of("BackfillRuns")


def ask(function: Any, step: str, **event: object) -> dict[str, Any]:  # noqa: ANN401 - a module
    """What the function answers."""
    answer: dict[str, Any] = function.lambda_handler({"step": step, **event}, LocalContext("backfill", 1769, "1", 900))
    return answer


def test_a_quote_begin_and_stop_without_a_model(
    function: Any,  # noqa: ANN401 - a module
    storage: Mapping[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The extractive writer writes for nothing; a run that is stopped ends at its next step, and is told of."""
    boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key="quoted/ferry.txt", Body=ARCHIVE.encode())
    options = {"prefix": "quoted/", "mode": "live"}

    listed = ask(function, "count", options=options, cursor=None)
    sampled = ask(function, "sample", options=options, keys=listed["candidates"])
    begun = ask(function, "begin", options=options)
    run_id = begun["run"]["run_id"]
    wanted = ask(function, "want", run=None, wanted="stop")
    capsys.readouterr()
    ended = ask(function, "advance", run=run_id, serial=1, state_machine="none")

    assert (listed["objects"], listed["candidates"], listed["cursor"]) == (1, ["quoted/ferry.txt"], None)
    assert sampled["actions"] == {"live": 1}
    assert sampled["usd"] == {"list": "0", "live": "0"}
    assert wanted["wanted"] == "stop"
    assert ended["next"] == "end"
    assert ask(function, "status")["run"]["state"] == "stopped"
    lines = capsys.readouterr().out
    assert {each.name for each in sent_of(lines)} >= {"backfill_stopped", "backfill_written", "backfill_left"}


def test_what_a_deployment_cannot_do_is_refused_before_anything_is_listed(function: Any) -> None:  # noqa: ANN401
    """With what to do instead."""
    with pytest.raises(SettingsError, match="take --live"):
        ask(function, "count", options={"mode": "batch"}, cursor=None)
    with pytest.raises(SettingsError, match="no model"):
        ask(function, "count", options={"mode": "live", "rewrite_below_prompt": 3}, cursor=None)


def test_a_run_that_is_not_there_is_said_so(function: Any) -> None:  # noqa: ANN401
    """By its name."""
    with pytest.raises(NoSuchRun, match="another"):
        ask(function, "status", run="another")
    part = {"run": "another", "folder": "f/", "part": 0, "keys": []}
    with pytest.raises(NoSuchRun, match="another"):
        ask(function, "prepare", part=json.loads(json.dumps(part)))
