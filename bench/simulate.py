"""Simulates days of up to a million uploads, and says where a deployment ends: the tables of docs/scale.md.

    python bench/simulate.py [--measure | --write]

The exit status is 1 if the page has other tables than these.
"""

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bill.newsrooms import DAYS as DAYS_OF_MONTH
from bill.newsrooms import MODEL, READER, Newsroom, bill
from bill.quantities import Invocations, day_of, kept
from emulator import emulated_storage
from own_work import usual_work
from simulation.report import DAYS, TIMES, SimulatedDay, ceilings_table, days_table, simulated
from simulation.service import Times

PAGE = Path(__file__).parents[1] / "docs" / "scale.md"

_MILLISECONDS = 1_000


def main() -> int:
    """Print the tables, and compare them with the page's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--measure", action="store_true", help="with the time that an article takes on this machine")
    one.add_argument("--write", action="store_true", help="put the tables into docs/scale.md")
    arguments = parser.parse_args()
    times = _measured() if arguments.measure else TIMES
    days = [simulated(day, deployment, times) for day, deployment in DAYS]
    tables = {"days": days_table(days), "bills": bills_table(days), "limits": ceilings_table(times)}
    print(*tables.values(), sep="\n\n")
    if arguments.measure:
        return 0
    return compared(PAGE, tables, "make simulate WRITE=1", write=arguments.write)


def compared(path: Path, tables: Mapping[str, str], command: str, *, write: bool) -> int:
    """Puts the tables into the page if ``write``; else returns 1, and tells of ``command``, if it has other ones."""
    page = path.read_text(encoding="utf-8")
    made = with_tables(page, tables)
    if write:
        path.write_text(made, encoding="utf-8")
    elif made != page:
        print(f"docs/{path.name} has other tables: {command}", file=sys.stderr)
        return 1
    return 0


def bills_table(days: Sequence[SimulatedDay]) -> str:
    """Returns what a month of each day costs, as a table in Markdown; docs/costs.md says what is in it."""
    return "\n".join(
        [
            "| day | settings | AWS, USD a month | models, USD a month | for 1,000 articles |",
            "| --- | --- | ---: | ---: | ---: |",
            *map(_bill_of, days),
        ]
    )


def _bill_of(simulated_day: SimulatedDay) -> str:
    outcome, has_model = simulated_day.outcome, simulated_day.deployment.tier is not None
    articles = outcome.waits.total()
    used = replace(
        kept(), days={day_of(articles, has_model=has_model): Invocations(outcome.invocations, outcome.busy_seconds)}
    )
    lines = dict(bill(Newsroom(articles, has_model=has_model), used))
    models = outcome.share("model") * (lines.pop(MODEL) + lines.pop(READER))
    aws = sum(lines.values())
    each = 1_000 * (aws + models) / (DAYS_OF_MONTH * articles)
    return f"| {simulated_day.day.name} | {simulated_day.deployment.name} | {aws:,.0f} | {models:,.0f} | {each:.2f} |"


def with_tables(page: str, tables: Mapping[str, str]) -> str:
    """Returns ``page`` with each table between the comments that bear its name."""
    for name, table in tables.items():
        page = re.sub(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\g<1>{table}\n\g<2>", page, flags=re.DOTALL)
    return page


def _measured() -> Times:
    with emulated_storage() as storage:
        own = usual_work(storage).value / _MILLISECONDS
    print(f"An article of 5 KB takes {own * _MILLISECONDS:.1f} ms of this machine's processor.\n")
    return replace(TIMES, own=own)


if __name__ == "__main__":
    sys.exit(main())
