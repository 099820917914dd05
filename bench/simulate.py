"""Simulates days of up to a million uploads, and says where a deployment ends: the tables of docs/scale.md.

    python bench/simulate.py [--measure | --write]

The exit status is 1 if the page has other tables than these.
"""

import argparse
import re
import statistics
import sys
from dataclasses import replace
from pathlib import Path

from emulator import emulated_storage
from own_work import rows as own_work_rows
from simulation.report import DAYS, TIMES, ceilings_table, days_table, simulated
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
    tables = {
        "days": days_table([simulated(day, deployment, times) for day, deployment in DAYS]),
        "limits": ceilings_table(times),
    }
    print(*tables.values(), sep="\n\n")
    if arguments.measure:
        return 0
    page = PAGE.read_text(encoding="utf-8")
    made = with_tables(page, tables)
    if arguments.write:
        PAGE.write_text(made, encoding="utf-8")
    elif made != page:
        print("docs/scale.md has other tables: make simulate WRITE=1", file=sys.stderr)
        return 1
    return 0


def with_tables(page: str, tables: dict[str, str]) -> str:
    """Returns ``page`` with each table between the comments that bear its name."""
    for name, table in tables.items():
        page = re.sub(f"(<!-- {name} -->\n).*?(<!-- /{name} -->)", rf"\g<1>{table}\n\g<2>", page, flags=re.DOTALL)
    return page


def _measured() -> Times:
    with emulated_storage() as storage:
        own = statistics.median(row.value for row in own_work_rows(storage)) / _MILLISECONDS
    print(f"An article of 5 KB takes {own * _MILLISECONDS:.1f} ms of this machine's processor.\n")
    return replace(TIMES, own=own)


if __name__ == "__main__":
    sys.exit(main())
