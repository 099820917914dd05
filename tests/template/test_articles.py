"""The bucket that articles are dropped into."""

import pytest

from cloudformation import PARAMETERS, is_deployed, plain, properties, stack


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


def test_created_removed_and_expired_articles_are_told_to_the_queue() -> None:
    """A deleted article must be withdrawn, also one that a lifecycle rule of the bucket deletes."""
    told = properties("ArticlesBucket", {"ArticlePrefix": "articles/"})["NotificationConfiguration"]
    prefix = {"S3Key": {"Rules": [{"Name": "prefix", "Value": {"Ref": "ArticlePrefix"}}]}}

    # LifecycleExpiration is :Delete and :DeleteMarkerCreated (S3 user guide, "Supported event types").
    assert {one["Event"] for one in told["QueueConfigurations"]} == {
        "s3:ObjectCreated:*",
        "s3:ObjectRemoved:*",
        "s3:LifecycleExpiration:*",
    }
    assert all(plain(one["Queue"]) == "UploadsQueue.Arn" for one in told["QueueConfigurations"])
    assert all(one["Filter"] == prefix for one in told["QueueConfigurations"])


SENDERS = {
    "as it is": {},
    "another stack's bucket": {},
    "an existing bucket's events": {
        "events.amazonaws.com": {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["UploadsRule", "Arn"]}}}
    },
    "a topic of uploads": {"sns.amazonaws.com": {"ArnEquals": {"aws:SourceArn": {"Ref": "UploadsTopicArn"}}}},
    "a rule of uploads": {"events.amazonaws.com": {"ArnEquals": {"aws:SourceArn": {"Ref": "UploadsRuleArn"}}}},
}


@pytest.mark.parametrize("choice", SENDERS)
def test_the_articles_bucket_and_what_is_named_beside_it_send_to_the_queue(choice: str) -> None:
    """Another account's bucket cannot fill the queue, and the policy is there before the bucket tests it."""
    statements = properties("UploadsQueuePolicy", PARAMETERS[choice])["PolicyDocument"]["Statement"]
    ours = properties("ArticlesBucket")["BucketName"]["Fn::Sub"]
    name = "${ExistingArticlesBucket}" if "ExistingArticlesBucket" in PARAMETERS[choice] else ours
    of_the_bucket = {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
        "ArnEquals": {"aws:SourceArn": {"Fn::Sub": f"arn:${{AWS::Partition}}:s3:::{name}"}},
    }

    assert {(each["Effect"], each["Action"], plain(each["Resource"])) for each in statements} == {
        ("Allow", "sqs:SendMessage", "UploadsQueue.Arn")
    }
    assert {each["Principal"]["Service"]: each["Condition"] for each in statements} == {
        "s3.amazonaws.com": of_the_bucket,
        **SENDERS[choice],
    }
    assert stack()["Resources"]["ArticlesBucket"]["DependsOn"] == "UploadsQueuePolicy"


def test_the_queue_subscribes_to_the_topic_of_uploads() -> None:
    """It gets the event of S3 itself, once the queue lets the topic in."""
    subscription = properties("UploadsSubscription")

    assert is_deployed("UploadsSubscription", PARAMETERS["a topic of uploads"])
    assert not is_deployed("UploadsSubscription", {})
    assert (plain(subscription["TopicArn"]), subscription["Protocol"]) == ("UploadsTopicArn", "sqs")
    assert plain(subscription["Endpoint"]) == "UploadsQueue.Arn"
    assert subscription["RawMessageDelivery"] is True
    assert stack()["Resources"]["UploadsSubscription"]["DependsOn"] == "UploadsQueuePolicy"


@pytest.mark.parametrize("logical_id", ["ArticlesBucket", "SummariesTable", "ReviewsTable"])
def test_articles_and_summaries_outlive_the_stack(logical_id: str) -> None:
    """A deletion or replacement leaves what it holds; only a failed first deployment cleans up after itself."""
    resource = stack()["Resources"][logical_id]

    assert resource["DeletionPolicy"] == "RetainExceptOnCreate"
    assert resource["UpdateReplacePolicy"] == "Retain"
