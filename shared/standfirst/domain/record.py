"""What comes out: one stored state of an article's standfirst and summary, as JSON and DynamoDB hold it."""

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, PlainSerializer

from standfirst.domain.article import ArticleId, Language
from standfirst.domain.draft import Evidence, Finding


class Status(StrEnum):
    """Where a summary stands between the writer and the reader."""

    GENERATED = "generated"
    """Passed every check."""
    NEEDS_REVIEW = "needs_review"
    """The served text is safe, but something wants an editor's eye."""
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    FAILED = "failed"
    """The document could not be read; ``reason`` says why."""
    WITHDRAWN = "withdrawn"
    """The article was deleted."""


class Degraded(StrEnum):
    """Why the extractive writer stood in for the model that was asked for."""

    MODEL_UNAVAILABLE = "model_unavailable"
    """Busy, unreachable, or not usable with the key, quota and settings there are."""
    REFUSED = "refused"
    """The model, or its provider's content filter, declined."""
    TRUNCATED = "truncated"
    """What the model gave was cut off, or not of the shape that was asked for."""
    UNGROUNDED = "ungrounded"
    """The checks found errors in the model's draft, and in its revision."""
    BUDGET = "budget"
    """The day's budget is spent."""


UNASKED = frozenset((Degraded.MODEL_UNAVAILABLE, Degraded.BUDGET))
"""After these it is still the model's turn."""

_LAST_ZONE = timezone(timedelta(hours=-12))

_PUBLISHABLE = frozenset((Status.GENERATED, Status.APPROVED, Status.EDITED))

TRAINED_ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's code for what a trained model made."""

ALGORITHMIC_MEDIA = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
"""IPTC's code for what an algorithm made without a trained model."""

COMPOSITE_WITH_TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
"""IPTC's code for what is in part a trained model's: here, its text with a person's edits."""

HUMAN_EDITS = "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits"
"""IPTC's code for what a person edited, without a trained model: here, sentences that an algorithm picked."""


def rfc3339(moment: datetime) -> str:
    """``moment``, which is in UTC, with milliseconds: text order is time order."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


MAX_REVISION = 9_999_999_999
"""Revisions are kept under ten digits."""

POSITION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f]{16}", re.ASCII)
"""What ``Record.position`` looks like."""

Instant = Annotated[datetime, PlainSerializer(rfc3339, return_type=str)]
"""A moment in UTC; in JSON ``2026-03-03T10:14:00.000Z``, so that text order is time order."""


class Schema(BaseModel):
    """Base of everything that crosses the edge: immutable, and strict about names."""

    # Built when it is used: nobody waits for shapes that are not asked for.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class StoredSchema(Schema):
    """Base of what is stored: members that a later release has added are read past (``domain/stored_record.py``)."""

    model_config = ConfigDict(extra="ignore")


class ArticleSource(StoredSchema):
    """Where the article lies, and what is known of the version that was read.

    ``words`` is ``None`` when it could not be read. ``standfirst`` is the paper's own, ``version`` the provider's.
    ``embargoed_until`` is RFC 3339 text: whoever publishes has to heed it.
    """

    bucket: str | None
    key: str
    etag: str | None = None
    version_id: str | None = None
    sequencer: str | None = None
    words: int | None = None
    published_at: str | None = None
    version: str | None = None
    embargoed_until: str | None = None
    standfirst: str | None = None


class MadeBy(StoredSchema):
    """Who wrote the text: the writer, its model and prompt version, and the house style as ``name@version``.

    ``degraded`` says why a lesser writer stood in for the one that was asked for; ``None`` when none had to.
    ``parts`` is in how many pieces a long article was shown to the writer, ``coverage`` how much of its characters
    was, in percent.
    """

    writer: str
    model: str | None
    prompt: str | None
    style: str
    degraded: Degraded | None = None
    parts: int = 1
    coverage: int = 100


class Usage(StoredSchema):
    """What the text cost: tokens, and US dollars as a decimal string (``None`` when the price is not known).

    ``cached_input_tokens`` are part of ``input_tokens``. Sums over every call that was made for the text.
    """

    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: str | None = "0"

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_input_tokens=self.cached_input_tokens + other.cached_input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            cost_usd=_sum(self.cost_usd, other.cost_usd),
        )


def _sum(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else f"{Decimal(one) + Decimal(other):f}"


class RejectedDraft(StoredSchema):
    """A model's draft that the checks would not let through, kept for the editor. Never served as a text."""

    standfirst: str
    summary: str
    key_points: tuple[str, ...] = ()
    findings: tuple[Finding, ...]
    made_by: MadeBy


Decision = Literal[Status.EDITED, Status.APPROVED, Status.REJECTED]
"""What a person can make of a text."""


class Review(StoredSchema):
    """What a person decided: who, when, about the text of which revision, and why.

    ``overruled`` are the errors that the checks found in the words that are served: a person's own.
    """

    decision: Decision
    by: str
    at: Instant
    of: int
    note: str | None = None
    overruled: tuple[Finding, ...] = ()


class Record(StoredSchema):
    """One revision of an article's summary.

    Revisions count from 1. ``standfirst`` and ``summary`` are ``None`` in a record that serves no text (``failed``,
    ``withdrawn``). ``reason`` is for a person and stands in ``failed`` records only.

    Words that a person edited or approved stay when the article changes: then ``stale`` is true, and ``pending`` is the
    number of the revision with what was made of the new version. ``review`` is a person's last decision about
    the article's summary; ``review.of`` says about the text of which revision.

    ``fingerprint`` is what the text was made from and ``content_hash`` what the article said
    (``domain/fingerprint.py``); ``last_reviewed`` of a ``withdrawn`` record is the number of the revision with a
    person's last decision, should the article come back; ``stored_as`` is how it was read, where that holds more than
    this release knows. They are stored, but stay inside: they are not part of the JSON.
    """

    article_id: ArticleId
    revision: Annotated[int, Field(ge=1, le=MAX_REVISION)]
    status: Status
    language: Language
    headline: str | None
    standfirst: str | None
    summary: str | None
    key_points: tuple[str, ...] = ()
    reason: str | None = None
    article: ArticleSource
    made_by: MadeBy | None
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rejected_draft: RejectedDraft | None = None
    usage: Usage | None
    stale: bool = False
    pending: int | None = None
    review: Review | None = None
    generated_at: Instant
    updated_at: Instant
    updated_by: str
    digital_source_type: str | None
    fingerprint: Annotated[str, Field(exclude=True)]
    content_hash: Annotated[str | None, Field(exclude=True)] = None
    last_reviewed: Annotated[int | None, Field(exclude=True)] = None
    stored_as: Annotated[Mapping[str, JsonValue] | None, Field(exclude=True, repr=False)] = None

    @property
    def is_human_authored(self) -> bool:
        """Whether a person stands behind the words."""
        return self.status in {Status.EDITED, Status.APPROVED}

    @property
    def is_reviewed(self) -> bool:
        """Whether a person has decided about the words, one way or the other."""
        return self.is_human_authored or self.status is Status.REJECTED

    @property
    def has_text(self) -> bool:
        """Whether there is anything to read in it, or to review."""
        return self.status not in {Status.FAILED, Status.WITHDRAWN}

    @property
    def previous_revision(self) -> int | None:
        """The number of the revision that it took the place of; ``None`` for the first one.

        What waits beside a person's words was stored between the two revisions with these.
        """
        before = self.revision - 1
        return (before - 1 if self.pending == before else before) or None

    def is_publishable(self, now: datetime) -> bool:
        """Whether no editor has to see it first, and no embargo holds it back."""
        return self.status in _PUBLISHABLE and not self.is_embargoed(now)

    def is_embargoed(self, now: datetime) -> bool:
        """Whether the article may not be published yet; one whose embargo cannot be understood may not."""
        if self.article.embargoed_until is None:
            return False
        try:
            end = datetime.fromisoformat(self.article.embargoed_until)
        except ValueError:
            return True
        # Without a zone it may be that of any place: the last one where the moment comes counts.
        return now < (end if end.tzinfo else end.replace(tzinfo=_LAST_ZONE))

    @property
    def upgrade_due(self) -> datetime:
        """From when on the model may be asked again: at once, or from the next day (UTC) where the budget was spent."""
        if self.made_by and self.made_by.degraded is Degraded.BUDGET:
            return self.updated_at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return self.updated_at

    @property
    def is_upgradable(self) -> bool:
        """Whether the model is still to write about the article, once it can be had again."""
        waits = self.made_by is not None and self.made_by.degraded in UNASKED
        return waits and self.status in {Status.GENERATED, Status.NEEDS_REVIEW}

    def as_served(self) -> "Record":
        """The record for whoever prints it: without the draft that the checks would not let through."""
        return self.model_copy(update={"rejected_draft": None})

    @property
    def position(self) -> str:
        """Where the record stands in a list by time: text order is the order of ``updated_at``, ties broken.

        Of one length, because DynamoDB refuses sort keys over 1024 bytes and an S3 key alone may have as many.
        """
        tie_break = hashlib.sha256(self.article_id.encode()).hexdigest()[:16]
        return f"{rfc3339(self.updated_at)}#{tie_break}"
