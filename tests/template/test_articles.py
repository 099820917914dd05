"""The bucket that articles are dropped into."""

import pytest

from cloudformation import plain, properties, stack


def test_the_bucket_is_closed_to_the_public() -> None:
    """All four public access blocks are on, and no object can be owned or opened by an ACL."""
    bucket = properties("ArticlesBucket")

    assert bucket["PublicAccessBlockConfiguration"] == {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": True,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_the_bucket_keeps_every_version_encrypted() -> None:
    """Versioning and encryption are on."""
    bucket = properties("ArticlesBucket")
    (encryption,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]

    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"] in {"AES256", "aws:kms"}


def test_the_bucket_is_reached_over_tls_only() -> None:
    """Whoever asks for whatever without TLS is refused."""
    (statement,) = properties("ArticlesBucketPolicy")["PolicyDocument"]["Statement"]

    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert [plain(resource) for resource in statement["Resource"]] == ["ArticlesBucket.Arn", "${ArticlesBucket.Arn}/*"]


def test_created_and_removed_articles_are_both_told_to_the_queue() -> None:
    """A deleted article must be withdrawn, so its removal is news too."""
    told = properties("ArticlesBucket")["NotificationConfiguration"]["QueueConfigurations"]

    assert {one["Event"] for one in told} == {"s3:ObjectCreated:*", "s3:ObjectRemoved:*"}
    assert {plain(one["Queue"]) for one in told} == {"UploadsQueue.Arn"}


def test_only_the_articles_bucket_sends_to_the_queue() -> None:
    """Another account's bucket cannot fill the queue, and the policy is there before the bucket tests it."""
    (statement,) = properties("UploadsQueuePolicy")["PolicyDocument"]["Statement"]
    bucket_name = properties("ArticlesBucket")["BucketName"]["Fn::Sub"]

    assert (statement["Principal"], statement["Action"]) == ({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
        "ArnEquals": {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{bucket_name}"}},
    }
    assert stack()["Resources"]["ArticlesBucket"]["DependsOn"] == "UploadsQueuePolicy"


@pytest.mark.parametrize("logical_id", ["ArticlesBucket", "SummariesTable"])
def test_articles_and_summaries_outlive_the_stack(logical_id: str) -> None:
    """A deletion or replacement leaves what it holds; only a failed first deployment cleans up after itself."""
    resource = stack()["Resources"][logical_id]

    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["UpdateReplacePolicy"] == "Retain"
