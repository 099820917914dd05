"""What docs/checks.md says of severities is what decides."""

from docs_pages import page
from standfirst.checking.severity import FEWEST, HONEST_DRAFTS, KINDS, WRONG_DRAFTS, ratio


def test_the_table_of_severities_is_that_of_the_code() -> None:
    """Row by row, with the ratio where there is enough to tell."""
    for (check, reason), kind in KINDS.items():
        times = f"{ratio(kind.wrong, kind.honest):.1f}" if kind.wrong + kind.honest >= FEWEST else ""
        row = f"| {check}, {reason} | {kind.severity} | {kind.wrong} | {kind.honest} | {times} | {kind.why} |"
        assert row in page("docs/checks.md").splitlines()


def test_the_drafts_that_were_counted_are_named() -> None:
    """So that the ratios can be worked out again."""
    assert f"{WRONG_DRAFTS} wrong and\n{HONEST_DRAFTS} honest ones" in page("docs/checks.md")
