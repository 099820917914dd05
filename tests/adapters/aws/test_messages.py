"""What messages of the queue say: S3's events, of which the files of events/ are the examples, and our own."""

import json
from pathlib import Path
from typing import Any

import pytest

from standfirst.adapters.aws.messages import read_event, read_message, write_regeneration, write_upgrade
from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import InvalidMessage

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


def test_the_prefix_is_not_part_of_the_id() -> None:
    """But of the key."""
    [upload] = read_event(an_event(key="in/politics/a.txt"), prefix="in/")

    assert (upload.article_id, upload.key) == ("politics/a.txt", "in/politics/a.txt")


@pytest.mark.parametrize("key", ["out/a.txt", "in/", "in/folder/"], ids=["outside", "the prefix", "a folder"])
def test_what_is_no_article_is_ignored(key: str) -> None:
    """Other prefixes, and the empty objects that consoles make for folders."""
    assert read_event(an_event(key=key), prefix="in/") == []


def test_an_article_whose_key_ends_in_a_slash_is_no_folder() -> None:
    """It has a size; folders have none."""
    assert len(read_event(an_event(key="in/story/", size=500), prefix="in/")) == 1


@pytest.mark.parametrize(
    "event",
    [
        {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "articles"},
        {"Records": []},
        {"Records": [{"eventSource": "aws:sns"}]},
        {"Records": "many"},
        {},
        [],
        "text",
        None,
    ],
    ids=["test event", "no records", "another source", "wrong type", "empty", "list", "text", "null"],
)
def test_events_that_are_not_about_objects_tell_of_no_upload(event: object) -> None:
    """They are acknowledged, not failed."""
    assert read_event(event, prefix="") == []


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
    with pytest.raises(InvalidMessage, match="broken"):
        read_message('{"detail-type": "Upgrade Summary"}', prefix="")


@pytest.mark.parametrize("kind", ["Scheduled Event", None, 7], ids=["another", "null", "a number"])
def test_another_event_of_that_shape_is_ignored(kind: object) -> None:
    """EventBridge's have it too; none of them is our business."""
    event = json.loads(write_upgrade("articles", "a.txt")) | {"detail-type": kind}

    assert read_event(event, prefix="") == []


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
