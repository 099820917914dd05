"""Who asks, by what API Gateway says."""

from typing import Any

import pytest

from standfirst.api.caller import caller_of
from standfirst.domain.errors import CallerUnknown

EDITOR = "arn:aws:iam::123456789012:user/editor"

CLAIMS = {
    "user": "arn:aws:iam::123456789012:user/somebody",
    "x-caller": "somebody",
    "x-amzn-iam-user-arn": "arn:aws:iam::123456789012:user/somebody",
    "authorization": "Bearer somebody",
}
"""What somebody may say of himself in headers."""


def an_event(authorizer: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever API Gateway might say
    """A request that API Gateway has authorised so."""
    return {
        "headers": CLAIMS,
        "queryStringParameters": {"caller": "somebody"},
        "body": '{"updated_by": "somebody"}',
        "requestContext": {"authorizer": authorizer, "http": {"userAgent": "somebody"}},
    }


def test_an_iam_identity_is_known_by_its_arn() -> None:
    """It names a user, or a role and its session."""
    assert caller_of(an_event({"iam": {"userArn": EDITOR, "userId": "AIDACKCEVSQ6C2EXAMPLE"}})) == EDITOR


def test_a_token_is_known_by_its_subject() -> None:
    """Not by its client, nor by a name that its owner may change."""
    claims = {"sub": "8c1f-42", "client_id": "cms", "name": "Ann", "scope": "summaries:review"}

    assert caller_of(an_event({"jwt": {"claims": claims, "scopes": ["summaries:review"]}})) == "jwt:8c1f-42"


@pytest.mark.parametrize(
    "authorizer",
    [
        None,
        {},
        {"iam": None},
        {"iam": {"userArn": None}},
        {"iam": {"userArn": ""}},
        {"jwt": None},
        {"jwt": {"claims": None}},
        {"jwt": {"claims": {"client_id": "cms"}}},
        {"jwt": {"claims": {"sub": ""}}},
        {"lambda": {"sub": "somebody"}},
    ],
    ids=[
        "null",
        "empty",
        "no identity",
        "no ARN",
        "empty ARN",
        "no token",
        "no claims",
        "no subject",
        "empty subject",
        "another authorizer",
    ],
)
def test_whoever_was_not_authorised_is_unknown(authorizer: object) -> None:
    """Whatever the request says of itself."""
    with pytest.raises(CallerUnknown):
        caller_of(an_event(authorizer))


def test_a_request_past_any_authorizer_is_unknown() -> None:
    """A route without one would change things for anybody."""
    with pytest.raises(CallerUnknown):
        caller_of({"headers": CLAIMS, "requestContext": {}})
