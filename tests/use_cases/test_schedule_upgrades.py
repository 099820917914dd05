"""``ScheduleUpgrades`` over fakes."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest

from builders import MORNING, a_record, replace_stored, save
from fakes import FakeBreaker, FakeBudget, FakeClock, FakeQueue, FakeSummaries
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.record import Degraded, Record
from standfirst.domain.second_reading import SecondReading
from standfirst.use_cases.background_lane import MESSAGES_PER_BATCH, BackgroundLane
from standfirst.use_cases.schedule_upgrades import RETRY_INTERVAL, ScheduleUpgrades


def a_degraded_record(name: str, minutes: float = 0, degraded: Degraded = Degraded.MODEL_UNAVAILABLE) -> Record:
    """A record with the fallback's text."""
    record = a_record(name, minutes=minutes)
    assert record.made_by
    return record.model_copy(update={"made_by": record.made_by.model_copy(update={"degraded": degraded})})


def an_unread_record(name: str, minutes: float = 0) -> Record:
    """A record of a text that the second reader could not read."""
    reading = SecondReading(policy="doubtful", outcome="unavailable")
    return a_record(name, minutes=minutes).model_copy(update={"second_reading": reading})


@dataclass
class World:
    """Three articles that wait for the model, at a quarter past nine, and what is asked of the queue."""

    budget: FakeBudget | None = None
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    breaker: FakeBreaker = field(default_factory=FakeBreaker)
    reader_breaker: FakeBreaker = field(default_factory=FakeBreaker)
    queue: FakeQueue = field(default_factory=FakeQueue)
    clock: FakeClock = field(default_factory=lambda: FakeClock(MORNING + timedelta(minutes=15)))

    def __post_init__(self) -> None:
        for minutes, name in enumerate(["first", "second", "third"]):
            save(self.summaries, a_degraded_record(name, minutes))
        save(self.summaries, a_record("written"))

    def run(self, room: int = 50) -> int:
        """How many upgrades one run schedules."""
        self.queue.others = MESSAGES_PER_BATCH - len(self.queue.sent) - room
        upgrade = ScheduleUpgrades(
            self.summaries,
            self.breaker,
            self.reader_breaker,
            self.budget,
            BackgroundLane(self.queue, concurrency=1),
            lambda bucket, key: f"{bucket}: {key}",
            self.clock,
        )
        return upgrade()


def test_what_the_model_is_still_to_write_is_scheduled() -> None:
    """Where it lies, the longest waiting first; nothing else is."""
    world = World()

    assert world.run() == 3

    assert world.queue.sent == ["articles: first", "articles: second", "articles: third"]


def test_what_the_second_reader_is_still_to_read_is_scheduled() -> None:
    """Beside what is to be written, however long that waits already; but in no more than half of the room."""
    world = World()
    for name in ("unread", "unread too", "unread as well"):
        save(world.summaries, an_unread_record(name))

    assert world.run(room=3) == 3

    assert world.queue.sent == ["articles: first", "articles: unread", "articles: unread too"]


@pytest.mark.parametrize(
    ("writings", "readings", "sent"),
    [(0, 9, ["unread"]), (9, 0, ["first", "second", "third"]), (1, 1, ["first", "unread"]), (0, 0, [])],
    ids=["writer out", "reader out", "a trial of each", "both out"],
)
def test_a_model_that_is_out_holds_up_the_other_one_not(writings: int, readings: int, sent: list[str]) -> None:
    """Each has a breaker of its own, and a line of its own."""
    world = World(breaker=FakeBreaker(writings), reader_breaker=FakeBreaker(readings))
    save(world.summaries, an_unread_record("unread", minutes=-9))

    world.run()

    assert world.queue.sent == [f"articles: {name}" for name in sent]


@pytest.mark.parametrize("degraded", [Degraded.MODEL_UNAVAILABLE, Degraded.BUDGET])
def test_it_does_not_matter_why_the_model_was_not_asked(degraded: Degraded) -> None:
    """Once it can be had, it can."""
    world = World(clock=FakeClock(MORNING + timedelta(days=1)))
    save(world.summaries, a_degraded_record("fourth", degraded=degraded))

    world.run()

    assert "articles: fourth" in world.queue.sent


def test_a_package_is_scheduled_once() -> None:
    """One upgrade is for all of its articles."""
    world = World()
    for part in ("one", "two"):
        record = a_degraded_record(f"package/{part}")
        lies_at = record.article.model_copy(update={"key": "package"})
        save(world.summaries, record.model_copy(update={"article": lies_at}))

    assert world.run() == 4

    assert world.queue.sent.count("articles: package") == 1
    assert world.run() == 0


@pytest.mark.parametrize("room", [0, -7], ids=["full", "over-full"])
def test_nothing_is_scheduled_into_a_full_queue(room: int) -> None:
    """What stands there is worked off first."""
    world = World()

    assert world.run(room) == 0
    assert not world.queue.sent


def test_no_more_is_scheduled_at_once_than_there_is_room_for() -> None:
    """The next run goes on where this one stopped, and schedules nothing twice."""
    world = World()

    assert world.run(room=2) == 2
    assert world.run(room=2) == 1
    assert world.run(room=2) == 0

    assert world.queue.sent == ["articles: first", "articles: second", "articles: third"]


def test_an_upgrade_that_came_to_nothing_is_scheduled_again_after_a_while() -> None:
    """A message may end in the dead-letter queue; the article is not forgotten for that."""
    world = World()
    world.run()
    world.clock.moment += RETRY_INTERVAL - timedelta(minutes=5)
    assert world.run() == 0

    world.clock.moment += timedelta(minutes=5)

    assert world.run() == 3


def test_an_article_that_was_written_meanwhile_is_not_scheduled_again() -> None:
    """The line is left by being written about."""
    world = World()
    world.run()
    stored = world.summaries.current(ArticleId("second"))
    assert stored
    replace_stored(world.summaries, stored, a_record("second", revision=2))
    world.clock.moment += 2 * RETRY_INTERVAL

    world.run()

    assert world.queue.sent[3:] == ["articles: first", "articles: third"]


def test_nothing_is_scheduled_while_the_breaker_is_open() -> None:
    """Each would be answered by the extractive writer again."""
    world = World(breaker=FakeBreaker(allows=0))

    assert world.run() == 0

    assert not world.queue.sent
    assert world.summaries.due_for_upgrade(MORNING + timedelta(minutes=15), 10)


def test_one_is_scheduled_as_a_trial() -> None:
    """Without any, a breaker would stay open in a night without uploads."""
    world = World(breaker=FakeBreaker(allows=1))

    assert world.run() == 1
    assert world.queue.sent == ["articles: first"]


@pytest.mark.parametrize(
    ("spent", "scheduled"), [("0", 3), ("0.98", 3), ("1", 0), ("1.2", 0)], ids=["new", "left", "spent", "over"]
)
def test_nothing_is_scheduled_while_the_budget_is_spent(spent: str, scheduled: int) -> None:
    """The next day is soon enough."""
    world = World(budget=FakeBudget(Decimal(1), Decimal(spent)))

    assert world.run() == scheduled
    assert len(world.queue.sent) == scheduled


def test_an_upgrade_that_cannot_be_sent_is_not_deferred() -> None:
    """The next run, five minutes later, schedules it again."""
    world = World(queue=FakeQueue(error=StoreUnavailable("SQS")))

    with pytest.raises(StoreUnavailable):
        world.run()

    world.queue.error = None
    assert world.run() == 3


def test_what_was_sent_before_the_queue_failed_is_not_sent_again() -> None:
    """Each is deferred as soon as it is scheduled."""

    class Failing(FakeQueue):
        """A queue that takes one message."""

        def send(self, body: str) -> None:
            """The second fails."""
            if self.sent:
                raise StoreUnavailable("SQS")
            super().send(body)

    world = World(queue=Failing())

    with pytest.raises(StoreUnavailable):
        world.run()

    world.queue = FakeQueue()
    world.run()
    assert world.queue.sent == ["articles: second", "articles: third"]
