"""Everything that can happen to a service, one event at a time, and how likely it is.

``which`` counts from any beginning: it is taken modulo of what there is. What cannot happen at the moment does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from promises.newsroom import GONE, PARTS, UNREADABLE, Content
from promises.service import TO_THE_END, Service
from promises.uploads_queue import MAX_RECEIVES, Letter
from promises.workers import ACKNOWLEDGE, AFTER_MODEL, AFTER_READER, MODEL, PUT, READER, SAVE, SLEEP, Worker, throttled
from standfirst.domain.errors import (
    ModelBusy,
    ModelDown,
    ModelOutputInvalid,
    ModelRefused,
    ModelUnusable,
    StoreUnavailable,
)
from standfirst.domain.record import Status

KEYS = ("news/a b+c.txt", "sport/ü.txt")
MOST_WORKERS = 3
MOST_LETTERS = 4
"""With more, news would only pile up."""

FAULTS_IN_A_ROW = 2
"""More would be an outage, which ends in the dead letters."""

Thing = TypeVar("Thing")

Until = int | str
"""How far a worker goes: so many calls, or until it stands before a certain one."""


@dataclass(frozen=True)
class Change:
    """Somebody uploads a document, old or new, readable or not, or deletes it; a worker may begin at once."""

    key: str
    content: Content
    tail: str
    until: Until

    def happen_to(self, service: Service) -> None:
        """Unless too much news waits already."""
        if len(service.queue.letters) < MOST_LETTERS:
            letter = service.change(service.document(self.key), self.content, self.tail)
            _deliver(service, letter, self.until)


@dataclass(frozen=True)
class TakeBack:
    """Somebody uploads what lay there before the last change."""

    key: str
    tail: str
    until: Until

    def happen_to(self, service: Service) -> None:
        """As another change, if anything did."""
        before = service.document(self.key).past[-2:][0]
        if before != GONE:
            Change(self.key, before, self.tail, self.until).happen_to(service)


@dataclass(frozen=True)
class Post:
    """Somebody sends an article and waits for its summary."""

    key: str
    content: Content
    tail: str
    until: Until

    def happen_to(self, service: Service) -> None:
        """Unless too much news waits already, or too many are at work."""
        if len(service.queue.letters) < MOST_LETTERS and len(service.alive) < MOST_WORKERS:
            _go_on(service, service.post(service.document(self.key), self.content, self.tail), self.until)


@dataclass(frozen=True)
class Decide:
    """A person edits, approves or rejects the current revision, or the pending one."""

    key: str
    which: int
    status: Status
    of_pending: bool
    until: Until

    def happen_to(self, service: Service) -> None:
        """If anything is there to be seen."""
        known = service.known(service.document(self.key))
        if known and len(service.alive) < MOST_WORKERS:
            decides = service.decide(_any(known, self.which), self.status, of_pending=self.of_pending)
            _go_on(service, decides, self.until)


@dataclass(frozen=True)
class Regenerate:
    """A person requests a regeneration; a worker may begin at once."""

    key: str
    which: int
    until: Until

    def happen_to(self, service: Service) -> None:
        """If there is one, and not too much waits already."""
        known = service.known(document := service.document(self.key))
        if known and len(service.queue.letters) < MOST_LETTERS:
            letter = service.regenerate(document, _any(known, self.which))
            if letter:
                _deliver(service, letter, self.until)


@dataclass(frozen=True)
class Backfill:
    """A run has what lies under a key summarised; a worker may begin at once."""

    key: str
    announces: bool
    until: Until

    def happen_to(self, service: Service) -> None:
        """Unless too much waits already."""
        if len(service.queue.letters) < MOST_LETTERS:
            letter = service.backfill(service.document(self.key), announces=self.announces)
            _deliver(service, letter, self.until)


@dataclass(frozen=True)
class PutArchive:
    """Something has lain under a key since before there were events."""

    key: str
    content: Content
    until: Until

    def happen_to(self, service: Service) -> None:
        """If nothing ever lay there."""
        document = service.document(self.key)
        if document.past == [GONE] and self.content != GONE and len(service.queue.letters) < MOST_LETTERS:
            _deliver(service, service.put_archive(document, self.content), self.until)


@dataclass(frozen=True)
class PutInBatch:
    """A run claims what lies under a key, for a batch."""

    key: str

    def happen_to(self, service: Service) -> None:
        """What is not claimed, or written, already."""
        service.put_in_batch(service.document(self.key))


@dataclass(frozen=True)
class CollectBatch:
    """The batch is over, answered or not; its commands come, and a worker may begin at once."""

    is_answered: bool
    until: Until

    def happen_to(self, service: Service) -> None:
        """As far as there is room for them: a run that is stopped sends no more."""
        for document in service.collect_batch(is_answered=self.is_answered):
            if len(service.queue.letters) < MOST_LETTERS:
                _deliver(service, service.backfill(document), self.until)


@dataclass(frozen=True)
class Duplicate:
    """A message is there twice."""

    which: int

    def happen_to(self, service: Service) -> None:
        """As S3 and SQS both may do."""
        letters = service.queue.letters
        if 0 < len(letters) < MOST_LETTERS:
            service.queue.send(_any(letters, self.which).body)


@dataclass(frozen=True)
class Deliver:
    """Any message is delivered, and its worker makes its first calls."""

    which: int
    until: Until

    def happen_to(self, service: Service) -> None:
        """After a while, if none can be seen yet."""
        if service.queue.letters:
            service.wait_for_letter()
            _deliver(service, _any(service.queue.visible(), self.which), self.until)


@dataclass(frozen=True)
class DeliverInVain:
    """A message was delivered, and never arrived, until only one delivery is left (a throttled poller does that)."""

    which: int

    def happen_to(self, service: Service) -> None:
        """If there is one."""
        if visible := service.queue.visible():
            _any(visible, self.which).receive_count = MAX_RECEIVES - 1


@dataclass(frozen=True)
class GoOn:
    """A worker makes its next calls."""

    which: int
    until: Until

    def happen_to(self, service: Service) -> None:
        """One that still stands somewhere."""
        if service.alive:
            _go_on(service, _any(service.alive, self.which), self.until)


@dataclass(frozen=True)
class Crash:
    """A worker's process is killed, now or a little later."""

    which: int
    until: Until

    def happen_to(self, service: Service) -> None:
        """Between two calls."""
        if service.alive:
            _go_on(service, worker := _any(service.alive, self.which), self.until)
            if worker.stands_before:
                worker.kill()


@dataclass(frozen=True)
class LoseAnswer:
    """A worker's next call is made, but no answer comes."""

    which: int

    def happen_to(self, service: Service) -> None:
        """Of boto3's only; the others have nothing to say."""
        if service.alive and _may_fail(worker := _any(service.alive, self.which)) and worker.stands_before_aws:
            worker.go_on_without_answer()
            service.look_at(worker)


@dataclass(frozen=True)
class Fail:
    """A worker's next call fails, with ``of_model`` if it asks the model."""

    which: int
    of_model: type[Exception]

    def happen_to(self, service: Service) -> None:
        """As boto3 fails, once it has tried several times."""
        if service.alive and _may_fail(worker := _any(service.alive, self.which)):
            worker.fail(self._error(worker))
            service.look_at(worker)

    def _error(self, worker: Worker) -> Exception:
        if worker.stands_before in {MODEL, READER}:
            return self.of_model("The model gives nothing.")
        if worker.stands_before and worker.stands_before_aws:
            return throttled(worker.stands_before)
        return StoreUnavailable("SQS does not answer.")


@dataclass(frozen=True)
class FailAtModel:
    """A worker goes on until it asks the model, or the second reader, and gets nothing of it."""

    which: int
    call: str
    of_model: type[Exception]
    until: Until

    def happen_to(self, service: Service) -> None:
        """If it asks the model at all."""
        if service.alive:
            worker = _any(service.alive, self.which)
            service.go_on(worker, before=self.call)
            if worker.stands_before:
                worker.fail(self.of_model("The model gives nothing."))
                _go_on(service, worker, self.until)


@dataclass(frozen=True)
class Wait:
    """Time passes. A worker whose time is up is given up, but its process may go on."""

    seconds: int

    def happen_to(self, service: Service) -> None:
        """For everybody."""
        service.wait(self.seconds)


@dataclass(frozen=True)
class ScheduleUpgrades:
    """Upgrades are scheduled; a worker may begin at once."""

    until: Until

    def happen_to(self, service: Service) -> None:
        """If any is due."""
        if service.schedule_upgrades():
            _deliver(service, service.queue.letters[-1], self.until)


Event = (
    Change
    | TakeBack
    | Post
    | Decide
    | Regenerate
    | Backfill
    | PutArchive
    | PutInBatch
    | CollectBatch
    | Duplicate
    | Deliver
    | DeliverInVain
    | GoOn
    | Crash
    | LoseAnswer
    | Fail
    | FailAtModel
    | Wait
    | ScheduleUpgrades
)


def _any(things: Sequence[Thing], which: int) -> Thing:
    return things[which % len(things)]


def _go_on(service: Service, worker: Worker | None, until: Until) -> None:
    if isinstance(until, str):
        service.go_on(worker, before=until)
    else:
        service.go_on(worker, until)


def _deliver(service: Service, letter: Letter, until: Until) -> None:
    if until and len(service.alive) < MOST_WORKERS:
        _go_on(service, service.deliver(letter), until)


def _may_fail(worker: Worker) -> bool:
    return (
        worker.stands_before not in {ACKNOWLEDGE, AFTER_MODEL, AFTER_READER, SLEEP}
        and worker.faults_in_a_row < FAULTS_IN_A_ROW
    )


# ----------------------------------------------------------------------------------------------------------------------
# How likely it is
# ----------------------------------------------------------------------------------------------------------------------

keys = st.sampled_from((KEYS[0], KEYS[0], *KEYS))
which = st.integers(0, 5)
until = st.sampled_from(
    (1, 2, 3, 4, MODEL, AFTER_MODEL, READER, AFTER_READER, PUT, SAVE, SAVE, ACKNOWLEDGE, *[TO_THE_END] * 5)
)
at_first = st.just(0) | until
tails = st.text("0123456789ABCDEFabcdef", max_size=4)
of_model = st.sampled_from((ModelBusy, ModelDown, *[ModelUnusable] * 3, ModelRefused, ModelOutputInvalid))


def contents(key: str) -> st.SearchStrategy[Content]:
    """What may lie under ``key``; its texts come again, and are those of no other."""
    package = st.dictionaries(st.sampled_from(PARTS), st.sampled_from("1122!"), min_size=1).map(
        lambda parts: {part: _text(key, part, number) for part, number in parts.items()}
    )
    nothing = st.sampled_from((GONE, UNREADABLE))
    return st.integers(0, 9).flatmap(lambda of_ten: articles(key) if of_ten < 4 else package if of_ten < 8 else nothing)


def _text(key: str, part: str, number: str) -> str:
    return UNREADABLE if number == "!" else f"{key}/{part} {number}"


def articles(key: str) -> st.SearchStrategy[Content]:
    """The documents of one article among them."""
    return st.sampled_from("123").map(lambda number: {"": f"{key} {number}"})


statuses = st.sampled_from((Status.EDITED, Status.EDITED, Status.APPROVED, Status.REJECTED))
posts = keys.flatmap(lambda key: st.builds(Post, st.just(key), articles(key), tails, until))
changes = keys.flatmap(lambda key: st.builds(Change, st.just(key), contents(key), tails, at_first))

WEIGHTS: tuple[tuple[int, st.SearchStrategy[Event]], ...] = (
    (6, changes),
    (4, st.builds(TakeBack, keys, tails, at_first)),
    (4, posts),
    (5, st.builds(Decide, keys, which, statuses, st.booleans(), until)),
    (3, st.builds(Regenerate, keys, which, at_first)),
    (3, st.builds(Backfill, keys, st.booleans(), until)),
    (2, keys.flatmap(lambda key: st.builds(PutArchive, st.just(key), contents(key), at_first))),
    (3, st.builds(PutInBatch, keys)),
    (2, st.builds(CollectBatch, st.sampled_from((True, True, False)), at_first)),
    (1, st.builds(Duplicate, which)),
    (8, st.builds(Deliver, which, until)),
    (6, st.builds(GoOn, which, until)),
    (2, st.builds(Crash, which, st.just(0) | until)),
    (1, st.builds(DeliverInVain, which)),
    (1, st.builds(LoseAnswer, which)),
    (2, st.builds(Fail, which, of_model)),
    (3, st.builds(FailAtModel, which, st.sampled_from((MODEL, READER)), of_model, until)),
    (1, st.builds(Wait, st.sampled_from((10, 100, 1000)))),
    (2, st.builds(ScheduleUpgrades, at_first)),
)

events: st.SearchStrategy[Event] = st.sampled_from(
    [number for number, (weight, _) in enumerate(WEIGHTS) for _ in range(weight)]
).flatmap(lambda number: WEIGHTS[number][1])
