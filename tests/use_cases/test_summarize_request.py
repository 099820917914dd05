"""An article that somebody sends and waits for is answered in time, by the rules of an upload."""

from dataclasses import dataclass, replace

import pytest

from builders import STORY
from fakes import FakeGenerationCache, FakeSummaries, FakeSummarizer, FakeWriter
from request_case import FIRST, ID, KEY, SECOND, Newsroom, a_document
from standfirst.domain.article import ArticleId, Document, Upload
from standfirst.domain.errors import (
    BudgetSpent,
    EmptyDocument,
    InvalidField,
    ModelBusy,
    ModelDown,
    ModelRefused,
    ModelSwitchedOff,
    NoServableText,
    NotOneArticle,
    StoreUnavailable,
)
from standfirst.domain.ports import Stored, Transition
from standfirst.domain.record import Degraded, Status
from standfirst.domain.usage import Usage
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.summarize_request import refuse_unfit_id

HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."
FIRST_SENTENCE = STORY.split("\n\n", maxsplit=1)[0]


# ----------------------------------------------------------------------------------------------------------------------
# Without an id
# ----------------------------------------------------------------------------------------------------------------------


def test_an_article_without_an_id_is_answered_and_stored_nowhere(newsroom: Newsroom) -> None:
    """Neither in the bucket nor in the table."""
    summarized = newsroom.post(article_id=None)

    record = summarized.record
    assert (record.standfirst, record.status, summarized.is_stored) == (
        FIRST.texts["standfirst"],
        Status.GENERATED,
        False,
    )
    assert (record.article_id, record.revision, record.updated_by) == ("", 1, "a caller")
    assert (record.article.bucket, record.article.key, record.article.words) == (None, "", 45)
    assert (newsroom.articles.objects, newsroom.summaries.revisions) == ({}, {})


def test_an_article_without_an_id_is_paid_once(newsroom: Newsroom) -> None:
    """By whatever name it comes later."""
    newsroom.post(article_id=None)

    newsroom.post()

    assert len(newsroom.model.assignments) == 1


# ----------------------------------------------------------------------------------------------------------------------
# With an id
# ----------------------------------------------------------------------------------------------------------------------


def test_an_article_with_an_id_is_put_into_the_bucket_and_stored(newsroom: Newsroom) -> None:
    """The bucket is the source of truth; who sent it stands on the revision."""
    summarized = newsroom.post()

    record = summarized.record
    assert (summarized.is_stored, summarized.is_new) == (True, True)
    assert (record.standfirst, record.revision, record.updated_by) == (FIRST.texts["standfirst"], 1, "a caller")
    assert (record.article.bucket, record.article.key, record.article.etag) == ("articles", KEY, "put 1")
    assert newsroom.revisions == [record]
    assert newsroom.articles.objects[KEY].document == replace(a_document(), name=KEY)  # type: ignore[union-attr]


def test_the_text_is_paid_for_before_anybody_can_hear_of_the_article(newsroom: Newsroom) -> None:
    """A worker that answers the event at once neither waits for us nor makes us wait."""
    put, paid = newsroom.articles.put, []

    def put_and_count(bucket: str, document: Document, request_id: str) -> None:
        paid.append(len(newsroom.log.kept))
        put(bucket, document, request_id)
        newsroom.handle_event("0B")

    newsroom.articles.put = put_and_count  # type: ignore[method-assign]

    record = newsroom.post().record

    assert (record.updated_by, record.article.sequencer) == ("a caller", "0B")
    assert (paid, newsroom.waits, len(newsroom.model.assignments)) == ([1], [], 1)


def test_the_event_of_what_was_put_finds_it_answered(newsroom: Newsroom) -> None:
    """Though nobody knew of it before, and an older one is outdated from then on."""
    newsroom.post()

    assert newsroom.handle_event("0B") is Outcome.UNCHANGED
    assert newsroom.handle_event("0A") is Outcome.OUTDATED
    assert (len(newsroom.revisions), len(newsroom.model.assignments)) == (1, 1)


def test_the_same_article_again_is_answered_with_what_is_stored(newsroom: Newsroom) -> None:
    """It is paid once, and new once."""
    first = newsroom.post()

    again = newsroom.post()

    assert (again.record, again.is_stored, again.is_new) == (first.record, True, False)
    assert len(newsroom.model.assignments) == 1


def test_another_text_under_the_same_id_is_its_next_revision(newsroom: Newsroom) -> None:
    """It answers the same events as before: the one of what was put is still to come."""
    newsroom.upload(STORY, "0A")

    summarized = newsroom.post(NEWER)

    assert (summarized.record.standfirst, summarized.record.revision) == (SECOND.texts["standfirst"], 2)
    assert (summarized.is_new, summarized.record.article.sequencer) == (False, "0A")
    assert newsroom.handle_event("0B") is Outcome.UNCHANGED


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED])
def test_human_authored_text_stays_and_the_new_text_is_pending(newsroom: Newsroom, status: Status) -> None:
    """The answer is what is served, with the number of the pending revision."""
    newsroom.upload(STORY, "0A")
    newsroom.says(status, standfirst=HERS)

    record = newsroom.post(NEWER).record

    assert (record.standfirst, record.status, record.stale) == (HERS, status, True)
    assert record.pending == 3
    assert (newsroom.revisions[2].standfirst, newsroom.revisions[3]) == (SECOND.texts["standfirst"], record)


def test_what_is_pending_already_is_not_written_again(newsroom: Newsroom) -> None:
    """The same article is sent twice."""
    newsroom.upload(STORY, "0A")
    newsroom.says(Status.EDITED, standfirst=HERS)
    first = newsroom.post(NEWER)

    assert newsroom.post(NEWER).record == first.record
    assert len(newsroom.model.assignments) == 2


def test_an_article_that_was_deleted_comes_back(newsroom: Newsroom) -> None:
    """The event of its deletion may come late: the bucket is asked what is there."""
    newsroom.upload(STORY, "0A")
    newsroom.articles.objects.clear()
    newsroom.handle_event("0B")

    summarized = newsroom.post()

    assert (summarized.record.status, summarized.record.revision, summarized.is_new) == (Status.GENERATED, 3, False)
    assert newsroom.handle_event("0BB") is Outcome.UNCHANGED


# ----------------------------------------------------------------------------------------------------------------------
# What cannot be summarised
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (a_document(""), EmptyDocument),
        (a_document(style="tabloid"), InvalidField),
        (a_document(f"# one\n{STORY}\n# two\n{STORY}"), NotOneArticle),
        (a_document(f"# one\n{STORY}\n# two\n"), NotOneArticle),
    ],
    ids=["unreadable", "unknown style", "a package", "a package of which one is readable"],
)
@pytest.mark.parametrize("article_id", [None, ID], ids=["without an id", "with an id"])
def test_what_cannot_be_read_is_an_error_for_the_caller(
    newsroom: Newsroom, document: Document, error: type[Exception], article_id: ArticleId | None
) -> None:
    """Nothing is stored, and nothing paid."""
    with pytest.raises(error):
        newsroom.summarize(document, article_id, "a caller", lambda: 25.0)

    assert (newsroom.articles.objects, newsroom.summaries.revisions, newsroom.model.assignments) == ({}, {}, [])


@pytest.mark.parametrize("article_id", [None, ID], ids=["without an id", "with an id"])
def test_an_article_of_which_nothing_may_be_served_is_an_error_for_the_caller(article_id: ArticleId | None) -> None:
    """The bucket and the table stay as they are."""
    newsroom = Newsroom(model=FakeSummarizer([ModelRefused("It declined.")]), writer=FakeWriter(text=""))

    with pytest.raises(NoServableText):
        newsroom.summarize(a_document(), article_id, "a caller", lambda: 25.0)

    assert (newsroom.articles.objects, newsroom.summaries.revisions) == ({}, {})


@pytest.mark.parametrize(
    "article_id",
    ["", "/a", "a/", "a//b", ".", "a/../b", "./a", "a\nb", "a\x7f", "a\ud800", "ü" * 511],
    ids=[
        "nothing",
        "slash first",
        "slash last",
        "two slashes",
        "a dot",
        "dots",
        "dot first",
        "a line",
        "delete",
        "half a character",
        "too long behind the prefix",
    ],
)
def test_an_id_that_no_object_can_have_is_refused(newsroom: Newsroom, article_id: str) -> None:
    """Before anything is paid."""
    with pytest.raises(InvalidField) as caught:
        newsroom.post(article_id=ArticleId(article_id))

    assert caught.value.field == "article_id"
    assert (newsroom.articles.objects, newsroom.model.assignments) == ({}, [])


@pytest.mark.parametrize(
    "article_id", ["a", "Élysée/日本 🚢 + 100%.txt", "...", "a/.b", "a..b/c", "ü" * 510 + "x"], ids=ascii
)
def test_any_other_id_will_do(article_id: str) -> None:
    """As long as S3 takes it."""
    refuse_unfit_id(ArticleId(article_id), "in/")


# ----------------------------------------------------------------------------------------------------------------------
# In time
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("article_id", [None, ID], ids=["without an id", "with an id"])
@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ModelDown("too late"), Degraded.MODEL_UNAVAILABLE),
        (ModelBusy("busy", retry_after=60), Degraded.MODEL_UNAVAILABLE),
        (ModelSwitchedOff("open"), Degraded.MODEL_UNAVAILABLE),
        (BudgetSpent("spent"), Degraded.BUDGET),
        (ModelRefused("no"), Degraded.REFUSED),
    ],
    ids=["down", "busy for long", "breaker open", "budget spent", "refused"],
)
def test_the_articles_own_sentences_answer_where_the_model_does_not(
    newsroom: Newsroom, article_id: ArticleId | None, error: Exception, why: Degraded
) -> None:
    """Nobody waits, or asks again, where the model does not say when it can be had, or says that it is a long time."""
    newsroom.model.script = [error]

    record = newsroom.post(article_id=article_id).record

    assert record.made_by
    assert (record.standfirst, record.made_by.degraded, newsroom.waits) == (FIRST_SENTENCE, why, [])


def test_a_model_that_can_be_had_in_a_moment_is_waited_for(newsroom: Newsroom) -> None:
    """As long as there is time for it to write."""
    newsroom.model.script = [ModelBusy("busy", retry_after=3), FIRST]

    assert newsroom.post().record.standfirst == FIRST.texts["standfirst"]
    assert newsroom.waits == [3]


def test_a_model_is_not_waited_for_when_it_would_have_no_time_to_write(newsroom: Newsroom) -> None:
    """It would be paid for, and not waited for."""
    newsroom.model.script = [ModelBusy("busy", retry_after=3)] * 9

    newsroom.post()

    # 25 seconds less two waits leave 19; a third one would leave less than a call needs.
    assert newsroom.waits == [3, 3]


def test_a_call_that_was_not_answered_in_time_may_cost_something_all_the_same(newsroom: Newsroom) -> None:
    """Nobody knows what, and the record says so."""
    newsroom.model.script, newsroom.model.bills, newsroom.model.unpaid = [ModelDown("late")], [Usage(cost_usd=None)], ()

    record = newsroom.post().record

    assert record.usage
    assert record.usage.cost_usd is None


def test_the_model_replaces_the_fallbacks_text_when_the_event_comes(newsroom: Newsroom) -> None:
    """The worker has more time."""
    newsroom.model.script = [ModelDown("too late"), FIRST]
    newsroom.post()

    assert newsroom.handle_event("0B") is Outcome.GENERATED
    assert newsroom.revisions[-1].standfirst == FIRST.texts["standfirst"]


def test_somebody_else_who_writes_about_the_same_text_is_waited_for(newsroom: Newsroom) -> None:
    """It is paid once."""
    mark = paid_by_somebody_else(newsroom)
    newsroom.meanwhile = [lambda: None, lambda: newsroom.log.in_progress.discard(mark)]

    assert newsroom.post().record.standfirst == FIRST.texts["standfirst"]
    assert len(newsroom.waits) == 2


def test_somebody_else_who_writes_for_too_long_is_not_waited_for(newsroom: Newsroom) -> None:
    """The answer still comes in time."""
    paid_by_somebody_else(newsroom)

    record = newsroom.post().record

    assert record.standfirst == FIRST_SENTENCE
    assert newsroom.seconds >= 2


def paid_by_somebody_else(newsroom: Newsroom) -> str:
    """The key under which somebody is generating the summary at this moment."""
    elsewhere = FakeGenerationCache()
    Newsroom(log=elsewhere).post(article_id=None)
    [mark] = elsewhere.kept
    newsroom.log.in_progress.add(mark)
    return mark


# ----------------------------------------------------------------------------------------------------------------------
# The stores
# ----------------------------------------------------------------------------------------------------------------------


def test_a_store_that_stumbles_is_asked_again(newsroom: Newsroom) -> None:
    """What was written is not written again."""
    newsroom.summarize = replace(newsroom.summarize, summaries=Stumbling(newsroom.summaries, 1))

    assert newsroom.post().record.standfirst == FIRST.texts["standfirst"]
    assert (len(newsroom.model.assignments), newsroom.waits) == (1, [0.25])


def test_a_store_that_does_not_answer_is_an_error_for_the_caller(newsroom: Newsroom) -> None:
    """While there is still time to say it."""
    newsroom.summarize = replace(newsroom.summarize, summaries=Stumbling(newsroom.summaries, 1_000))

    with pytest.raises(StoreUnavailable):
        newsroom.post()
    assert newsroom.seconds >= 2


@dataclass
class Stumbling(FakeSummaries):
    """A table that does not take the first so many records."""

    def __init__(self, summaries: FakeSummaries, stumbles: int) -> None:
        """Over the same table."""
        super().__init__(summaries.revisions, summaries.processed, summaries.packages, summaries.due, summaries.claimed)
        self.stumbles = stumbles

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """Or not."""
        if self.stumbles and transition:
            self.stumbles -= 1
            raise StoreUnavailable("throttled")
        super().apply(transition, expected, event)
