"""Stores an editor's decision about a summary: its texts are edited, approved or rejected.

The decision becomes the next revision, if the editor has seen the current one. An editor's own texts are checked
against the article like all others, but an error becomes a warning: an editor may overrule the checks, and the record
says who did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from standfirst.domain import revisions
from standfirst.domain.ai_disclosure import COMPOSITE_WITH_TRAINED, HUMAN_EDITS
from standfirst.domain.article import ArticleId
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import (
    ArticleRemoved,
    ArticleWithdrawn,
    DocumentTooDemanding,
    InvalidField,
    NothingToReview,
    ReadingError,
    RevisionConflict,
    SummaryNotFound,
    UnexpectedRevision,
)
from standfirst.domain.ports import Clock, Stored, SummaryStore, Transition
from standfirst.domain.record import Record, Review, Status
from standfirst.domain.review import ReviewEvidence, SummaryPatch
from standfirst.domain.review_outcome import reviewed_findings, sentences_changed
from standfirst.domain.review_record import ReviewRecord, review_record
from standfirst.domain.revisions import Stamp
from standfirst.domain.texts import Texts
from standfirst.domain.word_distance import words_changed
from standfirst.use_cases.article_versions import StyleChoice
from standfirst.use_cases.generate_summary import Check, EvidenceSearch
from standfirst.use_cases.get_summaries import refuse_impossible
from standfirst.use_cases.read_version import ReadVersion

TRIES = 5
"""Attempts to store a decision, while events that change no text come between."""

EDITS = 50
"""Revisions that are looked through for the generated text; of one that was edited more often, the words that the last
editor changed are counted."""

Expectation = Callable[[Record], bool]
"""Returns whether a record is the one that the editor has seen."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in an editor's texts, and the evidence for them."""

    findings: Sequence[Finding]
    evidence: tuple[Evidence, ...] = ()


WordsCheck = Callable[[Record, Texts], Checked]
"""Checks texts against the version of the article that a record is about."""


@dataclass(frozen=True, slots=True)
class CheckWords:
    """Checks an editor's texts against the version of the article that they are about."""

    read_version: ReadVersion
    choose_style: StyleChoice
    check: Check
    find_evidence: EvidenceSearch

    def __call__(self, about: Record, texts: Texts) -> Checked:
        """Returns the findings and the evidence; a warning if the article can no longer be read.

        Raises ``StoreUnavailable``, or ``InvalidField`` for texts that are too demanding to check.
        """
        draft = Draft(texts)
        try:
            article, wanted = self.read_version(about)
            style = self.choose_style(about.article_id, wanted)
        except (ArticleRemoved, ReadingError) as error:
            return Checked([_unchecked(str(error))])
        try:
            return Checked(self.check(article, draft, style), self.find_evidence(article, draft))
        except DocumentTooDemanding as error:
            raise InvalidField("body", "The texts cannot be checked against the article: shorten them.") from error


@dataclass(slots=True)
class _CheckOnce:
    """A check of one request: a text that is stored at a second attempt is not read and checked again."""

    check: WordsCheck
    _asked: tuple[ArticleId, str | None, str | None, Texts] | None = None
    _checked: Checked | None = None

    def __call__(self, about: Record, texts: Texts) -> Checked:
        """Returns the findings and the evidence; raises ``RevisionConflict`` if it is asked about something else."""
        asked = (about.article_id, about.article.etag, about.article.version_id, texts)
        if self._checked is None:
            self._asked, self._checked = asked, self.check(about, texts)
        if self._asked != asked:
            raise RevisionConflict(f"{about.article_id} was changed while the words were checked.")
        return self._checked


def _unchecked(why: str) -> Finding:
    return Finding("unchecked", "standfirst", "", f"Nothing was checked against the article. {why}", "warning")


def _unnoticed(review: ReviewRecord) -> None:
    """Does nothing with a decision."""


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """Stores what an editor decides about a summary.

    ``on_review`` is called with the record of each decision that is stored.
    """

    summaries: SummaryStore
    check: WordsCheck
    clock: Clock
    on_review: Callable[[ReviewRecord], None] = _unnoticed

    def __call__(self, article_id: ArticleId, patch: SummaryPatch, is_expected: Expectation, by: str) -> Record:
        """Stores the decision and returns the new revision.

        Raises ``SummaryNotFound``, ``ArticleWithdrawn``, ``UnexpectedRevision`` when ``is_expected`` is false of the
        current record, ``NothingToReview``, ``InvalidField``, or ``TransientError``; nothing is stored then.
        """
        refuse_impossible(article_id)
        check = _CheckOnce(self.check)
        for _ in range(TRIES):
            stored = self._current(article_id)
            number = stored.record.pending
            pending = self.summaries.revision(article_id, number) if number else None
            seen = (stored.record, pending) if pending and patch.revision == pending.revision else (stored.record,)
            if not any(is_expected(record) for record in seen):
                raise UnexpectedRevision(
                    f"If-Match names something else: {article_id} is at revision {stored.record.revision} now."
                )
            decided = self._decide(stored.record, pending, patch, by, check)
            try:
                self.summaries.apply(decided, stored, None)
            except RevisionConflict:
                continue
            if decided.review:
                self.on_review(decided.review)
            return decided.record
        raise RevisionConflict(f"{article_id} is being changed all the time.")

    def _current(self, article_id: ArticleId) -> Stored:
        stored = self.summaries.current(article_id)
        if stored is None:
            raise SummaryNotFound(f"There is no summary of {article_id}.")
        if stored.record.status is Status.WITHDRAWN:
            raise ArticleWithdrawn(f"The article {article_id} was withdrawn.")
        return stored

    def _decide(
        self, current: Record, pending: Record | None, patch: SummaryPatch, by: str, check: WordsCheck
    ) -> Transition:
        target = _target(patch.revision or current.revision, current, pending)
        may_write = target.status is Status.SKIPPED and patch.has_words
        if not target.has_text and not may_write:
            raise NothingToReview(
                f"Revision {target.revision} of {current.article_id} has no text: it is {target.status}."
            )
        stamp = Stamp(current.article_id, current.revision + 1, self.clock.now(), by)
        served = current if patch.decision is Status.REJECTED else target
        review = Review(
            decision=patch.decision,
            by=by,
            at=stamp.moment,
            of=target.revision,
            note=patch.note,
            overruled=served.review.overruled if served.review else (),
        )
        if patch.decision is Status.REJECTED:
            reject = revisions.without_pending if target is pending else revisions.rejected
            return self._with_proof(reject(current, stamp, review), target, target, patch)
        texts = patch.over(target.texts)
        if not any(texts.values()):
            raise NothingToReview(f"Revision {target.revision} of {current.article_id} has no words: write some.")
        about = pending if pending and pending.has_article else target
        record = revisions.reviewed(target, stamp, review, about)
        if pending and not pending.has_article:
            # The pending version could not be read: that still needs an editor.
            record = record.model_copy(update={"stale": current.stale, "pending": current.pending})
        if patch.has_words:
            record = _checked(revisions.with_edited_texts(record, texts), check(record, texts))
        elif about is not target:
            record = _checked(record, check(record, texts))
        return self._with_proof(record, target, record, patch)

    def _with_proof(self, decided: Record, target: Record, about: Record, patch: SummaryPatch) -> Transition:
        """Returns the revision ``decided`` with what the decision rests on, and its record, stored together.

        The decision is about the text of ``target``, and ``about`` is what that text became.
        """
        shown, generated = patch.review or ReviewEvidence(), self._generated(target)
        overruled = shown.overruled_in(about)
        proof = {
            # Without evidence nobody has counted them: the article could not be read, or an older release stored it.
            "sentences": len(about.evidence) or None,
            "sentences_seen": shown.seen_in(about),
            "findings_overruled": overruled,
            "words_changed": words_changed(generated.texts if generated else Texts(), about.texts),
            "seconds": shown.seconds,
        }
        if decided.review is None:
            raise TypeError("A decision has a review.")
        review = decided.review.model_copy(update=proof)
        record = decided.model_copy(update={"review": review})
        changed, findings = sentences_changed(generated, about.texts), reviewed_findings(target, about, overruled)
        return Transition(record, review=review_record(record, review, target, changed, findings))

    def _generated(self, target: Record) -> Record | None:
        """Returns ``target`` as it was generated, before editors changed its texts; ``None`` if it was not."""
        if target.made_by is None:
            return None
        if target.digital_source_type not in {COMPOSITE_WITH_TRAINED, HUMAN_EDITS}:
            return target
        before = self.summaries.history(target.article_id, target.revision, EDITS)
        generated = [
            each
            for each in before
            if each.generated_at == target.generated_at
            and each.digital_source_type != target.digital_source_type
            and each.expired_at is None
        ]
        return generated[-1] if generated else target


def _checked(record: Record, checked: Checked) -> Record:
    """Returns ``record`` with the findings and the evidence of the checks.

    The second reader has not read these texts against this article: what it said of others is in their revision.
    """
    overruled = tuple(finding for finding in checked.findings if finding.severity == "error")
    update = {
        "findings": tuple(replace(finding, severity="warning") for finding in checked.findings),
        "evidence": checked.evidence,
        "second_reading": None,
        "review": record.review and record.review.model_copy(update={"overruled": overruled}),
    }
    return record.model_copy(update=update)


def _target(revision: int, current: Record, pending: Record | None) -> Record:
    if revision == current.revision:
        return current
    if pending and revision == pending.revision:
        return pending
    allowed = f"{current.revision}, which is the newest" + (f", or {pending.revision}, which waits" if pending else "")
    raise InvalidField("revision", f"Only a text that counts can be reviewed: {allowed}.")
