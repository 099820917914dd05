"""``GenerateSummary`` with a second reader: when it is asked, and what follows from it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from builders import a_style
from fakes import (
    ONE_CALL,
    ONE_READING,
    FakeSummarizer,
    FakeWriter,
)
from second_reading import (
    ARTICLE,
    CONTRADICTED,
    DRAFT,
    FIRST,
    NOT_NEEDED,
    REVISED,
    SUPPORTED,
    WRONG,
    Newsroom,
    find_no_evidence,
    find_wrong,
)
from standfirst.domain import checked_draft
from standfirst.domain.errors import (
    ModelDown,
    ModelRefused,
)
from standfirst.domain.record import Degraded, Status
from standfirst.domain.second_reading import Policy, SentenceToRead, Verdict
from standfirst.use_cases.generate_summary import GenerateSummary

# ----------------------------------------------------------------------------------------------------------------------
# What a verdict leads to
# ----------------------------------------------------------------------------------------------------------------------


def test_a_draft_that_the_reader_supports_is_served_with_its_evidence() -> None:
    """The record says who read it, what was said of each sentence, and what that cost, apart from the writer's cost."""
    newsroom = Newsroom()

    record = newsroom.record()

    assert (record.summary, record.status) == ("The council voted.", Status.GENERATED)
    assert record.evidence[0].quote == "The council voted"
    assert record.second_reading
    reading = record.second_reading
    assert (reading.outcome, reading.policy, reading.verdicts) == ("read", "doubtful", (SUPPORTED,))
    assert (reading.reader, reading.model, reading.prompt) == ("openai", "a-reader", "1")
    assert (record.usage, reading.usage, record.checks.second_reader) == (ONE_CALL, ONE_READING, "read")
    assert newsroom.is_done(record)


def test_what_the_article_contradicts_is_revised_once_by_a_writer_who_is_told_why() -> None:
    """The revision is read as well, and served."""
    newsroom = Newsroom([DRAFT, REVISED], [(CONTRADICTED,), (SUPPORTED,)])

    record = newsroom.record()

    revision = newsroom.writer.assignments[1].revises
    assert revision
    assert [finding.check for finding in revision.findings] == ["second_reader"]
    assert revision.verdicts == (CONTRADICTED,)
    assert (record.summary, record.status) == ("The council voted in May.", Status.GENERATED)
    assert record.second_reading
    assert record.second_reading.usage == ONE_READING + ONE_READING
    assert record.usage == ONE_CALL + ONE_CALL


def test_what_is_contradicted_twice_is_kept_and_not_served() -> None:
    """The fallback's text is; an editor sees the rejected draft with its verdicts, and no third draft is paid for."""
    newsroom = Newsroom([DRAFT, REVISED], [(CONTRADICTED,)])

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.made_by
    assert record.made_by.degraded is Degraded.UNGROUNDED
    assert record.rejected_draft
    assert record.rejected_draft.summary == "The council voted in May."
    assert record.rejected_draft.verdicts == (CONTRADICTED,)
    assert [finding.check for finding in record.rejected_draft.findings] == ["second_reader"]
    assert record.second_reading
    assert (record.second_reading.outcome, record.second_reading.verdicts) == ("not_needed", ())
    assert record.second_reading.usage == ONE_READING + ONE_READING
    assert newsroom.is_done(record)


def test_a_revision_of_what_was_contradicted_is_read_though_the_checks_are_sure_of_it() -> None:
    """They were sure of what the reader found, too: what it finds again is not served."""
    newsroom = Newsroom([DRAFT, NOT_NEEDED], [(CONTRADICTED,)], policy="doubtful")

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.rejected_draft
    assert record.rejected_draft.summary == "SURE."
    assert len(newsroom.reader.assignments) == 2


def test_a_revision_that_was_to_be_read_is_read_later_though_the_checks_are_sure_of_it() -> None:
    """Until then an editor should look at it: nobody knows whether it is any better."""
    newsroom = Newsroom([DRAFT, NOT_NEEDED, NOT_NEEDED], [(CONTRADICTED,), ModelDown("503"), (CONTRADICTED,)])
    unread = newsroom.record()

    record = newsroom.record()

    assert (unread.summary, unread.checks.second_reader) == ("SURE.", "unavailable")
    assert unread.status is Status.NEEDS_REVIEW
    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)


@pytest.mark.parametrize(
    "second",
    [ModelDown("503"), ModelRefused("It declined."), (), (SUPPORTED,), (CONTRADICTED,)],
    ids=["down", "declined", "silent", "supported", "contradicted"],
)
def test_a_sentence_that_was_contradicted_and_comes_back_word_for_word_is_not_served(
    second: tuple[Verdict, ...] | Exception,
) -> None:
    """Whatever becomes of the second reading, which a slow reader has the least time for."""
    newsroom = Newsroom([DRAFT, DRAFT], [(CONTRADICTED,), second])

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert record.rejected_draft
    assert [finding.reason for finding in record.rejected_draft.findings] == ["contradicted"]
    assert newsroom.is_done(record)


def test_an_error_of_the_rules_is_revised_whatever_the_reader_says() -> None:
    """A hard fact that is wrong stays wrong."""
    newsroom = Newsroom([WRONG, WRONG], [(SUPPORTED,)])

    record = newsroom.record()

    assert (record.summary, record.status) == (ARTICLE.paragraphs[0], Status.NEEDS_REVIEW)
    assert len(newsroom.writer.assignments) == 2


def test_a_reader_sees_the_article_and_has_the_deadline_of_the_attempt() -> None:
    """It is never waited for longer than there is time."""
    newsroom = Newsroom()

    newsroom.checked()

    (assignment,) = newsroom.reader.assignments
    assert (assignment.article, assignment.deadline) == (ARTICLE, FIRST.deadline)
    assert assignment.sentences == (SentenceToRead("summary", 0, "The council voted."),)


# ----------------------------------------------------------------------------------------------------------------------
# When it is asked
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "house", "outcome"),
    [
        ("off", None, "off"),
        ("doubtful", None, "not_needed"),
        ("always", None, "read"),
        ("off", "always", "read"),
        ("always", "off", "off"),
        ("always", "doubtful", "not_needed"),
    ],
)
def test_the_policy_is_the_deployments_unless_the_house_style_has_its_own(
    policy: Policy, house: Policy | None, outcome: str
) -> None:
    """For a draft of which the checks are sure."""
    newsroom = Newsroom([NOT_NEEDED], policy=policy, style=replace(a_style(), second_reader=house))

    record = newsroom.record()

    assert record.checks.second_reader == outcome
    assert len(newsroom.reader.assignments) == (outcome == "read")
    assert newsroom.budget.spent == (Decimal("0.0002") if outcome == "read" else 0)
    assert newsroom.is_done(record)


def test_another_reader_or_policy_makes_another_text() -> None:
    """So what was read by one is not taken for what another one read; without a reader all is as it was before."""
    without = GenerateSummary(FakeWriter(), find_wrong, find_no_evidence, FakeSummarizer([]))
    labels = {Newsroom(policy=policy).generate.identity.second_reader for policy in ("off", "doubtful", "always")}

    assert labels == {None, "doubtful/openai/a-reader/1", "always/openai/a-reader/1"}
    assert without.identity.second_reader is None
    assert Newsroom(policy="off").generate.identity == without.identity


# ----------------------------------------------------------------------------------------------------------------------
# What is served of it
# ----------------------------------------------------------------------------------------------------------------------


def test_the_readers_own_words_are_not_served() -> None:
    """Nobody has checked them; a quote that was found is the article's."""
    not_found = replace(CONTRADICTED, quote="Invented words", is_proven=False)
    record = Newsroom([NOT_NEEDED], policy="always").record()
    assert record.second_reading
    reading = record.second_reading.model_copy(update={"verdicts": (CONTRADICTED, not_found)})

    served = record.model_copy(update={"second_reading": reading}).as_served()

    assert "It did not." not in served.model_dump_json()
    assert "It refused." not in served.model_dump_json()
    assert "Invented words" not in served.model_dump_json()
    assert served.second_reading
    assert [each.quote for each in served.second_reading.verdicts] == ["The council", ""]
    assert served.checks.second_reader == "read"


def test_a_cached_draft_keeps_its_reading() -> None:
    """As JSON and back."""
    checked = Newsroom([DRAFT, REVISED], [(CONTRADICTED,)]).checked()

    assert checked_draft.from_json(checked_draft.to_json(checked)) == checked
