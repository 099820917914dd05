"""A model's answer as JSON: the schema that is asked for, and how the answer is read.

The schemas keep to what OpenAI's strict mode allows (guide "Structured outputs"): every property required, no others.
They are the same for every article, because a provider caches them as part of what is the same in all requests.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from standfirst.domain.errors import ModelOutputInvalid
from standfirst.domain.invisible_characters import without_invisible

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}

MOST_PROBLEMS = 3
"""So many are named of an answer of another shape: the sentence stands on the record, and a long list has thousands."""


def list_of(items: Schema) -> Schema:
    """Returns the schema of a list."""
    return {"type": "array", "items": items}


def object_of(**properties: Schema) -> Schema:
    """Returns the schema of an object with these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _tidy(text: str) -> str:
    return " ".join(without_invisible(text).split())


Tidy = Annotated[str, AfterValidator(_tidy)]
"""Without white space around it, with single spaces in it, and without what nobody sees."""


class Shape(BaseModel):
    """Base of the models that an answer is read with."""

    # What a model wrote about an article under embargo has no place in a log.
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


S = TypeVar("S", bound=Shape)


def read_answer(shape: type[S], json_text: str) -> S:
    """Returns the answer in ``json_text``; raises ``ModelOutputInvalid`` for one of another shape."""
    try:
        return shape.model_validate_json(json_text)
    except ValidationError as exc:
        problems = exc.errors(include_url=False, include_input=False)
        told = "; ".join(f"{_place(problem)}: {problem['msg']}" for problem in problems[:MOST_PROBLEMS])
        more = f"; {len(problems) - MOST_PROBLEMS:,} more" if len(problems) > MOST_PROBLEMS else ""
        message = f"The model's answer is not of the shape that was asked for ({told}{more})."
    # Not chained: pydantic's error names members that the model made up.
    raise ModelOutputInvalid(message)


def _place(problem: ErrorDetails) -> str:
    """Returns where ``problem`` is, in names of ours: that of a member too many is the model's own words."""
    place, is_extra = problem["loc"], problem["type"] == "extra_forbidden"
    return ".".join(map(str, place[:-1] if is_extra else place)) or "the answer"
