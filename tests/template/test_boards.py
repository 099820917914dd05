"""The two boards and the three objectives: all that they look at is there, and nothing is left out."""

import json
import re
from collections.abc import Collection, Mapping

import pytest

from boards import (
    board,
    is_sent,
    known_with,
    renamed,
    resources_of,
    rows_of,
    watched_by_alarms_and_objectives,
    watched_on_boards,
    written,
)
from cloudformation import DESK, PARAMETERS, is_deployed, properties, stack

BOARDS = ("NewsroomBoard", "OperatorBoard")
OBJECTIVES = ("Uploads", "Reads", "Answers")
OFF = {"Boards": "off"}

# The metrics of AWS that the template may look at, each with its dimensions, by namespace; the sources are pages of
# AWS's documentation. That of BurnRate names no dimensions: they are those of public templates that alarm on it.
METRICS_OF_AWS: Mapping[str, tuple[str, Mapping[str, Collection[tuple[str, ...]]]]] = {
    "AWS/SQS": (
        "Amazon SQS developer guide, Available CloudWatch metrics for Amazon SQS",
        dict.fromkeys(("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"), (("QueueName",),)),
    ),
    "AWS/Lambda": (
        "AWS Lambda developer guide, Types of metrics for Lambda functions",
        dict.fromkeys(("Errors", "Throttles", "ConcurrentExecutions", "Duration"), (("FunctionName",),)),
    ),
    "AWS/States": (
        "AWS Step Functions developer guide, Monitoring Step Functions metrics using Amazon CloudWatch",
        {"ExecutionsFailed": (("StateMachineArn",),)},
    ),
    "AWS/DynamoDB": (
        "Amazon DynamoDB developer guide, DynamoDB metrics and dimensions",
        {
            **dict.fromkeys(("ConsumedReadCapacityUnits", "ConsumedWriteCapacityUnits"), (("TableName",),)),
            **dict.fromkeys(
                ("ReadThrottleEvents", "WriteThrottleEvents"),
                (("TableName",), ("GlobalSecondaryIndexName", "TableName")),
            ),
        },
    ),
    "AWS/ApiGateway": (
        "Amazon API Gateway developer guide, Monitor CloudWatch metrics for HTTP APIs",
        dict.fromkeys(("Count", "4xx", "5xx", "Latency"), (("ApiId",),)),
    ),
    "AWS/EventBridge/Pipes": (
        "Amazon EventBridge user guide, Logging and monitoring Amazon EventBridge Pipes using CloudWatch",
        dict.fromkeys(("Invocations", "ExecutionFailed", "TargetStageFailed"), (("PipeName",),)),
    ),
    "AWS/ApplicationSignals": (
        "Amazon CloudWatch user guide, Service level objectives (SLOs), Calculate burn rates",
        {"BurnRate": (("SloName", "BurnRateWindowMinutes"),)},
    ),
}

WATCHED = [*watched_on_boards(DESK), *watched_by_alarms_and_objectives()]
GRAPHS = [(logical_id, widget) for logical_id in BOARDS for widget in board(logical_id, DESK)["widgets"]]


def test_every_metric_of_ours_is_one_that_a_function_sends() -> None:
    """To the letter, with its dimensions: what nobody sends is an empty graph, and an alarm that never rings."""
    ours = [each for each in WATCHED if not each.namespace.startswith("AWS/")]

    assert len(ours) > 40
    assert [each for each in ours if not is_sent(each)] == []
    assert not any(is_sent(renamed(each, f"{each.name}_")) for each in ours)


def test_every_metric_of_aws_is_in_its_documentation() -> None:
    """By name and dimensions."""
    theirs = {each for each in WATCHED if each.namespace.startswith("AWS/")}

    for each in theirs:
        _, metrics = METRICS_OF_AWS[each.namespace]
        assert each.dimensions in metrics.get(each.name, ()), each
    listed = {(namespace, name) for namespace, (_, metrics) in METRICS_OF_AWS.items() for name in metrics}
    assert listed == {(each.namespace, each.name) for each in theirs}


@pytest.mark.parametrize("logical_id", BOARDS)
def test_every_graph_has_a_sentence_above_it(logical_id: str) -> None:
    """On how to read it, as wide as it is."""
    widgets = board(logical_id)["widgets"]
    texts = {(each["x"], each["y"] + each["height"], each["width"]): each for each in widgets if each["type"] == "text"}

    for widget in widgets:
        if widget["type"] != "text":
            above = texts[widget["x"], widget["y"], widget["width"]]["properties"]["markdown"]
            assert re.fullmatch(r"[A-Z].{20,}\.", above, re.DOTALL), widget["properties"]["title"]


@pytest.mark.parametrize("logical_id", BOARDS)
def test_no_widget_lies_on_another(logical_id: str) -> None:
    """A board has 24 columns."""
    cells: set[tuple[int, int]] = set()

    for each in board(logical_id)["widgets"]:
        own = {
            (column, row)
            for column in range(each["x"], each["x"] + each["width"])
            for row in range(each["y"], each["y"] + each["height"])
        }
        assert not own & cells, each
        assert max(column for column, _ in own) < 24
        cells |= own


@pytest.mark.parametrize("parameters", PARAMETERS.values(), ids=PARAMETERS.keys())
@pytest.mark.parametrize("logical_id", BOARDS)
def test_a_board_is_json_whatever_is_chosen(logical_id: str, parameters: dict[str, str]) -> None:
    """With its function or without, with tables of its own or another stack's."""
    graphs = [each for each in board(logical_id, parameters)["widgets"] if each["type"] == "metric"]

    assert len(graphs) > 10
    for each in graphs:
        assert list(rows_of(each))
        assert each["properties"]["region"] == "eu-west-1"


def dimension_values(metric: str, parameters: Mapping[str, str]) -> set[str]:
    """The values of the dimensions of one metric on the operator's board."""
    return {
        value
        for each in watched_on_boards(parameters)
        if each.where.startswith("OperatorBoard") and each.name == metric
        for value in each.values or ()
    }


@pytest.mark.parametrize("metric", ["Errors", "Throttles", "ConcurrentExecutions", "Duration"])
@pytest.mark.parametrize("parameters", [{}, DESK], ids=["without the desk", "with the desk"])
def test_every_function_is_on_the_operators_board(metric: str, parameters: dict[str, str]) -> None:
    """The next one, too: this fails until it is."""
    assert dimension_values(metric, parameters) == set(resources_of("AWS::Lambda::Function", parameters))


@pytest.mark.parametrize("metric", ["ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"])
def test_every_queue_is_on_the_operators_board(metric: str) -> None:
    """The next one, too."""
    assert dimension_values(metric, {}) == {f"{name}.QueueName" for name in resources_of("AWS::SQS::Queue")}


@pytest.mark.parametrize("metric", ["ConsumedReadCapacityUnits", "WriteThrottleEvents"])
def test_every_table_is_on_the_operators_board(metric: str) -> None:
    """Also one that another stack left."""
    left = {"ExistingReviewsTable": "newsroom-reviews"}

    assert dimension_values(metric, {}) == set(resources_of("AWS::DynamoDB::Table"))
    assert "newsroom-reviews" in dimension_values(metric, left)


def test_every_alarm_is_on_the_operators_board() -> None:
    """In one place."""
    [shown] = [each for _, each in GRAPHS if each["type"] == "alarm"]

    assert {arn.removesuffix(".Arn") for arn in shown["properties"]["alarms"]} == set(
        resources_of("AWS::CloudWatch::Alarm")
    )


def test_the_cold_starts_of_every_function_are_read_from_its_log() -> None:
    """There is no metric for them; the desk's function is small."""
    [log] = [each for _, each in GRAPHS if each["type"] == "log"]

    sources = re.findall(r"SOURCE '(\w+)Logs'", log["properties"]["query"])
    assert set(sources) == set(resources_of("AWS::Lambda::Function"))


def test_every_function_is_watched_for_being_throttled() -> None:
    """By one alarm, or by one of its own."""
    watched = {
        value
        for each in watched_by_alarms_and_objectives()
        if (each.namespace, each.name) == ("AWS/Lambda", "Throttles")
        for value in each.values or ()
    }

    assert watched == set(resources_of("AWS::Lambda::Function"))


def all_expressions() -> list[tuple[str, set[str]]]:
    """Every expression with metrics by their ids, and the ids that there are beside it."""
    found = []
    for logical_id in resources_of("AWS::CloudWatch::Alarm"):
        queries = properties(logical_id).get("Metrics", ())
        ids = {each["Id"] for each in queries}
        found += [(each["Expression"], ids) for each in queries if "Expression" in each]
    for _, widget in GRAPHS:
        options = [row[-1] for row in rows_of(widget)]
        ids = {each["id"] for each in options if "id" in each}
        found += [(re.sub(r"'[^']*'", "", each["expression"]), ids) for each in options if "expression" in each]
    return found


def test_every_expression_names_metrics_that_stand_beside_it() -> None:
    """By their ids, which begin with a small letter."""
    expressions = all_expressions()

    assert len(expressions) > 15
    for expression, ids in expressions:
        assert set(re.findall(r"\b[a-z]\w*", expression)) <= ids, expression


@pytest.mark.parametrize("name", OBJECTIVES)
def test_an_alarm_hears_of_the_burn_rates_of_its_objective(name: str) -> None:
    """Those that the objective computes, under its name; the board shows one of them."""
    objective, known = properties(f"{name}Objective"), known_with({})
    windows = {str(each["LookBackWindowMinutes"]) for each in objective["BurnRateConfigurations"]}
    own = written(objective["Name"], known)

    heard = {each.values for each in watched_by_alarms_and_objectives() if each.where == f"{name}BurnRateAlarm"}
    shown = {each.values for each in watched_on_boards() if each.name == "BurnRate"}

    assert heard == {(own, window) for window in windows}
    assert (own, "60") in shown
    assert len(shown) == len(OBJECTIVES)


def test_the_objectives_are_those_that_are_promised() -> None:
    """Of requests, good and bad ones, over thirty days."""
    goals = {name: properties(f"{name}Objective")["Goal"] for name in OBJECTIVES}

    assert {name: goal["AttainmentGoal"] for name, goal in goals.items()} == {
        "Uploads": 99,
        "Reads": 99.9,
        "Answers": 99.9,
    }
    for goal in goals.values():
        assert goal["Interval"] == {"RollingInterval": {"DurationUnit": "DAY", "Duration": 30}}


def burning(hour: float, minutes5: float, hours6: float, minutes30: float) -> float:
    """What the alarms compute of four burn rates."""
    (expression,) = {
        query["Expression"]
        for name in OBJECTIVES
        for query in properties(f"{name}BurnRateAlarm")["Metrics"]
        if "Expression" in query
    }
    names = {"hour": hour, "minutes5": minutes5, "hours6": hours6, "minutes30": minutes30}
    functions = {"MAX": max, "MIN": min, "FILL": lambda value, _: value}
    value: float = eval(expression, {"__builtins__": {}}, {**names, **functions})  # noqa: S307 - the template's own
    return value


@pytest.mark.parametrize(
    ("rates", "rings"),
    [
        ((15, 15, 2, 15), True),
        ((15, 0, 2, 2), False),
        ((3, 50, 1, 8), False),
        ((7, 7, 7, 7), True),
        ((7, 7, 7, 1), False),
        ((1, 1, 1, 1), False),
    ],
    ids=["fast", "fast, but over", "only just begun", "slow", "slow, but over", "as budgeted"],
)
def test_a_burn_rate_rings_where_the_budget_would_not_last(rates: tuple[float, ...], rings: bool) -> None:  # noqa: FBT001
    """At 14.4 for an hour, or at 6 for six hours, and only as long as it goes on."""
    threshold = {properties(f"{name}BurnRateAlarm")["Threshold"] for name in OBJECTIVES}

    assert threshold == {1}
    assert (burning(*rates) > 1) is rings


def share(alarm: str, **values: float) -> float:
    """What an alarm about a share computes."""
    (expression,) = [each["Expression"] for each in properties(alarm)["Metrics"] if "Expression" in each]
    functions = {"IF": lambda condition, one, other: one if condition else other, "FILL": lambda value, _: value}
    value: float = eval(expression, {"__builtins__": {}}, {**values, **functions})  # noqa: S307 - the template's own
    return value


@pytest.mark.parametrize(
    ("alarm", "parameter"),
    [("NeedsReviewShareAlarm", "NeedsReviewAlarmPercent"), ("FailedShareAlarm", "FailedAlarmPercent")],
)
def test_a_jump_is_a_share_of_the_last_hours_records(alarm: str, parameter: str) -> None:
    """Of both functions together, from twenty on; as much as is allowed is a parameter."""
    assert share(alarm, uploads=9, requests=3, uploads_all=20, requests_all=4) == 50
    assert share(alarm, uploads=19, requests=0, uploads_all=18.5, requests_all=0.5) == 0
    assert properties(alarm)["Threshold"] == {"Ref": parameter}
    assert {each["MetricStat"]["Period"] for each in properties(alarm)["Metrics"] if "MetricStat" in each} == {3600}


def test_boards_and_objectives_can_be_left_out() -> None:
    """With their alarms: they cost money."""
    kinds = {"AWS::CloudWatch::Dashboard", "AWS::ApplicationSignals::ServiceLevelObjective"}
    optional = {name for name, each in stack()["Resources"].items() if each["Type"] in kinds}
    optional |= {f"{name}BurnRateAlarm" for name in OBJECTIVES}

    assert {name for name in stack()["Resources"] if is_deployed(name, {}) and not is_deployed(name, OFF)} == optional


def test_the_template_is_no_larger_than_cloudformation_takes() -> None:
    """One megabyte in S3 (AWS CloudFormation user guide, "Understand CloudFormation quotas"), and 500 resources."""
    assert len(json.dumps(stack()).encode()) < 1_000_000 * 0.5
    assert len(stack()["Resources"]) < 500 * 0.5


def test_a_text_on_a_board_is_short() -> None:
    """Two units high, it holds three lines."""
    for _, widget in GRAPHS:
        if widget["type"] == "text":
            assert len(widget["properties"]["markdown"]) <= 230
