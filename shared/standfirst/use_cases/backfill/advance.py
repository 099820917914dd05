"""Advances a run by a step.

Which one comes next is stored with the run, so that each may be cut off and repeated.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from standfirst.domain.article import ArticleId, Backfill
from standfirst.domain.backfill_run import (
    PART_DOCUMENTS,
    ROUND_DOCUMENTS,
    Action,
    Round,
    Run,
    Stage,
    State,
    Wanted,
    after_round,
    counted,
    gather,
)
from standfirst.domain.deadline import Deadline
from standfirst.domain.ports import Budget, Clock, ObjectListing, RunFiles, RunStore
from standfirst.use_cases.backfill.batches import (
    RunBatches,
    answered_file,
    free_file,
    open_file,
    read_keys,
    refused_file,
    write_keys,
)
from standfirst.use_cases.backfill.prepare import Prepared, decided_file
from standfirst.use_cases.background_lane import BackgroundLane

LISTED_PER_CHOSEN = 4
"""With a limit, so many documents are listed at once for each that may be chosen, and ``LEAST_LISTED`` at least."""

LEAST_LISTED = 200

PREPARED_AT_MOST = 3
"""How often documents are prepared in one attempt if that fails, as it does when the execution is stopped."""

LONGEST_DRAIN = timedelta(hours=1)
"""After this the documents of a round are looked at again, although the queue is not empty: others use it too."""

LONGEST_WAIT = 15 * 60
"""Seconds after which a run that waits for the next day's budget looks whether it is to pause."""


class Step(StrEnum):
    """What the execution of the state machine does next."""

    ADVANCE = "advance"
    PREPARE = "prepare"
    WAIT = "wait"
    RENEW = "renew"
    END = "end"


class Next(NamedTuple):
    """A step, the seconds to wait before it, and the manifest of the parts to prepare."""

    step: Step
    seconds: int = 0
    manifest: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a run goes on: seconds between looks at the queue and at a batch, and after an attempt that brought nothing.

    After ``steps`` an execution is followed by another one: its
    history may have 25,000 events (Step Functions quotas), and a step takes ten.
    """

    queue_seconds: int = 20
    batch_seconds: int = 60
    fruitless_seconds: int = 600
    steps: int = 1_000


MessageWriter = Callable[[Backfill], str]
"""Returns the body of the message with a command."""


@dataclass(frozen=True, slots=True)
class AdvanceRun:
    """Advances runs. Without ``batches`` every text is written live; ``prefix`` is that of the articles' keys."""

    runs: RunStore
    listing: ObjectListing
    files: RunFiles
    lane: BackgroundLane
    budget: Budget | None
    batches: RunBatches | None
    write_message: MessageWriter
    clock: Clock
    pace: Pace
    prefix: str
    on_end: Callable[[Run], None]

    def __call__(self, run_id: str, serial: int, deadline: Deadline) -> Next:
        """Does steps of the run for the execution ``serial``; returns what that does next.

        Several steps are done at once while more than half of the time is left. Raises ``RunHeld`` while another
        invocation works on the run, ``TransientError``, and ``ModelError`` if the model's provider refuses.
        """
        held = self.clock.now() + timedelta(seconds=deadline.seconds_left)
        run = self.runs.hold(run_id, serial, held)
        if run is None:
            return Next(Step.END)
        half = deadline.seconds_left / 2
        try:
            while True:
                run, todo = self._advance(run, lambda changed: self.runs.save(changed, held))
                run = run.with_(updated_at=self.clock.now(), steps=run.steps + 1)
                self.runs.save(run, held)
                if todo.step is not Step.ADVANCE or deadline.seconds_left < half:
                    break
        finally:
            self.runs.let_go(run_id, held)
        if todo.step is not Step.END and run.steps >= self.pace.steps:
            # Where the run is stands in the run itself, but for the parts that are to be prepared.
            return todo if todo.step is Step.PREPARE else Next(Step.RENEW)
        return todo

    def _advance(self, run: Run, save: Callable[[Run], None]) -> tuple[Run, Next]:
        match run.stage:
            case Stage.PLAN:
                return self._plan(run)
            case Stage.GATHER:
                return self._gather(run)
            case Stage.SUBMIT:
                return self._submit(run)
            case Stage.AWAIT:
                return self._await(run, save)
            case Stage.FEED:
                return self._feed(run)
            case Stage.DRAIN:
                return self._drain(run)

    # ------------------------------------------------------------------------------------------------------------------
    # A round
    # ------------------------------------------------------------------------------------------------------------------

    def _plan(self, run: Run) -> tuple[Run, Next]:
        match self.runs.wanted(run.run_id):
            case Wanted.PAUSE:
                paused = run.with_(state=State.PAUSED)
                self.on_end(paused)
                return paused, Next(Step.END)
            case Wanted.STOP:
                return self._ended(run, State.STOPPED)
        run = run.with_(state=State.RUNNING)
        if run.round is not None:
            return self._plan_again(run)
        if run.is_listed or run.quota == 0:
            return self._ended(run, State.DONE)
        return self._plan_next(run)

    def _plan_next(self, run: Run) -> tuple[Run, Next]:
        """Lists the next slice; what was last modified before ``since`` is not read."""
        quota, since = run.quota, run.options.since
        at_once = max(LEAST_LISTED, LISTED_PER_CHOSEN * quota) if quota is not None else ROUND_DOCUMENTS
        most = min(ROUND_DOCUMENTS, at_once)
        found = self.listing.after(run.bucket, self.prefix + run.options.prefix, run.cursor, most)
        keys = [
            each.key
            for each in found
            if not each.key.endswith("/") and (since is None or each.modified.date() >= since)
        ]
        older = len(found) - len(keys)
        run = run.with_(
            is_listed=len(found) < most,
            cursor=found[-1].key if found else run.cursor,
            counts=run.counts.plus(listed=older, older=older),
        )
        if not keys:
            return run, Next(Step.ADVANCE)
        parts = -(-len(keys) // PART_DOCUMENTS)
        round_ = Round(number=run.rounds + 1, parts=parts, documents=len(keys))
        return self._to_prepare(run.with_(round=round_, rounds=round_.number), keys)

    def _plan_again(self, run: Run) -> tuple[Run, Next]:
        keys = [*read_keys(self.files, open_file(run.folder))]
        return self._to_prepare(run.with_(round=run.current.again(-(-len(keys) // PART_DOCUMENTS))), keys)

    def _to_prepare(self, run: Run, keys: Sequence[str]) -> tuple[Run, Next]:
        parts = [
            {"run": run.run_id, "folder": run.folder, "part": part, "keys": keys[start : start + PART_DOCUMENTS]}
            for part, start in enumerate(range(0, len(keys), PART_DOCUMENTS))
        ]
        # One line, because the state machine reads it as one JSON array.
        self.files.write(manifest_file(run.folder), [json.dumps(parts)])
        return run.at(Stage.GATHER), Next(Step.PREPARE, manifest=manifest_file(run.folder))

    def _gather(self, run: Run) -> tuple[Run, Next]:
        folder, round_ = run.folder, run.current
        manifest = json.loads("".join(self.files.read(manifest_file(folder))))
        decided = [*self._decided(folder, round_.parts)]
        known = {key for key, _ in decided}
        missing = [part for part in manifest if not known.issuperset(part["keys"])]
        if missing and round_.prepared < PREPARED_AT_MOST:
            again = f"{manifest_file(folder)}-{round_.prepared}"
            self.files.write(again, [json.dumps(missing)])
            return run.at(Stage.GATHER, prepared=round_.prepared + 1), Next(Step.PREPARE, manifest=again)
        keys = [key for part in manifest for key in part["keys"]]
        gathered = gather(keys, decided, run.quota if round_.first_open is None else None)
        write_keys(self.files, open_file(folder), gathered.open_keys)
        live = [key for key in gathered.open_keys if gathered.actions.get(key) is Action.LIVE]
        write_keys(self.files, live_file(folder), live)
        run = counted(run, gathered)
        if run.current.is_over:
            self.files.delete(f"texts/{run.round_folder}")
            return after_round(run), Next(Step.ADVANCE)
        waits = Next(Step.WAIT, self.pace.fruitless_seconds) if run.current.fruitless else Next(Step.ADVANCE)
        if run.options.mode == "batch" and self.batches is not None:
            return run.at(Stage.SUBMIT), waits
        return self._to_feed(run), waits

    def _decided(self, folder: str, parts: int) -> Iterator[tuple[str, Action]]:
        for part in range(parts):
            for line in self.files.read(decided_file(folder, part)):
                prepared = Prepared.from_line(line)
                yield prepared.key, prepared.action

    # ------------------------------------------------------------------------------------------------------------------
    # Batches
    # ------------------------------------------------------------------------------------------------------------------

    def _submit(self, run: Run) -> tuple[Run, Next]:
        if self.batches is None:
            return self._to_feed(run), Next(Step.ADVANCE)
        if filled := next((batch for batch in run.batches if batch.batch_id is None), None):
            return self.batches.submit(run, filled), Next(Step.ADVANCE)
        is_whole = run.current.next_part >= run.current.parts
        if is_whole or self.runs.wanted(run.run_id) is not Wanted.RUN:
            return run.at(Stage.AWAIT), Next(Step.ADVANCE)
        submitted = len(run.batches)
        run, is_spent = self.batches.fill(run)
        if is_spent and not submitted and len(run.batches) == submitted:
            return run, self._next_day()
        return (run.at(Stage.AWAIT) if is_spent and len(run.batches) == submitted else run), Next(Step.ADVANCE)

    def _await(self, run: Run, save: Callable[[Run], None]) -> tuple[Run, Next]:
        if self.batches is None or not run.batches:
            return self._to_feed(run), Next(Step.ADVANCE)
        model, is_stopped = self.batches.model, self.runs.wanted(run.run_id) is Wanted.STOP
        if is_stopped:
            run = run.with_(state=State.STOPPING)
        for batch in run.batches:
            if batch.is_settled:
                return self.batches.collect(run, batch, save), Next(Step.ADVANCE)
            state = model.state(batch.batch_id or "")
            if state.is_over:
                run = run.with_(trouble=state.trouble or run.trouble)
                return self.batches.collect(run, batch, save), Next(Step.ADVANCE)
            if is_stopped:
                model.cancel(batch.batch_id or "")
        return run, Next(Step.WAIT, self.pace.batch_seconds)

    # ------------------------------------------------------------------------------------------------------------------
    # The queue
    # ------------------------------------------------------------------------------------------------------------------

    def _to_feed(self, run: Run) -> Run:
        """Writes down which documents go into the queue: first those whose answers are paid for."""
        folder, files = run.folder, range(run.current.files)
        batches = [f"{folder}batch-{number:03d}" for number in files]
        paid = dict.fromkeys(key for batch in batches for key in read_keys(self.files, answered_file(batch)))
        others = [
            *(key for number in files for key in read_keys(self.files, free_file(folder, number))),
            *(key for batch in batches for key in read_keys(self.files, refused_file(batch))),
            *read_keys(self.files, live_file(folder)),
        ]
        keys = [*dict.fromkeys([*paid, *others])]
        write_keys(self.files, feed_file(folder), keys)
        return run.at(Stage.FEED, to_feed=len(keys), paid=len(paid), fed=0)

    def _feed(self, run: Run) -> tuple[Run, Next]:
        """Sends as many documents as the queue has room for; raises ``StoreUnavailable``, and may send some twice."""
        round_ = run.current
        is_wanted = self.runs.wanted(run.run_id) is Wanted.RUN
        last = round_.to_feed if is_wanted else max(round_.paid, round_.fed)
        if round_.fed >= last:
            return run.at(Stage.DRAIN), Next(Step.ADVANCE)
        if self.budget and self.budget.is_spent():
            return (run, self._next_day()) if is_wanted else (run.at(Stage.PLAN), Next(Step.ADVANCE))
        room = self.lane.room()
        if not room:
            return run, Next(Step.WAIT, self.pace.queue_seconds)
        keys = [*read_keys(self.files, feed_file(run.folder))][round_.fed : min(last, round_.fed + room)]
        for key in keys:
            article_id = ArticleId(key.removeprefix(self.prefix))
            self.lane.send(self.write_message(Backfill(article_id, run.bucket, key, run.run_id, run.options.announce)))
        run = run.at(Stage.FEED, fed=round_.fed + len(keys), fed_at=self.clock.now())
        return run, Next(Step.WAIT, self.pace.queue_seconds)

    def _drain(self, run: Run) -> tuple[Run, Next]:
        """Waits until what was sent is done, so that it is decided about again when its records are stored."""
        fed_at, waiting = run.current.fed_at, self.lane.queue.waiting()
        if fed_at and waiting and self.clock.now() - fed_at < LONGEST_DRAIN:
            return run, Next(Step.WAIT, self.pace.queue_seconds)
        return run.at(Stage.PLAN), Next(Step.ADVANCE)

    # ------------------------------------------------------------------------------------------------------------------

    def _ended(self, run: Run, state: State) -> tuple[Run, Next]:
        if run.round is not None:
            self.files.delete(f"texts/{run.round_folder}")
        run = run.with_(state=state)
        self.on_end(run)
        return run, Next(Step.END)

    def _next_day(self) -> Next:
        now = self.clock.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        return Next(Step.WAIT, min(LONGEST_WAIT, int((midnight - now).total_seconds()) + 1))


def manifest_file(folder: str) -> str:
    """Returns the name of the file with the parts of an attempt, which the state machine reads."""
    return f"lists/{folder}manifest"


def live_file(folder: str) -> str:
    """Returns the name of the file with the documents that no batch is for."""
    return f"lists/{folder}live"


def feed_file(folder: str) -> str:
    """Returns the name of the file with the documents that go into the queue."""
    return f"lists/{folder}feed"
