"""How much time is left, and work that may take no longer."""

import threading
import time

import pytest

from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_SECONDS, Deadline, run_within


def test_a_deadline_comes_closer() -> None:
    """It is a moment, not an amount: the same for all who share it."""
    now = [100.0]
    deadline = Deadline.after(20, lambda: now[0])

    now[0] += 15

    assert deadline.seconds_left == 5
    assert deadline.enough_for(5)
    assert not deadline.enough_for(5.1)
    assert deadline == Deadline(120, deadline.clock)


def test_a_deadline_that_has_passed_leaves_less_than_nothing() -> None:
    """Nothing is started any more, however short it is."""
    deadline = Deadline.after(-3, lambda: 0.0)

    assert deadline.seconds_left == -3
    assert not deadline.enough_for(0)


def test_what_is_reserved_is_left_for_later() -> None:
    """A model call ends early enough for what comes after it."""
    deadline = Deadline.after(MODEL_SECONDS, lambda: 0.0)

    assert deadline.reserving(AFTER_MODEL_SECONDS).seconds_left == MODEL_SECONDS - AFTER_MODEL_SECONDS


def test_a_deadline_passes_while_the_process_is_frozen() -> None:
    """Lambda stops a monotonic clock with the process, and the wall clock never."""
    assert Deadline(0).clock is Deadline.after(60).clock is time.time


def test_work_in_time_is_as_if_it_were_called() -> None:
    """What it returns is returned, and what it raises is raised."""
    assert run_within(30, lambda: "an answer") == "an answer"
    with pytest.raises(ZeroDivisionError):
        run_within(30, lambda: 1 / 0)


@pytest.mark.parametrize("seconds", [0.1, 0.0, -1.0], ids=["a moment", "none", "less than none"])
def test_work_that_goes_on_and_on_is_given_up(seconds: float) -> None:
    """A model's answer may trickle in, and a store may hang: the thread is left behind."""
    released = threading.Event()

    with pytest.raises(TimeoutError):
        run_within(seconds, lambda: released.wait(30))

    released.set()
