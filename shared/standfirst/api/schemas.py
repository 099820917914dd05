"""The response bodies beside records (``domain/record.py``), revisions and problems (``problem_details.py``)."""

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, create_model

from standfirst.domain.ai_disclosure import AiDisclosure
from standfirst.domain.article import ArticleId, ArticleKind, Language
from standfirst.domain.disclosure import Disclosure
from standfirst.domain.draft import Checks, Evidence, Finding
from standfirst.domain.history import Revision
from standfirst.domain.queue import Claim, QueueEntry
from standfirst.domain.record import ArticleSource, MadeBy, Record, RejectedDraft, Status
from standfirst.domain.schema import Instant, Schema, as_in
from standfirst.domain.second_reading import SecondReading
from standfirst.domain.texts import TEXTS
from standfirst.domain.usage import Usage

NextCursor = Annotated[
    str | None,
    Field(
        description="The `cursor` of the next page; null on the last page.",
        examples=["WyJjNjI2YTk5MmUzMWIiLCAiMjAyNi0wMy0wM1QxMDoxNDowMC4wMDBaIzNkNGY4YTFjOTBiMmU2NTciXQ"],
    ),
]


class SummaryList(Schema):
    """A page of summaries, the latest change first."""

    summaries: Annotated[tuple[Record, ...], Field(description="The summaries of this page.")]
    cursor: NextCursor


class ShownClaim(Claim):
    """Who has an article open, as its caller sees it."""

    is_mine: Annotated[bool, Field(description="Whether it is the caller.", examples=[False])]


class ArticleClaim(ShownClaim):
    """The caller's claim on an article."""

    article_id: Annotated[ArticleId, as_in(Record, "article_id")]


class QueueItem(QueueEntry):
    """A summary that asks for an editor: its status is `needs_review`, it is stale, or a revision is pending."""

    claim: Annotated[ShownClaim | None, Field(description="Who has the article open; null if nobody has.")]


class QueueList(Schema):
    """A page of the queue, the latest change first."""

    items: Annotated[tuple[QueueItem, ...], Field(description="The items of this page.")]
    cursor: NextCursor


class RevisionList(Schema):
    """A page of an article's revisions, the newest first."""

    article_id: Annotated[ArticleId, as_in(Record, "article_id")]
    revisions: Annotated[tuple[Revision, ...], Field(description="The revisions of this page.")]
    cursor: NextCursor


class RegenerationAccepted(Schema):
    """A queued request for a new summary."""

    article_id: Annotated[ArticleId, as_in(Record, "article_id")]
    wish: Annotated[
        str,
        Field(
            description="The id of the queued request, as the worker's log has it.",
            examples=["5b0c7c1e-4a54-4c0e-9a38-0d2f6d1f7c11"],
        ),
    ]


class TransientArticle(Schema):
    """What is known of an article that is not stored; the members are those of a record's `article`."""

    words: Annotated[int | None, as_in(ArticleSource, "words")]
    published_at: Annotated[str | None, as_in(ArticleSource, "published_at")]
    version: Annotated[str | None, as_in(ArticleSource, "version")]
    embargoed_until: Annotated[str | None, as_in(ArticleSource, "embargoed_until")]
    standfirst: Annotated[str | None, as_in(ArticleSource, "standfirst")]
    declared_language: Annotated[Language | None, as_in(ArticleSource, "declared_language")]
    partial: Annotated[str | None, as_in(ArticleSource, "partial")]
    kind: Annotated[ArticleKind | None, as_in(ArticleSource, "kind")]


class _TransientHead(Schema):
    status: Annotated[Status, as_in(Record, "status")]
    language: Annotated[Language, as_in(Record, "language")]
    headline: Annotated[str | None, as_in(Record, "headline")]


if TYPE_CHECKING:
    _TransientTexts = _TransientHead
else:
    _TransientTexts = create_model(
        "_TransientTexts",
        __base__=_TransientHead,
        **{
            kind.name: (Annotated[Record.model_fields[kind.name].annotation, as_in(Record, kind.name)], ...)
            for kind in TEXTS
        },
    )


class TransientSummary(_TransientTexts):
    """A summary that is not stored; the members are those of a record."""

    reason: Annotated[str | None, as_in(Record, "reason")]
    article: Annotated[TransientArticle, Field(description="What is known of the article.")]
    made_by: Annotated[MadeBy | None, as_in(Record, "made_by")]
    findings: Annotated[tuple[Finding, ...], as_in(Record, "findings")]
    evidence: Annotated[tuple[Evidence, ...], as_in(Record, "evidence")]
    checks: Annotated[Checks, as_in(Record, "checks")]
    rejected_draft: Annotated[RejectedDraft | None, as_in(Record, "rejected_draft")]
    usage: Annotated[Usage | None, as_in(Record, "usage")]
    second_reading: Annotated[SecondReading | None, as_in(Record, "second_reading")]
    generated_at: Annotated[Instant, as_in(Record, "generated_at")]
    digital_source_type: Annotated[str | None, as_in(Record, "digital_source_type")]
    ai_disclosure: Annotated[AiDisclosure | None, as_in(Record, "ai_disclosure")]
    disclosure: Annotated[Disclosure, as_in(Record, "disclosure")]


def not_stored(record: Record) -> TransientSummary:
    """Returns ``record`` without the members that only a stored summary has."""
    members = record.model_dump(include=set(TransientSummary.model_fields) - {"article"})
    article = record.article.model_dump(include=set(TransientArticle.model_fields))
    return TransientSummary.model_validate({**members, "article": article})
