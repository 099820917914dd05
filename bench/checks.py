"""How well the checks tell true drafts from false ones, and how long they take.

    python bench/checks.py --consistency rows.jsonl [--part seen]

The rows of ``make bench`` are measured on the drafts of ``tests/checking``: honest ones, and ones with a single planted
error. A file of others is one of labelled summaries: see ``labelled.py``. Each table, rule and word list is left out in
turn, to show what it brings: see ``ablation.py``. A rule or a table stays while it pays on data that it was not made
from.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import ablation
from ablation import Outcome
from extractive import lex_rank
from labelled import PARTS, Labelled, labelled
from measurement import CannotMeasure, Row, median, ratio
from project import PROJECT

from standfirst.checking.check_draft import check_grounding
from standfirst.domain.article import Article, Language
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.texts import Texts

DRAFTS = PROJECT / "tests" / "checking"
FOUR_KILOBYTES = 4_096
WARMING_UP = 5
"""Drafts that load what the checks need, not measured."""
HARD_FACTS = ("number", "money", "percentage", "date", "name", "quotation")
"""The kinds of ``tests/checking/hard_facts``; the others are those of ``drafts``."""


@dataclass(frozen=True, slots=True)
class Case:
    """A draft beside its article; ``kind`` is ``honest`` or the name of the one error in it."""

    article: Article
    text: str
    kind: str


def rows() -> Iterator[Row]:
    """False alarms and misses on the drafts beside the tests, and the time for one of them."""
    cases = [case for path in sorted(DRAFTS.glob("*/*.json")) for case in _cases(path)]
    if not cases:
        raise CannotMeasure(f"There are no drafts in {DRAFTS}.")
    flagged = Counter(case.kind for case in cases if _has_error(case.article, case.text))
    total = Counter(case.kind for case in cases)
    detail = ", ".join(f"{kind} {100 * flagged[kind] / total[kind]:.0f} %" for kind in total if kind != "honest")
    missed = 100 - 100 * sum(flagged[kind] for kind in HARD_FACTS) / sum(total[kind] for kind in HARD_FACTS)
    alarms = 100 * flagged["honest"] / total["honest"]
    yield Row("honest drafts with a false alarm", alarms, "%", 3, detail=f"of {total['honest']}")
    yield Row("wrong facts missed", missed, "%", 5, detail=f"caught: {detail}")
    yield from _time_rows()


def _cases(path: Path) -> Iterator[Case]:
    told = json.loads(path.read_text(encoding="utf-8"))
    article = _article(told["article"]["paragraphs"], told["article"]["headline"])
    yield from (Case(article, text, "honest") for text in told["honest"])
    planted = told["planted"]
    for kind, text in (
        planted.items() if isinstance(planted, dict) else ((each["kind"], each["text"]) for each in planted)
    ):
        yield Case(article, text, kind)


def _article(paragraphs: Sequence[str], headline: str | None = None) -> Article:
    return Article(tuple(paragraphs), Language("en"), format="text", headline=headline)


def _has_error(article: Article, text: str) -> bool:
    return any(finding.severity == "error" for finding in _findings(article, text))


def _findings(article: Article, text: str) -> Sequence[Finding]:
    return check_grounding(article, Draft(Texts(summary=text)))


def _time_rows() -> Iterator[Row]:
    """Yields the time of a draft's checks, taken in a process that knows nothing yet."""
    command = [sys.executable, __file__, "--times"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - this program
    if done.returncode:
        raise CannotMeasure(done.stderr)
    new, known, theirs = zip(*json.loads(done.stdout), strict=True)
    detail = f"CPU, {len(new)} drafts"
    yield Row("checks per draft, 4 KB, nothing known", median(new), "ms", 4, detail=f"{detail}; each article is new")
    yield Row("checks per draft, 4 KB, article known", median(known), "ms", 4, detail=f"{detail}; the article's second")
    compared = ratio(list(zip(new, theirs, strict=True)))
    yield Row("checks per draft, 4 KB, to LexRank", compared, "x", None, "sumy's LexRank", f"{detail}; nothing known")


def _times() -> list[tuple[float, float, float]]:
    """Returns milliseconds for the checks of one draft of an article and of another, and for LexRank's own.

    Two articles are put together, so that they are as long as the budget says; each stands in one pair only.
    """
    by_article = [list(_cases(path)) for path in sorted(DRAFTS.glob("*/*.json"))]
    half = len(by_article) // 2
    times = []
    for one, other in zip(by_article[:half], by_article[half:], strict=False):
        article = _article((*one[0].article.paragraphs, *other[0].article.paragraphs))
        if abs(len(article.text) - FOUR_KILOBYTES) < FOUR_KILOBYTES / 4:
            new, known = (_taken(partial(_findings, article, case.text)) for case in (one[0], other[0]))
            times.append((new, known, _taken(partial(lex_rank, article.text, 2))))
    return times[WARMING_UP:]


def _taken(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return 1_000 * (time.process_time() - start)


def main() -> int:
    """Print how a file of labelled summaries comes out; 2 when there is nothing to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--times", action="store_true", help="print how long the checks of drafts take, as JSON")
    asked.add_argument("--consistency", type=Path, help="JSON lines with article, summary, consistent")
    parser.add_argument("--part", choices=(*PARTS, "all"), help="without it, the two parts side by side")
    arguments = parser.parse_args()
    if arguments.times:
        print(json.dumps(_times()))
        return 0
    path, parts = arguments.consistency, (arguments.part,) if arguments.part else PARTS
    try:
        rows = labelled(path)
    except (OSError, ValueError, KeyError, TypeError) as exc:
        print(f"{path} cannot be read as labelled summaries: {exc!r}", file=sys.stderr)
        return 2
    chosen = {part: [row for row in rows if part in {"all", row.part}] for part in parts}
    if not any(chosen.values()):
        print(f"{path} holds no summaries.", file=sys.stderr)
        return 2
    _print_rates(chosen)
    _print_ablation(chosen)
    return 0


def _print_rates(chosen: Mapping[str, Sequence[Labelled]]) -> None:
    for part, cases in chosen.items():
        start = time.process_time()
        found = ablation.rates(_outcomes(cases))
        seconds = time.process_time() - start
        print(f"{part}: {len(cases)} summaries, {len({case.article for case in cases})} articles")
        print(f"balanced accuracy          {found.balanced_accuracy:6.3f}")
        print(f"inconsistent ones flagged  {100 * found.caught:6.1f} %")
        print(f"consistent ones flagged    {100 * found.alarms:6.1f} %")
        print(f"CPU per summary            {1000 * seconds / max(1, len(cases)):6.1f} ms, articles included\n")


def _print_ablation(chosen: Mapping[str, Sequence[Labelled]]) -> None:
    """What each part of the checks brings: the difference between with and without it, and its standard error."""
    print("What each brings: to balanced accuracy ± its standard error, to the share flagged of the inconsistent,")
    print("to that of the consistent (percentage points), and balanced accuracy without it.\n")
    print(" " * 30 + "".join(f"{part:41}" for part in chosen).rstrip())
    base = {part: _outcomes(cases) for part, cases in chosen.items()}
    for part_of_checks in ablation.parts():
        with ablation.without(part_of_checks):
            _print_line(part_of_checks.name, base, {part: _outcomes(cases) for part, cases in chosen.items()})


def _print_line(name: str, base: Mapping[str, Sequence[Outcome]], without: Mapping[str, Sequence[Outcome]]) -> None:
    cells = []
    for part, outcomes in base.items():
        one, other = ablation.rates(outcomes), ablation.rates(without[part])
        gain, error = one.balanced_accuracy - other.balanced_accuracy, ablation.standard_error(outcomes, without[part])
        caught, alarms = (100 * (one.caught - other.caught), 100 * (one.alarms - other.alarms))
        cells.append(f"{gain:+.3f} ± {error:.3f} {caught:+6.1f} {alarms:+6.1f}   {other.balanced_accuracy:.3f}")
    print(f"{name:30}" + "     ".join(cells))


def _outcomes(rows: Sequence[Labelled]) -> list[Outcome]:
    return [Outcome(row.article.text, row.is_wrong, _has_error(row.article, row.text)) for row in rows]


if __name__ == "__main__":
    sys.exit(main())
