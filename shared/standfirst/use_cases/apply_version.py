"""Applies a version of an article to its record: decides, generates a text if one is needed, and stores."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from standfirst.domain import revisions
from standfirst.domain.article import Article, ArticleId, Upload
from standfirst.domain.article_ids import is_of_another_object
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.errors import NewerVersionStored, ReadingError, TransientError
from standfirst.domain.ports import Clock, Stored, SummaryStore, Transition
from standfirst.domain.record import Degraded, Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.domain.second_reading import ReadingOutcome
from standfirst.domain.style import HouseStyle
from standfirst.domain.transitions import (
    NEEDS_RECORD,
    Action,
    ArticleState,
    decide,
    decide_regeneration,
    is_erased,
    transition,
)
from standfirst.domain.versions import Readable, Removed, Unreadable, Version
from standfirst.use_cases.generate_summary import Attempt

Generate = Callable[[Article, HouseStyle, Attempt], CheckedDraft]
"""Returns a text that may be served, as ``GenerateSummary`` does."""

RECENT = 20
"""Revisions that a regeneration compares its text with, in case the same request brought it before."""


class Outcome(StrEnum):
    """What happened to an article: the status of the new record, or why there is none."""

    GENERATED = Status.GENERATED
    NEEDS_REVIEW = Status.NEEDS_REVIEW
    SKIPPED = Status.SKIPPED
    FAILED = Status.FAILED
    WITHDRAWN = Status.WITHDRAWN
    UPDATED = "updated"
    """The content is the same; its embargo, date or provider's version has changed, or it has to be reviewed now."""
    RESTORED = "restored"
    """The article has the content again that a person reviewed; the reviewed text is current again."""
    DEAD_LETTERED = "dead_lettered"
    """The message belongs in the dead-letter queue, where a person finds it."""
    PENDING = "pending"
    """The human-authored text stays current; the text of the new version is pending."""
    UNCHANGED = "unchanged"
    """The same content was summarised already, or a regeneration brought no better text."""
    OUTDATED = "outdated"
    """The stored record accounts for this event, or a later one."""


_OUTCOMES = {
    Action.ADD_PENDING: Outcome.PENDING,
    Action.RESTORE: Outcome.RESTORED,
    Action.UPDATE_METADATA: Outcome.UPDATED,
    Action.WITHDRAW: Outcome.WITHDRAWN,
    Action.KEEP: Outcome.UNCHANGED,
    Action.REFUSE: Outcome.DEAD_LETTERED,
}

RENAME = "Rename one of the two objects; or delete the other one, then redrive."
"""What to do about two objects whose articles have the same id."""


@dataclass(frozen=True, slots=True)
class Result:
    """What happened to one article.

    ``reason`` is that of a ``failed`` record, or of a dead letter, whose ``remedy`` says what to do; ``degraded`` says
    why the fallback wrote instead of the model, and ``trouble`` says it in a sentence. ``second_reading`` says whether
    a new text was read. ``record`` is the current one now, if it is known. ``made`` is the record that was made of the
    article, also one that is not current: a pending one, or a regeneration that is no better. ``uploaded_at`` is the
    time of the upload that led to it.
    """

    article_id: ArticleId
    outcome: Outcome
    reason: str | None = None
    degraded: Degraded | None = None
    trouble: str | None = None
    remedy: str | None = None
    second_reading: ReadingOutcome | None = None
    record: Record | None = field(default=None, compare=False, repr=False)
    made: Record | None = field(default=None, compare=False, repr=False)
    uploaded_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """The revisions to store, and the result once they are stored."""

    transition: Transition | None
    result: Result


@dataclass(frozen=True, slots=True)
class ApplyVersion:
    """Applies versions of articles to their records. ``by`` is recorded on every revision.

    Without ``announces`` the bus is told of none of them, but of an embargo.
    """

    summaries: SummaryStore
    generate: Generate
    clock: Clock
    by: str
    announces: bool = True

    def __call__(self, version: Version, expected: Stored | None, event: Upload | None, attempt: Attempt) -> Result:
        """Stores what ``version`` leads to, if ``expected`` is still stored; returns the result.

        If nothing may be served of ``version``, it counts as unreadable. ``event`` is marked as processed in the same
        write. Raises ``NewerVersionStored``, ``RevisionConflict``,
        ``StoreUnavailable``, and what ``generate`` raises.
        """
        try:
            plan = self.plan(version, expected, attempt)
        except ReadingError as error:
            if not isinstance(version, Readable):
                raise
            plan = self.plan(version.without_text(error), expected, attempt)
        except TransientError:
            if isinstance(version, Readable) and expected:
                self._hold_back(version, expected)
            raise
        planned = plan.transition and replace(plan.transition, is_announced=self.announces)
        self.summaries.apply(planned, expected, event)
        return plan.result

    def plan(self, version: Version, expected: Stored | None, attempt: Attempt) -> Plan:
        """Returns what ``version`` leads to; generates a text if it needs one, and stores nothing.

        Raises ``ReadingError`` if no text that may be served can be made of the article.
        """
        if expected and is_erased(expected.record, version):
            version = Removed(version.article_id, version.source)
        state = self._state(expected, version) if expected else None
        action = decide(state, version)
        if action not in NEEDS_RECORD:
            return self._planned(action, state, version)
        candidate, checked = self._record_of(version, state, attempt)
        action = decide(state, version, candidate)
        if attempt.only_model and state and _is_worse(candidate, state.current):
            action = Action.KEEP
        return self._planned(action, state, version, candidate, checked)

    def _hold_back(self, version: Readable, expected: Stored) -> None:
        """Stores the embargo of ``version``, whose text has to wait for the model: the older text may not be out."""
        current = expected.record
        held = revisions.under_embargo(current, self._stamp(version.article_id, ArticleState(current)), version.article)
        now = self.clock.now()
        is_news = current.is_served and held.is_embargoed(now) and not current.is_embargoed(now)
        if is_news and not is_of_another_object(current, version.source):
            # If this fails, the next delivery does it.
            with suppress(TransientError, NewerVersionStored):
                self.summaries.apply(Transition(held), expected, None)

    def regenerate(self, version: Readable, expected: Stored, attempt: Attempt) -> Result:
        """Generates another text of ``version``, and keeps the current record if the text is no better.

        Raises as ``__call__`` does.
        """
        if is_erased(expected.record, version):
            return self(version, expected, None, attempt)
        state = self._state(expected, version)
        try:
            candidate, checked = self._record_of(version, state, attempt)
        except ReadingError as error:
            return Result(version.article_id, Outcome.UNCHANGED, str(error), record=state.current)
        recent = self.summaries.history(version.article_id, before=None, limit=RECENT)
        action = decide_regeneration(state, candidate, recent)
        plan = self._planned(action, state, version, candidate, checked)
        self.summaries.apply(plan.transition, expected, None)
        return plan.result

    def _state(self, expected: Stored, version: Version) -> ArticleState:
        """Reads the revisions that the current one refers to; those of another object are not about the article."""
        current = expected.record
        if is_of_another_object(current, version.source):
            return ArticleState(current)
        rejected, review = None, current.review
        # If the current text is not stale, the rejected one was about the same content, or about content that is gone.
        if review and review.decision is Status.REJECTED and current.stale:
            rejected = self._revision(current, review.of)
        reviewed = current if current.is_reviewed else self._revision(current, current.last_reviewed)
        return ArticleState(current, reviewed, self._revision(current, current.pending), rejected)

    def _revision(self, current: Record, number: int | None) -> Record | None:
        return self.summaries.revision(current.article_id, number) if number else None

    def _record_of(
        self, version: Version, state: ArticleState | None, attempt: Attempt
    ) -> tuple[Record, CheckedDraft | None]:
        """Returns the record of ``version``, stamped when its text is done, and the draft if there is one."""
        match version:
            case Readable(article_id, source, article, style) if _is_skipped(version, state, attempt):
                stamp = self._stamp(article_id, state)
                return revisions.skipped(stamp, source, article, style, version.fingerprint), None
            case Readable(article_id, source, article, style):
                regeneration_id = attempt.regeneration_id or _regeneration_to_read(state, version)
                checked = self.generate(article, style, replace(attempt, regeneration_id=regeneration_id))
                stamp = self._stamp(article_id, state)
                record = revisions.summarized(stamp, source, article, checked, style)
                if record.is_unread:
                    record = record.model_copy(update={"regeneration_id": regeneration_id})
                return record, checked
            case Unreadable(article_id, source, reason, fingerprint):
                return revisions.failed(self._stamp(article_id, state), source, reason, fingerprint), None
            case Removed(article_id, source, reason):
                return revisions.withdrawn(self._stamp(article_id, state), source, reason), None

    def _planned(
        self,
        action: Action,
        state: ArticleState | None,
        version: Version,
        candidate: Record | None = None,
        checked: CheckedDraft | None = None,
    ) -> Plan:
        planned = transition(action, state, version, self._stamp(version.article_id, state), candidate)
        if planned and state and state.current.erased_content:
            pending = planned.pending and revisions.still_erased(planned.pending, state.current)
            planned = Transition(revisions.still_erased(planned.record, state.current), pending)
        current = planned.record if planned else state.current if state else None
        if action is Action.REFUSE and current:
            return Plan(None, _refused(version.article_id, current, version))
        is_new = candidate and (action is Action.REPLACE or candidate.status is Status.FAILED)
        result = Result(
            version.article_id,
            Outcome(candidate.status) if candidate and is_new else _OUTCOMES[action],
            candidate.reason if candidate else None,
            checked.degraded if checked else None,
            checked.trouble if checked else None,
            second_reading=checked.second_reading.outcome if checked and checked.second_reading else None,
            record=current,
            made=candidate,
        )
        return Plan(planned, result)

    def _stamp(self, article_id: ArticleId, state: ArticleState | None) -> Stamp:
        return Stamp(article_id, state.current.revision + 1 if state else 1, self.clock.now(), self.by)


def _is_worse(candidate: Record, current: Record) -> bool:
    """Returns whether ``candidate`` has the fallback's text about what ``current`` has a model's, or a person's."""
    is_same = current.has_text and candidate.content_hash == current.content_hash
    return is_same and _is_degraded(candidate) and not _is_degraded(current)


def _is_degraded(record: Record) -> bool:
    return record.made_by is not None and record.made_by.degraded is not None


def _regeneration_to_read(state: ArticleState | None, version: Readable) -> str | None:
    """Returns the regeneration that brought a text of ``version`` which is still to be read; ``None`` without one.

    It is that text which is read then, not the one that an editor did not want.
    """
    for record in (state.pending, state.current) if state else ():
        if record and record.is_unread and record.content_hash == version.content_hash:
            return record.regeneration_id
    return None


def _is_skipped(version: Readable, state: ArticleState | None, attempt: Attempt) -> bool:
    """Returns whether nothing is written about ``version``: its kind is skipped, and no person asked for a text.

    A text of the same style, content and kind is one that a person asked for; another writer may replace it.
    """
    if not version.is_skipped or attempt.regeneration_id:
        return False
    records = (state.pending, state.current) if state else ()
    return not any(_is_text_of(version, record) for record in records if record)


def _is_text_of(version: Readable, record: Record) -> bool:
    """Returns whether ``record`` has a generated text about the content of ``version``, in its style and kind."""
    is_same = (record.content_hash, record.article.kind) == (version.content_hash, version.article.kind)
    return is_same and record.made_by is not None and record.made_by.style == version.style.label


def _refused(article_id: ArticleId, current: Record, version: Version) -> Result:
    reason = f"The id {article_id} belongs to an article of the object {current.article.key}, not {version.source.key}."
    return Result(article_id, Outcome.DEAD_LETTERED, reason, remedy=RENAME)
