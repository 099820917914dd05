"""What one article costs in CPU, model time excluded: the worker's whole work on it, and its steps.

The whole is the real handler's for a batch of one, with the processes that it starts and with moto elsewhere; what it
takes beyond reading, writing and checking is fetching, storing and handing over. Each article is new: no sentence of it
has been seen before. The references do their work on the same articles, in turns.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from articles import batch_of, put
from corpus import KILOBYTE, articles
from documents import documents_of
from emulator import Storage
from environments import Environment, environments
from figures import Curve
from measurement import Estimate, Row, median, ratio
from steps import Ask, Steps, step_process

SIZES_KB = (1, 5, 50, 400)
USUAL_KB = 5
MOST_ARTICLES = {1: 30, 5: 30, 50: 5, 400: 1}
SHORT = 10
WARMING_UP = 5
"""Articles that load what articles need, not measured."""

LARGEST_FOR_LEX_RANK = 60 * KILOBYTE
"""It compares each sentence with each: 400 KB take it more than a minute."""

OF_EACH_FORMAT = 5
_HEADLINE = "What the town decided this week"


@dataclass(frozen=True, slots=True)
class Work:
    """Milliseconds of CPU for one article: the worker's whole work, and the steps alone."""

    whole: float
    steps: Steps

    @property
    def rest(self) -> float:
        """Returns what the worker does besides the steps."""
        return self.whole - self.steps.read - self.steps.write - self.steps.check


class Worker:
    """The worker beside a process for the steps alone."""

    def __init__(self, storage: Storage, ask: Ask, environment: Environment) -> None:
        """Both have seen nothing yet."""
        self._storage = storage
        self._ask = ask
        self._environment = environment
        # Told apart from what another worker has done in the same stack.
        self._folder = f"own-work-{uuid.uuid4().hex[:6]}"

    def work(self, name: str, content: bytes) -> Work:
        """Returns what a document costs."""
        uploaded = put(self._storage.bucket, f"{self._folder}/{name}", content)
        whole = self._environment.invoke(batch_of([uploaded])).cpu_seconds
        return Work(1_000 * whole, self._ask(name, content))


def rows(storage: Storage) -> Iterator[Row | Curve]:
    """Yields the work by size, beside LexRank's, and by format, HTML beside trafilatura's."""
    measured = {size: _measured(storage, size, MOST_ARTICLES[size]) for size in SIZES_KB}
    for size in SIZES_KB:
        yield from _rows_of(size, measured[size])
    yield _growth(measured)
    yield from _curves(measured)
    yield from _format_rows(storage)


def short_rows(storage: Storage) -> Iterator[Row]:
    """Yields those of the usual size."""
    yield from _rows_of(USUAL_KB, _measured(storage, USUAL_KB, SHORT))


def usual_work(storage: Storage) -> Estimate:
    """Returns the milliseconds of CPU that an article of the usual size takes."""
    return median([each.whole for each in _measured(storage, USUAL_KB, SHORT)])


@contextmanager
def _worker(storage: Storage) -> Iterator[Worker]:
    with (
        step_process(LARGEST_FOR_LEX_RANK) as ask,
        environments("summarize_uploads", storage.environments["SummarizeUploads"]) as [environment],
    ):
        yield Worker(storage, ask, environment)


def _measured(storage: Storage, size: int, most: int) -> Sequence[Work]:
    """Returns the work on articles of so many KB, after some that are no larger than usual."""
    warming_up = articles(min(size, USUAL_KB) * KILOBYTE)
    # The first of the text are to warm up, the last are measured.
    told = [*(next(warming_up) for _ in range(WARMING_UP)), *list(articles(size * KILOBYTE))[-most:]]
    with _worker(storage) as worker:
        done = [worker.work(f"{size}-kb-{number}.txt", _text(each)) for number, each in enumerate(told)]
    return done[WARMING_UP:]


def _rows_of(size: int, done: Sequence[Work]) -> Iterator[Row]:
    parts = {name: [getattr(each.steps, name) for each in done] for name in ("read", "write", "check")}
    parts["fetch, store and hand over"] = [each.rest for each in done]
    split = ", ".join(f"{name} {median(values).value:.1f}" for name, values in parts.items())
    is_usual = size == USUAL_KB
    whole = median([each.whole for each in done])
    yield Row(f"own work, {size} KB", whole, "ms", 15 if is_usual else None, detail=f"CPU; {split} ms")
    if is_usual:
        written = ratio([(each.steps.write, each.steps.lex_rank) for each in done])
        yield Row("extractive writer, 5 KB, to LexRank", written, "x", 1, "sumy's LexRank", "CPU")
    if pairs := [(each.whole, each.steps.lex_rank) for each in done if each.steps.lex_rank]:
        detail = f"CPU; LexRank {median([theirs for _, theirs in pairs]):.1f} ms"
        compared = ratio(pairs)
        yield Row(
            f"own work, {size} KB, to LexRank", compared, "x", 0.25 if is_usual else None, "sumy's LexRank", detail
        )


def _growth(measured: Mapping[int, Sequence[Work]]) -> Row:
    small, large = (median([each.whole for each in measured[size]]).value / size for size in (USUAL_KB, SIZES_KB[-1]))
    detail = f"CPU; {large:.2f} and {small:.2f} ms for each KB: above 1, growth is super-linear"
    return Row(f"own work per KB, {SIZES_KB[-1]} KB", large / small, "x", 1, f"{USUAL_KB} KB", detail)


def _curves(measured: Mapping[int, Sequence[Work]]) -> Iterator[Curve]:
    whole = {size: [each.whole for each in done] for size, done in measured.items()}
    theirs = {size: [each.steps.lex_rank for each in done if each.steps.lex_rank] for size, done in measured.items()}
    for name, by_size in (("own work", whole), ("sumy's LexRank", theirs)):
        yield Curve("size", name, [(size, median(values).value) for size, values in by_size.items() if values])


def _format_rows(storage: Storage) -> Iterator[Row]:
    told = [documents_of(_HEADLINE, each) for each in articles(USUAL_KB * KILOBYTE)]
    names = list(told[0])
    with _worker(storage) as worker:
        for place, name in enumerate(names):
            # Every article is told once, in one format; the first of a format loads what it needs.
            documents = [each[name] for each in told[place :: len(names)]][: OF_EACH_FORMAT + 1]
            done = [
                worker.work(f"{place}-{number}{suffix}", content) for number, (suffix, content) in enumerate(documents)
            ][1:]
            read = median([each.steps.read for each in done])
            whole = median([each.whole for each in done])
            yield Row(f"own work, {USUAL_KB} KB as {name}", whole, "ms", detail=f"CPU; read {read:.1f} ms")
            if name == "HTML":
                yield from _html_rows([each.steps for each in done])


def _html_rows(pages: Sequence[Steps]) -> Iterator[Row]:
    ours, theirs = (median([getattr(each, name) for each in pages]) for name in ("read", "trafilatura"))
    detail = f"CPU; {ours:.1f} ms, trafilatura.extract {theirs:.1f} ms"
    beyond = median([each.read - each.trafilatura for each in pages])
    compared = ratio([(each.read, each.trafilatura) for each in pages])
    yield Row("reading HTML, to trafilatura", compared, "x", None, "trafilatura", detail)
    yield Row("reading HTML, beyond trafilatura", beyond, "ms", 5, detail=detail)


def _text(paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join(paragraphs).encode()
