"""A newsroom that uploads, edits and asks while releases come and go below it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

import model_server as play
from builders import STORY
from http_events import a_post, an_event, as_json, body_of
from model_server import ModelServer
from model_worker import GOOD, LAST
from upgrade.releases import Release

HERS = "Brackenford gets its ferry back, seven years on."
Json = dict[str, Any]

WRITTEN = ("generated", "edited", "approved", "stale", "rejected", "failed", "degraded", "regenerated", "requested")
"""The articles that each release leaves with a record to serve."""

TOLD = ("standfirst", "summary", "status", "revision", "headline", "stale", "pending", "made_by", "updated_by")
"""What a reader or an editor is told in the same words by either release."""


def text_of(name: str) -> str:
    """An article, another one for each name, which the model's answer is true of."""
    return f"{STORY}\n\nThe chair of the {name} committee, who had asked for the vote, thanked the members."


@dataclass
class Newsroom:
    """Its stores (names by logical ids), its model, and the release that is deployed."""

    names: Mapping[str, str]
    model: ModelServer
    release: Release
    sequence: int = field(default=0x10)

    # ------------------------------------------------------------------------------------------------------------------
    # What people and programs do
    # ------------------------------------------------------------------------------------------------------------------

    def upload(self, key: str, text: str) -> None:
        """Drop an article; its event waits in the queue."""
        boto3.client("s3").put_object(Bucket=self.names["ArticlesBucket"], Key=key, Body=text.encode())
        self._event(key, "ObjectCreated:Put")

    def delete(self, key: str) -> None:
        """Delete an article; the event waits."""
        boto3.client("s3").delete_object(Bucket=self.names["ArticlesBucket"], Key=key)
        self._event(key, "ObjectRemoved:Delete")

    def _event(self, key: str, name: str) -> None:
        self.sequence += 1
        entry = {"key": key, "sequencer": f"{self.sequence:018X}"}
        record = {"eventSource": "aws:s3", "eventName": name, "s3": {"bucket": {"name": self.names["ArticlesBucket"]}}}
        record["s3"]["object"] = entry  # type: ignore[index]
        self.send(json.dumps({"Records": [record]}))

    def send(self, body: str) -> None:
        """Put a message into the queue."""
        boto3.client("sqs").send_message(QueueUrl=self.names["UploadsQueue"], MessageBody=body)

    def deliver(self, received: int = 1) -> None:
        """Have the worker handle all that waits, one message after the other."""
        sqs, url = boto3.client("sqs"), self.names["UploadsQueue"]
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=1).get("Messages"):
            (message,) = found
            record = {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "eventSource": "aws:sqs",
                "attributes": {"ApproximateReceiveCount": str(received)},
                "body": message["Body"],
            }
            assert self.release.invoke("SummarizeUploads", {"Records": [record]}) == {"batchItemFailures": []}
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def ask(self, function: str, event: Json, expected: int = 200) -> Json:
        """The answer to a request, whose status must be the expected one."""
        answer: Json = self.release.invoke(function, event)
        assert answer["statusCode"] == expected, answer["body"]
        return answer

    def get(self, article_id: str, expected: int = 200) -> Json:
        """A reader's GET."""
        return body_of(self.ask("ServeSummaries", an_event("http_get_summary", article_id), expected))

    def history(self, article_id: str) -> list[Json]:
        """Who changed what."""
        found: list[Json] = body_of(self.ask("ServeSummaries", an_event("http_get_revisions", article_id)))["revisions"]
        return found

    def listed(self) -> set[str]:
        """The ids of the list of summaries."""
        event = an_event("http_list_summaries") | {"queryStringParameters": {"limit": "100"}}
        return {each["article_id"] for each in body_of(self.ask("ServeSummaries", event))["summaries"]}

    def patch(self, article_id: str, **change: str) -> Json:
        """An editor decides about what she was shown."""
        shown = self.ask("ServeSummaries", an_event("http_get_summary", article_id))
        etag = next(value for name, value in shown["headers"].items() if name.lower() == "etag")
        event = an_event("http_patch_summary", article_id, headers={"if-match": etag}, **as_json(change))
        return body_of(self.ask("ReviewSummaries", event))

    def post(self, name: str) -> Json:
        """A CMS has an article summarised while it waits, under a key of its own."""
        event = a_post(text_of(name), key=f"key-{name}", article_id=name)
        return body_of(self.ask("SummarizeOnRequest", event, 201))

    def regenerate(self, article_id: str) -> None:
        """Somebody wants another text; the command waits in the queue."""
        self.ask("ReviewSummaries", an_event("http_post_regeneration", article_id, **as_json({})), 202)

    def upgrade(self) -> None:
        """The schedule comes round; its commands wait in the queue."""
        self.release.invoke("UpgradeSummaries", an_event_of_the_schedule())

    # ------------------------------------------------------------------------------------------------------------------
    # A day that a release leaves behind, and what the next one finds
    # ------------------------------------------------------------------------------------------------------------------

    def leave_behind(self, folder: str) -> dict[str, Json]:
        """A day with every kind of record, cached item and message; what is served of it in the end, by id."""
        self.model.answers(GOOD)
        for name in ("generated", "edited", "approved", "stale", "rejected", "withdrawn", "regenerated", "gone"):
            self.upload(folder + name, text_of(folder + name))
        self.upload(folder + "failed", "\n")
        self.deliver()
        self.patch(folder + "edited", standfirst=HERS)
        self.patch(folder + "stale", standfirst=HERS)
        self.patch(folder + "approved", status="approved")
        self.patch(folder + "rejected", status="rejected")
        self.upload(folder + "stale", text_of(folder + "newer"))
        self.delete(folder + "withdrawn")
        for version in ("second", "third"):
            self.upload(folder + "generated", text_of(folder + version))
            self.deliver()
        self.post(folder + "requested")
        self.model.answers(play.http_error(503))
        self.upload(folder + "degraded", text_of(folder + "degraded"))
        self.deliver(received=LAST)
        self.model.answers(GOOD)
        # What the next release finds in the queue.
        self.upload(folder + "waiting", text_of(folder + "waiting"))
        self.delete(folder + "gone")
        self.regenerate(folder + "regenerated")
        self.upgrade()
        return {folder + name: self.get(folder + name) for name in WRITTEN}

    def take_over(self, folder: str, before: Mapping[str, Json]) -> None:
        """Serve what was left in ``folder``, finish what waits, and go on from there."""
        self.see_served(before)
        assert self.listed() >= before.keys()
        self.get(folder + "withdrawn", 410)
        self._see_messages_finished(folder)
        self._see_editors_go_on(folder)
        self._see_taken_down(folder)

    def see_served(self, before: Mapping[str, Json]) -> None:
        """Each article is told in the same words, and has its history."""
        for article_id, told in before.items():
            now = self.get(article_id)
            assert {name: now.get(name) for name in TOLD} == {name: told.get(name) for name in TOLD}
            assert self.history(article_id)[0]["revision"] == told["revision"]

    def see_paid_once(self, folder: str) -> None:
        """What was uploaded or asked for is not paid for when it comes again, unless the prompt has changed."""
        paid = len(self.model.requests)
        waiting = self._put_by()
        for name in ("regenerated", "rejected", "requested"):
            self.upload(folder + name, text_of(folder + name))
        self.deliver()
        again = self.post(folder + "requested")
        for body in waiting:
            self.send(body)
        assert again["summary"] == self.get(folder + "requested")["summary"]
        assert len(self.model.requests) == paid

    def _put_by(self) -> list[str]:
        """Take the messages out of the queue for a while."""
        sqs, url, bodies = boto3.client("sqs"), self.names["UploadsQueue"], []
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                bodies.append(message["Body"])
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return bodies

    def _see_messages_finished(self, folder: str) -> None:
        """An upload, a deletion, a regeneration and an upgrade that the other release left in the queue."""
        paid, degraded = len(self.model.requests), self.get(folder + "degraded")
        # The queue of upgrades may be one that this release does not have: it looks for them itself, once they are due.
        self._come_due(folder + "degraded")
        self.upgrade()
        self.deliver()

        assert self.get(folder + "waiting")["status"] == "generated"
        self.get(folder + "gone", 410)
        assert degraded["made_by"]["degraded"] == "model_unavailable"
        upgraded = self.get(folder + "degraded")
        assert (upgraded["made_by"]["degraded"], upgraded["revision"]) == (None, degraded["revision"] + 1)
        # The upload, the upgrade, and the text that somebody asked for.
        assert len(self.model.requests) == paid + 3

    def _come_due(self, article_id: str) -> None:
        """Let the time pass for which an upgrade was put off."""
        boto3.client("dynamodb").update_item(
            TableName=self.names["SummariesTable"],
            Key={"article_id": {"S": article_id}, "item": {"S": "CURRENT"}},
            UpdateExpression="SET degraded_due = :past",
            ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00.000Z"}},
        )

    def _see_editors_go_on(self, folder: str) -> None:
        """Edit a generated text; find an approval kept for its article, and one's own words beside a newer one."""
        assert self.patch(folder + "generated", standfirst=HERS)["standfirst"] == HERS
        approved = self.get(folder + "approved")
        self.upload(folder + "approved", text_of(folder + "approved"))
        self.deliver()
        assert self.get(folder + "approved") == approved
        stale = self.get(folder + "stale")
        assert (stale["standfirst"], stale["stale"]) == (HERS, True)
        assert self.patch(folder + "stale", status="approved")["stale"] is False
        self.upload(folder + "edited", text_of(folder + "another"))
        self.deliver()
        edited = self.get(folder + "edited")
        assert (edited["standfirst"], edited["stale"], edited["pending"]) == (HERS, True, edited["revision"] - 1)

    def _see_taken_down(self, folder: str) -> None:
        """A takedown erases what any release wrote, and it does not come back."""
        event = an_event("http_delete_summary", folder + "approved")
        self.ask("ReviewSummaries", event)
        self.get(folder + "approved", 410)
        self.upload(folder + "approved", text_of(folder + "approved"))
        self.deliver()
        self.get(folder + "approved", 410)


def an_event_of_the_schedule() -> Json:
    """What EventBridge sends."""
    return an_event_file("schedule")


def an_event_file(name: str) -> Json:
    """One of the examples in events/."""
    from http_events import EVENTS  # noqa: PLC0415

    event: Json = json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))
    return event
