"""A summary as schema.org's NewsArticle."""

import json
from typing import Any

import pytest

from builders import MORNING, a_record
from standfirst.api.json_ld import NewsArticle, news_article, script_text
from standfirst.domain.ai_disclosure import (
    ALGORITHMIC_MEDIA,
    COMPOSITE_WITH_TRAINED,
    HUMAN_EDITS,
    TRAINED_ALGORITHMIC_MEDIA,
)
from standfirst.domain.draft import Finding
from standfirst.domain.record import ArticleSource, MadeBy, Record, Review, Status

OF_CREATIVE_WORK = {
    "@context",
    "@type",
    "abstract",
    "alternativeHeadline",
    "creativeWorkStatus",
    "creditText",
    "dateModified",
    "datePublished",
    "digitalSourceType",
    "hasPart",
    "headline",
    "identifier",
    "inLanguage",
    "name",
}
"""Of JSON-LD, and of the properties that https://schema.org/CreativeWork and its parent Thing have."""


def a_models_record(status: Status = Status.GENERATED) -> Record:
    """What a model wrote about an article with a date."""
    return a_record(status=status).model_copy(
        update={
            "made_by": MadeBy(writer="openai", model="a-model", prompt="3", style="default@1"),
            "digital_source_type": TRAINED_ALGORITHMIC_MEDIA,
            "article": ArticleSource(bucket="articles", key="ferry.txt", published_at="2026-03-03T08:00:00+01:00"),
        }
    )


def a_record_without_text(status: Status) -> Record:
    """One that serves nothing to read."""
    nothing = ("headline", "standfirst", "summary", "made_by", "usage", "digital_source_type")
    return a_record(status=status).model_copy(update=dict.fromkeys(nothing))


def as_json(record: Record) -> dict[str, Any]:
    """What a caller sees."""
    told: dict[str, Any] = json.loads(news_article(record).model_dump_json())
    return told


def test_a_models_text_says_so() -> None:
    """Every member."""
    assert as_json(a_models_record()) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": "politics/ferry.txt",
        "headline": "Ferry to return",
        "alternativeHeadline": "The ferry across the Sele is to return in June.",
        "abstract": "The council voted to reopen the ferry. Repairs will cost 240,000 crowns.",
        "inLanguage": "en",
        "datePublished": "2026-03-03T08:00:00+01:00",
        "dateModified": "2026-03-03T09:00:00.000Z",
        "creativeWorkStatus": "generated",
        "creditText": "Standfirst and summary written by a-model, checked against the article.",
        "hasPart": {
            "@type": "CreativeWork",
            "name": "Standfirst and summary",
            "creditText": "Standfirst and summary written by a-model, checked against the article.",
            "digitalSourceType": TRAINED_ALGORITHMIC_MEDIA,
        },
    }


def test_sentences_of_the_article_are_credited_to_it() -> None:
    """No model had a part in them."""
    told = as_json(a_record().model_copy(update={"digital_source_type": ALGORITHMIC_MEDIA}))

    assert told["creditText"] == "Standfirst and summary: sentences of the article, checked against the article."
    assert told["hasPart"]["digitalSourceType"] == ALGORITHMIC_MEDIA
    assert told["datePublished"] is None


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED])
def test_a_persons_part_is_told(status: Status) -> None:
    """As what it is now, while the kind of source stays that of the record."""
    record = a_models_record(status).model_copy(update={"digital_source_type": COMPOSITE_WITH_TRAINED})

    told = as_json(record)

    approved = ", approved by a person" if status is Status.APPROVED else ""
    assert told["creditText"].endswith(f"edited by a person, checked against the article{approved}.")
    assert told["creativeWorkStatus"] == status
    assert told["hasPart"]["digitalSourceType"] == COMPOSITE_WITH_TRAINED


@pytest.mark.parametrize("status", [Status.GENERATED, Status.NEEDS_REVIEW, Status.REJECTED])
def test_nobody_is_said_to_stand_behind_what_nobody_stands_behind(status: Status) -> None:
    """A label of provenance must not flatter."""
    assert "by a person" not in as_json(a_models_record(status))["creditText"]


@pytest.mark.parametrize("status", [Status.FAILED, Status.WITHDRAWN])
def test_what_has_no_text_credits_nobody(status: Status) -> None:
    """Nothing was made."""
    told = as_json(a_record_without_text(status))

    nothing = ("headline", "alternativeHeadline", "abstract", "creditText", "hasPart")
    assert {told[name] for name in nothing} == {None}
    assert told["creativeWorkStatus"] == status


def test_an_empty_text_is_none() -> None:
    """An empty standfirst is not the article's other headline."""
    told = as_json(a_record().model_copy(update={"standfirst": "", "summary": ""}))

    assert (told["alternativeHeadline"], told["abstract"]) == (None, None)


@pytest.mark.parametrize("record", [a_models_record(), a_record(), a_record_without_text(Status.FAILED)])
def test_only_members_of_schema_org_are_used(record: Record) -> None:
    """What it does not know says nothing to anybody."""
    told = as_json(record)

    assert set(told) | set(told["hasPart"] or ()) <= OF_CREATIVE_WORK


@pytest.mark.parametrize("record", [a_models_record(), a_record(), a_record_without_text(Status.FAILED)])
def test_what_is_told_can_be_read_back(record: Record) -> None:
    """By the shape that the document of the API shows."""
    told = news_article(record)

    assert NewsArticle.model_validate_json(told.model_dump_json()) == told
    assert set(NewsArticle.model_json_schema()["properties"]) == set(as_json(record))


def test_words_that_a_person_put_through_are_not_said_to_be_checked() -> None:
    """They were, and the person overruled what was found."""
    found = Finding("number", "standfirst", "12", "not in the article", "error")
    review = Review(decision=Status.EDITED, by="an editor", at=MORNING, of=1, overruled=(found,))
    told = as_json(
        a_record(status=Status.EDITED).model_copy(update={"review": review, "digital_source_type": HUMAN_EDITS})
    )

    assert told["creditText"] == "Standfirst and summary: sentences of the article, edited by a person."


def test_it_can_be_pasted_into_a_script_element() -> None:
    """No text ends the element, begins a comment in it, or breaks a line of JavaScript; a parser gets the same text."""
    headline = "</script><!-- <script> & \u2028\u2029"
    article = news_article(a_models_record().model_copy(update={"headline": headline}))

    text = script_text(article)

    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == json.loads(article.model_dump_json())
