"""The functions: where they run, what they log, and what they are told."""

import pytest

from cloudformation import of_type, plain, properties, stack, variables_of
from standfirst.wiring.bounded import SHARE
from standfirst.wiring.plain_settings import ServeDeskSettings, ServeReviewsSettings, ServeSummariesSettings
from standfirst.wiring.settings import (
    BackfillSettings,
    ReviewSummariesSettings,
    SummarizeOnRequestSettings,
    SummarizeUploadsSettings,
    UpgradeSummariesSettings,
)
from standfirst_local.deployment import read_deployment
from standfirst_local.schedule import seconds_between

SETTINGS = {
    "SummarizeUploads": SummarizeUploadsSettings,
    "UpgradeSummaries": UpgradeSummariesSettings,
    "BackfillArticles": SummarizeUploadsSettings,
    "BackfillRuns": BackfillSettings,
    "ServeSummaries": ServeSummariesSettings,
    "ReviewSummaries": ReviewSummariesSettings,
    "ServeReviews": ServeReviewsSettings,
    "SummarizeOnRequest": SummarizeOnRequestSettings,
    "ServeDesk": ServeDeskSettings,
}

OF_A_LANE = {"UPLOADS_QUEUE_URL", "DEAD_LETTER_QUEUE_URL", "MAX_RECEIVES", "DAILY_BUDGET_USD", "MODEL_LANE"}
"""What means another thing to the worker of backfills."""

ASKING = ("SummarizeUploads", "UpgradeSummaries", "BackfillArticles", "SummarizeOnRequest")
"""Those to whom it matters whether the model can be had."""


BACKGROUND = ("BackfillArticles", "BackfillRuns")
"""Those of the background lane."""


def test_every_function_runs_on_python_3_13_on_arm64_and_is_traced() -> None:
    """What the layer is built for, and what it costs least on."""
    seen = {
        (function["Runtime"], *function["Architectures"], function["TracingConfig"]["Mode"], function["Handler"])
        for function in of_type("AWS::Lambda::Function").values()
    }

    assert seen == {("python3.13", "arm64", "Active", "app.lambda_handler")}


def test_every_function_logs_json_to_a_group_that_forgets() -> None:
    """No log group without a retention, and none that Lambda would make by itself."""
    groups = of_type("AWS::Logs::LogGroup")

    for function in of_type("AWS::Lambda::Function").values():
        assert function["LoggingConfig"]["LogFormat"] == "JSON"
        assert function["LoggingConfig"]["LogGroup"]["Ref"] in groups
    assert all(group["RetentionInDays"] for group in groups.values())


def test_every_function_has_a_log_group_of_its_own() -> None:
    """Who looks into one finds one function."""
    groups = [plain(function["LoggingConfig"]["LogGroup"]) for function in of_type("AWS::Lambda::Function").values()]

    assert len(set(groups)) == len(groups)


def test_no_log_level_hides_the_metrics() -> None:
    """Lambda counts a metric line as INFO and drops it when only higher levels are wanted."""
    assert set(stack()["Parameters"]["LogLevel"]["AllowedValues"]) <= {"TRACE", "DEBUG", "INFO"}


@pytest.mark.parametrize(("function", "settings"), SETTINGS.items(), ids=SETTINGS)
def test_the_environment_of_a_function_is_what_its_settings_read(function: str, settings: type) -> None:
    """A variable that nobody reads is a setting that does nothing."""
    read = {name.upper() for name in getattr(settings, "model_fields", ()) or settings._fields}  # type: ignore[attr-defined]

    told = {name for name in variables_of(function) if not name.startswith("POWERTOOLS_")}

    # How much of an article a request shows is for the command line; without a lane it is that of live news.
    assert told == read - {"MODEL_INPUT_TOKENS"} - ({"MODEL_LANE"} if function not in BACKGROUND else set())


def test_there_are_settings_for_every_function() -> None:
    """Or the test above would miss one."""
    assert set(of_type("AWS::Lambda::Function")) == set(SETTINGS)


def test_a_variable_means_the_same_to_every_function() -> None:
    """Else one would look at the breaker of a model that the other does not ask, or in another table."""
    told = {
        (name, function in BACKGROUND and name in OF_A_LANE, str(value))
        for function in SETTINGS
        for name, value in variables_of(function).items()
        if name != "POWERTOOLS_SERVICE_NAME"
    }
    names = [(name, is_background) for name, is_background, _ in told]

    assert sorted(names) == sorted(set(names))


def test_what_is_done_in_the_background_has_a_budget_of_its_own() -> None:
    """That and its breakers are told apart by the lane."""
    worker, upgrades = variables_of("BackfillArticles"), variables_of("UpgradeSummaries")

    assert (worker["DAILY_BUDGET_USD"], worker["MODEL_LANE"]) == ({"Ref": "BackfillBudgetUsd"}, "backfill")
    assert upgrades["BACKFILL_BUDGET_USD"] == {"Ref": "BackfillBudgetUsd"}
    assert (
        upgrades["DAILY_BUDGET_USD"]
        == variables_of("SummarizeUploads")["DAILY_BUDGET_USD"]
        == {"Ref": "DailyBudgetUsd"}
    )


def test_the_two_workers_are_one_code_and_are_told_the_same_of_everything_else() -> None:
    """Of models, styles and tables: a text is the same whichever lane it came on."""
    codes = {
        plan.code for plan in read_deployment({}).functions if plan.name in {"SummarizeUploads", "BackfillArticles"}
    }
    live, background = variables_of("SummarizeUploads"), variables_of("BackfillArticles")

    assert len(codes) == 1
    assert {name for name in live if live[name] != background[name]} == OF_A_LANE - {"MODEL_LANE"} | {
        "POWERTOOLS_SERVICE_NAME"
    }


@pytest.mark.parametrize("function", ["UpgradeSummaries", "BackfillRuns"])
def test_who_sends_knows_how_much_the_background_gets_through(function: str) -> None:
    """The figure by which its queue is kept shallow is the one by which it is worked off."""
    told = variables_of(function)

    assert told["BACKFILL_QUEUE_URL"] == {"Ref": "BackfillQueue"}
    assert told["BACKFILL_CONCURRENCY"] == {"Ref": "BackfillConcurrency"}


def test_the_functions_that_care_for_the_model_are_told_of_it() -> None:
    """Which one, what it may cost and where that is kept."""
    for function in ASKING:
        assert variables_of(function).keys() >= {"MODEL_PROVIDER", "MODEL", "DAILY_BUDGET_USD", "MODEL_STATE_TABLE"}


def test_the_functions_are_told_of_the_stacks_own_storage() -> None:
    """And of no other."""
    live = [function for function in SETTINGS if function not in BACKGROUND]
    told = {name: value for function in live for name, value in variables_of(function).items()}

    assert told["ARTICLES_BUCKET"] == {"Ref": "ArticlesBucket"}
    assert told["ARTICLES_PREFIX"] == {"Ref": "ArticlePrefix"}
    assert told["SUMMARIES_TABLE"] == {"Ref": "SummariesTable"}
    assert told["REVIEWS_TABLE"] == {"Ref": "ReviewsTable"}
    assert told["UPLOADS_QUEUE_URL"] == {"Ref": "UploadsQueue"}


def test_upgrades_are_wished_for_every_few_minutes_and_no_run_meets_the_next() -> None:
    """What the model could not write waits no longer than that once it can be had."""
    (rule,) = [rule for rule in of_type("AWS::Events::Rule").values() if "ScheduleExpression" in rule]
    (target,) = rule["Targets"]

    assert plain(target["Arn"]) == "UpgradeSummaries.Alias"
    assert rule.get("State", "ENABLED") == "ENABLED"
    every = seconds_between(rule["ScheduleExpression"])
    assert properties("UpgradeSummaries")["Timeout"] < every <= 900


def test_the_functions_tell_themselves_apart_by_their_services() -> None:
    """Metrics and logs are found under them."""
    names = [variables_of(function)["POWERTOOLS_SERVICE_NAME"] for function in SETTINGS]

    assert names == [
        "summarize-uploads",
        "upgrade-summaries",
        "backfill-articles",
        "backfill-runs",
        "serve-summaries",
        "review-summaries",
        "serve-reviews",
        "summarize-on-request",
        "serve-desk",
    ]


@pytest.mark.parametrize("function", ["SummarizeOnRequest", "ReviewSummaries"])
def test_somebody_who_waits_gets_a_whole_processor(function: str) -> None:
    """As from 1 769 MB on (Lambda developer guide, "Configure Lambda function memory")."""
    assert properties(function)["MemorySize"] == 1_769


def test_an_article_can_be_read_checked_and_searched_while_the_editor_waits() -> None:
    """Each within its share of processor time, and something is left for the stores."""
    assert 3 * SHARE.cpu_seconds <= properties("ReviewSummaries")["Timeout"] - 10


def test_nine_neighbours_have_most_of_an_invocation_whatever_one_document_takes() -> None:
    """On the clock its share takes longer: 1 024 MB are 0.58 of a processor."""
    function = properties("SummarizeUploads")

    assert SHARE.cpu_seconds * 1_769 / 1_024 <= function["Timeout"] / 8
    assert SHARE.memory_bytes <= 1_024 * 1024**2 / 2
