"""The store of articles, against moto over HTTP."""

from collections.abc import Iterator, Mapping

import boto3
import pytest
from botocore.stub import Stubber

from standfirst.adapters.s3_articles import S3Articles
from standfirst.domain.article import MAX_DOCUMENT_BYTES, ArticleId, Upload
from standfirst.domain.errors import ArticleRemoved, DocumentTooLarge, StoreUnavailable


def upload_of(storage: Mapping[str, str], key: str) -> Upload:
    """An event about ``key`` in the template's bucket."""
    return Upload(ArticleId(key), storage["ArticlesBucket"], key, "0A")


@pytest.fixture
def versioned(storage: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The bucket with versions, as the template has it."""
    s3, bucket = boto3.client("s3"), storage["ArticlesBucket"]
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    yield storage
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})


@pytest.mark.parametrize("key", ["a b+c/ü.txt", "../up.txt", "a//b.txt", "100%.txt"])
def test_an_object_comes_with_its_bytes_its_type_and_its_version(versioned: Mapping[str, str], key: str) -> None:
    """Whatever its key is made of."""
    put = boto3.client("s3").put_object(
        Bucket=versioned["ArticlesBucket"], Key=key, Body=b"story", ContentType="text/plain"
    )

    found = S3Articles().fetch(upload_of(versioned, key))

    assert (found.document.name, found.document.content, found.document.content_type) == (key, b"story", "text/plain")
    assert found.etag == put["ETag"].strip('"')
    assert found.version_id == put["VersionId"]


def test_user_metadata_says_headline_language_and_style(storage: Mapping[str, str]) -> None:
    """What is not ASCII comes as RFC 2047 encoded words."""
    boto3.client("s3").put_object(
        Bucket=storage["ArticlesBucket"],
        Key="said.txt",
        Body=b"story",
        Metadata={"headline": "=?UTF-8?Q?F=C3=A4hre_kehrt_zur=C3=BCck?=", "language": "de", "style": "tabloid"},
    )

    document = S3Articles().fetch(upload_of(storage, "said.txt")).document

    assert (document.headline, document.language, document.style) == ("Fähre kehrt zurück", "de", "tabloid")


def test_the_newest_version_is_fetched_whatever_the_event_was_about(versioned: Mapping[str, str]) -> None:
    """Events come late; the bucket is right."""
    for body in (b"old", b"new"):
        boto3.client("s3").put_object(Bucket=versioned["ArticlesBucket"], Key="twice.txt", Body=body)

    assert S3Articles().fetch(upload_of(versioned, "twice.txt")).document.content == b"new"


def test_a_deleted_object_is_removed(versioned: Mapping[str, str]) -> None:
    """Also in a versioned bucket, where a marker stands in its place."""
    boto3.client("s3").put_object(Bucket=versioned["ArticlesBucket"], Key="gone.txt", Body=b"story")
    boto3.client("s3").delete_object(Bucket=versioned["ArticlesBucket"], Key="gone.txt")

    for key in ("gone.txt", "never.txt"):
        with pytest.raises(ArticleRemoved, match=key):
            S3Articles().fetch(upload_of(versioned, key))


def test_an_object_over_the_limit_is_refused_with_its_size(storage: Mapping[str, str]) -> None:
    """And not fetched."""
    size = MAX_DOCUMENT_BYTES + 1
    boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key="large.txt", Body=b"x" * size)

    with pytest.raises(DocumentTooLarge, match=f"{size:,} bytes"):
        S3Articles().fetch(upload_of(storage, "large.txt"))


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "AccessDenied", "NoSuchBucket", "RequestTimeout"])
def test_what_else_s3_says_is_a_transient_error(storage: Mapping[str, str], code: str) -> None:
    """The queue tries again, and keeps what it cannot finish for an operator."""
    articles = S3Articles()
    with Stubber(articles._s3) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error("get_object", code, http_status_code=503)

        with pytest.raises(StoreUnavailable, match=code):
            articles.fetch(upload_of(storage, "a.txt"))
