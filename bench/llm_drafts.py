"""How often each kind of finding stands in wrong and in honest drafts of real models: what decides its severity.

    python bench/llm_drafts.py --drafts rows.jsonl [--part seen]

The file is that of ``labelled.py``. The last table is for ``checking/severity.py``: a kind blocks a draft only if it
stands in wrong drafts at least so many times as often as in honest ones.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from labelled import PARTS, Labelled, labelled

from standfirst.checking.check_draft import check_grounding
from standfirst.checking.severity import FEWEST, LEAST_RATIO, ratio
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.texts import Texts

_Kind = tuple[str, str, str]
"""Check, reason and severity."""


@dataclass(slots=True)
class Counts:
    """Drafts by label, and by the kinds of findings in them: ``placed`` have one at a place that people marked."""

    drafts: Counter[bool] = field(default_factory=Counter)
    blocked: Counter[bool] = field(default_factory=Counter)
    blocked_at_place: int = 0
    kinds: dict[bool, Counter[_Kind]] = field(default_factory=lambda: {True: Counter(), False: Counter()})
    placed: Counter[_Kind] = field(default_factory=Counter)

    def add(self, row: Labelled) -> None:
        """Counts one draft."""
        findings = check_grounding(row.article, Draft(Texts(summary=row.text)))
        errors = [finding for finding in findings if finding.severity == "error"]
        at_place = [finding for finding in findings if _is_at(finding, row.marked)]
        self.drafts[row.is_wrong] += 1
        self.blocked[row.is_wrong] += bool(errors)
        self.blocked_at_place += any(finding.severity == "error" for finding in at_place)
        self.kinds[row.is_wrong].update({_kind(finding) for finding in findings})
        self.placed.update({_kind(finding) for finding in at_place})


def _kind(finding: Finding) -> _Kind:
    return finding.check, finding.reason, finding.severity


def _is_at(finding: Finding, marked: Sequence[tuple[int, int]]) -> bool:
    return finding.span is not None and any(finding.span[0] < end and start < finding.span[1] for start, end in marked)


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
    for part in (arguments.part,) if arguments.part else (*PARTS, "all"):
        chosen = [row for row in rows if part in {row.part, "all"}]
        if not chosen:
            print(f"{arguments.drafts} holds no drafts.", file=sys.stderr)
            return 2
        _print(part, chosen)
    return 0


def _print(part: str, rows: Sequence[Labelled]) -> None:
    counts = Counts()
    for row in rows:
        counts.add(row)
    wrong, honest = max(1, counts.drafts[True]), max(1, counts.drafts[False])
    print(f"{part}: {honest} honest and {wrong} wrong drafts of {len({row.article for row in rows})} articles")
    print(f"honest ones with an error   {100 * counts.blocked[False] / honest:6.1f} %")
    print(f"wrong ones with an error    {100 * counts.blocked[True] / wrong:6.1f} %")
    print(f"  at a place that is marked {100 * counts.blocked_at_place / wrong:6.1f} %\n")
    print(f"{'check and reason':30}{'severity':10}{'wrong':>6}{'at place':>10}{'honest':>8}{'ratio':>8}")
    for kind in sorted({*counts.kinds[True], *counts.kinds[False]}):
        check, reason, severity = kind
        found = (counts.kinds[True][kind], counts.kinds[False][kind])
        times = ratio(*found, wrong, honest)
        is_telling = sum(found) >= FEWEST and (times >= LEAST_RATIO) != (severity == "error")
        says = f"  on these, no {severity}" if is_telling else ""
        print(
            f"{check + ', ' + reason:30}{severity:10}{found[0]:6}{counts.placed[kind]:10}{found[1]:8}{times:8.1f}{says}"
        )
    print()


if __name__ == "__main__":
    sys.exit(main())
