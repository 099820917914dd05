"""Generates a summary: the model writes a draft, the checks examine it, and the model revises one with errors once.

If that fails, the fallback (the extractive writer) writes. A text in which the checks find an error is never served.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from standfirst.domain import checked_draft, fingerprint
from standfirst.domain.article import Article
from standfirst.domain.checked_draft import CheckedDraft, RejectedGeneration
from standfirst.domain.deadline import Deadline, begun
from standfirst.domain.draft import Draft, Evidence, Finding, within_limits
from standfirst.domain.errors import (
    BudgetSpent,
    DocumentTooDemanding,
    ModelError,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
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
from standfirst.use_cases.second_reading import ReadDrafts

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
    ``claim`` is that of the batch whose answer may be used. With ``only_model`` the fallback does not write because
    the model could not be asked, nor in the place of a better text.
    """

    deadline: Deadline
    is_last: bool
    regeneration_id: str | None = None
    claim: str | None = None
    only_model: bool = False

    def will_retry(self, error: TransientError) -> bool:
        """Returns whether another attempt follows ``error`` within ``LONGEST_WAIT``."""
        return not self.is_last and (error.retry_after or 0) <= LONGEST_WAIT


@dataclass(slots=True)
class _Bill:
    """The usage of all model calls for one text, and that of its second reader."""

    usage: Usage = field(default_factory=Usage)
    of_reader: Usage = field(default_factory=Usage)

    def record_usage(self, usage: Usage) -> None:
        self.usage += usage

    def record_reader(self, usage: Usage) -> None:
        self.of_reader += usage


@dataclass(slots=True)
class _Answered:
    """``Summarizer`` over another, whose first draft stands in the answer of a batch, if that ``is_used``."""

    model: Summarizer
    answer: str
    is_used: bool = False

    @property
    def identity(self) -> WriterIdentity:
        return self.model.identity

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        if assignment.revises is None:
            try:
                generation = self.model.read_answer(self.answer, record_usage)
            except ModelRefused:
                raise
            except (ModelError, ModelUnavailable):
                # It is of no use: as after a live answer, the model is asked once more.
                pass
            else:
                self.is_used = True
                return generation
        return self.model.write(assignment, record_usage)

    def read_answer(self, answer: str, record_usage: Callable[[Usage], None]) -> Generation:
        return self.model.read_answer(answer, record_usage)


@dataclass(frozen=True, slots=True)
class GenerateSummary:
    """Generates checked texts with ``summarizer``, or with ``fallback`` if there is none or it fails.

    ``cache`` stores what the model wrote; without it every call is paid for. Without ``second_reader`` the checks alone
    decide about the model's drafts.
    """

    fallback: Writer
    check: Check
    find_evidence: EvidenceSearch
    summarizer: Summarizer | None = None
    cache: GenerationCache | None = None
    second_reader: ReadDrafts | None = None

    @property
    def identity(self) -> WriterIdentity:
        """Returns the identity of the preferred writer."""
        if self.summarizer is None:
            return self.fallback.identity
        return replace(self.summarizer.identity, second_reader=self.second_reader.label if self.second_reader else None)

    def __call__(self, article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        """Returns a summary of ``article`` that may be served.

        Raises ``TransientError`` when the model or a store that it needs is unavailable and ``attempt`` will be
        retried, ``ModelError`` when the model cannot be asked and only its text is of use, ``NoServableText`` when
        nothing may be served, ``DocumentTooDemanding`` when the article cannot be checked, or written about by the
        fallback.
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
            return self._generate_once(self.summarizer, assignment, attempt, bill)
        except TransientError as error:
            if attempt.will_retry(error) or attempt.only_model:
                raise
            checked = self._fall_back(assignment, Degraded.MODEL_UNAVAILABLE, str(error))
        except ModelError as error:
            if attempt.only_model and _degraded_by(error) in UNASKED:
                raise
            checked = self._fall_back(assignment, _degraded_by(error), str(error))
        return self._billed(checked, bill)

    def _generate_once(self, model: Summarizer, assignment: Assignment, attempt: Attempt, bill: _Bill) -> CheckedDraft:
        if (cache := self.cache) is None:
            return self._generate(model, assignment, bill)
        key = fingerprint.of_text(assignment.article, assignment.style.label, self.identity)
        if attempt.regeneration_id:
            key = fingerprint.of_regeneration(attempt.regeneration_id, key)
        content, generated = fingerprint.content_hash(assignment.article), list[CheckedDraft]()

        answer = begun(partial(cache.answer, key))
        # A claim without an answer is left to the batch, which will be paid for, also by a command of the same run.
        claim = attempt.claim if attempt.claim and answer.result() else None

        def once(key: str, generate: Callable[[], CheckedDraft]) -> CheckedDraft:
            def generate_json() -> str:
                generated.append(generate())
                return checked_draft.to_json(generated[0])

            cached = cache.once(key, generate_json, assignment.deadline, content, claim)
            return checked_draft.from_json(cached) or generate()

        def generate() -> CheckedDraft:
            found = answer.result()
            return self._generate(_Answered(model, found) if found else model, assignment, bill)

        checked = once(key, generate)
        while not generated and checked.is_unread:
            # The text is paid for. It is read as soon as the second reader can be asked, and stored as another one.
            unread, key = checked, fingerprint.of_late_reading(key)
            try:
                checked = once(key, partial(self._read_late, unread, model, assignment))
            except (ModelError, TransientError):
                break
        return checked

    def _generate(self, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        """Returns the model's draft, or the fallback if its answer is unusable; raises if there is no answer."""
        try:
            checked = self._written(model, assignment, bill)
        except (ModelRefused, ModelOutputInvalid) as error:
            checked = self._fall_back(assignment, _degraded_by(error), str(error))
        except DocumentTooDemanding as error:
            # More likely the draft's fault than the article's: if not, the fallback raises it again.
            checked = self._fall_back(assignment, Degraded.UNGROUNDED, f"The model's draft cannot be checked. {error}")
        else:
            if checked.errors:
                checked = self._revise(checked, model, assignment, bill)
        return self._billed(checked, bill)

    def _read_late(self, unread: CheckedDraft, model: Summarizer, assignment: Assignment) -> CheckedDraft:
        """Returns ``unread`` as read, and revised if that finds errors; raises if the reader cannot be asked."""
        if self.second_reader is None or unread.second_reading is None:
            return unread
        bill = _Bill(unread.usage, unread.second_reading.usage)
        with self.second_reader.reserved(assignment, bill.record_reader) as read:
            checked = read(replace(unread, fingerprint_writer=self.identity))
        if checked.is_unread:
            # Raised so that the cache stores nothing, and the next attempt asks again.
            raise ModelUnavailable("The second reader cannot be asked.")
        return self._billed(self._revise(checked, model, assignment, bill) if checked.errors else checked, bill)

    def _billed(self, checked: CheckedDraft, bill: _Bill) -> CheckedDraft:
        reading = checked.second_reading and checked.second_reading.model_copy(update={"usage": bill.of_reader})
        return replace(checked, usage=bill.usage, second_reading=reading)

    def _written(self, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        """Returns the model's draft, checked and read; raises as ``Summarizer.write`` does."""
        if self.second_reader is None:
            return self._checked(model.write(assignment, bill.record_usage), assignment, model.identity)
        with self.second_reader.reserved(assignment, bill.record_reader) as read:
            checked = read(self._checked(model.write(assignment, bill.record_usage), assignment, model.identity))
        if checked.is_unread:
            # Another fingerprint than what is asked for: so the same article is read again when it comes again.
            unread = replace(self.identity, second_reader="unavailable")
            return replace(checked, fingerprint_writer=unread)
        return checked

    def _revise(self, first: CheckedDraft, model: Summarizer, assignment: Assignment, bill: _Bill) -> CheckedDraft:
        """Returns the model's revision of ``first``, or the fallback if it has errors too."""
        verdicts = first.second_reading.verdicts if first.second_reading else ()
        revision = replace(assignment, revises=Rejected(first.draft, first.findings, verdicts))
        try:
            last = self._written(model, revision, bill)
        except (DocumentTooDemanding, ModelError, TransientError) as error:
            is_asked = isinstance(error, DocumentTooDemanding | ModelRefused | ModelOutputInvalid)
            if isinstance(model, _Answered) and model.is_used and not is_asked and bill.of_reader == Usage():
                # The batch's answer is still there for the next attempt.
                raise
            # Not raised: with a retry the first draft would be paid for twice.
            return self._reject(first, assignment, f"{_WRONG}, and no revision came. {error}")
        return self._reject(last, assignment, f"{_WRONG} and in its revision.") if last.errors else last

    def _reject(self, wrong: CheckedDraft, assignment: Assignment, trouble: str) -> CheckedDraft:
        fallback = self._fall_back(assignment, Degraded.UNGROUNDED, trouble)
        verdicts = wrong.second_reading.verdicts if wrong.second_reading else ()
        return replace(fallback, rejected=RejectedGeneration(wrong.draft, wrong.findings, wrong.writer, verdicts))

    def _checked(self, generation: Generation, assignment: Assignment, writer: WriterIdentity) -> CheckedDraft:
        article, style = assignment.article, assignment.style
        draft, run_away = within_limits(generation.draft)
        return CheckedDraft(
            draft=replace(draft, evidence=self.find_evidence(article, draft)),
            findings=(*run_away, *self.check(article, draft, style)),
            writer=writer,
            style=style.label,
            fingerprint_writer=self.identity,
            parts=generation.parts,
            coverage=generation.coverage,
        )

    def _fall_back(self, assignment: Assignment, why: Degraded, trouble: str) -> CheckedDraft:
        extracted = self._extract(assignment.article, assignment.style)
        # A model that answered is not asked again when the same article is uploaded again.
        writer = self.fallback.identity if why in UNASKED else self.identity
        reading = self.second_reader.not_needed(assignment.style) if self.second_reader else None
        return replace(extracted, fingerprint_writer=writer, degraded=why, trouble=trouble, second_reading=reading)

    def _extract(self, article: Article, style: HouseStyle) -> CheckedDraft:
        written, writer = self.fallback.write(article, style), self.fallback.identity
        draft, run_away = within_limits(written)
        findings = (*run_away, *written.findings, *self.check(article, draft, style))
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
