"""What an operator does with runs: begin, look, pause, resume, stop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from standfirst.domain.backfill_run import Options, Run, Wanted
from standfirst.domain.errors import NoSuchRun, SettingsError
from standfirst.domain.ports import Clock, RunStore
from standfirst.use_cases.background_lane import BackgroundLane


class RunStatus(NamedTuple):
    """A run, what the operator wants of it, and how many messages are in the queue of the background lane."""

    run: Run
    wanted: Wanted
    waiting: int


@dataclass(frozen=True, slots=True)
class ControlRuns:
    """Begins runs and tells them what the operator wants. Without a model the extractive writer writes, for nothing.

    ``has_model``, ``has_batches`` and ``has_budget`` say whether the deployment has a model, whether that answers
    batches, and whether it may cost anything.
    """

    runs: RunStore
    lane: BackgroundLane
    clock: Clock
    new_id: Callable[[], str]
    bucket: str
    has_model: bool
    has_batches: bool
    has_budget: bool

    def check(self, options: Options) -> None:
        """Raises ``SettingsError`` that says why the deployment cannot do a run with these options."""
        if not self.has_model and options.rewrite_below_prompt is not None:
            raise SettingsError("This deployment has no model (ModelProvider is none) to write anything anew.")
        if self.has_model and not self.has_budget:
            raise SettingsError("BackfillBudgetUsd is 0: the model is never asked in the background. Raise it first.")
        if options.mode == "batch" and not self.has_batches:
            raise SettingsError("Batches are for ModelProvider openai only: take --live.")

    def begin(self, options: Options) -> Run:
        """Stores a new run, which no execution works on yet; raises ``SettingsError`` or ``RunInProgress``."""
        self.check(options)
        now = self.clock.now()
        run_id = f"{now:%Y%m%d-%H%M%S}-{self.new_id()}"
        run = Run(run_id=run_id, bucket=self.bucket, options=options, began_at=now, updated_at=now)
        self.runs.begin(run)
        return run

    def status(self, run_id: str | None) -> RunStatus:
        """Returns how far a run is, the newest one by default; raises ``NoSuchRun``."""
        run = self.runs.get(run_id) if run_id else self.runs.newest()
        if run is None:
            raise NoSuchRun(f"There is no run {run_id}." if run_id else "There has been no backfill yet.")
        return RunStatus(run, self.runs.wanted(run.run_id), self.lane.queue.waiting())

    def want(self, run_id: str | None, wanted: Wanted) -> RunStatus:
        """Stores what the operator wants of a run that is not over; raises ``NoSuchRun``."""
        run = self.status(run_id).run
        if run.state.is_over:
            raise NoSuchRun(f"Run {run.run_id} is {run.state} already.")
        self.runs.want(run.run_id, wanted)
        return self.status(run.run_id)
