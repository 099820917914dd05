"""How well the checks tell true drafts from false ones, and how long they take.

    python bench/checks.py --consistency rows.jsonl

The rows of ``make bench`` are measured on the drafts of ``tests/checking``: honest ones, and ones with a single planted
error. A file of others has a JSON object per line: ``{"article", "summary", "consistent"}``, the last 1 or 0.
"""

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lambda_process import PROJECT
from measurement import CannotMeasure, Row

from standfirst.checking.analysis.comparison import source_of
from standfirst.checking.check_draft import check_grounding
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import Draft
from standfirst.domain.texts import Texts

DRAFTS = PROJECT / "tests" / "checking"
FOUR_KILOBYTES = 4_096
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A draft beside its article; ``kind`` is ``honest`` or the name of the one error in it."""

    article: Article
    text: str
    kind: str


def rows() -> Iterator[Row]:
    """False alarms and misses on the drafts beside the tests, and the time for one of them."""
    cases = [case for path in sorted(DRAFTS.glob("drafts*/*.json")) for case in _cases(path)]
    if not cases:
        raise CannotMeasure(f"There are no drafts in {DRAFTS}.")
    flagged = Counter(case.kind for case in cases if _has_error(case))
    total = Counter(case.kind for case in cases)
    kinds = [kind for kind in total if kind != "honest"]
    detail = ", ".join(f"{kind} {100 * flagged[kind] / total[kind]:.0f} %" for kind in kinds)
    share = 100 * sum(flagged[kind] for kind in kinds) / sum(total[kind] for kind in kinds)
    yield Row(
        "honest drafts with a false alarm", 100 * flagged["honest"] / total["honest"], 5, "%", f"of {total['honest']}"
    )
    yield Row("planted errors missed", 100 - share, 30, "%", f"caught: {detail}")
    yield Row("checks per draft, 4 KB article", _milliseconds(cases), 5, "ms", "CPU, median; the article is known")


def _cases(path: Path) -> Iterator[Case]:
    told = json.loads(path.read_text(encoding="utf-8"))
    article = _article(told["article"]["paragraphs"], told["article"]["headline"])
    yield from (Case(article, text, "honest") for text in told["honest"])
    yield from (Case(article, text, kind) for kind, text in told["planted"].items())


def _article(paragraphs: Sequence[str], headline: str | None = None) -> Article:
    return Article(tuple(paragraphs), Language("en"), format="text", headline=headline)


def _has_error(case: Case) -> bool:
    return any(finding.severity == "error" for finding in _findings(case))


def _findings(case: Case) -> Sequence[Any]:
    return check_grounding(case.article, Draft(Texts(summary=case.text)))


def _milliseconds(cases: Sequence[Case]) -> float:
    """The median over cases whose articles are as long as the budget says, by putting two together."""
    longer = [
        Case(_article((*case.article.paragraphs, *other.article.paragraphs)), case.text, case.kind)
        for case, other in zip(cases, reversed(cases), strict=True)
    ]
    fitting = [case for case in longer if abs(len(case.article.text) - FOUR_KILOBYTES) < FOUR_KILOBYTES / 4] or longer
    times = []
    for case in fitting:
        source_of(case.article)
        _findings(case)
        times.append(min(_taken(case) for _ in range(REPEATS)))
    return statistics.median(times)


def _taken(case: Case) -> float:
    start = time.process_time()
    _findings(case)
    return 1000 * (time.process_time() - start)


def main() -> int:
    """Print how a file of labelled summaries comes out; 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--consistency", type=Path, required=True, help="JSON lines with article, summary, consistent")
    path = parser.parse_args().consistency
    try:
        cases = list(_labelled(path))
    except (OSError, ValueError, KeyError, TypeError) as exc:
        print(f"{path} cannot be read as labelled summaries: {exc!r}", file=sys.stderr)
        return 2
    if not cases:
        print(f"{path} holds no summaries.", file=sys.stderr)
        return 2
    _print_rates(cases)
    return 0


def _labelled(path: Path) -> Iterator[Case]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                row = json.loads(line)
                paragraphs = [part for part in row["article"].split("\n\n") if part.strip()]
                yield Case(_article(paragraphs), row["summary"], "consistent" if row["consistent"] else "inconsistent")


def _print_rates(cases: Sequence[Case]) -> None:
    start = time.process_time()
    flagged = Counter(case.kind for case in cases if _has_error(case))
    seconds = time.process_time() - start
    total = Counter(case.kind for case in cases)
    caught, alarms = (flagged[kind] / max(1, total[kind]) for kind in ("inconsistent", "consistent"))
    print(f"{len(cases)} summaries, {len({case.article for case in cases})} articles\n")
    print(f"balanced accuracy          {(caught + 1 - alarms) / 2:6.3f}")
    print(f"inconsistent ones flagged  {100 * caught:6.1f} %")
    print(f"consistent ones flagged    {100 * alarms:6.1f} %")
    print(f"CPU per summary            {1000 * seconds / len(cases):6.1f} ms, articles included")


if __name__ == "__main__":
    sys.exit(main())
