"""What is measured of the result for one article."""

from collections.abc import Iterator

from standfirst.domain.measures import Known, Measure, of_dead_letter, of_record, of_upload
from standfirst.use_cases.apply_version import Outcome, Result

_NEW = frozenset((Outcome.GENERATED, Outcome.NEEDS_REVIEW, Outcome.SKIPPED, Outcome.FAILED, Outcome.PENDING))
"""The outcomes that bring an article a new record."""


def measures_of(result: Result, known: Known, asked: str | None) -> Iterator[Measure]:
    """Yields the measures of ``result``; ``asked`` is the model that the deployment asks, if it has one."""
    if result.outcome in _NEW and result.made:
        yield from of_record(result.made, known, asked)
        if result.uploaded_at:
            yield from of_upload(result.made.updated_at, result.uploaded_at)
    elif result.outcome is Outcome.DEAD_LETTERED and result.uploaded_at:
        yield from of_dead_letter()
