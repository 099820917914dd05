"""The store of articles, against moto over HTTP."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.domain.article import MAX_DOCUMENT_BYTES, ArticleId, Document, Language, StoredObject, Upload
from standfirst.domain.errors import ArticleRemoved, DocumentTooLarge, StoreUnavailable
from standfirst.domain.record import ArticleSource


def upload_of(storage: Mapping[str, str], key: str) -> Upload:
    """An event about ``key`` in the template's bucket."""
    return Upload(ArticleId(key), storage["ArticlesBucket"], key, "0A")


@pytest.fixture
def unversioned(storage: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """A bucket without versions, as somebody may have one already; the template's keeps them."""
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="existing", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    yield storage | {"ArticlesBucket": "existing"}
    for each in s3.list_objects_v2(Bucket="existing").get("Contents", []):
        s3.delete_object(Bucket="existing", Key=each["Key"])
    s3.delete_bucket(Bucket="existing")


@pytest.mark.parametrize("key", ["a b+c/ü.txt", "../up.txt", "a//b.txt", "100%.txt"])
def test_an_object_comes_with_its_bytes_its_type_and_its_version(storage: Mapping[str, str], key: str) -> None:
    """Whatever its key is made of."""
    put = boto3.client("s3").put_object(
        Bucket=storage["ArticlesBucket"], Key=key, Body=b"story", ContentType="text/plain"
    )

    found = S3ArticleBucket().fetch(upload_of(storage, key))

    assert (found.document.name, found.document.content, found.document.content_type) == (key, b"story", "text/plain")
    assert found.etag == put["ETag"].strip('"')
    assert found.version_id == put["VersionId"]


def test_nothing_is_asked_of_s3_without_a_key(storage: Mapping[str, str]) -> None:
    """The same request is one for the bucket."""
    bucket = S3ArticleBucket()
    nameless = Document("", b"story")

    with pytest.raises(StoreUnavailable, match="Invalid length for parameter Key"):
        bucket.fetch(upload_of(storage, ""))
    with pytest.raises(StoreUnavailable, match="Invalid length for parameter Key"):
        bucket.put(storage["ArticlesBucket"], nameless, "request")


def test_user_metadata_says_headline_language_and_style(storage: Mapping[str, str]) -> None:
    """What is not ASCII comes as RFC 2047 encoded words."""
    boto3.client("s3").put_object(
        Bucket=storage["ArticlesBucket"],
        Key="said.txt",
        Body=b"story",
        Metadata={"headline": "=?UTF-8?Q?F=C3=A4hre_kehrt_zur=C3=BCck?=", "language": "de", "style": "tabloid"},
    )

    document = S3ArticleBucket().fetch(upload_of(storage, "said.txt")).document

    assert (document.headline, document.language, document.style) == ("Fähre kehrt zurück", "de", "tabloid")


def test_the_newest_version_is_fetched_whatever_the_event_was_about(storage: Mapping[str, str]) -> None:
    """Events come late; the bucket is right."""
    for body in (b"old", b"new"):
        boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key="twice.txt", Body=body)

    assert S3ArticleBucket().fetch(upload_of(storage, "twice.txt")).document.content == b"new"


def test_a_deleted_object_is_removed(storage: Mapping[str, str]) -> None:
    """Also in a versioned bucket, where a marker stands in its place."""
    boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key="gone.txt", Body=b"story")
    boto3.client("s3").delete_object(Bucket=storage["ArticlesBucket"], Key="gone.txt")

    for key in ("gone.txt", "never.txt"):
        with pytest.raises(ArticleRemoved, match=key):
            S3ArticleBucket().fetch(upload_of(storage, key))


def test_an_object_over_the_limit_is_refused_with_its_size(storage: Mapping[str, str]) -> None:
    """And not fetched."""
    size = MAX_DOCUMENT_BYTES + 1
    boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key="large.txt", Body=b"x" * size)

    with pytest.raises(DocumentTooLarge, match=f"{size:,} bytes"):
        S3ArticleBucket().fetch(upload_of(storage, "large.txt"))


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "AccessDenied", "NoSuchBucket", "RequestTimeout"])
def test_what_else_s3_says_is_a_transient_error(storage: Mapping[str, str], code: str) -> None:
    """The queue tries again, and keeps what it cannot finish for an operator."""
    articles = S3ArticleBucket()
    with Stubber(articles._s3) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error("get_object", code, http_status_code=503)

        with pytest.raises(StoreUnavailable, match=code):
            articles.fetch(upload_of(storage, "a.txt"))


# ----------------------------------------------------------------------------------------------------------------------
# The very version
# ----------------------------------------------------------------------------------------------------------------------


def put(storage: Mapping[str, str], key: str, content: bytes) -> StoredObject:
    """Upload ``content``; what the bucket holds then."""
    boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key=key, Body=content)
    return S3ArticleBucket().fetch(upload_of(storage, key))


def source_of(storage: Mapping[str, str], key: str, found: StoredObject, **known: Any) -> ArticleSource:  # noqa: ANN401
    """What a record says of ``found``; ``known`` is what it says otherwise."""
    said = {"etag": found.etag, "version_id": found.version_id} | known
    return ArticleSource(bucket=storage["ArticlesBucket"], key=key, **said)


def test_a_version_is_fetched_though_there_is_a_newer_one(storage: Mapping[str, str]) -> None:
    """An editor's words are checked against what they were written about."""
    old, new = (put(storage, "versions.txt", content) for content in (b"old", b"new"))

    fetched = [S3ArticleBucket().fetch_version(source_of(storage, "versions.txt", each)) for each in (old, new)]

    assert [each.document.content for each in fetched] == [b"old", b"new"]
    assert fetched == [old, new]


def test_a_version_is_fetched_though_the_article_was_deleted(storage: Mapping[str, str]) -> None:
    """It is still there, behind the marker."""
    found = put(storage, "behind.txt", b"story")
    boto3.client("s3").delete_object(Bucket=storage["ArticlesBucket"], Key="behind.txt")

    assert S3ArticleBucket().fetch_version(source_of(storage, "behind.txt", found)) == found


def test_what_has_no_versions_is_fetched_while_it_is_the_same(unversioned: Mapping[str, str]) -> None:
    """Its ETag tells."""
    found = put(unversioned, "same.txt", b"old")
    source = source_of(unversioned, "same.txt", found)
    fetched = S3ArticleBucket().fetch_version(source)

    put(unversioned, "same.txt", b"new")

    assert found.version_id is None
    assert fetched == found
    with pytest.raises(ArticleRemoved, match=r"same\.txt"):
        S3ArticleBucket().fetch_version(source)


def test_the_version_null_is_fetched_while_it_is_the_same(unversioned: Mapping[str, str]) -> None:
    """A bucket whose versions are suspended puts the next one in its place, under the same id."""
    found = put(unversioned, "null.txt", b"old")
    source = source_of(unversioned, "null.txt", found, version_id="null")
    fetched = S3ArticleBucket().fetch_version(source)

    put(unversioned, "null.txt", b"new")

    assert fetched.document.content == b"old"
    with pytest.raises(ArticleRemoved):
        S3ArticleBucket().fetch_version(source)


def test_the_version_null_is_fetched_though_there_are_newer_ones(storage: Mapping[str, str]) -> None:
    """It was put before the bucket had versions."""
    s3, bucket = boto3.client("s3"), storage["ArticlesBucket"]
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Suspended"})
    found = put(storage, "first.txt", b"old")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    put(storage, "first.txt", b"new")

    fetched = S3ArticleBucket().fetch_version(source_of(storage, "first.txt", found, version_id="null"))

    assert fetched.document.content == b"old"


def test_a_version_that_was_purged_is_removed(storage: Mapping[str, str]) -> None:
    """The bucket forgets old versions after a while."""
    found = put(storage, "purged.txt", b"old")
    put(storage, "purged.txt", b"new")
    boto3.client("s3").delete_object(
        Bucket=storage["ArticlesBucket"], Key="purged.txt", VersionId=str(found.version_id)
    )

    with pytest.raises(ArticleRemoved, match=r"purged\.txt"):
        S3ArticleBucket().fetch_version(source_of(storage, "purged.txt", found))


@pytest.mark.parametrize(
    "known",
    [{"bucket": None}, {"etag": None, "version_id": None}, {"key": "never.txt", "version_id": None}],
    ids=["in no bucket", "of no known version", "never there"],
)
def test_a_version_that_is_nowhere_is_removed(storage: Mapping[str, str], known: dict[str, str | None]) -> None:
    """An article that was sent with a request lies in no bucket, and one that could not be read has no version."""
    source = source_of(storage, "somewhere.txt", put(storage, "somewhere.txt", b"story")).model_copy(update=known)

    with pytest.raises(ArticleRemoved):
        S3ArticleBucket().fetch_version(source)


@pytest.mark.parametrize(
    ("code", "status"),
    [("NoSuchVersion", 404), ("NoSuchKey", 404), ("404", 404), ("MethodNotAllowed", 405), ("PreconditionFailed", 412)],
)
def test_each_way_of_s3_to_say_gone_is_understood(storage: Mapping[str, str], code: str, status: int) -> None:
    """405 is how S3 answers for a marker; moto does not play it."""
    articles = S3ArticleBucket()
    with Stubber(articles._s3) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error("get_object", code, http_status_code=status)

        with pytest.raises(ArticleRemoved):
            articles.fetch_version(ArticleSource(bucket=storage["ArticlesBucket"], key="a.txt", version_id="a marker"))


def test_a_version_that_cannot_be_had_now_is_a_transient_error(storage: Mapping[str, str]) -> None:
    """As with what lies there now."""
    articles = S3ArticleBucket()
    with Stubber(articles._s3) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error("get_object", "SlowDown", http_status_code=503)

        with pytest.raises(StoreUnavailable, match="SlowDown"):
            articles.fetch_version(ArticleSource(bucket=storage["ArticlesBucket"], key="a.txt", version_id="1"))


def test_a_version_is_looked_at_without_its_content(storage: Mapping[str, str]) -> None:
    """Whatever else is known of it is the same; and it is as gone as for whoever fetches it."""
    found = put(storage, "looked-at.txt", b"story")
    source = source_of(storage, "looked-at.txt", found)

    seen = S3ArticleBucket().look_at_version(source)
    boto3.client("s3").delete_object(
        Bucket=storage["ArticlesBucket"], Key="looked-at.txt", VersionId=found.version_id or ""
    )

    assert seen == replace(found, document=replace(found.document, content=b""))
    with pytest.raises(ArticleRemoved, match=r"looked-at\.txt"):
        S3ArticleBucket().look_at_version(source)


def test_what_has_no_versions_is_looked_at_while_it_is_the_same(unversioned: Mapping[str, str]) -> None:
    """S3 answers 412 for another ETag."""
    source = source_of(unversioned, "changed.txt", put(unversioned, "changed.txt", b"old"))
    put(unversioned, "changed.txt", b"new")

    with pytest.raises(ArticleRemoved):
        S3ArticleBucket().look_at_version(source)
    with pytest.raises(ArticleRemoved, match="which version"):
        S3ArticleBucket().look_at_version(ArticleSource(bucket=unversioned["ArticlesBucket"], key="changed.txt"))


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, ArticleRemoved),
        (405, ArticleRemoved),
        (412, ArticleRemoved),
        (403, StoreUnavailable),
        (503, StoreUnavailable),
    ],
)
def test_a_status_without_a_body_says_whether_a_version_is_gone(
    storage: Mapping[str, str], status: int, error: type[Exception]
) -> None:
    """A response to HEAD has no code."""
    articles = S3ArticleBucket()
    with Stubber(articles._s3) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error("head_object", str(status), http_status_code=status)

        with pytest.raises(error):
            articles.look_at_version(ArticleSource(bucket=storage["ArticlesBucket"], key="a.txt", version_id="1"))


# ----------------------------------------------------------------------------------------------------------------------
# Put
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    ["a b+c/ü.txt", "../up.txt", "a//b.txt", "100%.txt", "ferry-🚢/日本.txt", "k" * 1024, "\u2028\t.txt"],
    ids=["signs", "dots", "slashes", "percent", "emoji", "long", "blank"],
)
def test_a_document_that_was_put_is_found_under_its_name(storage: Mapping[str, str], key: str) -> None:
    """Whatever it is made of."""
    document = Document(key, b"st\x00ry \xff", content_type="text/plain; charset=utf-8")

    S3ArticleBucket().put(storage["ArticlesBucket"], document, "a-request")

    assert S3ArticleBucket().fetch(upload_of(storage, key)).document == document


@pytest.mark.parametrize(
    "said",
    [
        "Ferry returns",
        "Fähre kehrt zurück",
        "フェリーが戻る" * 20,
        "Ferry 🚢 returns: 100 % =20 of it",
        "=?utf-8?q?not_encoded?=",
        'two  blanks, and "quotes"',
        " a blank at either end ",
        "x" * 500,
        "half\u00a0open \x7f",
    ],
    ids=["ASCII", "umlauts", "long kana", "emoji", "looks encoded", "blanks", "ends", "long", "odd"],
)
def test_what_is_said_of_a_document_is_read_back(storage: Mapping[str, str], said: str) -> None:
    """By ``fetch``, as what any uploader says."""
    document = Document("said.txt", b"story", "text/plain", headline=said, language=Language("de"), style=said)

    S3ArticleBucket().put(storage["ArticlesBucket"], document, "a-request")

    assert S3ArticleBucket().fetch(upload_of(storage, "said.txt")).document == document


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_no_line_of_a_headline_becomes_a_header(storage: Mapping[str, str], newline: str) -> None:
    """Metadata travels in headers; its lines are joined."""
    document = Document("lines.txt", b"story", headline=f"Ferry{newline}x-amz-meta-style: tabloid")

    S3ArticleBucket().put(storage["ArticlesBucket"], document, "a-request")
    put_there = S3ArticleBucket().fetch(upload_of(storage, "lines.txt")).document

    assert put_there.style is None
    assert put_there.headline == "Ferry x-amz-meta-style: tabloid"


def test_half_a_character_does_not_keep_a_document_out(storage: Mapping[str, str]) -> None:
    """JSON can carry it, UTF-8 cannot."""
    S3ArticleBucket().put(
        storage["ArticlesBucket"], Document("half.txt", b"story", headline="Ferry \ud83d returns"), "a-request"
    )

    assert S3ArticleBucket().fetch(upload_of(storage, "half.txt")).document.headline == "Ferry ? returns"


@pytest.mark.lacking_in_ministack("an object without a type is application/octet-stream; S3 says binary/octet-stream")
@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain\nx-amz-meta-style: tabloid", "text/plain; charset=ü"], ids=repr
)
def test_what_is_no_content_type_is_not_put(storage: Mapping[str, str], content_type: str | None) -> None:
    """S3 calls it binary then, as with any uploader who says nothing, and its name or its bytes tell what it is."""
    S3ArticleBucket().put(storage["ArticlesBucket"], Document("typeless.txt", b"story", content_type), "a-request")

    found = S3ArticleBucket().fetch(upload_of(storage, "typeless.txt")).document

    assert (found.content_type, found.style) == ("binary/octet-stream", None)


@pytest.mark.parametrize("code", ["SlowDown", "AccessDenied", "NoSuchBucket"])
def test_a_bucket_that_does_not_take_a_document_is_unavailable(code: str) -> None:
    """The caller may try again."""
    articles = S3ArticleBucket()
    with Stubber(articles._s3) as stub:  # noqa: SLF001 - the wire is what is played
        stub.add_client_error("put_object", code, http_status_code=503)

        with pytest.raises(StoreUnavailable, match=code):
            articles.put("a-bucket", Document("a.txt", b"story"), "a-request")


def test_a_bucket_out_of_reach_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network that is gone is an error of the store too."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    articles, source = S3ArticleBucket(), ArticleSource(bucket="a-bucket", key="a.txt", version_id="1")

    with pytest.raises(StoreUnavailable):
        articles.put("a-bucket", Document("a.txt", b"story"), "a-request")
    with pytest.raises(StoreUnavailable):
        articles.fetch_version(source)
