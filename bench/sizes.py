"""How large the built artefacts are: bytes and files, and what a cold start would have to compile."""

from collections.abc import Iterator
from pathlib import Path

from artefacts import LAYER, NotBuilt, artefact, build
from first_events import FIRST
from measurement import MEGABYTE, Row, Skipped

_BUDGETS_MB = {"ServeSummaries": 1, "SummarizeUploads": 60, LAYER: 40}


def rows() -> Iterator[Row | Skipped]:
    """Yields two lines for each: what `sam deploy` would upload, unzipped."""
    try:
        build()
        for name in (*(first.resource for first in FIRST), LAYER):
            yield from _rows(name, artefact(name))
    except NotBuilt as reason:
        yield Skipped("size of each artefact", str(reason))


def _rows(name: str, folder: Path) -> Iterator[Row]:
    files = [path for path in folder.rglob("*") if not path.is_dir()]
    size = sum(path.lstat().st_size for path in files) / MEGABYTE
    yield Row(f"size of {name}", size, "MB", _BUDGETS_MB.get(name), detail=f"unzipped, {len(files):,} files")
    sources = [path for path in files if path.suffix == ".py"]
    bare = [path for path in sources if not list((path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"))]
    yield Row(f"{name}: .py without .pyc", len(bare), "files", 0, detail=f"of {len(sources):,}")
