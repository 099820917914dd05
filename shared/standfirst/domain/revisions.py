"""The next revision of a record, for each thing that can happen to an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from standfirst.domain import fingerprint
from standfirst.domain.article import UNDETERMINED, Article, ArticleId
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import ALGORITHMIC_MEDIA, ArticleSource, MadeBy, Record, Status, Usage
from standfirst.domain.style import HouseStyle


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which revision of which article it is, and who made it when."""

    article_id: ArticleId
    revision: int
    moment: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft, who wrote it in which style, and what the checks found in it."""

    draft: Draft
    findings: Sequence[Finding]
    writer: WriterIdentity
    style: HouseStyle


def summarized(stamp: Stamp, source: ArticleSource, article: Article, checked: CheckedDraft) -> Record:
    """The record that serves ``checked``; anything found in it wants an editor's eye."""
    draft, writer, style = checked.draft, checked.writer, checked.style
    return Record(
        article_id=stamp.article_id,
        revision=stamp.revision,
        status=Status.NEEDS_REVIEW if checked.findings else Status.GENERATED,
        language=article.language,
        headline=article.headline,
        standfirst=draft.standfirst,
        summary=draft.summary,
        key_points=draft.key_points,
        article=source.model_copy(
            update={
                "words": article.words,
                "published_at": article.published_at,
                "version": article.version,
                "embargoed_until": article.embargoed_until,
                "standfirst": article.standfirst,
            },
        ),
        made_by=MadeBy(writer=writer.writer, model=writer.model, prompt=writer.prompt, style=style.label),
        findings=tuple(checked.findings),
        evidence=draft.evidence,
        usage=Usage(),
        generated_at=stamp.moment,
        updated_at=stamp.moment,
        updated_by=stamp.by,
        digital_source_type=ALGORITHMIC_MEDIA,
        fingerprint=fingerprint.of_article(article, style, writer),
    )


def failed(stamp: Stamp, source: ArticleSource, reason: str, unreadable: str) -> Record:
    """The record of a document that could not be read; ``unreadable`` is its fingerprint."""
    return _without_text(stamp, source, Status.FAILED, unreadable, reason)


def withdrawn(stamp: Stamp, source: ArticleSource) -> Record:
    """The record of an article that was deleted. It stays, so that an older event cannot bring the article back."""
    return _without_text(stamp, source, Status.WITHDRAWN, fingerprint.REMOVED, reason=None)


def _without_text(stamp: Stamp, source: ArticleSource, status: Status, mark: str, reason: str | None) -> Record:
    return Record(
        article_id=stamp.article_id,
        revision=stamp.revision,
        status=status,
        language=UNDETERMINED,
        headline=None,
        standfirst=None,
        summary=None,
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
