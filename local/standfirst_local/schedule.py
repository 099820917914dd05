"""Schedules: what EventBridge does for a function that is to run every few minutes."""

import logging
import re
import threading
import uuid
from datetime import UTC, datetime
from typing import Any, Protocol

from standfirst_local.environment import REGION

logger = logging.getLogger(__name__)

# "Rate expressions" (Amazon EventBridge user guide): the unit is singular after 1 only, anything else is refused.
_RATE = re.compile(r"rate\((?:1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minute|hour|day)s)\)")
_SECONDS = {"minute": 60, "hour": 60 * 60, "day": 24 * 60 * 60}


def seconds_between(expression: object) -> int:
    """Returns the seconds of ``rate(N minutes|hours|days)``. Raises ``ValueError`` for any other schedule."""
    if not (isinstance(expression, str) and (rate := _RATE.fullmatch(expression))):
        raise ValueError(f"{expression!r} is no schedule that is emulated: rate(N minutes|hours|days), as text.")
    one, many, plural = rate.groups()
    return int(many or 1) * _SECONDS[one or plural]


class Invoked(Protocol):
    """What a schedule needs of a function (``LocalFunction``)."""

    name: str

    def invoke(self, event: dict[str, Any]) -> object:
        """Run the handler once; it may raise anything."""
        ...


class Schedule:
    """Invokes one function again and again from a thread of its own, the first time after one period.

    What the function raises is logged, and it is invoked the next time all the same. A run that takes longer than a
    period delays the next one.
    """

    def __init__(self, rule: str, function: Invoked, seconds: float) -> None:
        """Prepare; ``start`` begins to count. ``rule`` is the logical id of the rule in the template."""
        self._rule = rule
        self._function = function
        self._seconds = seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"schedule-{rule}", daemon=True)

    def start(self) -> None:
        """Begin to count."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the run in hand and return."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(self._seconds):
            try:
                self._function.invoke(_event(self._rule))
            except Exception:  # of any kind: it is invoked again after the next period
                logger.exception("%s raised", self._function.name)


def _event(rule: str) -> dict[str, Any]:
    """The event in the shape of the EventBridge user guide, "Events from AWS services: scheduled events"."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:123456789012:rule/{rule}"],
        "detail": {},
    }
