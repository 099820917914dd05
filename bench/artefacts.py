"""The artefacts of `sam build`, built for this machine's processor."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from project import BUILT, HERE, PROJECT

LAYER = "StandfirstLayer"

_PACKED = (315_532_800, 315_532_800)
"""The first moment of 1980, which `sam deploy` dates every file of a package by."""

_RUNTIME = "python3.13"
_SAM = HERE / ".venv-sam" / "bin" / "python"


class NotBuilt(Exception):
    """There are no artefacts; the message says what to do."""


def build() -> None:
    """Builds what `make build` does, unless nothing has changed; raises ``NotBuilt`` where that is not possible."""
    stamp = BUILT / ".built"
    if stamp.exists() and stamp.read_text() == str(PROJECT) and _newest_source() < stamp.stat().st_mtime:
        return
    _require_tools()
    BUILT.mkdir(parents=True, exist_ok=True)
    print("Building the artefacts for this machine's processor", file=sys.stderr, flush=True)
    template = BUILT / "template.json"
    _run([sys.executable, str(HERE / "tests" / "adapted_template.py"), str(PROJECT / "template.yaml")], template)
    folders = ["--cache-dir", str(BUILT / "cache"), "--build-dir", str(BUILT / "sam"), "--base-dir", str(PROJECT)]
    command = [str(_SAM), "-m", "samcli", "build", "--cached", "--parallel", "--template", str(template), *folders]
    _run(command, BUILT / "build.log")
    for path in (BUILT / "sam").rglob("*"):
        if path.is_file():
            os.utime(path, _PACKED)
    stamp.write_text(str(PROJECT))


def _newest_source() -> float:
    folders = [path for name in ("functions", "shared") for path in (PROJECT / name).rglob("*")]
    sources = [path for path in folders if path.is_file() and "__pycache__" not in path.parts]
    return max(path.stat().st_mtime for path in [PROJECT / "template.yaml", *sources])


def _require_tools() -> None:
    if not _SAM.exists():
        raise NotBuilt("needs the SAM CLI: `make .venv-sam/.sam`")
    runs = (
        shutil.which(_RUNTIME)
        and not subprocess.run(  # noqa: S603 - the runtime's Python
            [_RUNTIME, "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
    )
    if not runs:
        raise NotBuilt(f"needs a {_RUNTIME} with pip on the PATH that runs")


def _run(command: list[str], output: Path) -> None:
    # The wheels of this machine, and bytecode where the build makes some.
    environment = {**os.environ, "WHEELS": platform.machine(), "SAM_CLI_TELEMETRY": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.pop("PYTHONPATH", None)
    with output.open("wb") as out, output.with_suffix(".errors").open("wb+") as errors:
        done = subprocess.run(command, env=environment, stdout=out, stderr=errors, check=False)  # noqa: S603
        errors.seek(0)
        if done.returncode:
            raise NotBuilt(f"the build failed: {errors.read().decode(errors='replace')[-1_000:]}")


def artefact(name: str) -> Path:
    """Returns the built folder of a resource of the template; raises ``NotBuilt`` if there is none.

    Nothing is to be written into it: functions start from it, and find what Lambda would have.
    """
    if not (folder := BUILT / "sam" / name).is_dir():
        raise NotBuilt("not built: `make bench` does")
    return folder
