"""The promises that template.yaml makes, held against the CloudFormation that SAM's own transform makes of it."""

import importlib.util
import json
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from samtranslator.model.exceptions import InvalidDocumentException

from standfirst.adapters import generation_log
from standfirst.adapters.openai_summarizer.summarizer import LEAST_SECONDS, RESERVE_SECONDS
from standfirst.domain import redelivery
from standfirst.domain.article import ArticleId
from standfirst.domain.record import Degraded
from standfirst.settings import ModelStateSettings, SummarizeUploadsSettings, UpgradeSummariesSettings
from standfirst.summarize_article import Answer, Outcome
from standfirst_local.environment import environment
from standfirst_local.schedule import seconds_between
from standfirst_local.template import transformed

TEMPLATE = Path(__file__).parents[2] / "template.yaml"
SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:openai-AbCdEf"  # noqa: S105 - where it lies

HOUR, DAY = 3_600, 86_400

PARAMETERS = {
    "as it is": {},
    "one folder": {"ArticlePrefix": "articles/"},
    "with a topic": {"AlarmTopicArn": "arn:aws:sns:eu-west-1:123456789012:newsroom-alarms"},
    "debug": {"LogLevel": "DEBUG", "MaximumConcurrency": "2", "HouseStyles": "default: {}"},
    "OpenAI, key in a secret": {"ModelProvider": "openai", "ModelKeySecretArn": SECRET},
    "OpenAI, key in a parameter": {"ModelProvider": "openai", "ModelKeyParameter": "/standfirst/openai"},
    "another server": {
        "ModelProvider": "openai",
        "ModelKeySecretArn": SECRET,
        "ModelName": "our-model",
        "ModelBaseUrl": "https://models.example/v1",
        "ModelReasoningEffort": "",
        "ModelPrices": "our-model: {input: 1, output: 2}",
    },
    "flex": {"ModelProvider": "openai", "ModelKeySecretArn": SECRET, "ModelServiceTier": "flex"},
    "Bedrock": {"ModelProvider": "bedrock", "ModelReasoningEffort": "high"},
    "no limit to what is spent": {"ModelProvider": "bedrock", "DailyBudgetUsd": ""},
}

ACCOUNT = "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}"

# Everything a function may do, by role, as (action, resource). A new right is a decision: it is made here too.
RIGHTS = {
    "SummarizeUploadsRole": {
        ("sqs:ReceiveMessage", "UploadsQueue.Arn"),
        ("sqs:DeleteMessage", "UploadsQueue.Arn"),
        ("sqs:ChangeMessageVisibility", "UploadsQueue.Arn"),
        ("sqs:GetQueueAttributes", "UploadsQueue.Arn"),
        ("sqs:SendMessage", "UploadsDeadLetterQueue.Arn"),
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
        ("s3:ListBucket", "ArticlesBucket.Arn"),
        ("dynamodb:ConditionCheckItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:PutItem", "SummariesTable.Arn"),
        ("dynamodb:UpdateItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "GenerationsTable.Arn"),
        ("dynamodb:PutItem", "GenerationsTable.Arn"),
        ("dynamodb:UpdateItem", "GenerationsTable.Arn"),
        ("dynamodb:DeleteItem", "GenerationsTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("dynamodb:PutItem", "ModelStateTable.Arn"),
        ("dynamodb:UpdateItem", "ModelStateTable.Arn"),
        ("logs:CreateLogStream", "SummarizeUploadsLogs.Arn"),
        ("logs:PutLogEvents", "SummarizeUploadsLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "UpgradeSummariesRole": {
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_degraded"),
        ("dynamodb:UpdateItem", "SummariesTable.Arn"),
        ("dynamodb:GetItem", "ModelStateTable.Arn"),
        ("sqs:SendMessage", "UploadsQueue.Arn"),
        ("logs:CreateLogStream", "UpgradeSummariesLogs.Arn"),
        ("logs:PutLogEvents", "UpgradeSummariesLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
    "ServeSummariesRole": {
        ("dynamodb:GetItem", "SummariesTable.Arn"),
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_update"),
        ("dynamodb:Query", "${SummariesTable.Arn}/index/by_status"),
        ("logs:CreateLogStream", "ServeSummariesLogs.Arn"),
        ("logs:PutLogEvents", "ServeSummariesLogs.Arn"),
        ("xray:PutTraceSegments", "*"),
        ("xray:PutTelemetryRecords", "*"),
    },
}

# What the worker may do besides, by the choice of parameters that asks for it.
OF_THE_MODEL = {
    "as it is": set(),
    "OpenAI, key in a secret": {("secretsmanager:GetSecretValue", "ModelKeySecretArn")},
    "OpenAI, key in a parameter": {
        ("ssm:GetParameter", f"{ACCOUNT.format(service='ssm')}:parameter${{ModelKeyParameter}}"),
    },
    "Bedrock": {("bedrock-mantle:CreateInference", f"{ACCOUNT.format(service='bedrock-mantle')}:project/*")},
}

FUNCTIONS: Mapping[str, Callable[..., bool]] = {
    "Fn::Equals": operator.eq,
    "Fn::Not": operator.not_,
    "Fn::And": lambda *terms: all(terms),
    "Fn::Or": lambda *terms: any(terms),
}


@cache
def stack() -> dict[str, Any]:
    """The transformed template with its default parameters."""
    return transformed(TEMPLATE)


def of_type(name: str) -> dict[str, Any]:
    """The properties of every resource of one type, by logical id; never empty."""
    found = {key: value["Properties"] for key, value in stack()["Resources"].items() if value["Type"] == name}
    assert found, f"no {name} in the stack"
    return found


def properties(logical_id: str) -> dict[str, Any]:
    """The properties of one resource."""
    found: dict[str, Any] = stack()["Resources"][logical_id]["Properties"]
    return found


def as_list(value: object) -> list[Any]:
    """IAM's and CloudFormation's "one or several" as several."""
    return value if isinstance(value, list) else [value]


def plain(resource: str | dict[str, Any]) -> str:
    """A resource of a policy as one reads it in the template."""
    match resource:
        case str():
            return resource
        case {"Fn::GetAtt": [name, attribute]}:
            return f"{name}.{attribute}"
        case {"Fn::Sub": str(text)} | {"Ref": str(text)}:
            return text
    raise AssertionError(resource)


def value_of(term: Any, parameters: Mapping[str, str]) -> Any:  # noqa: ANN401 - CloudFormation's
    """What CloudFormation makes of a condition, or of a parameter in one."""
    match term:
        case {"Ref": name}:
            return parameters.get(name, stack()["Parameters"][name]["Default"])
        case {"Condition": name}:
            return value_of(stack()["Conditions"][name], parameters)
        case dict():
            ((function, terms),) = term.items()
            return FUNCTIONS[function](*(value_of(inner, parameters) for inner in terms))
    return term


def statements(policy: dict[str, Any], parameters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The statements of a policy that hold with ``parameters``."""
    for statement in policy["PolicyDocument"]["Statement"]:
        match statement:
            case {"Fn::If": [condition, chosen, {"Ref": "AWS::NoValue"}]}:
                if value_of({"Condition": condition}, parameters):
                    yield chosen
            case _:
                yield statement


def rights(role: str, parameters: Mapping[str, str] = MappingProxyType({})) -> Iterator[tuple[str, str]]:
    """Every (action, resource) that a role is allowed in a stack with ``parameters``."""
    for policy in properties(role)["Policies"]:
        for statement in statements(policy, parameters):
            assert statement["Effect"] == "Allow"
            for action in as_list(statement["Action"]):
                for resource in as_list(statement["Resource"]):
                    yield action, plain(resource)


def mapping() -> dict[str, Any]:
    """How the queue hands its messages to the worker."""
    (found,) = of_type("AWS::Lambda::EventSourceMapping").values()
    return dict(found)


@cache
def worker_module() -> Any:  # noqa: ANN401 - a module
    """The worker's handler, loaded with the names that the template gives it."""
    variables = properties("SummarizeUploads")["Environment"]["Variables"]
    names = {key: value for key, value in variables.items() if key.startswith("POWERTOOLS_") and isinstance(value, str)}
    path = TEMPLATE.parent / "functions/summarize_uploads/app.py"
    spec = importlib.util.spec_from_file_location("worker_of_the_template", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with environment(names):
        spec.loader.exec_module(module)
    return module


def metrics_of_the_worker() -> list[tuple[str, str, dict[str, str]]]:
    """Namespace, name and dimension of each metric, once a breaker has opened and a budget was spent."""
    app = worker_module()
    app.tell_opened("openai/a-model down")
    app.report([Answer(ArticleId("a"), Outcome.GENERATED, degraded=Degraded.BUDGET)])
    sent = app.metrics.serialize_metric_set()
    app.metrics.clear_metrics()
    (told,) = sent["_aws"]["CloudWatchMetrics"]
    ((dimension,),) = told["Dimensions"]
    by = {"Name": dimension, "Value": sent[dimension]}
    return [(told["Namespace"], metric["Name"], by) for metric in told["Metrics"]]


# ----------------------------------------------------------------------------------------------------------------------
# The transform
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("parameters", PARAMETERS.values(), ids=PARAMETERS.keys())
def test_the_transform_accepts_every_choice_of_parameters(parameters: dict[str, str]) -> None:
    """AWS would deploy the template whatever is chosen: nothing of SAM's own is left in it."""
    types = [resource["Type"] for resource in transformed(TEMPLATE, parameters)["Resources"].values()]

    assert not [name for name in types if name.startswith("AWS::Serverless::")]


def test_the_transform_refuses_what_aws_would_refuse(tmp_path: Path) -> None:
    """An authorizer chosen by a condition passes `sam validate --lint`, but not the transform."""
    broken = tmp_path / "template.yaml"
    choice = "DefaultAuthorizer: !If [HasAlarmTopic, AWS_IAM, !Ref AWS::NoValue]"
    broken.write_text(TEMPLATE.read_text(encoding="utf-8").replace("DefaultAuthorizer: AWS_IAM", choice), "utf-8")

    with pytest.raises(InvalidDocumentException):
        transformed(broken)


def test_environment_values_are_literals_or_references() -> None:
    """The local stack resolves the environment by itself, and knows no more than that."""
    values = [
        value
        for function in of_type("AWS::Lambda::Function").values()
        for value in function["Environment"]["Variables"].values()
    ]

    assert [value for value in values if not isinstance(value, str) and list(value) != ["Ref"]] == []


# ----------------------------------------------------------------------------------------------------------------------
# Articles
# ----------------------------------------------------------------------------------------------------------------------


def test_the_bucket_is_closed_to_the_public() -> None:
    """All four public access blocks are on, and no object can be owned or opened by an ACL."""
    bucket = properties("ArticlesBucket")

    assert bucket["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_the_bucket_keeps_every_version_encrypted() -> None:
    """Versioning and encryption are on."""
    bucket = properties("ArticlesBucket")
    (encryption,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"] in {"AES256", "aws:kms"}


def test_the_bucket_is_reached_over_tls_only() -> None:
    """Whoever asks for whatever without TLS is refused."""
    (statement,) = properties("ArticlesBucketPolicy")["PolicyDocument"]["Statement"]

    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert [plain(resource) for resource in statement["Resource"]] == ["ArticlesBucket.Arn", "${ArticlesBucket.Arn}/*"]


def test_created_and_removed_articles_are_both_told_to_the_queue() -> None:
    """A deleted article must be withdrawn, so its removal is news too."""
    told = properties("ArticlesBucket")["NotificationConfiguration"]["QueueConfigurations"]

    assert {one["Event"] for one in told} == {"s3:ObjectCreated:*", "s3:ObjectRemoved:*"}
    assert {plain(one["Queue"]) for one in told} == {"UploadsQueue.Arn"}


def test_only_the_articles_bucket_sends_to_the_queue() -> None:
    """Another account's bucket cannot fill the queue, and the policy is there before the bucket tests it."""
    (statement,) = properties("UploadsQueuePolicy")["PolicyDocument"]["Statement"]
    bucket_name = properties("ArticlesBucket")["BucketName"]["Fn::Sub"]

    assert (statement["Principal"], statement["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
        "ArnEquals": {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{bucket_name}"}},
    }
    assert stack()["Resources"]["ArticlesBucket"]["DependsOn"] == "UploadsQueuePolicy"


@pytest.mark.parametrize("logical_id", ["ArticlesBucket", "SummariesTable"])
def test_articles_and_summaries_outlive_the_stack(logical_id: str) -> None:
    """A deletion or replacement leaves what it holds; only a failed first deployment cleans up after itself."""
    resource = stack()["Resources"][logical_id]

    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["UpdateReplacePolicy"] == "Retain"


# ----------------------------------------------------------------------------------------------------------------------
# Uploads
# ----------------------------------------------------------------------------------------------------------------------


def test_a_message_stays_hidden_for_six_function_timeouts_and_the_batching_window() -> None:
    """AWS's rule: less, and a slow batch is handed out a second time while the first still works."""
    timeout = properties("SummarizeUploads")["Timeout"]

    assert properties("UploadsQueue")["VisibilityTimeout"] >= 6 * timeout + mapping()["MaximumBatchingWindowInSeconds"]


def test_the_model_is_given_up_before_the_batch_and_the_batch_before_lambda_ends_it() -> None:
    """Each leaves the next one time to do its part; else a whole batch is paid for and delivered again."""
    timeout = properties("SummarizeUploads")["Timeout"]

    assert worker_module().LAST_SECONDS < RESERVE_SECONDS
    assert timeout / 2 > RESERVE_SECONDS + LEAST_SECONDS
    assert timeout <= 900


def test_the_longest_delay_is_one_that_sqs_grants() -> None:
    """Twelve hours from the delivery; SQS refuses more, and the message would come back unheeded and much too soon."""
    assert redelivery.LONGEST_SECONDS + properties("SummarizeUploads")["Timeout"] <= 12 * HOUR


def test_a_message_outlives_all_its_deliveries() -> None:
    """Were it deleted while it is hidden for the fourth time, nobody would hear of the article."""
    queue = properties("UploadsQueue")
    receives = queue["RedrivePolicy"]["maxReceiveCount"]

    assert queue["MessageRetentionPeriod"] > (receives - 1) * redelivery.LONGEST_SECONDS + 7 * DAY


def test_an_upload_is_tried_five_times_before_it_is_put_aside() -> None:
    """Fewer would bury good uploads when the function is throttled."""
    redrive = properties("UploadsQueue")["RedrivePolicy"]

    assert redrive["maxReceiveCount"] >= 5
    assert plain(redrive["deadLetterTargetArn"]) == "UploadsDeadLetterQueue.Arn"


def test_the_worker_knows_which_delivery_is_the_last() -> None:
    """At that one nobody waits for the model any longer; were the figures to differ, articles would be put aside."""
    variables = properties("SummarizeUploads")["Environment"]["Variables"]

    assert variables["MAX_RECEIVES"] == str(properties("UploadsQueue")["RedrivePolicy"]["maxReceiveCount"])


def test_the_worker_knows_both_queues() -> None:
    """The one it hides messages of, and the one it puts them aside in."""
    variables = properties("SummarizeUploads")["Environment"]["Variables"]

    assert variables["UPLOADS_QUEUE_URL"] == {"Ref": "UploadsQueue"}
    assert variables["DEAD_LETTER_QUEUE_URL"] == {"Ref": "UploadsDeadLetterQueue"}


def test_the_dead_letter_queue_takes_from_the_uploads_queue_and_keeps_for_two_weeks() -> None:
    """There is time for a person to redrive, and no other queue can use it."""
    dead_letters = properties("UploadsDeadLetterQueue")
    allowed = dead_letters["RedriveAllowPolicy"]
    (source,) = allowed["sourceQueueArns"]

    assert dead_letters["MessageRetentionPeriod"] == 14 * DAY
    assert allowed["redrivePermission"] == "byQueue"
    assert plain(source).endswith(":" + plain(properties("UploadsQueue")["QueueName"]))


def test_a_dead_letter_is_kept_at_least_as_long_as_an_upload() -> None:
    """Its age goes on from when it was sent (SQS developer guide): with less it might be gone as soon as it arrives."""
    kept = [properties(name)["MessageRetentionPeriod"] for name in ("UploadsQueue", "UploadsDeadLetterQueue")]

    assert kept == sorted(kept)


def test_what_was_paid_for_is_remembered_as_long_as_a_message_may_lie() -> None:
    """A redrive on the last day finds the text, and pays for none."""
    assert properties("UploadsDeadLetterQueue")["MessageRetentionPeriod"] <= generation_log.KEPT_SECONDS


def test_every_queue_is_encrypted() -> None:
    """With SQS's own keys, which S3 can send under without a key policy."""
    assert {name: queue.get("SqsManagedSseEnabled") for name, queue in of_type("AWS::SQS::Queue").items()} == {
        "UploadsQueue": True,
        "UploadsDeadLetterQueue": True,
    }


def test_one_bad_record_does_not_fail_its_batch() -> None:
    """Ten uploads a batch, each reported on its own, at a bounded number of batches."""
    assert mapping()["BatchSize"] == 10
    assert mapping()["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping()["ScalingConfig"]["MaximumConcurrency"]


def test_every_record_of_a_batch_gets_a_thread_even_beside_those_that_hang() -> None:
    """One that waits for a thread waits in vain, once a batch whose time was up still holds them."""
    workers = worker_module().threads()._max_workers  # noqa: SLF001 - nothing else says it

    assert workers >= 2 * mapping()["BatchSize"]


# ----------------------------------------------------------------------------------------------------------------------
# Alarms
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("logical_id", "queue", "metric", "least", "most"),
    [
        ("UploadsDeadLetterAlarm", "UploadsDeadLetterQueue", "ApproximateNumberOfMessagesVisible", 0, 0),
        ("UploadsDeadLetterAgeAlarm", "UploadsDeadLetterQueue", "ApproximateAgeOfOldestMessage", 1 * DAY, 7 * DAY),
        ("UploadsAgeAlarm", "UploadsQueue", "ApproximateAgeOfOldestMessage", 600, 2 * HOUR),
    ],
    ids=["a dead letter", "an old dead letter", "an old upload"],
)
def test_a_queue_that_needs_a_person_raises_an_alarm(
    logical_id: str, queue: str, metric: str, least: int, most: int
) -> None:
    """At the first dead letter, while there is still a week to redrive it, and when uploads wait."""
    alarm = properties(logical_id)
    (dimension,) = alarm["Dimensions"]

    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", metric)
    assert (dimension["Name"], plain(dimension["Value"])) == ("QueueName", f"{queue}.QueueName")
    assert (alarm["Statistic"], alarm["ComparisonOperator"]) == ("Maximum", "GreaterThanThreshold")
    assert least <= alarm["Threshold"] <= most


def test_an_upload_that_fails_for_now_raises_no_alarm_yet() -> None:
    """A single delay of our own accord is no reason to wake anybody."""
    alarm = properties("UploadsAgeAlarm")

    assert alarm["Threshold"] >= redelivery.MOST_SECONDS


@pytest.mark.parametrize("logical_id", ["ModelBreakerAlarm", "BudgetSpentAlarm"])
def test_an_alarm_about_the_model_looks_at_a_metric_that_the_worker_sends(logical_id: str) -> None:
    """Under its namespace, name and service, to the letter: a metric that nobody sends alarms nobody."""
    alarm = properties(logical_id)

    sent = metrics_of_the_worker()

    assert (alarm["Namespace"], alarm["MetricName"], *alarm["Dimensions"]) in sent
    assert (alarm["Statistic"], alarm["ComparisonOperator"], alarm["Threshold"]) == ("Sum", "GreaterThanThreshold", 0)


def test_there_is_an_alarm_for_the_breaker_and_one_for_the_budget() -> None:
    """By what they look at, whatever they are called."""
    watched = {alarm["MetricName"] for alarm in of_type("AWS::CloudWatch::Alarm").values()}

    assert {"model_breaker_opened", "degraded_budget"} <= watched


def test_every_alarm_goes_to_the_topic_and_says_what_it_means() -> None:
    """When it goes off and when it is over; silence is no reason for one."""
    for alarm in of_type("AWS::CloudWatch::Alarm").values():
        told = {"Fn::If": ["HasAlarmTopic", [{"Ref": "AlarmTopicArn"}], {"Ref": "AWS::NoValue"}]}
        assert (alarm["AlarmActions"], alarm["OKActions"]) == (told, told)
        assert alarm["TreatMissingData"] == "notBreaching"
        assert alarm["AlarmDescription"].endswith(".")


# ----------------------------------------------------------------------------------------------------------------------
# Functions
# ----------------------------------------------------------------------------------------------------------------------


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


def test_no_log_level_hides_the_metrics() -> None:
    """Lambda counts a metric line as INFO and drops it when only higher levels are wanted."""
    assert set(stack()["Parameters"]["LogLevel"]["AllowedValues"]) <= {"TRACE", "DEBUG", "INFO"}


def test_a_role_allows_what_is_written_here_and_nothing_else() -> None:
    """Least privilege: each function has its own role, without managed policies."""
    assert {role: set(rights(role)) for role in of_type("AWS::IAM::Role")} == RIGHTS
    assert all("ManagedPolicyArns" not in role for role in of_type("AWS::IAM::Role").values())
    assert {plain(function["Role"]) for function in of_type("AWS::Lambda::Function").values()} == {
        f"{role}.Arn" for role in RIGHTS
    }


@pytest.mark.parametrize("choice", OF_THE_MODEL)
def test_the_worker_may_ask_the_model_it_has_and_no_other(choice: str) -> None:
    """One secret, one parameter or Bedrock: each only where it is chosen, and nothing else changes."""
    parameters = PARAMETERS[choice]

    assert set(rights("SummarizeUploadsRole", parameters)) == RIGHTS["SummarizeUploadsRole"] | OF_THE_MODEL[choice]
    for role in ("UpgradeSummariesRole", "ServeSummariesRole"):
        assert set(rights(role, parameters)) == RIGHTS[role]


def test_a_key_that_is_not_used_may_not_be_read() -> None:
    """Somebody who goes over to Bedrock and forgets the secret in the parameters has closed it all the same."""
    forgotten = {"ModelProvider": "bedrock", "ModelKeySecretArn": SECRET, "ModelKeyParameter": "/standfirst/openai"}

    assert set(rights("SummarizeUploadsRole", forgotten)) == RIGHTS["SummarizeUploadsRole"] | OF_THE_MODEL["Bedrock"]


@pytest.mark.parametrize(
    ("parameters", "deployable"),
    [
        ({}, True),
        ({"ModelProvider": "bedrock"}, True),
        ({"ModelProvider": "openai"}, False),
        ({"ModelProvider": "openai", "ModelKeySecretArn": SECRET}, True),
        ({"ModelProvider": "openai", "ModelKeyParameter": "/key"}, True),
        ({"ModelProvider": "openai", "ModelKeySecretArn": SECRET, "ModelKeyParameter": "/key"}, False),
    ],
    ids=["no model", "Bedrock", "no key", "secret", "parameter", "two keys"],
)
def test_a_model_without_its_key_is_not_deployed(parameters: dict[str, str], deployable: bool) -> None:  # noqa: FBT001
    """CloudFormation refuses before it changes anything, and says what is missing."""
    rule = stack()["Rules"]["OpenAiNeedsAKey"]
    applies = value_of(rule["RuleCondition"], parameters)

    holds = all(value_of(assertion["Assert"], parameters) for assertion in rule["Assertions"])

    assert (holds or not applies) == deployable
    assert all(assertion["AssertDescription"] for assertion in rule["Assertions"])


def test_no_key_is_a_parameter_or_a_variable() -> None:
    """Both show in consoles and logs; only where the key lies is said in them."""
    keys = [name for name in stack()["Parameters"] if "Key" in name]
    variables = properties("SummarizeUploads")["Environment"]["Variables"]

    assert sorted(keys) == ["ModelKeyParameter", "ModelKeySecretArn"]
    assert "OPENAI_API_KEY" not in variables
    assert not re.fullmatch(stack()["Parameters"]["ModelKeySecretArn"]["AllowedPattern"], "sk-proj-1234")
    assert not re.fullmatch(stack()["Parameters"]["ModelKeyParameter"]["AllowedPattern"], "sk-proj-1234")


def test_the_workers_environment_is_what_its_settings_read() -> None:
    """A variable that nobody reads is a setting that does nothing."""
    variables = properties("SummarizeUploads")["Environment"]["Variables"]
    read = {name.upper() for name in SummarizeUploadsSettings.model_fields}

    assert {name for name in variables if not name.startswith("POWERTOOLS_")} == read - {"MODEL_INPUT_TOKENS"}


def test_the_environment_of_the_upgrades_is_what_its_settings_read() -> None:
    """The same, for the other function with settings of its own."""
    variables = properties("UpgradeSummaries")["Environment"]["Variables"]
    read = {name.upper() for name in UpgradeSummariesSettings.model_fields}

    assert {name for name in variables if not name.startswith("POWERTOOLS_")} == read


def test_both_functions_speak_of_the_same_model_budget_and_tables() -> None:
    """Else one would look at the breaker of a model that the other does not ask."""
    worker, upgrades = (
        properties(name)["Environment"]["Variables"] for name in ("SummarizeUploads", "UpgradeSummaries")
    )
    shared = (set(worker) & set(upgrades)) - {"POWERTOOLS_SERVICE_NAME"}

    assert {name: worker[name] for name in shared} == {name: upgrades[name] for name in shared}
    assert {"MODEL_PROVIDER", "MODEL", "DAILY_BUDGET_USD", "MODEL_STATE_TABLE", "UPLOADS_QUEUE_URL"} <= shared


def test_upgrades_are_wished_for_every_few_minutes_and_no_run_meets_the_next() -> None:
    """What the model could not write waits no longer than that once it can be had."""
    (rule,) = of_type("AWS::Events::Rule").values()
    (target,) = rule["Targets"]

    assert plain(target["Arn"]) == "UpgradeSummaries.Arn"
    assert rule.get("State", "ENABLED") == "ENABLED"
    every = seconds_between(rule["ScheduleExpression"])
    assert properties("UpgradeSummaries")["Timeout"] < every <= 900


def test_the_functions_tell_themselves_apart_by_their_services() -> None:
    """Metrics and logs are found under them."""
    names = [
        f["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"] for f in of_type("AWS::Lambda::Function").values()
    ]

    assert sorted(names) == ["serve-summaries", "summarize-uploads", "upgrade-summaries"]


@pytest.mark.parametrize("budget", ["", "0", "0.00", "10", "2.50", "0.000001", "007", "999999999"])
def test_a_budget_that_can_be_deployed_can_be_used(budget: str) -> None:
    """Empty sets no limit, 0 one of nothing; what the parameter takes, the functions read."""
    settings = ModelStateSettings.from_environment({"MODEL_STATE_TABLE": "t", "DAILY_BUDGET_USD": budget})

    assert re.fullmatch(stack()["Parameters"]["DailyBudgetUsd"]["AllowedPattern"], budget)
    assert settings.daily_budget_usd == (Decimal(budget) if budget else None)


@pytest.mark.parametrize("budget", ["-1", "ten", "1,50", "1e3", "10 ", "$10", ".5", "1.", "NaN", "1.1234567", "\u0661"])
def test_a_budget_that_is_none_is_not_deployed(budget: str) -> None:
    """CloudFormation says so before it changes anything."""
    assert not re.fullmatch(stack()["Parameters"]["DailyBudgetUsd"]["AllowedPattern"], budget)


def test_the_model_costs_no_more_than_is_agreed_unless_somebody_says_so() -> None:
    """The default is a limit, not the lack of one."""
    assert Decimal(stack()["Parameters"]["DailyBudgetUsd"]["Default"]) > 0


@pytest.mark.parametrize("role", RIGHTS)
def test_no_right_is_a_wildcard_but_for_traces(role: str) -> None:
    """X-Ray knows no resources; every other right names its action and its resource, articles by their prefix."""
    wild = {(action, resource) for action, resource in rights(role) if "*" in action + resource}

    assert {right for right in wild if not right[0].startswith("xray:")} <= {
        ("s3:GetObject", "${ArticlesBucket.Arn}/${ArticlePrefix}*"),
    }
    assert not [action for action, _ in wild if "*" in action]


# ----------------------------------------------------------------------------------------------------------------------
# The model's memory
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("logical_id", ["GenerationsTable", "ModelStateTable"])
def test_what_is_remembered_of_the_model_is_encrypted_and_forgets_itself(logical_id: str) -> None:
    """Under the names that Powertools, and the budget beside it, use; capacity follows the load."""
    table = properties(logical_id)

    assert table["KeySchema"] == [{"AttributeName": "id", "KeyType": "HASH"}]
    assert table["AttributeDefinitions"] == [{"AttributeName": "id", "AttributeType": "S"}]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expiration", "Enabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_what_was_paid_for_lies_apart_from_the_breaker() -> None:
    """Two tables: whoever may look at the one need not be able to read texts under embargo in the other."""
    variables = properties("SummarizeUploads")["Environment"]["Variables"]

    assert variables["GENERATIONS_TABLE"] == {"Ref": "GenerationsTable"}
    assert variables["MODEL_STATE_TABLE"] == {"Ref": "ModelStateTable"}


# ----------------------------------------------------------------------------------------------------------------------
# Summaries, and the API
# ----------------------------------------------------------------------------------------------------------------------


def test_the_table_can_be_restored_to_any_second() -> None:
    """Point-in-time recovery and encryption are on, and capacity follows the load."""
    table = properties("SummariesTable")

    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_every_change_of_a_summary_is_streamed_before_and_after() -> None:
    """Whoever publishes changes sees what was and what is."""
    assert properties("SummariesTable")["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_the_table_is_found_by_article_by_update_by_status_and_by_what_is_still_to_be_written() -> None:
    """The keys that the DynamoDB adapter reads and writes; every index holds the whole item."""
    table = properties("SummariesTable")
    keys = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in [{"IndexName": "table", **table}, *table["GlobalSecondaryIndexes"]]
    }

    assert keys == {
        "table": ["article_id", "item"],
        "by_update": ["update_shard", "updated_key"],
        "by_status": ["status_shard", "updated_key"],
        "by_degraded": ["degraded_shard", "degraded_due"],
    }
    assert {index["Projection"]["ProjectionType"] for index in table["GlobalSecondaryIndexes"]} == {"ALL"}


def test_every_route_asks_who_is_calling() -> None:
    """IAM signs every request: there is no open route."""
    body = properties("SummariesApi")["Body"]
    routes = {
        (method, path): route["security"]
        for path, methods in body["paths"].items()
        for method, route in methods.items()
    }

    assert routes == {
        ("get", "/summaries"): [{"AWS_IAM": []}],
        ("get", "/summaries/{article_id+}"): [{"AWS_IAM": []}],
    }
    assert body["components"]["securitySchemes"]["AWS_IAM"]["x-amazon-apigateway-authtype"] == "awsSigv4"


def test_the_api_is_throttled_and_its_access_is_logged_as_json() -> None:
    """A runaway client meets a limit, and each request leaves a line that a machine can read."""
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()

    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    assert stage["DefaultRouteSettings"]["ThrottlingBurstLimit"] > 0
    assert json.loads(stage["AccessLogSettings"]["Format"])["caller"] == "$context.identity.userArn"


def test_a_function_answers_before_api_gateway_gives_up() -> None:
    """An HTTP API waits 30 seconds; a function that takes longer is paid for and not heard."""
    assert properties("ServeSummaries")["Timeout"] < 30
