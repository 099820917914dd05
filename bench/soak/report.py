"""What a soak came to, as a table and as a verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsroom import Kind, Upload
from outcome import Fate, Outcome

from standfirst.domain.record import Status

MOST_PAID = 1.02
"""Paid answers of the model for each version. A kill may waste one more."""

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted.

    ``paid`` are drafts and ``read`` second readings, both by version; ``unheard`` is how many of both nobody was
    there to hear any more. ``left`` are the messages that were still in the queue at the end.
    """

    uploads: Sequence[Upload]
    outcome: Outcome
    delivered: int
    left: int
    kills: int
    crashes: int
    paid: Mapping[str, int]
    read: Mapping[str, int]
    unheard: int
    faults: Mapping[str, int]
    seconds: float

    @property
    def versions(self) -> int:
        """How many texts there were to write about."""
        return len({upload.mark for upload in self.uploads if upload.kind is Kind.READABLE})

    @property
    def paid_calls(self) -> int:
        """What the model was paid for."""
        return sum(self.paid.values())

    @property
    def paid_per_version(self) -> float:
        """By the versions that were written about at all: those that were overtaken first must not hide a waste."""
        return self.paid_calls / max(1, len(self.paid))

    @property
    def read_per_version(self) -> float:
        """Second readings that were paid for, by the versions that were read at all."""
        return sum(self.read.values()) / max(1, len(self.read))

    @property
    def most_paid_per_version(self) -> float:
        """The bound of that."""
        return MOST_PAID + self.kills / max(1, len(self.paid))


@dataclass(frozen=True, slots=True)
class _Line:
    what: str
    value: str
    detail: str = ""
    good: bool | None = None


def is_good(figures: Figures) -> bool:
    """Whether the service kept what it promises."""
    return all(line.good is not False for line in _lines(figures))


def report(figures: Figures) -> None:
    """Print the table, and which articles went wrong."""
    for line in _lines(figures):
        verdict = "" if line.good is None else "ok" if line.good else "over"
        print(f"{line.what:20}  {line.value:>8}  {verdict:4}  {line.detail}".rstrip())
    wrong = [article for article in figures.outcome.articles if article.fate in {Fate.STALE, Fate.LOST}]
    for article in wrong[:_SHOWN]:
        found = f"{article.record.status}, {article.record.headline}" if article.record else "no record"
        print(f"{article.fate}: {article.newest.key}, {article.newest.kind} {article.newest.mark}: {found}")


def _lines(figures: Figures) -> list[_Line]:
    outcome, statuses = figures.outcome, figures.outcome.statuses
    lost, stale = outcome.count(Fate.LOST), outcome.count(Fate.STALE)
    served = sum(statuses.get(status, 0) for status in (Status.GENERATED, Status.NEEDS_REVIEW))
    return [
        _Line("uploads", f"{len(figures.uploads):,}", _uploaded(figures)),
        _Line("deliveries", f"{figures.delivered:,}", "duplicates among them, in no order"),
        _Line("summaries", f"{served:,}", _written(figures)),
        _Line("failed", f"{statuses.get(Status.FAILED, 0):,}", "with a reason"),
        _Line("withdrawn", f"{statuses.get(Status.WITHDRAWN, 0):,}"),
        _Line("DLQ", f"{len(outcome.dead_letters):,}", f"about {outcome.count(Fate.SET_ASIDE)} articles not served"),
        _Line("lost", f"{lost:,}", "of the newest versions, must be 0", good=lost == 0),
        _Line("stale", f"{stale:,}", "must be 0", good=stale == 0),
        _Line("left in the queue", f"{figures.left:,}", "must be 0", good=figures.left == 0),
        _Line(
            "paid calls / version",
            f"{figures.paid_per_version:.3f}",
            f"{figures.paid_calls:,} for {len(figures.paid):,} versions, at most {MOST_PAID} and one per kill: "
            f"{figures.most_paid_per_version:.3f}",
            good=figures.paid_per_version <= figures.most_paid_per_version,
        ),
        _Line(
            "paid readings / version",
            f"{figures.read_per_version:.3f}",
            f"{sum(figures.read.values()):,} for {len(figures.read):,} versions, the same bound",
            good=bool(figures.read) and figures.read_per_version <= figures.most_paid_per_version,
        ),
        _Line("unheard", f"{figures.unheard:,}", "of the paid calls: who had asked was killed meanwhile"),
        _Line("faults of the model", f"{sum(figures.faults.values()):,}", _listed(figures.faults)),
        _Line("kills", f"{figures.kills:,}", "SIGKILL"),
        _Line(
            "crashes", f"{figures.crashes:,}", "workers that ended by themselves, must be 0", good=not figures.crashes
        ),
        _Line("wall time", f"{figures.seconds:.0f} s"),
    ]


def _uploaded(figures: Figures) -> str:
    removed = sum(upload.kind is Kind.REMOVED for upload in figures.uploads)
    unreadable = sum(upload.kind is Kind.UNREADABLE for upload in figures.uploads)
    articles = len(figures.outcome.articles)
    return f"{figures.versions:,} versions of {articles:,} articles, {removed} deletes, {unreadable} unreadable"


def _written(figures: Figures) -> str:
    degraded = figures.outcome.degraded
    return f"the extractive writer stood in: {_listed(degraded)}" if degraded else "all written by the model"


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))
