"""``costs``: what the model and the second reader cost since a day, from the records of a deployed stack."""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from standfirst.adapters.aws.budget_table import KEPT, spent_on
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst_local.deployed_stack import find_stack, status_of
from standfirst_local.evaluation.statistics import percentile
from standfirst_local.paid_generations import Cached, Paid, is_paid, paid_generations
from standfirst_local.terminal import Terminal, json_line
from standfirst_local.text_table import text_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from standfirst.domain.record import Record
    from standfirst.domain.usage import Usage
    from standfirst_local.text_table import Cell

AT_ONCE, PAGE = 8, 50
"""Articles whose revisions are read at the same time, and revisions that are read at once."""

UNSEEN = (
    "regenerations that brought nothing better",
    "requests that store nothing (POST /summaries without article_id)",
    "attempts after which no text could be stored, or another attempt's was",
    "revisions that are no longer kept (RevisionsKept)",
    "texts that were erased for a takedown",
)
"""Paid calls that leave no record."""


@dataclass(slots=True)
class Sum:
    """What some generations cost together. ``unknown`` counts those of which a cost is not known: never as 0."""

    generations: int = 0
    writer: Decimal = Decimal(0)
    reader: Decimal = Decimal(0)
    unknown: int = 0

    def add(self, paid: Paid) -> None:
        """Counts one generation."""
        self.generations += 1
        self.writer += _known(paid.writer)
        self.reader += _known(paid.reader)
        self.unknown += _is_unknown(paid)

    @property
    def usd(self) -> Decimal:
        """Returns the known cost, in US dollars."""
        return self.writer + self.reader


@dataclass(slots=True)
class ModelSum:
    """What the calls of one model in one role cost, in tokens and US dollars."""

    generations: int = 0
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    usd: Decimal = Decimal(0)
    unknown: int = 0

    def add(self, usage: Usage) -> None:
        """Counts the calls for one generation."""
        self.generations += 1
        self.input_tokens += usage.input_tokens
        self.cached_input_tokens += usage.cached_input_tokens
        self.output_tokens += usage.output_tokens
        self.usd += _known(usage)
        self.unknown += usage.cost_usd is None


@dataclass(slots=True)
class Costs:
    """The costs since a day, by whatever may explain them. ``budget`` has what the daily budget counted."""

    since: date
    days: defaultdict[date, Sum] = field(default_factory=lambda: defaultdict(Sum))
    models: defaultdict[tuple[str, str], ModelSum] = field(default_factory=lambda: defaultdict(ModelSum))
    styles: defaultdict[str, Sum] = field(default_factory=lambda: defaultdict(Sum))
    sections: defaultdict[str, Sum] = field(default_factory=lambda: defaultdict(Sum))
    articles: dict[str, Decimal | None] = field(default_factory=dict)
    erased: int = 0
    budget: Mapping[date, Decimal] = field(default_factory=dict)

    def add(self, paid: Paid) -> None:
        """Counts one generation."""
        for sums, name in ((self.styles, paid.style), (self.sections, paid.section)):
            sums[name].add(paid)
        self.days[paid.record.generated_at.date()].add(paid)
        if is_paid(paid.writer):
            self.models["writer", paid.writers_model].add(paid.writer)
        if is_paid(paid.reader):
            self.models["second reader", paid.readers_model].add(paid.reader)
        article, before = paid.record.article_id, self.articles.get(paid.record.article_id, Decimal(0))
        is_unknown = before is None or _is_unknown(paid)
        self.articles[article] = None if is_unknown else (before or 0) + _known(paid.writer) + _known(paid.reader)

    @property
    def each_day(self) -> Sequence[date]:
        """Returns the days on which something was paid, by the records or by the budget."""
        return sorted({*self.days, *self.budget})

    @property
    def known_articles(self) -> Sequence[float]:
        """Returns the cost of each article of which all is known, the cheapest first."""
        return sorted(float(usd) for usd in self.articles.values() if usd is not None)

    def beside_budget(self, day: date) -> Decimal | None:
        """Returns by how much the budget counted more than the records of ``day`` have; ``None`` without a budget."""
        return self.budget[day] - self.days[day].usd if day in self.budget else None


def _known(usage: Usage) -> Decimal:
    return Decimal(usage.cost_usd or 0)


def _is_unknown(paid: Paid) -> bool:
    return paid.writer.cost_usd is None or paid.reader.cost_usd is None


def show(stack_name: str, since: date, *, as_json: bool) -> int:
    """Prints the costs of a stack since a day (UTC). Returns the exit status."""

    def work() -> None:
        costs = costs_since(stack_name, since)
        print(json_line(_as_json(stack_name, costs)) if as_json else _as_text(costs))

    return status_of(work)


def costs_since(stack_name: str, since: date) -> Costs:
    """Returns what the records of a stack say that was paid since a day. Raises what ``status_of`` has words for."""
    stack = find_stack(stack_name)
    store = DynamoDbSummaryTable(stack.summaries_table)
    costs, cached, begin = Costs(since), Cached(), datetime.combine(since, time(), UTC)
    with Terminal(stderr=True).status("Reading …") as status:
        for number, revisions in enumerate(_changed(store, begin), start=1):
            costs.erased += revisions[0].erased_at is not None
            for paid in paid_generations(revisions, begin, cached):
                costs.add(paid)
            if number % PAGE == 0:
                status.update(f"Reading … {number:,} articles")
    costs.budget = spent_on(stack.resource("ModelStateTable"), _kept_days(since))
    return costs


def _changed(store: DynamoDbSummaryTable, since: datetime) -> Iterator[Sequence[Record]]:
    """Yields the revisions since then, and some before, of each article that changed since; the newest first."""
    current = store.updated_since(since)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # Not all at once: there may be millions.
        while some := list(islice(current, 8 * AT_ONCE)):
            yield from pool.map(lambda record: _revisions(store, record, since), some)


def _revisions(store: DynamoDbSummaryTable, current: Record, since: datetime) -> Sequence[Record]:
    if current.revision == 1:
        return [current]
    found: list[Record] = []
    before: int | None = None
    while page := store.history(current.article_id, before, PAGE):
        found += page
        before = page[-1].revision
        # Older ones were paid for before. A page of them tells which text was read late.
        if len(page) < PAGE or page[-1].updated_at < since:
            break
    return found or [current]


def _kept_days(since: date) -> Iterable[date]:
    today = datetime.now(UTC).date()
    first = max(since, today - KEPT)
    return (first + timedelta(days=number) for number in range((today - first).days + 1))


# ----------------------------------------------------------------------------------------------------------------------
# The report
# ----------------------------------------------------------------------------------------------------------------------

_SUM_HEADS = ("texts", "writer", "second reader", "USD", "unknown")


def _as_text(costs: Costs) -> str:
    parts = [f"What models cost since {costs.since} (UTC), in US dollars, from the records:"]
    days = [
        (f"{day}", *_cells(costs.days[day]), _usd(costs.budget.get(day)), _usd(costs.beside_budget(day)))
        for day in costs.each_day
    ]
    total = _total(costs.days.values())
    counted = sum(costs.budget.values(), Decimal(0)) if costs.budget else None
    beside = sum((costs.beside_budget(day) or Decimal(0) for day in costs.budget), Decimal(0))
    days += [("all", *_cells(total), _usd(counted), _usd(beside if costs.budget else None))]
    parts += [text_table(["day", *_SUM_HEADS, "budget", "more than here"], days)]
    models = [
        (
            f"{model}, {role}",
            each.generations,
            each.input_tokens,
            each.cached_input_tokens,
            each.output_tokens,
            _usd(each.usd),
            each.unknown,
        )
        for (role, model), each in sorted(costs.models.items(), key=lambda item: -item[1].usd)
    ]
    parts += [text_table(["model", "texts", "input", "of it cached", "output", "USD", "unknown"], models)]
    for name, sums in (("style", costs.styles), ("section", costs.sections)):
        rows = [(key, *_cells(each)) for key, each in sorted(sums.items(), key=lambda item: -item[1].usd)]
        parts += [text_table([name, *_SUM_HEADS], rows)]
    return "\n\n".join([*parts, *_remarks(costs, total)])


def _remarks(costs: Costs, total: Sum) -> Iterator[str]:
    if known := costs.known_articles:
        mean = sum(known) / len(known)
        yield (
            f"An article: {mean:.6f} USD (mean), {percentile(known, 0.95):.6f} (p95), of {len(known):,} of "
            f"{len(costs.articles):,} articles whose whole cost is known."
        )
    if total.unknown:
        yield f"{total.unknown:,} texts cost more than is counted here: at least one call for each has no known cost."
    if not costs.budget:
        yield "The daily budget has counted nothing in these days: there is none (DailyBudgetUsd), or nothing was paid."
    erased = f" ({costs.erased:,} articles)" if costs.erased else ""
    yield f"Not in the records, but in the budget: {'; '.join(UNSEEN)}{erased}. The budget keeps {KEPT.days} days."


def _cells(each: Sum) -> tuple[Cell, ...]:
    return each.generations, _usd(each.writer), _usd(each.reader), _usd(each.usd), each.unknown


def _usd(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:,.4f}"


def _total(sums: Iterable[Sum]) -> Sum:
    total = Sum()
    for each in sums:
        total.generations += each.generations
        total.writer += each.writer
        total.reader += each.reader
        total.unknown += each.unknown
    return total


def _as_json(stack_name: str, costs: Costs) -> Mapping[str, object]:
    known = costs.known_articles
    return {
        "stack": stack_name,
        "since": f"{costs.since}",
        **_members(_total(costs.days.values())),
        "days": [
            {
                "day": f"{day}",
                **_members(costs.days[day]),
                "budget_usd": _exact(costs.budget.get(day)),
                "budget_usd_more": _exact(costs.beside_budget(day)),
            }
            for day in costs.each_day
        ],
        "models": [
            {
                "role": role.replace(" ", "_"),
                "model": model,
                "generations": each.generations,
                "input_tokens": each.input_tokens,
                "cached_input_tokens": each.cached_input_tokens,
                "output_tokens": each.output_tokens,
                "usd": _exact(each.usd),
                "unknown": each.unknown,
            }
            for (role, model), each in sorted(costs.models.items())
        ],
        "styles": [{"style": name, **_members(each)} for name, each in sorted(costs.styles.items())],
        "sections": [{"section": name, **_members(each)} for name, each in sorted(costs.sections.items())],
        "articles": {
            "count": len(costs.articles),
            "of_known_cost": len(known),
            "mean_usd": f"{sum(known) / len(known):.9f}" if known else None,
            "p95_usd": f"{percentile(known, 0.95):.9f}" if known else None,
        },
        "erased_articles": costs.erased,
        "not_in_records": UNSEEN,
    }


def _members(each: Sum) -> dict[str, object]:
    return {
        "generations": each.generations,
        "writer_usd": _exact(each.writer),
        "second_reader_usd": _exact(each.reader),
        "usd": _exact(each.usd),
        "unknown": each.unknown,
    }


def _exact(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
