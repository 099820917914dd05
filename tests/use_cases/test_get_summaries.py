"""``GetSummaries`` over fakes."""

from datetime import timedelta

import pytest

from builders import MORNING, a_record, save
from fakes import FakeClock, FakeSummaries
from standfirst.domain.article import ArticleId
from standfirst.domain.cursor import write_cursor
from standfirst.domain.errors import ArticleWithdrawn, InvalidField, SummaryNotFound
from standfirst.domain.listing import Listing
from standfirst.domain.record import MAX_REVISION, Record, Status
from standfirst.domain.revisions import Stamp, with_pending_revision
from standfirst.use_cases.get_summaries import GetSummaries

ID = ArticleId("politics/ferry.txt")


@pytest.fixture
def summaries() -> FakeSummaries:
    """A table with one article in two revisions."""
    store = FakeSummaries()
    save(store, a_record(sequencer="0A"))
    save(store, a_record(sequencer="0B", revision=2, minutes=1))
    return store


@pytest.fixture
def find(summaries: FakeSummaries) -> GetSummaries:
    """The use case over that table."""
    return GetSummaries(summaries, FakeClock())


def a_list(*names: str) -> GetSummaries:
    """The use case over a table with those articles, a minute apart."""
    store = FakeSummaries()
    for minutes, name in enumerate(names):
        save(store, a_record(name, minutes=minutes))
    return GetSummaries(store, FakeClock())


def embargoed(until: str) -> Record:
    """A record of an article under embargo."""
    record = a_record("secret")
    return record.model_copy(update={"article": record.article.model_copy(update={"embargoed_until": until})})


def test_the_newest_revision_is_served(find: GetSummaries) -> None:
    """Unless another one is asked for."""
    assert find.get(ID).revision == 2
    assert find.get(ID, revision=1).revision == 1


@pytest.mark.parametrize(("article_id", "revision"), [("nothing", None), (ID, 3)], ids=["article", "revision"])
def test_what_is_not_there_is_not_found(find: GetSummaries, article_id: ArticleId, revision: int | None) -> None:
    """The error names it."""
    with pytest.raises(SummaryNotFound, match=article_id):
        find.get(article_id, revision)


def test_an_id_longer_than_any_key_is_not_found(find: GetSummaries) -> None:
    """DynamoDB would refuse to look."""
    with pytest.raises(SummaryNotFound):
        find.get(ArticleId("ü" * 1025))
    with pytest.raises(SummaryNotFound):
        find.get_publishable(ArticleId("ü" * 1025))
    with pytest.raises(SummaryNotFound):
        find.history(ArticleId("ü" * 1025), None, limit=1)


def test_a_withdrawn_article_is_withheld_from_all_but_reviewers(find: GetSummaries, summaries: FakeSummaries) -> None:
    """With its older revisions and its history, which have the texts."""
    save(summaries, a_record(sequencer="0C", revision=3, status=Status.WITHDRAWN))

    for ask in (find.get, find.get_publishable):
        for revision in (None, 1, 3):
            with pytest.raises(ArticleWithdrawn):
                ask(ID, revision)
    with pytest.raises(ArticleWithdrawn):
        find.history(ID, None, 10)
    assert [find.get_for_review(ID, revision).revision for revision in (None, 1, 3)] == [3, 1, 3]
    assert [each.revision for each in find.history_for_review(ID, None, 10).revisions] == [3, 2, 1]


def test_an_article_that_came_back_has_its_history_again(find: GetSummaries, summaries: FakeSummaries) -> None:
    """Nothing was erased."""
    save(summaries, a_record(sequencer="0C", revision=3, status=Status.WITHDRAWN))
    save(summaries, a_record(sequencer="0D", revision=4))

    assert find.get(ID, 1).revision == 1
    assert len(find.history(ID, None, 10).revisions) == 4


def test_what_may_be_published_is_found(find: GetSummaries, summaries: FakeSummaries) -> None:
    """The newest revision, or the one asked for."""
    save(summaries, embargoed("2026-03-03T09:00:30Z"))

    assert find.get_publishable(ID).revision == 2
    assert find.get_publishable(ID, revision=1).revision == 1
    assert find.get_publishable(ArticleId("secret")).revision == 1


@pytest.mark.parametrize(
    "record",
    [
        a_record("secret", status=Status.NEEDS_REVIEW),
        a_record("secret", status=Status.REJECTED),
        a_record("secret", status=Status.FAILED),
        embargoed("2026-03-03T10:00:00Z"),
    ],
    ids=["needs review", "rejected", "failed", "embargo"],
)
def test_what_may_not_be_published_is_not_found(record: Record) -> None:
    """Whichever way it is asked for; the error says nothing of the text."""
    store = FakeSummaries()
    save(store, record)
    find = GetSummaries(store, FakeClock())

    for revision in (None, 1):
        with pytest.raises(SummaryNotFound, match="of secret that may be published now"):
            find.get_publishable(ArticleId("secret"), revision)


def test_what_was_withdrawn_is_gone_also_for_a_publishing_caller(find: GetSummaries, summaries: FakeSummaries) -> None:
    """So that it is taken down."""
    save(summaries, a_record(sequencer="0C", revision=3, status=Status.WITHDRAWN))

    with pytest.raises(ArticleWithdrawn):
        find.get_publishable(ID)


def test_what_holds_the_article_back_now_holds_back_its_older_revisions(
    find: GetSummaries, summaries: FakeSummaries
) -> None:
    """An embargo that came later, and the article's end."""
    later = embargoed("2026-03-03T10:00:00Z").article.embargoed_until
    newest = a_record(sequencer="0C", revision=3)
    source = newest.article.model_copy(update={"embargoed_until": later})
    save(summaries, newest.model_copy(update={"article": source}))

    with pytest.raises(SummaryNotFound):
        find.get_publishable(ID, revision=1)
    save(summaries, a_record(sequencer="0D", revision=4, status=Status.WITHDRAWN))
    with pytest.raises(ArticleWithdrawn):
        find.get_publishable(ID, revision=1)


def test_pages_hold_every_summary_once_newest_first() -> None:
    """Also when a new one arrives between two pages."""
    store = FakeSummaries()
    for minutes in range(5):
        save(store, a_record(f"a{minutes}", minutes=minutes))
    find = GetSummaries(store, FakeClock())

    first = find.list_by_updated(Listing(), None, limit=2)
    save(store, a_record("late", minutes=9))
    second = find.list_by_updated(Listing(), first.cursor, limit=2)
    third = find.list_by_updated(Listing(), second.cursor, limit=2)

    pages = [[record.article_id for record in page.records] for page in (first, second, third)]
    assert pages == [["a4", "a3"], ["a2", "a1"], ["a0"]]
    assert third.cursor is None


def test_a_full_last_page_has_no_cursor(find: GetSummaries) -> None:
    """A cursor promises that there is more."""
    assert find.list_by_updated(Listing(), None, limit=1).cursor is None


def test_a_list_may_begin_at_a_moment() -> None:
    """What changed then is part of it, page by page."""
    find = a_list("a", "b", "c", "d")
    since = MORNING + timedelta(minutes=1)

    first = find.list_by_updated(Listing(None, since), None, limit=2)
    second = find.list_by_updated(Listing(None, since), first.cursor, limit=2)

    assert [record.article_id for record in (*first.records, *second.records)] == ["d", "c", "b"]
    assert second.cursor is None


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!!!!",
        "bnVsbA",
        "W10",
        "WzEsMl0",
        "ä",
        "A" * 10_000,
        "W1tbW1tbW1tbW1tbW1tbW1tb",
        "W251bGwsIiJd",
        write_cursor("summaries None None", "2026"),
        write_cursor("summaries None None", "2026-03-03T09:00:00.000Z#0123456789abcdef\n"),
    ],
    ids=[
        "empty",
        "short",
        "no base64",
        "null",
        "empty list",
        "numbers",
        "umlaut",
        "long",
        "nested",
        "no position",
        "half a position",
        "more than a position",
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(find: GetSummaries, cursor: str) -> None:
    """With one clear error, whatever it holds."""
    with pytest.raises(InvalidField):
        find.list_by_updated(Listing(), cursor, limit=1)


def test_a_cursor_of_another_list_is_refused() -> None:
    """A page of one status, or since one moment, does not go on in another."""
    find = a_list("a", "b")
    everything = find.list_by_updated(Listing(), None, limit=1).cursor
    recent = find.list_by_updated(Listing(None, MORNING), None, limit=1).cursor
    assert everything
    assert recent

    for status, since, cursor in (
        (Status.FAILED, None, everything),
        (None, MORNING, everything),
        (None, None, recent),
        (None, MORNING + timedelta(seconds=1), recent),
    ):
        with pytest.raises(InvalidField, match="another list"):
            find.list_by_updated(Listing(status, since), cursor, limit=1)


def a_long_history() -> GetSummaries:
    """An article with an edited text, and two newer versions that became pending."""
    store = FakeSummaries()
    save(store, a_record(sequencer="0A"))
    human_authored = a_record(sequencer="0B", revision=2, status=Status.EDITED, minutes=1)
    save(store, human_authored)
    for number in (4, 6):
        pending = a_record(sequencer=f"0C{number}", revision=number - 1, minutes=number)
        pending = pending.model_copy(update={"content_hash": f"of {number}", "standfirst": f"Newer {number}."})
        stamp = Stamp(ID, number, pending.updated_at, "tests")
        save(store, with_pending_revision(human_authored, stamp, pending), pending)
    save(store, a_record(sequencer="0D", revision=7, status=Status.WITHDRAWN, minutes=9))
    return GetSummaries(store, FakeClock())


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 100])
def test_pages_of_a_history_hold_every_revision_once_newest_first(limit: int) -> None:
    """Each beside the one that it follows, wherever a page ends; also of an article that was withdrawn."""
    find = a_long_history()

    pages = [find.history_for_review(ID, None, limit)]
    while pages[-1].cursor is not None:
        pages.append(find.history_for_review(ID, pages[-1].cursor, limit))

    revisions = [revision for page in pages for revision in page.revisions]
    assert len(pages) == -(-7 // limit)
    assert [revision.revision for revision in revisions] == [7, 6, 5, 4, 3, 2, 1]
    assert [revision.follows for revision in revisions] == [6, 4, 4, 2, 2, 1, None]
    assert revisions == list(find.history_for_review(ID, None, 100).revisions)


def test_a_history_tells_each_change_from_what_was_there_before() -> None:
    """Not from what waited beside it."""
    revisions = a_long_history().history_for_review(ID, None, 100).revisions

    changes = [{change.field: (change.before, change.after) for change in each.changes} for each in revisions]
    assert changes[1] == {"pending": (3, 5)}
    assert changes[3] == {"stale": (False, True), "pending": (None, 3)}
    assert changes[4]["standfirst"] == ("The ferry across the Sele is to return in June.", "Newer 4.")
    assert changes[5] == {"status": ("generated", "edited")}
    assert changes[6]["status"] == (None, "generated")


def test_a_history_goes_on_where_it_was_when_a_revision_comes_between(summaries: FakeSummaries) -> None:
    """Nothing is listed twice."""
    find = GetSummaries(summaries, FakeClock())
    first = find.history(ID, None, limit=1)
    save(summaries, a_record(sequencer="0C", revision=3, minutes=2))

    second = find.history(ID, first.cursor, limit=1)

    assert [revision.revision for revision in (*first.revisions, *second.revisions)] == [2, 1]
    assert second.cursor is None


def test_the_history_of_an_unknown_article_is_not_found(find: GetSummaries) -> None:
    """An empty list would say that there is one."""
    with pytest.raises(SummaryNotFound, match="nothing"):
        find.history(ArticleId("nothing"), None, limit=1)


@pytest.mark.parametrize("number", ["", "0", "-1", "+1", " 1", "1.0", "x", "²", "٣", str(MAX_REVISION + 1), "9" * 99])
def test_a_cursor_without_a_number_is_refused(find: GetSummaries, number: str) -> None:
    """Python would take some of these for one."""
    with pytest.raises(InvalidField):
        find.history(ID, write_cursor(f"revisions {ID}", number), limit=1)


def test_a_cursor_of_another_history_is_refused(find: GetSummaries, summaries: FakeSummaries) -> None:
    """Nor does one go on in a list of summaries."""
    for name in ("a", "b"):
        save(summaries, a_record(name))
    cursor = find.history(ID, None, limit=1).cursor
    assert cursor

    with pytest.raises(InvalidField, match="another list"):
        find.history(ArticleId("a"), cursor, limit=1)
    with pytest.raises(InvalidField, match="another list"):
        find.list_by_updated(Listing(), cursor, limit=1)
