"""``backfill``: has a deployed stack summarise what lies in its bucket already, after a quote and a question."""

from __future__ import annotations

import json
import sys
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_UP, Decimal
from itertools import accumulate, count
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from botocore.exceptions import ClientError

from standfirst.adapters.aws.executions import StepFunctionsExecutions, execution_name
from standfirst.domain.backfill_run import Action, Options, Run, Stage, State, Wanted
from standfirst_local.deployed_stack import OperationFailed, client, find_stack, status_of
from standfirst_local.terminal import Terminal, one_line
from standfirst_local.text_table import text_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mypy_boto3_lambda import LambdaClient

    from standfirst_local.text_table import Cell

SAMPLE, AT_ONCE = 200, 20
"""Documents that are read for the quote, and how many in one call."""

_STAGES = {
    Stage.PLAN: "its next documents are listed",
    Stage.GATHER: "its documents are read",
    Stage.SUBMIT: "its batches are submitted",
    Stage.AWAIT: "its batches are awaited",
    Stage.FEED: "its documents go into the queue",
    Stage.DRAIN: "its documents are written about",
}


@dataclass(frozen=True, slots=True)
class Backfill:
    """The function and the state machine of a stack."""

    function: str
    state_machine: str
    client: LambdaClient

    def ask(self, step: str, **event: object) -> dict[str, Any]:
        """Returns what the function answers to a step; raises ``OperationFailed`` with what it raises."""
        answer = self.client.invoke(FunctionName=self.function, Payload=json.dumps({"step": step, **event}))
        payload = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise OperationFailed(str(payload.get("errorMessage") or payload))
        return dict(payload)

    def start(self, run: Run) -> None:
        """Starts the next execution of ``run``; raises boto3's errors."""
        serial = next(number for number in count(run.serial) if not self._status(run.run_id, number))
        StepFunctionsExecutions().start(self.state_machine, run.run_id, serial)

    def execution(self, run: Run) -> str | None:
        """Returns the status of the run's last execution, as Step Functions has it, ``None`` if there is none.

        It may be a later one than that which has advanced the run so far.
        """
        found = None
        for serial in count(run.serial):
            if (status := self._status(run.run_id, serial)) is None:
                return found
            found = status
        return found

    def _status(self, run_id: str, serial: int) -> str | None:
        arn = f"{self.state_machine.replace(':stateMachine:', ':execution:')}:{execution_name(run_id, serial)}"
        try:
            return client("stepfunctions").describe_execution(executionArn=arn)["status"]  # type: ignore[no-any-return]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ExecutionDoesNotExist":
                raise
            return None


@dataclass(slots=True)
class Quote:
    """What a run would do, as far as a sample of the documents tells."""

    options: Options
    objects: int = 0
    older: int = 0
    candidates: list[tuple[int, list[str]]] = field(default_factory=list)
    actions: dict[str, int] = field(default_factory=dict)
    unread: int = 0
    articles: int = 0
    tokens: int = 0
    usd: dict[str, Decimal] = field(default_factory=dict)
    is_priced: bool = True

    def add_sample(self, sampled: Mapping[str, Any]) -> None:
        """Adds what was decided about some documents."""
        for action, number in sampled["actions"].items():
            self.actions[action] = self.actions.get(action, 0) + number
        self.unread += sampled["unread"]
        self.articles += sampled["articles"]
        self.tokens += sampled["tokens"]
        self.is_priced = self.is_priced and set(self.usd) <= set(sampled["usd"])
        for name, usd in sampled["usd"].items():
            self.usd[name] = self.usd.get(name, Decimal(0)) + Decimal(usd)

    @property
    def documents(self) -> int:
        """Returns how many documents there are, without those that are too old."""
        return self.objects - self.older

    @property
    def sampled(self) -> int:
        """Returns how many documents the sample has."""
        return sum(self.actions.values()) + self.unread

    @property
    def open(self) -> int:
        """Returns how many of the sample are to be written about."""
        return sum(number for action, number in self.actions.items() if Action(action).is_open)

    def of_all(self, number: float) -> int:
        """Returns ``number`` of the sample as a number of all documents."""
        return round(number * self.documents / self.sampled) if self.sampled else 0

    @property
    def chosen(self) -> int:
        """Returns how many documents the run would write about."""
        found = self.of_all(self.open)
        return found if self.options.limit is None else min(found, self.options.limit)

    def of_chosen(self, amount: Decimal | int) -> Decimal:
        """Returns ``amount``, of what is to be written of the sample, for all that is chosen."""
        return Decimal(amount) * self.chosen / self.open if self.open else Decimal(0)

    @property
    def cost(self) -> Decimal | None:
        """Returns the US dollars that the drafts are likely to cost, ``None`` without a price."""
        name = "batch" if self.options.mode == "batch" else "live"
        return self.of_chosen(self.usd[name]) if name in self.usd and self.is_priced else None


class Asked(NamedTuple):
    """What the operator asked for; without ``mode`` in batches, where the stack's model answers them."""

    prefix: str = ""
    since: date | None = None
    rewrite_below_prompt: int | None = None
    mode: Literal["batch", "live"] | None = None
    limit: int | None = None
    announce: bool = False


def begin(stack_name: str, asked: Asked, *, is_agreed: bool) -> int:
    """Prints a quote, asks, and begins a run. Returns the exit status."""
    return status_of(lambda: _quote_and_begin(stack_name, asked, is_agreed=is_agreed))


def show(stack_name: str, run_id: str | None) -> int:
    """Prints how far a run is, the newest one by default. Returns the exit status."""
    return status_of(lambda: _show(_backfill_of(stack_name), run_id))


def want(stack_name: str, run_id: str | None, wanted: Wanted) -> int:
    """Pauses, resumes or stops a run, the newest one by default. Returns the exit status."""
    return status_of(lambda: _want(_backfill_of(stack_name), run_id, wanted))


def _backfill_of(stack_name: str) -> Backfill:
    stack = find_stack(stack_name)
    names = [stack.outputs.get(name) for name in ("BackfillFunctionName", "BackfillStateMachineArn")]
    if None in names:
        raise OperationFailed(f"{stack_name} was deployed by a release without backfills: deploy this one first")
    return Backfill(str(names[0]), str(names[1]), client("lambda"))


# ----------------------------------------------------------------------------------------------------------------------
# The quote
# ----------------------------------------------------------------------------------------------------------------------


def _quote_and_begin(stack_name: str, asked: Asked, *, is_agreed: bool) -> None:
    backfill = _backfill_of(stack_name)
    default = "batch" if find_stack(stack_name).parameters.get("ModelProvider") == "openai" else "live"
    options = Options(**{**asked._asdict(), "mode": asked.mode or default})
    quote, usd_a_day = _quoted(backfill, options), _budget(backfill)
    print(_quote_text(quote, usd_a_day))
    if not quote.chosen:
        print("There is nothing to write.")
        return
    if quote.cost is None and usd_a_day is not None:
        raise OperationFailed(
            "there is a budget and no known price: give ModelPrices, or leave BackfillBudgetUsd empty"
        )
    if not is_agreed and not _agrees():
        print("Nothing was begun.")
        return
    told = backfill.ask("begin", options=options.model_dump(mode="json"))
    run = Run.model_validate(told["run"])
    backfill.start(run)
    print(f"Run {run.run_id} has begun. standfirst backfill --status says how far it is.")


def _quoted(backfill: Backfill, options: Options) -> Quote:
    quote, dumped, cursor = Quote(options), options.model_dump(mode="json"), None
    with Terminal(stderr=True).status("Listing …") as status:
        while True:
            listed = backfill.ask("count", options=dumped, cursor=cursor)
            quote.objects += listed["objects"]
            quote.older += listed["older"]
            quote.candidates.append((listed["objects"] - listed["older"], listed["candidates"]))
            status.update(f"Listing … {quote.objects:,} objects")
            if (cursor := listed["cursor"]) is None:
                break
        keys = spread(quote.candidates, SAMPLE)
        for start in range(0, len(keys), AT_ONCE):
            status.update(f"Reading a sample … {start} of {len(keys)} documents")
            quote.add_sample(backfill.ask("sample", options=dumped, keys=keys[start : start + AT_ONCE]))
    return quote


def spread(slices: Sequence[tuple[int, Sequence[str]]], most: int) -> list[str]:
    """Returns up to ``most`` keys, evenly spread over slices of so many documents that some keys are known of."""
    known = [(size / len(keys), key) for size, keys in slices if keys for key in keys]
    places = [*accumulate(weight for weight, _ in known)]
    if not places:
        return []
    wanted = [(number + 0.5) * places[-1] / most for number in range(most)]
    return [known[place][1] for place in sorted({bisect_left(places, each) for each in wanted})]


def _quote_text(quote: Quote, usd_a_day: Decimal | None) -> str:
    options = quote.options
    since = f" since {options.since}" if options.since else ""
    head = f"Backfill of {options.prefix or 'the whole bucket'}{since}, {_way(options)}:"
    rows: list[tuple[Cell, ...]] = [("  objects", quote.objects)]
    if options.since:
        rows.append((f"  last modified before {options.since}", quote.older))
    if quote.sampled < quote.documents:
        rows.append(("  read for this quote", quote.sampled))
    about = "about " if quote.sampled < quote.documents else ""
    rows += [
        ("  done already", f"{about}{quote.of_all(quote.actions.get('done', 0)):,}"),
        ("  left alone", f"{about}{quote.of_all(quote.actions.get('other', 0) + quote.actions.get('older', 0)):,}"),
        ("  to write", f"{about}{quote.chosen:,}"),
        ("  tokens of articles", f"{about}{round(quote.of_chosen(quote.tokens)):,}"),
        ("  at the list price", _usd(quote, "list")),
        *([("  by batch", _usd(quote, "batch"))] if "batch" in quote.usd or options.mode == "batch" else []),
        ("  live, in the background", _usd(quote, "live")),
        ("  at BackfillBudgetUsd", _days(quote, usd_a_day)),
    ]
    notes = ["The objects are counted; what is said to be about is estimated from the sample." if about else ""]
    notes += ["Costs are those of the drafts: what the checks have revised, and second readings, come on top."]
    if quote.unread:
        notes.append(f"{quote.unread} documents of the sample could not be read just now.")
    return "\n".join([one_line(head), "", _figures(rows), "", *filter(None, notes)])


def _figures(rows: Sequence[tuple[Cell, ...]]) -> str:
    """Returns the rows as a table without heads."""
    return text_table(("", ""), rows).split("\n", 1)[1]


def _way(options: Options) -> str:
    rewrite = options.rewrite_below_prompt
    kinds = f", and anew what is by a prompt before {rewrite}" if rewrite is not None else ""
    limit = f", {options.limit} at most" if options.limit is not None else ""
    told = ", each announced on the bus" if options.announce else ""
    return f"{'in batches' if options.mode == 'batch' else 'live'}{kinds}{limit}{told}"


def _usd(quote: Quote, name: str) -> str:
    if name not in quote.usd or not quote.is_priced:
        return "no known price"
    return f"USD {quote.of_chosen(quote.usd[name]):,.2f}"


def _days(quote: Quote, usd_a_day: Decimal | None) -> str:
    if usd_a_day is None:
        return "no limit"
    if quote.cost is None:
        return "no known price"
    days = max(1, int((quote.cost / usd_a_day).to_integral_value(ROUND_UP)))
    return f"{usd_a_day} a day: {'1 day' if days == 1 else f'{days:,} days'}"


def _budget(backfill: Backfill) -> Decimal | None:
    usd = backfill.ask("budget")["usd_a_day"]
    return None if usd is None else Decimal(usd)


def _agrees() -> bool:
    if not sys.stdin.isatty():
        raise OperationFailed("nobody can be asked here: look at the quote, then say --yes")
    return input("Begin? [y/N] ").strip().lower() in {"y", "yes"}


# ----------------------------------------------------------------------------------------------------------------------
# A run
# ----------------------------------------------------------------------------------------------------------------------


def _show(backfill: Backfill, run_id: str | None) -> None:
    told = backfill.ask("status", run=run_id)
    print(_status_text(told, backfill))


def _want(backfill: Backfill, run_id: str | None, wanted: Wanted) -> None:
    told = backfill.ask("want", run=run_id, wanted=wanted)
    run = Run.model_validate(told["run"])
    execution = backfill.execution(run)
    if wanted is not Wanted.PAUSE and (run.state is State.PAUSED or execution != "RUNNING"):
        backfill.start(run)
        told = backfill.ask("status", run=run.run_id)
    print(_status_text(told, backfill))


def _status_text(told: Mapping[str, Any], backfill: Backfill) -> str:
    run, counts = Run.model_validate(told["run"]), Run.model_validate(told["run"]).counts
    lines = [
        f"Run {run.run_id}: {_state(run, Wanted(told['wanted']), backfill)}",
        f"  began {_time(run.began_at)}, last step {_time(run.updated_at)}, {_way(run.options)}",
    ]
    if run.round and not run.state.is_over:
        lines.append(f"  round {run.round.number}, attempt {run.round.attempt}: {_STAGES[run.stage]}")
    rows: list[tuple[Cell, ...]] = [
        ("  listed", counts.listed),
        ("  done before", counts.done),
        ("  too old", counts.older),
        ("  left alone", counts.other),
        ("  to write", counts.chosen),
        ("  written", counts.written + _written_in_round(run)),
        ("  without a text in the end", counts.left),
        ("  answers of batches", counts.answers),
        ("  for, in US dollars", f"{Decimal(counts.batch_usd):.4f}"),
        ("  messages in the queue", told["waiting"]),
    ]
    if run.round and run.stage in {Stage.FEED, Stage.DRAIN}:
        rows.append(("  sent into it in this attempt", f"{run.round.fed:,} of {run.round.to_feed:,}"))
    lines.append(_figures(rows))
    lines += [f"  batch of {each.requests:,} requests: {each.batch_id or 'not submitted yet'}" for each in run.batches]
    if run.trouble:
        lines.append(f"  the provider said of a batch: {run.trouble}")
    if told["is_spent"] and not run.state.is_over:
        lines.append("  today's BackfillBudgetUsd is spent: it goes on after midnight UTC")
    return one_line_each(lines)


def one_line_each(lines: Sequence[str]) -> str:
    """Returns the lines as text, none of which steers the terminal."""
    return "\n".join(one_line(line) for text in lines for line in text.split("\n"))


def _written_in_round(run: Run) -> int:
    return (run.round.first_open or 0) - run.round.open if run.round and run.round.first_open is not None else 0


def _state(run: Run, wanted: Wanted, backfill: Backfill) -> str:
    if run.state.is_over or run.state is State.PAUSED:
        return run.state
    execution = backfill.execution(run)
    if execution != "RUNNING":
        what = "has no execution" if execution is None else f"its execution is {execution.lower().replace('_', ' ')}"
        return f"does not go on, {what}: --resume, once the log of BackfillRuns says what was wrong"
    if wanted is Wanted.RUN:
        return run.state
    return f"{wanted} is awaited: what is paid for is collected first"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
