"""Clients that others make of the API: one that openapi-python-client generates, and signed requests of docs/api.md."""

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

import httpx
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from pytest_httpserver import HTTPServer
from werkzeug.wrappers import Request, Response

from builders import STORY
from standfirst_local.stack import LocalStack, running_stack

DOCS = Path(__file__).parents[2] / "docs"
QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
ID = "politics/Fähre 1.txt"
HERS = "The ferry across the Sele is back in June."
EDITOR = "arn:aws:iam::123456789012:user/local"

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    "AWS_SESSION_TOKEN": "a/session+token==",
    "AWS_REGION": "eu-west-1",
}
GENERATE = (sys.executable, "-m", "openapi_python_client", "generate")


@pytest.fixture(scope="module")
def stack() -> Iterator[LocalStack]:
    """One stack for all of this file."""
    with running_stack(variables=QUIET) as running:
        yield running


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of the package that openapi-python-client makes of docs/openapi.json."""
    folder = tmp_path_factory.mktemp("generated")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n", encoding="utf-8")
    document, package = DOCS / "openapi.json", folder / "generated_client"
    done = subprocess.run(
        [*GENERATE, "--path", document, "--output-path", package, "--meta", "none", "--config", config],
        capture_output=True,
        text=True,
        check=True,
    )
    # Text types it does not know: it sends every article as application/octet-stream.
    assert set(re.findall(r"^WARNING .*", done.stderr, re.MULTILINE)) == {
        "WARNING parsing POST /summaries within write."
    }
    assert len(re.findall(r"^Unsupported content type", done.stderr, re.MULTILINE)) == 5
    sys.path.insert(0, str(folder))
    yield package.name
    sys.path.remove(str(folder))


class Client:
    """The generated client, and which of its operations were called."""

    def __init__(self, package: str, url: str) -> None:
        """Of the service at ``url``."""
        self.models = importlib.import_module(f"{package}.models")
        self.file = importlib.import_module(f"{package}.types").File
        self.operations: Mapping[str, ModuleType] = {
            name.rpartition(".")[2]: importlib.import_module(name)
            for _, name, is_package in walk_packages(
                importlib.import_module(f"{package}.api").__path__, f"{package}.api."
            )
            if not is_package
        }
        self.called: set[str] = set()
        self._client = importlib.import_module(f"{package}.client").AuthenticatedClient(url, "a token")

    def __call__(self, operation: str, *path: str, **arguments: Any) -> Any:  # noqa: ANN401 - what is generated
        """The response: its status, its headers, and its body as a model."""
        self.called.add(operation)
        return self.operations[operation].sync_detailed(*path, client=self._client, **arguments)


@pytest.fixture
def call(generated: str, stack: LocalStack) -> Client:
    """The generated client of the local service."""
    return Client(generated, stack.api_url)


def test_a_generated_client_does_an_editors_day(call: Client) -> None:
    """Every operation, with models in and out; the id has a slash, a space and an umlaut."""
    models, article = call.models, STORY.encode()

    glance = call("summarize_article", body=call.file(BytesIO(article)))
    assert isinstance(glance.parsed, models.TransientSummary)

    posted = call("summarize_article", body=call.file(BytesIO(article)), article_id=ID, idempotency_key="day-1")
    assert (posted.status_code, type(posted.parsed)) == (HTTPStatus.CREATED, models.StoredSummary)

    yesterday = datetime.now(UTC) - timedelta(days=1)
    listed = call("list_summaries", since=yesterday, status=models.Status.GENERATED, limit=1).parsed.summaries
    assert [each.article_id for each in listed] == [ID]

    claim = call("claim_article", ID).parsed
    assert (claim.article_id, claim.by, claim.is_mine) == (ID, EDITOR, True)
    assert call("release_article", ID).status_code == HTTPStatus.NO_CONTENT
    queue = call("list_queue", stale=False, limit=10).parsed
    assert (queue.items, call("count_queue").parsed.total) == ([], 0)

    seen = call("get_summary", ID)
    assert seen.parsed.standfirst == posted.parsed.standfirst
    assert seen.parsed.updated_at.tzinfo
    assert seen.parsed.evidence[0].paragraphs
    etag = seen.headers["ETag"]
    unchanged = call("get_summary", ID, if_none_match=etag)
    assert (unchanged.status_code, unchanged.parsed) == (HTTPStatus.NOT_MODIFIED, None)

    assert call("get_article", ID).parsed.paragraphs[seen.parsed.evidence[0].paragraphs[0]]
    texts = models.TextsToCheck(article_id=ID, standfirst="It costs 99 crowns.")
    assert "money" in {each.check for each in call("check_texts", body=texts).parsed.findings}

    patch = models.SummaryPatch(standfirst=HERS, key_points=["The ferry is back."], note="Shorter.")
    edited = call("review_summary", ID, if_match=etag, body=patch)
    assert (edited.parsed.status, edited.parsed.standfirst) == (models.Status.EDITED, HERS)
    assert (edited.parsed.review.by, edited.parsed.review.note) == (EDITOR, "Shorter.")

    approval = models.SummaryPatch(status=models.SummaryPatchStatus.APPROVED)
    approved = call("review_summary", ID, if_match=edited.headers["ETag"], body=approval)
    assert approved.parsed.status is models.Status.APPROVED
    assert call("get_summary", ID, publishable=True).parsed.revision == 3

    rejection = models.SummaryPatch(status=models.SummaryPatchStatus.REJECTED)
    rejected = call("review_summary", ID, if_match=approved.headers["ETag"], body=rejection)
    assert rejected.parsed.status is models.Status.REJECTED

    history = call("list_revisions", ID, limit=3).parsed
    assert [each.revision for each in history.revisions] == [4, 3, 2]
    change = next(each for each in history.revisions[2].changes if each.field == "standfirst")
    assert (change.from_, change.to) == (posted.parsed.standfirst, HERS)
    assert call("list_revisions", ID, cursor=history.cursor).parsed.revisions[0].follows is None

    decisions = call("list_reviews", month=datetime.now(UTC).strftime("%Y-%m")).parsed
    assert [json.loads(line)["decision"] for line in decisions.splitlines()] == ["edited", "approved", "rejected"]

    queued = call("regenerate_summary", ID, idempotency_key="day-2")
    assert (queued.status_code, queued.parsed.article_id) == (HTTPStatus.ACCEPTED, ID)

    again = call("get_summary_for_review", ID, revision=1).parsed
    assert again.standfirst == posted.parsed.standfirst
    assert call("list_revisions_for_review", ID, limit=1).parsed.revisions[0].revision == 4
    assert call("erase_summary", ID, object_versions=True).parsed.status is models.Status.WITHDRAWN

    assert call("get_document").parsed["info"]["title"] == "Standfirst"
    assert call.called == set(call.operations)


def test_a_generated_client_reads_errors_as_problems(call: Client) -> None:
    """With the fields that are wrong, where they are known."""
    models = call.models
    call("summarize_article", body=call.file(BytesIO(STORY.encode())), article_id="errors.txt")

    missing = call("get_summary", "no such article")
    unseen = call("review_summary", "errors.txt", if_match='"unseen"', body=models.SummaryPatch(standfirst=HERS))
    invalid = call("review_summary", "errors.txt", if_match="*", body=models.SummaryPatch(key_points=[""]))
    unreadable = call("summarize_article", body=call.file(BytesIO(b"%PDF-1.7")))
    cursor = call("list_summaries", cursor="?")

    for response in (missing, unseen, invalid, unreadable, cursor):
        assert isinstance(response.parsed, models.Problem)
        assert (response.parsed.status, bool(response.parsed.detail)) == (response.status_code, True)
    named = [(each.status_code.value, each.parsed.errors[0].field) for each in (unseen, invalid, unreadable, cursor)]
    assert missing.status_code == HTTPStatus.NOT_FOUND
    assert named == [(412, "if-match"), (422, "key_points.0"), (422, "body"), (422, "cursor")]


# ----------------------------------------------------------------------------------------------------------------------
# Signed requests
# ----------------------------------------------------------------------------------------------------------------------


def example(language: str) -> str:
    """The example of a signed request in docs/api.md."""
    section = (DOCS / "api.md").read_text(encoding="utf-8").partition("## Signing requests")[2]
    [code] = re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return str(code)


def run(language: str, api: str) -> str:
    """What the example prints, sent to ``api``."""
    program = {"sh": ["sh", "-eu", "-c"], "python": [sys.executable, "-c"]}[language]
    environment = {"PATH": os.environ["PATH"], "API": api, **CREDENTIALS}
    done = subprocess.run([*program, example(language)], env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def signature_of(request: Request) -> str:
    """The Authorization header that botocore gives ``request``, signed at the same time."""
    names = re.findall(r"SignedHeaders=([^,]+)", request.headers["Authorization"])[0].split(";")
    headers = {name: request.headers[name] for name in names if name not in {"x-amz-date", "x-amz-security-token"}}
    target = request.environ["RAW_URI"]
    signed = AWSRequest(request.method, f"http://{request.host}{target}", data=request.get_data(), headers=headers)
    key, secret, token, region = CREDENTIALS.values()
    signer = SigV4Auth(Credentials(key, secret, token), "execute-api", region)
    signed.context["timestamp"] = request.headers["X-Amz-Date"]
    signed.headers["X-Amz-Date"] = request.headers["X-Amz-Date"]
    signed.headers["X-Amz-Security-Token"] = token
    signature = signer.signature(signer.string_to_sign(signed, signer.canonical_request(signed)), signed)
    return str(signature)


@pytest.mark.parametrize("language", ["sh", "python"])
def test_the_example_of_a_signed_request_reaches_the_service(language: str, stack: LocalStack, call: Client) -> None:
    """The local service asks for no signature, and is not irritated by one."""
    call("summarize_article", body=call.file(BytesIO(STORY.encode())), article_id="politics/ferry.txt")

    assert '"article_id":"politics/ferry.txt"' in run(language, stack.api_url)


@pytest.fixture
def received(httpserver: HTTPServer) -> list[Request]:
    """What arrives at ``httpserver``."""
    requests: list[Request] = []

    def receive(request: Request) -> Response:
        request.get_data()
        requests.append(request)
        return Response("{}", content_type="application/json")

    httpserver.expect_request(re.compile("/.*")).respond_with_handler(receive)
    return requests


def assert_signed(request: Request) -> None:
    """The signature is the one that botocore computes for what arrived."""
    scope = f"Credential=AKIDEXAMPLE/{datetime.now(UTC):%Y}[0-9]{{4}}/eu-west-1/execute-api/aws4_request"
    assert re.match(f"AWS4-HMAC-SHA256 {scope}, ", request.headers["Authorization"])
    assert request.headers["X-Amz-Security-Token"] == CREDENTIALS["AWS_SESSION_TOKEN"]
    assert request.headers["Authorization"].endswith(f"Signature={signature_of(request)}")


@pytest.mark.parametrize("language", ["sh", "python"])
def test_the_example_of_a_signed_request_is_signed_as_aws_asks(
    language: str, httpserver: HTTPServer, received: list[Request]
) -> None:
    """With the environment's credentials, token included."""
    run(language, httpserver.url_for("").rstrip("/"))

    assert received
    for request in received:
        assert_signed(request)


@pytest.mark.parametrize(
    "target",
    ["/summaries/politics/F%C3%A4hre%201.txt", "/summaries/a%2Fb.txt", "/summaries?status=edited&limit=5&since=1%2B2"],
)
def test_the_class_of_the_example_signs_every_target(
    target: str, httpserver: HTTPServer, received: list[Request], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Encoded paths, and parameters in any order."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    exec(example("python").partition("with httpx")[0], names)  # noqa: S102 - it is our own

    httpx.post(httpserver.url_for("").rstrip("/") + target, content=b"An article.", auth=names["IamAuth"]("eu-west-1"))

    assert_signed(received[0])
