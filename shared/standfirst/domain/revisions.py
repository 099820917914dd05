"""The next revision of a record, for each thing that can happen to an article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from standfirst.domain import fingerprint
from standfirst.domain.article import UNDETERMINED, Article, ArticleId
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import (
    ALGORITHMIC_MEDIA,
    COMPOSITE_WITH_TRAINED,
    HUMAN_EDITS,
    TRAINED_ALGORITHMIC_MEDIA,
    ArticleSource,
    Degraded,
    MadeBy,
    Record,
    RejectedDraft,
    Review,
    Status,
)
from standfirst.domain.texts import TEXTS, Texts


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which revision of which article it is, and who made it when."""

    article_id: ArticleId
    revision: int
    moment: datetime
    by: str


WANTS_REVIEW = frozenset((Degraded.REFUSED, Degraded.UNGROUNDED))
"""After these an editor has to look, even where nothing is found in the text that stands in."""


def summarized(stamp: Stamp, source: ArticleSource, article: Article, checked: CheckedDraft) -> Record:
    """The record that serves ``checked``; anything found in it wants an editor's eye, and so does a rejected draft."""
    draft, writer = checked.draft, checked.writer
    wants_review = checked.findings or checked.degraded in WANTS_REVIEW
    return Record(
        article_id=stamp.article_id,
        revision=stamp.revision,
        status=Status.NEEDS_REVIEW if wants_review else Status.GENERATED,
        language=article.language,
        headline=article.headline,
        **_members(draft.texts),
        article=_told_by(article, source),
        made_by=_made_by(writer, checked.style).model_copy(
            update={"degraded": checked.degraded, "parts": checked.parts, "coverage": checked.coverage},
        ),
        findings=tuple(checked.findings),
        evidence=draft.evidence,
        rejected_draft=_rejected(checked),
        usage=checked.usage,
        generated_at=stamp.moment,
        updated_at=stamp.moment,
        updated_by=stamp.by,
        digital_source_type=TRAINED_ALGORITHMIC_MEDIA if writer.model else ALGORITHMIC_MEDIA,
        fingerprint=fingerprint.of_article(article, checked.style, checked.answers),
        content_hash=fingerprint.content_hash(article),
    )


def _told_by(article: Article, source: ArticleSource) -> ArticleSource:
    """``source``, with what ``article`` says of itself."""
    said = {"words": article.words, "standfirst": article.standfirst}
    return source.model_copy(update=said | {name: getattr(article, name) for name in BESIDE_THE_TEXT})


BESIDE_THE_TEXT = ("published_at", "version", "embargoed_until")
"""What an article says of itself that no text is made from."""


def has_same_metadata(record: Record, article: Article) -> bool:
    """Whether ``record`` knows what ``article`` says of itself beside its text."""
    return all(getattr(record.article, name) == getattr(article, name) for name in BESIDE_THE_TEXT)


def with_article_metadata(record: Record, stamp: Stamp, source: ArticleSource, article: Article) -> Record:
    """``record`` again, with what ``article``, whose text is the same, says of itself now."""
    return record.model_copy(update=_stamped(stamp) | {"article": _told_by(article, source)})


def _made_by(writer: WriterIdentity, style: str) -> MadeBy:
    return MadeBy(writer=writer.writer, model=writer.model, prompt=writer.prompt, style=style)


def _members(texts: Texts) -> dict[str, Any]:
    return dict(texts)


def _no_members() -> dict[str, Any]:
    return {kind.name: None for kind in TEXTS if not kind.is_list}


def _rejected(checked: CheckedDraft) -> RejectedDraft | None:
    if (rejected := checked.rejected) is None:
        return None
    return RejectedDraft(
        **_members(rejected.draft.texts),
        findings=tuple(rejected.findings),
        made_by=_made_by(rejected.writer, checked.style),
    )


def with_pending_revision(reviewed: Record, stamp: Stamp, pending: Record) -> Record:
    """Keeps the human-authored record current and stores ``pending`` beside it.

    It is stale if the article says something else by now, not if somebody only asked for another text of the same.
    """
    is_stale = pending.content_hash != reviewed.content_hash
    return reviewed.model_copy(update=_stamped(stamp) | {"stale": is_stale, "pending": pending.revision})


def restored(reviewed: Record, stamp: Stamp, source: ArticleSource, article: Article) -> Record:
    """Returns ``reviewed`` as current again: the article reads as it did when a person decided about the text."""
    return with_article_metadata(reviewed, stamp, source, article).model_copy(update={"stale": False, "pending": None})


def reviewed(base: Record, stamp: Stamp, review: Review, about: Record) -> Record:
    """The text of ``base``, which a person stands behind; ``about`` is the record of the article's newest version."""
    now_about = ("language", "headline", "article", "fingerprint", "content_hash")
    return base.model_copy(
        update=_stamped(stamp)
        | {name: getattr(about, name) for name in now_about}
        | {"status": review.decision, "review": review, "stale": False, "pending": None, "rejected_draft": None},
    )


def with_edited_texts(record: Record, texts: Texts) -> Record:
    """``record`` with a person's own words."""
    mixed = {TRAINED_ALGORITHMIC_MEDIA: COMPOSITE_WITH_TRAINED, ALGORITHMIC_MEDIA: HUMAN_EDITS}
    kind = record.digital_source_type
    return record.model_copy(
        update={
            **texts,
            "digital_source_type": mixed.get(kind, kind) if kind else None,
        }
    )


def rejected(record: Record, stamp: Stamp, review: Review) -> Record:
    """``record`` as a text that a person does not want to be read."""
    return record.model_copy(update=_stamped(stamp) | {"status": Status.REJECTED, "review": review})


def without_pending(reviewed: Record, stamp: Stamp, review: Review) -> Record:
    """Returns ``reviewed`` without its pending revision, which a person rejected."""
    return reviewed.model_copy(update=_stamped(stamp) | {"pending": None, "review": review})


def _stamped(stamp: Stamp) -> dict[str, object]:
    return {"revision": stamp.revision, "updated_at": stamp.moment, "updated_by": stamp.by}


def failed(stamp: Stamp, source: ArticleSource, reason: str, unreadable: str) -> Record:
    """The record of a document that could not be read; ``unreadable`` is its fingerprint."""
    return _without_text(stamp, source, Status.FAILED, unreadable, reason)


def withdrawn(stamp: Stamp, source: ArticleSource, last_reviewed: int | None = None) -> Record:
    """The record of an article that was deleted. It stays, so that an older event cannot bring the article back.

    ``last_reviewed`` is the revision with a person's last decision, if there is one.
    """
    record = _without_text(stamp, source, Status.WITHDRAWN, fingerprint.REMOVED, reason=None)
    return record.model_copy(update={"last_reviewed": last_reviewed})


def _without_text(stamp: Stamp, source: ArticleSource, status: Status, mark: str, reason: str | None) -> Record:
    return Record(
        article_id=stamp.article_id,
        revision=stamp.revision,
        status=status,
        language=UNDETERMINED,
        headline=None,
        **_no_members(),
        reason=reason,
        article=source,
        made_by=None,
        usage=None,
        generated_at=stamp.moment,
        updated_at=stamp.moment,
        updated_by=stamp.by,
        digital_source_type=None,
        fingerprint=mark,
    )
