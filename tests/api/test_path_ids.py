"""Article ids in paths."""

from typing import Any

import pytest

from standfirst.api.path_ids import id_in_segment, with_path_of_route


def path_of(event: dict[str, Any]) -> str:
    """The path that the router sees."""
    request = with_path_of_route(event)
    assert request
    return str(request["rawPath"])


@pytest.mark.parametrize(
    "article_id",
    ["a", "a/b/c", "/a", "a//b/", "a%2Fb", "a b+c", "ü", "🦊", "?#&=", "{article_id+}", "..", "a\nb", "a\x00"],
)
@pytest.mark.parametrize("stage", ["$default", "live"])
def test_any_id_comes_through_as_one_segment(article_id: str, stage: str) -> None:
    """Whatever it holds, and whatever stands in front of the path."""
    event = {
        "routeKey": "GET /summaries/{article_id+}",
        "rawPath": f"/summaries/{article_id}",
        "requestContext": {"stage": stage},
        "pathParameters": {"article_id": article_id},
    }

    path = path_of(event)

    before, _, segment = path.rpartition("/")
    assert before == ("/summaries" if stage == "$default" else "/live/summaries")
    assert id_in_segment(segment) == article_id


def test_what_is_no_text_is_some_other_id() -> None:
    """It names no article; it is no fault of ours either."""
    event = {
        "routeKey": "GET /summaries/{article_id+}",
        "requestContext": {"stage": "$default"},
        "pathParameters": {"article_id": "a\ud800"},
    }

    segment = path_of(event).rpartition("/")[2]

    assert id_in_segment(segment).encode()


@pytest.mark.parametrize("path", ["/nothing", "/summaries", "/summaries\n", "/summaries/a"])
@pytest.mark.parametrize("parameters", [{}, {"pathParameters": None}, {"pathParameters": {"proxy": "summaries"}}])
@pytest.mark.parametrize("key", ["$default", "OPTIONS /{proxy+}"])
def test_a_request_that_no_scope_was_checked_for_has_no_path(
    key: str, parameters: dict[str, object], path: str
) -> None:
    """Whatever its path looks like: API Gateway found no route for it."""
    event = {"routeKey": key, "rawPath": path, "requestContext": {"stage": "$default"}} | parameters

    assert with_path_of_route(event) is None


@pytest.mark.parametrize("path", ["/summaries", "/summaries\n", "/openapi.json"])
def test_the_path_is_that_of_the_route(path: str) -> None:
    """API Gateway checked the scopes of that one."""
    event = {"routeKey": "GET /summaries", "rawPath": path, "requestContext": {"stage": "$default"}}

    assert path_of(event) == "/summaries"
