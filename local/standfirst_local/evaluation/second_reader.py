"""``evaluate --second-reader``: rules alone, the reader alone and both, on summaries that people have judged.

The reader is asked about each row once, as with the policy ``always``; what ``doubtful`` comes to follows from the
same verdicts.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from standfirst.checking.check_draft import check_grounding
from standfirst.checking.evidence import find_evidence
from standfirst.checking.verdicts import sentences_to_read, weigh_verdicts
from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.deadline import Deadline
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.errors import SettingsError
from standfirst.domain.ports import PricedSecondReader, ReadingAssignment
from standfirst.domain.second_reading import SentenceToRead, Verdict
from standfirst.domain.usage import Usage
from standfirst.model.tokens import estimate_tokens
from standfirst.writing.house_style import StyleBook
from standfirst_local.evaluation.labelled_rows import LabelledRow, read_rows
from standfirst_local.evaluation.paid_calls import Answer, PaidCall, RecordUsage, Spending, ask_all, dollars, say
from standfirst_local.evaluation.statistics import Estimate, bootstrap, percentile, share
from standfirst_local.exit_status import SOME_FAILED
from standfirst_local.terminal import json_line, one_line

_VERDICTS = TypeAdapter(tuple[Verdict, ...])
_AGAINST = {"contradicted", "not_in_article"}


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Where the rows go on which rules, reader and label differ, ``None`` for nowhere, and how many are printed."""

    path: Path | None
    shown: int


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row, what the rules find, the sentences for the reader, and whether it would be asked with ``doubtful``."""

    row: LabelledRow
    draft: Draft
    findings: Sequence[Finding]
    sentences: tuple[SentenceToRead, ...]
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with its verdicts, and by whom its summary is found wrong: by each of ``SYSTEMS``."""

    checked: CheckedRow
    verdicts: tuple[Verdict, ...]
    found_wrong: Mapping[str, bool]
    asked: Mapping[str, bool]
    answer: Answer | None


RULES, READER, BOTH, DOUBTFUL = SYSTEMS = ("rules alone", "reader alone", "both, always", "both, doubtful")


@dataclass(frozen=True, slots=True)
class Reading:
    """How rows are read: by whom, in which styles, and how many seconds an answer may take.

    ``told`` is what of the reader's settings changes its answers besides its identity.
    """

    reader: PricedSecondReader
    told: Mapping[str, Any]
    styles: StyleBook
    wait: float


def evaluate_second_reader(rows_file: Path, reading: Reading, spending: Spending, disagreements: Disagreements) -> int:
    """Prints what rules, reader and both come to. Returns the exit status.

    Raises as ``ask_all`` does, and ``SettingsError`` for files that cannot be read or written.
    """
    rows, status = read_rows(rows_file)
    is_complete = evaluate_rows(rows, reading, spending, disagreements)
    return status if is_complete and rows else SOME_FAILED


def evaluate_rows(
    rows: Sequence[LabelledRow], reading: Reading, spending: Spending, disagreements: Disagreements
) -> bool:
    """Prints what rules, reader and both come to on ``rows``. Returns whether each was read; raises as above."""
    # Article by article, so that what the rules know of one serves its next summary.
    checked = [check_row(row, reading.styles) for row in sorted(rows, key=lambda row: row.article.text)]
    calls = [_call(each, reading) if each.sentences else None for each in checked]
    model = reading.reader.identity.model or reading.reader.identity.writer
    asked = ask_all(filter(None, calls), model, spending)
    answers = [asked.answers.get(call.key) if call else None for call in calls]
    read = [_read(each, answer) for each, answer in zip(checked, answers, strict=True) if answer or not each.sentences]
    read.sort(key=lambda each: each.checked.row.line)
    _print_report(read, len(rows), model)
    _tell_disagreements(read, disagreements)
    return asked.is_complete


def check_row(row: LabelledRow, styles: StyleBook) -> CheckedRow:
    """Returns ``row`` with what the rules find in its texts."""
    draft = Draft(row.texts)
    findings = check_grounding(row.article, draft)
    draft = replace(draft, evidence=find_evidence(row.article, draft))
    style = styles.for_article(ArticleId(row.name))
    always, doubtful = (
        sentences_to_read(row.article, draft, findings, style, policy) for policy in ("always", "doubtful")
    )
    return CheckedRow(row, draft, findings, always, bool(doubtful))


def _call(checked: CheckedRow, reading: Reading) -> PaidCall:
    article, sentences, reader = checked.row.article, checked.sentences, reading.reader
    told = [
        fingerprint.content_hash(article),
        [asdict(sentence) for sentence in sentences],
        asdict(reader.identity),
        dict(reading.told),
    ]
    return PaidCall(
        key=hashlib.sha256(json.dumps(["second_reader", *told], sort_keys=True).encode()).hexdigest(),
        name=checked.row.name,
        tokens=estimate_tokens(article.text)
        + sum(estimate_tokens(checked.row.texts.as_one(name)) for name in checked.row.texts),
        likely_cost=reader.likely_cost(article),
        ask=partial(_ask, reading, article, sentences),
    )


def _ask(
    reading: Reading, article: Article, sentences: tuple[SentenceToRead, ...], record_usage: RecordUsage
) -> object:
    assignment = ReadingAssignment(article, sentences, Deadline.after(reading.wait))
    return _VERDICTS.dump_python(reading.reader.read(assignment, record_usage), mode="json")


def _read(checked: CheckedRow, answer: Answer | None) -> ReadRow:
    verdicts = _VERDICTS.validate_python(answer.answer) if answer else ()
    article, draft, findings = checked.row.article, checked.draft, checked.findings
    weighed = weigh_verdicts(article, draft, findings, verdicts)
    found_wrong = {
        RULES: _has_error(findings),
        READER: any(verdict.judgement in _AGAINST for verdict in verdicts),
        BOTH: _has_error(weighed.findings),
        DOUBTFUL: _has_error(weighed.findings if checked.is_doubtful else findings),
    }
    asked = {
        RULES: False,
        READER: bool(checked.sentences),
        BOTH: bool(checked.sentences),
        DOUBTFUL: checked.is_doubtful,
    }
    return ReadRow(checked, weighed.verdicts, found_wrong, asked, answer)


def _has_error(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


# ----------------------------------------------------------------------------------------------------------------------
# The report
# ----------------------------------------------------------------------------------------------------------------------


def _print_report(read: Sequence[ReadRow], rows: int, model: str) -> None:
    wrong = sum(each.checked.row.is_wrong for each in read)
    print(f"{len(read):,} of {rows:,} rows are read by {model}: {len(read) - wrong:,} consistent, {wrong:,} wrong.\n")
    if not read:
        return
    print(f"{'with 95 % intervals':17}{'false alarms':>22}{'recall':>22}{'balanced accuracy':>21}")
    for system in SYSTEMS:
        alarms, recall = (_found(read, system, is_wrong=is_wrong) for is_wrong in (False, True))
        balanced = bootstrap(_by_article(read, system), _balanced_accuracy)
        print(f"{system:17}{_percent(alarms):>22}{_percent(recall):>22}{_fraction(balanced):>21}")
    print(f"\n{'':17}{'asked':>22}{'USD':>22}{'USD per 1,000 rows':>21}")
    for system in SYSTEMS:
        asked = [each.answer for each in read if each.asked[system] and each.answer]
        usage = sum((answer.usage for answer in asked), Usage())
        total, each = "unknown", "unknown"
        if usage.cost_usd is not None:
            total = dollars(Decimal(usage.cost_usd))
            each = f"{1_000 * Decimal(usage.cost_usd) / len(read):.3f}"
        print(f"{system:17}{f'{100 * len(asked) / len(read):.0f} %':>22}{total:>22}{each:>21}")
    if answers := [each.answer for each in read if each.answer]:
        usage = sum((answer.usage for answer in answers), Usage())
        seconds = sorted(answer.seconds for answer in answers)
        print(
            f"\nTokens: {usage.input_tokens:,} of input, {usage.cached_input_tokens:,} of them cached, and "
            f"{usage.output_tokens:,} of output. Seconds for an answer: {percentile(seconds, 0.5):.1f} (p50), "
            f"{percentile(seconds, 0.95):.1f} (p95)."
        )


def _found(read: Iterable[ReadRow], system: str, *, is_wrong: bool) -> Estimate | None:
    found = [each.found_wrong[system] for each in read if each.checked.row.is_wrong == is_wrong]
    return share(sum(found), len(found))


class Counts(NamedTuple):
    """The summaries of an article, and those of them that are judged right, by label."""

    wrong: int
    right_of_wrong: int
    consistent: int
    right_of_consistent: int


def _by_article(read: Iterable[ReadRow], system: str) -> Sequence[Counts]:
    """Returns the counts of each article: summaries of the same one are no independent draws."""
    labels: defaultdict[str, Counter[tuple[bool, bool]]] = defaultdict(Counter)
    for each in read:
        labels[each.checked.row.article.text][each.checked.row.is_wrong, each.found_wrong[system]] += 1
    return [
        Counts(of[True, True] + of[True, False], of[True, True], of[False, True] + of[False, False], of[False, False])
        for of in labels.values()
    ]


def _balanced_accuracy(articles: Sequence[Counts]) -> float | None:
    """Returns the mean of the shares that are right of the wrong and of the consistent rows; ``None`` without both."""
    wrong, right_of_wrong, consistent, right_of_consistent = map(sum, zip(*articles, strict=True))
    if not (wrong and consistent):
        return None
    return (right_of_wrong / wrong + right_of_consistent / consistent) / 2


def _percent(estimate: Estimate | None) -> str:
    if estimate is None:
        return "-"
    value, low, high = (100 * each for each in estimate)
    return f"{value:.1f} % ({low:.1f}-{high:.1f})"


def _fraction(estimate: Estimate | None) -> str:
    return f"{estimate.value:.3f} ({estimate.low:.3f}-{estimate.high:.3f})" if estimate else "-"


# ----------------------------------------------------------------------------------------------------------------------
# The disagreements
# ----------------------------------------------------------------------------------------------------------------------


def _tell_disagreements(read: Sequence[ReadRow], wanted: Disagreements) -> None:
    """Writes a JSON line for each row on which rules, reader and label differ, and prints the first."""
    found = [_disagreement(each) for each in read if len({each.checked.row.is_wrong, *_votes(each).values()}) > 1]
    try:
        if wanted.path:
            wanted.path.write_text("".join(f"{json_line(each)}\n" for each in found), encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{wanted.path} cannot be written: {error.strerror}.") from error
    for each in found[: wanted.shown]:
        print(f"\n{one_line(each['id'])}: label {each['label']}, rules {each['rules']}, reader {each['reader']}")
        for sentence in each["sentences"]:
            print(f"  {one_line(sentence['text'])}")
            for line in _about(sentence):
                print(f"    {one_line(line)}")
    if found and wanted.path:
        say(f"{len(found):,} rows on which rules, reader and label differ are in {wanted.path}.")


def _votes(each: ReadRow) -> Mapping[str, bool]:
    return {name: each.found_wrong[name] for name in (RULES, READER)}


def _disagreement(each: ReadRow) -> dict[str, Any]:
    row = each.checked.row
    said = {is_wrong: "wrong" if is_wrong else "consistent" for is_wrong in (True, False)}
    return {
        "id": row.name,
        "label": said[row.is_wrong],
        "rules": said[each.found_wrong[RULES]],
        "reader": said[each.found_wrong[READER]],
        "both": said[each.found_wrong[BOTH]],
        "sentences": list(_sentences(each, all_of_them=False)) or list(_sentences(each, all_of_them=True)),
        "marked": row.marks,
    }


def _sentences(each: ReadRow, *, all_of_them: bool) -> Iterator[dict[str, Any]]:
    """Yields the sentences that somebody finds wrong, or all of them."""
    for sentence in each.checked.sentences:
        place = (sentence.field, sentence.sentence)
        verdicts = [verdict for verdict in each.verdicts if (verdict.field, verdict.sentence) == place]
        errors = [
            f"{finding.check}: {finding.text}: {finding.detail}"
            for finding in each.checked.findings
            if finding.severity == "error" and (finding.field, finding.sentence) == place
        ]
        is_marked = any(mark in sentence.text or sentence.text in mark for mark in each.checked.row.marks)
        if all_of_them or errors or is_marked or any(verdict.judgement in _AGAINST for verdict in verdicts):
            yield {
                "sentence": sentence.sentence,
                "text": sentence.text,
                "rules": errors,
                "verdicts": _VERDICTS.dump_python(tuple(verdicts), mode="json"),
                "is_marked": is_marked,
            }


def _about(sentence: Mapping[str, Any]) -> Iterator[str]:
    if sentence["is_marked"]:
        yield "marked as wrong by people"
    for error in sentence["rules"]:
        yield f"rules: {error}"
    for verdict in sentence["verdicts"]:
        proof = "quote found" if verdict["is_proven"] else "quote not found"
        yield f"reader: {verdict['judgement']}, {proof}" + (f": {verdict['reason']}" if verdict["reason"] else "")
        if verdict["quote"]:
            yield f"  “{verdict['quote']}”"
