"""Measures the service against its budgets and prints one table.

    python bench/run.py [--explain] [--pairs pairs.jsonl] [--pages DIR]
                        [--consistency rows.jsonl] [--llm-drafts rows.jsonl] [--second-reader rows.jsonl]

Ratios compare two things of one run on one machine. Being over a budget is a figure, not a failure: the exit status is
1 only when something could not be measured.
"""

import argparse
import platform
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import batch
import checks
import cold_start
import memory
import model_cost
import own_work
import reviewing
import sizes
import speed
import typing_checks
from emulator import Storage, emulated_storage
from measurement import CannotMeasure, Row, Skipped, table


def main() -> int:
    """Measure everything, one after the other."""
    arguments = _arguments()
    # So that a plain `kill` leaves by way of every `finally`, and no process stays behind.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    with emulated_storage() as storage:
        measured = list(_all_rows(storage))
        print(f"On Python {platform.python_version()}; MB are 1024 x 1024 bytes.\n")
        print(table([line for line in measured if not isinstance(line, CannotMeasure)]))
        if arguments.explain:
            print("", cold_start.explanation(storage, ["serve_summaries", "summarize_uploads"]), sep="\n")
    failures = [line for line in measured if isinstance(line, CannotMeasure)]
    for failure in failures:
        print(f"Not measured: {failure}", file=sys.stderr)
    scored = [
        _scored("extractive.py", "--pairs", arguments.pairs),
        _scored("html_pages.py", "--pages", arguments.pages),
        _scored("pasted_pages.py", "--pages", arguments.pages),
        _scored("checks.py", "--consistency", arguments.consistency),
        _scored("llm_drafts.py", "--drafts", arguments.llm_drafts),
        _scored("second_reader.py", "--drafts", arguments.second_reader),
    ]
    return int(bool(failures) or not all(scored))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--explain", action="store_true", help="also say where a cold start's time goes")
    parser.add_argument("--pairs", type=Path, help="also score the extractive writer: see bench/extractive.py")
    parser.add_argument(
        "--pages", type=Path, help="also score the readers of HTML and of pasted pages: see bench/body_score.py"
    )
    parser.add_argument("--consistency", type=Path, help="also score the checks: see bench/checks.py")
    parser.add_argument("--llm-drafts", type=Path, help="also print the severities: see bench/llm_drafts.py")
    parser.add_argument(
        "--second-reader", type=Path, help="also simulate a second reader of these drafts: see bench/second_reader.py"
    )
    return parser.parse_args()


def _all_rows(storage: Storage) -> Iterator[Row | Skipped | CannotMeasure]:
    yield from _attempted(cold_start.rows(storage))
    yield from _attempted(own_work.rows(storage))
    yield from _attempted(own_work.bounded_rows())
    yield from _attempted(batch.rows(storage))
    yield from _attempted(typing_checks.rows(storage))
    yield from _attempted(reviewing.rows())
    yield from _attempted(memory.rows(storage))
    yield from _attempted(sizes.rows())
    yield from _attempted(speed.rows())
    yield from _attempted(checks.rows())
    yield from _attempted(model_cost.rows())


def _attempted(rows: Iterable[Row | Skipped]) -> Iterator[Row | Skipped | CannotMeasure]:
    """``rows``, and the reason if they break off: what can be measured is."""
    try:
        yield from rows
    except CannotMeasure as reason:
        yield reason


def _scored(script: str, option: str, data: Path | None) -> bool:
    if data is None:
        return True
    print(flush=True)
    command = [sys.executable, str(Path(__file__).with_name(script)), option, str(data)]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - our own program


if __name__ == "__main__":
    sys.exit(main())
