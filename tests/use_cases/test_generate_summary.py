"""``GenerateSummary`` over fakes: a model's draft is served, revised once, or replaced."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest

from builders import A_MINUTE, MORNING, a_draft, a_style, an_article
from fakes import ONE_CALL, FakeGenerationCache, FakeSummarizer, FakeWriter
from standfirst.domain import fingerprint, revisions
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.draft import Draft, Evidence, Finding, Severity
from standfirst.domain.errors import (
    BudgetSpent,
    DocumentTooDemanding,
    GenerationInProgress,
    ModelError,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelSwitchedOff,
    ModelUnavailable,
    NoServableText,
    StandfirstError,
    StoreUnavailable,
)
from standfirst.domain.ports import Generation
from standfirst.domain.record import ArticleSource, Degraded, Record, Status
from standfirst.domain.revisions import CheckedDraft, Stamp
from standfirst.domain.style import HouseStyle
from standfirst.domain.usage import Usage
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary

ARTICLE = an_article()
SOUND = a_draft("The ferry returns.", "The council voted. Repairs cost 240,000 crowns.", ("It returns.",))
WRONG = a_draft("The ferry returns.", "Repairs cost WRONG crowns.")
STILL_WRONG = a_draft("The ferry returns.", "Repairs cost WRONG, WRONG crowns.")
STALLING = a_draft("The ferry STALLS.", "The council voted.")
DOUBTFUL = a_draft("The ferry DOUBTFUL returns.", "The council voted.")
TWO_CALLS = ONE_CALL + ONE_CALL

FIRST = Attempt(A_MINUTE, is_last=False)
LAST = Attempt(A_MINUTE, is_last=True)


def find_marked(article: Article, draft: Draft, style: HouseStyle) -> Sequence[Finding]:
    """A check that finds an error where a text says WRONG, a warning for DOUBTFUL, and no end for STALLS."""
    del article, style
    texts = {name: draft.texts.as_one(name) for name in draft.texts}
    if any("STALLS" in text for text in texts.values()):
        raise DocumentTooDemanding("It needs more than 6 seconds.")
    marks: dict[str, Severity] = {"WRONG": "error", "DOUBTFUL": "warning"}
    return [
        Finding("number", name, mark, "not in the article", severity)
        for name, text in texts.items()
        for mark, severity in marks.items()
        if mark in text
    ]


def find_first_paragraph(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    """A search that finds all in the first paragraph."""
    del article, draft
    return (Evidence("standfirst", 0, (0,)), Evidence("summary", 0, (0,)))


def a_use_case(model: FakeSummarizer | None, fallback: FakeWriter | None = None) -> GenerateSummary:
    """Returns the use case with everything faked."""
    return GenerateSummary(fallback or FakeWriter(), find_marked, find_first_paragraph, model)


def generated(*script: Draft | Generation | Exception, attempt: Attempt = FIRST) -> tuple[CheckedDraft, FakeSummarizer]:
    """What becomes of the article when the model says these one after the other, and the model."""
    model = FakeSummarizer(list(script))
    return a_use_case(model)(ARTICLE, a_style(), attempt), model


def recorded(checked: CheckedDraft, review_on: tuple[str, ...] = ()) -> Record:
    """The record that would be stored."""
    stamp, style = Stamp(ArticleId("a"), 1, MORNING, "tests"), replace(a_style(), review_on=review_on)
    return revisions.summarized(stamp, ArticleSource(bucket=None, key="a"), ARTICLE, checked, style)


def answers_for_the_model(record: Record) -> bool:
    """Whether the same article, uploaded again, is not given to the model again."""
    return record.fingerprint == fingerprint.of_article(ARTICLE, a_style().label, FakeSummarizer([]).identity)


def answers_for_the_stand_in(record: Record) -> bool:
    """Whether the same article, uploaded again, is given to the model."""
    return record.fingerprint == fingerprint.of_article(ARTICLE, a_style().label, FakeWriter().identity)


# ----------------------------------------------------------------------------------------------------------------------
# What a model wrote
# ----------------------------------------------------------------------------------------------------------------------


def test_a_sound_draft_is_served_with_its_evidence_and_what_it_cost() -> None:
    """One call, no revision, nobody has to look."""
    checked, model = generated(Generation(SOUND, parts=3, coverage=100))

    record = recorded(checked)
    assert record.texts == SOUND.texts
    assert record.evidence == find_first_paragraph(ARTICLE, SOUND)
    assert record.usage == ONE_CALL
    assert record.status is Status.GENERATED
    assert record.made_by
    assert (record.made_by.writer, record.made_by.model, record.made_by.prompt) == ("openai", "a-model", "1")
    assert (record.made_by.degraded, record.made_by.parts) == (None, 3)
    assert record.digital_source_type
    assert record.digital_source_type.endswith("/trainedAlgorithmicMedia")
    assert len(model.assignments) == 1
    assert answers_for_the_model(record)


def test_warnings_alone_are_served_and_kept_for_an_editor() -> None:
    """They are no reason to pay for a revision, nor to hold the text back."""
    checked, model = generated(DOUBTFUL)

    record = recorded(checked)
    assert (record.standfirst, record.status) == (DOUBTFUL.texts["standfirst"], Status.GENERATED)
    assert [finding.severity for finding in record.findings] == ["warning"]
    assert record.rejected_draft is None
    assert len(model.assignments) == 1


@pytest.mark.parametrize(
    ("review_on", "status"),
    [(("limits", "number"), Status.NEEDS_REVIEW), (("limits",), Status.GENERATED)],
    ids=["this check", "another one"],
)
def test_the_house_style_names_the_checks_whose_warnings_need_review(
    review_on: tuple[str, ...], status: Status
) -> None:
    """The text is served either way."""
    checked, model = generated(DOUBTFUL)

    record = recorded(checked, review_on)

    assert (record.standfirst, record.status) == (DOUBTFUL.texts["standfirst"], status)
    assert len(model.assignments) == 1


@pytest.mark.parametrize("missing", ["standfirst", "summary"])
def test_a_record_without_a_required_text_needs_review(missing: str) -> None:
    """Whatever the house style says: there is nothing to publish."""
    written = WrittenWriter(draft=Draft(SOUND.texts.replaced(**{missing: ""})))

    checked = a_use_case(None, written)(ARTICLE, a_style(), FIRST)

    assert recorded(checked).status is Status.NEEDS_REVIEW


def test_a_record_without_a_text_that_is_not_required_needs_none() -> None:
    """Most styles have no key points."""
    written = WrittenWriter(draft=Draft(SOUND.texts.replaced(key_points=())))

    checked = a_use_case(None, written)(ARTICLE, a_style(), FIRST)

    assert recorded(checked).status is Status.GENERATED


def test_an_error_asks_for_one_revision_that_gets_the_findings() -> None:
    """The revision knows what was written and what is wrong with it, and is served when it is sound."""
    checked, model = generated(WRONG, SOUND)

    first, second = model.assignments
    assert first.revises is None
    assert second.revises
    assert second.revises.draft.texts["summary"] == WRONG.texts["summary"]
    assert [finding.text for finding in second.revises.findings] == ["WRONG"]
    assert (second.article, second.style) == (first.article, first.style)
    record = recorded(checked)
    assert (record.summary, record.status, record.rejected_draft) == (SOUND.texts["summary"], Status.GENERATED, None)
    assert record.usage == TWO_CALLS
    assert answers_for_the_model(record)


def test_a_revision_that_is_still_wrong_is_kept_and_not_served() -> None:
    """The fallback's text is, and an editor looks at both; a third call is not made."""
    checked, model = generated(WRONG, STILL_WRONG)

    record = recorded(checked)
    assert len(model.assignments) == 2
    assert (record.standfirst, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.made_by
    assert (record.made_by.writer, record.made_by.degraded) == ("fake", Degraded.UNGROUNDED)
    assert record.rejected_draft
    assert record.rejected_draft.summary == STILL_WRONG.texts["summary"]
    assert [finding.text for finding in record.rejected_draft.findings] == ["WRONG"]
    assert record.rejected_draft.made_by.model == "a-model"
    assert record.usage == TWO_CALLS
    assert answers_for_the_model(record)


@pytest.mark.parametrize("attempt", [FIRST, LAST], ids=["first attempt", "last attempt"])
@pytest.mark.parametrize(
    "error",
    [ModelUnavailable("busy"), ModelRefused("no"), ModelOutputInvalid("cut off"), ModelMisconfigured("401")],
    ids=lambda error: type(error).__name__,
)
def test_a_revision_that_does_not_come_leaves_the_first_draft_rejected(
    error: StandfirstError, attempt: Attempt
) -> None:
    """It is paid for: to ask for all of it again another time would pay twice."""
    checked, model = generated(WRONG, error, attempt=attempt)

    record = recorded(checked)
    assert len(model.assignments) == 2
    assert record.made_by
    assert (record.made_by.degraded, record.status) == (Degraded.UNGROUNDED, Status.NEEDS_REVIEW)
    assert record.rejected_draft
    assert record.rejected_draft.summary == WRONG.texts["summary"]
    assert answers_for_the_model(record)


def test_why_a_draft_is_not_served_is_said() -> None:
    """Also why it could not be put right."""
    twice, _ = generated(WRONG, STILL_WRONG)
    alone, _ = generated(WRONG, ModelUnavailable("The provider answered 503."))

    assert twice.trouble
    assert "revision" in twice.trouble
    assert alone.trouble
    assert "The provider answered 503." in alone.trouble


# ----------------------------------------------------------------------------------------------------------------------
# What a model does not write
# ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Failing:
    """A model's error, and what has to be on the record for it."""

    error: ModelError
    degraded: Degraded
    status: Status
    is_done_with: Callable[[Record], bool]
    usage: Usage = field(default=ONE_CALL)


@pytest.mark.parametrize(
    "case",
    [
        Failing(ModelRefused("It declined."), Degraded.REFUSED, Status.NEEDS_REVIEW, answers_for_the_model),
        Failing(ModelOutputInvalid("Cut off."), Degraded.TRUNCATED, Status.GENERATED, answers_for_the_model),
        Failing(
            ModelMisconfigured("No such key."),
            Degraded.MODEL_UNAVAILABLE,
            Status.GENERATED,
            answers_for_the_stand_in,
            Usage(),
        ),
    ],
    ids=lambda case: type(case.error).__name__,
)
def test_an_error_of_the_model_has_the_fallback_write(case: Failing) -> None:
    """At once, labelled, and with what the error said; a refusal wants an editor.

    What was paid for is not asked again when the article is uploaded again; what was not, is.
    """
    checked, model = generated(case.error)

    record = recorded(checked)
    assert len(model.assignments) == 1
    assert record.standfirst == ARTICLE.paragraphs[0]
    assert record.made_by
    assert (record.made_by.writer, record.made_by.model) == ("fake", None)
    assert (record.made_by.degraded, record.status) == (case.degraded, case.status)
    assert record.digital_source_type
    assert record.digital_source_type.endswith("/algorithmicMedia")
    assert (record.rejected_draft, record.usage) == (None, case.usage)
    assert checked.trouble == str(case.error)
    assert case.is_done_with(record)


def test_a_model_that_cannot_be_had_now_is_the_queues_to_ask_again() -> None:
    """Nothing is written meanwhile."""
    fallback = FakeWriter()
    model = FakeSummarizer([ModelUnavailable("busy", retry_after=7)])

    with pytest.raises(ModelUnavailable) as raised:
        a_use_case(model, fallback)(ARTICLE, a_style(), FIRST)

    assert raised.value.retry_after == 7
    assert not fallback.written


def test_on_the_last_attempt_the_fallback_writes_for_an_unavailable_model() -> None:
    """Nobody asks again by itself; an upload of the same article does."""
    checked, _ = generated(ModelUnavailable("The provider answered 503."), attempt=LAST)

    record = recorded(checked)
    assert record.made_by
    assert (record.made_by.degraded, record.status) == (Degraded.MODEL_UNAVAILABLE, Status.GENERATED)
    assert checked.trouble == "The provider answered 503."
    assert answers_for_the_stand_in(record)


def test_without_a_model_the_fallback_is_the_preferred_writer() -> None:
    """Nothing is degraded, and nothing costs."""
    record = recorded(a_use_case(None)(ARTICLE, a_style(), FIRST))

    assert record.made_by
    assert (record.made_by.writer, record.made_by.degraded) == ("fake", None)
    assert record.usage == Usage()
    assert answers_for_the_stand_in(record)


# ----------------------------------------------------------------------------------------------------------------------
# What is never served, and what it comes to
# ----------------------------------------------------------------------------------------------------------------------


@dataclass
class WrittenWriter(FakeWriter):
    """A fallback that writes what it is given."""

    draft: Draft = field(default_factory=lambda: SOUND)

    def write(self, article: Article, style: HouseStyle) -> Draft:
        """The draft."""
        del article, style
        return self.draft


ALL_EVIDENCE = (Evidence("standfirst", 0, (0,)), Evidence("summary", 0, (1,)), Evidence("key_points", 0, (2,)))


@pytest.mark.parametrize("model", [None, FakeSummarizer([ModelRefused("no")])], ids=["alone", "for a model"])
@pytest.mark.parametrize("wrong", ["standfirst", "summary", "key_points"])
def test_no_text_with_an_error_is_served_not_even_the_fallbacks(wrong: str, model: FakeSummarizer | None) -> None:
    """Rather nothing than something untrue, and an editor sees why."""
    model = replace(model, script=list(model.script)) if model else None
    texts = SOUND.texts.replaced(**{wrong: ("WRONG",) if wrong == "key_points" else "WRONG"})
    written = Draft(texts, ALL_EVIDENCE)

    record = recorded(a_use_case(model, WrittenWriter(draft=written))(ARTICLE, a_style(), FIRST))

    assert not getattr(record, wrong)
    others = {"standfirst", "summary", "key_points"} - {wrong}
    assert {name: getattr(record, name) for name in others} == {name: SOUND.texts[name] for name in others}
    assert {each.field for each in record.evidence} == others
    assert record.status is Status.NEEDS_REVIEW
    assert [(finding.field, finding.severity) for finding in record.findings] == [(wrong, "error")]


@pytest.mark.parametrize("model", [None, FakeSummarizer([ModelRefused("It declined.")])], ids=["alone", "for a model"])
def test_that_nothing_may_be_served_is_an_error_with_its_reason(model: FakeSummarizer | None) -> None:
    """An empty text helps nobody, and would take the place of a good one."""
    model = replace(model, script=list(model.script)) if model else None
    generate = a_use_case(model, WrittenWriter(draft=a_draft("WRONG", "WRONG")))

    with pytest.raises(NoServableText, match=r"^It declined\. No sentence" if model else "^No sentence"):
        generate(ARTICLE, a_style(), FIRST)


def test_no_field_of_a_model_with_an_error_is_served_even_where_the_others_are_sound() -> None:
    """A draft is one text: half of it beside half of another would tell the news twice, or not at all."""
    checked, _ = generated(WRONG, STILL_WRONG)

    assert checked.draft.texts["standfirst"] == ARTICLE.paragraphs[0]


@pytest.mark.parametrize(
    ("costs", "total"),
    [
        (("0.0003", "0.0004"), "0.0007"),
        ((None, "0.0004"), None),
        (("0.0003", None), None),
    ],
    ids=["known", "first unknown", "second unknown"],
)
def test_the_usage_is_the_sum_of_all_calls(costs: tuple[str | None, ...], total: str | None) -> None:
    """A price that is not known for one of them is not known for the whole."""
    bills = [Usage(input_tokens=1_000, cached_input_tokens=500, output_tokens=90, cost_usd=cost) for cost in costs]
    model = FakeSummarizer([WRONG, SOUND], bills)

    checked = a_use_case(model)(ARTICLE, a_style(), FIRST)

    assert checked.usage == Usage(input_tokens=2_000, cached_input_tokens=1_000, output_tokens=180, cost_usd=total)


def test_a_revision_that_was_paid_for_and_could_not_be_used_is_on_the_bill() -> None:
    """As is a first answer that could not."""
    revised, _ = generated(WRONG, ModelOutputInvalid("cut off"))
    refused, _ = generated(ModelRefused("no"))

    assert (revised.usage, refused.usage) == (TWO_CALLS, ONE_CALL)


# ----------------------------------------------------------------------------------------------------------------------
# What was paid for
# ----------------------------------------------------------------------------------------------------------------------


def told_twice(*script: Draft | Generation | Exception) -> tuple[CheckedDraft, CheckedDraft, FakeSummarizer]:
    """What becomes of the article at the first telling and at a second one with the same log, and the model."""
    model = FakeSummarizer([*script])
    generate = replace(a_use_case(model), cache=FakeGenerationCache())
    return generate(ARTICLE, a_style(), LAST), generate(ARTICLE, a_style(), LAST), model


@pytest.mark.parametrize(
    "script",
    [
        [SOUND],
        [Generation(DOUBTFUL, parts=3, coverage=100)],
        [WRONG, SOUND],
        [WRONG, STILL_WRONG],
        [ModelRefused("no")],
        [ModelOutputInvalid("{")],
    ],
    ids=["sound", "doubtful", "put right", "wrong twice", "refused", "cut off"],
)
def test_what_was_paid_for_is_had_again_for_nothing(script: list[Draft | Generation | Exception]) -> None:
    """Whatever it was, to the last field: the record may have been lost on its way to the table."""
    first, second, model = told_twice(*script)

    assert first == second
    assert first.usage.input_tokens
    assert len(model.assignments) == len(script)


@pytest.mark.parametrize(
    "error",
    [ModelUnavailable("busy"), ModelMisconfigured("no"), ModelSwitchedOff("open"), BudgetSpent("spent")],
    ids=lambda error: type(error).__name__,
)
def test_what_was_never_asked_is_asked_the_next_time(error: Exception) -> None:
    """Nothing was paid for, so nothing is kept."""
    model = FakeSummarizer([error, SOUND], unpaid=(type(error),))
    generate = replace(a_use_case(model), cache=FakeGenerationCache())

    first, second = (generate(ARTICLE, a_style(), LAST) for _ in range(2))

    assert first.degraded
    assert second.degraded is None


def test_another_article_style_or_model_is_another_piece_of_work() -> None:
    """As in the fingerprint."""
    log = FakeGenerationCache()
    model = FakeSummarizer([SOUND] * 4)
    other = FakeSummarizer([SOUND], identity=replace(model.identity, model="another"))

    for article, style, asked in (
        (ARTICLE, a_style(), model),
        (an_article("Another story."), a_style(), model),
        (ARTICLE, a_style(version="2"), model),
        (ARTICLE, a_style(), other),
    ):
        replace(a_use_case(asked), cache=log)(article, style, FIRST)

    assert (len(model.assignments), len(other.assignments)) == (3, 1)


def test_what_a_style_asks_review_for_is_no_other_piece_of_work() -> None:
    """The cached text is judged by the style of today."""
    model = FakeSummarizer([DOUBTFUL])
    generate = replace(a_use_case(model), cache=FakeGenerationCache())

    before = generate(ARTICLE, a_style(), FIRST)
    after = generate(ARTICLE, replace(a_style(), review_on=("number",)), FIRST)

    statuses = [recorded(before).status, recorded(after, review_on=("number",)).status]
    assert statuses == [Status.GENERATED, Status.NEEDS_REVIEW]
    assert recorded(before).fingerprint == recorded(after, review_on=("number",)).fingerprint
    assert len(model.assignments) == 1


def test_what_another_release_cached_in_another_format_is_generated_again() -> None:
    """It is paid for again rather than never served."""
    model = FakeSummarizer([SOUND])
    log = FakeGenerationCache({fingerprint.of_article(ARTICLE, a_style().label, model.identity): '{"what": "is this"}'})

    checked = replace(a_use_case(model), cache=log)(ARTICLE, a_style(), FIRST)

    assert checked.draft.texts["standfirst"] == SOUND.texts["standfirst"]


def test_while_another_delivery_is_at_it_the_model_is_not_asked() -> None:
    """The queue redelivers this one; at its last delivery the fallback's text is served until the model's is there."""
    model = FakeSummarizer([SOUND])
    log = FakeGenerationCache(in_progress={fingerprint.of_article(ARTICLE, a_style().label, model.identity)})
    generate = replace(a_use_case(model), cache=log)

    with pytest.raises(GenerationInProgress):
        generate(ARTICLE, a_style(), FIRST)
    checked = generate(ARTICLE, a_style(), LAST)

    assert checked.degraded is Degraded.MODEL_UNAVAILABLE
    assert model.assignments == []


def test_a_spent_budget_is_said_to_be_the_reason() -> None:
    """An extractive text is served, and nobody has to look."""
    checked, _ = generated(BudgetSpent("The budget is spent."))

    record = recorded(checked)
    assert record.made_by
    assert (record.made_by.degraded, record.status) == (Degraded.BUDGET, Status.GENERATED)
    assert record.is_upgradable
    assert answers_for_the_stand_in(record)


def test_a_model_that_is_not_to_be_had_for_long_is_not_waited_for() -> None:
    """News is served now; the upgrade waits for ``retry_after``."""
    checked, _ = generated(ModelUnavailable("busy", retry_after=3_600))

    assert checked.degraded is Degraded.MODEL_UNAVAILABLE
    with pytest.raises(ModelUnavailable):
        generated(ModelUnavailable("busy", retry_after=600))


@pytest.mark.parametrize(
    "error", [StoreUnavailable("Throttled."), GenerationInProgress("At it."), BudgetSpent("Spent.")]
)
def test_a_draft_that_is_paid_for_is_kept_whatever_keeps_its_revision_away(error: Exception) -> None:
    """Asking for it again another time would pay for it twice."""
    first, second, model = told_twice(WRONG, error)

    assert (first.degraded, second) == (Degraded.UNGROUNDED, first)
    assert len(model.assignments) == 2


@pytest.mark.parametrize("script", [(STALLING,), (WRONG, STALLING)], ids=["first draft", "revision"])
def test_a_draft_that_is_too_demanding_to_check_has_the_fallback_write(script: tuple[Draft, ...]) -> None:
    """The article is not failed for it, and what was paid for is not asked for again."""
    first, second, model = told_twice(*script)

    assert (first.degraded, second) == (Degraded.UNGROUNDED, first)
    assert "more than 6 seconds" in (first.trouble or "")
    assert len(model.assignments) == len(script)


def test_an_article_that_is_too_demanding_to_check_is_its_own_fault() -> None:
    """The fallback's text could not be checked either."""
    use_case = a_use_case(FakeSummarizer([STALLING]), WrittenWriter(draft=STALLING))

    with pytest.raises(DocumentTooDemanding):
        use_case(ARTICLE, a_style(), FIRST)
