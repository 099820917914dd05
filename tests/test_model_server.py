"""The provider that is played: it takes what OpenAI's published schema takes, and nothing else."""

from typing import Any

import httpx2
import pytest
from pytest_httpserver import HTTPServer

from model_server import Body, playing_model, problems_of

SCHEMA: Body = {
    "type": "object",
    "properties": {"a": {"type": "string"}},
    "required": ["a"],
    "additionalProperties": False,
}
VALID: Body = {
    "model": "gpt-5.6-luna",
    "input": [{"role": "user", "content": [{"type": "input_text", "text": "Hello"}]}],
    "text": {"format": {"type": "json_schema", "name": "draft", "schema": SCHEMA, "strict": True}},
}


def test_a_valid_request_has_no_problems() -> None:
    """The least that is needed."""
    assert problems_of(VALID) == []


@pytest.mark.parametrize(
    "change",
    [
        {"temprature": 0},
        {"max_output_tokens": "many"},
        {"reasoning": {"effort": "much"}},
        {"service_tier": "cheap"},
        {"input": [{"role": "boss", "content": "Hello"}]},
        {"input": [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}]},
        {"text": {"format": {**VALID["text"]["format"], "strict": False}}},
        {"text": {"format": {**VALID["text"]["format"], "schema": {**SCHEMA, "additionalProperties": True}}}},
        {"text": {"format": {**VALID["text"]["format"], "schema": {**SCHEMA, "required": []}}}},
    ],
    ids=["unknown", "type", "effort", "tier", "role", "content", "not strict", "open", "optional"],
)
def test_a_wrong_request_has_problems(change: dict[str, Any]) -> None:
    """Parameters, their values, and the rules of strict schemas."""
    assert problems_of({**VALID, **change})


def test_a_wrong_request_fails_the_test_that_sent_it(model_host: HTTPServer) -> None:
    """At its end, whatever the code under test made of the answer."""
    with pytest.raises(AssertionError), playing_model(model_host) as model:
        httpx2.post(f"{model.base_url}/responses", json={"model": "gpt-5.6-luna"})
