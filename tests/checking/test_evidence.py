"""Where an editor finds what a sentence says, and how much of it."""

import pytest

from builders import a_draft, an_article
from checked import an_article_in
from standfirst.checking.analysis.comparison import LONGEST_SENTENCE, MOST_SENTENCES
from standfirst.checking.evidence import find_evidence
from standfirst.domain.draft import Evidence


def evidence(summary: str) -> tuple[Evidence, ...]:
    """The evidence for ``summary`` in the article about the ferry."""
    return find_evidence(an_article(), a_draft(summary=summary))


def test_each_sentence_has_the_paragraphs_that_support_it() -> None:
    """Both from 0."""
    found = evidence("Repairs to the ferry cost 240,000 crowns. A flood washed away the landing stage in 2019.")

    assert [(each.sentence, each.paragraphs[0], each.weak) for each in found] == [(0, 2, False), (1, 1, False)]


@pytest.mark.parametrize(
    ("sentence", "paragraphs"),
    [
        ("Passengers complained bitterly about rising parking charges near the town hall.", (0,)),
        ("Seven goats escaped yesterday.", ()),
    ],
    ids=["one word", "no word"],
)
def test_evidence_is_weak_where_no_sentence_of_the_article_has_much_of_it(
    sentence: str, paragraphs: tuple[int, ...]
) -> None:
    """An editor looks there first."""
    assert evidence(sentence) == (Evidence("summary", 0, paragraphs, weak=True, span=(0, len(sentence))),)


def test_a_sentence_without_a_word_to_compare_has_no_evidence() -> None:
    """Nothing can be said of it."""
    assert evidence("It is so. The ferry stopped in 2019.") == (Evidence("summary", 1, (1,), span=(10, 36)),)


def test_a_sentence_in_the_words_of_the_article_is_never_weak() -> None:
    """Also where words are not written apart."""
    article = an_article_in("zh", "渡轮将于六月恢复航行。")

    assert find_evidence(article, a_draft(summary="渡轮将于六月恢复航行。")) == (
        Evidence("summary", 0, (0,), span=(0, 11)),
    )


def test_evidence_has_an_end() -> None:
    """As the checks have."""
    long = "ferry " * LONGEST_SENTENCE

    assert evidence(f"{long}.") == ()
    assert len(evidence("The ferry stopped. " * 2 * MOST_SENTENCES)) == MOST_SENTENCES
