"""The OpenAPI document: its copy in docs, and that it leaves nothing out."""

import json
from pathlib import Path
from typing import Any

import pytest

from standfirst.api import problem_details
from standfirst.api.whole_api import document
from standfirst.domain.errors import RequestError

COPY = Path(__file__).parents[2] / "docs" / "openapi.json"
OPERATIONS = [
    pytest.param(operation, id=operation["operationId"])
    for operations in json.loads(document())["paths"].values()
    for operation in operations.values()
]


def test_the_copy_in_docs_is_what_the_api_answers() -> None:
    """`make openapi` writes it."""
    assert COPY.read_text(encoding="utf-8") == document()


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_says_who_may_call_it(operation: dict[str, Any]) -> None:
    """An IAM identity, or a token with a scope."""
    iam, jwt = operation["security"]
    assert iam == {"iam": []}
    assert jwt["jwt"][0] in {"summaries:read", "summaries:review", "summaries:write"}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_tells_its_errors_as_problems(operation: dict[str, Any]) -> None:
    """But for those that API Gateway answers before us."""
    wrong = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
    assert {"401", "403", "422", "429", "500", "503"} <= set(wrong)
    for status, answer in wrong.items():
        by_gateway = status in {"401", "403", "429"}
        assert by_gateway or list(answer["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere() -> None:
    """And every shape is referred to."""
    told = json.loads(document())
    names = set(told["components"]["schemas"])
    text = json.dumps(told)
    assert {name for name in names if f'"#/components/schemas/{name}"' in text} == names
    assert text.count('"#/components/schemas/') == sum(text.count(f'"#/components/schemas/{name}"') for name in names)


def test_every_error_of_a_request_has_a_status() -> None:
    """One that is forgotten would be a 500."""
    for error in RequestError.__subclasses__():
        assert error in problem_details.STATUSES
