"""What the steps of the work on an article cost, each alone, beside references that do their work on the same article.

Run as a program it works on one document a line, in a process that has loaded nothing else: what is measured there is
what the worker's own process for articles has to do.
"""

import gc
import json
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import TypeVar

from measurement import CannotMeasure

Result = TypeVar("Result")

REFERENCE_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Steps:
    """Milliseconds of CPU; ``lex_rank`` and ``trafilatura`` are nothing where they were not asked."""

    read: float
    write: float
    check: float
    lex_rank: float
    trafilatura: float


Ask = Callable[[str, bytes], Steps]
"""Returns the steps of a document, by its name and content."""


@contextmanager
def step_process(largest_for_lex_rank: int) -> Iterator[Ask]:
    """What takes the steps of one document after another, for the block; LexRank's for texts up to so many bytes."""
    command = [sys.executable, __file__, str(largest_for_lex_rank)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603

        def ask(name: str, content: bytes) -> Steps:
            if not process.stdin or not process.stdout:
                raise CannotMeasure("The steps cannot be asked for.")
            print(json.dumps([name, b64encode(content).decode()]), file=process.stdin, flush=True)
            if not (line := process.stdout.readline()):
                raise CannotMeasure("The steps cannot be taken: see above.")
            return Steps(**json.loads(line))

        try:
            yield ask
        finally:
            process.kill()


def _serve(largest_for_lex_rank: int) -> None:
    take = _taker(largest_for_lex_rank)
    for line in sys.stdin:
        name, content = json.loads(line)
        taken = take(name, b64decode(content))
        # What the first documents have loaded is never freed, as in the worker.
        gc.freeze()
        print(json.dumps(asdict(taken)), flush=True)


def _taker(largest_for_lex_rank: int) -> Ask:
    # Loaded by the program alone, and only what the product promises to whoever puts it together.
    import trafilatura  # noqa: PLC0415
    from extractive import lex_rank  # noqa: PLC0415

    from standfirst.domain.article import ArticleId, Document  # noqa: PLC0415
    from standfirst.wiring import article_work as work  # noqa: PLC0415
    from standfirst.writing.house_style import load_styles  # noqa: PLC0415

    style = load_styles("").for_article(ArticleId("bench"), None)

    def take(name: str, content: bytes) -> Steps:
        is_asked = len(content) <= largest_for_lex_rank and name.endswith(".txt")
        ranked = _timed(lambda: lex_rank(content.decode(), REFERENCE_SENTENCES))[0] if is_asked else 0
        extracted = _timed(lambda: trafilatura.extract(content))[0] if name.endswith(".html") else 0
        read, [article] = _timed(lambda: work.read_document(Document(name, content)))
        write, draft = _timed(lambda: work.write_extract(article, style))
        checked, _ = _timed(lambda: work.check_draft(article, draft, style))
        return Steps(read, write, checked, ranked, extracted)

    return take


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.process_time()
    result = work()
    return (time.process_time() - start) * 1_000, result


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
