"""The record that an editor reviewed a text: one for each decision, kept apart from the article's revisions.

It is stored together with the decision and outlives the texts: a takedown leaves who decided what, and when.
"""

import hashlib
import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from standfirst.domain.ai_disclosure import AiDisclosure
from standfirst.domain.article import ArticleId, ArticleKind
from standfirst.domain.draft import Sentence
from standfirst.domain.record import ArticleSource, MadeBy, OverruledFinding, Record, Review, Status
from standfirst.domain.review_outcome import ReviewedFinding
from standfirst.domain.schema import Instant, StoredSchema, as_in, rfc3339

MONTH = re.compile(r"(20|21)\d\d-(0[1-9]|1[0-2])", re.ASCII)
"""A month of the calendar, in UTC."""

ReviewOutcome = Literal["unchanged", "edited", "rejected"]

POSITION = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[0-9a-f]{16}#\d{1,10}", re.ASCII)
"""What ``position_of`` returns."""


def position_of(article_id: ArticleId, at: datetime, revision: int) -> str:
    """Returns the sort key of a decision: text order is the order of ``at``, with ties broken."""
    return f"{rfc3339(at)}#{hashlib.sha256(article_id.encode()).hexdigest()[:16]}#{revision}"


def month_of(at: datetime) -> str:
    """Returns the month of a moment, in UTC."""
    return rfc3339(at)[:7]


class ReviewRecord(StoredSchema):
    """One decision of an editor about a text."""

    article_id: Annotated[ArticleId, as_in(Record, "article_id")]
    revision: Annotated[int, Field(description="The revision that the decision brought.", examples=[2])]
    of: Annotated[int, as_in(Review, "of")]
    decision: Annotated[str, as_in(Review, "decision")]
    by: Annotated[str, as_in(Review, "by")]
    at: Annotated[Instant, as_in(Review, "at")]
    status: Annotated[Status, Field(description="The status of the summary after it.", examples=["approved"])]
    writer: Annotated[str | None, Field(description="What wrote the text: see `made_by`.", examples=["openai"])]
    model: Annotated[str | None, as_in(MadeBy, "model")]
    sentences: Annotated[int | None, as_in(Review, "sentences")] = None
    sentences_seen: Annotated[
        int, Field(description="The number of those whose evidence the editor was shown.", examples=[4])
    ] = 0
    findings_overruled: Annotated[tuple[OverruledFinding, ...], as_in(Review, "findings_overruled")] = ()
    words_changed: Annotated[int | None, as_in(Review, "words_changed")] = None
    seconds: Annotated[int | None, as_in(Review, "seconds")] = None
    note: Annotated[str | None, as_in(Review, "note")] = None
    ai_disclosure: Annotated[AiDisclosure | None, as_in(Record, "ai_disclosure")] = None
    digital_source_type: Annotated[str | None, as_in(Record, "digital_source_type")]
    # What follows is null, or empty, in records of older releases.
    prompt: Annotated[str | None, as_in(MadeBy, "prompt")] = None
    style: Annotated[str | None, as_in(MadeBy, "style")] = None
    kind: Annotated[ArticleKind | None, as_in(ArticleSource, "kind")] = None
    generated_at: Annotated[Instant | None, as_in(Record, "generated_at")] = None
    sentences_changed: Annotated[
        tuple[Sentence, ...] | None,
        Field(
            description="The sentences of the generated texts that the decided ones no longer have word for word; null "
            "if that is not known."
        ),
    ] = None
    findings: Annotated[
        tuple[ReviewedFinding, ...],
        Field(description="The findings in the text that was decided about, and what became of them."),
    ] = ()
    erased_at: Annotated[
        Instant | None,
        Field(description="When a takedown erased the texts in it; else null.", examples=["2026-03-05T08:00:00.000Z"]),
    ] = None

    @property
    def outcome(self) -> ReviewOutcome:
        """Returns what the editor did with the generated text.

        By the words that were changed, whatever the decision is called: an approval may come with other words.
        """
        if self.decision == Status.REJECTED:
            return "rejected"
        is_edited = self.decision == Status.EDITED if self.words_changed is None else self.words_changed > 0
        return "edited" if is_edited else "unchanged"

    @property
    def position(self) -> str:
        """Returns its sort key, see ``position_of``."""
        return position_of(self.article_id, self.at, self.revision)

    def erased(self, at: datetime) -> "ReviewRecord":
        """Returns what a takedown leaves of it: who decided what and when, without any text."""
        without_text = tuple(each.model_copy(update={"text": "", "note": None}) for each in self.findings_overruled)
        return self.model_copy(
            update={"note": None, "findings_overruled": without_text, "erased_at": self.erased_at or at}
        )


def review_record(
    decided: Record,
    review: Review,
    target: Record,
    changed: tuple[Sentence, ...] | None = None,
    findings: tuple[ReviewedFinding, ...] = (),
) -> ReviewRecord:
    """Returns the record of ``review``, which is about the text of ``target`` and brought the revision ``decided``.

    ``changed`` and ``findings`` are those of ``review_outcome.py``.
    """
    made_by = target.made_by
    return ReviewRecord(
        article_id=decided.article_id,
        revision=decided.revision,
        of=review.of,
        decision=review.decision,
        by=review.by,
        at=review.at,
        status=decided.status,
        writer=made_by.writer if made_by else None,
        model=made_by.model if made_by else None,
        sentences=review.sentences,
        sentences_seen=len(review.sentences_seen),
        findings_overruled=review.findings_overruled,
        words_changed=review.words_changed,
        seconds=review.seconds,
        note=review.note,
        ai_disclosure=decided.ai_disclosure,
        digital_source_type=decided.digital_source_type,
        prompt=made_by.prompt if made_by else None,
        style=made_by.style if made_by else None,
        kind=target.article.kind,
        generated_at=target.generated_at,
        sentences_changed=changed,
        findings=findings,
    )
