"""Where a model's key is kept, against an emulator over HTTP."""

import json
from itertools import count

import boto3
import pytest
from botocore.stub import Stubber

from standfirst.adapters.aws.api_key import PlainKey, StoredKey, key_in_parameter, key_in_secret
from standfirst.domain.errors import ModelUnavailable, ModelUnusable

NAMES = (f"/standfirst/key-{number}" for number in count())


pytestmark = pytest.mark.usefixtures("aws")


def a_secret(value: str | bytes) -> str:
    """The ARN of a secret that holds ``value``."""
    kept = {"SecretBinary": value} if isinstance(value, bytes) else {"SecretString": value}
    arn: str = boto3.client("secretsmanager").create_secret(Name=next(NAMES), **kept)["ARN"]  # type: ignore[arg-type]
    return arn


@pytest.mark.parametrize(
    "value",
    [
        "sk-test",
        " sk-test\n",
        json.dumps({"OPENAI_API_KEY": "sk-test", "other": 1}),
        json.dumps({"api_key": "sk-test"}),
        b"sk-test",
    ],
    ids=["plain", "with white space", "JSON by the variable's name", "JSON by a plain name", "binary"],
)
def test_a_key_is_read_from_a_secret(value: str | bytes) -> None:
    """Plain, or among other values, as the console of Secrets Manager makes them."""
    assert key_in_secret(a_secret(value))() == "sk-test"


def test_a_key_is_read_from_a_parameter() -> None:
    """Decrypted."""
    name = next(NAMES)
    boto3.client("ssm").put_parameter(Name=name, Value="sk-test", Type="SecureString")

    assert key_in_parameter(name)() == "sk-test"


def test_a_key_is_remembered_until_it_is_looked_for_again() -> None:
    """One call in fifteen minutes, but for a rotation."""
    arn = a_secret("sk-old")
    key = key_in_secret(arn)
    assert key() == "sk-old"

    boto3.client("secretsmanager").put_secret_value(SecretId=arn, SecretString="sk-new")

    assert key() == "sk-old"
    assert key.renew()
    assert key() == "sk-new"


@pytest.mark.parametrize(
    "value",
    [" ", "{}", '{"OPENAI_API_KEY": 1}', '{"OPENAI_API_KEY": ""}', "{not json", "two words", "schlüssel"],
    ids=["blank", "no key in it", "a number", "an empty one", "broken", "a sentence", "not ASCII"],
)
def test_what_is_no_key_is_the_operators(value: str) -> None:
    """The message says what is wanted, and nothing of what is there."""
    with pytest.raises(ModelUnusable, match="OPENAI_API_KEY or api_key") as caught:
        key_in_secret(a_secret(value))()

    assert "schlüssel" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (
            lambda: key_in_secret("arn:aws:secretsmanager:eu-west-1:123456789012:secret:none-AbCdEf"),
            "ResourceNotFoundException",
        ),
        (lambda: key_in_parameter("/standfirst/none"), "ParameterNotFound"),
    ],
    ids=["secret", "parameter"],
)
def test_a_place_that_is_not_there_is_the_operators(key: type[StoredKey], code: str) -> None:
    """Nobody waits for it."""
    with pytest.raises(ModelUnusable, match=code):
        key()()


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("AccessDeniedException", ModelUnusable),
        ("DecryptionFailure", ModelUnusable),
        ("ThrottlingException", ModelUnavailable),
        ("InternalServiceError", ModelUnavailable),
    ],
)
def test_a_store_that_refuses_is_the_operators_and_one_that_is_busy_passes(code: str, error: type[Exception]) -> None:
    """The queue tries again only where that helps."""
    key = key_in_secret(a_secret("sk-test"))
    with Stubber(key.fetch.func.__self__.client) as stub:  # type: ignore[attr-defined]  # the wire is what is played
        stub.add_client_error("get_secret_value", code)

        with pytest.raises(error, match=code) as caught:
            key()
        assert caught.type is error


def test_a_store_that_cannot_be_reached_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks come back."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")

    with pytest.raises(ModelUnavailable, match="EndpointConnectionError"):
        key_in_secret("arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf")()


def test_a_key_that_was_handed_over_is_what_it_is() -> None:
    """There is no place to look for another."""
    assert PlainKey("sk-test")() == "sk-test"
    assert not PlainKey("sk-test").renew()
