"""A run of the backfill: what was asked for, how far it is, and what it counted.

A run works on the listing of the bucket in rounds. In a round every document is read and decided about; the model
writes about those that lack a text, in batches or one by one; then they are decided about again, until none is left to
write about or nothing comes of it any more.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple, Self

from standfirst.domain.schema import StoredSchema

ROUND_DOCUMENTS = 20_000
"""Documents in one round: about what the default budget pays for in a day. A batch takes a day at most."""

PART_DOCUMENTS = 25
"""Documents that are decided about in one invocation."""

FRUITLESS_ATTEMPTS = 3
"""After so many attempts in a row that brought no text, the documents of a round are left as they are."""


class State(StrEnum):
    """Whether a run goes on. ``stopped`` and ``done`` are its end."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"

    @property
    def is_over(self) -> bool:
        """Returns whether another run may begin."""
        return self in {State.STOPPED, State.DONE}


class Wanted(StrEnum):
    """What the operator wants of a run."""

    RUN = "run"
    PAUSE = "pause"
    STOP = "stop"


class Stage(StrEnum):
    """What comes next in a round."""

    PLAN = "plan"
    GATHER = "gather"
    SUBMIT = "submit"
    AWAIT = "await"
    FEED = "feed"
    DRAIN = "drain"


class Options(StoredSchema):
    """What the operator asked for; ``limit`` is the most documents to write about, ``None`` all of them."""

    prefix: str = ""
    since: date | None = None
    rewrite_below_prompt: int | None = None
    mode: Literal["batch", "live"] = "live"
    limit: int | None = None
    announce: bool = False


class Counts(StoredSchema):
    """What became of the documents so far, and what the answers of batches cost.

    ``older`` are those from before ``Options.since``, ``other`` those about which nothing is written: reviewed by a
    person, withdrawn, erased, or gone from the bucket meanwhile. ``left`` could not be written about.
    """

    listed: int = 0
    older: int = 0
    done: int = 0
    other: int = 0
    chosen: int = 0
    written: int = 0
    left: int = 0
    requests: int = 0
    answers: int = 0
    batch_usd: str = "0"

    def plus(self, **more: int) -> Self:
        """Returns the counts with ``more`` added."""
        return self.model_copy(update={name: getattr(self, name) + number for name, number in more.items()})

    def with_answers(self, answers: int, usd: Decimal) -> Self:
        """Returns the counts with the answers of a batch added."""
        cost = Decimal(self.batch_usd) + usd
        return self.plus(answers=answers).model_copy(update={"batch_usd": f"{cost:f}"})


class Batch(StoredSchema):
    """A file of requests, what is reserved for it, and the provider's id once it is submitted.

    ``is_settled`` says that its answers are stored and its cost is counted.
    """

    name: str
    requests: int
    day: date
    usd: str
    batch_id: str | None = None
    is_settled: bool = False


class Round(StoredSchema):
    """One slice of the listing.

    ``parts`` is the number of its manifest's items in this ``attempt``, ``documents`` that of the documents in them.
    ``open`` is how many are to be written about, ``first_open`` how many were in the first attempt, and ``fruitless``
    how many attempts in a row did not lower that number; ``prepared`` is how often they were prepared. ``next_part`` is
    the first part whose requests are in no file yet, ``files`` the number of files so far. ``to_feed`` documents are to
    be sent into the queue, the first ``paid`` of which a batch has answered; ``fed`` of them are sent, the last one at
    ``fed_at``.
    """

    number: int
    attempt: int = 1
    parts: int
    documents: int
    first_open: int | None = None
    open: int = 0
    fruitless: int = 0
    prepared: int = 1
    next_part: int = 0
    files: int = 0
    to_feed: int = 0
    paid: int = 0
    fed: int = 0
    fed_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Returns whether nothing is left to write about, or nothing comes of it."""
        return not self.open or self.fruitless >= FRUITLESS_ATTEMPTS

    def again(self, parts: int) -> "Round":
        """Returns the next attempt at the documents that are open."""
        return Round(
            number=self.number,
            attempt=self.attempt + 1,
            parts=parts,
            documents=self.open,
            first_open=self.first_open,
            open=self.open,
            fruitless=self.fruitless,
        )


class Run(StoredSchema):
    """A run, as it is stored. ``serial`` is the number of the execution that works on it.

    ``cursor`` is the last key that was listed, ``is_listed`` whether no other comes. ``rounds`` is the number of rounds
    that began. ``trouble`` has the provider's codes of what was wrong with the last batch that failed.
    """

    run_id: str
    bucket: str
    options: Options
    state: State = State.RUNNING
    began_at: datetime
    updated_at: datetime
    serial: int = 1
    steps: int = 0
    stage: Stage = Stage.PLAN
    cursor: str | None = None
    is_listed: bool = False
    rounds: int = 0
    round: Round | None = None
    batches: tuple[Batch, ...] = ()
    counts: Counts = Counts()
    trouble: str | None = None

    @property
    def current(self) -> Round:
        """Returns the round; raises ``ValueError`` between rounds."""
        if self.round is None:
            raise ValueError("There is no round.")
        return self.round

    @property
    def round_folder(self) -> str:
        """Returns where the files of this round are."""
        return f"{self.run_id}/{self.current.number:06d}/"

    @property
    def folder(self) -> str:
        """Returns where those of this attempt are."""
        return f"{self.round_folder}{self.current.attempt:03d}/"

    @property
    def quota(self) -> int | None:
        """Returns how many more documents may be chosen, ``None`` if any number may."""
        return None if self.options.limit is None else max(0, self.options.limit - self.counts.chosen)

    def with_(self, **changes: object) -> Self:
        """Returns the run with other values."""
        return self.model_copy(update=changes)

    def at(self, stage: Stage, **of_round: object) -> Self:
        """Returns the run at ``stage``, its round with other values."""
        changed = self.round.model_copy(update=of_round) if self.round else None
        return self.with_(stage=stage, round=changed)

    def with_batch(self, batch: Batch) -> Self:
        """Returns the run with ``batch`` in place of the one with its name, or after the others."""
        others = {each.name: each for each in self.batches}
        return self.model_copy(update={"batches": tuple((others | {batch.name: batch}).values())})

    def without_batch(self, name: str) -> Self:
        """Returns the run without the batch of that name."""
        return self.model_copy(update={"batches": tuple(each for each in self.batches if each.name != name)})


class Action(StrEnum):
    """What is done with a document, or with an article in one; of a package, the last of these counts."""

    OLDER = "older"
    OTHER = "other"
    DONE = "done"
    LIVE = "live"
    REQUEST = "request"

    @property
    def is_open(self) -> bool:
        """Returns whether a text is to be written."""
        return self in {Action.LIVE, Action.REQUEST}


class Gathered(NamedTuple):
    """What was decided about the documents of an attempt: ``open_keys`` are to be written about, in order.

    Those of them that are ``undecided`` could not be read, and come again.
    """

    actions: dict[str, Action]
    open_keys: list[str]
    undecided: int = 0


def gather(keys: Sequence[str], decided: Iterable[tuple[str, Action]], quota: int | None) -> Gathered:
    """Returns what is decided about ``keys``; at most ``quota`` of them are open.

    ``decided`` may have several actions of one document. Those of a package that lack a text decide about it.
    """
    order = list(Action)
    actions: dict[str, Action] = {}
    for key, action in decided:
        actions[key] = max(actions.get(key, action), action, key=order.index)
    open_keys = [key for key in keys if key not in actions or actions[key].is_open][:quota]
    return Gathered(actions, open_keys, sum(key not in actions for key in open_keys))


def counted(run: Run, gathered: Gathered) -> Run:
    """Returns ``run`` with what was gathered in this attempt of its round."""
    round_, is_open = run.current, len(gathered.open_keys)
    if round_.first_open is not None:
        fruitless = round_.fruitless + 1 if is_open >= round_.open else 0
        return run.at(run.stage, open=is_open, fruitless=fruitless)
    actions = list(gathered.actions.values())
    numbers = {name: actions.count(Action(name)) for name in ("older", "other", "done")}
    counts = run.counts.plus(listed=round_.documents, chosen=is_open, **numbers)
    return run.at(run.stage, first_open=is_open, open=is_open).with_(counts=counts)


def after_round(run: Run) -> Run:
    """Returns ``run`` after its round, whose documents are counted as written or left."""
    round_ = run.current
    written = (round_.first_open or 0) - round_.open
    return run.with_(counts=run.counts.plus(written=written, left=round_.open), round=None, stage=Stage.PLAN)
