"""The story of a reader, told with fakes."""

import pytest

from builders import a_record
from fakes import FakeSummaries
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import ArticleWithdrawn, InvalidField, SummaryNotFound
from standfirst.domain.record import Status
from standfirst.find_summaries import FindSummaries

ID = ArticleId("politics/ferry.txt")


@pytest.fixture
def summaries() -> FakeSummaries:
    """A table with one article in two revisions."""
    store = FakeSummaries()
    store.save(a_record(sequencer="0A"))
    store.save(a_record(sequencer="0B", revision=2, minutes=1))
    return store


@pytest.fixture
def find(summaries: FakeSummaries) -> FindSummaries:
    """The story over that table."""
    return FindSummaries(summaries)


def test_the_newest_revision_is_served(find: FindSummaries) -> None:
    """Unless another one is asked for."""
    assert find.one(ID).revision == 2
    assert find.one(ID, revision=1).revision == 1


@pytest.mark.parametrize(("article_id", "revision"), [("nothing", None), (ID, 3)], ids=["article", "revision"])
def test_what_is_not_there_is_not_found(find: FindSummaries, article_id: ArticleId, revision: int | None) -> None:
    """The error names it."""
    with pytest.raises(SummaryNotFound, match=article_id):
        find.one(article_id, revision)


def test_an_id_longer_than_any_key_is_not_found(find: FindSummaries) -> None:
    """DynamoDB would refuse to look."""
    with pytest.raises(SummaryNotFound):
        find.one(ArticleId("ü" * 1024))


def test_a_withdrawn_article_is_gone_but_its_history_is_not(find: FindSummaries, summaries: FakeSummaries) -> None:
    """410 for the article, its older revisions stay readable."""
    summaries.save(a_record(sequencer="0C", revision=3, status=Status.WITHDRAWN))

    with pytest.raises(ArticleWithdrawn):
        find.one(ID)
    assert find.one(ID, revision=1).revision == 1


def test_pages_hold_every_summary_once_newest_first() -> None:
    """Also when a new one arrives between two pages."""
    store = FakeSummaries()
    for minutes in range(5):
        store.save(a_record(f"a{minutes}", minutes=minutes))
    find = FindSummaries(store)

    first = find.newest(None, None, limit=2)
    store.save(a_record("late", minutes=9))
    second = find.newest(None, first.cursor, limit=2)
    third = find.newest(None, second.cursor, limit=2)

    pages = [[record.article_id for record in page.records] for page in (first, second, third)]
    assert pages == [["a4", "a3"], ["a2", "a1"], ["a0"]]
    assert third.cursor is None


def test_a_full_last_page_has_no_cursor(find: FindSummaries) -> None:
    """A cursor promises that there is more."""
    assert find.newest(None, None, limit=1).cursor is None


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "!!!!", "bnVsbA", "W10", "WzEsMl0", "ä", "A" * 10_000, "W1tbW1tbW1tbW1tbW1tbW1tb", "W251bGwsIiJd"],
    ids=["empty", "short", "no base64", "null", "empty list", "numbers", "umlaut", "long", "nested", "no position"],
)
def test_a_cursor_that_is_not_ours_is_refused(find: FindSummaries, cursor: str) -> None:
    """With one clear error, whatever it holds."""
    with pytest.raises(InvalidField):
        find.newest(None, cursor, limit=1)


def test_a_cursor_of_another_list_is_refused() -> None:
    """A page of one status does not go on in another."""
    store = FakeSummaries()
    for name in ("a", "b"):
        store.save(a_record(name))
    find = FindSummaries(store)

    with pytest.raises(InvalidField, match="another list"):
        find.newest(Status.FAILED, find.newest(None, None, limit=1).cursor, limit=1)
