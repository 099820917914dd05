"""Has the second reader read a model's draft, and settles what follows from its verdicts.

What the second reader says counts as far as the article bears it out: ``weigh_verdicts`` decides that. A reader that
cannot be asked holds nothing up: the draft is served as the checks left it, and the record says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from standfirst.domain.article import Article
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.errors import (
    DocumentTooDemanding,
    ModelError,
    ModelOutputInvalid,
    ModelRefused,
    TransientError,
)
from standfirst.domain.ports import Assignment, ReadingAssignment, Rejected, ReservingReader
from standfirst.domain.second_reading import Policy, ReadDraft, SecondReading, SentenceToRead, Verdict
from standfirst.domain.style import HouseStyle
from standfirst.domain.usage import Usage

SentencesToRead = Callable[[Article, Draft, Sequence[Finding], HouseStyle, Policy], tuple[SentenceToRead, ...]]
"""Returns the sentences that the second reader is to read; empty if a draft does not need it."""

WeighVerdicts = Callable[[Article, Draft, Sequence[Finding], Sequence[Verdict]], ReadDraft]
"""Returns what follows from verdicts on a draft; raises ``DocumentTooDemanding`` where that takes too long."""

ReadOne = Callable[[CheckedDraft], CheckedDraft]
"""Returns a draft with what follows from its reading; never raises because of the reader."""


@dataclass(frozen=True, slots=True)
class ReadDrafts:
    """Has ``reader`` read drafts as ``policy`` says, unless their house style says otherwise."""

    reader: ReservingReader
    policy: Policy
    sentences_to_read: SentencesToRead
    weigh_verdicts: WeighVerdicts

    @property
    def label(self) -> str | None:
        """Returns the policy and the reader as part of a fingerprint; ``None`` if the policy is ``off``."""
        if self.policy == "off":
            return None
        reader = self.reader.identity
        return "/".join(filter(None, (self.policy, reader.writer, reader.model, reader.prompt)))

    def policy_for(self, style: HouseStyle) -> Policy:
        """Returns when drafts in ``style`` are read."""
        return style.second_reader or self.policy

    def not_needed(self, style: HouseStyle) -> SecondReading | None:
        """Returns the reading of texts that need none; ``None`` if none are read."""
        policy = self.policy_for(style)
        return None if policy == "off" else self._reading(policy)

    @contextmanager
    def reserved(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Iterator[ReadOne]:
        """Reserves what a reading is likely to cost, and yields what reads a draft that is written meanwhile.

        Raises ``BudgetSpent`` when there is not as much left, so that no draft is paid for that cannot be read, and
        ``StoreUnavailable``.
        """
        policy, refuted = self.policy_for(assignment.style), _refuted(assignment.revises)
        if policy == "off":
            yield lambda checked: checked
            return
        if refuted:
            # The checks saw nothing in what was refuted: that they see nothing in its revision says as little.
            policy = "always"
        with self.reader.reserved(assignment.article) as ask:

            def read(checked: CheckedDraft) -> CheckedDraft:
                article, draft = assignment.article, checked.draft
                # What could not be read is read later as it was to be read.
                asked = checked.second_reading.policy if checked.second_reading else policy
                sentences = self.sentences_to_read(article, draft, checked.findings, assignment.style, asked)
                if not sentences:
                    return replace(checked, second_reading=self._reading(asked))
                again = [_again(refuted[each.text], each, draft) for each in sentences if each.text in refuted]
                try:
                    verdicts = ask(ReadingAssignment(article, sentences, assignment.deadline), record_usage)
                    result = self.weigh_verdicts(article, draft, checked.findings, verdicts)
                except (DocumentTooDemanding, ModelError, TransientError) as error:
                    # An answer of no use is paid for: asked again, the same would come, and be paid for.
                    is_answer = isinstance(error, DocumentTooDemanding | ModelRefused | ModelOutputInvalid)
                    update = {"outcome": "unusable" if is_answer else "unavailable", "trouble": str(error)}
                    reading = self._reading(asked).model_copy(update=update)
                    return replace(checked, findings=(*again, *checked.findings), second_reading=reading)
                known = {(each.field, each.span) for each in result.findings if _is_refutation(each)}
                again = [each for each in again if (each.field, each.span) not in known]
                reading = self._reading(asked).model_copy(update={"outcome": "read", "verdicts": result.verdicts})
                return replace(
                    checked,
                    draft=replace(draft, evidence=result.evidence),
                    findings=(*again, *result.findings),
                    second_reading=reading,
                )

            yield read

    def _reading(self, policy: Policy) -> SecondReading:
        reader = self.reader.identity
        return SecondReading(
            outcome="not_needed",
            policy=policy,
            reader=reader.writer,
            model=reader.model,
            prompt=reader.prompt,
        )


def _refuted(revised: Rejected | None) -> Mapping[str, Finding]:
    """Returns the sentences of a draft to be revised that a second reading found wrong, each with its finding."""
    if revised is None:
        return {}
    texts = revised.draft.texts
    return {
        texts.as_one(each.field)[slice(*each.span)]: each
        for each in revised.findings
        if _is_refutation(each) and each.span
    }


def _is_refutation(finding: Finding) -> bool:
    return finding.check == "second_reader" and finding.severity == "error"


def _again(refuted: Finding, sentence: SentenceToRead, draft: Draft) -> Finding:
    """Returns the finding of a sentence that was refuted before, and stands in ``draft`` word for word."""
    start = draft.texts.as_one(sentence.field).find(sentence.text)
    span = (start, start + len(sentence.text))
    return replace(refuted, field=sentence.field, sentence=sentence.sentence, span=span)
