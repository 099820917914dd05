"""The story of a text: a model writes it, every sentence is checked, it is put right once or replaced.

What replaces it is the extractive writer's. No sentence that the checks found an error in is ever served.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from standfirst.domain import checked_draft, fingerprint
from standfirst.domain.article import Article
from standfirst.domain.checked_draft import CheckedDraft, RejectedGeneration
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import (
    BudgetSpent,
    ModelError,
    ModelOutputInvalid,
    ModelRefused,
    TransientError,
)
from standfirst.domain.ports import (
    Assignment,
    Generation,
    GenerationCache,
    Rejected,
    Summarizer,
    TimeLeft,
    Writer,
    WriterIdentity,
)
from standfirst.domain.record import UNASKED, Degraded, Usage
from standfirst.domain.style import HouseStyle

Check = Callable[[Article, Draft, HouseStyle], Sequence[Finding]]
"""What is wrong with a draft."""

EvidenceSearch = Callable[[Article, Draft], tuple[Evidence, ...]]
"""Which paragraphs support each sentence of a draft whose writer does not know."""

LONGEST_WAIT = 15 * 60.0
"""Seconds that an article may wait for a model which says when it can be had; otherwise it is served without."""

_WRONG = "The checks found errors in the model's draft"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at an article: the time there is, and whether there will be another if the model cannot be had now.

    ``wish`` is the name of the wish to have the article written about anew: what was paid for before that one does not
    answer it.
    """

    time_left: TimeLeft
    is_last: bool
    wish: str | None = None

    def comes_again_after(self, error: TransientError) -> bool:
        """Whether there will be another try after ``error``, and soon enough."""
        return not self.is_last and (error.retry_after or 0) <= LONGEST_WAIT


@dataclass
class _Bill:
    """What the calls made for one text came to."""

    usage: Usage = field(default_factory=Usage)

    def record_usage(self, usage: Usage) -> None:
        self.usage += usage


@dataclass(frozen=True, slots=True)
class GenerateSummary:
    """Writes checked texts: with ``summarizer``, if there is one, and ``stand_in`` otherwise.

    ``log`` keeps what was paid for; without one every call pays.
    """

    fallback: Writer
    check: Check
    find_evidence: EvidenceSearch
    summarizer: Summarizer | None = None
    log: GenerationCache | None = None

    @property
    def identity(self) -> WriterIdentity:
        """Who is to write."""
        return self.summarizer.identity if self.summarizer else self.fallback.identity

    def __call__(self, article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        """A text of ``article`` that may be served.

        Raises ``TransientError`` when the model, or what it is asked by way of, cannot be had now, unless the attempt
        is the last one or the wait would be over ``LONGEST_WAIT``.
        """
        if self.summarizer is None:
            return self._extracted(article, style)
        bill = _Bill()
        try:
            assignment = Assignment(article, style, attempt.time_left)
            return self._generated_once(self.summarizer, assignment, attempt.wish, bill)
        except TransientError as error:
            if attempt.comes_again_after(error):
                raise
            checked = self._fallback(article, style, Degraded.MODEL_UNAVAILABLE, str(error))
        except ModelError as error:
            checked = self._fallback(article, style, _why(error), str(error))
        return replace(checked, usage=bill.usage)

    def _generated_once(self, model: Summarizer, assignment: Assignment, wish: str | None, bill: _Bill) -> CheckedDraft:
        if self.log is None:
            return self._paid_for(model, assignment, bill)
        mark = fingerprint.of_article(assignment.article, assignment.style, model.identity)
        if wish:
            mark = fingerprint.of_regeneration(wish, mark)
        kept = self.log.once(
            mark, lambda: checked_draft.to_json(self._paid_for(model, assignment, bill)), assignment.time_left
        )
        return checked_draft.from_json(kept) or self._paid_for(model, assignment, bill)

    def _paid_for(self, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        """What the model's answers come to, whatever they are; raises only where there was none."""
        try:
            checked = self._generated(model, assignment, bill)
        except (ModelRefused, ModelOutputInvalid) as error:
            checked = self._fallback(assignment.article, assignment.style, _why(error), str(error))
        return replace(checked, usage=bill.usage)

    def _generated(self, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        first = self._checked(model.write(assignment, bill.record_usage), assignment, model.identity)
        if not first.errors:
            return first
        try:
            revises = Rejected(first.draft, first.findings)
            last = self._checked(
                model.write(replace(assignment, revises=revises), bill.record_usage), assignment, model.identity
            )
        except (ModelError, TransientError) as error:
            # The first draft is paid for: asking for it again another time would pay for it twice.
            return self._rejected(first, assignment, f"{_WRONG}, and no revision came. {error}")
        return self._rejected(last, assignment, f"{_WRONG} and in its revision.") if last.errors else last

    def _rejected(self, wrong: CheckedDraft, assignment: Assignment, trouble: str) -> CheckedDraft:
        fallback = self._fallback(assignment.article, assignment.style, Degraded.UNGROUNDED, trouble)
        return replace(fallback, rejected=RejectedGeneration(wrong.draft, wrong.findings, wrong.writer))

    def _checked(self, generation: Generation, assignment: Assignment, writer: WriterIdentity) -> CheckedDraft:
        article, style, draft = assignment.article, assignment.style, generation.draft
        return CheckedDraft(
            draft=replace(draft, evidence=self.find_evidence(article, draft)),
            findings=self.check(article, draft, style),
            writer=writer,
            style=style,
            answers=writer,
            parts=generation.parts,
            coverage=generation.coverage,
        )

    def _fallback(self, article: Article, style: HouseStyle, why: Degraded, trouble: str) -> CheckedDraft:
        extracted = self._extracted(article, style)
        # No answer of the model's is thrown away by asking it again, when the same article is uploaded again.
        answers = self.fallback.identity if why in UNASKED else self.identity
        return replace(extracted, answers=answers, degraded=why, trouble=trouble)

    def _extracted(self, article: Article, style: HouseStyle) -> CheckedDraft:
        draft, writer = self.fallback.write(article, style), self.fallback.identity
        findings = self.check(article, draft, style)
        return CheckedDraft(_servable(draft, findings), findings, writer, style, answers=writer)


def _why(error: ModelError) -> Degraded:
    match error:
        case ModelRefused():
            return Degraded.REFUSED
        case ModelOutputInvalid():
            return Degraded.TRUNCATED
        case BudgetSpent():
            return Degraded.BUDGET
    return Degraded.MODEL_UNAVAILABLE


def _servable(draft: Draft, findings: Sequence[Finding]) -> Draft:
    """``draft`` without the fields that hold an error: rather nothing than something untrue."""
    wrong = {finding.field for finding in findings if finding.severity == "error"}
    return replace(
        draft,
        standfirst="" if "standfirst" in wrong else draft.standfirst,
        summary="" if "summary" in wrong else draft.summary,
        key_points=() if "key_points" in wrong else draft.key_points,
        evidence=tuple(each for each in draft.evidence if each.field not in wrong),
    )
