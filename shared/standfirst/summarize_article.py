"""The story of an upload: what lies in the bucket becomes a record, once, and never an older one over a newer.

Whatever an event says has happened, the bucket is asked what is there *now*: events arrive twice, late and out of
order, the bucket is always right. An event that the stored record answers already is let go. Words that a person edited
or approved are never replaced: what is made of a newer version waits beside them.

A document may be a package of several articles; each then has a record of its own, under the document's id, a slash and
its part. Parts that a newer version of the package no longer holds are withdrawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from standfirst.domain import fingerprint, revisions
from standfirst.domain.article import Article, ArticleId, Document, Upgrade, Upload
from standfirst.domain.errors import ArticleRemoved, NewerVersionStored, ReadingError
from standfirst.domain.ports import ArticleStore, Clock, Stored, SummaryStore
from standfirst.domain.record import ArticleSource, Degraded, Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.domain.sequencer import padded
from standfirst.domain.style import HouseStyle
from standfirst.write_summary import Attempt, WriteSummary

Reader = Callable[[Document], Sequence[Article]]
"""Reads a document, one article or a package of them; raises ``ReadingError``."""

StyleChoice = Callable[[ArticleId, str | None], HouseStyle]
"""The house style for an article, given the name its uploader asked for; raises ``ReadingError`` for an unknown one."""


class Outcome(StrEnum):
    """What became of an upload: the status of the record it led to, or why it led to none."""

    GENERATED = Status.GENERATED
    NEEDS_REVIEW = Status.NEEDS_REVIEW
    FAILED = Status.FAILED
    WITHDRAWN = Status.WITHDRAWN
    RESTORED = "restored"
    """The article reads again as it did when a person edited or approved its summary: those words are served again."""
    PUT_ASIDE = "put_aside"
    """The message is in the dead-letter queue, for a person."""
    PENDING = "pending"
    """A person's words stay; what was made of the new version waits beside them."""
    UNCHANGED = "unchanged"
    """The same article was summarised already."""
    OUTDATED = "outdated"
    """The stored record answers this event, or a later one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the story says of one article; ``reason`` is that of a ``failed`` record.

    ``degraded`` says why the extractive writer stood in for the model, and ``trouble`` the same in a sentence.
    """

    article_id: ArticleId
    outcome: Outcome
    reason: str | None = None
    degraded: Degraded | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Readable:
    """An article lies in the bucket."""

    source: ArticleSource
    article: Article
    style: HouseStyle
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something lies in the bucket that cannot be read."""

    source: ArticleSource
    reason: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Nothing lies in the bucket."""

    source: ArticleSource
    fingerprint: str = fingerprint.REMOVED


Version = Readable | Unreadable | Removed


@dataclass(frozen=True, slots=True)
class _Made:
    """The record that a version led to, and why the extractive writer stood in."""

    record: Record
    degraded: Degraded | None = None
    trouble: str | None = None

    def answer(self, outcome: Outcome) -> Answer:
        return Answer(self.record.article_id, outcome, self.record.reason, self.degraded, self.trouble)


@dataclass(frozen=True, slots=True)
class SummarizeArticle:
    """Summarises what was uploaded. ``by`` is recorded on every revision."""

    articles: ArticleStore
    summaries: SummaryStore
    read: Reader
    choose_style: StyleChoice
    write: WriteSummary
    clock: Clock
    by: str

    def __call__(self, upload: Upload, attempt: Attempt) -> Sequence[Answer]:
        """Answer one event, for each article it is about; raises ``TransientError`` to have it delivered again."""
        whole = self.summaries.current(upload.article_id)
        if whole and whole.sequencer >= padded(upload.sequencer):
            return [Answer(upload.article_id, Outcome.OUTDATED)]
        known = self.summaries.parts(upload.article_id)
        versions = self._versions_in_bucket(upload)
        parts = {part for part in versions if part}
        if parts - known:
            # Before the parts themselves: should this end half-way, they are found again.
            self.summaries.add_parts(upload.article_id, parts)
        gone = {*(known - parts), *([None] if parts and whole else [])}
        versions |= {part: Removed(_source(upload)) for part in sorted(gone, key=str)}
        # The whole last: once it bears the upload's sequencer, a second delivery looks at no part of it.
        return [
            self._answer_part(_part_of(upload, part), version, attempt)
            if part
            else self._answer(upload, whole, version, attempt)
            for part, version in sorted(versions.items(), key=lambda each: each[0] is None)
        ]

    def _answer_part(self, upload: Upload, version: Version, attempt: Attempt) -> Answer:
        return self._answer(upload, self.summaries.current(upload.article_id), version, attempt)

    def _answer(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored and stored.sequencer >= padded(upload.sequencer):
            return Answer(upload.article_id, Outcome.OUTDATED)
        try:
            return self._settle(upload, stored, version, attempt)
        except NewerVersionStored:
            return Answer(upload.article_id, Outcome.OUTDATED)

    def _settle(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored is None:
            return self._save(self._made(version, self._stamp(upload.article_id, 1), attempt))
        if version.fingerprint in self._known(stored.record):
            return self._unchanged(upload, stored)
        stamp, persons = self._stamp(upload.article_id, stored.record.revision + 1), self._persons(stored.record)
        if isinstance(version, Removed):
            return self._save(_Made(revisions.withdrawn(stamp, version.source, persons.revision if persons else None)))
        if persons and persons.fingerprint == version.fingerprint:
            self.summaries.save(revisions.restored(persons, stamp, version.source))
            return Answer(upload.article_id, Outcome.RESTORED)
        made = self._made(version, stamp, attempt)
        if made.record.fingerprint in self._known(stored.record):
            # The model could not be had, as it could not be had before.
            return self._unchanged(upload, stored, made)
        return self._hold_back(persons, made) if persons else self._save(made)

    def _known(self, current: Record) -> set[str]:
        """The fingerprints of what ``current`` answers for."""
        if not current.stale:
            return {current.fingerprint}
        # What a person said of an older version says nothing of this one; what waits beside it does.
        waiting = self.summaries.revision(current.article_id, current.pending) if current.pending else None
        return {waiting.fingerprint} if waiting else set()

    def _persons(self, current: Record) -> Record | None:
        """The words of a person that have to stay."""
        if current.is_persons:
            return current
        return self.summaries.revision(current.article_id, current.kept) if current.kept else None

    def _made(self, version: Version, stamp: Stamp, attempt: Attempt) -> _Made:
        match version:
            case Readable(source, article, style):
                checked = self.write(article, style, attempt)
                return _Made(revisions.summarized(stamp, source, article, checked), checked.degraded, checked.trouble)
            case Unreadable(source, reason, mark):
                return _Made(revisions.failed(stamp, source, reason, mark))
            case Removed(source):
                return _Made(revisions.withdrawn(stamp, source))

    def _save(self, made: _Made) -> Answer:
        self.summaries.save(made.record)
        return made.answer(Outcome(made.record.status))

    def _hold_back(self, persons: Record, made: _Made) -> Answer:
        stamp = self._stamp(persons.article_id, made.record.revision + 1)
        self.summaries.save(revisions.held_back(persons, stamp, made.record), pending=made.record)
        return made.answer(Outcome.PENDING)

    def _unchanged(self, upload: Upload, stored: Stored, made: _Made | None = None) -> Answer:
        self.summaries.answer(upload.article_id, stored.record.revision, upload.sequencer)
        return made.answer(Outcome.UNCHANGED) if made else Answer(upload.article_id, Outcome.UNCHANGED)

    # ------------------------------------------------------------------------------------------------------------------
    # What the extractive writer stood in for
    # ------------------------------------------------------------------------------------------------------------------

    def upgrade(self, wish: Upgrade, attempt: Attempt) -> Sequence[Answer]:
        """Give the model its turn with each article of a document, where it is still to have one.

        Raises ``TransientError`` to have the wish delivered again.
        """
        upload = Upload(wish.article_id, wish.bucket, wish.key, sequencer="")
        versions = self._versions_in_bucket(upload)
        return [
            self._upgrade(_part_of(upload, part) if part else upload, version, attempt)
            for part, version in versions.items()
        ]

    def _upgrade(self, upload: Upload, version: Version, attempt: Attempt) -> Answer:
        stored = self.summaries.current(upload.article_id)
        if stored is None or not stored.record.is_upgradable or not isinstance(version, Readable):
            # If anything else changed, an event tells of that.
            return Answer(upload.article_id, Outcome.OUTDATED)
        as_before = version.source.model_copy(update={"sequencer": stored.record.article.sequencer})
        stamp = self._stamp(upload.article_id, stored.record.revision + 1)
        made = self._made(replace(version, source=as_before), stamp, attempt)
        if made.record.fingerprint == stored.record.fingerprint:
            return made.answer(Outcome.UNCHANGED)
        self.summaries.replace(stored, made.record)
        return made.answer(Outcome(made.record.status))

    # ------------------------------------------------------------------------------------------------------------------
    # What there is
    # ------------------------------------------------------------------------------------------------------------------

    def _versions_in_bucket(self, upload: Upload) -> dict[str | None, Version]:
        """What lies there now, by part; ``None`` stands for the whole document."""
        source, content = _source(upload), b""
        try:
            found = self.articles.fetch(upload)
            content = found.document.content
            source = source.model_copy(update={"etag": found.etag, "version_id": found.version_id})
            articles = self.read(found.document)
            style = self.choose_style(upload.article_id, found.document.style)
        except ArticleRemoved:
            return {None: Removed(source)}
        except ReadingError as error:
            reason = f"{error} {error.remedy}"
            return {None: Unreadable(source, reason, fingerprint.of_unreadable(reason, content))}
        writer = self.write.identity
        return {
            article.part: Readable(source, article, style, fingerprint.of_article(article, style, writer))
            for article in articles
        }

    def _stamp(self, article_id: ArticleId, revision: int) -> Stamp:
        return Stamp(article_id, revision, self.clock.now(), self.by)


def _part_of(upload: Upload, part: str) -> Upload:
    return replace(upload, article_id=ArticleId(f"{upload.article_id}/{part}"))


def _source(upload: Upload) -> ArticleSource:
    return ArticleSource(bucket=upload.bucket, key=upload.key, sequencer=upload.sequencer)
