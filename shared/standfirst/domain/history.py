"""Who changed what, when and from what: an article's revisions beside those that they took the place of."""

from collections.abc import Mapping

from pydantic import ConfigDict, Field, JsonValue

from standfirst.domain.record import Instant, Record, Review, Schema, Status

FIELDS = ("status", "headline", "standfirst", "summary", "key_points", "reason", "stale", "pending")
"""What of a record is compared; beside it, which version of the article it is about, and its embargo."""


class Change(Schema):
    """One member of a record that became another; ``from`` is ``null`` in an article's first revision."""

    model_config = ConfigDict(serialize_by_alias=True)

    field: str
    before: JsonValue = Field(alias="from")
    after: JsonValue = Field(alias="to")


class Revision(Schema):
    """One revision: by whom, when, and what is different from the one that it took the place of (``follows``)."""

    revision: int
    follows: int | None
    status: Status
    at: Instant
    by: str
    review: Review | None
    changes: tuple[Change, ...]


def told(record: Record, before: Record | None) -> Revision:
    """``record`` beside ``before``, which is the revision ``record.previous_revision``."""
    return Revision(
        revision=record.revision,
        follows=record.previous_revision,
        status=record.status,
        at=record.updated_at,
        by=record.updated_by,
        # It stays on the record until there is another; here it is told of where it was made.
        review=record.review if record.review and record.review != (before and before.review) else None,
        changes=_changes(record, before),
    )


def _changes(record: Record, before: Record | None) -> tuple[Change, ...]:
    now, then = _compared(record), _compared(before) if before else {}
    return tuple(
        Change.model_validate({"field": name, "from": then.get(name), "to": value})
        for name, value in now.items()
        if value != then.get(name) and (before or value not in (None, [], False))
    )


def _compared(record: Record) -> Mapping[str, JsonValue]:
    values = record.model_dump(mode="json", include={*FIELDS, "article"})
    article = values.pop("article")
    about = {f"article.{name}": article[name] for name in ("etag", "version_id", "embargoed_until")}
    return {name: values[name] for name in FIELDS} | about
