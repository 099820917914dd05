"""Whether words stand in a text as they are quoted."""

import pytest

from standfirst.text.verbatim import fold


def found(quote: str, text: str) -> list[str]:
    """What ``quote`` is in ``text``, part by part."""
    return [text[start:end] for start, end in fold(text).find(quote)]


@pytest.mark.parametrize(
    ("quote", "text", "stands_as"),
    [
        pytest.param("the ferry sails", "Now the ferry sails.", "the ferry sails", id="as it is"),
        pytest.param("The ferry sails.", "Now the ferry sails, he said.", "the ferry sails", id="as a sentence"),
        pytest.param("the  ferry\nsails", "the ferry\u00a0\tsails", "the ferry\u00a0\tsails", id="white space"),
        pytest.param('He said "no" twice', "He said “no” twice", "He said “no” twice", id="curly marks"),
        pytest.param("'We kept our word'", "“We kept our word,” she said.", "We kept our word", id="marks around it"),
        pytest.param("it’s - in fact – his", "it's—in fact—his", "it's—in fact—his", id="apostrophes and dashes"),
        pytest.param('Il a dit "non" hier', "Il a dit « non » hier", "Il a dit « non » hier", id="guillemets"),
        pytest.param("Sie sagte 'nein' dazu", "Sie sagte „nein“ dazu", "Sie sagte „nein“ dazu", id="low marks"),
        pytest.param("Vraiment ? Non!", "Vraiment\u202f? Non\u00a0!", "Vraiment\u202f? Non\u00a0!", id="French marks"),
        pytest.param(
            "Bundeskanzleramt", "Bundes\u00adkanzler\u00adamt", "Bundes\u00adkanzler\u00adamt", id="soft hyphens"
        ),
        pytest.param("Zu\u0308rich", "in Zürich", "Zürich", id="composition"),
        pytest.param("caf\u00e9 noir", "cafe\u0301 noir", "cafe\u0301 noir", id="decomposition"),
        pytest.param("… the ferry sails ...", "and the ferry sails", "the ferry sails", id="ellipsis at its ends"),
        pytest.param("渡轮将于六月恢复航行", "市长说,渡轮将于六月恢复航行。", "渡轮将于六月恢复航行", id="no spaces"),
        pytest.param("３人が死亡した", "火災で3人が死亡した。", "3人が死亡した", id="full width"),
        pytest.param("قال العمدة", "وأمس قال العمدة ذلك", "قال العمدة", id="Arabic"),
    ],
)
def test_white_space_and_typographic_marks_make_no_difference(quote: str, text: str, stands_as: str) -> None:
    """A model types plain marks, a newsroom sets its own."""
    assert found(quote, text) == [stands_as]


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        pytest.param("the ferry sank", "the ferry sails", id="another word"),
        pytest.param("the Ferry sails", "the ferry sails", id="case"),
        pytest.param("legal in the town", "it is illegal in the town", id="part of a word"),
        pytest.param("the council vote", "the council voted", id="beginning of a word"),
        pytest.param("200 people came", "1,200 people came", id="end of a figure"),
        pytest.param("he paid 1", "he paid 1.5 million", id="beginning of a figure"),
        pytest.param("200 people came", "1 200 people came", id="end of a spaced figure"),
        pytest.param("cafe", "cafe\u0301", id="a letter without its mark"),
        pytest.param("ferry … council", "the council took the ferry", id="another order"),
        pytest.param("", "the ferry", id="nothing"),
        pytest.param("… “”", "the ferry", id="marks only"),
    ],
)
def test_what_says_something_else_is_not_found(quote: str, text: str) -> None:
    """A cut word or figure is another one."""
    assert found(quote, text) == []


@pytest.mark.parametrize("gap", ["…", " … ", "...", " [...] ", " […] ", "(…)"])
def test_parts_around_an_ellipsis_are_found_in_their_order(gap: str) -> None:
    """Each where it stands."""
    text = "The council voted, after a long debate, against the ferry."

    assert found(f"The council voted{gap}against the ferry", text) == ["The council voted", "against the ferry"]


def test_an_ellipsis_of_the_text_is_no_gap() -> None:
    """It stands there."""
    assert found("He said … nothing", "He said... nothing") == ["He said... nothing"]
