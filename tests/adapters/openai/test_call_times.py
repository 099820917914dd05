"""A call begins only when it can be expected to end in the time there is."""

from dataclasses import dataclass, field

import pytest

import model_server as play
from desk import GOOD, GOOD_DRAFT, Desk
from standfirst.adapters.openai.call_times import PRIOR_CALLS, RECENT_SECONDS, USUAL_SIZE, CallTimes
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_ANSWER_SECONDS
from standfirst.domain.errors import ModelUnavailable


@dataclass
class Past:
    """Calls of a model, on a clock that is set by hand."""

    times: CallTimes = field(default_factory=CallTimes)
    now: float = 1_000.0

    def clock(self) -> float:
        """The time."""
        return self.now

    def calls(self, *seconds: float, size: float = USUAL_SIZE) -> None:
        """Calls that took so long, one after the other."""
        for each in seconds:
            call = self.times.begin(size, self.clock)
            self.now += each
            self.times.end(call, self.clock)

    def expected(self, size: float = USUAL_SIZE) -> float:
        """What is expected of the next one."""
        return self.times.expected(size, self.clock)


@pytest.mark.parametrize(
    ("took", "expected"),
    [
        ([], MODEL_ANSWER_SECONDS),
        ([1.0] * 20, MODEL_ANSWER_SECONDS),
        ([90.0], MODEL_ANSWER_SECONDS),
        ([30.0, 30.0], 30.0),
        ([3.0] * 4 + [20.0] * 4, 20.0),
        ([3.0] * 19 + [25.0], MODEL_ANSWER_SECONDS),
    ],
    ids=["nothing known", "fast", "one by chance", "slow twice", "slower", "one of twenty"],
)
def test_what_recent_calls_took_is_expected_of_the_next(took: list[float], expected: float) -> None:
    """Four of five end within it; it is never less than any call gets."""
    past = Past()

    past.calls(*took)

    assert past.expected() == pytest.approx(expected)


def test_a_larger_call_is_expected_to_take_longer() -> None:
    """In proportion, with or without calls to go by."""
    assert Past().expected(size=3 * USUAL_SIZE) == pytest.approx(3 * MODEL_ANSWER_SECONDS)

    past = Past()
    past.calls(12.0, 12.0, 12.0)

    assert past.expected(size=2 * USUAL_SIZE) == pytest.approx(24.0)


def test_slowness_that_has_passed_is_forgotten() -> None:
    """Else a process that has little time for each call would never ask again."""
    past = Past()
    past.calls(40.0, 40.0)
    assert past.expected() == pytest.approx(40.0)

    past.now += RECENT_SECONDS + 1

    assert past.expected() == MODEL_ANSWER_SECONDS


def test_calls_that_still_run_tell_that_the_model_is_slow() -> None:
    """The others of a batch: none of them has ended yet; a call that failed tells nothing."""
    past = Past()
    running = [past.times.begin(USUAL_SIZE, past.clock) for _ in range(PRIOR_CALLS)]

    past.now += 35.0
    assert past.expected() == pytest.approx(35.0)

    for call in running:
        past.times.forget(call)
    assert past.expected() == MODEL_ANSWER_SECONDS


def taking(desk: Desk, seconds: float, answer: play.Answer = GOOD) -> play.Answer:
    """``answer``, which takes so long on the clock of ``desk``."""

    def slowly(asked: play.Asked) -> play.Response:
        desk.now += seconds
        return answer(asked)

    return slowly


def test_a_call_that_would_be_cut_off_is_not_begun(desk: Desk) -> None:
    """Nothing is sent, and nothing paid: the next delivery has more time, and with enough of it the call is made."""
    desk.model.answers(taking(desk, 30))
    for _ in range(2):
        desk.seconds = desk.now + 80
        assert desk.write().draft == GOOD_DRAFT

    desk.seconds = desk.now + 29 + AFTER_MODEL_SECONDS
    with pytest.raises(ModelUnavailable, match=r"too little time.* 29 seconds; it may take 3\d") as caught:
        desk.write()

    assert caught.type is ModelUnavailable
    assert (len(desk.model.requests), len(desk.spent)) == (2, 2)

    desk.seconds = desk.now + 35 + AFTER_MODEL_SECONDS
    assert desk.write().draft == GOOD_DRAFT


def test_faults_that_come_fast_do_not_make_a_model_fast(desk: Desk) -> None:
    """Only what was answered, or waited for in vain, is a call to go by."""
    desk.model.answers(*[taking(desk, 30)] * 2, *[play.http_error(429)] * 30)
    for attempt in range(20):
        desk.seconds = desk.now + 80
        try:
            desk.write()
        except ModelUnavailable:
            assert attempt > 1

    before = len(desk.model.requests)
    desk.seconds = desk.now + 20 + AFTER_MODEL_SECONDS
    with pytest.raises(ModelUnavailable, match="too little time"):
        desk.write()

    assert len(desk.model.requests) == before


def test_no_retry_is_slept_for_that_could_not_end(desk: Desk) -> None:
    """The wait would be for nothing."""
    desk.model.answers(*[taking(desk, 30)] * 2, taking(desk, 10, play.http_error(503, retry_after="4")))
    for _ in range(2):
        desk.seconds = desk.now + 80
        desk.write()

    desk.seconds = desk.now + 40 + AFTER_MODEL_SECONDS
    with pytest.raises(ModelUnavailable):
        desk.write()

    assert not desk.slept
    assert len(desk.model.requests) == 3


def test_a_call_that_was_cut_off_counts_for_as_long_as_it_was_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second such one is the last that is paid for in vain."""
    monkeypatch.setattr("standfirst.adapters.openai.call_times.MODEL_ANSWER_SECONDS", 0.01)
    desk.model.answers(taking(desk, 0.3, play.slow(GOOD)))
    for attempt in range(4):
        desk.seconds = desk.now + 0.2 + AFTER_MODEL_SECONDS
        with pytest.raises(ModelUnavailable, match="did not answer" if attempt < 2 else "too little time"):
            desk.write()

    assert len(desk.model.requests) == 2
