"""Fixed names: each fits what AWS allows, whatever the stack is called and wherever it is."""

import re
from typing import Any

import pytest

from cloudformation import PARAMETERS, is_deployed, properties, stack
from standfirst_local.template import decided

# What AWS takes as a name, by type and property (the CloudFormation reference of each type). A resource that has
# none of these properties is named by CloudFormation, which shortens the stack's name where it has to.
NAMES = {
    ("AWS::ApiGatewayV2::Api", "Name"): r".{1,128}",
    ("AWS::ApiGatewayV2::Authorizer", "Name"): r".{1,128}",
    ("AWS::ApplicationSignals::ServiceLevelObjective", "Name"): r"[0-9A-Za-z][-._0-9A-Za-z ]{0,126}[0-9A-Za-z]",
    ("AWS::ApiGatewayV2::Stage", "StageName"): r"\$default|[A-Za-z0-9_-]{1,128}",
    ("AWS::AppConfig::Application", "Name"): r".{1,64}",
    ("AWS::AppConfig::ConfigurationProfile", "Name"): r".{1,128}",
    ("AWS::CloudWatch::Alarm", "AlarmName"): r".{1,255}",
    ("AWS::CloudWatch::Dashboard", "DashboardName"): r"[A-Za-z0-9_-]{1,255}",
    ("AWS::DynamoDB::Table", "TableName"): r"[A-Za-z0-9_.-]{3,255}",
    ("AWS::Events::Rule", "Name"): r"[A-Za-z0-9_.-]{1,64}",
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"): r"[A-Za-z0-9_+=,.@-]{1,128}",
    ("AWS::IAM::Role", "RoleName"): r"[A-Za-z0-9_+=,.@-]{1,64}",
    ("AWS::Lambda::Function", "FunctionName"): r"[A-Za-z0-9_-]{1,64}",
    ("AWS::Lambda::LayerVersion", "LayerName"): r"[A-Za-z0-9_-]{1,140}",
    ("AWS::Logs::LogGroup", "LogGroupName"): r"[A-Za-z0-9_./#-]{1,512}",
    ("AWS::Pipes::Pipe", "Name"): r"[A-Za-z0-9_.-]{1,64}",
    ("AWS::S3::Bucket", "BucketName"): r"(?!xn--|sthree-|amzn-s3-demo-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    ("AWS::SNS::Topic", "TopicName"): r"[A-Za-z0-9_-]{1,256}",
    ("AWS::StepFunctions::StateMachine", "StateMachineName"): r"[A-Za-z0-9_-]{1,80}",
    ("AWS::SQS::Queue", "QueueName"): r"[A-Za-z0-9_-]{1,80}",
}
NOT_NAMED = {
    "AWS::AppConfig::HostedConfigurationVersion",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SQS::QueuePolicy",
}
POLICY_NAME = r"[A-Za-z0-9_+=,.@-]{1,128}"

LONGEST_PREFIX = "a" + "-" * 33 + "z"
LONGEST_REGION = "ap-southeast-1"
STACKS = ["s", "standfirst", *("s" + "-" * (length - 1) for length in (59, 60, 72, 73, 80, 118, 119, 128))]
"""A stack's name has 128 characters at most: letters, digits and hyphens, a letter first."""


def spelt(value: Any, known: dict[str, str]) -> str:  # noqa: ANN401 - CloudFormation's
    """What CloudFormation makes of a name."""
    match value:
        case str():
            return value
        case {"Ref": name}:
            return known[name]
        case {"Fn::Select": [index, {"Fn::Split": [separator, text]}]}:
            return spelt(text, known).split(separator)[int(index)]
        case {"Fn::Sub": str(text)}:
            return spelt({"Fn::Sub": [text, {}]}, known)
        case {"Fn::Sub": [text, more]}:
            of_its_own = {name: spelt(inner, known) for name, inner in more.items()}
            return re.sub(r"\$\{([\w:]+)\}", lambda found: (known | of_its_own)[found[1]], text)
    raise AssertionError(value)


def known_in(stack_name: str, parameters: dict[str, str]) -> dict[str, str]:
    """The parameters and pseudo parameters of a stack of that name."""
    stack_id = (
        f"arn:aws:cloudformation:{LONGEST_REGION}:123456789012:stack/{stack_name}/01234567-89ab-cdef-0123-456789abcdef"
    )
    defaults = {name: str(each.get("Default", "")) for name, each in stack()["Parameters"].items()}
    pseudo = {"AWS::StackName": stack_name, "AWS::StackId": stack_id, "AWS::AccountId": "123456789012"}
    return {**defaults, **parameters, **pseudo, "AWS::Region": LONGEST_REGION, "AWS::Partition": "aws"}


@pytest.mark.parametrize("stack_name", STACKS, ids=lambda name: str(len(name)))
@pytest.mark.parametrize("bucket_prefix", ["abc", LONGEST_PREFIX], ids=["short prefix", "longest prefix"])
def test_every_fixed_name_fits_in_a_stack_of_any_name(stack_name: str, bucket_prefix: str) -> None:
    """Else CloudFormation makes half of the stack before it finds out."""
    known = known_in(stack_name, {"BucketPrefix": bucket_prefix})

    for name, resource in stack()["Resources"].items():
        own = properties(name)
        for (kind, member), allowed in NAMES.items():
            if resource["Type"] == kind and member in own:
                assert re.fullmatch(allowed, spelt(own[member], known)), f"{member} of {name}"
        for policy in own.get("Policies", ()):
            assert re.fullmatch(POLICY_NAME, spelt(policy["PolicyName"], known))


def test_every_type_of_resource_is_looked_at() -> None:
    """A new one says here what its names may be, or that it has none."""
    types = {resource["Type"] for resource in stack()["Resources"].values()}

    assert types <= {kind for kind, _ in NAMES} | NOT_NAMED


def test_the_bucket_prefix_is_as_long_as_it_may_be() -> None:
    """The name of the bucket above is the longest that the parameter lets through."""
    allowed = stack()["Parameters"]["BucketPrefix"]["AllowedPattern"]

    assert re.fullmatch(allowed, LONGEST_PREFIX)
    assert not re.fullmatch(allowed, LONGEST_PREFIX + "z")


@pytest.mark.parametrize("stack_name", ["standfirst", STACKS[-1]], ids=["short", "longest"])
def test_a_dead_letter_queue_knows_its_queue_by_name(stack_name: str) -> None:
    """The two are spelt apart: the ARN of the one and the name of the other."""
    known = known_in(stack_name, {})
    for dead_letters, queue in (
        ("UploadsDeadLetterQueue", "UploadsQueue"),
        ("BackfillDeadLetterQueue", "BackfillQueue"),
    ):
        (source,) = properties(dead_letters)["RedriveAllowPolicy"]["sourceQueueArns"]

        name = spelt(properties(queue)["QueueName"], known)

        assert spelt(source, known) == f"arn:aws:sqs:{LONGEST_REGION}:123456789012:{name}"


REFERENCE = re.compile(r"\$\{(\w+)")


def referred(value: Any) -> set[str]:  # noqa: ANN401 - CloudFormation's
    """The logical ids and parameters that ``value`` refers to."""
    match value:
        case {"Ref": name} | {"Fn::GetAtt": [name, _]} if isinstance(name, str):
            return {name}
        case {"Fn::Sub": str(text)}:
            return set(REFERENCE.findall(text))
        case {"Fn::Sub": [text, names]}:
            return set(REFERENCE.findall(text)) - names.keys() | referred(list(names.values()))
        case dict():
            return set().union(*map(referred, value.values()))
        case list():
            return set().union(*map(referred, value))
    return set()


@pytest.mark.parametrize("parameters", PARAMETERS.values(), ids=PARAMETERS.keys())
def test_nothing_refers_to_a_resource_that_is_not_deployed(parameters: dict[str, str]) -> None:
    """With a bucket or a table of another stack, all that names them names those; so it is with every other choice."""
    resources = stack()["Resources"]
    missing = {name for name in resources if not is_deployed(name, parameters)}

    for name in resources.keys() - missing:
        assert not referred(properties(name, parameters)) & missing, name
    assert not referred(decided(stack()["Outputs"], stack(), parameters)) & missing


OF_EACH_STACK = {"BucketPrefix": "{}-articles", "MetricsNamespace": "{}"}
"""What the second stack needs of its own (docs/deploy.md)."""

WITHIN_ANOTHER = {"AWS::ApiGatewayV2::Authorizer", "AWS::ApiGatewayV2::Stage", "AWS::AppConfig::ConfigurationProfile"}
"""Types whose names count within an API or an application of the stack."""

EVERYTHING = {**PARAMETERS["the desk, at once by CodeDeploy"], **PARAMETERS["a key"]}


def beside(name: str, number: int) -> dict[str, str]:
    """What the template may refer to in one of several stacks."""
    own = {parameter: value.format(name) for parameter, value in OF_EACH_STACK.items()}
    known = known_in(name, {**EVERYTHING, **own})
    return {**known, "AWS::StackId": known["AWS::StackId"].replace("01234567", f"0123456{number}")}


def names(known: dict[str, str]) -> set[tuple[str, str]]:
    """Every fixed name of a stack, with its type."""
    return {
        (kind, spelt(properties(logical_id, EVERYTHING)[member], known))
        for logical_id, resource in stack()["Resources"].items()
        for (kind, member) in NAMES
        if resource["Type"] == kind and kind not in WITHIN_ANOTHER and member in properties(logical_id, EVERYTHING)
    }


def test_no_name_of_one_stack_is_one_of_the_other() -> None:
    """Of its own they are given what the documentation says, and nothing else."""
    one, other = names(beside("standfirst", 1)), names(beside("standfirst-staging", 2))

    assert len(one) == len(other) > 10
    assert one & other == set()


def test_the_metrics_of_one_stack_are_not_those_of_the_other() -> None:
    """No alarm or board names the namespace itself."""
    told = [value for resource in stack()["Resources"].values() for value in strings(resource)]

    assert [value for value in told if value == "Standfirst" or '"Standfirst"' in value] == []


def strings(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Every text in it."""
    match value:
        case str():
            return [value]
        case dict() | list():
            inner = value.values() if isinstance(value, dict) else value
            return [text for each in inner for text in strings(each)]
    return []
