"""The review queue: what asks for an editor, and who has what of it open."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from pydantic import Field, computed_field

from standfirst.domain.article import ArticleId, ArticleKind, Language
from standfirst.domain.record import Record, Status, position_of
from standfirst.domain.schema import Instant, Schema, StoredSchema, as_in, rfc3339
from standfirst.domain.stored_record import Members, read_as

LONGEST_HEADLINE = 200
"""Characters of a headline in the queue."""

_OF_THE_KEY = {"article_id", "updated_at"}


def asks_for_editor(record: Record) -> bool:
    """Returns whether ``record``, which is current, is in the queue."""
    return record.status is Status.NEEDS_REVIEW or record.stale or record.pending is not None


def section_of(article_id: ArticleId) -> str:
    """Returns the first folder of the id, ``""`` without one."""
    return article_id.partition("/")[0] if "/" in article_id else ""


class QueueEntry(StoredSchema):
    """What a list shows of a current record without reading all of it."""

    article_id: Annotated[ArticleId, as_in(Record, "article_id")]
    revision: Annotated[int, as_in(Record, "revision")]
    status: Annotated[Status, as_in(Record, "status")]
    stale: Annotated[bool, as_in(Record, "stale")]
    pending: Annotated[int | None, as_in(Record, "pending")]
    kind: Annotated[ArticleKind | None, Field(description="The kind of text that the article is.", examples=["news"])]
    language: Annotated[Language, as_in(Record, "language")]
    headline: Annotated[
        str | None,
        Field(
            description=f"The article's headline; over {LONGEST_HEADLINE} characters it is cut, and ends in an "
            "ellipsis.",
            examples=["Ferry across the Sele to return in June"],
        ),
    ]
    findings: Annotated[
        tuple[str, ...], Field(description="The checks that found something, each once.", examples=[["number"]])
    ]
    errors: Annotated[int, Field(description="The number of findings that are errors.", examples=[0])]
    warnings: Annotated[int, Field(description="The number of findings that are warnings.", examples=[2])]
    embargoed_until: Annotated[
        str | None,
        Field(
            description="The end of the article's embargo, as the article gives it; else null.",
            examples=["2026-03-04T06:00:00Z"],
        ),
    ]
    updated_at: Annotated[Instant, as_in(Record, "updated_at")]

    @computed_field(  # type: ignore[prop-decorator]
        description="The first folder of the article's id; empty without one.", examples=["politics"]
    )
    @property
    def section(self) -> str:
        """Returns the section that the article is in."""
        return section_of(self.article_id)

    @property
    def position(self) -> str:
        """Returns the ``Record.position`` of the record."""
        return position_of(self.article_id, self.updated_at)

    def to_stored(self) -> str:
        """Returns the JSON to store: one text is read many times faster than an attribute for each member."""
        return self.model_dump_json(exclude={*_OF_THE_KEY, "section"})


def entry_of(record: Record) -> QueueEntry:
    """Returns what a list shows of ``record``."""
    checks = record.checks
    return QueueEntry(
        article_id=record.article_id,
        revision=record.revision,
        status=record.status,
        stale=record.stale,
        pending=record.pending,
        kind=record.article.kind,
        language=record.language,
        headline=_short(record.headline),
        findings=tuple(dict.fromkeys(finding.check for finding in record.findings)),
        errors=checks.errors,
        warnings=checks.warnings,
        embargoed_until=record.article.embargoed_until,
        updated_at=record.updated_at,
    )


def entry_from_stored(article_id: str, position: str, raw: Members) -> QueueEntry:
    """Returns the entry with the stored members ``raw``, which another release may have stored."""
    updated_at = position.partition("#")[0]
    return read_as(QueueEntry, {**raw, "article_id": article_id, "updated_at": updated_at})


def _short(headline: str | None) -> str | None:
    if headline is None or len(headline) <= LONGEST_HEADLINE:
        return headline
    return headline[: LONGEST_HEADLINE - 1].rstrip() + "…"


class Counts(Schema):
    """How many summaries ask for an editor, and why; one may do so for several reasons."""

    total: Annotated[int, Field(description="All that ask for an editor.", examples=[37])]
    needs_review: Annotated[int, Field(description="Those with the status `needs_review`.", examples=[30])]
    stale: Annotated[int, Field(description="Those whose article changed after a decision.", examples=[4])]
    pending: Annotated[int, Field(description="Those with a pending revision.", examples=[5])]


class SectionCounts(Counts):
    """The same of one section."""

    section: Annotated[str, Field(description="The first folder of the articles' ids.", examples=["politics"])]


class QueueCounts(Counts):
    """The same, and by section."""

    sections: Annotated[tuple[SectionCounts, ...], Field(description="By section, the most first.")]


def count(entries: Iterable[QueueEntry]) -> QueueCounts:
    """Returns how many ``entries`` there are, by reason and section."""
    by_reason = Counter((entry.section, reason) for entry in entries for reason in _reasons(entry))
    sections = sorted({section for section, _ in by_reason}, key=lambda each: (-by_reason[each, "total"], each))
    counted = [{reason: by_reason[each, reason] for reason in Counts.model_fields} for each in sections]
    total = {reason: sum(each[reason] for each in counted) for reason in Counts.model_fields}
    return QueueCounts(
        **total,
        sections=tuple(SectionCounts(section=each, **of) for each, of in zip(sections, counted, strict=True)),
    )


def _reasons(entry: QueueEntry) -> Iterable[str]:
    yield "total"
    if entry.status is Status.NEEDS_REVIEW:
        yield "needs_review"
    if entry.stale:
        yield "stale"
    if entry.pending is not None:
        yield "pending"


class Claim(Schema):
    """Who has an article open. It locks nothing."""

    by: Annotated[
        str,
        Field(
            description="Who: an IAM identity, or `jwt:` and the subject of a token.",
            examples=["arn:aws:iam::123456789012:user/newsroom-editor"],
        ),
    ]
    until: Annotated[
        Instant, Field(description="When it ends unless it is renewed.", examples=["2026-03-03T10:24:00.000Z"])
    ]

    def is_live(self, now: datetime) -> bool:
        """Returns whether it has not ended at ``now``; to the millisecond, as it is stored."""
        return rfc3339(now) < rfc3339(self.until)
