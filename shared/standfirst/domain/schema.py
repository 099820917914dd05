"""What every model that becomes JSON has in common."""

from datetime import datetime
from threading import RLock
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer


def rfc3339(moment: datetime) -> str:
    """Returns ``moment``, which is in UTC, with milliseconds: text order is time order."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


Instant = Annotated[
    datetime, PlainSerializer(rfc3339, return_type=str), Field(json_schema_extra={"format": "date-time"})
]
"""A moment in UTC; in JSON ``2026-03-03T10:14:00.000Z``, so that text order is time order."""


_BUILDING = RLock()


class Schema(BaseModel):
    """Base of the models that become JSON: immutable, and strict about names."""

    # Built at first use: a cold start does not pay for models that it does not use.
    # An error about a text goes into a log; the text does not.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, hide_input_in_errors=True)

    @classmethod
    def model_rebuild(cls, **arguments: Any) -> bool | None:  # noqa: ANN401 - as pydantic has it
        """See ``BaseModel``; one thread at a time, because pydantic takes down what another has just built."""
        with _BUILDING:
            return super().model_rebuild(**arguments)


class StoredSchema(Schema):
    """Base of the stored models: members that a later release added are ignored (``domain/stored_record.py``)."""

    model_config = ConfigDict(extra="ignore")


def as_in(schema: type[Schema], member: str) -> Any:  # noqa: ANN401 - what Field returns
    """Returns the description and examples of a member of another schema."""
    field = schema.model_fields.get(member) or schema.model_computed_fields[member]
    return Field(description=field.description, examples=field.examples)
