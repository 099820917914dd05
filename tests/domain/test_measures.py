"""What is measured of records and decisions, and the few values that its dimensions have."""

from datetime import timedelta

import pytest

from builders import MORNING, a_reading, a_record
from standfirst.domain.article import ArticleId
from standfirst.domain.draft import Finding
from standfirst.domain.measures import Known, Measure, of_dead_letter, of_record, of_review, of_upload
from standfirst.domain.record import MadeBy, OverruledFinding, RejectedDraft, Status
from standfirst.domain.review_record import ReviewRecord
from standfirst.domain.usage import Usage

KNOWN = Known(sections={"politics"}, styles={"default"}, models={"gpt-5.6-luna", "a-reader"}, prompts={"3", "2"})
PAID = Usage(input_tokens=1_400, output_tokens=150, cost_usd="0.0003")
BY_MODEL = MadeBy(writer="openai", model="gpt-5.6-luna", prompt="3", style="default@4")
RECORD = a_record().model_copy(update={"made_by": BY_MODEL, "usage": PAID})
WARNING = Finding("name", "summary", "Sele", "It is not in the article.", "warning")
ERROR = Finding("money", "summary", "290,000 crowns", "It is not in the article.", "error")


def by(**dimensions: str) -> tuple[tuple[str, str], ...]:
    """Dimensions as a measure has them."""
    return tuple(dimensions.items())


def a_review(**members: object) -> ReviewRecord:
    """An editor's approval of a text as it was."""
    fields = {"article_id": "politics/ferry.txt", "revision": 2, "of": 1, "decision": "approved", "by": "Ada"}
    rest = {"at": MORNING, "status": "approved", "writer": "openai", "model": "gpt-5.6-luna", "prompt": "3"}
    unchanged = {"words_changed": 0, "digital_source_type": None}
    return ReviewRecord.model_validate({**fields, **rest, **unchanged, **members})


def test_a_cost_counts_by_model_by_style_and_by_section() -> None:
    """Each apart: a metric for every combination of them would be many."""
    costs = [each for each in of_record(RECORD, KNOWN, None) if each.name == "cost_usd"]

    assert costs == [
        Measure("cost_usd", 0.0003, "None", by(model="gpt-5.6-luna", role="writer")),
        Measure("cost_usd", 0.0003, "None", by(style="default")),
        Measure("cost_usd", 0.0003, "None", by(section="politics")),
    ]


def test_the_second_reader_has_a_cost_of_its_own() -> None:
    """A style and a section bear both."""
    record = RECORD.model_copy(update={"second_reading": a_reading()})

    costs = [each for each in of_record(record, KNOWN, None) if each.name == "cost_usd"]

    assert [(each.value, dict(each.by)) for each in costs] == [
        (0.0003, {"model": "gpt-5.6-luna", "role": "writer"}),
        (0.0002, {"model": "a-reader", "role": "second_reader"}),
        (0.0005, {"style": "default"}),
        (0.0005, {"section": "politics"}),
    ]


def test_a_cost_that_is_not_known_is_none() -> None:
    """It is counted as unknown."""
    record = RECORD.model_copy(update={"usage": Usage(input_tokens=9, cost_usd=None)})

    measures = list(of_record(record, KNOWN, None))

    assert Measure("cost_unknown", 1) in measures
    assert not [each for each in measures if each.name == "cost_usd"]


def test_a_text_that_nothing_was_paid_for_has_no_cost() -> None:
    """A deployment without a model sends none."""
    assert list(of_record(a_record(), KNOWN, None)) == [Measure("new_records", 1)]


def test_the_model_whose_draft_was_rejected_has_its_cost() -> None:
    """Although the extractive writer wrote what is served; without a draft it is the model that is asked."""
    extractive = MadeBy(writer="extractive", model=None, prompt=None, style="default@4")
    fallback = RECORD.model_copy(update={"made_by": extractive})
    rejected = RejectedDraft(standfirst="", summary="", findings=(), made_by=BY_MODEL)

    [first] = [
        each
        for each in of_record(fallback.model_copy(update={"rejected_draft": rejected}), KNOWN, None)
        if ("role", "writer") in each.by
    ]
    [second] = [each for each in of_record(fallback, KNOWN, "gpt-5.6-luna") if ("role", "writer") in each.by]

    assert first.by == second.by == by(model="gpt-5.6-luna", role="writer")


@pytest.mark.parametrize(
    ("article_id", "section"),
    [("politics/a", "politics"), ("sport/a", "other"), ("a", "other"), ("politics", "other"), ("", "other")],
)
def test_a_section_is_one_that_the_deployment_names(article_id: str, section: str) -> None:
    """All others are one."""
    assert KNOWN.section(ArticleId(article_id)) == section


def test_what_is_not_known_is_other_and_what_is_not_there_is_none() -> None:
    """Also what CloudWatch would not take: it wants ASCII."""
    assert (KNOWN.model("a-new-model"), KNOWN.model(None)) == ("other", "none")
    assert (KNOWN.prompt("1"), KNOWN.prompt(None)) == ("other", "none")
    assert (KNOWN.style("ours@1"), KNOWN.style("default@9")) == ("other", "default")
    assert Known(styles={"größer"}).style("größer@1") == "other"


def test_findings_count_by_check_and_severity() -> None:
    """With those because of which the model's draft is not served."""
    rejected = RejectedDraft(standfirst="", summary="", findings=(ERROR, ERROR), made_by=BY_MODEL)
    strange = Finding("a later release's", "summary", "", "", "warning")
    record = a_record().model_copy(update={"findings": (WARNING, strange), "rejected_draft": rejected})

    found = [dict(each.by) for each in of_record(record, KNOWN, None) if each.name == "findings"]

    error = {"check": "money", "severity": "error"}
    assert found == [{"check": "name", "severity": "warning"}, {"check": "other", "severity": "warning"}, error, error]


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED, Status.REJECTED, Status.WITHDRAWN])
def test_a_record_that_brings_no_text_of_ours_is_not_measured(status: Status) -> None:
    """It is no new one."""
    assert list(of_record(RECORD.model_copy(update={"status": status}), KNOWN, None)) == []


@pytest.mark.parametrize(("seconds", "late"), [(-1, 0), (12.5, 0), (60, 0), (60.1, 1), (90_000, 1)])
def test_an_upload_is_late_after_a_minute(seconds: float, late: float) -> None:
    """From the event to the record; clocks may differ."""
    measures = of_upload(MORNING + timedelta(seconds=seconds), MORNING)

    assert list(measures) == [
        Measure("upload_seconds", max(0.0, seconds), "Seconds"),
        Measure("uploads_finished", 1),
        Measure("uploads_late", late),
    ]


def test_an_upload_that_is_given_up_is_late() -> None:
    """It has no time, but it counts."""
    assert list(of_dead_letter()) == [Measure("uploads_finished", 1), Measure("uploads_late", 1)]


@pytest.mark.parametrize(
    ("members", "name"),
    [
        ({}, "review_unchanged"),
        ({"words_changed": None}, "review_unchanged"),
        ({"words_changed": 3}, "review_edited"),
        ({"decision": "edited", "words_changed": 0}, "review_unchanged"),
        ({"decision": "edited", "words_changed": None}, "review_edited"),
        ({"decision": "rejected", "words_changed": 3}, "review_rejected"),
    ],
    ids=["approved", "an older release", "approved with changes", "typed the same", "edited, older", "rejected"],
)
def test_a_decision_counts_by_what_became_of_the_text(members: dict[str, object], name: str) -> None:
    """In all, and by the model and the prompt that wrote it."""
    counted = [each for each in of_review(a_review(**members), KNOWN) if each.name != "review_words_changed"]

    assert counted == [Measure(name, 1), Measure(name, 1, by=by(model="gpt-5.6-luna", prompt="3"))]


def test_a_decision_is_timed_and_its_changes_are_counted() -> None:
    """As far as both are known."""
    measures = list(of_review(a_review(words_changed=3, seconds=14), KNOWN))

    assert Measure("review_words_changed", 3) in measures
    assert Measure("review_seconds", 14, "Seconds") in measures
    assert Measure("review_seconds", 14, "Seconds", by(model="gpt-5.6-luna", prompt="3")) in measures


def test_what_an_editor_overrules_counts_by_check() -> None:
    """These are the false alarms."""
    let_stand = OverruledFinding(check="money", field="summary", text="290,000 crowns")

    measures = of_review(a_review(findings_overruled=(let_stand,)), KNOWN)

    assert Measure("findings_overruled", 1, by=by(check="money")) in list(measures)


def test_no_measure_holds_an_id_a_text_or_a_caller() -> None:
    """Metrics are read by more people than articles are."""
    update = {"findings": (WARNING, ERROR), "second_reading": a_reading(), "article_id": "secret/name"}
    let_stand = OverruledFinding(check="money", field="summary", text="290,000 crowns", note="Ada says so")
    measures = [
        *of_record(RECORD.model_copy(update=update), KNOWN, None),
        *of_review(a_review(findings_overruled=(let_stand,), note="Ada"), KNOWN),
    ]

    said = repr(measures)
    assert not [word for word in ("secret", "name'", "Sele", "290", "crowns", "Ada", "ferry") if word in said.replace(
        "'check', 'name'", ""
    )]  # fmt: skip
