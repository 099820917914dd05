"""A draft with its findings, as it goes from a writer to a record and, as JSON, into the cache."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from standfirst.domain.draft import Draft, Finding
from standfirst.domain.ports import WriterIdentity
from standfirst.domain.record import Degraded
from standfirst.domain.second_reading import SecondReading, Verdict
from standfirst.domain.usage import Usage


@dataclass(frozen=True, slots=True)
class RejectedGeneration:
    """A model's draft that may not be served, with the findings that say why."""

    draft: Draft
    findings: Sequence[Finding]
    writer: WriterIdentity
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that may be served, its findings, its writer and its style (a label).

    ``fingerprint_writer`` is the writer in the record's fingerprint: the one that is not asked about the same article
    again. After a failed model call it may be the model although the fallback wrote the draft. ``usage`` is the sum
    over all calls of the writer, ``trouble`` says why the model's text is not served; for the others see ``MadeBy``.
    """

    draft: Draft
    findings: Sequence[Finding]
    writer: WriterIdentity
    style: str
    fingerprint_writer: Annotated[WriterIdentity, Field(alias="answers")]
    usage: Usage = field(default_factory=Usage)
    parts: int = 1
    coverage: int = 100
    degraded: Degraded | None = None
    trouble: str | None = None
    rejected: RejectedGeneration | None = None
    second_reading: SecondReading | None = None

    @property
    def errors(self) -> bool:
        """Returns whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def is_unread(self) -> bool:
        """Returns whether the second reader is still to read it, because it could not be asked."""
        return self.second_reading is not None and self.second_reading.is_due


@cache
def _adapter() -> TypeAdapter[CheckedDraft]:
    # Built at first use: not every function that imports this module has drafts.
    return TypeAdapter(CheckedDraft)


def to_json(checked: CheckedDraft) -> str:
    """Returns ``checked`` as JSON for the cache."""
    return _adapter().dump_json(checked, by_alias=True).decode()


def from_json(text: str) -> CheckedDraft | None:
    """Returns the draft in JSON that ``to_json`` wrote, also that of 0.1.0; ``None`` for an unknown format."""
    try:
        return _adapter().validate_python(_upgraded(json.loads(text)))
    except (ValidationError, ValueError, TypeError, KeyError):
        return None


def _upgraded(checked: dict[str, Any]) -> dict[str, Any]:
    """Returns ``checked`` in today's format: 0.1.0 kept the texts beside the evidence, and the whole style."""
    if isinstance(style := checked["style"], dict):
        checked["style"] = f"{style['name']}@{style['version']}"
    for holder in (checked, checked.get("rejected") or {}):
        if "texts" not in holder.get("draft", {"texts": None}):
            evidence = holder["draft"].pop("evidence", ())
            holder["draft"] = {"texts": holder["draft"], "evidence": evidence}
    return checked
