"""What S3 events say; the files of events/ are the examples."""

import json
from pathlib import Path
from typing import Any

import pytest

from standfirst.adapters.s3_events import uploads_in

EVENTS = Path(__file__).parents[2] / "events"


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
    [upload] = uploads_in(an_event(key=encoded), prefix="")

    assert (upload.key, upload.article_id, upload.bucket) == (key, key, "articles")


def test_the_prefix_is_not_part_of_the_id() -> None:
    """But of the key."""
    [upload] = uploads_in(an_event(key="in/politics/a.txt"), prefix="in/")

    assert (upload.article_id, upload.key) == ("politics/a.txt", "in/politics/a.txt")


@pytest.mark.parametrize("key", ["out/a.txt", "in/", "in/folder/"], ids=["outside", "the prefix", "a folder"])
def test_what_is_no_article_is_let_go(key: str) -> None:
    """Other prefixes, and the empty objects that consoles make for folders."""
    assert uploads_in(an_event(key=key), prefix="in/") == []


def test_an_article_whose_key_ends_in_a_slash_is_no_folder() -> None:
    """It has a size; folders have none."""
    assert len(uploads_in(an_event(key="in/story/", size=500), prefix="in/")) == 1


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
    assert uploads_in(event, prefix="") == []


@pytest.mark.parametrize(
    "record",
    [{"eventSource": "aws:s3"}, {"eventSource": "aws:s3", "s3": None}, an_event(key=None)["Records"][0]],
    ids=["nothing", "null", "no key"],
)
def test_a_broken_record_of_s3_is_an_error(record: dict[str, Any]) -> None:
    """So that it ends in the dead letter queue, where somebody looks at it."""
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        uploads_in({"Records": [record]}, prefix="")


def test_events_without_a_sequencer_are_ordered_by_their_time() -> None:
    """Emulators and people send such; S3 does not."""
    early, late = an_event(sequencer=None), an_event(sequencer=None)
    late["Records"][0]["eventTime"] = "2026-03-03T09:00:00.501Z"

    [first], [second] = uploads_in(early, ""), uploads_in(late, "")

    assert first.sequencer < second.sequencer


def test_the_example_of_a_bare_event_tells_of_one_upload() -> None:
    """The one that `sam local invoke` is shown with."""
    event = json.loads((EVENTS / "s3_put.json").read_text())

    assert len(uploads_in(event, "")) == 1
