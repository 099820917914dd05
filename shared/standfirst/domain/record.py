"""The output: one revision of an article's summary, as JSON and DynamoDB hold it."""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, JsonValue, computed_field, create_model

from standfirst.domain.ai_disclosure import AiDisclosure, ai_disclosure_of, label_in
from standfirst.domain.article import ArticleId, ArticleKind, Language
from standfirst.domain.disclosure import Disclosure
from standfirst.domain.draft import Checks, Evidence, Finding, Sentence, checks_of
from standfirst.domain.schema import Instant, StoredSchema, rfc3339
from standfirst.domain.second_reading import SecondReading, Verdict
from standfirst.domain.texts import TEXTS, TextKind, Texts
from standfirst.domain.usage import Usage


class Status(StrEnum):
    """Where a summary stands.

    `generated`: the checks found no error. `needs_review`: safe to read, but an editor should look at it. `edited`,
    `approved`, `rejected`: an editor's decision. `skipped`: the house style has nothing written about articles of this
    kind. `failed`: the article could not be read. `withdrawn`: the article was deleted, killed by its provider or
    erased.
    """

    GENERATED = "generated"
    """The checks found no error, and no warning that the house style asks a review for."""
    NEEDS_REVIEW = "needs_review"
    """The text is safe to serve, but an editor should look at it."""
    APPROVED = "approved"
    EDITED = "edited"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    """The house style has nothing written about articles of this kind; ``reason`` names it."""
    FAILED = "failed"
    """The document could not be read; ``reason`` says why."""
    WITHDRAWN = "withdrawn"
    """The article was deleted, killed by its provider or erased for a takedown."""


class Degraded(StrEnum):
    """Why the texts are sentences of the article, although a model was asked for.

    `model_unavailable`: busy, unreachable or not usable. `refused`: declined by the model or its provider. `truncated`:
    the answer was cut off or invalid. `ungrounded`: the checks found errors in it, twice. `budget`: the day's budget is
    spent.
    """

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
"""After these the model is asked again later."""

_LAST_ZONE = timezone(timedelta(hours=-12))

_PUBLISHABLE = frozenset((Status.GENERATED, Status.APPROVED, Status.EDITED))


MAX_REVISION = 9_999_999_999
"""Largest revision number; the store's keys have room for ten digits."""

POSITION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f]{16}", re.ASCII)
"""What ``Record.position`` looks like."""


class ArticleSource(StoredSchema):
    """Where the article is stored, and what is known of the version that was read."""

    bucket: Annotated[
        str | None, Field(description="The S3 bucket; null if the article is not stored.", examples=["articles"])
    ]
    key: Annotated[str, Field(description="The object key.", examples=["incoming/politics/ferry.txt"])]
    etag: Annotated[
        str | None, Field(description="The object's ETag.", examples=["6805f2cfc46c0f04559748bb039d69ae"])
    ] = None
    version_id: Annotated[str | None, Field(description="The object's version.", examples=["3HL4kqtJlcpXroDTDmJ"])] = (
        None
    )
    sequencer: Annotated[
        str | None,
        Field(description="The place of the upload in the order of S3's events.", examples=["0055AED6DCD90281E5"]),
    ] = None
    words: Annotated[
        int | None, Field(description="The length in words; null if the article could not be read.", examples=[412])
    ] = None
    published_at: Annotated[
        str | None,
        Field(
            description="When it was published (RFC 3339): a moment, or a date alone; without an offset if the article "
            "gives none.",
            examples=["2026-03-03T09:00:00Z"],
        ),
    ] = None
    version: Annotated[str | None, Field(description="The provider's version.", examples=["2"])] = None
    embargoed_until: Annotated[
        str | None,
        Field(
            description="The end of its embargo, written as `published_at`; do not publish the summary before. Without "
            "an offset it counts in the last zone where it comes.",
            examples=["2026-03-04T06:00:00Z"],
        ),
    ] = None
    standfirst: Annotated[
        str | None,
        Field(description="The article's own standfirst.", examples=["Council votes for repairs."]),
    ] = None
    part: Annotated[
        str | None,
        Field(
            description="The provider's id of the article in a format that can hold several, or else its place there.",
            examples=["urn:newsml:example.com:20260303:ferries"],
        ),
    ] = None
    declared_language: Annotated[
        Language | None,
        Field(
            description="The language that the article or its uploader names, if the text is surely in another one "
            "(BCP 47); else null.",
            examples=["en-US"],
        ),
    ] = None
    partial: Annotated[
        str | None,
        Field(
            description="How the document shows that it holds only a part of the article; null if nothing shows that.",
            examples=["The text ends in the middle of a sentence."],
        ),
    ] = None
    kind: Annotated[
        ArticleKind | None,
        Field(
            description="The kind of text that it is; null if it could not be read, and in records of older releases.",
            examples=["news"],
        ),
    ] = None


class MadeBy(StoredSchema):
    """What wrote the texts."""

    writer: Annotated[str, Field(description="The writer: `openai`, `bedrock` or `extractive`.", examples=["openai"])]
    model: Annotated[str | None, Field(description="The model; null without one.", examples=["gpt-5.6-luna"])]
    prompt: Annotated[str | None, Field(description="The version of the prompt.", examples=["1"])]
    style: Annotated[str, Field(description="The house style, as name@version.", examples=["default@1"])]
    degraded: Annotated[
        Degraded | None,
        Field(
            description="Why the texts are sentences of the article, although a model was asked for; else null.",
            examples=["budget"],
        ),
    ] = None
    parts: Annotated[int, Field(description="The number of parts in which a long article was read.", examples=[1])] = 1
    coverage: Annotated[
        int, Field(description="How much of the article's characters was read, in percent.", examples=[100])
    ] = 100


def _text_fields(describe: Callable[[TextKind], str], empty: str | None) -> dict[str, Any]:
    """Returns the fields for the texts of a summary, as ``create_model`` takes them; ``empty`` stands for no text."""
    fields: dict[str, Any] = {}
    for kind in TEXTS:
        described = Field(description=describe(kind), examples=[[kind.example] if kind.is_list else kind.example])
        of = tuple[str, ...] if kind.is_list else str | None if empty is None else str
        missing = () if kind.is_list else ... if kind.is_required else empty
        fields[kind.name] = (Annotated[of, described], missing)
    return fields


def is_under_embargo(until: str | None, now: datetime) -> bool:
    """Returns whether an embargo ``until`` holds at ``now``; it does if its end is not readable."""
    if until is None:
        return False
    try:
        end = datetime.fromisoformat(until)
    except ValueError:
        return True
    # Without a zone, the last zone in which the time comes counts.
    return now < (end if end.tzinfo else end.replace(tzinfo=_LAST_ZONE))


def texts_of(model: BaseModel) -> Texts:
    """Returns the texts that ``model`` has as members."""
    return Texts(**{kind.name: getattr(model, kind.name) for kind in TEXTS})


if TYPE_CHECKING:
    _DraftTexts = StoredSchema
else:
    _DraftTexts = create_model(
        "_DraftTexts",
        __base__=StoredSchema,
        **_text_fields(lambda kind: f"Its {kind.title.lower()}.", empty=""),
    )


class RejectedDraft(_DraftTexts):
    """A draft of the model that the checks rejected, kept for the editor. It is never published."""

    findings: Annotated[tuple[Finding, ...], Field(description="What the checks found in it.")]
    verdicts: Annotated[
        tuple[Verdict, ...], Field(description="What the second reader says of each sentence of it.")
    ] = ()
    made_by: Annotated[MadeBy, Field(description="What wrote it.")]

    @property
    def texts(self) -> Texts:
        """Returns the texts that the model wrote."""
        return texts_of(self)


Decision = Literal[Status.EDITED, Status.APPROVED, Status.REJECTED]
"""The decisions that a person can make about a text."""


class OverruledFinding(StoredSchema):
    """A finding that stood when an editor decided."""

    check: Annotated[str, Field(description="The name of the check.", examples=["number"])]
    field: Annotated[str, Field(description="The name of the text that it is about.", examples=["summary"])]
    text: Annotated[str, Field(description="The words that it is about.", examples=["420,000"])]
    note: Annotated[
        str | None, Field(description="What the editor says to it.", examples=["The council confirmed it."])
    ] = None


class Review(StoredSchema):
    """An editor's decision, and what it rested on."""

    decision: Annotated[Decision, Field(description="The decision.", examples=["approved"])]
    by: Annotated[
        str,
        Field(
            description="Who decided: an IAM identity, or `jwt:` and the subject of a token.",
            examples=["arn:aws:iam::123456789012:user/newsroom-editor"],
        ),
    ]
    at: Annotated[Instant, Field(description="When.", examples=["2026-03-03T10:14:00.000Z"])]
    of: Annotated[int, Field(description="The revision whose texts it is about.", examples=[1])]
    note: Annotated[str | None, Field(description="The editor's note.", examples=["Shorter."])] = None
    overruled: Annotated[
        tuple[Finding, ...], Field(description="The errors that the checks found in the editor's own texts.")
    ] = ()
    sentences: Annotated[
        int | None,
        Field(
            description="The number of sentences in the decided texts that have evidence to show; null if none has, "
            "because the article could not be read, and in reviews of older releases.",
            examples=[4],
        ),
    ] = None
    sentences_seen: Annotated[
        tuple[Sentence, ...],
        Field(
            description="The sentences whose evidence the editor was shown, as the editor's page says; empty if it "
            "says nothing."
        ),
    ] = ()
    findings_overruled: Annotated[
        tuple[OverruledFinding, ...],
        Field(description="The findings that the editor was asked about and let stand, as the editor's page says."),
    ] = ()
    words_changed: Annotated[
        int | None,
        Field(
            description="How many words the decided texts are from the generated ones: inserted, deleted or replaced; "
            "null in reviews of older releases.",
            examples=[3],
        ),
    ] = None
    seconds: Annotated[
        int | None,
        Field(description="How long the editor took, as the editor's page measured it; else null.", examples=[14]),
    ] = None


class _RecordHead(StoredSchema):
    article_id: Annotated[
        ArticleId,
        Field(
            description="The article's id: its object key without the prefix.",
            examples=["politics/ferry.txt"],
        ),
    ]
    revision: Annotated[
        int,
        Field(
            ge=1,
            le=MAX_REVISION,
            description="The number of the revision, from 1.",
            examples=[2],
            json_schema_extra={"format": "int64"},
        ),
    ]
    status: Annotated[Status, Field(description="Where the summary stands.", examples=["edited"])]
    language: Annotated[Language, Field(description="The language of the texts (BCP 47).", examples=["en"])]
    headline: Annotated[
        str | None,
        Field(description="The article's headline.", examples=["Ferry across the Sele to return in June"]),
    ]


if TYPE_CHECKING:
    _RecordTexts = _RecordHead
else:
    _RecordTexts = create_model(
        "_RecordTexts",
        __base__=_RecordHead,
        **_text_fields(
            lambda kind: f"{kind.description}." if kind.is_list else f"{kind.description}; null if there is none.",
            empty=None,
        ),
    )


class Record(_RecordTexts):
    """One revision of an article's summary."""

    reason: Annotated[
        str | None,
        Field(
            description="If the status is `failed`: why, and what to do about it. If it is `skipped`: what the house "
            "style skips. If it is `withdrawn` because the provider killed the article: what the provider said.",
            examples=["The document holds no text. Upload it again with its text."],
        ),
    ] = None
    article: Annotated[ArticleSource, Field(description="Where the article is stored, and what is known of it.")]
    made_by: Annotated[MadeBy | None, Field(description="What wrote the texts; null if there are none.")]
    findings: Annotated[tuple[Finding, ...], Field(description="What the checks found in the texts.")] = ()
    evidence: Annotated[
        tuple[Evidence, ...], Field(description="The paragraphs of the article that support each sentence.")
    ] = ()
    rejected_draft: Annotated[
        RejectedDraft | None,
        Field(description="A draft that the checks rejected; null unless it is asked for."),
    ] = None
    usage: Annotated[Usage | None, Field(description="What the texts cost; null if there are none.")]
    second_reading: Annotated[
        SecondReading | None, Field(description="What became of the second reading; null without a second reader.")
    ] = None
    stale: Annotated[
        bool,
        Field(
            description="Whether the article changed after an editor edited or approved the texts, or can no longer be "
            "read.",
            examples=[False],
        ),
    ] = False
    pending: Annotated[
        int | None,
        Field(
            description="The revision of the changed article, with its texts or the reason why it has none, which "
            "waits for review; else null.",
            examples=[3],
        ),
    ] = None
    review: Annotated[Review | None, Field(description="The last decision of an editor; null without one.")] = None
    generated_at: Annotated[
        Instant, Field(description="When the texts were written.", examples=["2026-03-03T09:02:11.000Z"])
    ]
    updated_at: Annotated[
        Instant, Field(description="When this revision was stored.", examples=["2026-03-03T10:14:00.000Z"])
    ]
    updated_by: Annotated[
        str,
        Field(
            description="Who stored it: an IAM identity, `jwt:` and the subject of a token, or a function.",
            examples=["arn:aws:iam::123456789012:user/newsroom-editor"],
        ),
    ]
    digital_source_type: Annotated[
        str | None,
        Field(
            description="IPTC's code for how the texts were made.",
            examples=["http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"],
        ),
    ]

    erased_at: Annotated[
        Instant | None,
        Field(
            description="When a takedown erased the texts of all revisions up to this one; else null.",
            examples=["2026-03-05T08:00:00.000Z"],
        ),
    ] = None
    erased_by: Annotated[
        str | None,
        Field(description="Who had them erased; else null.", examples=["arn:aws:iam::123456789012:user/legal"]),
    ] = None

    # Stored, but not part of the API's JSON: the hashes of ``domain/fingerprint.py``; while there is no text
    # (``withdrawn``, ``failed``, ``skipped``), the revision with a person's last decision; after a takedown, the hashes
    # of the content that stays erased; the regeneration that brought a text which is still to be read; when an old
    # revision lost its texts (``domain/retention.py``); and the stored members, if there are more than this release
    # knows (``domain/stored_record.py``).
    fingerprint: Annotated[str, Field(exclude=True)]
    content_hash: Annotated[str | None, Field(exclude=True)] = None
    last_reviewed: Annotated[int | None, Field(exclude=True)] = None
    erased_content: Annotated[tuple[str, ...] | None, Field(exclude=True)] = None
    regeneration_id: Annotated[str | None, Field(exclude=True)] = None
    expired_at: Annotated[str | None, Field(exclude=True)] = None
    stored_as: Annotated[Mapping[str, JsonValue] | None, Field(exclude=True, repr=False)] = None

    @computed_field(description="The findings counted, and the sentences to look at first.")  # type: ignore[prop-decorator]
    @property
    def checks(self) -> Checks:
        """Returns them; see ``checks_of``."""
        reading = self.second_reading.outcome if self.second_reading else "off"
        return checks_of(self.texts, self.findings, self.evidence, reading)

    @computed_field(  # type: ignore[prop-decorator]
        description="How much of the texts is a trained model's, in the terms of the W3C AI Content Disclosure draft: "
        "`autonomous` (it wrote them and nobody reviewed them), `ai-generated` (an editor approved them as they were), "
        "`ai-assisted` (an editor changed them), `none` (no trained model wrote any of them); null without texts.",
        examples=["ai-generated"],
    )
    @property
    def ai_disclosure(self) -> AiDisclosure | None:
        """Returns what the code for how the texts were made leaves open: whether a person reviewed them."""
        if not any(self.texts.values()):
            return None
        return ai_disclosure_of(self.digital_source_type, approved=self.status is Status.APPROVED)

    @computed_field(  # type: ignore[prop-decorator]
        description="Whether readers have to be told that a model wrote the texts, because nobody reviewed them, and "
        "in which words."
    )
    @property
    def disclosure(self) -> Disclosure:
        """Returns whether the texts need a label, and which."""
        is_required = self.ai_disclosure == "autonomous"
        return Disclosure(required=is_required, label=label_in(self.language) if is_required else None)

    @property
    def texts(self) -> Texts:
        """Returns the texts of the summary."""
        return texts_of(self)

    @property
    def is_human_authored(self) -> bool:
        """Returns whether a person edited or approved the texts."""
        return self.status in {Status.EDITED, Status.APPROVED}

    @property
    def is_reviewed(self) -> bool:
        """Returns whether a person edited, approved or rejected the texts."""
        return self.is_human_authored or self.status is Status.REJECTED

    @property
    def has_text(self) -> bool:
        """Returns whether the record has texts to read and review."""
        return self.has_article and self.status is not Status.SKIPPED

    @property
    def has_article(self) -> bool:
        """Returns whether the record is about a version of the article that could be read."""
        return self.status not in {Status.FAILED, Status.WITHDRAWN}

    @property
    def is_withdrawn(self) -> bool:
        """Returns whether the article was deleted, killed or erased."""
        return self.status is Status.WITHDRAWN

    @property
    def is_served(self) -> bool:
        """Returns whether the record has texts that no person rejected."""
        return self.has_text and self.status is not Status.REJECTED

    @property
    def previous_revision(self) -> int | None:
        """Returns the number of the revision that this one replaced; ``None`` for the first one.

        A pending revision is stored between the two revisions of the text that stays current.
        """
        before = self.revision - 1
        return (before - 1 if self.pending == before else before) or None

    def is_publishable(self, now: datetime) -> bool:
        """Returns whether it needs no review and is not under embargo at ``now``."""
        return self.status in _PUBLISHABLE and not self.is_embargoed(now)

    def is_embargoed(self, now: datetime) -> bool:
        """Returns whether the article is under embargo at ``now``; see ``is_under_embargo``."""
        return is_under_embargo(self.article.embargoed_until, now)

    def has_erased(self, content_hash: str | None, etag: str | None) -> bool:
        """Returns whether a takedown erased this content, or the object that was in the bucket then."""
        is_same_object = self.erased_at is not None and etag is not None and etag == self.article.etag
        return is_same_object or content_hash in (self.erased_content or ())

    @property
    def upgrade_due(self) -> datetime:
        """Returns when the model may be asked again: at once, or on the next day (UTC) if the budget was spent."""
        if self.made_by and self.made_by.degraded is Degraded.BUDGET:
            return self.updated_at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return self.updated_at

    @property
    def is_unread(self) -> bool:
        """Returns whether the second reader is still to read the texts, because it could not be asked."""
        return self.second_reading is not None and self.second_reading.is_due

    @property
    def is_upgradable(self) -> bool:
        """Returns whether a model is still to write about the article, or to read the text, once it is available."""
        is_unasked = self.made_by is not None and self.made_by.degraded in UNASKED
        # While a newer version waits, the text is about an article that the bucket no longer holds.
        is_open = not self.pending and self.status in {Status.GENERATED, Status.NEEDS_REVIEW}
        return is_open and (is_unasked or self.is_unread)

    def as_served(self) -> "Record":
        """Returns the record for publication: without the rejected draft, and without the second reader's own words."""
        return self.without_rejected_draft().without_readers_words()

    def without_rejected_draft(self) -> "Record":
        """Returns the record without the rejected draft."""
        return self.model_copy(update={"rejected_draft": None})

    def without_readers_words(self) -> "Record":
        """Returns the record without the second reader's own words, which nobody has checked."""
        draft, reading = self.rejected_draft, self.second_reading
        if draft:
            draft = draft.model_copy(update={"verdicts": tuple(each.as_served() for each in draft.verdicts)})
        return self.model_copy(
            update={"rejected_draft": draft, "second_reading": reading and reading.as_served()},
        )

    @property
    def version(self) -> str:
        """Returns what tells this revision from every other one, also from those of a deleted table."""
        return f"{self.article_id}\n{self.revision}\n{rfc3339(self.updated_at)}"

    @property
    def position(self) -> str:
        """Returns the sort key of a list by time, see ``position_of``."""
        return position_of(self.article_id, self.updated_at)


def position_of(article_id: ArticleId, updated_at: datetime) -> str:
    """Returns the sort key of a list by time: text order is the order of ``updated_at``, with ties broken.

    Its length is fixed, because DynamoDB refuses sort keys over 1024 bytes and an S3 key alone may have as many.
    """
    tie_break = hashlib.sha256(article_id.encode()).hexdigest()[:16]
    return f"{rfc3339(updated_at)}#{tie_break}"
