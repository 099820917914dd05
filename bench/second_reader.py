"""What rules and a second reader come to together, with a simulated reader: nothing here asks a model.

    python bench/second_reader.py --drafts rows.jsonl [--part seen]

The file is that of ``labelled.py``. The reader is right about a draft with a given probability, by the draft's label,
or about each of its sentences, by the places that people marked. It quotes the likest sentence of the article, right or
wrong. A reader alone has one point of the ROC curve; beside the combination stands what it would find at as many false
alarms, on the straight lines from that point to "flags nothing" and "flags everything".
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from labelled import PARTS, Labelled, labelled

from standfirst.checking.analysis.comparison import claims_of
from standfirst.checking.analysis.source import OUTSIDE_BODY, source_of
from standfirst.checking.analysis.support import ranked
from standfirst.checking.check_draft import check_grounding
from standfirst.checking.evidence import find_evidence
from standfirst.checking.verdicts import sentences_to_read, weigh_verdicts
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.second_reading import Judgement, Verdict
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import Texts

RIGHT = (0.6, 0.7, 0.8, 0.9, 0.95)
"""Probabilities that the reader is right."""

READINGS = 20
"""Readings of each draft at each probability: chance is then the drafts', not the reader's."""

RESAMPLES = 1_000
"""Of the bootstrap, which draws articles, since the drafts of one are alike."""

SEED = 15
STYLE = HouseStyle("default", "1", {})
WAYS = ("rules", "reader", "both", "doubtful")
"""Who flags a draft: ``doubtful`` is both, where only drafts in doubt are read."""


class Sentence(NamedTuple):
    """A sentence of a draft, whether it is wrong, and the article's likest one."""

    at: int
    is_wrong: bool
    quote: str
    paragraphs: tuple[int, ...]

    def verdict(self, chance: random.Random, *, flagged: bool) -> Verdict:
        """Returns a verdict with the likest sentence as its quote."""
        against: tuple[Judgement, ...] = ("contradicted", "not_in_article")
        judgement: Judgement = chance.choice(against) if flagged else "supported"
        return Verdict("summary", self.at, judgement, self.paragraphs, self.quote)


class Flagged(NamedTuple):
    """A draft, and in which share of its readings it was flagged, by way."""

    article: str
    is_wrong: bool
    shares: Mapping[str, float]


def main() -> int:
    """Prints the tables of each part and of the whole; returns 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--drafts", type=Path, required=True, help="JSON lines with article, summary, consistent, spans"
    )
    parser.add_argument("--part", choices=PARTS, help="without it both, and the whole")
    arguments = parser.parse_args()
    try:
        rows = labelled(arguments.drafts)
    except (OSError, ValueError, KeyError, TypeError) as exc:
        print(f"{arguments.drafts} cannot be read as labelled drafts: {exc!r}", file=sys.stderr)
        return 2
    read = [(row, _read(row, number)) for number, row in enumerate(rows) if arguments.part in {row.part, None}]
    for part in (arguments.part,) if arguments.part else (*PARTS, "all"):
        chosen = [flagged for row, flagged in read if part in {row.part, "all"}]
        if not chosen:
            print(f"{arguments.drafts} holds no drafts.", file=sys.stderr)
            return 2
        _print(part, chosen)
    return 0


def _read(row: Labelled, number: int) -> dict[tuple[str, float], Flagged]:
    """Returns how often a draft is flagged, by what the reader is right about and how often it is."""
    draft = Draft(Texts(summary=row.text))
    draft = Draft(draft.texts, find_evidence(row.article, draft))
    findings = check_grounding(row.article, draft)
    sentences = list(_sentences(row, draft))
    is_read = {
        policy: bool(sentences_to_read(row.article, draft, findings, STYLE, policy))
        for policy in ("always", "doubtful")
    }
    by_rules = _has_error(findings)
    results = {}
    for unit in ("draft", "sentence"):
        for right in RIGHT:
            chance = random.Random(f"{SEED} {number} {unit} {right}")  # noqa: S311 - simulated chance
            counts: dict[str, int] = defaultdict(int, rules=READINGS * by_rules)
            for _ in range(READINGS):
                flags = _flags(sentences, unit, right, chance)
                verdicts = [each.verdict(chance, flagged=flag) for each, flag in zip(sentences, flags, strict=True)]
                both = _has_error(weigh_verdicts(row.article, draft, findings, verdicts).findings)
                counts["reader"] += any(flags)
                counts["both"] += both if is_read["always"] else by_rules
                counts["doubtful"] += both if is_read["doubtful"] else by_rules
            shares = {way: counts[way] / READINGS for way in WAYS} | {"read": float(is_read["doubtful"])}
            results[unit, right] = Flagged(row.article.text, row.is_wrong, shares)
    return results


def _sentences(row: Labelled, draft: Draft) -> Iterator[Sentence]:
    """Yields the sentences; of a wrong draft without a mark each is wrong."""
    source = source_of(row.article)
    for claim in claims_of(draft, row.article.language):
        begin, end = claim.passage.start, claim.passage.start + len(claim.passage.text)
        is_marked = any(begin < to and start < end for start, to in row.marked)
        likest = next((passage for _, passage in ranked(claim.passage, source)), None)
        places = (likest.place,) if likest and likest.place != OUTSIDE_BODY else ()
        is_wrong = is_marked or (row.is_wrong and not row.marked)
        yield Sentence(claim.sentence, is_wrong, likest.text if likest else "", places)


def _flags(sentences: Sequence[Sentence], unit: str, right: float, chance: random.Random) -> list[bool]:
    """Returns which sentences the reader finds wrong: of a draft that it is mistaken in, one that is not, or none."""
    if unit == "sentence":
        return [each.is_wrong == (chance.random() < right) for each in sentences]
    if chance.random() < right:
        return [each.is_wrong for each in sentences]
    mistaken = None if any(each.is_wrong for each in sentences) else chance.randrange(len(sentences))
    return [at == mistaken for at in range(len(sentences))]


def _has_error(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


class Rates(NamedTuple):
    """False alarms and recall, 0 to 1."""

    alarms: float
    recall: float

    @property
    def balanced(self) -> float:
        """Returns the balanced accuracy."""
        return (1 - self.alarms + self.recall) / 2


def _rates(drafts: Sequence[Flagged], way: str) -> Rates:
    def share(*, is_wrong: bool) -> float:
        flagged = [each.shares[way] for each in drafts if each.is_wrong == is_wrong]
        return sum(flagged) / max(1, len(flagged))

    return Rates(share(is_wrong=False), share(is_wrong=True))


def _gain(drafts: Sequence[Flagged], way: str = "both") -> float:
    """Returns how much more the combination finds than the reader alone at as many false alarms."""
    together, alone = _rates(drafts, way), _rates(drafts, "reader")
    if together.alarms <= alone.alarms:
        return together.recall - alone.recall * (together.alarms / alone.alarms if alone.alarms else 1)
    further = (together.alarms - alone.alarms) / (1 - alone.alarms)
    return together.recall - (alone.recall + further * (1 - alone.recall))


def _resampled(drafts: Sequence[Flagged]) -> Iterator[list[Flagged]]:
    by_article: dict[str, list[Flagged]] = defaultdict(list)
    for each in drafts:
        by_article[each.article].append(each)
    articles, chance = list(by_article.values()), random.Random(SEED)  # noqa: S311 - simulated chance
    for _ in range(RESAMPLES):
        yield [each for drawn in chance.choices(articles, k=len(articles)) for each in drawn]


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Returns the limits of 95 % of ``values``."""
    ordered = sorted(values)
    return ordered[len(ordered) * 25 // 1000], ordered[len(ordered) * 975 // 1000]


def _print(part: str, read: Sequence[Mapping[tuple[str, float], Flagged]]) -> None:
    first = [next(iter(each.values())) for each in read]
    rules, wrong = _rates(first, "rules"), sum(each.is_wrong for each in first)
    low, high = _middle([_rates(drawn, "rules").balanced for drawn in _resampled(first)])
    articles = len({each.article for each in first})
    in_doubt = sum(each.shares["read"] for each in first) / len(first)
    print(f"{part}: {len(first) - wrong} honest and {wrong} wrong drafts of {articles} articles. Rules alone:")
    print(f"{rules.alarms:.1%}, {rules.recall:.1%}; {rules.balanced:.2f} ({low:.2f}–{high:.2f})")
    print(f"`doubtful` has {in_doubt:.0%} of them read.\n")
    print(
        "| right about each | reader alone | both, `always` | more recall than the reader, points | both, `doubtful` |"
    )
    print("| --- | --- | --- | --- | --- |")
    for unit, right in read[0]:
        drafts = [each[unit, right] for each in read]
        samples = list(_resampled(drafts))
        cells = []
        for way in ("reader", "both", "doubtful"):
            rates, spread = _rates(drafts, way), _middle([_rates(drawn, way).balanced for drawn in samples])
            cells.append(
                f"{rates.alarms:.1%}, {rates.recall:.1%}; {rates.balanced:.2f} ({spread[0]:.2f}–{spread[1]:.2f})"
            )
        low, high = _middle([_gain(drawn) for drawn in samples])
        gain = f"{100 * _gain(drafts):+.1f} ({100 * low:+.1f} to {100 * high:+.1f})"
        print(f"| {unit}, {right:.0%} | {cells[0]} | {cells[1]} | {gain} | {cells[2]} |")
    print()


if __name__ == "__main__":
    sys.exit(main())
