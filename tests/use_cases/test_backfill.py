"""Backfills: what lies in the bucket already is summarised, or written about anew, and no event is ever overtaken."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from builders import STORY, a_draft, an_attempt, an_object, an_upload, replace_stored
from fakes import ONE_ANSWER, ONE_CALL, FakeArticles, FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from standfirst.domain import fingerprint
from standfirst.domain.article import ArticleId, Backfill, Document
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.errors import (
    ArticleRemoved,
    BudgetSpent,
    GenerationInProgress,
    ModelDown,
    ModelOutputInvalid,
    ModelRefused,
    ModelSwitchedOff,
    ModelUnavailable,
)
from standfirst.domain.record import Degraded, Record, Status
from standfirst.domain.usage import Usage
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst.use_cases.summarize_upload import SummarizeUpload
from use_case import a_use_case, choose_default, only, read_lines

ID = ArticleId("politics/ferry.txt")
BACKFILL = Backfill(ID, "articles", ID, run="run 1")
BY_MODEL = a_draft("The ferry comes back.", "The council voted to bring the ferry back.")
BETTER = a_draft("The ferry returns in June.", "The council voted for the ferry.")
UNPAID = (ModelUnavailable, ModelSwitchedOff, BudgetSpent)
WRONG = "The ferry never comes back."


@dataclass
class Archive:
    """A bucket with one article, and the worker over it."""

    articles: FakeArticles = field(default_factory=lambda: FakeArticles({ID: an_object()}))
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    model: FakeSummarizer = field(default_factory=lambda: FakeSummarizer([BY_MODEL], unpaid=UNPAID))
    cache: FakeGenerationCache = field(default_factory=FakeGenerationCache)

    @property
    def worker(self) -> SummarizeUpload:
        """With a check that finds an error in ``WRONG``."""
        worker = a_use_case(self.articles, self.summaries, FakeWriter(), self.model, self.cache)
        return replace(worker, generate=replace(worker.generate, check=_check))

    def upload(self, sequencer: str = "0A") -> Result:
        """Handle an event of the article."""
        return only(self.worker(an_upload(sequencer=sequencer), an_attempt()))

    def backfill(self, command: Backfill = BACKFILL) -> Result:
        """Handle the command."""
        return only(self.worker.backfill(command, an_attempt()))

    def use_newer_prompt(self) -> None:
        """Ask the model with another prompt from now on."""
        self.model.identity = replace(self.model.identity, prompt="2")

    @property
    def key(self) -> str:
        """That of the article's generation."""
        [article] = read_lines(Document(ID, STORY.encode()))
        return fingerprint.of_text(article, choose_default(ID, None).label, self.worker.generate.identity)  # type: ignore[arg-type]

    def put_in_batch(self, run: str = "run 1") -> None:
        """Claim the article's text, as for a batch."""
        [article] = read_lines(Document(ID, STORY.encode()))
        content = fingerprint.content_hash(article)  # type: ignore[arg-type]
        assert self.cache.claim(self.key, content, run, datetime.now(UTC) + timedelta(hours=26))

    def answer(self, text: str) -> None:
        """Have the batch answer it."""
        assert self.cache.store_answer(self.key, "content", text)

    @property
    def record(self) -> Record:
        """What is current."""
        return self.summaries.revisions[ID][-1]

    @property
    def asked(self) -> int:
        """How often the model was asked live."""
        return len(self.model.assignments)


def _check(article: object, draft: Draft, style: object) -> list[Finding]:
    del article, style
    is_wrong = draft.texts["standfirst"] == WRONG
    return [Finding("certainty", "standfirst", "never", "otherwise", "error")] if is_wrong else []


@pytest.fixture
def archive() -> Archive:
    """An article that nobody has heard of."""
    return Archive()


# ----------------------------------------------------------------------------------------------------------------------
# What is written
# ----------------------------------------------------------------------------------------------------------------------


def test_an_article_without_a_record_gets_one(archive: Archive) -> None:
    """As if it had been uploaded, but at no event: each that comes is later."""
    result = archive.backfill()

    record = archive.record
    assert (result.outcome, record.standfirst) == (Outcome.GENERATED, "The ferry comes back.")
    assert record.article.sequencer is None
    assert archive.upload("01").outcome is Outcome.UNCHANGED
    assert archive.asked == 1


@pytest.mark.parametrize("announces", [False, True])
def test_the_bus_is_told_if_it_is_to_be(archive: Archive, announces: bool) -> None:  # noqa: FBT001 - the two choices
    """A million old articles are no news."""
    archive.backfill(replace(BACKFILL, announces=announces))

    assert archive.summaries.announced == ([(ID, 1)] if announces else [])


def test_a_second_delivery_changes_and_costs_nothing(archive: Archive) -> None:
    """Nor does a second run."""
    archive.backfill()

    again = [archive.backfill().outcome, archive.backfill(replace(BACKFILL, run="run 2")).outcome]

    assert again == [Outcome.UNCHANGED] * 2
    assert (archive.asked, archive.record.revision) == (1, 1)


def test_a_text_of_an_older_prompt_is_written_anew(archive: Archive) -> None:
    """At the event that it accounts for already."""
    archive.upload("0B")
    archive.use_newer_prompt()
    archive.model.script = [BETTER]

    result = archive.backfill()

    assert (result.outcome, archive.record.revision) == (Outcome.GENERATED, 2)
    assert archive.record.article.sequencer == "0B"
    assert archive.upload("0A").outcome is Outcome.OUTDATED
    assert archive.summaries.announced == [(ID, 1)]


def test_the_text_of_the_fallback_is_replaced_and_that_is_told(archive: Archive) -> None:
    """It is news, whose own text was waited for: an upgrade, whoever brings it."""
    archive.model.script = [ModelSwitchedOff("open"), BY_MODEL]
    assert archive.upload().degraded is Degraded.MODEL_UNAVAILABLE

    archive.backfill()

    assert archive.record.standfirst == "The ferry comes back."
    assert archive.summaries.announced == [(ID, 1), (ID, 2)]


def test_each_article_of_a_package_is_written_about(archive: Archive) -> None:
    """A later version that lacks one of them withdraws it."""
    archive.articles.objects[ID] = an_object("# one\nThe first story.\n# two\nThe second story.\n")
    archive.model.script = [BY_MODEL, BETTER]

    results = archive.worker.backfill(BACKFILL, an_attempt())

    assert {result.article_id: result.outcome for result in results} == {
        f"{ID}/one": Outcome.GENERATED,
        f"{ID}/two": Outcome.GENERATED,
    }
    archive.articles.objects[ID] = an_object("# one\nThe first story.\n", etag="e2")
    outcomes = {result.article_id: result.outcome for result in archive.worker(an_upload(), an_attempt())}
    assert outcomes[ArticleId(f"{ID}/two")] is Outcome.WITHDRAWN


def test_an_archive_without_a_model_gets_extractive_texts(archive: Archive) -> None:
    """A deployment may have none."""
    worker = a_use_case(archive.articles, archive.summaries, FakeWriter())

    assert only(worker.backfill(BACKFILL, an_attempt())).outcome is Outcome.GENERATED


# ----------------------------------------------------------------------------------------------------------------------
# What is left as it is
# ----------------------------------------------------------------------------------------------------------------------


def test_an_article_whose_event_is_in_hand_is_left_to_it(archive: Archive) -> None:
    """Or to the dead-letter queue, from where it is redriven: what the event knows of the order is not known here."""
    archive.summaries.claim_event(ID, "0A")

    assert archive.backfill().outcome is Outcome.OUTDATED
    assert ID not in archive.summaries.revisions


def test_a_record_that_comes_meanwhile_wins(archive: Archive) -> None:
    """The article was uploaded again while the model wrote."""

    class Overtaken(FakeSummarizer):
        def write(self, *arguments: object, **named: object) -> object:  # type: ignore[override]
            archive.articles.objects[ID] = an_object("A newer story.", etag="e2")
            archive.model = FakeSummarizer([BETTER])
            archive.upload("0B")
            return super().write(*arguments, **named)  # type: ignore[arg-type]

    archive.model = Overtaken([BY_MODEL])

    assert archive.backfill().outcome is Outcome.OUTDATED
    assert archive.record.standfirst == "The ferry returns in June."


@pytest.mark.parametrize("status", [Status.APPROVED, Status.EDITED])
def test_the_words_of_a_person_stay(archive: Archive, status: Status) -> None:
    """Also under a newer prompt."""
    archive.upload()
    stored = archive.summaries.current(ID)
    assert stored
    replace_stored(archive.summaries, stored, stored.record.model_copy(update={"status": status, "revision": 2}))
    archive.use_newer_prompt()

    assert archive.backfill().outcome is Outcome.UNCHANGED
    assert archive.asked == 1


@pytest.mark.parametrize("found", [ArticleRemoved(ID), an_object("", etag="e2")], ids=["deleted", "unreadable"])
def test_a_change_that_has_an_event_of_its_own_is_left_to_it(archive: Archive, found: object) -> None:
    """It is on its way, and knows its place in the order."""
    archive.upload()
    archive.articles.objects[ID] = found  # type: ignore[assignment]

    assert archive.backfill().outcome is Outcome.OUTDATED
    assert archive.record.status is Status.GENERATED


def test_what_is_withdrawn_stays_withdrawn(archive: Archive) -> None:
    """It was deleted, and lies there again: an event tells of that."""
    archive.upload()
    found = archive.articles.objects.pop(ID)
    archive.upload("0B")
    archive.articles.objects[ID] = found

    assert archive.backfill().outcome is Outcome.OUTDATED
    assert archive.record.status is Status.WITHDRAWN


def test_an_unreadable_document_without_a_record_has_failed(archive: Archive) -> None:
    """With a reason, as if it had been uploaded; a gone one is nothing."""
    archive.articles.objects[ID] = an_object("")
    assert archive.backfill().outcome is Outcome.FAILED

    other = Archive(FakeArticles())
    assert other.backfill().outcome is Outcome.OUTDATED
    assert not other.summaries.revisions


@pytest.mark.parametrize(
    "error",
    [ModelSwitchedOff("open"), BudgetSpent("spent"), ModelDown("503")],
    ids=["breaker open", "budget spent", "down"],
)
@pytest.mark.parametrize("is_last", [False, True])
def test_a_model_that_cannot_be_asked_leaves_all_as_it_is(
    archive: Archive,
    error: Exception,
    is_last: bool,  # noqa: FBT001 - whether it is
) -> None:
    """No extractive text in the place of another, and none where there was none; the message waits."""
    archive.model.script = [error, BY_MODEL]

    with pytest.raises(type(error)):
        archive.worker.backfill(BACKFILL, an_attempt(is_last=is_last))

    assert ID not in archive.summaries.revisions
    assert archive.backfill().outcome is Outcome.GENERATED


@pytest.mark.parametrize(
    "script",
    [[ModelRefused("no")], [ModelOutputInvalid("{")], [a_draft(WRONG, "S."), a_draft(WRONG, "S.")]],
    ids=["refused", "cut off", "wrong twice"],
)
def test_a_draft_of_no_use_does_not_replace_a_text_of_the_model(
    archive: Archive, script: list[Draft | Exception]
) -> None:
    """The older prompt's is better than an extract; without a record there is one, as after an upload."""
    archive.upload()
    archive.use_newer_prompt()
    archive.model.script = [*script]

    result = archive.backfill()

    assert (result.outcome, archive.record.revision) == (Outcome.UNCHANGED, 1)
    assert result.degraded
    other = Archive(model=FakeSummarizer([*script]))
    assert other.backfill().degraded
    assert other.record.revision == 1


# ----------------------------------------------------------------------------------------------------------------------
# What a batch answered
# ----------------------------------------------------------------------------------------------------------------------


def test_the_answer_of_a_batch_is_the_draft(archive: Archive) -> None:
    """The model is not asked; the record has the batch's price."""
    archive.put_in_batch()
    archive.answer("Half the price.")

    archive.backfill()

    assert (archive.record.standfirst, archive.record.usage) == ("Half the price.", ONE_ANSWER)
    assert archive.asked == 0


def test_an_answer_with_an_error_is_revised_live(archive: Archive) -> None:
    """Both are on the bill."""
    archive.put_in_batch()
    archive.answer(WRONG)

    archive.backfill()

    assert archive.record.standfirst == "The ferry comes back."
    assert archive.record.usage == Usage() + ONE_ANSWER + ONE_CALL
    [assignment] = archive.model.assignments
    assert assignment.revises
    assert assignment.revises.draft.texts["standfirst"] == WRONG


def test_an_answer_that_cannot_be_used_is_asked_for_live(archive: Archive) -> None:
    """It was cut off; as after a live one, the model is asked once more."""
    archive.put_in_batch()
    archive.answer("")
    archive.cache.answers[archive.key] = "broken"
    archive.model.read_answer = _refuse  # type: ignore[method-assign]

    archive.backfill()

    assert archive.record.standfirst == "The ferry comes back."
    assert archive.asked == 1


def _refuse(answer: str, record_usage: object) -> object:
    del answer, record_usage
    raise ModelOutputInvalid("It is broken.")


@pytest.mark.parametrize("error", [BudgetSpent("spent"), ModelDown("503")], ids=["budget spent", "down"])
def test_an_answer_whose_revision_has_to_wait_is_kept_until_then(archive: Archive, error: Exception) -> None:
    """Nothing is written in its place, and it is not paid for again."""
    archive.put_in_batch()
    archive.answer(WRONG)
    archive.model.script = [error, BETTER]

    with pytest.raises(type(error)):
        archive.backfill()
    assert ID not in archive.summaries.revisions

    archive.backfill()
    assert archive.record.standfirst == "The ferry returns in June."


def test_an_upload_of_a_claimed_text_pays_nothing_and_does_not_wait(archive: Archive) -> None:
    """The fallback writes at once; the batch's answer replaces it."""
    archive.put_in_batch()

    live = archive.upload()
    assert (live.degraded, archive.asked) == (Degraded.MODEL_UNAVAILABLE, 0)

    archive.answer("Half the price.")
    archive.backfill()
    assert (archive.record.standfirst, archive.record.revision) == ("Half the price.", 2)
    assert archive.upload("0B").outcome is Outcome.UNCHANGED
    assert archive.asked == 0


def test_an_upload_finds_the_answer_once_the_claim_is_over(archive: Archive) -> None:
    """Whoever comes first: it is paid for."""
    archive.put_in_batch()
    archive.answer("Half the price.")
    archive.cache.release(archive.key, "run 1")

    archive.upload()

    assert archive.record.standfirst == "Half the price."
    assert archive.backfill().outcome is Outcome.UNCHANGED
    assert archive.asked == 0


@pytest.mark.parametrize("run", ["run 1", "run 2"], ids=["of its own run", "of another run"])
def test_a_claim_without_an_answer_is_heeded(archive: Archive, run: str) -> None:
    """The answer is on the way, and will be paid for."""
    archive.put_in_batch(run)

    with pytest.raises(GenerationInProgress):
        archive.backfill()

    assert archive.asked == 0


def test_what_is_erased_while_it_is_in_a_batch_stays_erased(archive: Archive) -> None:
    """The answer about it is not stored, and the command does nothing."""
    archive.upload()
    archive.use_newer_prompt()
    archive.put_in_batch()
    [article] = read_lines(Document(ID, STORY.encode()))
    content = fingerprint.content_hash(article)  # type: ignore[arg-type]
    archive.cache.forget(content)

    assert not archive.cache.store_answer(archive.key, content, "too late")
    assert archive.cache.answer(archive.key) is None
