"""A stored record as the API serves it, without ``Record``: for the one request that readers make all the time.

To load pydantic and build its models takes longer than all the rest of such a request in a new process. So what the
models of ``domain/record.py`` say of a stored record stands here once more: names, order, types and known values. A
test holds the two together. Whatever is not stored exactly so, as by another release, is left to the models.
"""

import json
from collections.abc import Iterable, Mapping
from types import UnionType
from typing import Any, NamedTuple

from standfirst.domain.ai_disclosure import ai_disclosure_of, label_in
from standfirst.domain.unsure_sentences import unsure_sentences

Members = dict[str, Any]


class OrNull(NamedTuple):
    """``of`` or ``null``."""

    of: Any


# A shape is a type, a tuple of the known values, the shapes of an object's members in their order, or, in a list, that
# of each of its items.
_KIND = (
    *("news", "analysis", "opinion", "review", "live", "interview", "list", "recipe", "obituary", "court", "results"),
    *("horoscope", "betting", "correction", "release", "advertisement", "brief", None),
)
_ARTICLE = {
    "bucket": str | None,
    "key": str,
    "etag": str | None,
    "version_id": str | None,
    "sequencer": str | None,
    "words": int | None,
    "published_at": str | None,
    "version": str | None,
    "embargoed_until": str | None,
    "standfirst": str | None,
    "part": str | None,
    "declared_language": str | None,
    "partial": str | None,
    "kind": _KIND,
}
_MADE_BY = {
    "writer": str,
    "model": str | None,
    "prompt": str | None,
    "style": str,
    "degraded": ("model_unavailable", "refused", "truncated", "ungrounded", "budget", None),
    "parts": int,
    "coverage": int,
}
_FINDING = {
    "check": str,
    "field": str,
    "text": str,
    "detail": str,
    "severity": ("error", "warning"),
    "span": OrNull([int]),
    "reason": str,
    "sentence": int | None,
    "paragraphs": [int],
    "question": str | None,
    "suggestion": str | None,
}
_EVIDENCE = {
    "field": str,
    "sentence": int,
    "paragraphs": [int],
    "weak": bool,
    "span": OrNull([int]),
    "quote": str | None,
}
_USAGE = {"input_tokens": int, "cached_input_tokens": int, "output_tokens": int, "cost_usd": str | None}
_VERDICT = {
    "field": str,
    "sentence": int,
    "judgement": ("supported", "contradicted", "not_in_article", "opinion_or_unclear"),
    "paragraphs": [int],
    "quote": str,
    "reason": str | None,
    "article_says": str | None,
    "is_proven": bool,
}
_SECOND_READING = {
    "policy": ("off", "doubtful", "always"),
    "outcome": ("not_needed", "read", "unavailable", "unusable"),
    "reader": str | None,
    "model": str | None,
    "prompt": str | None,
    "verdicts": [_VERDICT],
    "usage": _USAGE,
    "trouble": str | None,
}
_REJECTED_DRAFT = {
    "standfirst": str,
    "summary": str,
    "key_points": [str],
    "findings": [_FINDING],
    "verdicts": [_VERDICT],
    "made_by": _MADE_BY,
}
_REVIEW = {
    "decision": ("edited", "approved", "rejected"),
    "by": str,
    "at": str,
    "of": int,
    "note": str | None,
    "overruled": [_FINDING],
    "sentences": int | None,
    "sentences_seen": [{"field": str, "sentence": int}],
    "findings_overruled": [{"check": str, "field": str, "text": str, "note": str | None}],
    "words_changed": int | None,
    "seconds": int | None,
}
RECORD: Mapping[str, Any] = {
    "article_id": str,
    "revision": int,
    "status": ("generated", "needs_review", "approved", "edited", "rejected", "skipped", "failed", "withdrawn"),
    "language": str,
    "headline": str | None,
    "standfirst": str | None,
    "summary": str | None,
    "key_points": [str],
    "reason": str | None,
    "article": _ARTICLE,
    "made_by": OrNull(_MADE_BY),
    "findings": [_FINDING],
    "evidence": [_EVIDENCE],
    "rejected_draft": OrNull(_REJECTED_DRAFT),
    "usage": OrNull(_USAGE),
    "second_reading": OrNull(_SECOND_READING),
    "stale": bool,
    "pending": int | None,
    "review": OrNull(_REVIEW),
    "generated_at": str,
    "updated_at": str,
    "updated_by": str,
    "digital_source_type": str | None,
    "erased_at": str | None,
    "erased_by": str | None,
}
"""The members that are served."""

INTERNAL: Mapping[str, Any] = {
    "story": str | None,
    "kept": int | None,
    "fingerprint": str,
    "erased_content": OrNull([str]),
    "regeneration_id": str | None,
    "expired_at": (None,),
    "schema": (2,),
}
"""The others; see ``domain/stored_record.py``. Expired texts are not served."""

_STORED = {**RECORD, **INTERNAL}
TEXTS = ("standfirst", "summary", "key_points")
_PUBLISHABLE = frozenset(("generated", "approved", "edited"))
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class _Unlike(Exception):
    """A value is not stored as this release stores it."""


def served(stored: Mapping[str, Any]) -> Members | None:
    """Returns the members that ``Record.as_served`` has, in their order; ``None`` if the models have to read them."""
    try:
        record = _in_order(stored, _STORED)
    except _Unlike:
        return None
    served = {name: record[name] for name in RECORD}
    has_texts = any(served[name] for name in TEXTS)
    source, approved = served["digital_source_type"], served["status"] == "approved"
    disclosure = ai_disclosure_of(source, approved=approved) if has_texts else None
    is_required = disclosure == "autonomous"
    return served | {
        "rejected_draft": None,
        "second_reading": _reading_as_served(served["second_reading"]),
        "checks": _checks(served),
        "ai_disclosure": disclosure,
        "disclosure": {"required": is_required, "label": label_in(served["language"]) if is_required else None},
    }


def is_publishable(record: Members) -> bool:
    """Returns whether ``record`` needs no review and never was under embargo."""
    return record["status"] in _PUBLISHABLE and record["article"]["embargoed_until"] is None


def version_of(record: Members) -> str:
    """See ``Record.version``."""
    return f"{record['article_id']}\n{record['revision']}\n{record['updated_at']}"


def as_json(record: Members) -> str:
    """Returns ``record`` as ``Record.model_dump_json`` writes it."""
    return _encode(record)


def _in_order(value: Any, shape: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """Returns ``value`` with its members in the order of ``shape``; raises ``_Unlike`` if it has another shape."""
    match shape:
        case OrNull(of):
            return None if value is None else _in_order(value, of)
        case dict() if isinstance(value, dict) and value.keys() == shape.keys():
            return {name: _in_order(value[name], of) for name, of in shape.items()}
        case list() if isinstance(value, list):
            return [_in_order(each, shape[0]) for each in value]
        case tuple() if value in shape:
            return value
        case type() | UnionType() if isinstance(value, shape):
            return value
    raise _Unlike


def _reading_as_served(reading: Members | None) -> Members | None:
    """See ``SecondReading.as_served``."""
    if reading is None:
        return None
    unsaid = {"reason": None, "article_says": None}
    verdicts = [each | unsaid | ({} if each["is_proven"] else {"quote": ""}) for each in reading["verdicts"]]
    return reading | {"verdicts": verdicts}


def _checks(record: Members) -> Members:
    """See ``Record.checks``."""
    findings: Iterable[Members] = record["findings"]
    errors = sum(each["severity"] == "error" for each in findings)
    unsure = unsure_sentences(
        (name for name in TEXTS if record[name]),
        ((each["check"], each["field"], each["sentence"]) for each in findings),
        ((each["field"], each["sentence"]) for each in record["evidence"] if each["weak"]),
    )
    return {
        "errors": errors,
        "warnings": len(record["findings"]) - errors,
        "unsure_sentences": [{"field": field, "sentence": sentence} for field, sentence in unsure],
        "second_reader": record["second_reading"]["outcome"] if record["second_reading"] else "off",
    }
