"""The steps of ``functions/backfill`` as events have them: each takes an event and returns JSON."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from standfirst.domain.backfill_run import Options, Wanted
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import NoSuchRun
from standfirst.use_cases.backfill.advance import Step as NextStep
from standfirst.use_cases.backfill.control import RunStatus
from standfirst.wiring.backfill import BackfillUseCases

Event = Mapping[str, Any]
Answer = dict[str, Any]


def _advance(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    """Returns ``next``, and what the state of that name needs; ``renew`` starts another execution in place of this."""
    run_id, serial = event["run"], int(event["serial"])
    todo = use_cases.advance(run_id, serial, deadline)
    if todo.step is NextStep.RENEW:
        use_cases.executions.start(event["state_machine"], run_id, serial + 1)
    return {"next": todo.step, "seconds": todo.seconds, "manifest": todo.manifest, "run": run_id, "serial": serial}


def _prepare(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del deadline
    part = event["part"]
    if (run := use_cases.runs.get(part["run"])) is None:
        raise NoSuchRun(f"There is no run {part['run']}.")
    return {"open": use_cases.prepare(run, part["folder"], int(part["part"]), part["keys"])}


def _count(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del deadline
    options = Options.model_validate(event["options"])
    use_cases.control.check(options)
    return use_cases.quote.count(options, event.get("cursor")).model_dump(mode="json")


def _sample(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del deadline
    return use_cases.quote.sample(Options.model_validate(event["options"]), event["keys"]).model_dump(mode="json")


def _budget(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del event, deadline
    return {"usd_a_day": use_cases.usd_a_day}


def _begin(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del deadline
    run = use_cases.control.begin(Options.model_validate(event["options"]))
    return _status_answer(use_cases.control.status(run.run_id), use_cases)


def _status(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del deadline
    return _status_answer(use_cases.control.status(event.get("run")), use_cases)


def _want(use_cases: BackfillUseCases, event: Event, deadline: Deadline) -> Answer:
    del deadline
    return _status_answer(use_cases.control.want(event.get("run"), Wanted(event["wanted"])), use_cases)


def _status_answer(status: RunStatus, use_cases: BackfillUseCases) -> Answer:
    return {
        "run": status.run.model_dump(mode="json"),
        "wanted": status.wanted,
        "waiting": status.waiting,
        "usd_a_day": use_cases.usd_a_day,
        "is_spent": use_cases.is_spent,
    }


STEPS: Mapping[str, Callable[[BackfillUseCases, Event, Deadline], Answer]] = MappingProxyType(
    {
        "advance": _advance,
        "prepare": _prepare,
        "count": _count,
        "sample": _sample,
        "budget": _budget,
        "begin": _begin,
        "status": _status,
        "want": _want,
    }
)
