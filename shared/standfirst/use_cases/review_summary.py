"""The story of an editor: words are edited, approved or rejected, checked against the article, and never lost.

What a person decides becomes the next revision, on condition that it was made about what the person has seen. A
person's own words are checked like all others, but what is found in them is only told: a person may overrule the
checks, and it is recorded who did.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from standfirst.domain import revisions
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import (
    ArticleRemoved,
    ArticleWithdrawn,
    InvalidField,
    NothingToReview,
    ReadingError,
    RevisionConflict,
    SummaryNotFound,
    UnexpectedRevision,
)
from standfirst.domain.ports import ArticleStore, Clock, Stored, SummaryStore, Transition
from standfirst.domain.record import Record, Review, Status
from standfirst.domain.review import SummaryPatch
from standfirst.domain.revisions import Stamp
from standfirst.domain.texts import Texts
from standfirst.use_cases.article_versions import Reader, StyleChoice
from standfirst.use_cases.generate_summary import Check, EvidenceSearch
from standfirst.use_cases.get_summaries import refuse_impossible

TRIES = 5
"""So often a decision is made again about the same revision, when an event that changed no word came between."""

Expectation = Callable[[Record], bool]
"""Whether a record is what the person has seen."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a person's words, and what supports them."""

    findings: Sequence[Finding]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckWords:
    """Checks a person's words against the very version of the article that they are about.

    ``prefix`` is what the keys of articles begin with.
    """

    articles: ArticleStore
    read: Reader
    choose_style: StyleChoice
    check: Check
    find_evidence: EvidenceSearch
    prefix: str

    def __call__(self, about: Record, texts: Texts) -> Checked:
        """What the checks say; a warning where the article can no longer be read. Raises ``StoreUnavailable``."""
        draft = Draft(texts)
        try:
            found = self.articles.fetch_version(about.article)
            article = _part(self.read(found.document), self._part_of(about))
            style = self.choose_style(about.article_id, found.document.style)
        except (ArticleRemoved, ReadingError) as error:
            return Checked([_unchecked(str(error))])
        if article is None:
            return Checked([_unchecked("The document no longer holds it.")])
        return Checked(self.check(article, draft, style), self.find_evidence(article, draft))

    def _part_of(self, about: Record) -> str | None:
        document = about.article.key.removeprefix(self.prefix)
        return None if about.article_id == document else about.article_id.removeprefix(f"{document}/")


def _part(articles: Sequence[Article], part: str | None) -> Article | None:
    return next((article for article in articles if article.part == part), None)


def _unchecked(why: str) -> Finding:
    return Finding("unchecked", "standfirst", "", f"Nothing was checked against the article. {why}", "warning")


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """Does what an editor decides about a summary."""

    summaries: SummaryStore
    check: Callable[[Record, Texts], Checked]
    clock: Clock

    def __call__(self, article_id: ArticleId, patch: SummaryPatch, is_expected: Expectation, by: str) -> Record:
        """The revision that it led to.

        Raises ``SummaryNotFound``, ``ArticleWithdrawn``, ``UnexpectedRevision`` when ``is_expected`` says so of what is
        current, ``NothingToReview``, ``InvalidField``, or ``TransientError``. Nothing is stored then.
        """
        refuse_impossible(article_id)
        for _ in range(TRIES):
            stored = self._current(article_id)
            waiting = self._waiting(stored.record)
            seen = (stored.record, waiting) if waiting and patch.revision == waiting.revision else (stored.record,)
            if not any(is_expected(record) for record in seen):
                raise UnexpectedRevision(
                    f"If-Match names something else: {article_id} is at revision {stored.record.revision} now."
                )
            decided = self._decided(stored.record, waiting, patch, by)
            try:
                self.summaries.apply(Transition(decided), stored, None)
            except RevisionConflict:
                continue
            return decided
        raise RevisionConflict(f"{article_id} is being changed all the time.")

    def _waiting(self, current: Record) -> Record | None:
        return self.summaries.revision(current.article_id, current.pending) if current.pending else None

    def _current(self, article_id: ArticleId) -> Stored:
        stored = self.summaries.current(article_id)
        if stored is None:
            raise SummaryNotFound(f"There is no summary of {article_id}.")
        if stored.record.status is Status.WITHDRAWN:
            raise ArticleWithdrawn(f"The article {article_id} was withdrawn.")
        return stored

    def _decided(self, current: Record, waiting: Record | None, patch: SummaryPatch, by: str) -> Record:
        meant = _meant(patch.revision or current.revision, current, waiting)
        if not meant.has_text:
            raise NothingToReview(
                f"Revision {meant.revision} of {current.article_id} has no text: it is {meant.status}."
            )
        stamp = Stamp(current.article_id, current.revision + 1, self.clock.now(), by)
        served = current if patch.decision is Status.REJECTED else meant
        review = Review(
            decision=patch.decision,
            by=by,
            at=stamp.moment,
            of=meant.revision,
            note=patch.note,
            overruled=served.review.overruled if served.review else (),
        )
        if patch.decision is Status.REJECTED:
            turn_down = revisions.without_pending if meant is waiting else revisions.rejected
            return turn_down(current, stamp, review)
        texts = patch.over(meant.texts)
        if not any(texts.values()):
            raise NothingToReview(f"Revision {meant.revision} of {current.article_id} has no words: write some.")
        about = waiting if waiting and waiting.has_text else meant
        record = revisions.reviewed(meant, stamp, review, about)
        if waiting and not waiting.has_text:
            # What waits cannot be read: it is still to be seen to.
            record = record.model_copy(update={"stale": current.stale, "pending": current.pending})
        if patch.has_words:
            return self._checked(revisions.with_edited_texts(record, texts), texts)
        return record if about is meant else self._checked(record, texts)

    def _checked(self, record: Record, texts: Texts) -> Record:
        """``record``, whose words are ``texts``, with what the checks say of them."""
        checked = self.check(record, texts)
        overruled = tuple(finding for finding in checked.findings if finding.severity == "error")
        update = {
            "findings": tuple(replace(finding, severity="warning") for finding in checked.findings),
            "evidence": checked.evidence,
            "review": record.review and record.review.model_copy(update={"overruled": overruled}),
        }
        return record.model_copy(update=update)


def _meant(revision: int, current: Record, waiting: Record | None) -> Record:
    if revision == current.revision:
        return current
    if waiting and revision == waiting.revision:
        return waiting
    allowed = f"{current.revision}, which is the newest" + (f", or {waiting.revision}, which waits" if waiting else "")
    raise InvalidField("revision", f"Only a text that counts can be reviewed: {allowed}.")
