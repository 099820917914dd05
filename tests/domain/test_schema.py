"""Models that are built at first use can be used first by several threads at once, as a batch of ten uploads does."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from pydantic import ValidationError

from standfirst.domain.record import Record

THREADS, SECONDS = 10, 30


@pytest.fixture(autouse=True)
def _many_switches() -> Iterator[None]:
    """Let threads come between each other much more often than they do."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_ten_threads_may_use_a_model_first() -> None:
    """Each of them gets it built."""
    barrier = Barrier(THREADS)
    models = [type(f"Record{number}", (Record,), {"__module__": Record.__module__}) for number in range(8)]

    def use(_: int) -> int:
        for model in models:
            barrier.wait(SECONDS)
            with suppress(ValidationError):
                model.model_validate({})
        return len(models)

    with ThreadPoolExecutor(THREADS) as pool:
        used = list(pool.map(use, range(THREADS)))

    assert used == [len(models)] * THREADS
