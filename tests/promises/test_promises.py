"""The promises, under every fault that Hypothesis can think of.

Documents change, in all ways at once; the news of it is delivered late, twice and in any order, to workers that run
side by side, are stopped between any two calls to the outside, throttled, killed or left to run out of time. Then
everything comes to rest, and the promises are looked at.

``PROMISES_EXAMPLES`` is how many histories are tried, each time others; without it they are few, and always the same.
"""

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from promises.events import Event, events
from promises.service import Service
from promises.world import World

FEW = 25


class Promises(RuleBasedStateMachine):
    """A service to which anything can happen."""

    def __init__(self, world: World) -> None:
        """Nothing has happened yet."""
        super().__init__()
        self.service = Service(world)

    # One rule, because Hypothesis switches half of the rules off in each run; here each needs the others.
    @rule(event=events)
    def happens(self, event: Event) -> None:
        """The next thing."""
        event.happen_to(self.service)

    def teardown(self) -> None:
        """Look at what was promised."""
        try:
            self.service.come_to_rest_and_check()
        finally:
            self.service.end()


def test_every_promise_holds_whatever_happens(world: World) -> None:
    """Nothing is lost, nothing is paid for twice, nothing older or by a machine stands where it must not."""
    examples = os.environ.get("PROMISES_EXAMPLES")
    run_state_machine_as_test(
        lambda: Promises(world),
        settings=settings(
            max_examples=int(examples or FEW),
            stateful_step_count=40,
            deadline=None,
            derandomize=not examples,
            suppress_health_check=list(HealthCheck),
        ),
    )
