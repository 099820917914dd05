"""A request that API Gateway has no route for, and so checked no scope for: it learns of nothing but 404 and 405."""

import json
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest

from builders import a_record, save
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.api.whole_api import document
from standfirst_local.deployment import read_deployment
from standfirst_local.functions import LocalFunction
from standfirst_local.http_api import HttpApi, Route

ID = "politics/ferry.txt"
EMBARGOED = "Words under embargo"

OPERATIONS = [
    (method.upper(), path.replace("{article_id}", ID))
    for path, operations in json.loads(document())["paths"].items()
    for method in operations
]
AROUND = [
    *(
        "{}%0A",
        "{}%0D",
        "{}%0D%0A",
        "{}%00",
        "{}%20",
        "{}/",
        "{}//",
        "{};",
        "{};a=b",
        "{}%2F",
        "{}%2F%0A",
        "{}.",
        "{}%E2%80%A8",
    ),
    *("/{}", "//{}", "/.{}", "/x/..{}", "%0A{}", "{}%C2%85", "{}%EF%BC%8F", "{}%23", "{}%3Fstatus=generated"),
]
"""What may stand around a path; a client sends it so."""


def variants(path: str) -> Iterator[str]:
    """Targets that look like ``path``."""
    yield from (form.format(quote(path)) for form in AROUND)
    yield from (path.upper(), path.title(), path.replace("s", "\u017f", 1), quote(path, safe=""))


@pytest.fixture
def embargoed(table: str) -> None:
    """A text that nobody may see who may not read."""
    record = a_record(ID).model_copy(update={"standfirst": EMBARGOED})
    save(DynamoDbSummaryTable(table), record)


def without_scope(method: str, path: str, key: str) -> dict[str, Any]:
    """The request, as API Gateway sends it for ``$default``: with a token that has no scope of ours."""
    token = {"jwt": {"claims": {"sub": "somebody", "scope": "openid"}, "scopes": None}}
    http = {"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.44", "userAgent": "tests"}
    context = {
        "http": http,
        "routeKey": key,
        "stage": "$default",
        "timeEpoch": 0,
        "requestId": "1",
        "authorizer": token,
    }
    return {
        "version": "2.0",
        "routeKey": key,
        "rawPath": path,
        "rawQueryString": "",
        "headers": {},
        "requestContext": context,
    }


@pytest.mark.parametrize("function", ["serve_summaries", "review_summaries", "summarize_on_request"])
@pytest.mark.usefixtures("embargoed")
def test_no_path_leads_to_a_route_that_was_not_chosen(
    load_function: Callable[[str], LocalFunction], function: str
) -> None:
    """Also the very path of a route, should API Gateway ever send it here; whichever function is behind."""
    api = load_function(function)

    for method, path in OPERATIONS:
        for target in (path, *map(unquote, variants(path))):
            for key in ("$default", "OPTIONS /{proxy+}"):
                answer = api.invoke(without_scope(method, target, key))

                assert answer["statusCode"] in {404, 405}, (method, target, key)
                assert EMBARGOED not in json.dumps(answer)


@pytest.fixture
def local_port(load_function: Callable[[str], LocalFunction]) -> Iterator[int]:
    """That of the local API, with the routes of the template."""
    functions = {
        "ServeSummaries": load_function("serve_summaries"),
        "ReviewSummaries": load_function("review_summaries"),
        "ServeReviews": load_function("serve_reviews"),
        "SummarizeOnRequest": load_function("summarize_on_request"),
    }
    api = HttpApi([Route(each.method, each.path, functions[each.function]) for each in read_deployment({}).routes], 0)
    api.start()
    yield urlsplit(api.url).port or 0
    api.stop()


@pytest.mark.usefixtures("embargoed")
def test_no_path_that_only_looks_like_a_list_is_one_on_this_machine(local_port: int) -> None:
    """The local service takes the routes as API Gateway does."""
    # Python's server mends a target that does not begin with just one slash, before any route is looked for.
    for target in (each for each in variants("/summaries") if each[:1] == "/" != each[1:2]):
        connection = HTTPConnection("127.0.0.1", local_port, timeout=30)
        connection.putrequest("GET", quote(target, safe="%/;=.?"))
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()

        assert answer.status in {404, 405}, target
        assert EMBARGOED not in body
