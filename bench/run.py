"""Measures what users wait and pay for against the budgets, and says what got worse than the baseline.

    python bench/run.py [--short] [--desk] [--baseline] [--write] [--pairs pairs.jsonl] [--pages DIR]
                        [--consistency rows.jsonl] [--llm-drafts rows.jsonl] [--second-reader rows.jsonl]

Ratios compare two things of one run on one machine. Being over a budget, or worse than the baseline, is a figure and no
failure: the exit status is 1 only when something could not be measured. ``OF=folder`` measures another checkout.
"""

import argparse
import os
import platform
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import aws_calls
import baseline
import batch
import checks
import cold_start
import memory
import model_cost
import own_work
import page
import reviewing
import sizes
import typing_checks
import warm_requests
from emulator import Storage, emulated_storage
from figures import Curve
from measurement import CannotMeasure, Row, Skipped, table
from runs import Run, remember

Rows = Iterable[Row | Skipped | Curve]
Section = tuple[str, Callable[[Storage], Rows]]

SECTIONS: Sequence[Section] = (
    ("Cold start", cold_start.rows),
    ("Imports", cold_start.import_rows),
    ("Warm requests", warm_requests.rows),
    ("Check while typing", typing_checks.rows),
    ("Batches", batch.rows),
    ("Own work", own_work.rows),
    ("Checks", lambda _: checks.rows()),
    ("Calls of AWS", aws_calls.rows),
    ("The model's price", lambda _: model_cost.rows()),
    ("Artefacts", lambda _: sizes.rows()),
    ("Memory", memory.rows),
)
DESK: Sequence[Section] = (("The desk", lambda _: reviewing.rows()),)
SHORT: Sequence[Section] = (
    ("Warm requests", warm_requests.short_rows),
    ("Batches", batch.short_rows),
    ("Own work", own_work.short_rows),
    ("The model's price", lambda _: model_cost.rows()),
)


def main() -> int:
    """Measures one section after the other."""
    arguments = _arguments()
    # So that a plain `kill` leaves by way of every `finally`, and no process stays behind.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    sections = SHORT if arguments.short else (*SECTIONS, *(DESK if arguments.desk else ()))
    start = time.monotonic()
    run, failures = _measured(sections)
    processors = f"{os.cpu_count()} processors"
    print(f"\nPython {platform.python_version()}, {processors}, {time.monotonic() - start:.0f} s. ", end="")
    print("Intervals are 95 %; MB are 1024 x 1024 bytes.\n")
    print(baseline.compared(run))
    for failure in failures:
        print(f"Not measured: {failure}", file=sys.stderr)
    if not arguments.short:
        remember(run)
    if arguments.baseline:
        baseline.write(run)
    if arguments.write:
        page.write()
    return int(bool(failures) or not _is_scored(arguments))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="only what takes half a minute, and no build")
    parser.add_argument("--desk", action="store_true", help="also the desk, in a browser: see bench/reviewing.py")
    parser.add_argument("--baseline", action="store_true", help="make these figures bench/baseline.json")
    parser.add_argument("--write", action="store_true", help="put the last runs into docs/performance.md")
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


def _measured(sections: Sequence[Section]) -> tuple[Run, list[CannotMeasure]]:
    """Prints each section once it is measured; returns what was measured, and what could not be."""
    run, failures = Run(), []
    with emulated_storage() as storage:
        for name, rows in sections:
            lines: list[Row | Skipped] = []
            for line in _attempted(rows(storage)):
                match line:
                    case CannotMeasure():
                        failures.append(line)
                    case Curve():
                        run.curves.append(line)
                    case _:
                        lines.append(line)
            run.rows += [(name, line) for line in lines if isinstance(line, Row)]
            print(f"\n{name}\n{table(lines)}", flush=True)
    return run, failures


def _attempted(rows: Rows) -> Iterator[Row | Skipped | Curve | CannotMeasure]:
    """Yields ``rows``, and the reason if they break off: what can be measured is."""
    try:
        yield from rows
    except CannotMeasure as reason:
        yield reason
    except Exception as error:  # noqa: BLE001 - the other sections are measured all the same
        yield CannotMeasure("".join(traceback.format_exception(error)))


def _is_scored(arguments: argparse.Namespace) -> bool:
    scores = [
        _scored("extractive.py", "--pairs", arguments.pairs),
        _scored("html_pages.py", "--pages", arguments.pages),
        _scored("pasted_pages.py", "--pages", arguments.pages),
        _scored("checks.py", "--consistency", arguments.consistency),
        _scored("llm_drafts.py", "--drafts", arguments.llm_drafts),
        _scored("second_reader.py", "--drafts", arguments.second_reader),
    ]
    return all(scores)


def _scored(script: str, option: str, data: Path | None) -> bool:
    if data is None:
        return True
    print(flush=True)
    command = [sys.executable, str(Path(__file__).with_name(script)), option, str(data)]
    return subprocess.run(command, check=False).returncode == 0  # noqa: S603 - our own program


if __name__ == "__main__":
    sys.exit(main())
