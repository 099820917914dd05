"""What is kept for how long, what cannot be deleted by mistake, and what no log shows."""

import re

import pytest

from cloudformation import PARAMETERS, of_type, properties, stack
from standfirst_local.template import decided

MASKED, EXPIRING = PARAMETERS["masked logs"], PARAMETERS["old versions of articles expire"]
ADDRESS = "arn:aws:dataprotection::aws:data-identifier/"


def lifecycle(parameters: dict[str, str]) -> dict[str, dict[str, object]]:
    """The bucket's lifecycle rules by their ids."""
    return {rule["Id"]: rule for rule in properties("ArticlesBucket", parameters)["LifecycleConfiguration"]["Rules"]}


def test_every_version_of_an_article_is_kept_unless_it_is_said_for_how_long() -> None:
    """The current one always is."""
    assert list(lifecycle({})) == ["abandoned-uploads"]

    rule = lifecycle(EXPIRING)["old-versions"]

    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": {"Ref": "ArticleVersionsDays"}}
    assert rule["Status"] == "Enabled"
    assert not {"ExpirationInDays", "ExpirationDate"} & rule.keys()


@pytest.mark.parametrize(("days", "is_taken"), [("", True), ("1", True), ("90", True), ("0", False), ("-1", False)])
def test_days_are_a_number_of_days(days: str, is_taken: bool) -> None:  # noqa: FBT001 - a case
    """S3 refuses none."""
    allowed = stack()["Parameters"]["ArticleVersionsDays"]["AllowedPattern"]

    assert bool(re.fullmatch(allowed, days)) is is_taken


@pytest.mark.parametrize("table", ["SummariesTable", "ReviewsTable"])
def test_what_cannot_be_made_again_cannot_be_deleted_by_mistake(table: str) -> None:
    """Unless somebody says so; the model's memory goes with the stack."""
    assert properties(table)["DeletionProtectionEnabled"] is True
    assert properties(table, {"DeletionProtection": "off"})["DeletionProtectionEnabled"] is False
    others = [
        each for name, each in of_type("AWS::DynamoDB::Table").items() if name not in {"SummariesTable", "ReviewsTable"}
    ]
    assert all("DeletionProtectionEnabled" not in each for each in others)


@pytest.mark.parametrize("group", of_type("AWS::Logs::LogGroup"))
def test_every_log_is_masked_where_it_is_wanted(group: str) -> None:
    """Found and masked are the same, as CloudWatch Logs wants it, and what is not AWS's is described."""
    assert "DataProtectionPolicy" not in properties(group)

    policy = properties(group, MASKED)["DataProtectionPolicy"]

    found, masked = policy["Statement"]
    assert (
        found["DataIdentifier"] == masked["DataIdentifier"] == {"Fn::FindInMap": ["MaskedInLogs", "Identifiers", "All"]}
    )
    assert (found["Operation"], masked["Operation"]) == (
        {"Audit": {"FindingsDestination": {}}},
        {"Deidentify": {"MaskConfig": {}}},
    )
    ours = {each["Name"] for each in policy["Configuration"]["CustomDataIdentifier"]}
    assert {name for name in identifiers() if not name.startswith(ADDRESS)} == ours


def identifiers() -> list[str]:
    """What is masked."""
    found: list[str] = stack()["Mappings"]["MaskedInLogs"]["Identifiers"]["All"]
    return found


KEYS = {
    "OpenAiKey": ["sk-" + "a1" * 24, "sk-proj-" + "B_c-" * 20, "sk-svcacct-" + "x" * 40],
    "AwsAccessKeyId": ["AKIA" + "A2" * 8, "ASIA" + "Z7" * 8],
}


def test_keys_of_openai_and_of_aws_are_masked() -> None:
    """In words that CloudWatch Logs takes: at most 200 characters, of those that it names."""
    policy = decided(stack()["Resources"]["SummarizeUploadsLogs"]["Properties"], stack(), MASKED)[
        "DataProtectionPolicy"
    ]
    patterns = {each["Name"]: each["Regex"] for each in policy["Configuration"]["CustomDataIdentifier"]}

    assert patterns.keys() == KEYS.keys()
    for name, keys in KEYS.items():
        assert re.fullmatch(r"[A-Za-z0-9_#=@/;, ^$?\[\]{}|\\*+.-]{1,200}", patterns[name])
        assert all(re.search(patterns[name], f'{{"key": "{key}"}}') for key in keys)
    assert not re.search(patterns["OpenAiKey"], "the risk-averse desk")


@pytest.mark.parametrize("identifier", ["AwsSecretKey", "EmailAddress", "OpenSshPrivateKey", "PkcsPrivateKey"])
def test_secrets_and_addresses_are_masked(identifier: str) -> None:
    """By AWS's own identifiers for them."""
    assert f"{ADDRESS}{identifier}" in identifiers()
