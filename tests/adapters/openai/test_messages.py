"""Answers of several messages: the final one counts (OpenAI API reference, ``phase``)."""

import json

import pytest

import model_server as play
from desk import GOOD_DRAFT, Desk
from standfirst.domain.errors import ModelOutputInvalid, ModelRefused

DRAFT = json.dumps(dict(GOOD_DRAFT.texts))
OTHER = json.dumps({"standfirst": "A first try.", "summary": "It was thought better of.", "key_points": []})


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([("commentary", "I will check the evidence first."), ("final_answer", DRAFT)], id="talk first"),
        pytest.param([("commentary", DRAFT), ("final_answer", DRAFT)], id="said twice"),
        pytest.param([("commentary", OTHER), ("final_answer", DRAFT)], id="tried first"),
        pytest.param([("final_answer", DRAFT), ("commentary", "Done.")], id="talk last"),
        pytest.param([("commentary", "One."), ("commentary", "Two."), ("final_answer", DRAFT)], id="talk twice"),
        pytest.param([(None, OTHER), ("final_answer", DRAFT)], id="one without phase first"),
        pytest.param([("final_answer", DRAFT), (None, OTHER)], id="one without phase last"),
        pytest.param([(None, DRAFT), (None, DRAFT)], id="twice without phase"),
        pytest.param([(None, OTHER), (None, DRAFT)], id="two without phase"),
        pytest.param([("commentary", OTHER), (None, DRAFT)], id="talk and one without phase"),
        pytest.param([("final_answer", DRAFT), ("final_answer", DRAFT)], id="two finals, the same"),
        pytest.param([("final_answer", OTHER), ("final_answer", DRAFT)], id="two finals, another"),
        pytest.param([("final_answer", DRAFT), ("final_answer", " ")], id="an empty final last"),
        pytest.param([("final_answer", ""), ("final_answer", DRAFT)], id="an empty final first"),
        pytest.param([(None, ""), ("", DRAFT)], id="an empty one, and an empty phase"),
        pytest.param([("commentary", None), ("final_answer", DRAFT)], id="thought better of a refusal"),
    ],
)
def test_the_final_message_is_the_draft_and_is_paid_once(desk: Desk, said: list[tuple[str | None, str | None]]) -> None:
    """Joined they would be no JSON: asked for again, paid again, and the extractive writer would write."""
    desk.model.answers(play.messages(*said))

    assert desk.write().draft == GOOD_DRAFT
    assert len(desk.model.requests) == len(desk.spent) == 1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param([("commentary", "I can not say that."), ("final_answer", None)], id="in the final one"),
        pytest.param([("final_answer", None), ("final_answer", DRAFT)], id="in one of two finals"),
        pytest.param([(None, DRAFT), (None, None)], id="without phase"),
        pytest.param([("commentary", None)], id="in the only one"),
    ],
)
def test_a_refusal_in_an_answer_is_a_refusal(desk: Desk, said: list[tuple[str | None, str | None]]) -> None:
    """The article's, not this call's: it is not asked again."""
    desk.model.answers(play.messages(*said))

    with pytest.raises(ModelRefused):
        desk.write()

    assert len(desk.model.requests) == 1


@pytest.mark.parametrize(
    "said", [[("commentary", DRAFT)], [("commentary", DRAFT), ("final_answer", "")], []], ids=["talk", "empty", "none"]
)
def test_commentary_is_never_the_answer(desk: Desk, said: list[tuple[str | None, str | None]]) -> None:
    """The model had not finished: it is asked once more, as after an answer that was cut off."""
    desk.model.answers(play.messages(*said))

    with pytest.raises(ModelOutputInvalid):
        desk.write()

    assert len(desk.model.requests) == 2
