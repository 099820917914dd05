"""Which of two forms an Accept header asks for."""

import pytest

from standfirst.api.accept import prefers

LINKED, JSON = "application/ld+json", "application/json"


@pytest.mark.parametrize(
    "accept",
    [
        "application/ld+json",
        "application/ld+json, application/json;q=0.9",
        "application/json;q=0.9,application/ld+json",
        "application/ld+json;q=0.2, text/html",
        "application/ld+json, */*;q=0.1",
        "application/ld+json;q=0.6, application/*;q=0.5",
        "application/*, application/json;q=0",
        "*/*, application/json;q=0.5",
        "APPLICATION/LD+JSON; Q=1, application/json; q=0.999",
        'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"',
        "application/ld+json ; q=0.5 , application/json;q=0.4",
        "application/ld+json;q=0.001",
        "nonsense, application/ld+json",
    ],
    ids=[
        "alone",
        "first",
        "last",
        "beside a third",
        "before anything",
        "before its kind",
        "all but the other",
        "anything rather",
        "capitals",
        "profile",
        "spaces",
        "hardly",
        "after nonsense",
    ],
)
def test_what_is_asked_for_more_is_preferred(accept: str) -> None:
    """By the weight of the most precise range that takes it (RFC 9110, section 12.5.1)."""
    assert prefers(LINKED, JSON, accept)
    assert not prefers(JSON, LINKED, accept)


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/*",
        "application/ld+json, application/json",
        "text/html",
        "application/ld+json;q=0",
        "application/ld+json;q=0.000",
        "application/ld+json;q=1.5, application/json",
        "ld+json",
        "application",
        "application/",
        "/ld+json",
        ",;,;q=1",
        "\ud800/\ud800",
    ],
    ids=[
        "nothing",
        "anything",
        "a kind",
        "both",
        "neither",
        "refused",
        "refused at length",
        "more than all",
        "no kind",
        "no form",
        "empty form",
        "empty kind",
        "signs",
        "no text",
    ],
)
def test_nothing_is_preferred_without_a_word_for_it(accept: str) -> None:
    """What is usual is answered then."""
    assert not prefers(LINKED, JSON, accept)


@pytest.mark.parametrize("weight", ["x", "-1", "", "2"])
def test_a_weight_that_is_none_counts_as_none(weight: str) -> None:
    """The range was asked for all the same."""
    assert prefers(LINKED, JSON, f"application/ld+json;q={weight}")
