"""What readers are told of a text that a model wrote."""

import pytest

from builders import a_record
from standfirst.domain.ai_disclosure import (
    ALGORITHMIC_MEDIA,
    COMPOSITE_WITH_TRAINED,
    HUMAN_EDITS,
    TRAINED_ALGORITHMIC_MEDIA,
    label_in,
)
from standfirst.domain.record import Status

ENGLISH = "Written by artificial intelligence and not reviewed by an editor."


@pytest.mark.parametrize(
    ("kind", "status", "disclosed"),
    [
        (TRAINED_ALGORITHMIC_MEDIA, Status.GENERATED, "autonomous"),
        (TRAINED_ALGORITHMIC_MEDIA, Status.NEEDS_REVIEW, "autonomous"),
        (TRAINED_ALGORITHMIC_MEDIA, Status.REJECTED, "autonomous"),
        (TRAINED_ALGORITHMIC_MEDIA, Status.APPROVED, "ai-generated"),
        (COMPOSITE_WITH_TRAINED, Status.EDITED, "ai-assisted"),
        (COMPOSITE_WITH_TRAINED, Status.APPROVED, "ai-assisted"),
        (ALGORITHMIC_MEDIA, Status.GENERATED, "none"),
        (ALGORITHMIC_MEDIA, Status.APPROVED, "none"),
        (HUMAN_EDITS, Status.EDITED, "none"),
        (None, Status.EDITED, "none"),
    ],
)
def test_a_label_is_required_for_a_models_text_that_nobody_reviewed(
    kind: str | None, status: Status, disclosed: str
) -> None:
    """The code of IPTC says who wrote, the status whether somebody looked."""
    record = a_record(status=status).model_copy(update={"digital_source_type": kind})

    assert record.ai_disclosure == disclosed
    assert record.disclosure.required is (disclosed == "autonomous")
    assert record.disclosure.label == (ENGLISH if disclosed == "autonomous" else None)


def test_without_texts_there_is_nothing_to_disclose() -> None:
    """As of an article that could not be read."""
    empty = a_record().model_copy(update={"standfirst": None, "summary": None, "key_points": ()})

    assert empty.ai_disclosure is None
    assert not empty.disclosure.required


@pytest.mark.parametrize(
    ("language", "begins"),
    [("de", "Von"), ("de-AT", "Von"), ("nb", "Skrevet av"), ("pt-BR", "Escrito"), ("zh-Hant", "本"), ("ar", "نص")],
)
def test_the_label_is_in_the_language_of_the_texts(language: str, begins: str) -> None:
    """By the primary language of the tag."""
    assert label_in(language).startswith(begins)


@pytest.mark.parametrize("language", ["und", "eo", ""])
def test_the_label_is_english_where_there_is_no_other(language: str) -> None:
    """Better than none."""
    assert label_in(language) == ENGLISH
