"""The model replaces the fallback's text, once it is available."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from builders import STORY, a_draft, an_attempt, an_object, an_upload, replace_stored
from fakes import FakeArticles, FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain.article import ArticleId, StoredObject, Upgrade, Upload
from standfirst.domain.errors import BudgetSpent, ModelSwitchedOff, ModelUnavailable, ModelUnusable
from standfirst.domain.record import Degraded, Record, Status
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst.use_cases.summarize_upload import SummarizeUpload
from use_case import a_use_case, only

ID = ArticleId("politics/ferry.txt")
UPGRADE = Upgrade(ID, "articles", ID)
BY_MODEL = a_draft("The ferry comes back.", "The council voted to bring the ferry back.")
UNASKED = pytest.mark.parametrize(
    ("error", "why"),
    [
        (ModelUnusable("no key"), Degraded.MODEL_UNAVAILABLE),
        (ModelSwitchedOff("open"), Degraded.MODEL_UNAVAILABLE),
        (BudgetSpent("spent"), Degraded.BUDGET),
    ],
    ids=["unusable", "breaker open", "budget spent"],
)


@pytest.fixture
def articles() -> FakeArticles:
    """A bucket with one article."""
    return FakeArticles({ID: an_object()})


@pytest.fixture
def summaries() -> FakeSummaries:
    """An empty table."""
    return FakeSummaries()


@pytest.fixture
def model() -> FakeSummarizer:
    """A model without a script yet."""
    return FakeSummarizer([], unpaid=(ModelUnavailable, ModelUnusable, ModelSwitchedOff, BudgetSpent))


@pytest.fixture
def summarize(articles: FakeArticles, summaries: FakeSummaries, model: FakeSummarizer) -> SummarizeUpload:
    """The use case with a model."""
    return a_use_case(articles, summaries, FakeWriter(), model, FakeGenerationCache())


def current(summaries: FakeSummaries) -> Record:
    """The record that is served."""
    return summaries.revisions[ID][-1]


def upgraded(summarize: SummarizeUpload) -> Result:
    """The result of the upgrade."""
    answers: Sequence[Result] = summarize.upgrade(UPGRADE, an_attempt())
    return only(answers)


@UNASKED
def test_the_model_writes_what_the_fallback_wrote(
    summarize: SummarizeUpload, summaries: FakeSummaries, model: FakeSummarizer, error: Exception, why: Degraded
) -> None:
    """At the same event as before: an older one is still outdated, one that is newer still comes."""
    model.script = [error, BY_MODEL]
    first = only(summarize(an_upload(sequencer="0B"), an_attempt()))

    answer = upgraded(summarize)

    record = current(summaries)
    assert (first.degraded, answer.outcome, answer.degraded) == (why, Outcome.GENERATED, None)
    assert (record.standfirst, record.revision, record.article.sequencer) == (BY_MODEL.texts["standfirst"], 2, "0B")
    assert only(summarize(an_upload(sequencer="0A"), an_attempt())).outcome is Outcome.OUTDATED
    assert only(summarize(an_upload(sequencer="0C"), an_attempt())).outcome is Outcome.UNCHANGED
    assert len(model.assignments) == 2


@UNASKED
def test_a_model_that_still_cannot_be_had_leaves_no_revision(
    summarize: SummarizeUpload, summaries: FakeSummaries, model: FakeSummarizer, error: Exception, why: Degraded
) -> None:
    """However often it is tried, also by an upload of the same text."""
    model.script = [error] * 3
    summarize(an_upload(), an_attempt())

    upgrade = upgraded(summarize)
    again = only(summarize(an_upload(sequencer="0B"), an_attempt()))

    assert (upgrade.outcome, upgrade.degraded) == (Outcome.UNCHANGED, why)
    assert (again.outcome, again.degraded) == (Outcome.UNCHANGED, why)
    assert len(summaries.revisions[ID]) == 1


def test_a_model_that_is_busy_has_the_upgrade_redelivered(summarize: SummarizeUpload, model: FakeSummarizer) -> None:
    """Like an upload."""
    model.script = [BudgetSpent("spent"), ModelUnavailable("busy")]
    summarize(an_upload(), an_attempt())

    with pytest.raises(ModelUnavailable):
        upgraded(summarize)


def test_nothing_is_upgraded_twice(summarize: SummarizeUpload, model: FakeSummarizer) -> None:
    """Wishes are delivered twice, too."""
    model.script = [BudgetSpent("spent"), BY_MODEL]
    summarize(an_upload(), an_attempt())
    upgraded(summarize)

    assert upgraded(summarize).outcome is Outcome.OUTDATED
    assert len(model.assignments) == 2


def test_an_article_that_was_never_answered_is_left_to_its_event(summarize: SummarizeUpload) -> None:
    """The command has no sequencer."""
    assert upgraded(summarize).outcome is Outcome.OUTDATED


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED, Status.REJECTED])
def test_what_a_person_decided_is_not_upgraded(
    summarize: SummarizeUpload, summaries: FakeSummaries, model: FakeSummarizer, status: Status
) -> None:
    """Not even when the model was not asked."""
    model.script = [BudgetSpent("spent")]
    summarize(an_upload(), an_attempt())
    stored = summaries.current(ID)
    assert stored
    replace_stored(summaries, stored, stored.record.model_copy(update={"revision": 2, "status": status}))

    assert upgraded(summarize).outcome is Outcome.OUTDATED
    assert current(summaries).status is status


@pytest.mark.parametrize("now", [None, ""], ids=["gone", "unreadable"])
def test_what_lies_there_no_more_is_left_to_its_event(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, model: FakeSummarizer, now: str | None
) -> None:
    """An upgrade is no news of an article."""
    model.script = [BudgetSpent("spent")]
    summarize(an_upload(), an_attempt())
    articles.objects = {} if now is None else {ID: an_object(now)}

    assert upgraded(summarize).outcome is Outcome.OUTDATED
    assert current(summaries).status is Status.GENERATED


def test_each_article_of_a_package_is_upgraded(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, model: FakeSummarizer
) -> None:
    """Where the model was not asked; the others are left alone."""
    articles.objects[ID] = an_object(f"# one\n{STORY}\n# two\n{STORY.replace('Sele', 'Orme')}")
    model.script = [BY_MODEL, BudgetSpent("spent"), BY_MODEL]
    summarize(an_upload(), an_attempt())

    outcomes = {answer.article_id: answer.outcome for answer in summarize.upgrade(UPGRADE, an_attempt())}

    assert outcomes == {f"{ID}/one": Outcome.OUTDATED, f"{ID}/two": Outcome.GENERATED}
    writers = [summaries.revisions[ArticleId(f"{ID}/{part}")][-1].made_by for part in ("one", "two")]
    assert [made_by.writer for made_by in writers if made_by] == ["openai", "openai"]


def test_a_record_that_changes_meanwhile_is_not_overwritten(
    summarize: SummarizeUpload, summaries: FakeSummaries, model: FakeSummarizer
) -> None:
    """If there is still something to write, it is scheduled again."""
    model.script = [BudgetSpent("spent"), BY_MODEL]
    summarize(an_upload(), an_attempt())

    def edit_meanwhile(*arguments: object) -> list[object]:
        del arguments
        stored = summaries.current(ID)
        assert stored
        replace_stored(summaries, stored, stored.record.model_copy(update={"revision": 2, "status": Status.EDITED}))
        return []

    raced = replace(summarize, generate=replace(summarize.generate, check=edit_meanwhile))

    assert upgraded(raced).outcome is Outcome.OUTDATED
    assert current(summaries).status is Status.EDITED


def test_what_was_read_of_an_older_version_never_replaces_a_newer_one(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, model: FakeSummarizer
) -> None:
    """A version that is uploaded, and gets the fallback's text, while the upgrade is written."""
    model.script = [BudgetSpent("spent"), BudgetSpent("spent"), BY_MODEL]
    summarize(an_upload(sequencer="0A"), an_attempt())
    fetch = articles.fetch

    def fetch_and_be_overtaken(upload: Upload) -> StoredObject:
        found = fetch(upload)
        articles.objects[ID] = an_object("A newer text about the ferry, which will not come back after all.")
        summarize(an_upload(sequencer="0B"), an_attempt())
        return found

    slow = replace(summarize, articles=Overtaken(fetch_and_be_overtaken))

    assert upgraded(slow).outcome is Outcome.OUTDATED
    assert current(summaries).standfirst == "A newer text about the ferry, which will not come back after all."


@dataclass
class Overtaken:
    """A bucket in which something happens while it is read."""

    fetch: Callable[[Upload], StoredObject]


def test_a_text_whose_article_cannot_be_read_is_upgraded_once_it_can(
    summarize: SummarizeUpload, articles: FakeArticles, summaries: FakeSummaries, model: FakeSummarizer
) -> None:
    """Until then nothing is scheduled: there is nothing that the model could be asked about."""
    model.script = [BudgetSpent("spent"), BudgetSpent("spent")]
    summarize(an_upload(sequencer="0A"), an_attempt())
    here, articles.objects[ID] = articles.objects[ID], an_object("")

    summarize(an_upload(sequencer="0B"), an_attempt())
    while_unreadable = list(summaries.due)
    articles.objects[ID] = here
    summarize(an_upload(sequencer="0C"), an_attempt())

    assert (while_unreadable, list(summaries.due)) == ([], [ID])
