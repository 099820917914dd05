"""How long a call of the model can be expected to take, from what recent calls of this process took."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from standfirst.domain.deadline import MODEL_ANSWER_SECONDS
from standfirst.model.prompt import Prompt
from standfirst.model.tokens import estimate_tokens

RECENT_SECONDS = 120.0
"""Older calls tell nothing of a model that was slow for a while."""

RECENT_CALLS = 20
"""So many are remembered at most."""

SHARE = 0.8
"""So many of the recent calls (0 to 1) ended within the time that is expected of the next one."""

PRIOR_CALLS = 4
"""So many calls of ``MODEL_ANSWER_SECONDS`` are taken for granted: one slow call is chance, two are not."""

WRITTEN_TOKENS = {"notes": 2_000}
"""What answers other than drafts come to."""

WRITTEN_TOKENS_OF_A_DRAFT = 1_000

READ_PER_WRITTEN = 50
"""A model reads so many tokens in the time in which it writes one; a round figure, which the measured times correct."""

USUAL_SIZE = 1_100.0
"""``size_of`` a draft of an article of a few hundred words."""


def size_of(prompt: Prompt) -> float:
    """Returns the likely work of a call, in tokens that are written."""
    read = estimate_tokens(prompt.instructions) + estimate_tokens(prompt.assignment) + estimate_tokens(prompt.material)
    return WRITTEN_TOKENS.get(prompt.answer, WRITTEN_TOKENS_OF_A_DRAFT) + read / READ_PER_WRITTEN


@dataclass(eq=False)
class Call:
    """One call: when it began and ended (seconds), and its size."""

    size: float
    began: float
    ended: float | None = None

    def pace(self, now: float) -> float:
        """Returns the seconds for each token of its size, up to ``now`` while it runs."""
        return ((now if self.ended is None else self.ended) - self.began) / self.size


class CallTimes:
    """The recent calls of a model. One serves all threads of a process."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._ended: deque[Call] = deque(maxlen=RECENT_CALLS)
        self._running: set[Call] = set()
        self._lock = Lock()

    def expected(self, size: float, clock: Callable[[], float]) -> float:
        """Returns the seconds to expect of a call of ``size``, never less than ``MODEL_ANSWER_SECONDS``.

        A call that still runs counts once it has taken longer than usual.
        """
        now, prior = clock(), MODEL_ANSWER_SECONDS / USUAL_SIZE
        with self._lock:
            recent = [call.pace(now) for call in self._ended if now - RECENT_SECONDS <= (call.ended or now)]
            late = [pace for call in self._running if (pace := call.pace(now)) > prior]
        paces = sorted([prior] * PRIOR_CALLS + recent + late)
        return max(MODEL_ANSWER_SECONDS, paces[math.ceil(SHARE * len(paces)) - 1] * size)

    def begin(self, size: float, clock: Callable[[], float]) -> Call:
        """Returns a call that begins now."""
        call = Call(size, clock())
        with self._lock:
            self._running.add(call)
        return call

    def end(self, call: Call, clock: Callable[[], float]) -> None:
        """Remembers a call that was answered, or given up, now."""
        with self._lock:
            self._running.discard(call)
            call.ended = clock()
            self._ended.append(call)

    def forget(self, call: Call) -> None:
        """Forgets a call that failed: how fast says nothing about an answer."""
        with self._lock:
            self._running.discard(call)
