"""What became of every article: its record, or a message in the dead-letter queue, or neither."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote_plus

import boto3
from newsroom import Kind, Upload, mark_in, newest

from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId
from standfirst.domain.record import Record, Status


class Fate(StrEnum):
    """What became of the newest version of an article."""

    SERVED = "served"
    """Its record is of this version: a summary, a reason why there is none, or withdrawn."""
    SET_ASIDE = "set aside"
    """Somebody has to look at it: a message about the article is in the dead-letter queue."""
    STALE = "stale"
    """Its record is of an older version, and nothing is left that would change that."""
    LOST = "lost"
    """Nothing tells of it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article at the end."""

    newest: Upload
    record: Record | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Outcome:
    """All of them, and the bodies in the dead-letter queue."""

    articles: Sequence[Article]
    dead_letters: Sequence[str]

    def count(self, fate: Fate) -> int:
        """How many articles ended so."""
        return sum(article.fate is fate for article in self.articles)

    @property
    def statuses(self) -> Mapping[Status, int]:
        """How many records there are, by status."""
        return Counter(article.record.status for article in self.articles if article.record)

    @property
    def degraded(self) -> Mapping[str, int]:
        """How many records the extractive writer stood in for, by why."""
        made_by = [article.record.made_by for article in self.articles if article.record]
        return Counter(made.degraded for made in made_by if made and made.degraded)


def outcome_of(uploads: Sequence[Upload], table: str, dead_letter_queue: str) -> Outcome:
    """Look at the record of each article."""
    summaries = DynamoDbSummaryTable(table)
    bodies = list(_messages(dead_letter_queue))
    set_aside = {key for body in bodies for key in _keys_in(body)}
    return Outcome(
        [_article(upload, summaries, aside=key in set_aside) for key, upload in newest(uploads).items()], bodies
    )


def _article(upload: Upload, summaries: DynamoDbSummaryTable, *, aside: bool) -> Article:
    stored = summaries.current(ArticleId(upload.key))
    record = stored.record if stored else None
    if record and _is_of(_newest(record, summaries) if upload.kind is Kind.UNREADABLE else record, upload):
        return Article(upload, record, Fate.SERVED)
    if aside:
        return Article(upload, record, Fate.SET_ASIDE)
    return Article(upload, record, Fate.STALE if record else Fate.LOST)


def _newest(record: Record, summaries: DynamoDbSummaryTable) -> Record:
    """Returns the revision of the newest version: what cannot be read waits beside the text that is served, stale."""
    pending = summaries.revision(record.article_id, record.pending) if record.stale and record.pending else None
    return pending or record


def _is_of(record: Record, upload: Upload) -> bool:
    match upload.kind:
        case Kind.REMOVED:
            return record.status is Status.WITHDRAWN
        case Kind.UNREADABLE:
            return record.status is Status.FAILED and bool(record.reason) and record.article.etag == upload.etag
        case _:
            shown = " ".join(filter(None, (record.headline, record.standfirst, record.summary)))
            return bool(record.summary) and record.article.etag == upload.etag and mark_in(shown) == upload.mark


def _messages(queue: str) -> Iterator[str]:
    sqs = boto3.client("sqs")
    while found := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", []):
        yield from (message["Body"] for message in found)


def _keys_in(body: str) -> list[str]:
    return [unquote_plus(record["s3"]["object"]["key"]) for record in json.loads(body).get("Records", [])]
