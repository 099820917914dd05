"""A house style by which nothing is published before an editor has reviewed it."""

from dataclasses import replace

import pytest

from builders import STORY, an_attempt
from fakes import FakeClock
from request_case import FIRST, ID, KEY, SECOND, Newsroom
from standfirst.domain.article import ArticleId, Regeneration, Upgrade
from standfirst.domain.change_event import ChangeEventType, change_event_type
from standfirst.domain.errors import ModelUnusable
from standfirst.domain.listing import Listing
from standfirst.domain.queue import asks_for_editor
from standfirst.domain.record import Record, Status
from standfirst.domain.review import SummaryPatch
from standfirst.use_cases.apply_version import Outcome
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from standfirst.writing.house_style import load_styles
from use_case import find_no_evidence, find_nothing, only, read_lines

EVERYWHERE = "name: careful\nversion: '1'\npublish_without_review: false"
NOWHERE = "name: careful\nversion: '1'"
POLITICS = "prefixes: {politics/: careful}\nstyles: {careful: {version: '1', publish_without_review: false}}"


def a_newsroom(house_styles: str) -> Newsroom:
    """With these house styles, and an empty table."""
    newsroom = Newsroom()
    set_styles(newsroom, house_styles)
    return newsroom


def set_styles(newsroom: Newsroom, house_styles: str) -> None:
    """Deploy other house styles."""
    choose = load_styles(house_styles).for_article
    newsroom.worker = replace(newsroom.worker, choose_style=choose)
    newsroom.summarize = replace(newsroom.summarize, choose_style=choose)


def current(newsroom: Newsroom) -> Record:
    """What is served."""
    return newsroom.summaries.revisions[ID][-1]


def approve(newsroom: Newsroom) -> None:
    """An editor is content."""
    choose = newsroom.worker.choose_style
    check = CheckWords(ReadVersion(newsroom.articles, read_lines, prefix="in/"), choose, find_nothing, find_no_evidence)
    ReviewSummary(newsroom.summaries, check, FakeClock())(
        ID, SummaryPatch.model_validate({"status": "approved"}), lambda _: True, "an editor"
    )


def test_a_text_that_passed_every_check_needs_review() -> None:
    """The status says so alone: a finding would be one more thing to overrule, in every article."""
    newsroom = a_newsroom(EVERYWHERE)

    assert newsroom.upload(STORY, "0A") is Outcome.NEEDS_REVIEW

    assert (current(newsroom).standfirst, current(newsroom).findings) == (FIRST.texts["standfirst"], ())
    assert change_event_type(current(newsroom)) is ChangeEventType.NEEDS_REVIEW
    assert asks_for_editor(current(newsroom))


def test_it_is_published_once_an_editor_has_approved_it() -> None:
    """And not before."""
    newsroom = a_newsroom(EVERYWHERE)
    newsroom.upload(STORY, "0A")
    find = GetSummaries(newsroom.summaries, FakeClock())
    before = find.list_publishable(Listing(), None, 10).records

    approve(newsroom)

    assert before == []
    assert [each.article_id for each in find.list_publishable(Listing(), None, 10).records] == [ID]
    assert change_event_type(current(newsroom)) is ChangeEventType.READY


def test_so_does_a_text_that_a_person_asked_for() -> None:
    """It was written anew, and nobody has read it."""
    newsroom = a_newsroom(EVERYWHERE)
    newsroom.upload(STORY, "0A")

    command = Regeneration(ID, ID, "articles", KEY, "request 1", "an editor")
    outcome = only(newsroom.worker.regenerate(command, an_attempt(is_last=True))).outcome

    assert (outcome, current(newsroom).standfirst) == (Outcome.NEEDS_REVIEW, SECOND.texts["standfirst"])


def test_so_do_the_articles_own_sentences_and_what_the_model_writes_in_their_place() -> None:
    """Whoever wrote it."""
    newsroom = a_newsroom(EVERYWHERE)
    newsroom.model.script.insert(0, ModelUnusable("no key"))

    assert newsroom.upload(STORY, "0A") is Outcome.NEEDS_REVIEW
    upgraded = only(newsroom.worker.upgrade(Upgrade(ID, "articles", KEY), an_attempt())).outcome

    assert (upgraded, current(newsroom).standfirst) == (Outcome.NEEDS_REVIEW, FIRST.texts["standfirst"])


@pytest.mark.parametrize("article_id", [None, ID], ids=["not stored", "stored"])
def test_so_does_a_text_that_a_request_waits_for(article_id: ArticleId | None) -> None:
    """Whoever gets the answer has to have it reviewed, too."""
    done = a_newsroom(EVERYWHERE).post(article_id=article_id)

    assert (done.record.status, done.is_stored) == (Status.NEEDS_REVIEW, article_id is not None)


@pytest.mark.parametrize(
    ("article_id", "status"),
    [(ID, Status.NEEDS_REVIEW), (ArticleId("sport/derby.txt"), Status.GENERATED)],
    ids=["politics", "sport"],
)
def test_it_holds_for_the_articles_of_the_style(article_id: ArticleId, status: Status) -> None:
    """Others are published as ever."""
    assert a_newsroom(POLITICS).post(article_id=article_id).record.status is status


def test_switched_on_it_counts_for_a_text_that_exists_when_the_article_comes_again() -> None:
    """Under the same version of the style: nothing is paid for."""
    newsroom = a_newsroom(NOWHERE)
    newsroom.upload(STORY, "0A")
    set_styles(newsroom, EVERYWHERE)

    outcomes = [newsroom.upload(STORY, sequencer) for sequencer in ("0B", "0C")]

    assert outcomes == [Outcome.UPDATED, Outcome.UNCHANGED]
    published, now = newsroom.summaries.revisions[ID]
    assert (published.status, now.status) == (Status.GENERATED, Status.NEEDS_REVIEW)
    assert (now.texts, now.findings) == (published.texts, ())
    assert len(newsroom.model.assignments) == 1


def test_so_does_a_kind_of_article_that_is_reviewed_now() -> None:
    """With the finding that says why."""
    newsroom = a_newsroom(NOWHERE)
    newsroom.upload(STORY, "0A")
    set_styles(newsroom, f"{NOWHERE}\nkinds: {{news: review}}")

    newsroom.upload(STORY, "0B")

    assert current(newsroom).status is Status.NEEDS_REVIEW
    assert [finding.check for finding in current(newsroom).findings] == ["kind"]
    assert len(newsroom.model.assignments) == 1


def test_what_an_editor_approved_stays_approved() -> None:
    """Switching it on asks nobody twice."""
    newsroom = a_newsroom(NOWHERE)
    newsroom.upload(STORY, "0A")
    approve(newsroom)
    set_styles(newsroom, EVERYWHERE)

    assert newsroom.upload(STORY, "0B") is Outcome.UNCHANGED
    assert current(newsroom).status is Status.APPROVED


def test_switched_off_it_publishes_nothing_by_itself() -> None:
    """An editor still decides about what waits; only texts that are written from then on are published."""
    newsroom = a_newsroom(EVERYWHERE)
    newsroom.upload(STORY, "0A")
    set_styles(newsroom, NOWHERE)

    assert newsroom.upload(STORY, "0B") is Outcome.UNCHANGED
    assert current(newsroom).status is Status.NEEDS_REVIEW
