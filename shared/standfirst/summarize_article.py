"""The story of an upload: what lies in the bucket becomes a record, once, and never an older one over a newer.

Whatever an event says has happened, the bucket is asked what is there *now*: events arrive twice, late and out of
order, the bucket is always right. An event that the stored record answers already is let go. Words that a person edited
or approved are never replaced: what is made of a newer version waits beside them.

A document may be a package of several articles; each then has a record of its own, under the document's id, a slash and
its part. Parts that a newer version of the package no longer holds are withdrawn.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from standfirst.domain import fingerprint, revisions
from standfirst.domain.article import Article, ArticleId, Document, Upgrade, Upload
from standfirst.domain.errors import ArticleRemoved, NewerVersionStored, ReadingError, RevisionConflict, TransientError
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
    UPDATED = "updated"
    """The text is the same; the embargo, the date or the provider's version of it is another."""
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
    """An article lies in the bucket; ``story`` is the fingerprint of it alone, whoever writes about it."""

    source: ArticleSource
    article: Article
    style: HouseStyle
    fingerprint: str
    story: str


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
        try:
            # Before anything is looked at: of what an earlier event brings from now on, nobody would know.
            known = self.summaries.begin(upload.article_id, upload.sequencer)
        except NewerVersionStored:
            return [Answer(upload.article_id, Outcome.OUTDATED)]
        whole = self.summaries.current(upload.article_id)
        if whole and whole.sequencer >= padded(upload.sequencer):
            return [Answer(upload.article_id, Outcome.OUTDATED)]
        versions = self._versions_in_bucket(upload)
        parts = {part for part in versions if part}
        if parts - known:
            # Before the parts themselves: should this end half-way, they are found again.
            self.summaries.add_parts(upload.article_id, parts)
        gone = {*(known - parts), *([None] if parts and whole else [])}
        versions |= {part: Removed(_source(upload)) for part in sorted(gone, key=str)}
        answers = self._answer_parts(upload, {part: each for part, each in versions.items() if part}, attempt)
        # The whole last: once it bears the upload's sequencer, a second delivery looks at no part of it.
        return [*answers, *(self._answer(upload, whole, version, attempt) for version in _whole(versions))]

    def _answer_parts(self, upload: Upload, versions: Mapping[str, Version], attempt: Attempt) -> Sequence[Answer]:
        """Answer for every part, and raise what stood in the way of some only then: it keeps back no other."""
        answers, failures = [], []
        for part, version in versions.items():
            story = _part_of(upload, part)
            try:
                answers.append(self._answer(story, self.summaries.current(story.article_id), version, attempt))
            except TransientError as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return answers

    def _answer(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored and stored.sequencer >= padded(upload.sequencer):
            return Answer(upload.article_id, Outcome.OUTDATED)
        try:
            return self._settle(upload, stored, version, attempt)
        except NewerVersionStored:
            return Answer(upload.article_id, Outcome.OUTDATED)

    def _settle(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored is None:
            return self._save(self._made(version, self._stamp(upload.article_id, 1), attempt), upload.document)
        persons = self._persons(stored.record)
        if isinstance(version, Removed):
            return self._withdraw(upload, stored, version, persons)
        if persons:
            return self._settle_beside(persons, upload, stored, version, attempt)
        if stored.record.fingerprint == version.fingerprint:
            return self._unchanged_text(upload, stored, version)
        made = self._made(version, self._after(stored), attempt)
        # It may be as it was: the model could not be had, as it could not be had before.
        is_same = made.record.fingerprint == stored.record.fingerprint
        return self._unchanged(upload, stored, made) if is_same else self._save(made)

    def _withdraw(self, upload: Upload, stored: Stored, version: Removed, persons: Record | None) -> Answer:
        if stored.record.status is Status.WITHDRAWN:
            return self._unchanged(upload, stored)
        kept = persons.revision if persons else None
        return self._save(_Made(revisions.withdrawn(self._after(stored), version.source, kept)))

    def _settle_beside(
        self, persons: Record, upload: Upload, stored: Stored, version: Readable | Unreadable, attempt: Attempt
    ) -> Answer:
        """Keep a person's words, and what was made of ``version`` beside them unless they are about that very text."""
        if isinstance(version, Readable) and persons.story == version.story:
            return self._restore(persons, upload, stored, version)
        waiting = self._waiting(stored.record)
        if waiting and waiting.fingerprint == version.fingerprint:
            return self._unchanged(upload, stored)
        made = self._made(version, self._after(stored), attempt)
        if waiting and waiting.fingerprint == made.record.fingerprint:
            return self._unchanged(upload, stored, made)
        stamp = self._stamp(upload.article_id, made.record.revision + 1)
        self.summaries.save(revisions.held_back(persons, stamp, made.record), pending=made.record)
        return made.answer(Outcome.PENDING)

    def _waiting(self, current: Record) -> Record | None:
        """What waits beside a person's words."""
        return self.summaries.revision(current.article_id, current.pending) if current.pending else None

    def _restore(self, persons: Record, upload: Upload, stored: Stored, version: Readable) -> Answer:
        if persons is stored.record and not persons.stale:
            return self._unchanged_text(upload, stored, version)
        self.summaries.save(revisions.restored(persons, self._after(stored), version.source, version.article))
        return Answer(upload.article_id, Outcome.RESTORED)

    def _unchanged_text(self, upload: Upload, stored: Stored, version: Version) -> Answer:
        """The same text, of which only an embargo, say, may be another."""
        if not isinstance(version, Readable) or revisions.tells_of(stored.record, version.article):
            return self._unchanged(upload, stored)
        self.summaries.save(revisions.told_of(stored.record, self._after(stored), version.source, version.article))
        return Answer(upload.article_id, Outcome.UPDATED)

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

    def _save(self, made: _Made, document: ArticleId | None = None) -> Answer:
        self.summaries.save(made.record, document=document)
        return made.answer(Outcome(made.record.status))

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
        document = Upload(wish.article_id, wish.bucket, wish.key, sequencer="")
        uploads: dict[str | None, Upload] = {None: document}
        uploads |= {part: _part_of(document, part) for part in self.summaries.parts(wish.article_id)}
        # Looked at before the bucket is: what is saved in between was made of something newer, perhaps.
        stored = {part: self.summaries.current(upload.article_id) for part, upload in uploads.items()}
        return [
            self._upgrade(uploads[part], stored[part], version, attempt)
            for part, version in self._versions_in_bucket(document).items()
            if part in uploads
        ]

    def _upgrade(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored is None or not stored.record.is_upgradable or not isinstance(version, Readable):
            # If anything else changed, an event tells of that.
            return Answer(upload.article_id, Outcome.OUTDATED)
        as_before = version.source.model_copy(update={"sequencer": stored.record.article.sequencer})
        made = self._made(replace(version, source=as_before), self._after(stored), attempt)
        if made.record.fingerprint == stored.record.fingerprint:
            return made.answer(Outcome.UNCHANGED)
        try:
            self.summaries.replace(stored, made.record)
        except RevisionConflict:
            return Answer(upload.article_id, Outcome.OUTDATED)
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
            article.part: Readable(
                source, article, style, fingerprint.of_article(article, style, writer), fingerprint.of_story(article)
            )
            for article in articles
        }

    def _after(self, stored: Stored) -> Stamp:
        return self._stamp(stored.record.article_id, stored.record.revision + 1)

    def _stamp(self, article_id: ArticleId, revision: int) -> Stamp:
        return Stamp(article_id, revision, self.clock.now(), self.by)


def _whole(versions: Mapping[str | None, Version]) -> Iterator[Version]:
    if None in versions:
        yield versions[None]


def _part_of(upload: Upload, part: str) -> Upload:
    return replace(upload, article_id=ArticleId(f"{upload.article_id}/{part}"), document=upload.article_id)


def _source(upload: Upload) -> ArticleSource:
    return ArticleSource(bucket=upload.bucket, key=upload.key, sequencer=upload.sequencer)
