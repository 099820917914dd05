"""Requests made up from the OpenAPI document, right and wrong ones: nothing that it does not tell of is answered.

API_CASES sets how many for each operation: more before a release, say, and others each time. Without it they are few
and always the same, so that a failure is the fault of what was changed.
"""

import json
import os
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import cycle
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import CHECKS

from builders import STORY
from standfirst.api.whole_api import document
from standfirst_local.stack import LocalStack, running_stack

CASES = int(os.environ.get("API_CASES", "25"))
QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}

KNOWN = ("known.txt", "with/slashes and spaces.txt", "ü%2F🦊.txt")
"""Articles that there are; half of the requests are about one of them, in turn."""

IMPOSSIBLE_HERE = (
    # Who may do what is API Gateway's to say, which is not played on one machine (template.yaml, tests/template).
    "ignored_auth",
    "object_level_authorization",
    # Whether a text can be read, or a revision is the one that was seen, no schema tells.
    "positive_data_acceptance",
    # A missing If-Match is 428 and not one of the statuses that schemathesis knows for it.
    "missing_required_header",
)

api = schemathesis.openapi.from_dict(json.loads(document()))
turns = cycle([True, False])
known = cycle(KNOWN)
tested: list[str] = []


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """A stack with some articles in it."""
    with running_stack(variables=QUIET) as running:
        for article_id in KNOWN:
            post(running, article_id)
        yield running


def post(stack: LocalStack, article_id: str) -> None:
    """Have an article summarised and stored."""
    url = f"{stack.api_url}/summaries?article_id={quote(article_id)}"
    with urlopen(Request(url, STORY.encode(), {"Content-Type": "text/plain"}, method="POST")) as answer:
        assert answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}


def etag_of(stack: LocalStack, article_id: str) -> str | None:
    """What GET says of it now."""
    try:
        with urlopen(f"{stack.api_url}/summaries/{quote(article_id, safe='')}") as answer:
            etag: str = answer.headers["ETag"]
            return etag
    except HTTPError:
        return None


Test = Callable[[schemathesis.Case, LocalStack], None]


def requests_of(operation_id: str) -> Callable[[Test], Test]:
    """Run a test for requests of an operation, under an id of its own: pytest-xdist loses tests that share one."""
    limits = settings(
        max_examples=CASES,
        derandomize="API_CASES" not in os.environ,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    tested.append(operation_id)
    parametrize = api.include(operation_id=operation_id).parametrize()
    return lambda test: parametrize(limits(test))


@requests_of("getSummary")
def test_a_summary_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /summaries/{article_id}."""
    validate(case, stack)


@requests_of("listSummaries")
def test_a_list_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /summaries."""
    validate(case, stack)


@requests_of("listRevisions")
def test_a_history_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /revisions/{article_id}."""
    validate(case, stack)


@requests_of("getSummaryForReview")
def test_a_summary_for_review_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /review/summaries/{article_id}."""
    validate(case, stack)


@requests_of("listRevisionsForReview")
def test_a_history_for_review_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /review/revisions/{article_id}."""
    validate(case, stack)


@requests_of("listReviews")
def test_the_list_of_reviews_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /reviews."""
    validate(case, stack)


@requests_of("listQueue")
def test_the_queue_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /queue."""
    validate(case, stack)


@requests_of("countQueue")
def test_counts_are_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /queue/counts."""
    validate(case, stack)


@requests_of("claimArticle")
def test_a_claim_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """PUT /claims/{article_id}."""
    validate(case, stack)


@requests_of("releaseArticle")
def test_the_end_of_a_claim_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """DELETE /claims/{article_id}."""
    validate(case, stack)


@requests_of("getDocument")
def test_the_document_is_answered_as_it_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /openapi.json."""
    validate(case, stack)


@requests_of("reviewSummary")
def test_a_review_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """PATCH /summaries/{article_id}."""
    validate(case, stack)


@requests_of("getArticle")
def test_the_article_of_a_summary_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """GET /articles/{article_id}."""
    validate(case, stack)


@requests_of("checkTexts")
def test_checks_are_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """POST /checks; half of those with an id are about an article that there is."""
    if isinstance(case.body, dict) and isinstance(case.body.get("article_id"), str) and next(turns):
        case.body = {**case.body, "article_id": next(known)}
    validate(case, stack)


@requests_of("summarizeArticle")
def test_an_article_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """POST /summaries."""
    validate(case, stack)


@requests_of("regenerateSummary")
def test_a_regeneration_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """POST /regenerations/{article_id}."""
    validate(case, stack)


@requests_of("eraseSummary")
def test_a_takedown_is_answered_as_the_document_says(case: schemathesis.Case, stack: LocalStack) -> None:
    """DELETE /summaries/{article_id}; last, because the articles are gone then."""
    validate(case, stack)


def test_no_operation_is_left_out() -> None:
    """One that is added needs a test above."""
    operations = [each for path in json.loads(document())["paths"].values() for each in path.values()]

    assert sorted(tested) == sorted(operation["operationId"] for operation in operations)


def validate(case: schemathesis.Case, stack: LocalStack) -> None:
    """No server error, no other status, no body or header of another shape; wrong requests are refused."""
    if "article_id" in (case.path_parameters or {}) and next(turns):
        about_one_that_is_known(case, stack)

    impossible = [*IMPOSSIBLE_HERE]
    if case.media_type and not case.media_type.endswith("json"):
        # Whatever is sent as text or as a file is one: a wrong body of such a type is none.
        impossible.append("negative_data_rejection")
    case.call_and_validate(
        base_url=stack.api_url, excluded_checks=[CHECKS.get_one(name) for name in impossible], timeout=60
    )


def about_one_that_is_known(case: schemathesis.Case, stack: LocalStack) -> None:
    """Turn the request to an article that there is; a change, to what it is now."""
    article_id = next(known)
    case.path_parameters = {**case.path_parameters, "article_id": article_id}
    if case.method == "PATCH" and (etag := etag_of(stack, article_id)):
        case.headers = {**(case.headers or {}), "If-Match": etag}
