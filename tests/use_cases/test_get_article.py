"""``GetArticle`` over fakes: which version is read, how often, and what is told when there is none."""

from dataclasses import dataclass, field, replace

import pytest

from builders import STORY, a_record, an_object, replace_stored, save
from fakes import FakeArticles, FakeSummaries
from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, LeftOut, StoredObject, UnreadPart, Upload
from standfirst.domain.errors import (
    ArticleGone,
    ArticleKilled,
    ArticleRemoved,
    ArticleUnreadable,
    DocumentTooDemanding,
    StoreUnavailable,
    SummaryNotFound,
)
from standfirst.domain.record import ArticleSource, Record, Status
from standfirst.use_cases import read_version
from standfirst.use_cases.get_article import FindArticle, FoundArticle, GetArticle
from standfirst.use_cases.read_version import ReadVersion
from use_case import read_lines

ID = ArticleId("politics/ferry.txt")


@dataclass
class CountingArticles(FakeArticles):
    """A bucket that counts what is asked of it."""

    fetched: int = 0
    looked_at: int = 0

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """See ``FakeArticles``."""
        self.fetched += 1
        return super().fetch_version(source)

    def look_at_version(self, source: ArticleSource) -> StoredObject:
        """See ``FakeArticles``."""
        self.looked_at += 1
        return super().look_at_version(source)


@dataclass
class Desk:
    """A bucket, a table, and what shows articles."""

    articles: CountingArticles = field(default_factory=CountingArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    reads: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        """One cache for all requests."""
        self.read_version = ReadVersion(self.articles, self.read, prefix="")

    def read(self, document: Document) -> list[Article | UnreadPart]:
        """Reads, and counts."""
        self.reads.append(document)
        if document.content == b"killed":
            raise ArticleKilled("Its provider has cancelled the article.")
        return read_lines(document)

    def show(self, article_id: str = ID, revision: int | None = None) -> FoundArticle:
        """What a reviewer sees."""
        find = FindArticle(self.summaries, self.read_version)
        return GetArticle(find, lambda _: ())(ArticleId(article_id), revision)[0]

    def upload(self, text: str = STORY, article_id: str = ID, etag: str = "e1") -> Record:
        """An object, and a record of it."""
        self.articles.objects[article_id] = an_object(text, article_id, etag)
        source = ArticleSource(bucket="articles", key=article_id, etag=etag, words=44, sequencer="0A")
        record = a_record(article_id).model_copy(update={"article": source})
        save(self.summaries, record)
        return record

    def next(self, **members: object) -> Record:
        """Another revision of the article."""
        stored = self.summaries.current(ID)
        assert stored
        record = stored.record.model_copy(update={"revision": stored.record.revision + 1, **members})
        replace_stored(self.summaries, stored, record)
        return record


@pytest.fixture
def desk() -> Desk:
    """With one article."""
    desk = Desk()
    desk.upload()
    return desk


def test_an_article_that_was_read_is_not_read_again_but_asked_for(desk: Desk) -> None:
    """Reading the largest takes seconds; what was deleted meanwhile must not be shown."""
    articles = [desk.show().article for _ in range(3)]

    assert articles == [articles[0]] * 3
    assert (desk.articles.fetched, desk.articles.looked_at, len(desk.reads)) == (1, 2, 1)
    del desk.articles.objects[ID]
    with pytest.raises(ArticleGone, match="cannot be shown any more"):
        desk.show()


def test_what_the_bucket_no_longer_holds_is_not_kept_either(desk: Desk) -> None:
    """Nor is it shown when another object takes its place."""
    desk.show()
    kept = desk.articles.objects.pop(ID)
    with pytest.raises(ArticleGone):
        desk.show()
    desk.articles.objects[ID] = kept

    desk.show()

    assert len(desk.reads) == 2


def test_an_object_that_gets_another_headline_under_its_etag_is_read_again(desk: Desk) -> None:
    """Without versions a copy onto itself changes the metadata and nothing else."""
    desk.show()
    found = desk.articles.objects[ID]
    assert isinstance(found, StoredObject)
    desk.articles.objects[ID] = replace(found, document=replace(found.document, headline="Ferry back"))

    assert desk.show().article.headline == "Ferry back"


def test_the_articles_of_a_package_are_read_once_for_all(desk: Desk) -> None:
    """Each is shown alone."""
    package = an_object(f"# a\n{STORY}\n# b\nIt is another.\n", "wire.xml", "e7")
    desk.articles.objects["wire.xml"] = package
    source = ArticleSource(bucket="articles", key="wire.xml", etag="e7", sequencer="0A")
    for part in "ab":
        save(desk.summaries, a_record(f"wire.xml/{part}").model_copy(update={"article": source}))

    shown = [desk.show(f"wire.xml/{part}").article.paragraphs for part in "ab"]

    assert shown == [tuple(STORY.split("\n\n")), ("It is another.",)]
    assert len(desk.reads) == 1


def test_as_many_articles_are_kept_as_there_is_room_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last ones; a document that is larger than the room is not kept at all."""
    monkeypatch.setattr(read_version, "MOST_DOCUMENTS", 2)
    monkeypatch.setattr(read_version, "MOST_CHARACTERS", 1_000)
    for name in "abc":
        desk.upload(STORY, name)
    desk.upload("x" * 1_001, "large")

    for name in ("a", "b", "a", "c", "a", "b", "large", "large"):
        desk.show(name)

    assert [document.name for document in desk.reads] == ["a", "b", "c", "b", "large", "large"]


def test_an_unknown_article_or_revision_is_not_found(desk: Desk) -> None:
    """An id that none can have, too."""
    for article_id, revision in (("unknown", None), (ID, 7), ("long" * 1_000, None)):
        with pytest.raises(SummaryNotFound):
            desk.show(article_id, revision)


def test_a_version_that_is_gone_tells_what_its_record_knows(desk: Desk) -> None:
    """And nothing of the text."""
    desk.articles.objects[ID] = ArticleRemoved("It is gone.")

    with pytest.raises(ArticleGone) as gone:
        desk.show()

    assert gone.value.members == {
        "article_id": ID,
        "revision": 1,
        "headline": "Ferry to return",
        "language": "en",
        "words": 44,
        "key": ID,
    }


def test_a_withdrawn_summary_shows_the_last_article_that_there_was(desk: Desk) -> None:
    """Whatever failed after it."""
    desk.next(status=Status.FAILED, reason="It is empty.")
    desk.next(status=Status.WITHDRAWN, article=ArticleSource(bucket="articles", key=ID))

    assert desk.show().record.revision == 1
    with pytest.raises(ArticleUnreadable, match="empty"):
        desk.show(revision=2)
    with pytest.raises(ArticleGone, match="cannot be shown"):
        desk.show(revision=3)


@pytest.mark.parametrize("revision", [None, 1, 2])
def test_of_what_was_erased_nothing_is_looked_for(desk: Desk, revision: int | None) -> None:
    """Though it was read before and its object is still there."""
    record = desk.show().record
    erased = desk.next(status=Status.WITHDRAWN, headline=None, erased_at=record.updated_at, erased_by="legal")
    asked = desk.articles.looked_at

    with pytest.raises(ArticleGone, match="erased") as gone:
        desk.show(revision=revision)

    assert gone.value.members.keys() == {"article_id", "revision", "erased_at"}
    assert gone.value.members["revision"] == erased.revision
    assert (desk.articles.looked_at, desk.articles.fetched) == (asked, 1)


@pytest.mark.parametrize(
    ("content", "error"), [("killed", ArticleGone), ("", ArticleUnreadable)], ids=["killed", "unreadable"]
)
def test_a_version_that_is_no_article_today_says_why(desk: Desk, content: str, error: type[Exception]) -> None:
    """What its provider has cancelled is gone."""
    desk.upload(content, "other")

    with pytest.raises(error, match=r"cancelled|Nothing is in it"):
        desk.show("other")


def with_other_bytes(desk: Desk, text: str) -> None:
    """Upload ``text`` in place of the article, to a bucket that keeps no versions."""
    [article] = read_lines(an_object(STORY, ID).document)
    assert isinstance(article, Article)
    desk.next(content_hash=fingerprint.content_hash(article))
    desk.articles.objects[ID] = an_object(text, ID, "e2")


def test_the_same_article_in_other_bytes_is_shown_and_read_once(desk: Desk) -> None:
    """An upload that changes no word makes no revision, so that the record still names the bytes of before."""
    with_other_bytes(desk, STORY + "\n\n")

    shown = [desk.show() for _ in range(3)]

    assert [each.article.paragraphs for each in shown] == [tuple(STORY.split("\n\n"))] * 3
    assert len(desk.reads) == 1
    del desk.articles.objects[ID]
    with pytest.raises(ArticleGone):
        desk.show()


@pytest.mark.parametrize(
    "text", [STORY.replace("June", "July"), "", "killed"], ids=["another text", "unreadable", "killed"]
)
def test_what_lies_in_place_of_the_article_is_not_shown_as_the_article(desk: Desk, text: str) -> None:
    """The version that the revision is about is gone, whatever is the matter with the new one."""
    with_other_bytes(desk, text)

    with pytest.raises(ArticleGone, match="cannot be shown any more"):
        desk.show()


def test_a_record_that_does_not_know_what_it_is_about_is_about_its_bytes(desk: Desk) -> None:
    """An older release stored no hash."""
    with_other_bytes(desk, STORY + "\n\n")
    desk.next(content_hash=None)

    with pytest.raises(ArticleGone):
        desk.show()


def test_a_bucket_that_does_not_answer_the_second_question_is_no_answer(desk: Desk) -> None:
    """It is not known then whether the article is gone."""
    with_other_bytes(desk, STORY + "\n\n")

    def refuse(_: Upload) -> StoredObject:
        raise StoreUnavailable("S3 is down.")

    desk.articles.fetch = refuse  # type: ignore[method-assign]
    with pytest.raises(StoreUnavailable):
        desk.show()


def test_an_article_that_takes_too_much_to_look_through_is_unreadable(desk: Desk) -> None:
    """It says so in the same words as one that cannot be read."""

    def refuse(_: Article) -> tuple[LeftOut, ...]:
        raise DocumentTooDemanding("The document needs more than 6 seconds of processor time.")

    with pytest.raises(ArticleUnreadable, match="6 seconds"):
        GetArticle(FindArticle(desk.summaries, desk.read_version), refuse)(ID)


def test_a_bucket_that_does_not_answer_is_no_answer(desk: Desk) -> None:
    """Nor is what was read before."""
    desk.show()
    kept, desk.articles.objects[ID] = desk.articles.objects[ID], StoreUnavailable("S3 is down.")
    with pytest.raises(StoreUnavailable):
        desk.show()
    desk.articles.objects[ID] = kept

    assert desk.show().article.paragraphs
