"""What the API answers beside records (``domain/record.py``) and problems (``problems.py``)."""

from standfirst.domain.article import ArticleId, Language
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.history import Revision
from standfirst.domain.record import Instant, MadeBy, Record, RejectedDraft, Schema, Status, Usage


class SummaryList(Schema):
    """A page of summaries, newest first; ``cursor`` begins the next page and is ``None`` on the last."""

    summaries: tuple[Record, ...]
    cursor: str | None


class RevisionList(Schema):
    """A page of an article's revisions, newest first; ``cursor`` as in a list of summaries."""

    article_id: ArticleId
    revisions: tuple[Revision, ...]
    cursor: str | None


class RegenerationAccepted(Schema):
    """A wish that is queued; ``wish`` stands in the log of whoever fulfils it."""

    article_id: ArticleId
    wish: str


class TransientArticle(Schema):
    """What an article that is not stored says of itself; the members are those of a record's ``article``."""

    words: int | None
    published_at: str | None
    version: str | None
    embargoed_until: str | None
    standfirst: str | None


class TransientSummary(Schema):
    """A summary that is answered and not stored; the members are those of a record."""

    status: Status
    language: Language
    headline: str | None
    standfirst: str | None
    summary: str | None
    key_points: tuple[str, ...]
    article: TransientArticle
    made_by: MadeBy | None
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    rejected_draft: RejectedDraft | None
    usage: Usage | None
    generated_at: Instant
    digital_source_type: str | None


def not_stored(record: Record) -> TransientSummary:
    """``record`` without what only a stored one has."""
    said = record.model_dump(include=set(TransientSummary.model_fields) - {"article"})
    article = record.article.model_dump(include=set(TransientArticle.model_fields))
    return TransientSummary.model_validate({**said, "article": article})
