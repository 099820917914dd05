"""What a decision did to the findings of a text."""

from builders import a_record
from standfirst.domain.draft import Evidence, Finding
from standfirst.domain.review_outcome import MOST_FINDINGS, reviewed_findings

FOUND = Finding("number", "standfirst", "June", "a detail", "warning", sentence=0)
TEXT = "The ferry across the Sele is to return in June."
SHOWN = a_record().model_copy(
    update={"findings": (FOUND,), "evidence": (Evidence("standfirst", 0, (0,), span=(0, len(TEXT))),)}
)


def test_a_finding_that_is_found_again_in_the_editors_words_led_to_no_edit() -> None:
    """What the editor changed in the sentence was something else."""
    edited = SHOWN.model_copy(update={"standfirst": "The ferry is to return in June."})
    mended = edited.model_copy(update={"findings": ()})

    assert [each.became for each in reviewed_findings(SHOWN, edited, ())] == ["left"]
    assert [each.became for each in reviewed_findings(SHOWN, mended, ())] == ["edited"]


def test_only_so_many_findings_are_recorded() -> None:
    """An item of DynamoDB has no room for more than a run-away draft may have."""
    many = SHOWN.model_copy(update={"findings": (FOUND,) * (MOST_FINDINGS + 1)})

    assert len(reviewed_findings(many, many, ())) == MOST_FINDINGS
