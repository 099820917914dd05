"""A model's answer, as a draft or as notes."""

import json

import pytest

from builders import a_draft
from standfirst.domain.errors import ModelOutputInvalid
from standfirst.writing.model.answer import read_draft, read_notes


def test_an_answer_becomes_a_draft() -> None:
    """White space around and between words is the model's, not the text's; in any language."""
    answer = {
        "standfirst": " Die  Fähre\nfährt. ",
        "summary": "渡船が\u3000戻る。",
        "key_points": [" Im Juni ", "", " "],
    }

    assert read_draft(json.dumps(answer)) == a_draft("Die Fähre fährt.", "渡船が 戻る。", ("Im Juni",))


def test_an_answer_becomes_notes() -> None:
    """Empty ones are none."""
    assert read_notes('{"facts": [" One. ", "", "Two."]}') == ["One.", "Two."]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("", "JSON"),
        ("Here is your summary:", "JSON"),
        ('{"standfirst": "A", "summary": "B", "key_points": []', "JSON"),
        ("[]", "the answer"),
        ('{"standfirst": "A", "summary": "B"}', "key_points"),
        ('{"standfirst": 1, "summary": "B", "key_points": []}', "standfirst"),
        ('{"standfirst": "A", "summary": null, "key_points": []}', "summary"),
        ('{"standfirst": "A", "summary": "B", "key_points": "C"}', "key_points"),
        ('{"standfirst": "A", "summary": "B", "key_points": [], "note": "hi"}', "the answer: Extra"),
        ('{"standfirst": " \\n", "summary": "B", "key_points": []}', "standfirst: .*empty"),
        ('{"standfirst": "A", "summary": "\\u00a0", "key_points": []}', "summary: .*empty"),
    ],
    ids=[
        "nothing",
        "talk",
        "cut off",
        "a list",
        "a key is missing",
        "a number",
        "null",
        "a text for a list",
        "one key more",
        "an empty standfirst",
        "an empty summary",
    ],
)
def test_an_answer_of_another_shape_is_invalid(answer: str, said: str) -> None:
    """The message says where."""
    with pytest.raises(ModelOutputInvalid, match=said):
        read_draft(answer)


def test_what_is_said_of_an_answer_shows_nothing_of_it() -> None:
    """Messages end in logs, where an article under embargo has no place."""
    with pytest.raises(ModelOutputInvalid) as caught:
        read_draft(
            '{"standfirst": "The minister resigns.", "summary": 1, "key_points": ["Secret"], "note": "Talks fail"}'
        )

    told = f"{caught.value} {caught.value.__cause__}"
    assert not [word for word in ("minister", "Secret", "Talks") if word in told]


def test_what_nobody_sees_in_an_answer_is_taken_out() -> None:
    """Rather than refused, which would be paid for."""
    answer = {"standfirst": "The fer\u200bry\u202e.", "summary": "It is\U000e0049 back.", "key_points": []}

    assert read_draft(json.dumps(answer)) == a_draft("The ferry.", "It is back.")
