"""The tables and figures of docs/performance.md, from the last runs."""

import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from figures import FIGURES, Curve, drawn
from measurement import Row, figure
from project import HERE
from runs import Run, runs_here, runs_of_other
from simulate import with_tables

PAGE = HERE / "docs" / "performance.md"


def write() -> None:
    """Puts the tables into the page, and draws its figures."""
    now, before = runs_here(), runs_of_other()
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_tables(page, tables(now, before)), encoding="utf-8")
    for name in FIGURES:
        if curves := [each for each in now[-1].curves if each.figure == name]:
            _path_of(name).write_text(drawn(FIGURES[name], [*curves, *_earlier(name, before)]), encoding="utf-8")
    print(f"Written: {PAGE.relative_to(HERE)}, from {len(now)} runs, before: {len(before)}", file=sys.stderr)


def tables(now: Sequence[Run], before: Sequence[Run]) -> Mapping[str, str]:
    """Returns the table of what has a target, and that of everything, in Markdown."""
    rows = now[-1].rows
    return {
        "targets": _table([each for _, each in rows if each.budget is not None], now, before),
        "all": "\n\n".join(
            f"**{section}**\n\n{_table([row for name, row in rows if name == section], now, before)}"
            for section in dict.fromkeys(name for name, _ in rows)
        ),
    }


def _table(rows: Sequence[Row], now: Sequence[Run], before: Sequence[Run]) -> str:
    lines = ["| what | before | now | target | |", "| --- | ---: | ---: | ---: | --- |"]
    for row in rows:
        target = "" if row.budget is None else f"≤ {row.budget:g} {row.unit}"
        verdict = "" if row.budget is None else ("met" if _median_of(row, now) <= row.budget else "not met")
        cells = [row.name, _cell(row, before), _cell(row, now), target, verdict]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(row: Row, runs: Sequence[Run]) -> str:
    """Returns the median of the runs with the least and the most of them; of one run its interval."""
    values = _values_of(row, runs)
    if not values:
        return "–"
    if len(values) == 1:
        [shown] = [each.shown for run in runs for _, each in run.rows if each.name == row.name]
        return shown
    middle, least, most = (figure(each, row.unit) for each in (statistics.median(values), min(values), max(values)))
    spread = "" if least == most else f" ({least} to {most})"
    return f"{middle}{spread} {row.unit}"


def _median_of(row: Row, runs: Sequence[Run]) -> float:
    return statistics.median(_values_of(row, runs))


def _values_of(row: Row, runs: Sequence[Run]) -> list[float]:
    return [each.figure for run in runs for _, each in run.rows if each.name == row.name]


def _earlier(name: str, before: Sequence[Run]) -> list[Curve]:
    """Returns our own curve as it was; the references' are the same."""
    found = [each for run in before[-1:] for each in run.curves if each.figure == name]
    return [Curve(name, f"{each.name}, before", each.points) for each in found[:1]]


def _path_of(name: str) -> Path:
    return HERE / "docs" / f"performance-{name}.svg"
