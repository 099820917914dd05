"""Somebody else uploads, edits, deletes or writes while a request is being answered."""

from dataclasses import replace

import pytest

from builders import STORY, an_attempt, an_object
from request_case import ID, KEY, SECOND, THIRD, Newsroom
from standfirst.domain.article import ArticleId, Document, Upload
from standfirst.domain.errors import (
    ArticleWithdrawn,
    InvalidField,
    RevisionConflict,
)
from standfirst.domain.record import Status
from standfirst.use_cases.apply_version import Outcome

HERS = "Brackenford gets its ferry back, seven years on."
NEWER = "The ferry across the Sele will not return, the town council of Brackenford said on Friday."


def test_a_worker_who_saves_first_has_answered_for_us(newsroom: Newsroom) -> None:
    """The event of our own upload is quick; its text was paid for before, and is credited to the caller."""
    newsroom.after_look(lambda: newsroom.handle_event("0B"))

    summarized = newsroom.post()

    assert (summarized.record.updated_by, summarized.record.article.sequencer) == ("a caller", "0B")
    assert summarized.is_new
    assert (len(newsroom.revisions), len(newsroom.model.assignments)) == (1, 1)


def test_a_worker_that_has_claimed_the_event_stores_the_first_revision(newsroom: Newsroom) -> None:
    """Only the worker knows which parts the document had; we look again until it is there."""
    newsroom.after_look(lambda: newsroom.summaries.claim_event(ID, "0B"))
    newsroom.meanwhile = [lambda: None, lambda: newsroom.handle_event("0B")]

    record = newsroom.post().record

    assert (record.updated_by, record.article.sequencer) == ("a caller", "0B")
    assert newsroom.waits == [0.25, 0.25]


def test_a_worker_who_never_comes_to_an_end_is_not_waited_for(newsroom: Newsroom) -> None:
    """The article lies in the bucket, its text is paid for, and a second request is answered at once."""
    newsroom.summaries.claim_event(ID, "0B")

    with pytest.raises(RevisionConflict):
        newsroom.post()

    assert 2 <= newsroom.seconds < 4
    assert KEY in newsroom.articles.objects


def test_a_newer_upload_wins_and_is_what_is_answered(newsroom: Newsroom) -> None:
    """The article that was sent is no longer what lies in the bucket."""
    newsroom.upload(STORY, "0A")
    newsroom.after_look(lambda: newsroom.upload("Something newer still is said of the ferry.", "0C"))

    record = newsroom.post(NEWER).record

    assert record == newsroom.revisions[-1]
    assert (record.standfirst, record.article.etag) == (THIRD.texts["standfirst"], "e0C")


def test_a_newer_upload_whose_event_is_late_is_answered_all_the_same(newsroom: Newsroom) -> None:
    """What lies in the bucket is what counts."""
    put = newsroom.articles.put

    def put_and_be_overtaken(bucket: str, document: Document, request_id: str) -> None:
        put(bucket, document, request_id)
        newsroom.articles.objects[KEY] = an_object(NEWER, name=KEY, etag="e2")

    newsroom.articles.put = put_and_be_overtaken  # type: ignore[method-assign]

    record = newsroom.post(STORY).record

    assert (record.standfirst, record.article.etag) == (SECOND.texts["standfirst"], "e2")
    assert newsroom.handle_event("0B") is Outcome.UNCHANGED


def test_a_person_who_edits_meanwhile_is_not_overwritten(newsroom: Newsroom) -> None:
    """We look again, and her words stay."""
    newsroom.upload(STORY, "0A")
    newsroom.after_look(lambda: newsroom.says(Status.EDITED, standfirst=HERS))

    record = newsroom.post(NEWER).record

    assert (record.standfirst, record.stale) == (HERS, True)
    assert len(newsroom.model.assignments) == 2


def test_an_article_that_is_deleted_meanwhile_is_said_to_be(newsroom: Newsroom) -> None:
    """An event tells the worker."""
    put = newsroom.articles.put

    def put_and_delete(bucket: str, document: Document, request_id: str) -> None:
        put(bucket, document, request_id)
        newsroom.articles.objects.clear()

    newsroom.articles.put = put_and_delete  # type: ignore[method-assign]

    with pytest.raises(ArticleWithdrawn):
        newsroom.post()
    assert newsroom.summaries.revisions == {}


def test_an_id_that_belongs_to_an_article_of_a_package_is_refused(newsroom: Newsroom) -> None:
    """Before anything is put or paid; once the package is gone the id is free."""
    wire = Upload(ArticleId("politics"), "articles", "in/politics", "0C")
    package = an_object(f"# {ID.removeprefix('politics/')}\n{NEWER}\n# two\n{STORY}", name=wire.key)
    newsroom.articles.objects[wire.key] = package
    newsroom.worker(wire, an_attempt())
    paid = len(newsroom.model.assignments)

    with pytest.raises(InvalidField, match=f"object {wire.key}, not {KEY}"):
        newsroom.post()
    assert (newsroom.articles.puts, len(newsroom.model.assignments)) == (0, paid)
    del newsroom.articles.objects[wire.key]
    newsroom.worker(replace(wire, sequencer="0D"), an_attempt())

    record = newsroom.post().record

    assert (record.article.key, record.status, record.revision) == (KEY, Status.GENERATED, 3)
    assert newsroom.handle_event("0A") is Outcome.UNCHANGED


def test_an_article_that_has_an_id_of_its_own_is_not_sent_under_that_of_its_package(newsroom: Newsroom) -> None:
    """It would have two."""
    newsroom.articles.objects[KEY] = an_object(f"# one\n{STORY}\n# two\n{NEWER}", name=KEY)
    newsroom.worker(Upload(ID, "articles", KEY, "0A"), an_attempt())

    with pytest.raises(InvalidField, match=f"{ID}/one"):
        newsroom.post(f"# one\n{NEWER}")


def test_a_package_that_takes_its_place_meanwhile_is_left_to_its_event(newsroom: Newsroom) -> None:
    """The caller that sends the article again is the latest."""
    put = newsroom.articles.put

    def put_and_be_overtaken(bucket: str, document: Document, request_id: str) -> None:
        put(bucket, document, request_id)
        newsroom.articles.objects[KEY] = an_object(f"# one\n{STORY}\n# two\n{NEWER}", name=KEY)

    newsroom.articles.put = put_and_be_overtaken  # type: ignore[method-assign]

    with pytest.raises(RevisionConflict, match="package"):
        newsroom.post()
    assert newsroom.summaries.revisions == {}


def test_an_article_where_a_package_was_is_stored_by_its_event(newsroom: Newsroom) -> None:
    """Which knows the parts that have to go."""
    newsroom.articles.objects[KEY] = an_object(f"# one\n{STORY}\n# two\n{NEWER}", name=KEY)
    newsroom.worker(Upload(ID, "articles", KEY, "0A"), an_attempt())
    newsroom.meanwhile = [lambda: newsroom.worker(Upload(ID, "articles", KEY, "0B"), an_attempt())]

    record = newsroom.post().record

    assert (record.article_id, record.status) == (ID, Status.GENERATED)
    assert newsroom.summaries.revisions[ArticleId(f"{ID}/one")][-1].status is Status.WITHDRAWN
