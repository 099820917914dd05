"""Runs of the backfill over fakes: a bucket of articles, a provider of batches that counts its bill, and the lane."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from builders import a_deadline, an_attempt, an_object
from fakes import FakeArticles, FakeBudget, FakeGenerationCache, FakeQueue, FakeSummaries, FakeWriter
from standfirst.adapters.aws.messages import read_message, write_backfill
from standfirst.domain.article import Article, Backfill
from standfirst.domain.backfill_run import Options, Run, Wanted
from standfirst.domain.errors import ModelError, RunHeld, RunInProgress, TransientError
from standfirst.domain.ports import Assignment, BatchAnswer, BatchState, Generation, ListedObject, WriterIdentity
from standfirst.domain.usage import Usage
from standfirst.use_cases.article_versions import FindVersions
from standfirst.use_cases.backfill.advance import AdvanceRun, Next, Pace, Step
from standfirst.use_cases.backfill.batches import RunBatches
from standfirst.use_cases.backfill.control import ControlRuns
from standfirst.use_cases.backfill.decide import DecideDocument
from standfirst.use_cases.backfill.prepare import PrepareDocuments
from standfirst.use_cases.background_lane import BackgroundLane
from use_case import a_use_case, choose_default, read_lines

BUCKET = "articles"
TODAY = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
PRICE = Decimal("0.001")
"""What one draft is likely to cost in a batch."""

BATCH_USAGE = Usage(input_tokens=1_000, output_tokens=100, cost_usd="0.0008")


class Killed(Exception):
    """The function has ended here."""


@dataclass
class StillClock:
    """A clock that stands until somebody moves it."""

    moment: datetime = TODAY

    def now(self) -> datetime:
        """The moment."""
        return self.moment


@dataclass
class FakeListing:
    """The listing of a bucket of articles."""

    articles: FakeArticles
    modified: dict[str, datetime] = field(default_factory=dict)

    def after(self, bucket: str, prefix: str, key: str | None, most: int) -> Sequence[ListedObject]:
        """In the order of the keys."""
        assert bucket == BUCKET
        keys = sorted(each for each in self.articles.objects if each.startswith(prefix) and each > (key or ""))
        return [ListedObject(each, self.modified.get(each, TODAY)) for each in keys[:most]]


@dataclass
class FakeRuns:
    """A table of runs."""

    clock: StillClock
    kept: dict[str, str] = field(default_factory=dict)
    wishes: dict[str, Wanted] = field(default_factory=dict)
    serials: dict[str, int] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)

    def begin(self, run: Run) -> None:
        """As the newest."""
        before = self.newest()
        if before and not before.state.is_over:
            raise RunInProgress(before.run_id)
        self.kept[run.run_id] = run.model_dump_json()
        self.wishes[run.run_id] = Wanted.RUN

    def newest(self) -> Run | None:
        """The last one."""
        return self.get([*self.kept][-1]) if self.kept else None

    def get(self, run_id: str) -> Run | None:
        """As it was stored."""
        if run_id not in self.kept:
            return None
        run = Run.model_validate_json(self.kept[run_id])
        serial = self.serials.get(run_id, 1)
        return run if run.serial == serial else run.with_(serial=serial, steps=0)

    def wanted(self, run_id: str) -> Wanted:
        """What is wanted."""
        return self.wishes[run_id]

    def want(self, run_id: str, wanted: Wanted) -> None:
        """Another wish."""
        self.wishes[run_id] = wanted

    def hold(self, run_id: str, serial: int, until: datetime) -> Run | None:
        """Unless it is held, or a later execution has it."""
        run = self.get(run_id)
        if run is None or run.serial > serial:
            return None
        if self.held.get(run_id, self.clock.now()) > self.clock.now():
            raise RunHeld(run_id)
        self.held[run_id], self.serials[run_id] = until, serial
        return self.get(run_id)

    def save(self, run: Run, held: datetime) -> None:
        """If it is held."""
        if self.held.get(run.run_id) != held:
            raise RunHeld(run.run_id)
        self.kept[run.run_id] = run.model_dump_json()

    def let_go(self, run_id: str, held: datetime) -> None:
        """If it is held."""
        if self.held.get(run_id) == held:
            del self.held[run_id]


@dataclass
class FakeFiles:
    """A bucket of files."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def write(self, name: str, lines: Iterable[str]) -> None:
        """As lines."""
        self.kept[name] = "".join(f"{line}\n" for line in lines).encode()

    def read(self, name: str) -> Iterator[str]:
        """The lines, or none."""
        yield from self.kept.get(name, b"").decode().splitlines()

    def put(self, name: str, path: Path) -> None:
        """The file."""
        self.kept[name] = path.read_bytes()

    def get(self, name: str, path: Path) -> None:
        """The file."""
        path.write_bytes(self.kept[name])

    def delete(self, prefix: str) -> None:
        """All that begins so."""
        self.kept = {name: content for name, content in self.kept.items() if not name.startswith(prefix)}


@dataclass
class FakeModel:
    """A model that answers batches and single requests; ``paid`` counts what it is paid for by the article's text.

    A batch ends after so many ``answers``, the rest of it expires; ``refuses`` are the texts that it will not write
    about in a batch.
    """

    answered_at_most: int | None = None
    refuses: frozenset[str] = frozenset()
    paid: Counter[str] = field(default_factory=Counter)
    live: Counter[str] = field(default_factory=Counter)
    batches: dict[str, list[Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    discarded: set[str] = field(default_factory=set)
    billed: dict[str, set[str]] = field(default_factory=dict)
    is_over: bool = True
    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("openai", model="gpt", prompt="3"))

    def request(self, assignment: Assignment) -> Mapping[str, object] | None:
        """The article's text; a long one needs several."""
        text = assignment.article.text
        return None if text.startswith("long") else {"text": text}

    def likely_cost(self, article: Article) -> Decimal | None:
        """The same for all."""
        del article
        return PRICE

    def submit(self, path: Path, metadata: Mapping[str, str]) -> str:
        """Found again by its metadata."""
        name = metadata["standfirst_batch"]
        if name not in self.names:
            lines = [json.loads(line) for line in path.read_bytes().splitlines()]
            assert len({line["custom_id"] for line in lines}) == len(lines), "no two requests have the same id"
            self.names[name] = f"batch {len(self.names)}"
            self.batches[self.names[name]] = lines
        return self.names[name]

    def state(self, batch_id: str) -> BatchState:
        """Over, unless it is not."""
        is_over = self.is_over or batch_id in self.cancelled
        return BatchState("completed" if is_over else "in_progress", is_over=is_over, total=len(self.batches[batch_id]))

    def answers(self, batch_id: str) -> Iterator[BatchAnswer]:
        """What was answered, and what expired."""
        assert batch_id not in self.discarded
        most = 0 if batch_id in self.cancelled else self.answered_at_most
        for place, line in enumerate(self.batches[batch_id]):
            text, custom_id = line["body"]["text"], line["custom_id"]
            if most is not None and place >= most:
                yield BatchAnswer(custom_id, None, "batch_expired", Usage(cost_usd="0"))
            elif text in self.refuses:
                yield BatchAnswer(custom_id, None, "invalid_prompt", Usage(cost_usd="0"))
            else:
                if custom_id not in self.billed.setdefault(batch_id, set()):
                    self.billed[batch_id].add(custom_id)
                    self.paid[text] += 1
                yield BatchAnswer(custom_id, text, None, BATCH_USAGE)

    def cancel(self, batch_id: str) -> None:
        """Nothing more is answered."""
        self.cancelled.add(batch_id)

    def discard(self, batch_id: str) -> None:
        """Its files are gone."""
        self.discarded.add(batch_id)

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """A draft, at once."""
        text = assignment.article.text
        record_usage(BATCH_USAGE)
        self.paid[text] += 1
        self.live[text] += 1
        return self.read_answer(text, record_usage)

    def read_answer(self, answer: str, record_usage: Callable[[Usage], None]) -> Generation:
        """The draft in an answer."""
        record_usage(BATCH_USAGE)
        return Generation(FakeWriter().write(Article((answer,), "en", "text"), choose_default(answer, None)))  # type: ignore[arg-type]


class Killer:
    """Stands before the ports, and ends what runs at one call of them, before or after it is done."""

    def __init__(self, at: int | None = None, *, is_done: bool = True) -> None:
        """``at`` is the number of the call."""
        self.at = at
        self.is_done = is_done
        self.calls = 0

    def before(self, port: Any) -> Any:  # noqa: ANN401 - any port
        """Returns the port, with the killer before it."""
        return _Watched(port, self)

    def call(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401
        """Does what was called, unless this is where it ends."""
        self.calls += 1
        is_end = self.calls == self.at
        if is_end and not self.is_done:
            raise Killed
        answer = work()
        if is_end:
            raise Killed
        return answer


class _Watched:
    def __init__(self, port: Any, killer: Killer) -> None:  # noqa: ANN401
        self._port, self._killer = port, killer

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._port, name)
        if not callable(found):
            return found
        return lambda *given, **named: self._killer.call(lambda: found(*given, **named))


@dataclass
class World:
    """A bucket of so many articles, and a deployment that answers batches."""

    documents: int = 30
    usd_a_day: Decimal | None = Decimal(5)
    killer: Killer = field(default_factory=Killer)
    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    model: FakeModel = field(default_factory=FakeModel)
    cache: FakeGenerationCache = field(default_factory=FakeGenerationCache)
    queue: FakeQueue = field(default_factory=FakeQueue)
    files: FakeFiles = field(default_factory=FakeFiles)
    clock: StillClock = field(default_factory=StillClock)
    ended: list[Run] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Fill the bucket."""
        self.runs = FakeRuns(self.clock)
        self.listing = FakeListing(self.articles)
        self.budget = (
            FakeDailyBudget(usd_a_day=self.usd_a_day, clock=self.clock) if self.usd_a_day is not None else None
        )
        for number in range(self.documents):
            self.put(f"news/{number:04d}.txt", f"text {number}")

    def put(self, key: str, text: str) -> None:
        """An article."""
        self.articles.objects[key] = an_object(text, key, etag=f"e {text}")

    @property
    def decide(self) -> DecideDocument:
        """Over the fakes."""
        find = FindVersions(self.articles.fetch, read_lines, choose_default, self.model.identity)
        return DecideDocument(find, self.summaries, self.cache, self.clock, self.model, prefix="")

    @property
    def control(self) -> ControlRuns:
        """Over the fakes."""
        return ControlRuns(
            self.runs, self.lane, self.clock, lambda: "a1", BUCKET, has_model=True, has_batches=True, has_budget=True
        )

    @property
    def lane(self) -> BackgroundLane:
        """Over the fakes."""
        return BackgroundLane(self.queue, concurrency=2)

    @property
    def advance(self) -> AdvanceRun:
        """Over the fakes, behind the killer."""
        files, runs = self.killer.before(self.files), self.killer.before(self.runs)
        budget = self.killer.before(self.budget) if self.budget else None
        batches = RunBatches(
            self.killer.before(self.model), self.killer.before(self.cache), budget, self.usd_a_day, files, self.clock
        )
        return AdvanceRun(
            runs=runs,
            listing=self.listing,
            files=files,
            lane=BackgroundLane(self.killer.before(self.queue), concurrency=2),
            budget=budget,
            batches=batches,
            write_message=write_backfill,
            clock=self.clock,
            pace=Pace(),
            prefix="",
            on_end=self.ended.append,
        )

    def begin(self, **options: Any) -> Run:  # noqa: ANN401 - whatever options have
        """A run, in batches."""
        return self.control.begin(Options(**{"mode": "batch", **options}))

    def step(self, run: Run, serial: int = 1) -> Next:
        """What one invocation of ``advance`` does, and the parts that are to be prepared."""
        todo = self.advance(run.run_id, serial, a_deadline(60))
        if todo.step is Step.PREPARE:
            self.prepare(run, todo.manifest)
        if todo.step is Step.WAIT:
            self.waits.append(todo.seconds)
            self.clock.moment += timedelta(seconds=todo.seconds)
            self.work()
        return todo

    def prepare(self, run: Run, manifest: str) -> None:
        """Each part of a manifest."""
        for part in json.loads("".join(self.files.read(manifest))):
            PrepareDocuments(self.decide, self.files)(run, part["folder"], part["part"], part["keys"])

    def work(self) -> None:
        """Handle what is in the queue."""
        use_case = a_use_case(self.articles, self.summaries, FakeWriter(), self.model, self.cache)
        sent, self.queue.sent[:] = [*self.queue.sent], []
        for body in sent:
            for command in read_message(body, ""):
                assert isinstance(command, Backfill)
                try:
                    use_case.backfill(command, an_attempt())
                except (ModelError, TransientError):
                    self.queue.sent.append(body)

    def run_to_end(self, run: Run, serial: int = 1, *, most: int = 500) -> Run:
        """Goes on until the execution ends, after kills too."""
        for _ in range(most):
            try:
                if self.step(run, serial).step is Step.END:
                    break
            except (Killed, RunHeld):
                # The hold of what was killed ends.
                self.clock.moment += timedelta(minutes=15)
        else:
            raise AssertionError("The run does not end.")
        found = self.runs.get(run.run_id)
        assert found is not None
        return found

    @property
    def written(self) -> int:
        """How many articles have a model's text."""
        return sum(
            (stored := self.summaries.current(key)) is not None  # type: ignore[arg-type]
            and stored.record.made_by is not None
            and stored.record.made_by.writer == "openai"
            for key in self.articles.objects
        )


@dataclass
class FakeDailyBudget(FakeBudget):
    """A budget by day."""

    usd_a_day: Decimal = Decimal(5)
    clock: StillClock = field(default_factory=StillClock)
    by_day: dict[date, Decimal] = field(default_factory=dict)

    def reserve(self, usd: Decimal) -> Any:  # noqa: ANN401
        """Of today."""
        day = self.clock.now().date()
        self.spent = self.by_day.get(day, Decimal(0))
        reservation = super().reserve(usd)
        self.by_day[day] = self.spent
        return type(reservation)(day, usd)

    def settle(self, reservation: Any, usd: Decimal) -> None:  # noqa: ANN401
        """Of that day."""
        self.by_day[reservation.day] += usd - reservation.usd

    def is_spent(self) -> bool:
        """Today's."""
        return self.by_day.get(self.clock.now().date(), Decimal(0)) >= self.usd_a_day * Decimal("0.99")
