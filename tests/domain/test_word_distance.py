"""How many words an editor changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.texts import Texts
from standfirst.domain.word_distance import MOST_COMPARED, distance, words_changed

WORDS = st.lists(st.sampled_from("abc"), max_size=8)


def plainly(before: list[str], after: list[str]) -> int:
    """By the definition: the least of three ways to go on."""
    if not before or not after:
        return len(before) + len(after)
    return min(
        plainly(before[1:], after) + 1,
        plainly(before, after[1:]) + 1,
        plainly(before[1:], after[1:]) + (before[0] != after[0]),
    )


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("The ferry is back.", "The ferry is back.", 0),
        ("The ferry is back.", "The ferry returns.", 2),
        ("The ferry is back.", "The old ferry is back.", 1),
        ("The ferry is back.", "", 4),
        ("", "The ferry is back.", 4),
        ("The ferry is back in June.", "In June the ferry is back.", 6),
        ("フェリーは六月に戻る。", "フェリーは七月に戻る。", 1),
        ("The  ferry\nis back.", "The ferry is back.", 0),
    ],
)
def test_a_word_is_inserted_deleted_or_replaced(before: str, after: str, changed: int) -> None:
    """A character of a script without spaces is a word."""
    assert words_changed(Texts(summary=before), Texts(summary=after)) == changed


def test_all_texts_count() -> None:
    """Each against its own."""
    before = Texts(standfirst="One.", summary="Two.", key_points=["A b.", "C."])
    after = Texts(standfirst="Two.", summary="Two.", key_points=["A b."])

    assert words_changed(before, after) == 2


@given(WORDS, WORDS)
def test_it_is_the_distance_of_levenshtein(before: list[str], after: list[str]) -> None:
    """Whatever both begin or end with."""
    assert distance(before, after) == plainly(before, after)


def test_the_longest_texts_are_compared_in_bounded_steps() -> None:
    """What is beyond the first words counts as changed."""
    before, after = ["a"] * 5_000, ["b"] * 2_500

    assert distance(before, after) == 5_000
    assert distance([*before, "c"], [*before, "d"]) == 1
    assert distance([], ["a"] * (MOST_COMPARED + 1)) == MOST_COMPARED + 1
