"""An editor's day over the wire: S3 → SQS → worker → DynamoDB → HTTP, on the stack of the template."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import boto3
import pytest

from standfirst_local.deployment import read_deployment
from standfirst_local.stack import LocalStack, running_stack

QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
EDITOR = "arn:aws:iam::123456789012:user/local"
WORKER = "summarize_uploads"

REVIEWED = {"HouseStyles": "name: reviewed\nreview_on: [headline]"}

# A lead that says what the headline says: there is nothing else to begin with, and this house wants an editor to look.
SHORT = "Ferry across the Sele to return in June\n\nThe ferry across the Sele is to return in June, the council said."
NEWER = (
    "The ferry across the Sele will not return, the town council of Brackenford said on Friday.\n\n"
    "Repairs to its landing stage would cost 410,000 crowns, which is more than the council has.\n\n"
    "The ferry stopped in 2019, when a flood washed the landing stage away."
)
HERS = "Brackenford gets its ferry back this summer, seven years after a flood took its landing stage."


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """One stack for all of this file; every test has keys of its own."""
    with running_stack(parameters=REVIEWED, variables=QUIET) as running:
        yield running


def upload(stack: LocalStack, key: str, text: str) -> None:
    """Put an article into the bucket."""
    boto3.client("s3").put_object(Bucket=stack.bucket, Key=key, Body=text.encode(), ContentType="text/plain")


def ask(
    stack: LocalStack, method: str, path: str, content: object = None, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any], Mapping[str, str]]:
    """Status, JSON and headers of an answer."""
    data = None if content is None else json.dumps(content).encode()
    request = Request(
        stack.api_url + path, data, {"Content-Type": "application/json", **(headers or {})}, method=method
    )
    try:
        with urlopen(request) as answer:
            return answer.status, json.load(answer), answer.headers
    except HTTPError as error:
        with error:
            return error.code, json.load(error), error.headers


def eventually(look: Callable[[], dict[str, Any]], until: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What ``look`` sees once ``until`` holds for it, or after a long while."""
    deadline = time.monotonic() + 30
    while not until(seen := look()) and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert until(seen), seen
    return seen


@pytest.fixture
def desk(stack: LocalStack) -> "Desk":
    """An editor's, with one article that has to be looked at."""
    return Desk(stack, "politics/Fähre 1.txt")


class Desk:
    """What an editor does about one article."""

    def __init__(self, stack: LocalStack, key: str) -> None:
        """Look at the summary of ``key``."""
        self.stack, self.key = stack, key
        self.path = f"/summaries/{quote(key)}"

    def waits_for(self, **members: object) -> dict[str, Any]:
        """The summary, once it says so."""
        return eventually(
            lambda: ask(self.stack, "GET", self.path)[1],
            until=lambda body: all(body.get(name) == value for name, value in members.items()),
        )

    def says(self, **patch: object) -> dict[str, Any]:
        """A change of what is there now."""
        etag = ask(self.stack, "GET", self.path)[2]["ETag"]
        status, body, _ = ask(self.stack, "PATCH", self.path, patch, {"If-Match": etag})
        assert status == 200, body
        return body


def test_an_editor_reads_the_article_and_is_told_of_mistakes_while_typing(stack: LocalStack) -> None:
    """Until it is taken down: then neither route has a word of it, though both have just read it."""
    desk = Desk(stack, "politics/typed.txt")
    upload(desk.stack, desk.key, NEWER)
    record = desk.waits_for(language="en")
    shown = f"/articles/{quote(desk.key)}"
    typed = {"article_id": desk.key, "standfirst": "Repairs to the landing stage would cost 420,000 crowns."}

    article = ask(desk.stack, "GET", shown)[1]
    status, checked, headers = ask(desk.stack, "POST", "/checks", typed)
    stored = desk.says(standfirst=typed["standfirst"])
    erased = ask(desk.stack, "DELETE", desk.path)[0]
    after = [ask(desk.stack, "GET", shown), ask(desk.stack, "GET", f"{shown}?revision=1")]
    after.append(ask(desk.stack, "POST", "/checks", typed))

    assert "\n\n".join(article["paragraphs"]) == NEWER
    assert all(0 <= place < 3 for each in record["evidence"] for place in each["paragraphs"])
    assert (status, headers["Cache-Control"]) == (200, "private, no-store")
    [wrong] = [each for each in checked["findings"] if each["severity"] == "error"]
    assert (wrong["text"], typed["standfirst"][slice(*wrong["span"])]) == ("420,000 crowns", "420,000 crowns")
    # What is found while typing is what the decision records.
    assert [each["text"] for each in stored["review"]["overruled"]] == ["420,000 crowns"]
    assert stored["evidence"] == checked["evidence"]
    assert erased == 200
    assert [each[0] for each in after] == [410] * 3
    assert not [word for word in ("Brackenford", "410,000", "Sele") if word in json.dumps([each[1] for each in after])]


def test_an_article_goes_from_the_bucket_through_an_editors_hands_and_out_again(desk: Desk) -> None:
    """Every state it was in, who brought it there and from what stays readable beyond the end, until it is erased."""
    upload(desk.stack, desk.key, SHORT)
    desk.waits_for(status="needs_review")

    edited = desk.says(standfirst=HERS, note="The lead said what the headline says.")
    approved = desk.says(status="approved")
    upload(desk.stack, desk.key, NEWER)
    stale = desk.waits_for(stale=True)
    waiting = ask(desk.stack, "GET", f"{desk.path}?revision={stale['pending']}")[1]
    final = desk.says(status="approved", revision=stale["pending"])
    revisions = ask(desk.stack, "GET", desk.path.replace("/summaries/", "/revisions/"))[1]["revisions"]
    boto3.client("s3").delete_object(Bucket=desk.stack.bucket, Key=desk.key)
    eventually(lambda: ask(desk.stack, "GET", desk.path)[1], until=lambda body: body.get("status") == 410)

    assert (edited["status"], edited["standfirst"]) == ("edited", HERS)
    # "this summer" and "seven years" are not in the article: told, recorded, and the editor's business.
    assert edited["review"]["overruled"]
    assert {finding["severity"] for finding in edited["findings"]} == {"warning"}
    assert (edited["checks"]["errors"], edited["checks"]["warnings"]) == (0, len(edited["findings"]))
    assert {"field": "standfirst", "sentence": 0} in edited["checks"]["unsure_sentences"]
    assert (approved["status"], approved["standfirst"]) == ("approved", HERS)
    assert (stale["status"], stale["standfirst"], stale["pending"]) == ("approved", HERS, 4)
    assert "will not return" in waiting["standfirst"] + waiting["summary"]
    assert (final["status"], final["stale"], final["pending"]) == ("approved", False, None)
    assert final["standfirst"] == waiting["standfirst"]
    assert [(each["revision"], each["status"], each["by"], each["follows"]) for each in reversed(revisions)] == [
        (1, "needs_review", WORKER, None),
        (2, "edited", EDITOR, 1),
        (3, "approved", EDITOR, 2),
        (4, waiting["status"], WORKER, 3),
        (5, "approved", WORKER, 3),
        (6, "approved", EDITOR, 5),
    ]
    told = {
        each["revision"]: {change["field"]: (change["from"], change["to"]) for change in each["changes"]}
        for each in revisions
    }
    assert told[2]["standfirst"][1] == HERS
    assert told[2]["status"] == ("needs_review", "edited")
    assert told[3] == {"status": ("edited", "approved")}
    assert told[5] == {"stale": (False, True), "pending": (None, 4)}
    assert told[6]["standfirst"] == (HERS, final["standfirst"])
    assert revisions[4]["review"]["note"] == "The lead said what the headline says."
    gone = ask(desk.stack, "GET", desk.path.replace("/summaries/", "/review/revisions/"))[1]["revisions"][0]
    assert (gone["status"], gone["by"]) == ("withdrawn", WORKER)
    status, left, _ = ask(desk.stack, "DELETE", f"{desk.path}?object_versions=true")
    assert (status, left["status"], left["erased_by"], left["headline"]) == (200, "withdrawn", EDITOR, None)
    assert len(ask(desk.stack, "GET", desk.path.replace("/summaries/", "/review/revisions/"))[1]["revisions"]) == 1


def test_what_an_editor_has_to_see_first_is_not_published(stack: LocalStack) -> None:
    """A site that asks for what may be published gets 404 until somebody has looked."""
    desk = Desk(stack, "publish.txt")
    upload(stack, desk.key, SHORT)
    desk.waits_for(status="needs_review")

    before = ask(stack, "GET", f"{desk.path}?publishable=true")[0]
    desk.says(status="approved")
    after = ask(stack, "GET", f"{desk.path}?publishable=true")[0]

    assert (before, after) == (404, 200)


def test_a_regeneration_waits_beside_an_editors_words(stack: LocalStack) -> None:
    """The worker fulfils the wish; the words are not stale, because the article is the same."""
    desk = Desk(stack, "regenerate.txt")
    upload(stack, desk.key, NEWER)
    desk.waits_for(revision=1)
    desk.says(standfirst=HERS)

    status, body, headers = ask(stack, "POST", f"/regenerations/{desk.key}")

    assert (status, body["article_id"], headers["Location"]) == (202, desk.key, desk.path)
    beside = desk.waits_for(pending=3)
    assert (beside["standfirst"], beside["stale"]) == (HERS, False)
    history = ask(stack, "GET", f"/revisions/{desk.key}")[1]["revisions"]
    assert [(each["revision"], each["by"]) for each in history] == [(4, EDITOR), (3, EDITOR), (2, EDITOR), (1, WORKER)]


def test_an_article_that_is_posted_takes_the_same_way(stack: LocalStack) -> None:
    """Stored, served, listed, and in the bucket; the event of its upload changes nothing."""
    request = Request(
        f"{stack.api_url}/summaries?article_id=posted/story.txt",
        NEWER.encode(),
        {"Content-Type": "text/plain", "Idempotency-Key": "posted-once"},
        method="POST",
    )

    with urlopen(request) as answer:
        status, body, etag = answer.status, json.load(answer), answer.headers["ETag"]

    assert (status, body["revision"], body["updated_by"]) == (201, 1, EDITOR)
    assert ask(stack, "GET", "/summaries/posted/story.txt")[2]["ETag"] == etag
    assert boto3.client("s3").get_object(Bucket=stack.bucket, Key="posted/story.txt")["Body"].read() == NEWER.encode()
    listed = ask(stack, "GET", f"/summaries?since={quote(body['updated_at'])}")[1]["summaries"]
    assert "posted/story.txt" in {summary["article_id"] for summary in listed}


def test_methods_that_a_path_does_not_take_are_told_which_it_takes(stack: LocalStack) -> None:
    """As problem details, through the route that takes what no other does."""
    status, body, headers = ask(stack, "PUT", "/summaries/a/b")

    assert (status, body["status"], headers["Allow"]) == (405, 405, "DELETE, GET, PATCH")
    assert headers["Content-Type"] == "application/problem+json"
    assert ask(stack, "GET", "/nothing/here")[0] == 404


def test_the_document_tells_of_every_route_of_the_template(stack: LocalStack) -> None:
    """The gateway has no route that it leaves out, and the other way round."""
    document = ask(stack, "GET", "/openapi.json")[1]

    told = {(method.upper(), path) for path, operations in document["paths"].items() for method in operations}
    assert told == {
        (route.method, re.sub(r"\{(\w+)\+\}", r"{\1}", route.path))
        for route in read_deployment({}).routes
        if route.path != "$default"
    }
