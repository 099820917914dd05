"""Records and checked texts as a person reads them: one card per article."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from standfirst.checking.analysis.comparison import claims_of
from standfirst.domain.article import Article, ArticleKind
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.record import Degraded, Record, RejectedDraft, Status
from standfirst.domain.second_reading import SecondReading, Verdict
from standfirst.domain.texts import TEXTS, TextKind
from standfirst.domain.usage import Usage
from standfirst_local.terminal import one_line

_COLOURS = {
    Status.GENERATED: "green",
    Status.APPROVED: "green",
    Status.EDITED: "green",
    Status.NEEDS_REVIEW: "yellow",
    Status.SKIPPED: "yellow",
    Status.REJECTED: "red",
    Status.FAILED: "red",
    Status.WITHDRAWN: "red",
}
_WHY_DEGRADED = {
    Degraded.MODEL_UNAVAILABLE: "the model was unavailable",
    Degraded.REFUSED: "the model declined to write about this article",
    Degraded.TRUNCATED: "the model's answer was cut off or malformed",
    Degraded.UNGROUNDED: "the article does not support what the model wrote",
    Degraded.BUDGET: "the day's budget for the model is spent",
}
_WHY_UNREAD = {
    "unavailable": "the second reader could not be asked",
    "unusable": "the second reader's answer could not be used",
}
_WIDTH = 88
"""A comfortable measure for reading, borders included."""

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
_EXCERPT = 160
"""Characters of a supporting paragraph, or of the words quoted from it, that are shown."""


def record_card(record: Record, width: int) -> Panel:
    """Returns the card of ``record``, at most ``width`` columns wide. ``¶ 2`` is the article's second paragraph."""
    colour = _COLOURS[record.status]
    return _panel(record.article_id, _record_lines(record), f" {record.status} ", colour, width)


def check_card(name: str, article: Article, checked: CheckedDraft, width: int) -> Panel:
    """Returns the card of a summary that was checked against ``article``, at most ``width`` columns wide."""
    findings = checked.findings
    errors = sum(finding.severity == "error" for finding in findings)
    outcome = f"errors: {errors}, warnings: {len(findings) - errors}" if findings else "nothing found"
    colour = "red" if errors else "yellow" if findings else "green"
    return _panel(name, _checked_lines(article, checked), f" {outcome} ", colour, width)


def _panel(name: str, lines: Iterable[RenderableType], outcome: str, colour: str, width: int) -> Panel:
    return Panel(
        Group(*lines),
        title=Text(f" {name} ", style="dim"),
        title_align="left",
        subtitle=Text(outcome, style=colour),
        subtitle_align="right",
        border_style=colour,
        padding=(1, 2),
        width=min(width, _WIDTH),
    )


def _record_lines(record: Record) -> Iterator[RenderableType]:
    if record.headline:
        yield Padding(Text(record.headline, style="bold"), (0, 0, 1, 0))
    if record.reason:
        yield Text(record.reason)
        return
    if record.article.standfirst:
        yield _title("THE PAPER'S OWN STANDFIRST")
        yield Padding(_aligned(Text(record.article.standfirst), record.language), (0, 0, 1, 0))
    shown = [kind for kind in TEXTS if kind.is_required or record.texts[kind.name]]
    for kind in shown:
        yield Padding(_title(kind.title.upper()), (0 if kind is shown[0] else 1, 0, 0, 0))
        yield _aligned(_with_evidence(kind, record), record.language)
        yield from (_quoted(each) for each in record.evidence if each.field == kind.name and each.quote)
    if label := record.disclosure.label:
        # Where it would stand for a reader: below the texts.
        yield Padding(_aligned(Text(label, style="italic"), record.language), (1, 0, 0, 0))
    still_open = [*_open_points(record)]
    if not still_open and record.status is Status.NEEDS_REVIEW:
        still_open.append(_point("nobody has reviewed this text yet"))
    if still_open:
        yield Padding(_title("STILL OPEN"), (1, 0, 0, 0))
        yield from still_open
    if record.rejected_draft:
        yield from _rejected(record.rejected_draft, record.language)
    yield Padding(Text(_provenance(record), style="dim"), (1, 0, 0, 0))


def _title(text: str) -> Text:
    return Text(text, style="cyan")


def _aligned(text: Text, language: str) -> Text:
    # Terminals that know bidirectional text turn it themselves; aligning it is all that is left to do.
    text.justify = "right" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "left"
    return text


def _with_evidence(kind: TextKind, record: Record) -> Text:
    """Returns a text, each sentence followed by the numbers of the paragraphs that support it."""
    places = {each.sentence: each.paragraphs for each in record.evidence if each.field == kind.name}
    text = record.texts.as_one(kind.name)
    shown, end = Text("• " if kind.is_list else ""), 0
    for claim in claims_of(Draft(record.texts), record.language):
        if claim.field == kind.name:
            start, end = end, claim.passage.start + len(claim.passage.text)
            shown.append(text[start:end].replace("\n", "\n• "))
            if places.get(claim.sentence):
                shown.append(f" {_paragraphs(places[claim.sentence])}", style="dim")
    return shown.append(text[end:]) if text else Text("–")


def _paragraphs(indexes: Sequence[int]) -> str:
    # Not broken from its number at the end of a line.
    return "¶\N{NO-BREAK SPACE}" + ",".join(str(index + 1) for index in indexes)


def _quoted(evidence: Evidence) -> Padding:
    """Returns the words of the article that support a sentence, and where they stand."""
    place = f"{_paragraphs(evidence.paragraphs)}  " if evidence.paragraphs else ""
    return Padding(Text(f"{place}“{_excerpt(one_line(evidence.quote or ''))}”", style="dim"), (0, 2))


def _open_points(record: Record) -> Iterator[Text]:
    """Yields what an editor still has to know or decide."""
    is_reviewed = record.status in {Status.APPROVED, Status.EDITED}
    if not is_reviewed:
        verdicts = record.second_reading.verdicts if record.second_reading else ()
        yield from (_finding(finding, _place(finding), verdicts) for finding in record.findings)
        yield from _unread(record.second_reading)
    if record.made_by and record.made_by.degraded and not is_reviewed:
        why = _WHY_DEGRADED[record.made_by.degraded]
        yield _point(f"the {record.made_by.writer} writer wrote this because {why}")
    if record.status is Status.REJECTED:
        note = f": {record.review.note}" if record.review and record.review.note else ""
        yield _point(f"an editor rejected this text{note}")
    if record.stale:
        yield _point("the article has changed since an editor approved or edited this text")
    if record.pending:
        yield _point(f"revision {record.pending}, written since, waits for a review")
    if record.is_embargoed(datetime.now(UTC)):
        yield _point(f"embargoed until {record.article.embargoed_until}")


def _point(text: str, colour: str = "yellow") -> Text:
    return Text(f"! {text}", style=colour)


def _unread(reading: SecondReading | None) -> Iterator[Text]:
    """Yields why there is no second reading, if there should be one."""
    if reading and reading.is_missed:
        trouble = f": {one_line(reading.trouble)}" if reading.trouble else ""
        yield _point(f"no second reading: {_WHY_UNREAD[reading.outcome]}{trouble}")


def _place(finding: Finding) -> str:
    # These two are about the article, whatever the text.
    return "" if finding.check in {"partial", "kind"} else f" in {finding.field}"


def _finding(finding: Finding, place: str = "", verdicts: Iterable[Verdict] = ()) -> Text:
    """Returns a finding, and below it the question that clears it, or the verdict that it is from."""
    # The text of a finding about a whole field is long, and stands above.
    what = f"“{finding.text}”: " if finding.span else ""
    below = [finding.question] if finding.question else []
    if finding.check == "second_reader":
        about = (each for each in verdicts if (each.field, each.sentence) == (finding.field, finding.sentence))
        below += (line for each in about for line in _verdict(each))
    colour = "red" if finding.severity == "error" else "yellow"
    return _point("\n  ".join([f"{finding.severity}{place}: {what}{finding.detail}", *below]), colour)


def _verdict(verdict: Verdict) -> Iterator[str]:
    """Yields what the second reader says: a line each, because it is a model's words."""
    reason = f": {one_line(verdict.reason)}" if verdict.reason else ""
    yield f"second reader: {verdict.judgement.replace('_', ' ')}{reason}"
    if verdict.article_says:
        yield f"it says that the article says: {one_line(verdict.article_says)}"
    if verdict.quote:
        place = f"{_paragraphs(verdict.paragraphs)}  " if verdict.paragraphs else ""
        unproven = "" if verdict.is_proven else " (not found there, or about something else)"
        yield f"{place}“{_excerpt(one_line(verdict.quote))}”{unproven}"


def _rejected(draft: RejectedDraft, language: str) -> Iterator[RenderableType]:
    """Yields what the model wrote, for an editor to see why it is not served."""
    author = draft.made_by.model or draft.made_by.writer
    yield Padding(_title(f"REJECTED, NOT SERVED: what {author} wrote"), (1, 0, 0, 0))
    yield _aligned(Text("\n".join(filter(None, map(draft.texts.as_one, draft.texts)))), language)
    shown = (each for each in draft.findings if each.severity == "error" or each.check == "second_reader")
    yield from (_finding(finding, f" in {finding.field}", draft.verdicts) for finding in shown)


def _provenance(record: Record) -> str:
    declared = f" (declared {record.article.declared_language})" if record.article.declared_language else ""
    parts = [f"{record.article.words:,} words", f"{record.language}{declared}"] if record.article.words else []
    parts += [f"kind {record.article.kind}"] if record.article.kind not in {None, ArticleKind.NEWS} else []
    if made_by := record.made_by:
        parts.append(f"written by {made_by.model or made_by.writer}, style {made_by.style}")
    parts += _cost(record.usage)
    return " · ".join([*parts, *_read_by(record.second_reading)])


def _read_by(reading: SecondReading | None) -> Iterator[str]:
    """Yields which model has read, and what that cost, apart from what the text did."""
    if reading and reading.outcome == "read":
        yield f"read by {reading.model or reading.reader}"
        yield from _cost(reading.usage)
    elif reading and (cost := _cost(reading.usage)):
        # Of answers that were of no use, or about a draft that is not served.
        yield from (f"asked {reading.model or reading.reader} to read", *cost)


def _cost(usage: Usage | None) -> list[str]:
    return [f"${usage.cost_usd}"] if usage and usage.cost_usd not in {None, "0"} else []


def _checked_lines(article: Article, checked: CheckedDraft) -> Iterator[RenderableType]:
    reading, findings = checked.second_reading, checked.findings
    verdicts = reading.verdicts if reading else ()
    if article.headline:
        yield Padding(Text(article.headline, style="bold"), (0, 0, 1, 0))
    support = {each.sentence: each for each in checked.draft.evidence}
    for claim in claims_of(Draft(checked.draft.texts), article.language):
        yield _aligned(Text(claim.passage.text), article.language)
        found = support.get(claim.sentence)
        if found and found.quote:
            yield _quoted(found)
        else:
            yield from _support(article, found)
        about = (finding for finding in findings if finding.sentence == claim.sentence)
        yield from (Padding(_finding(finding, verdicts=verdicts), (0, 2)) for finding in about)
    yield from (_finding(finding) for finding in findings if finding.sentence is None)
    yield from _unread(reading)
    if read_by := " · ".join(_read_by(reading)):
        yield Padding(Text(read_by, style="dim"), (1, 0, 0, 0))


def _support(article: Article, evidence: Evidence | None) -> Iterator[Padding]:
    """Yields the beginning of each paragraph that supports a sentence, and how far the article does."""
    for index in evidence.paragraphs if evidence else ():
        yield Padding(Text(f"{_paragraphs([index])}  {_excerpt(article.paragraphs[index])}", style="dim"), (0, 2))
    if not evidence or not evidence.paragraphs:
        yield Padding(Text("no paragraph of the article says so", style="yellow"), (0, 2))
    elif evidence.weak:
        yield Padding(Text("no sentence of the article has much of it", style="yellow"), (0, 2))


def _excerpt(paragraph: str) -> str:
    return paragraph if len(paragraph) <= _EXCERPT else paragraph[: _EXCERPT - 1].rstrip() + "…"
