"""The emulated S3 keeps versions, and tells of each delete as S3 does."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import boto3
import pytest

from emulated import deployment
from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst_local.emulator import connect_buckets
from standfirst_local.moto_s3 import versions_in

KEY = "politics/ferry.txt"
PUT, MARKED, GONE = "ObjectCreated:Put", "ObjectRemoved:DeleteMarkerCreated", "ObjectRemoved:Delete"


@dataclass(frozen=True)
class Bucket:
    """The template's bucket, and the queue that is told of its changes."""

    name: str
    queue: str

    def put(self, content: bytes = b"story") -> str:
        """Upload; the id of the version."""
        return boto3.client("s3").put_object(Bucket=self.name, Key=KEY, Body=content)["VersionId"]

    def delete(self, version_id: str | None = None) -> str:
        """Delete what is current, or a version for good; the id of the marker or version."""
        which = {"VersionId": version_id} if version_id else {}
        return boto3.client("s3").delete_object(Bucket=self.name, Key=KEY, **which)["VersionId"]  # type: ignore[arg-type]

    def content(self) -> bytes:
        """What is current."""
        return boto3.client("s3").get_object(Bucket=self.name, Key=KEY)["Body"].read()

    def events(self) -> list[str]:
        """The names of the events about the article since the last time."""
        sqs, found = boto3.client("sqs"), []
        while messages := sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                records = json.loads(message["Body"]).get("Records", [])
                found += [each["eventName"] for each in records if each["s3"]["object"]["key"].endswith("ferry.txt")]
                sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return found


@pytest.fixture
def bucket(storage: Mapping[str, str]) -> Iterator[Bucket]:
    """Nothing is in it yet, and nothing was told."""
    connect_buckets(deployment(), storage)
    bucket = Bucket(storage["ArticlesBucket"], storage["UploadsQueue"])
    bucket.events()
    yield bucket
    S3ArticleBucket().erase(bucket.name, KEY)


def test_the_bucket_keeps_versions_as_the_template_says(bucket: Bucket) -> None:
    """Moto's CloudFormation leaves that out."""
    assert boto3.client("s3").get_bucket_versioning(Bucket=bucket.name)["Status"] == "Enabled"


def test_a_delete_puts_a_marker_in_place_of_the_article_and_is_told(bucket: Bucket) -> None:
    """Moto sends no event; the article's versions stay."""
    version = bucket.put()
    marker = bucket.delete()

    assert bucket.events() == [PUT, MARKED]
    assert [(each.version_id, each.is_marker) for each in versions_in(bucket.name)] == [
        (version, False),
        (marker, True),
    ]


def test_several_deletes_in_one_request_are_told_one_by_one(bucket: Bucket) -> None:
    """As the AWS tools send them."""
    bucket.put()
    old = bucket.put()
    objects = [{"Key": KEY}, {"Key": KEY, "VersionId": old}]
    boto3.client("s3").delete_objects(Bucket=bucket.name, Delete={"Objects": objects})  # type: ignore[typeddict-item]

    assert bucket.events() == [PUT, PUT, MARKED, GONE]


def test_each_version_that_is_gone_for_good_is_told(bucket: Bucket) -> None:
    """What was before it is current then. Moto tells of the last one only."""
    bucket.put(b"old")
    bucket.delete(bucket.put(b"new"))
    assert bucket.content() == b"old"

    marker = bucket.delete()
    bucket.delete(marker)
    assert bucket.content() == b"old"

    assert bucket.events() == [PUT, PUT, GONE, MARKED, GONE]


def test_a_version_that_is_not_there_is_not_told(bucket: Bucket) -> None:
    """Nothing was deleted."""
    bucket.put()
    bucket.delete("another")

    assert bucket.events() == [PUT]


@pytest.mark.parametrize("deletes", [0, 1, 2], ids=["current", "deleted", "deleted twice"])
def test_a_takedown_leaves_neither_versions_nor_markers(bucket: Bucket, deletes: int) -> None:
    """Moto fails when the last thing to go is a marker."""
    bucket.put()
    bucket.put()
    for _ in range(deletes):
        bucket.delete()
    bucket.events()

    S3ArticleBucket().erase(bucket.name, KEY)

    assert [*versions_in(bucket.name)] == []
    assert bucket.events() == [GONE] * (2 + deletes)


def test_the_marker_of_an_article_without_versions_can_be_deleted(bucket: Bucket) -> None:
    """It is the last thing under the key."""
    version, marker = bucket.put(), bucket.delete()
    bucket.delete(version)
    bucket.delete(marker)

    assert [*versions_in(bucket.name)] == []
    assert bucket.events() == [PUT, MARKED, GONE, GONE]


def test_a_bucket_without_versions_tells_of_a_delete_once(bucket: Bucket) -> None:
    """As moto does."""
    s3 = boto3.client("s3")
    s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=bucket.name, Key=KEY, Body=b"story")
    s3.delete_object(Bucket=bucket.name, Key=KEY)
    s3.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})

    assert bucket.events() == [PUT, GONE]
