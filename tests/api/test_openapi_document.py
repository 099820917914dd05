"""The OpenAPI document of the whole API."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from standfirst.api.whole_api import document, methods

DOCUMENT: dict[str, Any] = json.loads(document())

OPERATIONS = {
    f"{method.upper()} {path}": operation
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
}


def references(part: object) -> Iterator[str]:
    """Whatever a part of the document points at."""
    if isinstance(part, dict):
        yield from ([part["$ref"]] if isinstance(part.get("$ref"), str) else [])
        for each in part.values():
            yield from references(each)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def found(reference: str) -> object:
    """What stands where ``reference`` points; raises ``KeyError`` where nothing does."""
    place: Any = DOCUMENT
    for step in reference.removeprefix("#/").split("/"):
        place = place[step]
    return place


def test_nothing_points_at_what_is_not_there() -> None:
    """A generator of clients would stop there."""
    pointed = set(references(DOCUMENT))

    assert pointed
    # Anything goes where a member may be of any type.
    assert all(isinstance(found(reference), dict) for reference in pointed)


def test_nothing_is_described_that_nothing_points_at() -> None:
    """Powertools describes errors that are never answered here."""
    assert {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]} == set(references(DOCUMENT))


def test_operations_have_names_of_their_own() -> None:
    """Clients name their functions after them."""
    names = [operation["operationId"] for operation in OPERATIONS.values()]

    assert len(set(names)) == len(names) == 17


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_who_may_call_it(operation: str) -> None:
    """An IAM identity, or a token with the scope for it, as most issuers write it or as Amazon Cognito does."""
    [iam, token, of_cognito] = OPERATIONS[operation]["security"]

    scopes = {"GET /review": "review", "GET": "read", "PATCH": "review", "POST": "write", "DELETE": "erase"}
    of_the_desk = {"GET /queue": "review", "PUT /claims": "review", "DELETE /claims": "review"}
    of_the_desk |= {"GET /articles": "review", "POST /checks": "review"}
    scope = next(scope for start, scope in (of_the_desk | scopes).items() if operation.startswith(start))
    assert iam == {"iam": []}
    assert (token, of_cognito) == ({"jwt": [f"summaries:{scope}"]}, {"jwt": [f"summaries/{scope}"]})
    assert set(iam) | set(token) == set(DOCUMENT["components"]["securitySchemes"])


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_describes_its_errors(operation: str) -> None:
    """Ours as problems; API Gateway's in JSON of its own."""
    errors = {status: each for status, each in OPERATIONS[operation]["responses"].items() if status >= "400"}

    assert {"401", "403", "422", "429", "500", "503"} <= set(errors)
    for status, error in errors.items():
        [(kind, schema)] = error["content"].items()
        of_gateway = status in {"401", "403", "429"}
        assert kind == ("application/json" if of_gateway else "application/problem+json")
        assert (
            found(schema["schema"]["$ref"])
            is DOCUMENT["components"]["schemas"]["GatewayError" if of_gateway else "Problem"]
        )


def test_a_moment_is_asked_for_as_one() -> None:
    """In the list alone."""
    [since] = [each for each in OPERATIONS["GET /summaries"]["parameters"] if each["name"] == "since"]

    assert "date-time" in json.dumps(since["schema"])
    assert not since.get("required")


def test_what_may_be_done_with_a_path_is_known() -> None:
    """For whoever comes with another method."""
    assert methods()["/summaries"] == {"GET", "POST"}
    assert methods()["/summaries/{article_id}"] == {"DELETE", "GET", "PATCH"}
    assert set(methods()) == set(DOCUMENT["paths"])
