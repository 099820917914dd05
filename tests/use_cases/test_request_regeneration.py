"""A regeneration writes another text, once for each request, and replaces no human-authored text."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import STORY, a_draft, an_attempt, an_object, an_upload, replace_stored
from fakes import (
    FakeArticles,
    FakeBreaker,
    FakeGenerationCache,
    FakeSecondReader,
    FakeSummaries,
    FakeSummarizer,
    FakeWriter,
)
from standfirst.domain.article import Article, ArticleId, Regeneration, StoredObject, Upgrade, Upload
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.errors import (
    BudgetSpent,
    DocumentTooDemanding,
    ModelDown,
    ModelRefused,
    ModelSwitchedOff,
    ModelUnavailable,
    ModelUnusable,
    RevisionConflict,
    StoreUnavailable,
)
from standfirst.domain.record import Degraded, Record, Status
from standfirst.domain.second_reading import ReadDraft, SentenceToRead
from standfirst.domain.style import HouseStyle
from standfirst.use_cases.apply_version import Outcome, Result
from standfirst.use_cases.model_call import ReaderCall
from standfirst.use_cases.second_reading import ReadDrafts
from standfirst.use_cases.summarize_upload import SummarizeUpload
from use_case import a_use_case, only

ID = ArticleId("politics/ferry.txt")
HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."
PACKAGE = f"# one\n{STORY.replace('Sele', 'Inn')}\n# two\n{STORY.replace('Sele', 'Orme')}"
FIRST, SECOND, THIRD = (a_draft(f"The {word} text.", f"The {word} summary.") for word in ("first", "second", "third"))
UNASKED = pytest.mark.parametrize(
    ("error", "why"),
    [
        (ModelUnavailable("busy"), Degraded.MODEL_UNAVAILABLE),
        (ModelUnusable("no key"), Degraded.MODEL_UNAVAILABLE),
        (ModelSwitchedOff("open"), Degraded.MODEL_UNAVAILABLE),
        (BudgetSpent("spent"), Degraded.BUDGET),
    ],
    ids=["busy to the last", "unusable", "breaker open", "budget spent"],
)


def a_regeneration(name: str = "w1", article_id: str = ID, document: str = ID) -> Regeneration:
    """An editor's."""
    return Regeneration(ArticleId(article_id), ArticleId(document), "articles", document, name, by="an editor")


@dataclass
class Newsroom:
    """A bucket with one article, a table, a model and the use case over them; uploads are numbered."""

    articles: FakeArticles = field(default_factory=lambda: FakeArticles({ID: an_object()}))
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    model: FakeSummarizer = field(
        default_factory=lambda: FakeSummarizer(
            [FIRST, SECOND, THIRD], unpaid=(ModelUnavailable, ModelUnusable, ModelSwitchedOff, BudgetSpent)
        )
    )
    log: FakeGenerationCache = field(default_factory=FakeGenerationCache)
    writer: FakeWriter = field(default_factory=FakeWriter)
    uploads: int = 0

    def __post_init__(self) -> None:
        """The use case over these."""
        self.summarize: SummarizeUpload = a_use_case(self.articles, self.summaries, self.writer, self.model, self.log)

    def upload(self, text: str = STORY) -> Result:
        """Put ``text``, and answer the event."""
        self.articles.objects[ID] = an_object(text)
        return self.handle_event()[0]

    def handle_event(self) -> Sequence[Result]:
        """Result an event."""
        self.uploads += 1
        return self.summarize(an_upload(sequencer=f"{self.uploads:04}"), an_attempt())

    def regenerate(self, name: str = "w1", *, is_last: bool = False) -> Result:
        """The result of a regeneration."""
        return only(self.summarize.regenerate(a_regeneration(name), an_attempt(is_last=is_last)))

    def says(self, status: Status, **changes: object) -> None:
        """A person edits, approves or rejects what is current."""
        stored = self.summaries.current(ID)
        assert stored
        update = {"status": status, "revision": stored.record.revision + 1, "updated_by": "an editor", **changes}
        replace_stored(self.summaries, stored, stored.record.model_copy(update=update))

    @property
    def revisions(self) -> Sequence[Record]:
        """Every revision."""
        return self.summaries.revisions[ID]

    @property
    def current(self) -> Record:
        """What is served."""
        return self.revisions[-1]

    @property
    def pending(self) -> Record:
        """The pending revision."""
        return next(record for record in self.revisions if record.revision == self.current.pending)


@pytest.fixture
def newsroom() -> Newsroom:
    """An article that was summarised by the model."""
    newsroom = Newsroom()
    newsroom.upload()
    return newsroom


def test_another_text_is_written_though_the_article_is_the_same(newsroom: Newsroom) -> None:
    """The revision names the editor, and the next upload of the same is as unchanged as ever."""
    before = newsroom.current

    answer = newsroom.regenerate()

    record = newsroom.current
    assert answer.outcome is Outcome.GENERATED
    assert (record.standfirst, record.revision, record.updated_by) == (SECOND.texts["standfirst"], 2, "an editor")
    assert (record.fingerprint, record.article) == (before.fingerprint, before.article)
    assert newsroom.upload().outcome is Outcome.UNCHANGED
    assert len(newsroom.model.assignments) == 2


def test_the_text_stays_when_nothing_else_may_be_served(newsroom: Newsroom) -> None:
    """A good text is better than none."""
    newsroom.model.script[:] = [ModelRefused("It declined.")]
    newsroom.writer.text = ""

    answer = newsroom.regenerate()

    assert (answer.outcome, len(newsroom.revisions)) == (Outcome.UNCHANGED, 1)


@pytest.mark.parametrize("how", ["the upgrade run", "another upload"])
def test_a_text_that_could_not_be_read_is_read_later_and_stays_the_current_one(newsroom: Newsroom, how: str) -> None:
    """The text that the editor did not want does not come back for it."""

    def sentences_to_read(*_: object) -> tuple[SentenceToRead, ...]:
        return (SentenceToRead("summary", 0, "A sentence."),)

    def weigh_verdicts(_: Article, draft: Draft, *__: object) -> ReadDraft:
        return ReadDraft((), draft.evidence, ())

    reader = ReaderCall(FakeSecondReader([(), ModelDown("503"), ()]), FakeBreaker(), budget=None)
    reads = ReadDrafts(reader, "always", sentences_to_read, weigh_verdicts)
    newsroom.summarize = replace(newsroom.summarize, generate=replace(newsroom.summarize.generate, second_reader=reads))
    newsroom.upload()
    newsroom.regenerate()
    assert newsroom.current.standfirst == THIRD.texts["standfirst"]
    assert newsroom.current.is_upgradable

    if how == "the upgrade run":
        newsroom.summarize.upgrade(Upgrade(ID, "articles", ID), an_attempt())
    else:
        newsroom.upload()

    assert (newsroom.current.standfirst, newsroom.current.checks.second_reader) == (THIRD.texts["standfirst"], "read")
    assert newsroom.upload().outcome is Outcome.UNCHANGED
    assert newsroom.regenerate().outcome is Outcome.UNCHANGED
    assert len(newsroom.model.assignments) == 3


def test_a_regeneration_that_is_redelivered_is_not_paid_again(newsroom: Newsroom) -> None:
    """And brings no second revision."""
    newsroom.regenerate()

    again = newsroom.regenerate()

    assert again.outcome is Outcome.UNCHANGED
    assert (len(newsroom.model.assignments), len(newsroom.revisions)) == (2, 2)


def test_another_request_is_another_text(newsroom: Newsroom) -> None:
    """An editor may ask again."""
    newsroom.regenerate("w1")

    newsroom.regenerate("w2")

    assert (newsroom.current.standfirst, newsroom.current.revision) == (THIRD.texts["standfirst"], 3)


def test_a_regeneration_that_is_redelivered_does_not_take_the_place_of_a_later_one(newsroom: Newsroom) -> None:
    """Its text was there, and somebody wanted another."""
    newsroom.regenerate("w1")
    newsroom.regenerate("w2")

    again = newsroom.regenerate("w1")

    assert again.outcome is Outcome.UNCHANGED
    assert newsroom.current.standfirst == THIRD.texts["standfirst"]


def test_the_same_text_again_is_no_revision(newsroom: Newsroom) -> None:
    """A model may have nothing else to say."""
    newsroom.model.script = [FIRST]

    answer = newsroom.regenerate()

    assert (answer.outcome, len(newsroom.revisions)) == (Outcome.UNCHANGED, 1)


def test_the_text_from_before_an_edit_may_come_back(newsroom: Newsroom) -> None:
    """It is in the history, but no regeneration brought it there."""
    newsroom.says(Status.EDITED, standfirst=HERS)
    newsroom.model.script = [FIRST]

    answer = newsroom.regenerate()

    assert (answer.outcome, newsroom.pending.standfirst) == (Outcome.PENDING, FIRST.texts["standfirst"])


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED])
def test_human_authored_text_stays_and_the_new_text_is_pending(newsroom: Newsroom, status: Status) -> None:
    """They are not stale: the article says what it said when they were written."""
    newsroom.says(status, standfirst=HERS)

    answer = newsroom.regenerate()

    assert answer.outcome is Outcome.PENDING
    assert (newsroom.current.standfirst, newsroom.current.status, newsroom.current.stale) == (HERS, status, False)
    assert (newsroom.pending.standfirst, newsroom.pending.status) == (SECOND.texts["standfirst"], Status.GENERATED)
    assert (newsroom.current.updated_by, newsroom.pending.updated_by) == ("an editor", "an editor")


def test_a_pending_revision_is_still_there_after_an_upload_of_the_same_article(newsroom: Newsroom) -> None:
    """It is still to be reviewed."""
    newsroom.says(Status.EDITED, standfirst=HERS)
    newsroom.regenerate()

    newsroom.upload()

    assert newsroom.pending.standfirst == SECOND.texts["standfirst"]


def test_words_that_are_stale_stay_so(newsroom: Newsroom) -> None:
    """Another text about the newer version does not make them true again."""
    newsroom.says(Status.EDITED, standfirst=HERS)
    newsroom.upload(NEWER)

    newsroom.regenerate()

    assert (newsroom.current.standfirst, newsroom.current.stale) == (HERS, True)
    assert newsroom.pending.standfirst == THIRD.texts["standfirst"]


def test_a_regeneration_that_is_redelivered_does_not_bring_back_a_rejected_text(newsroom: Newsroom) -> None:
    """Or has taken up, and gone on from."""
    newsroom.says(Status.EDITED, standfirst=HERS)
    newsroom.regenerate()
    newsroom.says(Status.EDITED, pending=None)

    assert newsroom.regenerate().outcome is Outcome.UNCHANGED
    assert (newsroom.current.standfirst, newsroom.current.pending) == (HERS, None)


def test_a_rejected_text_makes_room(newsroom: Newsroom) -> None:
    """That is what most regenerations are for."""
    newsroom.says(Status.REJECTED)

    assert newsroom.regenerate().outcome is Outcome.GENERATED
    assert (newsroom.current.standfirst, newsroom.current.status) == (SECOND.texts["standfirst"], Status.GENERATED)


def test_a_model_that_is_busy_has_the_regeneration_redelivered(newsroom: Newsroom) -> None:
    """Like an upload; the next delivery is not the poorer for it."""
    newsroom.model.script = [ModelUnavailable("busy"), SECOND]

    with pytest.raises(ModelUnavailable):
        newsroom.regenerate()

    assert newsroom.regenerate().outcome is Outcome.GENERATED


@UNASKED
@pytest.mark.parametrize("status", [Status.GENERATED, Status.EDITED, Status.REJECTED])
def test_what_is_served_stays_when_the_model_cannot_be_had(
    newsroom: Newsroom, error: Exception, why: Degraded, status: Status
) -> None:
    """Nobody asked for the fallback's text; the result says why nothing came."""
    newsroom.says(status)
    before = newsroom.current
    newsroom.model.script = [error]

    answer = newsroom.regenerate(is_last=True)

    assert (answer.outcome, answer.degraded, answer.trouble) == (Outcome.UNCHANGED, why, str(error))
    assert newsroom.current == before


def test_what_is_served_stays_when_the_model_gives_nothing_that_can_be_used(newsroom: Newsroom) -> None:
    """It was asked, though, and is not asked again for this request."""
    newsroom.model.script = [ModelRefused("no")]

    answers = [newsroom.regenerate(), newsroom.regenerate()]

    assert [(answer.outcome, answer.degraded) for answer in answers] == [(Outcome.UNCHANGED, Degraded.REFUSED)] * 2
    assert len(newsroom.model.assignments) == 2
    assert len(newsroom.revisions) == 1


@pytest.mark.parametrize("script", [[FIRST], [BudgetSpent("spent")]], ids=["the model", "the fallback"])
def test_a_record_that_failed_gets_its_summary_when_the_document_can_be_read_now(script: list[Draft]) -> None:
    """A house style was mended, say, of which no event tells."""
    newsroom = Newsroom()
    newsroom.model.script = [*script]
    newsroom.upload("")
    newsroom.articles.objects[ID] = an_object()

    assert newsroom.regenerate().outcome is Outcome.GENERATED
    assert (newsroom.current.status, newsroom.current.reason) == (Status.GENERATED, None)


@pytest.mark.parametrize("now", [None, ""], ids=["gone", "unreadable"])
def test_what_lies_there_no_more_is_left_to_its_event(newsroom: Newsroom, now: str | None) -> None:
    """A regeneration is no event of an article."""
    newsroom.articles.objects = {} if now is None else {ID: an_object(now)}

    assert newsroom.regenerate().outcome is Outcome.OUTDATED
    assert len(newsroom.revisions) == 1


def test_a_withdrawn_article_is_not_brought_back(newsroom: Newsroom) -> None:
    """Not even when the bucket has it again: that has an event."""
    newsroom.articles.objects.clear()
    newsroom.handle_event()
    newsroom.articles.objects[ID] = an_object()

    assert newsroom.regenerate().outcome is Outcome.OUTDATED
    assert newsroom.current.status is Status.WITHDRAWN


def test_an_article_that_was_never_answered_is_left_to_its_event() -> None:
    """The command has no sequencer."""
    assert Newsroom().regenerate().outcome is Outcome.OUTDATED


def test_one_article_of_a_package_is_regenerated(newsroom: Newsroom) -> None:
    """The others are left alone."""
    newsroom.upload(PACKAGE)
    part = ArticleId(f"{ID}/two")
    newsroom.model.script = [a_draft("Anew.", "Anew.")]

    [answer] = newsroom.summarize.regenerate(a_regeneration(article_id=part), an_attempt())

    assert (answer.article_id, answer.outcome) == (part, Outcome.GENERATED)
    assert newsroom.summaries.revisions[part][-1].standfirst == "Anew."
    assert len(newsroom.summaries.revisions[ArticleId(f"{ID}/one")]) == 1


def test_a_part_that_the_package_no_longer_holds_is_left_to_its_event(newsroom: Newsroom) -> None:
    """It is going to be withdrawn."""
    newsroom.upload(PACKAGE)
    newsroom.articles.objects[ID] = an_object(f"# one\n{STORY}\n# three\n{STORY}")

    [answer] = newsroom.summarize.regenerate(a_regeneration(article_id=f"{ID}/two"), an_attempt())

    assert answer.outcome is Outcome.OUTDATED


def meanwhile(happens: Callable[[], object]) -> Callable[[Article, Draft, HouseStyle], list[Finding]]:
    """A check that finds nothing, during which something happens, once."""
    left = [happens]

    def check(*_: object) -> list[Finding]:
        if left:
            left.pop()()
        return []

    return check


def test_a_person_who_edits_meanwhile_is_not_overwritten(newsroom: Newsroom) -> None:
    """It is redelivered, not paid again, and its text is then pending beside hers."""
    check = meanwhile(lambda: newsroom.says(Status.EDITED, standfirst=HERS))
    summarize = newsroom.summarize
    newsroom.summarize = replace(summarize, generate=replace(summarize.generate, check=check))

    with pytest.raises(RevisionConflict):
        newsroom.regenerate()
    again = newsroom.regenerate()

    assert again.outcome is Outcome.PENDING
    assert (newsroom.current.standfirst, newsroom.pending.standfirst) == (HERS, SECOND.texts["standfirst"])
    assert len(newsroom.model.assignments) == 2


def test_what_was_read_of_an_older_version_never_replaces_a_newer_one(newsroom: Newsroom) -> None:
    """A version that is uploaded, and answered by another worker, right after the older one was read."""
    summarize = newsroom.summarize

    def fetch_and_be_overtaken(upload: Upload) -> StoredObject:
        found = newsroom.articles.fetch(upload)
        put_and_handle(newsroom.articles, summarize, NEWER)
        return found

    newsroom.summarize = replace(summarize, articles=Overtaken(fetch_and_be_overtaken))

    with pytest.raises(RevisionConflict):
        newsroom.regenerate()
    assert newsroom.current.article.sequencer == "0B"


@dataclass
class Overtaken:
    """A bucket in which something happens while it is read."""

    fetch: Callable[[Upload], StoredObject]


def put_and_handle(articles: FakeArticles, summarize: SummarizeUpload, text: str) -> None:
    """Somebody else uploads ``text``, and another worker answers the event."""
    articles.objects[ID] = an_object(text)
    summarize(an_upload(sequencer="0B"), an_attempt())


def test_a_bucket_that_does_not_answer_has_the_regeneration_redelivered(newsroom: Newsroom) -> None:
    """The queue is what tries again."""
    newsroom.articles.objects[ID] = StoreUnavailable("throttled")

    with pytest.raises(StoreUnavailable):
        newsroom.regenerate()


TEXTS = [STORY, NEWER, ""]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["upload", "delete", "edit", "approve", "regeneration", "last regeneration"]), st.integers(0, 2)
    ),
    max_size=12,
)


UNPAID = (ModelUnavailable, BudgetSpent)


def moods() -> list[Draft | Exception]:
    """What a model has to say that cannot be had, or refuses, now and then."""
    troubles = [ModelUnavailable("busy"), BudgetSpent("spent"), ModelRefused("no")]
    drafts = [a_draft(f"Text {number}.", f"Summary {number}.") for number in range(20)]
    return [mood for number, draft in enumerate(drafts) for mood in (draft, troubles[number % 3])]


@given(STEPS)
def test_no_order_of_steps_replaces_human_authored_text(
    steps: Sequence[tuple[str, int]],
) -> None:
    """They are served, or kept for a deleted article's return; and no request is paid for twice about one text."""
    script = moods()
    newsroom = Newsroom(model=FakeSummarizer([*script], unpaid=UNPAID))
    newsroom.upload()
    hers: str | None = None
    for number, (step, which) in enumerate(steps):
        with suppress(ModelUnavailable):
            match step:
                case "upload":
                    newsroom.upload(TEXTS[which])
                case "delete":
                    newsroom.articles.objects.clear()
                    newsroom.handle_event()
                case "regeneration" | "last regeneration":
                    newsroom.regenerate(f"w{which}", is_last=step == "last regeneration")
                case _ if newsroom.current.has_text:
                    hers = f"Hers, {number}."
                    status = Status.EDITED if step == "edit" else Status.APPROVED
                    newsroom.says(status, standfirst=hers, stale=False, pending=None)

        if hers:
            kept = newsroom.current.last_reviewed
            of_person = newsroom.revisions[kept - 1] if kept else newsroom.current
            assert (of_person.standfirst, of_person.is_human_authored) == (hers, True)

    # Two texts can be read, and each may have been uploaded, and regenerated by three requests.
    answers = script[: len(newsroom.model.assignments)]
    paid = [answer for answer in answers if not isinstance(answer, UNPAID)]
    assert len(paid) == len(newsroom.log.kept) <= 2 * (1 + 3)


class StallingWriter(FakeWriter):
    """A writer that needs more than its share."""

    def write(self, article: Article, style: HouseStyle) -> Draft:  # noqa: ARG002 - the port's shape
        """Does not end by itself."""
        raise DocumentTooDemanding("It needs more than 6 seconds.")


def test_an_article_that_is_too_demanding_to_write_about_again_keeps_its_text(newsroom: Newsroom) -> None:
    """One attempt is enough, and what is served was within its share."""
    generate = replace(newsroom.summarize.generate, summarizer=None, fallback=StallingWriter())
    newsroom.summarize = replace(newsroom.summarize, generate=generate)

    answer = newsroom.regenerate()

    assert (answer.outcome, answer.reason) == (Outcome.UNCHANGED, "It needs more than 6 seconds.")
    assert newsroom.current.revision == 1
