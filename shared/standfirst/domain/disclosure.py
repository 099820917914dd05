"""What readers are to be told of a text that a model wrote."""

from typing import Annotated

from pydantic import Field

from standfirst.domain.schema import Schema


class Disclosure(Schema):
    """Whether readers have to be told that a model wrote the texts, and in which words."""

    required: Annotated[
        bool,
        Field(description="Whether a trained model wrote the texts and no person reviewed them.", examples=[True]),
    ]
    label: Annotated[
        str | None,
        Field(
            description="Words to show beside the texts, in their language or else in English; null if none are "
            "required.",
            examples=["Written by artificial intelligence and not reviewed by an editor."],
        ),
    ]
