"""Prepares a part of a round: decides about its documents, and writes the requests for a batch."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from standfirst.domain import fingerprint
from standfirst.domain.backfill_run import Action, Run
from standfirst.domain.ports import BatchModel, RunFiles
from standfirst.domain.versions import Readable
from standfirst.use_cases.backfill.decide import DecideDocument, Decision, assignment_of


class Prepared(NamedTuple):
    """One article of a part: what is done with its document, and what a request about it is for and may cost (USD)."""

    key: str
    action: Action
    generation: str | None = None
    content: str | None = None
    usd: str | None = None

    @classmethod
    def from_line(cls, line: str) -> "Prepared":
        """Returns what ``line`` of a part's file says."""
        key, action, *request = json.loads(line)
        return cls(key, Action(action), *request)

    def to_line(self) -> str:
        """Returns the line."""
        return json.dumps(self)


@dataclass(frozen=True, slots=True)
class PrepareDocuments:
    """Writes two files for a part: what was decided, and the requests, in the same order."""

    decide: DecideDocument
    files: RunFiles

    def __call__(self, run: Run, folder: str, part: int, keys: Sequence[str]) -> int:
        """Prepares the documents under ``keys``; returns how many articles are to be written about.

        One that could not be decided about is not in the file. Raises, once the others are prepared, what stood in the
        way.
        """
        prepared: list[Prepared] = []
        requests: list[str] = []
        failures: list[Exception] = []
        for key in keys:
            try:
                decisions = self.decide(run.bucket, key, run.options)
                lines = [*self._lines(key, decisions)]
            except Exception as error:  # noqa: BLE001 - raised again once all have been prepared
                failures.append(error)
                continue
            prepared += [line for line, _ in lines]
            requests += [request for _, request in lines if request]
        self.files.write(requests_file(folder, part), requests)
        # Last: what was decided counts once it is there.
        self.files.write(decided_file(folder, part), (line.to_line() for line in prepared))
        if failures:
            raise failures[0]
        return sum(line.action.is_open for line in prepared)

    def _lines(self, key: str, decisions: Sequence[Decision]) -> Iterator[tuple[Prepared, str | None]]:
        if not decisions:
            yield Prepared(key, Action.OTHER), None
        for decision in decisions:
            version, model = decision.version, self.decide.model
            if decision.action is not Action.REQUEST or model is None or not isinstance(version, Readable):
                yield Prepared(key, decision.action), None
                continue
            content, usd = fingerprint.content_hash(version.article), model.likely_cost(version.article)
            request = request_line(model, version, decision.generation or "")
            yield Prepared(key, decision.action, decision.generation, content, f"{usd:f}"), request


def request_line(model: BatchModel, version: Readable, generation: str) -> str:
    """Returns the line of a batch's file that asks for a draft about ``version``."""
    body: Any = model.request(assignment_of(version))
    line = {"custom_id": generation, "method": "POST", "url": "/v1/responses", "body": body}
    return json.dumps(line, ensure_ascii=False)


def decided_file(folder: str, part: int) -> str:
    """Returns the name of the file with what was decided about a part."""
    return f"lists/{folder}decided-{part:06d}"


def requests_file(folder: str, part: int) -> str:
    """Returns the name of the file with the requests of a part."""
    return f"texts/{folder}requests-{part:06d}"
