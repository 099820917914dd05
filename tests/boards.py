"""The metrics that the template looks at: on boards, in alarms and in objectives; and those that the functions send."""

import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from builders import MORNING, a_reading, a_record
from cloudformation import DEFAULTS, is_deployed, module_of, properties, resolved_variables_of, stack
from http_events import an_event
from metric_lines import Sent, sent_of
from standfirst.domain.article import ArticleId
from standfirst.domain.draft import Finding
from standfirst.domain.record import Degraded, MadeBy, OverruledFinding, RejectedDraft, Status
from standfirst.domain.review_record import ReviewRecord
from standfirst.domain.usage import Usage
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst_local.environment import environment
from standfirst_local.functions import LocalContext

SEARCH = re.compile(r"SEARCH\('\{([^}]+)\} MetricName=(\"\w+\"|\([^)]+\))(?: TableName=\"[\w-]+\")?', '(\w+)', (\d+)\)")
"""The only form of a search that the boards use."""


@dataclass(frozen=True)
class Watched:
    """One metric that something looks at; ``values`` are those of its dimensions, none where it searches for them."""

    where: str
    namespace: str
    name: str
    dimensions: tuple[str, ...]
    values: tuple[str, ...] | None


# ----------------------------------------------------------------------------------------------------------------------
# What the template looks at
# ----------------------------------------------------------------------------------------------------------------------


def written(value: Any, known: Mapping[str, str]) -> str:  # noqa: ANN401 - CloudFormation's
    """A text of the template; what refers to a resource is its logical id, with the attribute if it has one."""
    match value:
        case str() | int():
            return str(value)
        case {"Ref": name}:
            return known.get(name, name)
        case {"Fn::GetAtt": [name, attribute]}:
            return f"{name}.{attribute}"
        case {"Fn::Sub": str(text)}:
            return written({"Fn::Sub": [text, {}]}, known)
        case {"Fn::Sub": [text, more]}:
            inner = {name: written(each, known) for name, each in more.items()}
            whole = re.sub(r"\$\{([\w:.]+)\}", lambda found: {**known, **inner}.get(found[1], found[1]), text)
            return whole.replace("${!", "${")
        case {"Fn::Select": [index, {"Fn::Split": [separator, text]}]}:
            return written(text, known).split(separator)[int(index)]
    raise AssertionError(value)


def known_with(parameters: Mapping[str, str]) -> dict[str, str]:
    """Parameters and pseudo parameters."""
    defaults = {name: str(each.get("Default", "")) for name, each in stack()["Parameters"].items()}
    stack_id = "arn:aws:cloudformation:eu-west-1:123456789012:stack/newsroom/01234567-89ab-cdef-0123-456789abcdef"
    pseudo = {"AWS::StackId": stack_id, "AWS::StackName": "newsroom", "AWS::Region": "eu-west-1"}
    return {**defaults, **parameters, **pseudo}


def board(logical_id: str, parameters: Mapping[str, str] = DEFAULTS) -> dict[str, Any]:
    """The body of a dashboard, as CloudWatch gets it."""
    body = written(properties(logical_id, parameters)["DashboardBody"], known_with(parameters))
    found: dict[str, Any] = json.loads(body)
    return found


def resources_of(kind: str, parameters: Mapping[str, str] = DEFAULTS) -> list[str]:
    """The logical ids of one type of resource that are deployed."""
    return [
        name
        for name, each in stack()["Resources"].items()
        if each["Type"] == kind and is_deployed(name, parameters)
    ]  # fmt: skip


def rows_of(widget: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The metrics of a widget, options last, without CloudWatch's abbreviations, which these boards do without."""
    for row in widget["properties"].get("metrics", ()):
        assert not {".", "..."} & {each for each in row if isinstance(each, str)}
        yield row if isinstance(row[-1], dict) else [*row, {}]


def watched_on_boards(parameters: Mapping[str, str] = DEFAULTS) -> Iterator[Watched]:
    """The metrics on both boards."""
    for logical_id in resources_of("AWS::CloudWatch::Dashboard", parameters):
        for widget in board(logical_id, parameters)["widgets"]:
            for row in rows_of(widget):
                yield from _watched_in(f"{logical_id}: {widget['properties']['title']}", row)


def _watched_in(where: str, row: list[Any]) -> Iterator[Watched]:
    *path, options = row
    if path:
        namespace, name, *dimensions = path
        yield Watched(where, namespace, name, tuple(dimensions[::2]), tuple(dimensions[1::2]))
        return
    searches = SEARCH.findall(options["expression"])
    assert len(searches) == options["expression"].count("SEARCH"), options
    for schema, names, *_ in searches:
        namespace, *dimensions = schema.split(",")
        for name in re.findall(r'"(\w+)"', names):
            yield Watched(where, namespace, name, tuple(dimensions), None)


def watched_by_alarms_and_objectives() -> Iterator[Watched]:
    """The metrics in alarms and in objectives."""
    known = known_with({})
    for logical_id in resources_of("AWS::CloudWatch::Alarm"):
        alarm = properties(logical_id)
        stats = [each["MetricStat"]["Metric"] for each in alarm.get("Metrics", ()) if "MetricStat" in each]
        for metric in stats or [alarm]:
            yield _watched(logical_id, metric, known)
    for logical_id in resources_of("AWS::ApplicationSignals::ServiceLevelObjective"):
        sli = properties(logical_id)["RequestBasedSli"]["RequestBasedSliMetric"]
        for query in (*sli["TotalRequestCountMetric"], *sli["MonitoredRequestCountMetric"]["BadCountMetric"]):
            yield _watched(logical_id, query["MetricStat"]["Metric"], known)


def _watched(where: str, metric: Mapping[str, Any], known: Mapping[str, str]) -> Watched:
    dimensions = [(each["Name"], written(each["Value"], known)) for each in metric["Dimensions"]]
    names, values = tuple(name for name, _ in dimensions), tuple(value for _, value in dimensions)
    return Watched(where, written(metric["Namespace"], known), metric["MetricName"], names, values)


# ----------------------------------------------------------------------------------------------------------------------
# What the functions send
# ----------------------------------------------------------------------------------------------------------------------

_MODEL = MadeBy(writer="openai", model="gpt-5.6-luna", prompt="3", style="default@1")
_FINDINGS = (Finding("name", "summary", "a", "b", "warning"), Finding("money", "summary", "a", "b", "error"))
_DRAFT = RejectedDraft(standfirst="", summary="", findings=_FINDINGS, made_by=_MODEL)
_RECORD = a_record().model_copy(
    update={
        "made_by": _MODEL,
        "usage": Usage(input_tokens=9, cost_usd="0.1"),
        "rejected_draft": _DRAFT,
        "second_reading": a_reading(),
    }
)
_UNKNOWN = _RECORD.model_copy(update={"usage": Usage(input_tokens=9, cost_usd=None)})
_READINGS = ("not_needed", "read", "unavailable", "unusable")


@cache
def sent_by_functions() -> frozenset[Sent]:
    """What the real modules of the functions send for inputs that make them send all they have; without the values."""
    sent: set[Sent] = set()
    for function, exercise in _EXERCISES.items():
        app = module_of(function)
        app.metrics.clear_metrics()
        variables = resolved_variables_of(function) | {"MODEL_PROVIDER": "openai", "MODEL_KEY_SECRET": "a-secret"}
        with environment(variables), redirect_stdout(io.StringIO()) as output:
            exercise(app)
            if app.metrics.provider.metric_set:
                app.metrics.flush_metrics()
            if hasattr(app, "measured"):
                app.measured.flush()
        sent |= {each._replace(values=()) for each in sent_of(output.getvalue())}
    return frozenset(sent)


def _summarize_uploads(app: Any) -> None:  # noqa: ANN401 - a module
    a = ArticleId("a")
    app.on_breaker_open("openai/a-model down")
    app.report([Result(a, outcome, made=_RECORD, uploaded_at=MORNING) for outcome in Outcome])
    app.report([Result(a, Outcome.GENERATED, degraded=why, made=_UNKNOWN) for why in Degraded])
    app.report([Result(a, Outcome.GENERATED, second_reading=reading) for reading in _READINGS])
    app.report([])
    kept, app.handle_message = app.handle_message, lambda: _failing
    try:
        record = {"messageId": "m", "receiptHandle": "r", "eventSource": "aws:sqs", "body": "", "attributes": {}}
        app.lambda_handler({"Records": [record]}, LocalContext("f", 128, "an-id", timeout_seconds=60))
    finally:
        app.handle_message = kept


def _failing(*_: object) -> None:
    raise TimeoutError


def _summarize_on_request(app: Any) -> None:  # noqa: ANN401 - a module
    now = {"updated_at": datetime.now(UTC)}
    app.on_breaker_open("openai/a-model down")
    for status in Status:
        app.report(_RECORD.model_copy(update={**now, "status": status}))
    for why in Degraded:
        made_by = _MODEL.model_copy(update={"degraded": why})
        app.report(_UNKNOWN.model_copy(update={**now, "made_by": made_by}))
    for outcome in _READINGS:
        app.report(_RECORD.model_copy(update={**now, "second_reading": a_reading(outcome=outcome)}))


def _review_summaries(app: Any) -> None:  # noqa: ANN401 - a module
    let_stand = OverruledFinding(check="money", field="summary", text="a")
    for decision, changed in ((Status.APPROVED, 0), (Status.EDITED, 3), (Status.REJECTED, 0)):
        review = ReviewRecord(
            article_id=ArticleId("a"), revision=2, of=1, decision=decision, by="b", at=MORNING, status=decision,
            writer="openai", model="gpt-5.6-luna", prompt="3", words_changed=changed, seconds=9,
            findings_overruled=(let_stand,), digital_source_type=None,
        )  # fmt: skip
        app.on_review(review)


def _serve_summaries(app: Any) -> None:  # noqa: ANN401 - a module
    # A request without a route reads no table.
    event = an_event("http_get_summary", "a") | {"routeKey": "$default"}
    app.lambda_handler(event, LocalContext("f", 128, "an-id", timeout_seconds=9))


class _Budget:
    usd_a_day = 10

    def spent(self) -> int:
        """Nothing is."""
        return 0


def _upgrade_summaries(app: Any) -> None:  # noqa: ANN401 - a module
    app.report_waiting(None)
    app.report_spending({"": _Budget(), "backfill_": _Budget()})


_EXERCISES = {
    "SummarizeUploads": _summarize_uploads,
    "BackfillArticles": _summarize_uploads,
    "SummarizeOnRequest": _summarize_on_request,
    "ReviewSummaries": _review_summaries,
    "ServeSummaries": _serve_summaries,
    "UpgradeSummaries": _upgrade_summaries,
}


def is_sent(watched: Watched) -> bool:
    """Whether a function sends the metric: with the dimensions that are searched for, or these and their values."""
    return any(
        (each.namespace, each.name) == (watched.namespace, watched.name)
        and (
            {name for name, _ in each.dimensions} == set(watched.dimensions)
            if watched.values is None
            else each.dimensions == frozenset(zip(watched.dimensions, watched.values, strict=True))
        )
        for each in sent_by_functions()
    )


def renamed(watched: Watched, name: str) -> Watched:
    """The same under another name."""
    return replace(watched, name=name)
