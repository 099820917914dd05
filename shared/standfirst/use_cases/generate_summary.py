"""Generates a summary: the model writes a draft, the checks examine it, and the model revises one with errors once.

If that fails, the fallback (the extractive writer) writes. A text in which the checks find an error is never served.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from standfirst.domain import checked_draft, fingerprint
from standfirst.domain.article import Article
from standfirst.domain.checked_draft import CheckedDraft, RejectedGeneration
from standfirst.domain.deadline import Deadline
from standfirst.domain.draft import Draft, Evidence, Finding, within_limits
from standfirst.domain.errors import (
    BudgetSpent,
    DocumentTooDemanding,
    ModelError,
    ModelOutputInvalid,
    ModelRefused,
    NoServableText,
    TransientError,
)
from standfirst.domain.ports import (
    Assignment,
    Generation,
    GenerationCache,
    Rejected,
    Summarizer,
    Writer,
    WriterIdentity,
)
from standfirst.domain.record import UNASKED, Degraded
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import TEXTS, Texts
from standfirst.domain.usage import Usage

Check = Callable[[Article, Draft, HouseStyle], Sequence[Finding]]
"""Returns the findings of the checks in a draft."""

EvidenceSearch = Callable[[Article, Draft], tuple[Evidence, ...]]
"""Returns the paragraphs that support each sentence of a draft."""

LONGEST_WAIT = 15 * 60.0
"""Longest ``retry_after`` that an article waits for, in seconds; for a longer one the fallback writes at once."""

_NOTHING_SERVABLE = (
    "No sentence of the article can be served: each speaks to a machine, holds code or an address, is in another "
    "language, or is far too long."
)

_WRONG = "The checks found errors in the model's draft"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a summary: its deadline, and whether it is the last one.

    ``regeneration_id`` is that of a regeneration's request, which does not take a text that was cached before it.
    """

    deadline: Deadline
    is_last: bool
    regeneration_id: str | None = None

    def will_retry(self, error: TransientError) -> bool:
        """Returns whether another attempt follows ``error`` within ``LONGEST_WAIT``."""
        return not self.is_last and (error.retry_after or 0) <= LONGEST_WAIT


@dataclass(slots=True)
class _Bill:
    """The usage of all model calls for one text."""

    usage: Usage = field(default_factory=Usage)

    def record_usage(self, usage: Usage) -> None:
        self.usage += usage


@dataclass(frozen=True, slots=True)
class GenerateSummary:
    """Generates checked texts with ``summarizer``, or with ``fallback`` if there is none or it fails.

    ``cache`` stores what the model wrote; without it every call is paid for.
    """

    fallback: Writer
    check: Check
    find_evidence: EvidenceSearch
    summarizer: Summarizer | None = None
    cache: GenerationCache | None = None

    @property
    def identity(self) -> WriterIdentity:
        """Returns the identity of the preferred writer."""
        return self.summarizer.identity if self.summarizer else self.fallback.identity

    def __call__(self, article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        """Returns a summary of ``article`` that may be served.

        Raises ``TransientError`` when the model or a store that it needs is unavailable and ``attempt`` will be
        retried, ``NoServableText`` when nothing may be served, ``DocumentTooDemanding`` when the article cannot be
        checked, or written about by the fallback.
        """
        checked = self._write(article, style, attempt)
        # Only here: what came of the model's answers is kept all the same, and not paid for again.
        if not any(checked.draft.texts[kind.name] for kind in TEXTS if kind.is_required):
            raise NoServableText(" ".join(filter(None, (checked.trouble, _NOTHING_SERVABLE))))
        return checked

    def _write(self, article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        """Returns a summary, whose texts are empty if none may be served."""
        if self.summarizer is None:
            return self._extract(article, style)
        assignment, bill = Assignment(article, style, attempt.deadline), _Bill()
        try:
            return self._generate_once(self.summarizer, assignment, attempt.regeneration_id, bill)
        except TransientError as error:
            if attempt.will_retry(error):
                raise
            checked = self._fall_back(assignment, Degraded.MODEL_UNAVAILABLE, str(error))
        except ModelError as error:
            checked = self._fall_back(assignment, _degraded_by(error), str(error))
        return replace(checked, usage=bill.usage)

    def _generate_once(
        self, model: Summarizer, assignment: Assignment, regeneration_id: str | None, bill: _Bill
    ) -> CheckedDraft:
        generate = partial(self._generate, model, assignment, bill)
        if self.cache is None:
            return generate()
        key = fingerprint.of_article(assignment.article, assignment.style.label, model.identity)
        if regeneration_id:
            key = fingerprint.of_regeneration(regeneration_id, key)
        content = fingerprint.content_hash(assignment.article)
        cached = self.cache.once(key, lambda: checked_draft.to_json(generate()), assignment.deadline, content)
        return checked_draft.from_json(cached) or generate()

    def _generate(self, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        """Returns the model's draft, or the fallback if its answer is unusable; raises if there is no answer."""
        try:
            checked = self._checked(model.write(assignment, bill.record_usage), assignment, model.identity)
        except (ModelRefused, ModelOutputInvalid) as error:
            checked = self._fall_back(assignment, _degraded_by(error), str(error))
        except DocumentTooDemanding as error:
            # More likely the draft's fault than the article's: if not, the fallback raises it again.
            checked = self._fall_back(assignment, Degraded.UNGROUNDED, f"The model's draft cannot be checked. {error}")
        else:
            if checked.errors:
                checked = self._revise(checked, model, assignment, bill)
        return replace(checked, usage=bill.usage)

    def _revise(self, first: CheckedDraft, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        """Returns the model's revision of ``first``, or the fallback if it has errors too."""
        revision = replace(assignment, revises=Rejected(first.draft, first.findings))
        try:
            last = self._checked(model.write(revision, bill.record_usage), assignment, model.identity)
        except (DocumentTooDemanding, ModelError, TransientError) as error:
            # Not raised: with a retry the first draft would be paid for twice.
            return self._reject(first, assignment, f"{_WRONG}, and no revision came. {error}")
        return self._reject(last, assignment, f"{_WRONG} and in its revision.") if last.errors else last

    def _reject(self, wrong: CheckedDraft, assignment: Assignment, trouble: str) -> CheckedDraft:
        fallback = self._fall_back(assignment, Degraded.UNGROUNDED, trouble)
        return replace(fallback, rejected=RejectedGeneration(wrong.draft, wrong.findings, wrong.writer))

    def _checked(self, generation: Generation, assignment: Assignment, writer: WriterIdentity) -> CheckedDraft:
        article, style = assignment.article, assignment.style
        draft, run_away = within_limits(generation.draft)
        return CheckedDraft(
            draft=replace(draft, evidence=self.find_evidence(article, draft)),
            findings=(*run_away, *self.check(article, draft, style)),
            writer=writer,
            style=style.label,
            fingerprint_writer=writer,
            parts=generation.parts,
            coverage=generation.coverage,
        )

    def _fall_back(self, assignment: Assignment, why: Degraded, trouble: str) -> CheckedDraft:
        extracted = self._extract(assignment.article, assignment.style)
        # A model that answered is not asked again when the same article is uploaded again.
        writer = self.fallback.identity if why in UNASKED else self.identity
        return replace(extracted, fingerprint_writer=writer, degraded=why, trouble=trouble)

    def _extract(self, article: Article, style: HouseStyle) -> CheckedDraft:
        draft, run_away = within_limits(self.fallback.write(article, style))
        findings, writer = (*run_away, *self.check(article, draft, style)), self.fallback.identity
        return CheckedDraft(_servable(draft, findings), findings, writer, style.label, writer)


def _degraded_by(error: ModelError) -> Degraded:
    match error:
        case ModelRefused():
            return Degraded.REFUSED
        case ModelOutputInvalid():
            return Degraded.TRUNCATED
        case BudgetSpent():
            return Degraded.BUDGET
    return Degraded.MODEL_UNAVAILABLE


def _servable(draft: Draft, findings: Sequence[Finding]) -> Draft:
    """Returns ``draft`` without the fields that hold an error."""
    wrong = {finding.field for finding in findings if finding.severity == "error"}
    return Draft(
        Texts(**{name: text for name, text in draft.texts.items() if name not in wrong}),
        tuple(each for each in draft.evidence if each.field not in wrong),
    )
