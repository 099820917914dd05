"""Article ids in paths."""

import pytest

from standfirst.api.path_ids import id_in_segment, with_id_as_one_segment


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

    path: str = with_id_as_one_segment(event)["rawPath"]

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

    segment = with_id_as_one_segment(event)["rawPath"].rpartition("/")[2]

    assert id_in_segment(segment).encode()


@pytest.mark.parametrize("parameters", [{}, {"pathParameters": None}, {"pathParameters": {"other": "x"}}])
def test_routes_without_an_id_stay_as_they_are(parameters: dict[str, object]) -> None:
    """Lists, and the route for everything else, which has no pattern to fill."""
    event = {"routeKey": "$default", "rawPath": "/nothing", "requestContext": {"stage": "$default"}} | parameters

    assert with_id_as_one_segment(event) == event
