"""What a record keeps of a draft."""

import pytest

from builders import a_draft
from standfirst.domain.draft import MOST_EVIDENCE, MOST_PARAGRAPHS, Evidence, within_limits
from standfirst.domain.texts import LONGEST_ITEM, LONGEST_TEXT, MAX_ITEMS

LONGEST = a_draft("s" * LONGEST_TEXT, "m" * LONGEST_TEXT, ["k" * LONGEST_ITEM] * MAX_ITEMS)


def test_a_draft_within_the_limits_is_kept_as_it_is() -> None:
    """To the last character; a draft without texts as well."""
    assert within_limits(LONGEST) == (LONGEST, ())
    assert within_limits(a_draft()) == (a_draft(), ())


@pytest.mark.parametrize(
    ("field", "text", "detail"),
    [
        ("standfirst", "s" * (LONGEST_TEXT + 1), "10,000 characters are kept, and 1 more are not"),
        ("summary", "m" * 900_000, "10,000 characters are kept, and 890,000 more are not"),
        ("key_points", ["k"] * (MAX_ITEMS + 4_580), "20 items are kept, and 4,580 more are not"),
        ("key_points", ["k" * 1_500, "k", "k" * 1_600], "1,000 characters are kept, and 1,100 more are not"),
    ],
    ids=["standfirst", "summary", "items", "long items"],
)
def test_a_text_over_the_limit_is_cut_and_is_an_error(field: str, text: str | list[str], detail: str) -> None:
    """It says how much more there was; the others stay as they are."""
    run_away = a_draft(**{**LONGEST.texts, field: text})

    kept, [finding] = within_limits(run_away)

    assert (finding.check, finding.field, finding.detail, finding.severity) == ("limits", field, detail, "error")
    assert len(finding.text) <= 120
    assert [name for name in LONGEST.texts if kept.texts[name] != LONGEST.texts[name]] == [field]
    assert all(len(item) <= LONGEST_TEXT for item in kept.texts.items_of(field))
    assert within_limits(kept) == (kept, ())


def test_evidence_has_an_end() -> None:
    """An article may say one sentence in each of its paragraphs, and a draft each of its sentences."""
    everywhere = tuple(Evidence("summary", number, tuple(range(5_000))) for number in range(500))

    kept, findings = within_limits(a_draft("A.", "B.", evidence=everywhere))

    assert not findings
    assert len(kept.evidence) == MOST_EVIDENCE
    assert {each.paragraphs for each in kept.evidence} == {tuple(range(MOST_PARAGRAPHS))}
