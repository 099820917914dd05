"""What messages of the queue say: S3's events, of which the files of events/ are the examples, and our own."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from standfirst.adapters.aws.messages import (
    read_event,
    read_message,
    write_backfill,
    write_regeneration,
    write_upgrade,
)
from standfirst.domain.article import ArticleId, Backfill, Regeneration, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage
from standfirst.domain.sequencer import padded

EVENTS = Path(__file__).parents[3] / "events"


def an_event(**entry: Any) -> dict[str, Any]:  # noqa: ANN401 - the entry of an event holds anything
    """A bare S3 event about one object."""
    return {
        "Records": [
            {
                "eventSource": "aws:s3",
                "eventTime": "2026-03-03T09:00:00.500Z",
                "eventName": "ObjectCreated:Put",
                "s3": {"bucket": {"name": "articles"}, "object": {"key": "a.txt", "sequencer": "0A"} | entry},
            }
        ]
    }


@pytest.mark.parametrize(
    ("encoded", "key"),
    [
        ("politics/a+b.txt", "politics/a b.txt"),
        ("a%2Bb.txt", "a+b.txt"),
        ("caf%C3%A9.txt", "café.txt"),
        ("politics%2Fa.txt", "politics/a.txt"),
        ("../up.txt", "../up.txt"),
        ("100%25.txt", "100%.txt"),
    ],
    ids=["space", "plus", "accent", "slash", "dots", "percent"],
)
def test_keys_are_decoded_as_forms_are(encoded: str, key: str) -> None:
    """S3 sends keys form-encoded."""
    [upload] = read_event(an_event(key=encoded), prefix="")

    assert upload == Upload(ArticleId(key), "articles", key, "0A")


@pytest.mark.parametrize(
    "time", ["yesterday", "2026-03-03T09:00:00.500", None, 7], ids=["text", "no zone", "none", "7"]
)
def test_a_time_that_cannot_be_read_holds_nothing_up(time: object) -> None:
    """It is only measured with; the sequencer is what counts."""
    event = an_event()
    event["Records"][0]["eventTime"] = time

    [upload] = read_event(event, prefix="")

    assert upload.at is None


def test_the_time_of_an_event_is_read() -> None:
    """As S3 sends it to a queue, and as EventBridge passes it on."""
    passed_on = json.loads((EVENTS / "s3_put_by_eventbridge_in_sqs.json").read_text(encoding="utf-8"))

    [sent] = read_event(an_event(), prefix="")
    [passed] = read_message(passed_on["Records"][0]["body"], prefix="")

    assert (sent.at, isinstance(passed, Upload) and passed.at) == (
        datetime(2026, 3, 3, 9, 0, 0, 500_000, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 14, 5, tzinfo=UTC),
    )


def test_the_prefix_is_not_part_of_the_id() -> None:
    """But of the key."""
    [upload] = read_event(an_event(key="in/politics/a.txt"), prefix="in/")

    assert (upload.article_id, upload.key) == ("politics/a.txt", "in/politics/a.txt")


@pytest.mark.parametrize("key", ["out/a.txt", "in/", "in/folder/"], ids=["outside", "the prefix", "a folder"])
def test_what_is_no_article_is_ignored(key: str) -> None:
    """Other prefixes, and the empty objects that consoles make for folders."""
    assert read_event(an_event(key=key, size=0), prefix="in/") == []


def test_an_article_whose_key_ends_in_a_slash_is_no_folder() -> None:
    """It has a size; folders have none."""
    assert len(read_event(an_event(key="in/story/", size=500), prefix="in/")) == 1


@pytest.mark.parametrize("name", ["ObjectRemoved:Delete", "LifecycleExpiration:Delete"])
def test_an_article_whose_key_ends_in_a_slash_can_be_deleted(name: str) -> None:
    """An event of deletion has no size, like that of a folder."""
    event = an_event(key="in/story/")
    event["Records"][0]["eventName"] = name

    assert [command.article_id for command in read_event(event, prefix="in/")] == ["story/"]


CONTENT_CHANGES = [
    "ObjectCreated:Put",
    "ObjectCreated:CompleteMultipartUpload",
    "ObjectRemoved:Delete",
    "ObjectRemoved:DeleteMarkerCreated",
    "LifecycleExpiration:Delete",
    "LifecycleExpiration:DeleteMarkerCreated",
]
OTHER_CHANGES = [
    "ObjectTagging:Put",
    "ObjectAcl:Put",
    "ObjectRestore:Completed",
    "LifecycleTransition",
    "IntelligentTiering",
    "Replication:OperationFailedReplication",
    "ReducedRedundancyLostObject",
]


@pytest.mark.parametrize("name", CONTENT_CHANGES + OTHER_CHANGES)
def test_only_a_change_of_the_content_is_an_upload(name: str) -> None:
    """Written, deleted, expired; every other event of S3 leaves the content as it is."""
    event = an_event()
    event["Records"][0]["eventName"] = name

    assert len(read_event(event, prefix="")) == (name in CONTENT_CHANGES)


def test_the_test_event_of_s3_is_acknowledged() -> None:
    """It arrives when the notification is configured."""
    assert read_event({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "articles"}, prefix="") == []


@pytest.mark.parametrize(
    "event",
    [
        {"Records": []},
        {"Records": [{"eventSource": "aws:sns"}]},
        {"Records": [an_event()["Records"][0] | {"eventName": "ObjectMelted:Slowly"}]},
        {"Records": [an_event()["Records"][0], {"eventSource": "aws:ses"}]},
        {"Records": "many"},
        {"Type": "SubscriptionConfirmation", "TopicArn": "arn:aws:sns:eu-west-1:1:t", "Message": "You have chosen"},
        {"source": "aws.ec2", "detail-type": "EC2 Instance State-change Notification", "detail": {}},
        {"detail-type": "Upgrade Summary", "detail": {"bucket": "articles", "key": "a.txt"}},
        {},
        [],
        "text",
        None,
        7,
    ],
    ids=[
        "no records",
        "another source",
        "unknown name",
        "one of another source",
        "wrong type",
        "a topic to confirm",
        "another service",
        "no command of ours",
        "empty",
        "list",
        "text",
        "null",
        "number",
    ],
)
@pytest.mark.parametrize("is_fanned_out", [False, True], ids=["sent to the queue", "by a topic"])
def test_what_is_no_event_of_ours_is_an_invalid_message(event: object, is_fanned_out: bool) -> None:  # noqa: FBT001
    """So that it goes to the dead-letter queue, and an upload in a form that is not known is never lost."""
    with pytest.raises(InvalidMessage):
        read_event(by_topic(event) if is_fanned_out else event, prefix="")


# ----------------------------------------------------------------------------------------------------------------------
# Events of S3 that others pass on
# ----------------------------------------------------------------------------------------------------------------------


def by_topic(event: object) -> dict[str, str]:
    """The notification of an SNS topic about such an event."""
    topic = "arn:aws:sns:eu-west-1:123456789012:uploads"
    return {"Type": "Notification", "MessageId": "1", "TopicArn": topic, "Message": json.dumps(event)}


def by_eventbridge(kind: str = "Object Created", **entry: object) -> dict[str, Any]:
    """The event that S3 sends to EventBridge."""
    detail = {"bucket": {"name": "articles"}, "object": {"key": "a.txt", "sequencer": "0A"} | entry}
    return {"source": "aws.s3", "detail-type": kind, "time": "2026-03-03T09:00:00Z", "detail": detail}


@pytest.mark.parametrize(
    "event",
    [by_topic(an_event()), by_eventbridge(), by_topic(by_eventbridge()), by_topic(by_topic(an_event()))],
    ids=["a topic", "EventBridge", "a topic of EventBridge", "a topic of a topic"],
)
def test_an_event_that_a_topic_or_a_bus_passes_on_is_the_same_upload(event: dict[str, Any]) -> None:
    """Larger organisations fan their events out."""
    [upload] = read_event(event, prefix="")

    assert isinstance(upload, Upload)
    assert (upload.article_id, upload.bucket, upload.key) == ("a.txt", "articles", "a.txt")


@pytest.mark.parametrize("key", ["a+b.txt", "100%25.txt", "caf\u00e9 au lait.txt"])
def test_keys_in_events_of_eventbridge_are_not_encoded(key: str) -> None:
    """Unlike those in S3's own."""
    [upload] = read_event(by_eventbridge(key=key), prefix="")

    assert upload == Upload(ArticleId(key), "articles", key, "000A")


@pytest.mark.parametrize(
    "kind", ["Object Created", "Object Deleted", "Object Tags Added", "Object Storage Class Changed"]
)
def test_eventbridge_tells_of_uploads_and_deletions(kind: str) -> None:
    """Other events of S3 do not change what an object holds."""
    assert len(read_event(by_eventbridge(kind), prefix="")) == (kind in {"Object Created", "Object Deleted"})


@pytest.mark.parametrize("kind", ["AWS API Call via CloudTrail", "Object Renamed"])
def test_an_event_of_eventbridge_that_nobody_knows_is_an_invalid_message(kind: str) -> None:
    """It may tell of an upload, as CloudTrail's do: acknowledged, it would be lost."""
    with pytest.raises(InvalidMessage, match=kind):
        read_event(by_eventbridge(kind), prefix="")


def test_a_folder_in_eventbridge_is_ignored_and_its_deletion_is_not() -> None:
    """As in events that S3 sends to a queue."""
    assert read_event(by_eventbridge(key="in/", size=0), prefix="") == []
    assert len(read_event(by_eventbridge("Object Deleted", key="in/"), prefix="")) == 1


def test_both_ways_order_the_events_of_an_object_alike() -> None:
    """A bucket whose events come both ways loses none: the same event has the same sequencer."""
    [queued] = read_event(an_event(sequencer="00617F08299329D189"), prefix="")
    [passed_on] = read_event(by_eventbridge(sequencer="617f08299329d189"), prefix="")

    assert isinstance(queued, Upload)
    assert isinstance(passed_on, Upload)
    assert padded(queued.sequencer) == padded(passed_on.sequencer)


@pytest.mark.parametrize("detail", [None, {}, {"bucket": {"name": "articles"}}, {"bucket": {}, "object": {"key": "a"}}])
def test_a_broken_event_of_eventbridge_is_an_invalid_message(detail: object) -> None:
    """So that it is dead-lettered."""
    with pytest.raises(InvalidMessage, match="broken"):
        read_event(by_eventbridge() | {"detail": detail}, prefix="")


@pytest.mark.parametrize(
    "record",
    [
        {"eventSource": "aws:s3"},
        {"eventSource": "aws:s3", "s3": None},
        an_event(key=None)["Records"][0],
        an_event(sequencer=None)["Records"][0] | {"eventTime": "yesterday"},
        an_event(sequencer=None)["Records"][0] | {"eventTime": None},
    ],
    ids=["nothing", "null", "no key", "no time", "null for a time"],
)
def test_a_broken_record_of_s3_is_an_invalid_message(record: dict[str, Any]) -> None:
    """So that it is dead-lettered, and not tried again."""
    with pytest.raises(InvalidMessage, match="broken"):
        read_event({"Records": [record]}, prefix="")


def test_events_without_a_sequencer_are_ordered_by_their_time() -> None:
    """Emulators and people send such; S3 does not."""
    early, late = an_event(sequencer=None), an_event(sequencer=None)
    late["Records"][0]["eventTime"] = "2026-03-03T09:00:00.501Z"

    [first], [second] = read_event(early, ""), read_event(late, "")

    assert isinstance(first, Upload)
    assert isinstance(second, Upload)
    assert first.sequencer < second.sequencer


def test_the_example_of_a_bare_event_tells_of_one_upload() -> None:
    """The one that `sam local invoke` is shown with."""
    event = json.loads((EVENTS / "s3_put.json").read_text())

    assert len(read_event(event, "")) == 1


def test_the_body_of_a_message_is_the_event_as_json() -> None:
    """S3 writes it that way."""
    event = an_event(key="in/a+b.txt")

    assert read_message(json.dumps(event), "in/") == read_event(event, "in/")


@pytest.mark.parametrize(
    "body",
    ["", "this is no JSON", "[broken", '{"Records": [', "\ud800", "9" * 5_000, "[" * 200_000],
    ids=["empty", "a sentence", "half a list", "half an event", "half a character", "a number without end", "a depth"],
)
def test_a_body_that_is_no_json_is_an_invalid_message(body: str) -> None:
    """From any sender: it is dead-lettered."""
    with pytest.raises(InvalidMessage, match="no JSON"):
        read_message(body, prefix="")


# ----------------------------------------------------------------------------------------------------------------------
# The command for an upgrade
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key",
    ["a.txt", "politics/a b+c.txt", "100%25.txt", "Élysée/日本 🚢.txt", 'quo"te\\.txt', "../up.txt", "ü" * 512, "in/"],
    ids=["plain", "space and plus", "percent", "accents", "quotes", "dots", "as long as S3 takes", "slash"],
)
def test_an_upgrade_names_the_key_as_it_is(key: str) -> None:
    """Unlike S3's news, it is not form-encoded: a plus stays a plus."""
    body = write_upgrade("articles", key)

    assert read_message(body, prefix="") == [Upgrade(ArticleId(key), "articles", key)]
    body.encode("ascii")


def test_the_prefix_is_not_part_of_the_id_of_an_upgrade() -> None:
    """The article is found under the id that it was saved with."""
    [command] = read_message(write_upgrade("articles", "in/in/a.txt"), prefix="in/")

    assert command == Upgrade(ArticleId("in/a.txt"), "articles", "in/in/a.txt")


@pytest.mark.parametrize("key", ["out/a.txt", "in/", ""], ids=["outside", "the prefix", "nothing"])
def test_an_upgrade_of_what_is_no_article_is_ignored(key: str) -> None:
    """A deployment whose prefix was changed still meets older messages."""
    assert read_message(write_upgrade("articles", key), prefix="in/") == []


@pytest.mark.parametrize(
    "detail",
    [
        None,
        "text",
        {},
        {"bucket": "articles"},
        {"key": "a.txt"},
        {"bucket": "articles", "key": 1},
        {"bucket": "articles", "key": None},
    ],
    ids=["null", "text", "empty", "no key", "no bucket", "a number for a key", "null for a key"],
)
def test_a_broken_upgrade_is_an_invalid_message(detail: object) -> None:
    """It looks like ours, and cannot be fulfilled."""
    body = json.dumps({"source": "standfirst", "detail-type": "Upgrade Summary", "detail": detail})

    with pytest.raises(InvalidMessage, match="broken"):
        read_message(body, prefix="")


def test_an_upgrade_without_a_detail_is_an_invalid_message() -> None:
    """The same, with nothing there at all."""
    with pytest.raises(InvalidMessage, match="no event"):
        read_message('{"source": "standfirst", "detail-type": "Upgrade Summary"}', prefix="")


@pytest.mark.parametrize("announces", [False, True])
def test_a_backfill_names_its_run_and_whether_to_tell_of_it(announces: bool) -> None:  # noqa: FBT001 - the two choices
    """Beside the key as it is; what is no article of ours is ignored."""
    command = Backfill(ArticleId("Élysée + 日本.txt"), "articles", "in/Élysée + 日本.txt", "run 1", announces)

    body = write_backfill(command)

    assert read_message(body, prefix="in/") == [command]
    assert read_message(body, prefix="out/") == []
    body.encode("ascii")


@pytest.mark.parametrize(
    "changed",
    [{"run": None}, {"run": 7}, {"key": None}, {"announce": "yes"}, {"announce": None}],
    ids=["no run", "a number for a run", "no key", "a word", "null"],
)
def test_a_broken_backfill_is_an_invalid_message(changed: Mapping[str, object]) -> None:
    """It looks like ours, and cannot be fulfilled."""
    detail = {"bucket": "articles", "key": "a.txt", "run": "run 1", "announce": False, **changed}
    body = json.dumps({"source": "standfirst", "detail-type": "Backfill Article", "detail": detail})

    with pytest.raises(InvalidMessage, match="broken"):
        read_message(body, prefix="")


@pytest.mark.parametrize("kind", ["Scheduled Event", None, 7], ids=["another", "null", "a number"])
def test_another_event_of_that_shape_is_an_invalid_message(kind: object) -> None:
    """EventBridge's have it too; none of them is a command."""
    event = json.loads(write_upgrade("articles", "a.txt")) | {"detail-type": kind}

    with pytest.raises(InvalidMessage, match="no event"):
        read_event(event, prefix="")


# ----------------------------------------------------------------------------------------------------------------------
# The command for a regeneration
# ----------------------------------------------------------------------------------------------------------------------

DETAIL = {"bucket": "articles", "key": "in/a.txt", "article_id": "a.txt", "wish": "w1", "by": "an editor"}


def a_regeneration(**detail: object) -> str:
    """The body of a regeneration's message, with such a detail."""
    event = {"source": "standfirst", "detail-type": "Regenerate Summary", "detail": DETAIL | detail}
    return json.dumps(event)


@pytest.mark.parametrize(
    "article_id",
    ["a.txt", "politics/a b+c.txt", "Élysée/日本 🚢.txt", 'quo"te\\.txt', "package.xml/part/one"],
    ids=["plain", "space and plus", "accents", "quotes", "a part with a slash"],
)
def test_a_regeneration_is_read_as_it_was_written(article_id: str) -> None:
    """Whose it is and which it is, too."""
    document = ArticleId(article_id.removesuffix("/part/one"))
    command = Regeneration(
        ArticleId(article_id), document, "articles", f"in/{document}", "w1", "arn:aws:iam::1:user/Zoë"
    )

    body = write_regeneration(command)

    assert read_message(body, prefix="in/") == [command]
    body.encode("ascii")


def test_a_regeneration_has_the_shape_of_an_event() -> None:
    """It is found under this name in the queue."""
    command = Regeneration(ArticleId("a.txt"), ArticleId("a.txt"), "articles", "in/a.txt", "w1", "an editor")

    assert json.loads(write_regeneration(command)) == json.loads(a_regeneration())


@pytest.mark.parametrize("key", ["out/a.txt", "in/", ""], ids=["outside", "the prefix", "nothing"])
def test_a_regeneration_of_what_is_no_article_is_ignored(key: str) -> None:
    """A deployment whose prefix was changed still meets older messages."""
    assert read_message(a_regeneration(key=key), prefix="in/") == []


@pytest.mark.parametrize("name", DETAIL)
@pytest.mark.parametrize("value", [None, 7, ["text"]], ids=["null", "a number", "a list"])
def test_a_broken_regeneration_is_an_invalid_message(name: str, value: object) -> None:
    """It looks like ours, and cannot be fulfilled."""
    with pytest.raises(InvalidMessage, match="broken"):
        read_message(a_regeneration(**{name: value}), prefix="in/")


@pytest.mark.parametrize("name", DETAIL)
def test_a_regeneration_that_lacks_something_is_an_invalid_message(name: str) -> None:
    """The same."""
    event = json.loads(a_regeneration())
    del event["detail"][name]

    with pytest.raises(InvalidMessage, match="broken"):
        read_event(event, prefix="in/")


@pytest.mark.parametrize(
    "detail",
    [{"article_id": "b.txt"}, {"article_id": "a.txtb"}, {"article_id": ""}, {"wish": ""}],
    ids=["another article", "a longer name", "no article", "no request id"],
)
def test_a_regeneration_that_contradicts_itself_is_an_invalid_message(detail: dict[str, str]) -> None:
    """The record of one article is never written from the document of another."""
    with pytest.raises(InvalidMessage, match="broken"):
        read_message(a_regeneration(**detail), prefix="in/")
