"""What a version of an article does to its record: the rules that hold whoever asks for a summary.

Words that a person edited or approved are never replaced: what is made of a newer version waits beside them. What was
summarised already is not written about again, unless somebody wishes for that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from standfirst.domain import transitions
from standfirst.domain.article import Article, ArticleId, Upload
from standfirst.domain.ports import Clock, Stored, SummaryStore
from standfirst.domain.record import Degraded, Record, Status
from standfirst.domain.style import HouseStyle
from standfirst.domain.transitions import CheckedDraft, Stamp
from standfirst.use_cases.article_versions import Readable, Removed, Unreadable, Version
from standfirst.use_cases.generate_summary import Attempt

Write = Callable[[Article, HouseStyle, Attempt], CheckedDraft]
"""Writes a text that may be served, as ``GenerateSummary`` does."""

REMEMBERED = 20
"""So many revisions back a text is looked for that was wished for already."""


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
    DEAD_LETTERED = "put_aside"
    """The message is in the dead-letter queue, for a person."""
    PENDING = "pending"
    """A person's words stay; what was made of the new version waits beside them."""
    UNCHANGED = "unchanged"
    """The same article was summarised already, or nothing better came of a wish to have it written about anew."""
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
class Settled:
    """The record that is current now, and what is said of how it came to be."""

    record: Record
    answer: Answer


@dataclass(frozen=True, slots=True)
class _Made:
    """The record that a version led to, and why the extractive writer stood in."""

    record: Record
    degraded: Degraded | None = None
    trouble: str | None = None

    def answer(self, outcome: Outcome) -> Answer:
        return Answer(self.record.article_id, outcome, self.record.reason, self.degraded, self.trouble)


# ----------------------------------------------------------------------------------------------------------------------
# How it is kept
# ----------------------------------------------------------------------------------------------------------------------


class Turn(Protocol):
    """Somebody's turn at one article: what was stored of it before anybody looked further, and how a record is kept."""

    @property
    def article_id(self) -> ArticleId:
        """Which article it is."""
        ...

    @property
    def stored(self) -> Stored | None:
        """What there is."""
        ...

    def save(self, record: Record, pending: Record | None = None) -> None:
        """Make ``record`` the one that is served, and let ``pending`` wait beside it."""
        ...

    def leave(self, stored: Stored) -> None:
        """Leave ``stored`` as it is: it says what lies in the bucket."""
        ...


@dataclass(frozen=True, slots=True)
class TurnOfEvent:
    """An event is answered, and by what is kept no older one may be."""

    summaries: SummaryStore
    upload: Upload
    stored: Stored | None

    @property
    def article_id(self) -> ArticleId:
        """See ``Turn``."""
        return self.upload.article_id

    def save(self, record: Record, pending: Record | None = None) -> None:
        """See ``Turn``; raises ``NewerVersionStored`` or ``RevisionConflict``."""
        self.summaries.save(record, pending, document=self.upload.document)

    def leave(self, stored: Stored) -> None:
        """See ``Turn``; raises as ``save`` does."""
        self.summaries.answer(self.article_id, stored.record.revision, self.upload.sequencer)


@dataclass(frozen=True, slots=True)
class TurnWithoutEvent:
    """No event is answered: those that are on their way find a record that says what they have to say already."""

    summaries: SummaryStore
    article_id: ArticleId
    stored: Stored | None

    def save(self, record: Record, pending: Record | None = None) -> None:
        """See ``Turn``; raises ``RevisionConflict``, or for a first revision ``NewerVersionStored``."""
        if self.stored is None:
            self.summaries.save(record)
        else:
            self.summaries.replace(self.stored, record, pending)

    def leave(self, stored: Stored) -> None:
        """See ``Turn``."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Nothing is kept: what has to be written is written, so that it need not be waited for later."""

    article_id: ArticleId
    stored: Stored | None

    def save(self, record: Record, pending: Record | None = None) -> None:
        """See ``Turn``."""

    def leave(self, stored: Stored) -> None:
        """See ``Turn``."""


# ----------------------------------------------------------------------------------------------------------------------
# What is kept
# ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SettleVersion:
    """Brings the record of an article to where a version of it has to lead. ``by`` is recorded on every revision."""

    summaries: SummaryStore
    write: Write
    clock: Clock
    by: str

    def __call__(self, turn: Turn, version: Version, attempt: Attempt) -> Settled:
        """Have the record say what ``version`` says; raises what ``turn`` and ``write`` raise."""
        if (stored := turn.stored) is None:
            return self._save(turn, self._made(version, turn.article_id, None, attempt))
        decided = self._decided(stored.record)
        if isinstance(version, Removed):
            return self._withdraw(turn, stored, version, decided)
        if decided and isinstance(version, Readable) and decided.story == version.story:
            return self._restore(decided, turn, stored, version)
        if decided and decided.is_human_authored:
            return self._settle_beside(decided, turn, stored, version, attempt)
        if stored.record.fingerprint == version.fingerprint:
            return self._unchanged_text(turn, stored, version)
        made = self._made(version, turn.article_id, stored, attempt)
        # It may be as it was: the model could not be had, as it could not be had before.
        is_same = made.record.fingerprint == stored.record.fingerprint
        return self._unchanged(turn, stored, made) if is_same else self._save(turn, made)

    def anew(self, turn: Turn, stored: Stored, version: Readable, attempt: Attempt) -> Settled:
        """Write about ``version`` whatever there is already; what is served stays where nothing better comes of it.

        Not better is what only stands in for the model's text, what is served or waits already, and what the same
        person's wishes brought before: then one of them is delivered again.
        """
        made = self._made(version, turn.article_id, stored, attempt)
        if stored.record.has_text and (made.degraded or self._had_before(made.record, stored.record)):
            return self._unchanged(turn, stored, made)
        decided = self._decided(stored.record)
        persons = decided if decided and decided.is_human_authored else None
        return self._hold_back(persons, turn, made) if persons else self._save(turn, made)

    def _withdraw(self, turn: Turn, stored: Stored, version: Removed, decided: Record | None) -> Settled:
        if stored.record.status is Status.WITHDRAWN:
            return self._unchanged(turn, stored)
        kept = decided.revision if decided else None
        return self._save(turn, _Made(transitions.withdrawn(self._after(stored), version.source, kept)))

    def _settle_beside(
        self, persons: Record, turn: Turn, stored: Stored, version: Readable | Unreadable, attempt: Attempt
    ) -> Settled:
        """Keep a person's words, and what was made of ``version`` beside them."""
        waiting = self._waiting(stored.record)
        answered = waiting or self._turned_down(stored.record)
        if answered and answered.fingerprint == version.fingerprint:
            return self._unchanged(turn, stored)
        made = self._made(version, turn.article_id, stored, attempt)
        if waiting and waiting.fingerprint == made.record.fingerprint:
            return self._unchanged(turn, stored, made)
        return self._hold_back(persons, turn, made)

    def _hold_back(self, persons: Record, turn: Turn, made: _Made) -> Settled:
        stamp = self._stamp(persons.article_id, made.record.revision + 1)
        record = transitions.with_pending_revision(persons, stamp, made.record)
        turn.save(record, pending=made.record)
        return Settled(record, made.answer(Outcome.PENDING))

    def _restore(self, decided: Record, turn: Turn, stored: Stored, version: Readable) -> Settled:
        """Have a person's decision hold, because it is about the very text of ``version``."""
        if decided is stored.record and not decided.stale:
            return self._unchanged_text(turn, stored, version)
        record = transitions.restored(decided, self._after(stored), version.source, version.article)
        turn.save(record)
        return Settled(record, Answer(turn.article_id, Outcome.RESTORED))

    def _unchanged_text(self, turn: Turn, stored: Stored, version: Version) -> Settled:
        """The same text, of which only an embargo, say, may be another."""
        if not isinstance(version, Readable) or transitions.has_same_metadata(stored.record, version.article):
            return self._unchanged(turn, stored)
        record = transitions.with_article_metadata(stored.record, self._after(stored), version.source, version.article)
        turn.save(record)
        return Settled(record, Answer(turn.article_id, Outcome.UPDATED))

    def _save(self, turn: Turn, made: _Made) -> Settled:
        turn.save(made.record)
        return Settled(made.record, made.answer(Outcome(made.record.status)))

    def _unchanged(self, turn: Turn, stored: Stored, made: _Made | None = None) -> Settled:
        turn.leave(stored)
        nothing_made = Answer(turn.article_id, Outcome.UNCHANGED)
        return Settled(stored.record, made.answer(Outcome.UNCHANGED) if made else nothing_made)

    def _decided(self, current: Record) -> Record | None:
        """What a person edited, approved or rejected, also before the article was deleted."""
        if current.is_reviewed:
            return current
        return self.summaries.revision(current.article_id, current.kept) if current.kept else None

    def _waiting(self, current: Record) -> Record | None:
        """What waits beside a person's words."""
        return self.summaries.revision(current.article_id, current.pending) if current.pending else None

    def _turned_down(self, current: Record) -> Record | None:
        """What waited beside a person's words until a person rejected it."""
        review = current.review
        # Of words that are not stale, it was another text of the same version, or one that has come and gone since.
        if review is None or review.decision is not Status.REJECTED or not current.stale:
            return None
        return self.summaries.revision(current.article_id, review.of)

    def _had_before(self, made: Record, current: Record) -> bool:
        past = self.summaries.history(made.article_id, before=None, limit=REMEMBERED)
        now = {current.revision, current.pending}
        return any(
            _read(each) == _read(made) and (each.updated_by == made.updated_by or each.revision in now) for each in past
        )

    def _made(self, version: Version, article_id: ArticleId, stored: Stored | None, attempt: Attempt) -> _Made:
        """The record of ``version`` that follows ``stored``; it bears the moment when the writing was done."""
        revision = stored.record.revision + 1 if stored else 1
        match version:
            case Readable(source, article, style):
                checked = self.write(article, style, attempt)
                record = transitions.summarized(self._stamp(article_id, revision), source, article, checked)
                return _Made(record, checked.degraded, checked.trouble)
            case Unreadable(source, reason, mark):
                return _Made(transitions.failed(self._stamp(article_id, revision), source, reason, mark))
            case Removed(source):
                return _Made(transitions.withdrawn(self._stamp(article_id, revision), source))

    def _after(self, stored: Stored) -> Stamp:
        return self._stamp(stored.record.article_id, stored.record.revision + 1)

    def _stamp(self, article_id: ArticleId, revision: int) -> Stamp:
        return Stamp(article_id, revision, self.clock.now(), self.by)


def _read(record: Record) -> tuple[object, ...]:
    """What a reader has of ``record``, from whom and about what."""
    return transitions.texts_of(record), record.made_by, record.story
