"""Reckons the monthly bill of three newsrooms: the tables of docs/costs.md.

    python bench/monthly_bill.py [--measure] [--write]

The exit status is 1 if the page has other tables than these.
"""

import argparse
import sys
from pathlib import Path

from bill.newsrooms import measured
from bill.quantities import keep, kept
from bill.report import tables
from simulate import compared

PAGE = Path(__file__).parents[1] / "docs" / "costs.md"


def main() -> int:
    """Print the tables, and compare them with the page's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="count what an article uses anew, with the functions")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/costs.md")
    arguments = parser.parse_args()
    used = measured() if arguments.measure else kept()
    if arguments.measure and arguments.write:
        keep(used)
    made = dict(tables(used))
    print(*made.values(), sep="\n\n")
    return compared(PAGE, made, "make bill WRITE=1", write=arguments.write)


if __name__ == "__main__":
    sys.exit(main())
