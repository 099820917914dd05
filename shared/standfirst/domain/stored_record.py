"""Converts records to and from their stored form, which the releases before and after this one can read.

During a deployment, and after a rollback, functions of two releases read and write the same records. Members that this
release does not know are ignored and written back unchanged. An unknown value of an enumeration, such as a status, is
read as the nearest known one, and written back unless it was changed.
"""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, JsonValue, ValidationError

from standfirst.domain.draft import Finding
from standfirst.domain.record import Record

MOST_BYTES = 390_000
"""Of a record's JSON, which is never smaller than its item; DynamoDB takes 409,600, with the keys of indexes."""

FEW_FINDINGS = 20
"""Findings that are kept of a record that would be too large."""

SCHEMA = 2
"""Stored with each record, and raised when its members change; 0.1.0 stored none."""

_INTERNAL = MappingProxyType(
    {
        "content_hash": "story",
        "last_reviewed": "kept",
        "fingerprint": "fingerprint",
        "erased_content": "erased_content",
        "regeneration_id": "regeneration_id",
        "expired_at": "expired_at",
    }
)
"""Members that are not part of the API's JSON, and their stored names."""

_NEAREST: Mapping[str, JsonValue] = MappingProxyType(
    {
        "status": "needs_review",
        "degraded": None,
        "severity": "warning",
        "decision": "edited",
        "became": "left",
        "judgement": "opinion_or_unclear",
        "outcome": "not_needed",
        "policy": "doubtful",
        "kind": None,
    }
)
"""Replacements for a value that a later release added."""

_COMPUTED = {"checks", "ai_disclosure", "disclosure"}
"""Members that follow from others."""

Members = Mapping[str, JsonValue]
M = TypeVar("M", bound=BaseModel)


def to_stored(record: Record) -> dict[str, JsonValue]:
    """Returns the members to store: those of ``record``, and the unknown ones that another release stored.

    A record that would be too large for an item of DynamoDB is stored without the least needed of what it has: the
    second reader's verdicts, then findings, of which it says how many are left out, then the rejected draft and the
    evidence, never its texts.
    """
    members = _all_members(record)
    for without in _WITHOUT:
        if len(json.dumps(members, ensure_ascii=False).encode(errors="surrogatepass")) <= MOST_BYTES:
            return members
        record = without(record)
        members = _all_members(record)
    return members


def _few(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    if len(findings) <= FEW_FINDINGS:
        return tuple(findings)
    more = f"{len(findings) - FEW_FINDINGS:,} more findings are not shown"
    last = Finding("unchecked", findings[FEW_FINDINGS].field, "", more, "warning", reason="more")
    return (*findings[:FEW_FINDINGS], last)


def _without_verdicts(record: Record) -> Record:
    draft, reading = record.rejected_draft, record.second_reading
    return record.model_copy(
        update={
            "rejected_draft": draft and draft.model_copy(update={"verdicts": ()}),
            "second_reading": reading and reading.model_copy(update={"verdicts": ()}),
        }
    )


def _with_few_rejected(record: Record) -> Record:
    draft = record.rejected_draft
    less = draft and draft.model_copy(update={"findings": _few(draft.findings)})
    return record.model_copy(update={"rejected_draft": less})


def _with_few_findings(record: Record) -> Record:
    review = record.review and record.review.model_copy(
        update={
            "overruled": _few(record.review.overruled),
            "findings_overruled": record.review.findings_overruled[:FEW_FINDINGS],
        }
    )
    return record.model_copy(update={"findings": _few(record.findings), "review": review})


def _without_rejected(record: Record) -> Record:
    return record.model_copy(update={"rejected_draft": None})


def _without_evidence(record: Record) -> Record:
    return record.model_copy(update={"evidence": ()})


_WITHOUT = (_without_verdicts, _with_few_rejected, _with_few_findings, _without_rejected, _without_evidence)


def _all_members(record: Record) -> dict[str, JsonValue]:
    members = _members(record)
    if (raw := record.stored_as) is None:
        return members
    merged = _merged(members, _members(_read(raw)), raw)
    return {**_object(merged), "schema": max(SCHEMA, _number(raw))}


def from_stored(raw: Members) -> Record:
    """Returns the record with the stored members ``raw``; raises pydantic's ``ValidationError``."""
    record = _read(raw)
    is_known = _holds(_members(record), raw)
    return record if is_known else record.model_copy(update={"stored_as": raw})


def _members(record: Record) -> dict[str, JsonValue]:
    internal = {stored: getattr(record, name) for name, stored in _INTERNAL.items()}
    return {**record.model_dump(mode="json", exclude=_COMPUTED), **internal, "schema": SCHEMA}


def _read(raw: Members) -> Record:
    return read_as(Record, {**raw, **{name: raw.get(stored) for name, stored in _INTERNAL.items()}})


def read_as(model: type[M], members: Members) -> M:
    """Returns the ``model`` with ``members``, where an unknown value is read as the nearest known one.

    Raises pydantic's ``ValidationError``.
    """
    try:
        return model.model_validate(members)
    except ValidationError as error:
        unknown = [each["loc"] for each in error.errors() if each["type"] in {"enum", "literal_error"}]
        for place in unknown:
            members = _object(_with_nearest(members, place))
        return model.model_validate(members)


def _with_nearest(value: object, place: tuple[int | str, ...]) -> JsonValue:
    """Returns ``value`` with the unknown value at ``place`` replaced by the nearest known one."""
    if not place:
        return None
    first, rest = place[0], place[1:]
    if isinstance(value, Mapping) and not rest:
        return {**value, str(first): _NEAREST.get(str(first))}
    if isinstance(value, Mapping):
        return {**value, str(first): _with_nearest(value.get(str(first)), rest)}
    if isinstance(value, list) and isinstance(first, int):
        return [_with_nearest(each, rest) if at == first else each for at, each in enumerate(value)]
    return value  # type: ignore[return-value]


def _holds(known: JsonValue, raw: object) -> bool:
    """Returns whether ``known`` has every member of ``raw``, at any depth, and the same texts."""
    if known == raw:
        # What this release stored, without a look at each of its members.
        return True
    if isinstance(raw, Mapping):
        return isinstance(known, dict) and all(name in known and _holds(known[name], raw[name]) for name in raw)
    if isinstance(raw, list):
        return isinstance(known, list) and all(_holds(*pair) for pair in zip(known, raw, strict=True))
    return not isinstance(raw, str) or raw == known


def _merged(now: JsonValue, read: JsonValue, raw: object) -> JsonValue:
    """Returns ``now``, but as in ``raw`` where it is unchanged since it was ``read``."""
    if now == read:
        return raw  # type: ignore[return-value]
    if isinstance(now, dict) and isinstance(read, dict) and isinstance(raw, Mapping):
        unknown = {name: value for name, value in raw.items() if name not in read}
        return {**unknown, **{name: _merged(value, read.get(name), raw.get(name)) for name, value in now.items()}}
    return now


def _object(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{type(value).__name__} is no object")
    return dict(value)


def _number(raw: Members) -> int:
    number = raw.get("schema")
    return int(number) if isinstance(number, int) else 1
