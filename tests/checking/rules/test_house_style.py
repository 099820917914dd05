"""The house style's limits on a draft."""

import pytest

from builders import a_draft, a_style, an_article, with_limits
from standfirst.checking.rules.house_style import check_limits
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.style import ListLimits, Range, TextLimits

FERRY = "The ferry across the Sele is to sail again in June."
SOUND = a_draft(standfirst=FERRY, summary=f"{FERRY} The council voted for it on Tuesday.")


def but(**texts: str | tuple[str, ...]) -> Draft:
    """The sound draft, but for these texts."""
    return Draft(SOUND.texts.replaced(**texts))


def test_a_draft_within_the_limits_has_no_findings() -> None:
    """Nothing to tell the editor."""
    assert check_limits(an_article(), SOUND, a_style()) == ()


@pytest.mark.parametrize(
    ("draft", "check", "field", "detail"),
    [
        pytest.param(
            but(standfirst="Ferry to sail."),
            "limits",
            "standfirst",
            "3 words; the house style wants 5 to 40",
            id="too few words",
        ),
        pytest.param(
            but(summary=" ".join([FERRY] * 5)),
            "limits",
            "summary",
            "5 sentences; the house style wants 1 to 4",
            id="too many sentences",
        ),
        pytest.param(
            but(standfirst=f"The ferry {'surprisingly ' * 20}sails."),
            "limits",
            "standfirst",
            "276 characters; the house style allows 240",
            id="too many characters",
        ),
        pytest.param(
            but(key_points=("The ferry sails again.",)),
            "limits",
            "key_points",
            "1 key point; the house style wants none",
            id="a key point nobody asked for",
        ),
    ],
)
def test_what_is_over_or_under_a_limit_is_found_with_figures(draft: Draft, check: str, field: str, detail: str) -> None:
    """The editor reads what it is and what it should be."""
    (finding,) = check_limits(an_article(), draft, a_style())

    assert (finding.check, finding.field, finding.detail) == (check, field, detail)


def test_too_many_words_are_found() -> None:
    """One over the most is over."""
    draft = but(summary=f"The ferry {'surprisingly ' * 78}sails.")

    (finding,) = check_limits(an_article(), draft, a_style())

    assert finding.detail == "81 words; the house style wants 5 to 80"


def test_a_draft_exactly_at_the_limits_has_no_findings() -> None:
    """Both ends are allowed, and so is exactly the share of the headline."""
    style = with_limits(
        a_style(), standfirst=TextLimits(Range(1, 2), Range(5, 40), max_characters=240, max_headline_overlap=0.75)
    )
    article = an_article(headline="Ferry across Sele returns in June")
    draft = but(summary=f"The ferry {'surprisingly ' * 77}sails.")

    assert check_limits(article, draft, style) == ()


def test_a_standfirst_that_repeats_the_headline_is_found() -> None:
    """Three of the headline's four content words come again, 60 % are allowed."""
    article = an_article(headline="Ferry across Sele returns in June")

    (finding,) = check_limits(article, SOUND, a_style())

    assert finding == Finding(
        check="headline",
        field="standfirst",
        text=FERRY,
        detail="repeats 75% of the headline's content words; the house style allows 60%",
        severity="warning",
    )


def test_key_points_are_counted_and_measured() -> None:
    """Fewer than wanted, and one of them too long."""
    style = with_limits(a_style(), key_points=ListLimits(count=3, max_words=4))
    draft = but(key_points=("The ferry sails again.", "The council voted for it on Tuesday."))

    details = [finding.detail for finding in check_limits(an_article(), draft, style)]

    assert details == [
        "2 key points; the house style wants 3",
        "7 words; the house style allows 4 in a key point",
    ]


def test_limits_never_keep_a_text_from_being_served() -> None:
    """The extractive writer can do no better than the article's sentences, and its text must be servable."""
    draft = a_draft(standfirst="No.", summary=" ".join([FERRY] * 20), key_points=("No.",))

    findings = check_limits(an_article(), draft, a_style())

    assert {finding.severity for finding in findings} == {"warning"}
    assert len(findings) == 4


def test_an_empty_field_is_found_for_an_editor_to_fill() -> None:
    """The writer leaves a field empty when nothing in the article can be served; nobody should find that out later."""
    findings = check_limits(an_article(), a_draft(standfirst="", summary=""), a_style())

    assert [(finding.field, finding.detail, finding.severity) for finding in findings] == [
        ("standfirst", "empty: no sentence fits", "warning"),
        ("summary", "empty: no sentence fits", "warning"),
    ]


def test_a_finding_repeats_only_the_beginning_of_a_long_field() -> None:
    """The record holds the field already; a finding shows which one is meant."""
    draft = but(summary=f"The ferry {'surprisingly ' * 1000}sails.")

    (finding,) = check_limits(an_article(), draft, a_style())

    assert len(finding.text) <= 120
    assert finding.text.startswith("The ferry surprisingly")
    assert finding.text.endswith("…")
