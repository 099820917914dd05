"""Installs a pinned requirements file with pip and shows how far it is: ``install.py FILE [OPTION OF PIP…]``.

Run by the Makefile with the environment's own Python, before anything is installed: the standard library only.
"""

import re
import subprocess
import sys
import sysconfig
import time
from collections.abc import Sequence
from pathlib import Path

LINE_SECONDS = 5
"""How often a line is printed where there is no terminal to show a counter on."""

PIP = [sys.executable, "-m", "pip", "install", "--progress-bar", "off", "--no-input"]
POLL_SECONDS = 0.3

# Every package is named with its hashes, so pip has nothing to resolve. Bytecode is written at the first import:
# compiling all of it takes longer than the rest, and most of moto and botocore is never imported.
PINNED = ["--require-hashes", "--no-deps", "--no-compile"]

PACKAGE = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) (?:\S*/)?([\w.]+(?:-[A-Za-z][\w.]*)*)")
DOWNLOAD = re.compile(r"\s*Downloading \S+ (\(.+\))")


class Progress:
    """One line that is overwritten on a terminal, and a new line every few seconds elsewhere."""

    def __init__(self) -> None:
        """Start the clock."""
        self._started = self._shown = time.monotonic()
        self._is_terminal = sys.stderr.isatty()

    def show(self, text: str) -> None:
        """Show ``text``, unless it is too early for another line."""
        if self._is_terminal:
            print(f"\r\033[K{text[:78]}", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - self._shown >= LINE_SECONDS:
            self._shown = time.monotonic()
            print(text, file=sys.stderr, flush=True)

    def end(self, text: str) -> None:
        """Show ``text`` and how long it took, on a line that stays."""
        start = "\r\033[K" if self._is_terminal else ""
        print(f"{start}{text} in {time.monotonic() - self._started:.0f} s", file=sys.stderr, flush=True)


def install(requirements: Path, options: Sequence[str] = ()) -> int:
    """Install ``requirements``; returns pip's exit status, after its output if it failed."""
    total = len(re.findall(r"^\S+==", requirements.read_text(encoding="utf-8"), re.MULTILINE))
    progress, output, found, name = Progress(), [], 0, ""
    command = [*PIP, *PINNED, *options, "--requirement", str(requirements)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:  # noqa: S603
        for line in pip.stdout or ():
            output.append(line)
            if package := PACKAGE.match(line):
                found, name = found + 1, package[1]
                progress.show(f"  {found} of {total}: {name}")
            elif download := DOWNLOAD.match(line):
                progress.show(f"  {found} of {total}: {name} {download[1]}")
            elif line.startswith("Ignoring "):  # a package for another platform
                total -= 1
            elif line.startswith("Installing collected packages"):
                show_unpacking(pip, line.count(",") + 1, progress)
    if pip.returncode:
        print(f"\n{''.join(output)}", file=sys.stderr)
    else:
        progress.end(f"  {found} packages")
    return pip.returncode


def show_unpacking(pip: "subprocess.Popen[str]", total: int, progress: Progress) -> None:
    """Show how many packages are unpacked until ``pip`` ends, which prints nothing about it meanwhile."""
    before = packages_here()
    while pip.poll() is None:
        progress.show(f"  unpacking {min(packages_here() - before, total)} of {total}")
        time.sleep(POLL_SECONDS)


def packages_here() -> int:
    """Returns how many packages this environment holds."""
    return sum(1 for _ in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1]), sys.argv[2:]))
