"""Builds the next revision of a record, for each change of an article or its summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from standfirst.domain import fingerprint
from standfirst.domain.ai_disclosure import (
    ALGORITHMIC_MEDIA,
    COMPOSITE_WITH_TRAINED,
    HUMAN_EDITS,
    TRAINED_ALGORITHMIC_MEDIA,
)
from standfirst.domain.article import UNDETERMINED, Article, ArticleId
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.draft import ALWAYS_REVIEWED, Finding
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import ArticleSource, Degraded, MadeBy, Record, RejectedDraft, Review, Status
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import TEXTS, Texts


@dataclass(frozen=True, slots=True)
class Stamp:
    """The article, the number of the revision, and who made it when."""

    article_id: ArticleId
    revision: int
    moment: datetime
    by: str


LONGEST_REASON = 2_000
"""Characters of the reason of a ``failed`` record."""

WANTS_REVIEW = frozenset((Degraded.REFUSED, Degraded.UNGROUNDED))
"""After these the record needs review, even if the checks find nothing in the fallback's text."""


def summarized(
    stamp: Stamp, source: ArticleSource, article: Article, checked: CheckedDraft, style: HouseStyle
) -> Record:
    """Returns the record of ``checked``, which was written in ``style``."""
    draft, writer = checked.draft, checked.writer
    return Record(
        article_id=stamp.article_id,
        revision=stamp.revision,
        status=Status.NEEDS_REVIEW if _needs_review(article, checked, style) else Status.GENERATED,
        language=article.language,
        headline=article.headline,
        **_members(draft.texts),
        article=_with_metadata(source, article),
        made_by=_made_by(writer, checked.style).model_copy(
            update={"degraded": checked.degraded, "parts": checked.parts, "coverage": checked.coverage},
        ),
        findings=(*checked.findings, *_of_article(article), *_kind_findings(article, style)),
        evidence=draft.evidence,
        rejected_draft=_rejected(checked),
        usage=checked.usage,
        second_reading=checked.second_reading,
        generated_at=stamp.moment,
        updated_at=stamp.moment,
        updated_by=stamp.by,
        digital_source_type=TRAINED_ALGORITHMIC_MEDIA if writer.model else ALGORITHMIC_MEDIA,
        fingerprint=fingerprint.of_article(article, checked.style, checked.fingerprint_writer),
        content_hash=fingerprint.content_hash(article),
    )


def _kind_findings(article: Article, style: HouseStyle) -> list[Finding]:
    """Returns the finding that says why a text of this kind needs review; none where texts of every kind do.

    A kind that is skipped has a text only because a person asked for it.
    """
    action = style.kinds.get(article.kind, "write")
    if action == "write":
        return []
    done = "wants an editor to see" if action == "review" else "skips"
    detail = f"The article is of the kind {article.kind}, which the house style {done}."
    return [Finding("kind", TEXTS[0].name, "", detail, "warning", reason=article.kind)]


def _needs_review(article: Article, checked: CheckedDraft, style: HouseStyle) -> bool:
    """Returns whether an editor should look at ``checked``; a warning is a reason only if ``style`` says so."""
    is_incomplete = any(kind.is_required and not checked.draft.texts[kind.name] for kind in TEXTS)
    is_asked_for = any(finding.check in ALWAYS_REVIEWED.union(style.review_on) for finding in checked.findings)
    reading = checked.second_reading
    is_unread = reading is not None and reading.is_missed and reading.policy == "always"
    return (
        _asks_for_review(article, style)
        or checked.errors
        or is_incomplete
        or is_asked_for
        or is_unread
        or checked.degraded in WANTS_REVIEW
    )


def _asks_for_review(article: Article, style: HouseStyle) -> bool:
    """Returns whether any text about ``article`` needs review."""
    return article.partial is not None or style.action_for(article.kind) != "write"


def skipped(stamp: Stamp, source: ArticleSource, article: Article, style: HouseStyle, made_from: str) -> Record:
    """Returns the record of an article that ``style`` has nothing written about; ``made_from`` is its fingerprint."""
    reason = f"The house style {style.label} skips articles of the kind {article.kind}: no text was written."
    record = _without_text(stamp, _with_metadata(source, article), Status.SKIPPED, made_from, reason)
    about = {"language": article.language, "headline": article.headline}
    return record.model_copy(update=about | {"content_hash": fingerprint.content_hash(article)})


def _with_metadata(source: ArticleSource, article: Article) -> ArticleSource:
    counted = {"words": article.words, "standfirst": article.standfirst, "kind": article.kind}
    return source.model_copy(update=counted | {name: getattr(article, name) for name in METADATA})


METADATA = ("published_at", "version", "embargoed_until", "part", "declared_language", "partial")
"""The members of an article that no text is made from."""


def has_same_metadata(record: Record, article: Article) -> bool:
    """Returns whether ``record`` has the metadata of ``article``; one of an older release has no kind."""
    return record.article.kind in {None, article.kind} and all(
        getattr(record.article, name) == getattr(article, name) for name in METADATA
    )


def lacks_review(record: Record, article: Article, style: HouseStyle) -> bool:
    """Returns whether ``record`` needed no review, and ``article`` or ``style`` has its text reviewed now."""
    return record.status is Status.GENERATED and _asks_for_review(article, style)


def with_article_metadata(
    record: Record, stamp: Stamp, source: ArticleSource, article: Article, style: HouseStyle
) -> Record:
    """Returns ``record`` with the metadata of ``article``, whose content is the same; it needs review if it lacks one.

    That is so if the article turns out to be a part of one only, or if the style has changed under its version.
    """
    findings = [finding for finding in record.findings if not _is_outdated(finding, article)]
    findings += _of_article(article) if record.has_text else ()
    update: dict[str, object] = {"article": _with_metadata(source, article)}
    if lacks_review(record, article, style):
        update["status"] = Status.NEEDS_REVIEW
        findings += _kind_findings(article, style)
    return record.model_copy(update=_stamped(stamp) | update | {"findings": tuple(findings)})


def _is_outdated(finding: Finding, article: Article) -> bool:
    """Returns whether ``finding`` is about the article itself, and of another version than ``article``."""
    return finding.check == "partial" or (finding.check == "kind" and finding.reason != article.kind)


def _of_article(article: Article) -> Sequence[Finding]:
    """Returns what an editor has to know of the article itself."""
    if article.partial is None:
        return ()
    detail = f"Only a part of the article was read. {article.partial}"
    return (Finding("partial", "standfirst", "", detail, "warning", reason="cut"),)


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
        verdicts=rejected.verdicts,
        made_by=_made_by(rejected.writer, checked.style),
    )


def with_pending_revision(reviewed: Record, stamp: Stamp, pending: Record) -> Record:
    """Returns the record ``reviewed``, which stays current, with ``pending`` as its pending revision.

    It is stale if the article has changed or cannot be read, not after a regeneration of the same content.
    """
    is_stale = not pending.has_text or pending.content_hash != reviewed.content_hash
    update = _stamped(stamp) | {"stale": is_stale, "pending": pending.revision}
    if pending.has_article or pending.article.embargoed_until:
        update["article"] = _with_embargo(reviewed.article, pending.article.embargoed_until)
    return reviewed.model_copy(update=update)


def under_embargo(record: Record, stamp: Stamp, article: Article) -> Record:
    """Returns ``record`` with the embargo of the newest version, ``article``, of which there is no text yet."""
    source = _with_embargo(record.article, article.embargoed_until)
    return record.model_copy(update=_stamped(stamp) | {"article": source})


def with_embargo_of(stale: Record, stamp: Stamp, article: Article) -> Record:
    """Returns the human-authored record ``stale`` with the embargo of the newest version; nothing is pending."""
    return under_embargo(stale, stamp, article).model_copy(update={"pending": None})


def _with_embargo(source: ArticleSource, embargoed_until: str | None) -> ArticleSource:
    """Returns ``source`` with the embargo of a newer version: an embargo is about the story, whatever tells it."""
    return source.model_copy(update={"embargoed_until": embargoed_until})


def restored(reviewed: Record, stamp: Stamp, source: ArticleSource, article: Article, style: HouseStyle) -> Record:
    """Returns ``reviewed`` as current again: the article has the content that it is about."""
    again = with_article_metadata(reviewed, stamp, source, article, style)
    return again.model_copy(update={"stale": False, "pending": None})


def reviewed(base: Record, stamp: Stamp, review: Review, about: Record) -> Record:
    """Returns ``base`` with a person's ``review``; ``about`` is the record of the article's newest version."""
    now_about = ("language", "headline", "article", "fingerprint", "content_hash")
    return base.model_copy(
        update=_stamped(stamp)
        | {name: getattr(about, name) for name in now_about}
        | {"status": review.decision, "review": review, "stale": False, "pending": None, "rejected_draft": None}
        | {"reason": None},
    )


def with_edited_texts(record: Record, texts: Texts) -> Record:
    """Returns ``record`` with a person's own texts."""
    mixed = {TRAINED_ALGORITHMIC_MEDIA: COMPOSITE_WITH_TRAINED, ALGORITHMIC_MEDIA: HUMAN_EDITS}
    kind = record.digital_source_type
    return record.model_copy(
        update={
            **texts,
            "digital_source_type": mixed.get(kind, kind) if kind else None,
        }
    )


def rejected(record: Record, stamp: Stamp, review: Review) -> Record:
    """Returns ``record`` as rejected by a person."""
    return record.model_copy(update=_stamped(stamp) | {"status": Status.REJECTED, "review": review})


def without_pending(reviewed: Record, stamp: Stamp, review: Review) -> Record:
    """Returns ``reviewed`` without its pending revision, which a person rejected."""
    return reviewed.model_copy(update=_stamped(stamp) | {"pending": None, "review": review})


def _stamped(stamp: Stamp) -> dict[str, object]:
    return {"revision": stamp.revision, "updated_at": stamp.moment, "updated_by": stamp.by}


def failed(stamp: Stamp, source: ArticleSource, reason: str, unreadable: str) -> Record:
    """Returns the record of a document that could not be read; ``unreadable`` is its fingerprint."""
    # It may repeat a name of the document's.
    return _without_text(stamp, source, Status.FAILED, unreadable, reason[:LONGEST_REASON])


def withdrawn(stamp: Stamp, source: ArticleSource, reason: str | None) -> Record:
    """Returns the record of an article that was deleted or, for the ``reason``, killed by its provider.

    It is kept so that an older event cannot restore the article.
    """
    return _without_text(stamp, source, Status.WITHDRAWN, fingerprint.REMOVED, reason)


def with_last_reviewed(record: Record, reviewed: Record | None) -> Record:
    """Returns ``record``, which has no text, with the revision of a person's last decision, if any."""
    return record.model_copy(update={"last_reviewed": reviewed.revision}) if reviewed else record


MAX_ERASED = 1_000
"""Most versions of an article whose hashes a record keeps after a takedown: 64 KB of the 400 that an item may have."""


def erased(stamp: Stamp, source: ArticleSource, content: Sequence[str]) -> Record:
    """Returns the record that a takedown leaves: no text and no headline, but who erased what and when.

    ``content`` has the hashes of the content that stays erased, the newest first. ``source`` names the object that was
    in the bucket.
    """
    record = _without_text(stamp, source, Status.WITHDRAWN, fingerprint.REMOVED, reason=None)
    takedown = {"erased_at": stamp.moment, "erased_by": stamp.by, "erased_content": tuple(content)[:MAX_ERASED]}
    return record.model_copy(update=takedown)


def still_erased(record: Record, before: Record) -> Record:
    """Returns ``record`` with the memory of what a takedown erased ``before``."""
    return record.model_copy(update={"erased_content": before.erased_content}) if before.erased_content else record


def _without_text(stamp: Stamp, source: ArticleSource, status: Status, made_from: str, reason: str | None) -> Record:
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
        fingerprint=made_from,
    )
