"""The history of a summary: each revision with its changes to the one before."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, JsonValue

from standfirst.domain.record import Record, Review, Status
from standfirst.domain.schema import Instant, Schema
from standfirst.domain.texts import TEXTS

FIELDS = ("status", "headline", *(kind.name for kind in TEXTS), "reason", "stale", "pending")
"""The members that are compared, beside the version of the article and its embargo."""


_TEXTS = frozenset(kind.name for kind in TEXTS)


class Change(Schema):
    """A member of the record that changed."""

    model_config = ConfigDict(serialize_by_alias=True)

    field: Annotated[str, Field(description="The name of the member.", examples=["standfirst"])]
    before: Annotated[
        JsonValue,
        Field(
            alias="from",
            description="Its value before, of any type; null in an article's first revision.",
            examples=["The ferry returns."],
        ),
    ]
    after: Annotated[
        JsonValue,
        Field(alias="to", description="Its new value, of any type.", examples=["The ferry is back in June."]),
    ]


class Revision(Schema):
    """One revision of an article's summary: who changed what, and when."""

    revision: Annotated[int, Field(description="The number of the revision.", examples=[2])]
    follows: Annotated[
        int | None,
        Field(description="The number of the revision that it replaced; null for the first.", examples=[1]),
    ]
    status: Annotated[Status, Field(description="The status of the summary.", examples=["edited"])]
    at: Annotated[Instant, Field(description="When it was stored.", examples=["2026-03-03T10:14:00.000Z"])]
    by: Annotated[
        str,
        Field(
            description="Who changed it: an IAM identity, `jwt:` and the subject of a token, or a function.",
            examples=["arn:aws:iam::123456789012:user/newsroom-editor"],
        ),
    ]
    review: Annotated[Review | None, Field(description="The editor's decision, if this revision is one.")]
    changes: Annotated[tuple[Change, ...], Field(description="What is different from the revision that it replaced.")]
    kept: Annotated[
        bool,
        Field(
            description="Whether its texts can still be read. They are left out of `changes` if they, or those of the "
            "revision that it replaced, cannot.",
            examples=[True],
        ),
    ]


def revision_of(record: Record, before: Record | None) -> Revision:
    """Returns ``record`` compared with ``before``, which is the revision ``record.previous_revision``."""
    return Revision(
        revision=record.revision,
        follows=record.previous_revision,
        status=record.status,
        at=record.updated_at,
        by=record.updated_by,
        # A record keeps its review until there is another; the history shows it only where it was made.
        review=record.review if record.review and record.review != (before and before.review) else None,
        changes=_changes(record, before),
        kept=record.expired_at is None,
    )


def _changes(record: Record, before: Record | None) -> tuple[Change, ...]:
    now, then = _compared(record), _compared(before) if before else {}
    if record.expired_at or (before and before.expired_at):
        now = {name: value for name, value in now.items() if name not in _TEXTS}
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
