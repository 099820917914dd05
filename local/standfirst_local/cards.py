"""A record as a person reads it: one card per article."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from standfirst.domain.draft import Finding
from standfirst.domain.record import Degraded, Record, RejectedDraft, Status

_COLOURS = {
    Status.GENERATED: "green",
    Status.APPROVED: "green",
    Status.EDITED: "green",
    Status.NEEDS_REVIEW: "yellow",
    Status.REJECTED: "red",
    Status.FAILED: "red",
    Status.WITHDRAWN: "red",
}
_WHY = {
    Degraded.MODEL_UNAVAILABLE: "the model could not be had",
    Degraded.REFUSED: "the model declined to write about this article",
    Degraded.TRUNCATED: "what the model gave could not be used",
    Degraded.UNGROUNDED: "the article does not support what the model wrote",
    Degraded.BUDGET: "the day's budget for the model is spent",
}
_WIDTH = 88
"""A comfortable measure for reading, borders included."""


def card(record: Record, width: int) -> Panel:
    """The card of ``record``, at most ``width`` columns wide."""
    return Panel(
        Group(*_lines(record)),
        title=Text(f" {record.article_id} ", style="dim"),
        title_align="left",
        subtitle=_subtitle(record),
        subtitle_align="right",
        border_style=_COLOURS[record.status],
        padding=(1, 2),
        width=min(width, _WIDTH),
    )


def _lines(record: Record) -> Iterator[RenderableType]:
    if record.headline:
        yield Padding(Text(record.headline, style="bold"), (0, 0, 1, 0))
    if record.reason:
        yield Text(record.reason)
        return
    yield from _section("STANDFIRST", record.standfirst, record.language)
    yield Text()
    yield from _section("SUMMARY", record.summary, record.language)
    for point in record.key_points:
        yield Text(f"• {point}")
    yield from map(_found, record.findings)
    if record.made_by and record.made_by.degraded:
        why = f"! {record.made_by.writer} stood in: {_WHY[record.made_by.degraded]}"
        yield Padding(Text(why, style="yellow"), (1, 0, 0, 0))
    if record.rejected_draft:
        yield from _rejected(record.rejected_draft, record.language)
    yield Padding(Text(_provenance(record), style="dim"), (1, 0, 0, 0))


def _section(title: str, text: str | None, language: str) -> Iterator[RenderableType]:
    yield Text(title, style="cyan")
    # Terminals that know bidirectional text turn it themselves; aligning it is all that is left to do.
    yield Text(
        text or "–", justify="right" if language.split("-", maxsplit=1)[0] in {"ar", "fa", "he", "ur"} else "left"
    )


def _found(finding: Finding) -> RenderableType:
    # What a finding about a whole field is about stands above, and is long.
    what = f"“{finding.text}”: " if finding.span else ""
    colour = "red" if finding.severity == "error" else "yellow"
    return Padding(Text(f"! {finding.field}: {what}{finding.detail}", style=colour), (1, 0, 0, 0))


def _rejected(draft: RejectedDraft, language: str) -> Iterator[RenderableType]:
    """What the model wrote, for an editor to see why it is not served."""
    yield Text()
    title = f"REJECTED, NOT SERVED: what {draft.made_by.model or draft.made_by.writer} wrote"
    yield from _section(title, "\n".join([draft.standfirst, draft.summary, *draft.key_points]), language)
    yield from (_found(finding) for finding in draft.findings if finding.severity == "error")


def _subtitle(record: Record) -> Text:
    return Text(f" {record.status} ", style=_COLOURS[record.status])


def _provenance(record: Record) -> str:
    parts = [f"{record.article.words:,} words", str(record.language)] if record.article.words else []
    if made_by := record.made_by:
        parts.append(f"written by {made_by.model or made_by.writer}, style {made_by.style}")
    if record.usage and record.usage.cost_usd not in {None, "0"}:
        parts.append(f"${record.usage.cost_usd}")
    return " · ".join(parts)
