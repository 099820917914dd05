"""What a local stack holds is there again after a restart, however it ended."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import boto3
import pytest
from moto.s3.exceptions import MissingBucket

from builders import STORY
from standfirst.domain.errors import SettingsError
from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import create_storage, emulated_aws, tables_of
from standfirst_local.moto_s3 import Version, versions_in
from standfirst_local.pipe import Event
from standfirst_local.saved_state import SavedState
from standfirst_local.service import Service
from standfirst_local.stack import LocalStack, running_stack

QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
KEY = "politics/die Fähre 1.txt"
ITEM = {"article_id": {"S": KEY}, "item": {"S": "CURRENT"}, "n": {"N": "1"}, "m": {"M": {"é": {"L": [{"BOOL": True}]}}}}
HERS = "Edited by hand, and there again after a restart of the service."


class Account:
    """An emulated account that was just made, with the state that is saved in ``folder`` restored."""

    def __init__(self, folder: Path) -> None:
        """Make it and restore the state."""
        deployment = read_deployment({})
        resources = create_storage(deployment)
        self.table, self.bucket = resources["SummariesTable"], resources["ArticlesBucket"]
        self.s3, self.dynamodb = boto3.client("s3"), boto3.client("dynamodb")
        self.state = SavedState(folder)
        self.state.restore_items(tables_of(deployment, resources))
        self.state.restore_articles(self.bucket)

    def items(self) -> list[Mapping[str, object]]:
        """The items of the summaries' table."""
        return list(self.dynamodb.scan(TableName=self.table)["Items"])

    def put(self, key: str, content: bytes = b"x") -> None:
        """Upload an article."""
        self.s3.put_object(
            Bucket=self.bucket, Key=key, Body=content, ContentType="text/markdown", Metadata={"headline": "Ferry"}
        )

    def versions(self) -> list[Version]:
        """What the bucket holds, also behind markers."""
        return [*versions_in(self.bucket)]

    def content(self, version_id: str) -> bytes:
        """The bytes of a version of the article."""
        return self.s3.get_object(Bucket=self.bucket, Key=KEY, VersionId=version_id)["Body"].read()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "a" / "data"


def account(folder: Path) -> Iterator[Account]:
    """One emulated account with what is in the folder, and nothing else."""
    with emulated_aws():
        made = Account(folder)
        with closing(made.state):
            yield made


def test_articles_and_items_come_back_as_they_were(folder: Path) -> None:
    """Content, content type and metadata; what was deleted or changed meanwhile stays so."""
    for before in account(folder):
        for key in (KEY, "gone.txt"):
            before.put(key, b"\x00\xff\r\n")
        before.dynamodb.put_item(TableName=before.table, Item=ITEM)
        gone = {"article_id": {"S": "gone"}, "item": {"S": "CURRENT"}}
        before.dynamodb.put_item(TableName=before.table, Item=gone)
        before.state.save()
        before.dynamodb.delete_item(TableName=before.table, Key=gone)
        before.dynamodb.put_item(TableName=before.table, Item=ITEM | {"n": {"N": "2"}})
        before.s3.delete_object(Bucket=before.bucket, Key="gone.txt")
        before.state.save()

    for after in account(folder):
        found = after.s3.get_object(Bucket=after.bucket, Key=KEY)
        keys = [each["Key"] for each in after.s3.list_objects_v2(Bucket=after.bucket)["Contents"]]
        assert after.items() == [ITEM | {"n": {"N": "2"}}]
        assert keys == [KEY]
        assert found["Body"].read() == b"\x00\xff\r\n"
        assert (found["ContentType"], found["Metadata"]) == ("text/markdown", {"headline": "Ferry"})


def test_every_version_comes_back_under_its_id(folder: Path) -> None:
    """A revision is about one of them. A marker is one, too; what lies behind it is current once it is deleted."""
    for before in account(folder):
        for content in (b"first", b"second"):
            before.put(KEY, content)
        before.state.save()
        before.s3.delete_object(Bucket=before.bucket, Key=KEY)
        before.put(KEY, b"third")
        before.put("purged.txt")
        purged = before.versions()[-1].version_id
        before.state.save()
        before.s3.delete_object(Bucket=before.bucket, Key="purged.txt", VersionId=purged)
        before.state.save()
        versions = before.versions()

    for again in account(folder):
        again.state.save()
    for after in account(folder):
        first, second, marker, third = after.versions()
        assert [first, second, marker, third] == versions
        assert [each.is_marker for each in versions] == [False, False, True, False]
        assert [after.content(each.version_id) for each in (first, second, third)] == [b"first", b"second", b"third"]
        for newest in (third, marker):
            after.s3.delete_object(Bucket=after.bucket, Key=KEY, VersionId=newest.version_id)
        assert after.s3.get_object(Bucket=after.bucket, Key=KEY)["Body"].read() == b"second"


def test_a_folder_of_before_there_were_versions_has_its_articles(folder: Path) -> None:
    """Under the id that S3 gives to what lay in a bucket before it kept versions."""
    SavedState(folder).close()
    with closing(sqlite3.connect(folder / "standfirst.sqlite3")) as file, file:
        file.execute("CREATE TABLE articles (key TEXT PRIMARY KEY, etag TEXT, headers TEXT, content BLOB)")
        file.execute("INSERT INTO articles VALUES (?, '', '{}', ?)", (KEY, STORY.encode()))

    for after in account(folder):
        after.state.save()
    for after in account(folder):
        assert after.versions() == [Version(KEY, "null", is_marker=False)]
        assert after.content("null") == STORY.encode()


def test_a_save_that_is_cut_short_changes_nothing(folder: Path) -> None:
    """Neither items without their article nor half of either."""
    for before in account(folder):
        before.put(KEY)
        before.dynamodb.put_item(TableName=before.table, Item=ITEM)
        before.state.save()
        before.dynamodb.put_item(TableName=before.table, Item=ITEM | {"n": {"N": "2"}})
        for version in before.versions():
            before.s3.delete_object(Bucket=before.bucket, Key=KEY, VersionId=version.version_id)
        before.s3.delete_bucket(Bucket=before.bucket)
        with pytest.raises(MissingBucket):
            before.state.save()

    for after in account(folder):
        assert after.items() == [ITEM]
        assert after.s3.get_object(Bucket=after.bucket, Key=KEY)["Body"].read() == b"x"


def test_a_folder_belongs_to_one_process_at_a_time(folder: Path) -> None:
    """Two would overwrite each other's state."""
    with closing(SavedState(folder)), pytest.raises(SettingsError, match="another process uses it"):
        SavedState(folder)


def test_a_file_that_is_something_else_is_left_alone(folder: Path) -> None:
    """And named."""
    folder.mkdir(parents=True)
    other = folder / "standfirst.sqlite3"
    other.write_bytes(b"my own notes" * 100)

    with pytest.raises(SettingsError, match="file is not a database"):
        SavedState(folder)

    assert other.read_bytes() == b"my own notes" * 100


def ask(stack: LocalStack, path: str, patch: Mapping[str, object] | None = None, etag: str = "") -> tuple[dict, str]:
    """The API's JSON, and its entity tag."""
    headers = {"If-Match": etag, "Content-Type": "application/json"} if patch else {}
    content = json.dumps(patch).encode() if patch else None
    request = Request(stack.api_url + path, data=content, headers=headers, method="PATCH" if patch else "GET")
    with urlopen(request) as answer:
        return json.load(answer), answer.headers.get("ETag", "")


def test_a_persons_words_outlive_a_restart_and_nothing_is_announced_again(folder: Path) -> None:
    """The article is an upload again, which is unchanged, so that no revision is made of it."""
    path = f"/summaries/{quote(KEY)}"
    events: list[Event] = []
    with running_stack(variables=QUIET, data=folder) as stack:
        Service(stack).upload(KEY, STORY.encode())
        Service(stack).wait_for(KEY, 30)
        _, etag = ask(stack, path)
        edited, _ = ask(stack, path, {"standfirst": HERS}, etag)
        assert edited["article"]["version_id"]

    with running_stack(variables=QUIET, data=folder, listener=events.append) as stack:
        Service(stack).wait_for(KEY, 30)
        again, _ = ask(stack, path)
        article, _ = ask(stack, f"/articles/{quote(KEY)}")

    assert (again["status"], again["standfirst"], again["revision"]) == ("edited", HERS, 2)
    assert again == edited
    assert article["paragraphs"] == STORY.split("\n\n")
    assert events == []


def test_an_article_that_was_still_waiting_is_summarised_after_the_restart(folder: Path) -> None:
    """Its message was lost with the queue, the article was not."""
    SavedState(folder).close()
    with closing(sqlite3.connect(folder / "standfirst.sqlite3")) as file, file:
        file.execute("INSERT INTO versions VALUES (?, '1', '{}', ?)", (KEY, STORY.encode()))

    with running_stack(variables=QUIET, data=folder) as stack:
        [record] = Service(stack).wait_for(KEY, 30)

    assert record.status == "generated"
