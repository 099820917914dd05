"""A deployment, second by second: queue, pollers, environments, model, budget and table, with their limits.

Uploads that came in the same second and were received as often are one cohort: a day of a million takes seconds. It is
a model of the waiting, not of the texts: every document can be read, and every answer of the model used.
"""

import math
import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import NormalDist

from simulation import limits
from simulation.limits import ProviderTier, Use

from standfirst.domain import retry_backoff

BATCH = 10
MAX_RECEIVES = 5
WINDOW_SECONDS = 1.0
"""As ``template.yaml`` has them: BatchSize, maxReceiveCount, MaximumBatchingWindowInSeconds."""

IDLE_SECONDS = 300
"""How long an idle environment stays; AWS does not say, five minutes and more are usual."""

BURST_SECONDS = 5
"""So many seconds of a provider's limit may be used at once, if nothing was used before: an assumption."""

QUANTILES = 10
"""Parts of equal size that the answers of the model are divided into by how long they take."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds: ``own`` of processor time for one new article at one CPU, ``cold`` for a new environment's first work.

    ``answer`` is the median of the model's answers, ``slow_answer`` their 95th percentile.
    """

    own: float
    cold: float
    answer: float
    slow_answer: float

    def answers(self) -> list[float]:
        """Returns the middle of each tenth of the answers, from a log-normal distribution."""
        sigma = math.log(self.slow_answer / self.answer) / 1.645
        middles = [(2 * part + 1) / (2 * QUANTILES) for part in range(QUANTILES)]
        return [self.answer * math.exp(sigma * NormalDist().inv_cdf(middle)) for middle in middles]


@dataclass(frozen=True, slots=True)
class Deployment:
    """The parameters of a stack that matter here; ``tier`` is ``None`` without a model."""

    name: str
    maximum_concurrency: int = 10
    daily_budget_usd: float | None = 10.0
    tier: ProviderTier | None = limits.SMALL
    memory_mb: int = 1_024
    has_warm_table: bool = False


@dataclass(slots=True)
class Outcome:
    """What came of a day: seconds from upload to the first text, and how many had which."""

    waits: Counter[int] = field(default_factory=Counter)
    writers: Counter[str] = field(default_factory=Counter)
    redelivered: Counter[str] = field(default_factory=Counter)
    invocations: int = 0
    busy_seconds: float = 0.0
    cold_starts: int = 0
    peak_concurrency: int = 0
    peak_waiting: int = 0
    peak_units: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("table", "index", "budget"), 0.0))
    usd: float = 0.0

    def wait(self, share: float) -> int:
        """Returns the seconds that ``share`` of the uploads waited at most."""
        left = share * self.waits.total()
        for seconds in sorted(self.waits):
            left -= self.waits[seconds]
            if left <= 0:
                return seconds
        return max(self.waits, default=0)

    def share(self, writer: str) -> float:
        """Returns the share of the uploads that ``writer`` wrote about first."""
        return self.writers[writer] / max(1, self.writers.total())


@dataclass(slots=True)
class _Cohort:
    uploaded: int
    receives: int
    count: int


class Simulation:
    """One day of one deployment."""

    def __init__(self, deployment: Deployment, times: Times, use: Use, seed: int) -> None:
        """Nothing has happened yet."""
        self._deployment = deployment
        self._use = use
        self._answers = times.answers() if deployment.tier else [0.0]
        # The processor of a function is shared by the articles of its batch, the waiting for the model is not.
        self._own = times.own * limits.ONE_CPU_MB / deployment.memory_mb
        self._cold = times.cold
        self._draw = random.Random(seed).random  # noqa: S311 - a draw, no secret
        self._queue: deque[_Cohort] = deque()
        self._returning: defaultdict[int, list[_Cohort]] = defaultdict(list)
        self._ending: Counter[int] = Counter()
        self._idle: deque[tuple[int, int]] = deque()
        self._running = 0
        self._pollers = float(limits.FIRST_POLLERS)
        self._most_units = float(limits.NEW_TABLE_WRITES)
        self._units: deque[float] = deque(maxlen=limits.TABLE_GROWTH_SECONDS)
        self._provider = _Provider(deployment.tier, use)
        self.outcome = Outcome()

    def run(self, arrivals: Iterable[int]) -> Outcome:
        """Returns what comes of the uploads, after the last one has its text."""
        second = -1
        for second, count in enumerate(arrivals):
            self._step(second, count)
        while self._queue or self._returning or self._running:
            second += 1
            self._step(second, 0)
        return self.outcome

    def _step(self, second: int, count: int) -> None:
        for cohort in self._returning.pop(second, ()):
            self._queue.append(cohort)
        if count:
            self._queue.append(_Cohort(second, 1, count))
        if ended := self._ending.pop(second, 0):
            self._running -= ended
            self._idle.append((second, ended))
        while self._idle and self._idle[0][0] < second - IDLE_SECONDS:
            self._idle.popleft()
        waiting = sum(cohort.count for cohort in self._queue)
        most = min(self._deployment.maximum_concurrency, limits.ACCOUNT_CONCURRENCY)
        # Fewer pollers once nothing waits: by how much AWS does not say.
        grown = self._pollers + (limits.POLLERS_A_SECOND if waiting > BATCH else -limits.POLLERS_A_SECOND / 10)
        self._pollers = max(min(limits.FIRST_POLLERS, most), min(grown, most))
        self._receive(second, waiting)
        outcome = self.outcome
        outcome.peak_waiting = max(outcome.peak_waiting, sum(cohort.count for cohort in self._queue))
        outcome.peak_concurrency = max(outcome.peak_concurrency, self._running)

    def _receive(self, second: int, waiting: int) -> None:
        """Hands batches to the function, as many as there are pollers free."""
        free = int(self._pollers) - self._running
        # Each poller fills its own batch for as long as the window lasts: at a low rate they are small.
        size = min(BATCH, max(1, math.ceil(waiting / max(1, free))))
        tables = _Tables(self._use, self._table_units(), self._deployment.daily_budget_usd is not None)
        self._provider.add_second()
        colds = limits.ENVIRONMENTS_A_SECOND
        for _ in range(min(free, math.ceil(waiting / size))):
            cold = 0.0
            if self._idle:
                since, count = self._idle.pop()
                if count > 1:
                    self._idle.append((since, count - 1))
            elif colds:
                colds -= 1
                cold = self._cold
                self.outcome.cold_starts += 1
            else:
                break
            self._invoke(second, self._taken(size), cold, tables)
        self._units.append(tables.used["table"])
        for name, used in tables.used.items():
            self.outcome.peak_units[name] = max(self.outcome.peak_units[name], used)

    def _table_units(self) -> float:
        if self._deployment.has_warm_table:
            return math.inf
        if len(self._units) == limits.TABLE_GROWTH_SECONDS:
            self._most_units = max(self._most_units, 2 * self._units[0])
        return self._most_units

    def _taken(self, size: int) -> list[_Cohort]:
        """Returns the next ``size`` messages of the queue."""
        batch: list[_Cohort] = []
        while size and self._queue:
            cohort = self._queue[0]
            taken = min(size, cohort.count)
            batch.append(_Cohort(cohort.uploaded, cohort.receives, taken))
            cohort.count -= taken
            size -= taken
            if not cohort.count:
                self._queue.popleft()
        return batch

    def _invoke(self, second: int, batch: list[_Cohort], cold: float, tables: "_Tables") -> None:
        own = self._own * sum(cohort.count for cohort in batch)
        longest = 0.0
        for cohort in batch:
            for _ in range(cohort.count):
                longest = max(longest, self._handle(second, cohort, WINDOW_SECONDS / 2 + cold + own, tables))
        seconds = cold + own + longest
        self._running += 1
        self._ending[second + math.ceil(seconds)] += 1
        self.outcome.invocations += 1
        self.outcome.busy_seconds += seconds

    def _handle(self, second: int, cohort: _Cohort, before: float, tables: "_Tables") -> float:
        """Handles one message, ``before`` seconds after it was received; returns how long it waits for the model."""
        if tables.are_full():
            self._redeliver(second, cohort, "table")
            return 0.0
        writer = self._writer(cohort)
        if writer is None:
            self._redeliver(second, cohort, "provider")
            return 0.0
        answer = 0.0
        if writer == "model":
            answer = self._answers[int(self._draw() * len(self._answers))]
            self.outcome.usd += self._use.usd
        tables.store(asks=writer == "model")
        self.outcome.writers[writer] += 1
        self.outcome.waits[round(second - cohort.uploaded + before + answer)] += 1
        return answer

    def _writer(self, cohort: _Cohort) -> str | None:
        """Returns who writes about an article, or ``None`` if its message is left to the queue."""
        budget = self._deployment.daily_budget_usd
        if self._deployment.tier is None:
            return "extractive"
        if budget is not None and self.outcome.usd + self._use.usd > budget:
            return "budget"
        if self._provider.takes_article():
            return "model"
        return "unavailable" if cohort.receives >= MAX_RECEIVES else None

    def _redeliver(self, second: int, cohort: _Cohort, why: str) -> None:
        self.outcome.redelivered[why] += 1
        # After the last one SQS would move it to the dead-letter queue; here it comes again until it has its text.
        delay = retry_backoff.delay(min(cohort.receives, MAX_RECEIVES), None, self._draw)
        self._returning[second + delay].append(_Cohort(cohort.uploaded, cohort.receives + 1, 1))


class _Provider:
    """A bucket of requests and one of tokens, filled by the second, that hold what a few seconds bring."""

    def __init__(self, tier: ProviderTier | None, use: Use) -> None:
        self._use = use
        self._requests = tier.requests_a_minute / 60 if tier else 0.0
        self._tokens = tier.tokens_a_minute / 60 if tier else 0.0
        self._requests_left = self._tokens_left = 0.0

    def add_second(self) -> None:
        self._requests_left = min(self._requests_left + self._requests, BURST_SECONDS * self._requests)
        self._tokens_left = min(self._tokens_left + self._tokens, BURST_SECONDS * self._tokens)

    def takes_article(self) -> bool:
        """Takes the calls for one article, if it has them left."""
        if self._requests_left < self._use.calls or self._tokens_left < self._use.tokens:
            return False
        self._requests_left -= self._use.calls
        self._tokens_left -= self._use.tokens
        return True


class _Tables:
    """The write units of one second: of the summaries table, its fullest index partition, and the budget's item."""

    def __init__(self, use: Use, most: float, has_budget: bool) -> None:  # noqa: FBT001 - of the deployment
        self.used = {"table": 0.0, "index": 0.0, "budget": 0.0}
        self._of_article = {"table": use.table_units, "index": use.record_units / limits.SHARDS}
        self._of_calls = use.budget_units if has_budget else 0.0
        self._most = {"table": most, "index": limits.PARTITION_WRITES, "budget": limits.PARTITION_WRITES}

    def are_full(self) -> bool:
        return any(self.used[name] >= most for name, most in self._most.items())

    def store(self, *, asks: bool) -> None:
        for name, units in self._of_article.items():
            self.used[name] += units
        self.used["budget"] += self._of_calls if asks else 0.0
