"""What is said of a model's answer that has another shape than was asked for."""

import json

import pytest

from standfirst.domain.errors import ModelOutputInvalid
from standfirst.model.answer import Shape, read_answer


class Inner(Shape):
    """A member."""

    number: int


class Outer(Shape):
    """An answer."""

    numbers: list[Inner]


def trouble(answer: object) -> str:
    """What is said of ``answer``."""
    with pytest.raises(ModelOutputInvalid) as raised:
        read_answer(Outer, json.dumps(answer))
    assert raised.value.__context__ is None
    return str(raised.value)


def test_a_wrong_member_is_named() -> None:
    """By its place in the answer."""
    assert "(numbers.1.number: Input should be a valid integer)" in trouble(
        {"numbers": [{"number": 1}, {"number": "1"}]}
    )


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ({"numbers": [], "The mayor stole it": 1}, "the answer"),
        ({"numbers": [{"The mayor": 1, "number": 1}]}, "numbers.0"),
    ],
    ids=["of the answer", "of a member"],
)
def test_a_member_that_the_model_made_up_is_not_repeated(answer: object, place: str) -> None:
    """Its name is the model's own words, which nobody has checked: what is said of the answer is shown to readers."""
    assert f"({place}: Extra inputs are not permitted)" in trouble(answer)


def test_a_long_list_of_wrong_members_is_told_in_a_sentence() -> None:
    """A record has no room for thousands."""
    assert trouble({"numbers": [1] * 20_000}).endswith("numbers.2: Input should be an object; 19,997 more).")
