"""A draft that was checked, on its way from a writer to a record; the cache keeps it as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from standfirst.domain.draft import Draft, Finding
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import Degraded, Usage


@dataclass(frozen=True, slots=True)
class RejectedGeneration:
    """A model's draft that may not be served, and why."""

    draft: Draft
    findings: Sequence[Finding]
    writer: WriterIdentity


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that may be served, who wrote it in which style (its label), and what the checks found in it.

    ``answers`` is the writer whose turn is done with it: the same article need not be given to that one again.
    ``usage`` is what all calls came to, ``trouble`` why the model's text is not served; for the others see ``MadeBy``.
    """

    draft: Draft
    findings: Sequence[Finding]
    writer: WriterIdentity
    style: str
    answers: WriterIdentity
    usage: Usage = field(default_factory=Usage)
    parts: int = 1
    coverage: int = 100
    degraded: Degraded | None = None
    trouble: str | None = None
    rejected: RejectedGeneration | None = None

    @property
    def errors(self) -> bool:
        """Whether anything in it may not be served."""
        return any(finding.severity == "error" for finding in self.findings)


@cache
def _adapter() -> TypeAdapter[CheckedDraft]:
    # Made when it is needed: not every function that imports this module has drafts.
    return TypeAdapter(CheckedDraft)


def to_json(checked: CheckedDraft) -> str:
    """``checked`` as text, to be kept."""
    return _adapter().dump_json(checked).decode()


def from_json(text: str) -> CheckedDraft | None:
    """Returns what ``to_json``, also that of 0.1.0, made text of; ``None`` for what another release may have made."""
    try:
        return _adapter().validate_python(_upgraded(json.loads(text)))
    except (ValidationError, ValueError, TypeError, KeyError):
        return None


def _upgraded(checked: dict[str, Any]) -> dict[str, Any]:
    """Returns ``checked`` as it is written now: 0.1.0 had the texts beside the evidence, and the whole style."""
    if isinstance(style := checked["style"], dict):
        checked["style"] = f"{style['name']}@{style['version']}"
    for holder in (checked, checked.get("rejected") or {}):
        if "texts" not in holder.get("draft", {"texts": None}):
            evidence = holder["draft"].pop("evidence", ())
            holder["draft"] = {"texts": holder["draft"], "evidence": evidence}
    return checked
