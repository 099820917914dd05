"""What whole runs came to, kept in ``build/``: several of them, and those of another checkout, stand side by side."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from figures import Curve
from measurement import Estimate, Row
from project import BUILDS, BUILT, PROJECT

KEPT = 3
"""Runs that are kept of one commit of one checkout, the newest last."""


@dataclass(slots=True)
class Run:
    """The rows by section, and the curves."""

    rows: list[tuple[str, Row]] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)


def remember(run: Run) -> None:
    """Keeps a run of the checkout that is measured, beside earlier ones of the same commit."""
    path, measured = BUILT / "runs.json", f"{PROJECT} {_commit()}"
    path.parent.mkdir(parents=True, exist_ok=True)
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    earlier = told["runs"] if told.get("of") == measured else []
    path.write_text(json.dumps({"of": measured, "runs": [*earlier, asdict(run)][-KEPT:]}), encoding="utf-8")


def _commit() -> str:
    """Returns the commit of the checkout, nothing where git knows none."""
    command = ["git", "-C", str(PROJECT), "rev-parse", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603 - git alone


def runs_here() -> Sequence[Run]:
    """Returns the last runs of the checkout that the bench is in, the newest last."""
    return _runs(BUILDS / "here" / "runs.json")


def runs_of_other() -> Sequence[Run]:
    """Returns those of the checkout that ``OF`` named."""
    return _runs(BUILDS / "of" / "runs.json")


def _runs(path: Path) -> Sequence[Run]:
    return [_run(told) for told in json.loads(path.read_text(encoding="utf-8"))["runs"]] if path.exists() else []


def _run(told: dict[str, Any]) -> Run:
    return Run([(section, _row(row)) for section, row in told["rows"]], [Curve(**each) for each in told["curves"]])


def _row(told: dict[str, Any]) -> Row:
    value = told["value"]
    return Row(**{**told, "value": Estimate(**value) if isinstance(value, dict) else value})
