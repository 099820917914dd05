"""The installer of ``make demo`` shows how far pip is, and what pip said when it fails."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from standfirst_local.deployment import PROJECT

PINS = "one==1.0 \\\n    --hash=sha256:00\n    # via two\ntwo[extra]==2.0 ; python_version > '3'\nthree==3\n"
OUTPUT = """\
Looking in indexes: somewhere
Ignoring three: markers 'os == "x"' don't match your environment
Collecting one==1.0 (from -r pins.txt (line 1))
  Downloading one-1.0-py3-none-any.whl (16.6 MB)
Processing /cache/two_b-2.0-py3-none-any.whl (from -r pins.txt (line 4))
Installing collected packages: two-b, one
Successfully installed one-1.0 two-b-2.0
"""


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program, which shows every line at once."""
    spec = importlib.util.spec_from_file_location("install", PROJECT / "local" / "install.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LINE_SECONDS", 0)
    return module


def played_pip(path: Path, status: int) -> list[str]:
    """A program that says what pip would, and ends as it."""
    path.write_text(f"import sys\nprint({OUTPUT!r})\nsys.exit({status})\n", encoding="utf-8")
    return [sys.executable, str(path)]


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    """Three pinned packages, one of them for another platform."""
    path = tmp_path / "pins.txt"
    path.write_text(PINS, encoding="utf-8")
    return path


def test_each_package_is_counted_as_it_is_fetched(
    installer: ModuleType,
    pins: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Of as many as this platform needs; without a terminal, plain lines."""
    monkeypatch.setattr(installer, "PIP", played_pip(tmp_path / "pip.py", 0))

    status = installer.install(pins)

    shown = capsys.readouterr().err
    assert status == 0
    assert shown.startswith("  1 of 2: one\n  1 of 2: one (16.6 MB)\n  2 of 2: two_b\n")
    assert shown.splitlines()[-1].startswith("  2 packages in ")
    assert "\r" not in shown


def test_what_pip_said_is_shown_when_it_fails(
    installer: ModuleType,
    pins: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With its exit status, so that make stops."""
    monkeypatch.setattr(installer, "PIP", played_pip(tmp_path / "pip.py", 3))

    status = installer.install(pins)

    assert status == 3
    assert OUTPUT in capsys.readouterr().err
