"""What the managed policies of the stack let people do, to whom IAM's signatures are all there is."""

import boto3
import pytest
from botocore.credentials import Credentials

from deployed import Stack
from routes_by_scope import ROUTES, routes_of, routes_open_to

Roles = dict[str, Credentials]


@pytest.mark.parametrize(
    ("role", "scopes"),
    [
        ("reader", ["read"]),
        ("editor", ["read", "review"]),
        ("writer", ["write"]),
        ("eraser", ["erase"]),
        ("nobody", []),
    ],
)
def test_a_role_may_do_what_its_policies_say(stack: Stack, roles: Roles, role: str, scopes: list[str]) -> None:
    """And is refused everything else."""
    assert routes_open_to(stack, roles[role]) == routes_of(*scopes)


def test_who_does_not_sign_is_refused(stack: Stack) -> None:
    """Everywhere."""
    assert routes_open_to(stack, None) == set()


def test_who_signs_with_another_key_is_refused(stack: Stack, roles: Roles) -> None:
    """As one who has found out the id of a key, but not its secret."""
    reader = roles["reader"]

    assert routes_open_to(stack, Credentials(reader.access_key, "guessed", reader.token)) == set()


def test_no_route_is_left_out(stack: Stack) -> None:
    """All that ask for a signature stand in the table that these tests go by."""
    api = stack.resources["SummariesApi"]
    routes = boto3.client("apigatewayv2").get_routes(ApiId=api)["Items"]

    assert {each["RouteKey"] for each in routes if each["AuthorizationType"] == "AWS_IAM"} - {"$default"} == set(ROUTES)
