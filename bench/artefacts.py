"""How large the built artefacts are, unzipped."""

from collections.abc import Iterator
from pathlib import Path

from lambda_process import PROJECT
from measurement import MEGABYTE, Row, Skipped

_BUILT = PROJECT / ".aws-sam" / "build"
_BUDGETS_MB = {"ServeSummaries": 1, "SummarizeUploads": 110, "StandfirstLayer": 40}


def rows() -> Iterator[Row | Skipped]:
    """What `sam deploy` would upload."""
    for name, budget in _BUDGETS_MB.items():
        what = f"size of {name}"
        if (_BUILT / name).is_dir():
            yield Row(what, _bytes_in(_BUILT / name) / MEGABYTE, budget, "MB", "unzipped")
        else:
            yield Skipped(what, "not built: `make build` does")


def _bytes_in(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())
