"""Counting words."""

import pytest

from standfirst.domain.word_count import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry returns.", 3),
        ("It cost 5,000 crowns – don't ask.", 6),
        ("Russian-U.S. talks", 2),
        ("1.4 Milliarden", 2),
        ("", 0),
        ("… – !", 0),
        ("渡轮将于六月恢复运营", 5),
        ("フェリーは6月に再開する", 7),
        ("تعود العبارة في يونيو", 4),
    ],
    ids=["plain", "figures", "hyphens", "decimals", "empty", "marks", "Chinese", "Japanese", "Arabic"],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    """Two characters count for one word where no spaces are written."""
    assert count_words(text) == words
