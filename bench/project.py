"""Which checkout is measured: the one that the bench is in, or the one that ``OF`` names."""

import os
from pathlib import Path

BENCH = Path(__file__).parent
HERE = BENCH.parent
"""The checkout that the bench is in."""

PROJECT = Path(os.environ.get("OF") or HERE).resolve()
"""The checkout that is measured."""

BUILDS = HERE / "build" / "bench"
BUILT = BUILDS / ("of" if os.environ.get("OF") else "here")
"""Where its artefacts are built for this machine's processor."""
