"""``outcomes``: what editors did to the texts of a deployed stack since a day, from the records of their decisions."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple

from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.domain.review_record import month_of
from standfirst.domain.schema import rfc3339
from standfirst_local.deployed_stack import find_stack, status_of
from standfirst_local.terminal import json_line, one_line
from standfirst_local.text_table import text_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from standfirst.domain.record import OverruledFinding
    from standfirst.domain.review_record import ReviewOutcome, ReviewRecord

PAGE = 500
EXAMPLES = 5
"""Overruled findings of each check, and reasons of rejections, that are shown."""

UNKNOWN = "(not recorded)"


class Example(NamedTuple):
    """A finding that an editor let stand."""

    review: ReviewRecord
    finding: OverruledFinding


@dataclass(slots=True)
class Tally:
    """What became of some texts. ``distances`` are the words that each edited one is from the generated one."""

    counts: Counter[ReviewOutcome] = field(default_factory=Counter)
    distances: list[int] = field(default_factory=list)

    def add(self, review: ReviewRecord) -> None:
        """Counts one text."""
        outcome = review.outcome
        self.counts[outcome] += 1
        if outcome == "edited" and review.words_changed is not None:
            self.distances.append(review.words_changed)


@dataclass(slots=True)
class CheckTally:
    """What editors did about the findings of one check. ``examples`` are the false alarms among them."""

    became: Counter[str] = field(default_factory=Counter)
    left_in_unchanged: int = 0
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class Outcomes:
    """The last decision about each text since a day, counted by whatever may explain it."""

    since: date
    total: Tally = field(default_factory=Tally)
    by: Mapping[str, defaultdict[str, Tally]] = field(
        default_factory=lambda: {name: defaultdict(Tally) for name in DIMENSIONS}
    )
    checks: defaultdict[str, CheckTally] = field(default_factory=lambda: defaultdict(CheckTally))
    sentences: Counter[str] = field(default_factory=Counter)
    unknown_sentences: int = 0
    rejections: list[ReviewRecord] = field(default_factory=list)

    def add(self, review: ReviewRecord) -> None:
        """Counts the last decision about a text."""
        outcome = review.outcome
        self.total.add(review)
        for name, value_of in DIMENSIONS.items():
            self.by[name][value_of(review) or UNKNOWN].add(review)
        self._add_findings(review, outcome)
        if outcome == "edited":
            self.unknown_sentences += review.sentences_changed is None
            self.sentences.update(_place(each.field, each.sentence) for each in review.sentences_changed or ())
        if outcome == "rejected":
            self.rejections.append(review)

    def _add_findings(self, review: ReviewRecord, outcome: ReviewOutcome) -> None:
        for finding in review.findings:
            # Those that were overruled are counted from what older releases record too.
            if finding.became != "overruled":
                self.checks[finding.check].became[finding.became] += 1
                self.checks[finding.check].left_in_unchanged += finding.became == "left" and outcome == "unchanged"
        for overruled in review.findings_overruled:
            tally = self.checks[overruled.check]
            tally.became["overruled"] += 1
            tally.examples.append(Example(review, overruled))


DIMENSIONS: Mapping[str, Callable[[ReviewRecord], str | None]] = {
    "model": lambda review: review.model or review.writer,
    "prompt": lambda review: review.prompt or ("none: no model" if review.style and not review.model else None),
    "style": lambda review: review.style,
    "kind": lambda review: review.kind,
}


def last_decisions(reviews: Iterable[ReviewRecord]) -> Sequence[ReviewRecord]:
    """Returns the last decision about each generated text, the oldest first.

    In records of older releases, which do not say when a text was written, a decision about the revision that another
    one brought is about the same text.
    """
    last: dict[tuple[str, object], ReviewRecord] = {}
    for review in reviews:
        key: tuple[str, object] = (review.article_id, review.generated_at or review.revision)
        if review.generated_at is None:
            last.pop((review.article_id, review.of), None)
        # Taken out, so that it comes last.
        last.pop(key, None)
        last[key] = review
    return list(last.values())


def reviews_since(table: str, since: date) -> Iterator[ReviewRecord]:
    """Yields the decisions since a day (UTC), the oldest first; raises ``StoreUnavailable``."""
    store, begin, today = DynamoDbReviewsTable(table), datetime.combine(since, time(), UTC), datetime.now(UTC)
    month, after = (begin.year, begin.month), rfc3339(begin)
    while month <= (today.year, today.month):
        name = month_of(datetime(*month, 1, tzinfo=UTC))
        while page := store.list_month(name, after, PAGE):
            yield from page
            after = page[-1].position
        month = (month[0] + month[1] // 12, month[1] % 12 + 1)


def show(stack_name: str, since: date, *, as_json: bool, with_texts: bool) -> int:
    """Prints the outcomes of a stack since a day (UTC), with the editors' words if wanted. Returns the exit status."""

    def work() -> None:
        outcomes = Outcomes(since)
        for review in last_decisions(reviews_since(find_stack(stack_name).reviews_table, since)):
            outcomes.add(review)
        report = _as_json(stack_name, outcomes, with_texts=with_texts)
        print(json_line(report) if as_json else _as_text(outcomes, with_texts=with_texts))

    return status_of(work)


# ----------------------------------------------------------------------------------------------------------------------
# The report
# ----------------------------------------------------------------------------------------------------------------------


def _as_text(outcomes: Outcomes, *, with_texts: bool) -> str:
    total = outcomes.total.counts.total()
    parts = [f"What editors did to {total:,} texts since {outcomes.since} (UTC), by their last decision about each:"]
    heads = ("texts", "unchanged", "edited", "rejected", "words changed, median", "mean")
    tables = {"all": {"all": outcomes.total}, **outcomes.by}
    for name, tallies in tables.items():
        ordered = sorted(tallies.items(), key=lambda item: -item[1].counts.total())
        parts += [text_table(["" if name == "all" else name, *heads], [_tally_row(*each) for each in ordered])]
    checks = sorted(outcomes.checks.items(), key=lambda item: (-item[1].became["overruled"], item[0]))
    rows = [
        (name, each.became["overruled"], each.became["edited"], each.became["left"], each.left_in_unchanged)
        for name, each in checks
    ]
    parts += [
        "Findings in these texts: overruled are false alarms, edited are hits.\n"
        + text_table(["check", "overruled", "edited", "left", "of them unchanged"], rows)
    ]
    if alarms := [line for name, each in checks for line in _examples(name, each, with_texts=with_texts)]:
        parts += ["\n".join(["False alarms, the latest:", *alarms])]
    if outcomes.sentences or outcomes.unknown_sentences:
        places = dict(sorted(outcomes.sentences.items()))
        if outcomes.unknown_sentences:
            places[UNKNOWN] = outcomes.unknown_sentences
        parts += [text_table(["sentence that was changed", "texts"], list(places.items()))]
    if outcomes.rejections:
        shown = [_rejection(each) for each in outcomes.rejections[::-1][:EXAMPLES]]
        parts += ["\n".join(["Rejected, the latest:", *shown])]
    return "\n\n".join(parts)


def _tally_row(name: str, each: Tally) -> tuple[str | int | None, ...]:
    words = [None, None] if not each.distances else [f"{median(each.distances):g}", f"{fmean(each.distances):.1f}"]
    counts = each.counts
    return (name, counts.total(), counts["unchanged"], counts["edited"], counts["rejected"], *words)


def _examples(check: str, tally: CheckTally, *, with_texts: bool) -> Iterator[str]:
    for review, finding in tally.examples[::-1][:EXAMPLES]:
        words = f": “{finding.text}”" + (f" ({finding.note})" if finding.note else "") if with_texts else ""
        yield one_line(f"  {check}, {finding.field}, {review.article_id} revision {review.of}{words}")


def _rejection(review: ReviewRecord) -> str:
    return one_line(f"  {review.article_id} revision {review.of}: {review.note or 'no reason given'}")


def _place(name: str, sentence: int) -> str:
    return f"{name}, sentence {sentence + 1}"


def _as_json(stack_name: str, outcomes: Outcomes, *, with_texts: bool) -> Mapping[str, object]:
    return {
        "stack": stack_name,
        "since": f"{outcomes.since}",
        **_tally_members(outcomes.total),
        **{
            f"{name}s": [{name: value, **_tally_members(each)} for value, each in sorted(tallies.items())]
            for name, tallies in outcomes.by.items()
        },
        "checks": [
            {
                "check": name,
                **{became: each.became[became] for became in ("overruled", "edited", "left")},
                "left_in_unchanged": each.left_in_unchanged,
                "false_alarms": [_alarm(example, with_texts=with_texts) for example in each.examples],
            }
            for name, each in sorted(outcomes.checks.items())
        ],
        "sentences_changed": dict(sorted(outcomes.sentences.items())),
        "sentences_changed_unknown": outcomes.unknown_sentences,
        "rejections": [
            {"article_id": each.article_id, "revision": each.of, "reason": each.note} for each in outcomes.rejections
        ],
    }


def _tally_members(each: Tally) -> dict[str, object]:
    return {
        "texts": each.counts.total(),
        **{outcome: each.counts[outcome] for outcome in ("unchanged", "edited", "rejected")},
        "words_changed_median": median(each.distances) if each.distances else None,
        "words_changed_mean": round(fmean(each.distances), 3) if each.distances else None,
    }


def _alarm(example: Example, *, with_texts: bool) -> Mapping[str, object]:
    review, finding = example
    words = {"text": finding.text, "note": finding.note} if with_texts else {}
    return {"article_id": review.article_id, "revision": review.of, "field": finding.field, **words}
