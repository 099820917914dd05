"""The figures that a change is compared with: ratios and counts, which another machine does not change."""

import json
from dataclasses import dataclass

from measurement import Estimate, Row
from project import BENCH
from runs import Run

BASELINE = BENCH / "baseline.json"

NOISE = {"x": 0.05, "MB": 0.05, "USD": 0.05, "%": 0.001, "calls": 0.0, "round trips": 0.0, "files": 0.0}
"""Units that are compared, and the share by which a figure varies between two runs of the same code, at most.

The intervals know what varies within a run, not what differs between runs.
"""


@dataclass(frozen=True, slots=True)
class Change:
    """How a row differs from the baseline, more than noise does."""

    name: str
    before: float
    now: float
    unit: str

    @property
    def is_worse(self) -> bool:
        """Returns whether there is more of it: less is better in every row."""
        return self.now > self.before

    def __str__(self) -> str:
        return f"  {self.name}: {self.before:.4g} to {self.now:.4g} {self.unit}"


def write(run: Run) -> None:
    """Makes the figures of a run the baseline: of each row the interval's ends with the value between them."""
    told = {row.name: [round(each, 4) for each in _interval(row)] for row in _comparable(run)}
    lines = [f" {json.dumps(name)}: {json.dumps(interval)}" for name, interval in told.items()]
    BASELINE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def compared(run: Run) -> str:
    """Returns which rows got worse than the baseline, and which better, as text."""
    if not BASELINE.exists():
        return "There is no baseline: `make bench BASELINE=1` writes one."
    before = json.loads(BASELINE.read_text(encoding="utf-8"))
    rows = [row for row in _comparable(run) if row.name in before]
    changes = [change for row in rows if (change := _change(row, before[row.name]))]
    worse, better = ([str(each) for each in changes if each.is_worse is wanted] for wanted in (True, False))
    lines = [f"Against the baseline, {len(rows)} ratios and counts: {len(worse)} worse, {len(better)} better."]
    if worse:
        lines += ["Worse:", *worse]
    if better:
        lines += ["Better:", *better]
    return "\n".join(lines)


def _comparable(run: Run) -> list[Row]:
    return [row for _, row in run.rows if row.unit in NOISE]


def _change(row: Row, before: list[float]) -> Change | None:
    """Returns the change, unless the two intervals meet once noise has widened them."""
    low, value, high = _interval(row)
    noise = NOISE[row.unit]
    if low > before[2] * (1 + noise) or high * (1 + noise) < before[0]:
        return Change(row.name, before[1], value, row.unit)
    return None


def _interval(row: Row) -> tuple[float, float, float]:
    value = row.value
    return (value.low, value.value, value.high) if isinstance(value, Estimate) else (value, value, value)
