"""What a command of the command line leaves behind, and what the model that is played answers it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import model_server as play

STANDFIRST = (
    "Brackenford’s council voted on Tuesday to bring back the crossing, "
    "which stopped in 2019 when a flood washed its landing stage away."
)
SUMMARY = (
    "The town council of Brackenford voted on Tuesday to reopen the ferry across the Sele. It stopped in 2019, "
    "when a flood washed away its landing stage. Repairs will cost {} crowns, the council said, "
    "and are to be finished by June."
)
GOOD = play.draft(STANDFIRST, SUMMARY.format("240,000"))
WRONG = play.draft(STANDFIRST, SUMMARY.format("290,000"))
STILL_WRONG = play.draft(STANDFIRST, SUMMARY.format("310,000"))
DOUBTFUL = play.draft(STANDFIRST, "The council voted to reopen the ferry across the Sele.")


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its output, as JSON lines."""
        return [json.loads(line) for line in self.stdout.splitlines()]


Run = Callable[..., Done]
