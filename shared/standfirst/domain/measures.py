"""What is measured of each new record, and of each decision of an editor: numbers for boards and alarms.

A measure holds no text, no id of an article and no caller. Its dimensions have few values (``Known``): CloudWatch
charges for each combination of a name and the values of its dimensions.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal, get_args

from standfirst.domain.article import ArticleId
from standfirst.domain.draft import CheckName, Finding
from standfirst.domain.queue import section_of
from standfirst.domain.record import Record, Status
from standfirst.domain.review_record import ReviewRecord
from standfirst.domain.usage import Usage

IN_TIME_SECONDS = 60
"""The objective for an upload: a summary within so many seconds (docs/operations.md, "The three objectives")."""

OTHER = "other"
"""The value of a dimension for everything that is not known."""

CHECKS = frozenset((*get_args(CheckName), "kind", "partial"))
"""The checks of this release, and the two findings about the article itself."""

_TEXTS = frozenset((Status.GENERATED, Status.NEEDS_REVIEW))
_NEW = _TEXTS | {Status.SKIPPED, Status.FAILED}

Unit = Literal["Count", "Seconds", "None"]
"""A unit of CloudWatch; US dollars have none there."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One value of a metric; ``by`` are the names and values of its dimensions, none for the function's own."""

    name: str
    value: float
    unit: Unit = "Count"
    by: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The values that dimensions may have; all others are ``other``.

    ``sections`` are first folders of articles' ids, ``styles`` names of house styles, and ``models`` those that a
    deployment asks. CloudWatch takes ASCII in a dimension.
    """

    sections: Collection[str] = ()
    styles: Collection[str] = ()
    models: Collection[str] = ()
    prompts: Collection[str] = ()

    def section(self, article_id: ArticleId) -> str:
        """Returns the section of an article, if the deployment names it."""
        return _known(section_of(article_id), self.sections)

    def style(self, label: str) -> str:
        """Returns the name of the style ``name@version``."""
        return _known(label.rpartition("@")[0], self.styles)

    def model(self, name: str | None) -> str:
        """Returns the model's name, ``none`` for texts that no model wrote."""
        return "none" if name is None else _known(name, self.models)

    def prompt(self, version: str | None) -> str:
        """Returns the version of the model's prompt, ``none`` for texts that no model wrote."""
        return "none" if version is None else _known(version, self.prompts)


def _known(value: str, known: Collection[str]) -> str:
    return value if value in known and value.isascii() else OTHER


# ----------------------------------------------------------------------------------------------------------------------
# New records
# ----------------------------------------------------------------------------------------------------------------------


def of_record(record: Record, known: Known, asked: str | None) -> Iterator[Measure]:
    """Yields the measures of a new record; ``asked`` is the model that the deployment asks, if it has one."""
    if record.status not in _NEW:
        return
    yield Measure("new_records", 1)
    yield from _findings(record)
    yield from _costs(record, known, asked)


def of_upload(stored_at: datetime, uploaded_at: datetime) -> Iterator[Measure]:
    """Yields how long an upload took from S3's event to the stored record, and whether that was too long."""
    # The clocks of S3 and Lambda may differ.
    seconds = max(0.0, (stored_at - uploaded_at).total_seconds())
    yield Measure("upload_seconds", seconds, "Seconds")
    yield Measure("uploads_finished", 1)
    yield Measure("uploads_late", float(seconds > IN_TIME_SECONDS))


def of_dead_letter() -> Iterator[Measure]:
    """Yields the measures of an upload that nothing came of: it is late."""
    yield Measure("uploads_finished", 1)
    yield Measure("uploads_late", 1)


def _findings(record: Record) -> Iterator[Measure]:
    """Yields the findings in the text, and those because of which the model's draft is not served."""
    rejected: tuple[Finding, ...] = record.rejected_draft.findings if record.rejected_draft else ()
    for finding in (*record.findings, *rejected):
        yield Measure("findings", 1, by=(("check", _known(finding.check, CHECKS)), ("severity", finding.severity)))


def _costs(record: Record, known: Known, asked: str | None) -> Iterator[Measure]:
    """Yields what the models cost: by model, and in all by style and by section."""
    reading, made_by = record.second_reading, record.made_by
    if made_by is None:
        return
    rejected = record.rejected_draft.made_by.model if record.rejected_draft else None
    bills = [(made_by.model or rejected or asked, "writer", record.usage)]
    if reading:
        bills.append((reading.model, "second_reader", reading.usage))
    paid = [(model, role, usage) for model, role, usage in bills if usage and _is_paid(usage)]
    costs = [(known.model(model), role, usage.cost_usd) for model, role, usage in paid]
    for model, role, cost in costs:
        if cost is not None:
            yield Measure("cost_usd", float(cost), "None", (("model", model), ("role", role)))
    if any(cost is None for *_, cost in costs):
        yield Measure("cost_unknown", 1)
    elif costs:
        total = float(sum(Decimal(cost) for *_, cost in costs if cost is not None))
        yield Measure("cost_usd", total, "None", (("style", known.style(made_by.style)),))
        yield Measure("cost_usd", total, "None", (("section", known.section(record.article_id)),))


def _is_paid(usage: Usage) -> bool:
    return usage != Usage()


# ----------------------------------------------------------------------------------------------------------------------
# Decisions of editors
# ----------------------------------------------------------------------------------------------------------------------


def of_review(review: ReviewRecord, known: Known) -> Iterator[Measure]:
    """Yields the measures of a decision: in all, and by the model and the prompt that wrote the text."""
    measured = [Measure(f"review_{review.outcome}", 1)]
    if review.outcome == "edited" and review.words_changed is not None:
        measured.append(Measure("review_words_changed", review.words_changed))
    if review.seconds is not None:
        measured.append(Measure("review_seconds", review.seconds, "Seconds"))
    by = (("model", known.model(review.model)), ("prompt", known.prompt(review.prompt)))
    for each in measured:
        yield each
        yield Measure(each.name, each.value, each.unit, by)
    for finding in review.findings_overruled:
        yield Measure("findings_overruled", 1, by=(("check", _known(finding.check, CHECKS)),))
