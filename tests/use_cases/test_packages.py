"""Packages that gain, lose and break articles, read as they are uploaded: JSON-LD graphs and NewsML-G2 messages."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from builders import STORY, an_object, replace_stored
from fakes import FakeArticles, FakeClock, FakeQueue, FakeSummaries, FakeWriter
from standfirst.domain.article import ArticleId, Document, StoredObject, Upload
from standfirst.domain.change_event import ChangeEventType, change_event_type
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import LeftToQueue, StoreRefused
from standfirst.domain.ports import Message, Stored, Transition
from standfirst.domain.record import Record, Status
from standfirst.reading.document import read_document
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.use_cases.handle_message import HandleMessage
from use_case import a_use_case

WIRE = ArticleId("wire/evening")
HERS = "Brackenford gets its ferry back, seven years on."
A, B, C = (STORY.replace("Sele", river) for river in ("Sele", "Inn", "Orme"))
BROKEN, LATER = "Ferry back.", STORY.replace("Sele", "Aare")


def a_graph(texts: Mapping[str, str]) -> bytes:
    """JSON-LD, by the articles' ids."""
    return json.dumps({"@graph": [_node(name, text) for name, text in texts.items()]}).encode()


def _node(name: str, text: str) -> dict[str, str]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "@id": name, "articleBody": text}


def a_message(texts: Mapping[str, str]) -> bytes:
    """NewsML-G2, by the items' guids."""
    items = "".join(
        f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{name}"><itemMeta><itemClass qcode="ninat:text"/>'
        f"</itemMeta><contentSet><inlineData>{text}</inlineData></contentSet></newsItem>"
        for name, text in texts.items()
    )
    return f"<newsMessage><header/><itemSet>{items}</itemSet></newsMessage>".encode()


@dataclass
class Newsroom:
    """A bucket, a table, a queue and the worker over them; uploads are numbered."""

    write: Callable[[Mapping[str, str]], bytes] = a_graph
    articles: FakeArticles = field(default_factory=FakeArticles)
    summaries: FakeSummaries = field(default_factory=FakeSummaries)
    queue: FakeQueue = field(default_factory=FakeQueue)
    uploads: int = 0

    def upload(self, key: str = WIRE, **texts: str) -> dict[str, str]:
        """Put a package of these articles; what happened to which."""
        return self.put(key, self.write(texts))

    def put(self, key: str, content: bytes | str | None) -> dict[str, str]:
        """Put a document, or delete it for ``None``; what happened to which article."""
        raw = content.encode() if isinstance(content, str) else content
        found = None if raw is None else replace(an_object(), document=Document(key, raw))
        self.articles.objects.pop(key, None)
        self.articles.objects |= {key: found} if isinstance(found, StoredObject) else {}
        self.uploads += 1
        return self.deliver(f"{key} {self.uploads:04}")

    def deliver(self, body: str) -> dict[str, str]:
        """Deliver the news of an object, for the first time or again."""
        key, sequencer = body.rsplit(" ", 1)
        summarize = replace(a_use_case(self.articles, self.summaries, FakeWriter()), read=read_document)
        upload = Upload(ArticleId(key), "articles", key, sequencer)
        handle = HandleMessage(lambda _: [upload], summarize, self.queue, 5, lambda: 0.0)
        results = handle(Message(body, 1, "r"), Deadline(60.0, lambda: 0.0))
        return {result.article_id: result.outcome for result in results}

    def current(self, article_id: str = WIRE) -> Record:
        """What is current."""
        stored = self.summaries.current(ArticleId(article_id))
        assert stored
        return stored.record

    def edit(self, article_id: str = WIRE) -> None:
        """Put a person's words in its place."""
        stored = self.summaries.current(ArticleId(article_id))
        assert stored
        words = {"status": Status.EDITED, "revision": stored.record.revision + 1, "standfirst": HERS}
        replace_stored(self.summaries, stored, stored.record.model_copy(update=words))


@pytest.fixture(params=[a_graph, a_message], ids=["JSON-LD", "NewsML-G2"])
def newsroom(request: pytest.FixtureRequest) -> Newsroom:
    """Nothing has been uploaded."""
    return Newsroom(request.param)


@pytest.mark.parametrize("content", [b"", b"{", b"<newsMessage>", b"\x00"], ids=["nothing", "{", "<", "a byte"])
def test_a_package_that_cannot_be_read_changes_nothing_that_is_served(newsroom: Newsroom, content: bytes) -> None:
    """It has failed, under the document's id, and the next one that can be read mends it."""
    newsroom.upload(a=A, b=B)
    newsroom.edit(f"{WIRE}/a")
    before = newsroom.current(f"{WIRE}/a"), newsroom.current(f"{WIRE}/b")

    assert newsroom.put(WIRE, content) == {WIRE: "failed"}
    assert (newsroom.current(f"{WIRE}/a"), newsroom.current(f"{WIRE}/b")) == before
    assert newsroom.current().reason

    assert newsroom.upload(a=A, b=LATER) == {f"{WIRE}/a": "unchanged", f"{WIRE}/b": "generated", WIRE: "withdrawn"}


def test_an_article_that_cannot_be_read_fails_alone(newsroom: Newsroom) -> None:
    """The others are summarised, and what is served of it stays, with the reason beside it."""
    assert newsroom.upload(a=A, b=BROKEN) == {f"{WIRE}/a": "generated", f"{WIRE}/b": "failed"}
    assert newsroom.upload(a=BROKEN, b=B, c=C) == {
        f"{WIRE}/a": "failed",
        f"{WIRE}/b": "generated",
        f"{WIRE}/c": "generated",
    }

    current = newsroom.current(f"{WIRE}/a")
    assert (current.status, current.stale, current.standfirst) == (Status.GENERATED, True, A.split("\n\n")[0])
    assert change_event_type(current) is ChangeEventType.NEEDS_REVIEW
    pending = newsroom.summaries.revision(current.article_id, current.pending or 0)
    assert pending
    assert "at least 50 are needed" in (pending.reason or "")
    assert newsroom.upload(a=BROKEN, b=B, c=LATER)[f"{WIRE}/a"] == "unchanged"


def test_an_article_that_a_readable_package_no_longer_holds_is_withdrawn(newsroom: Newsroom) -> None:
    """Also when another one in it cannot be read."""
    newsroom.upload(a=A, b=B, c=C)

    assert newsroom.upload(a=BROKEN, c=C)[f"{WIRE}/b"] == "withdrawn"
    assert f"{WIRE}/b" not in newsroom.upload(a=BROKEN, c=BROKEN)
    assert newsroom.current(f"{WIRE}/c").status is Status.GENERATED


def test_an_article_that_falls_out_of_a_list_of_the_latest_is_not_withdrawn() -> None:
    """It is only older; the deletion of the list withdraws all that was ever in it."""

    def a_list(texts: Mapping[str, str]) -> bytes:
        posts = [{"id": name, "title": {"rendered": "Ferry"}, "content": {"rendered": f"<p>{text}</p>"}}
                 for name, text in texts.items()]  # fmt: skip
        return json.dumps(posts).encode()

    newsroom = Newsroom(a_list)
    newsroom.upload(a=A, b=B)

    assert newsroom.upload(b=B, c=C) == {f"{WIRE}/b": "unchanged", f"{WIRE}/c": "generated"}
    assert newsroom.current(f"{WIRE}/a").status is Status.GENERATED

    newsroom.put(WIRE, None)

    assert {newsroom.current(f"{WIRE}/{name}").status for name in "abc"} == {Status.WITHDRAWN}


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "beside an empty one"])
def test_a_post_that_a_list_says_is_private_is_withdrawn_and_no_other(others: int) -> None:
    """The posts that are not in the list are only older."""
    newsroom = Newsroom()
    posts = [{"id": number, "title": {"rendered": "Ferry"}, "content": {"rendered": f"<p>{text}</p>"}}
             for number, text in enumerate((A, B, C), 1)]  # fmt: skip
    empty = [{"id": 9, "title": {"rendered": "Ferry"}, "content": {"rendered": ""}}] * others
    newsroom.put(WIRE, json.dumps(posts))

    newsroom.put(WIRE, json.dumps([posts[1] | {"status": "private"}, *empty]))

    statuses = [newsroom.current(f"{WIRE}/{number}").status for number in (1, 2, 3)]
    assert statuses == [Status.GENERATED, Status.WITHDRAWN, Status.GENERATED]


def test_a_persons_words_follow_the_article_from_one_to_two_and_back(newsroom: Newsroom) -> None:
    """It keeps the document's id, wherever in the package it stands, and what is pending beside the words."""
    newsroom.upload(a=A)
    newsroom.edit()

    assert newsroom.upload(b=B, a=LATER) == {f"{WIRE}/b": "generated", WIRE: "pending"}
    assert (newsroom.current().standfirst, newsroom.current().stale) == (HERS, True)
    assert newsroom.upload(a=A) == {f"{WIRE}/b": "withdrawn", WIRE: "restored"}
    assert newsroom.upload(a=A, b=B) == {f"{WIRE}/b": "generated", WIRE: "unchanged"}
    assert newsroom.upload(b=B) == {f"{WIRE}/b": "unchanged", WIRE: "withdrawn"}
    assert newsroom.upload(c=C, a=A) == {f"{WIRE}/b": "withdrawn", f"{WIRE}/c": "generated", WIRE: "restored"}
    assert newsroom.current().standfirst == HERS


def test_a_persons_words_follow_the_article_from_two_to_one_and_back(newsroom: Newsroom) -> None:
    """It keeps the id of its own."""
    newsroom.upload(a=A, b=B)
    newsroom.edit(f"{WIRE}/b")

    assert newsroom.upload(b=B) == {f"{WIRE}/a": "withdrawn", f"{WIRE}/b": "unchanged"}
    assert newsroom.upload(b=B, a=A) == {f"{WIRE}/a": "generated", f"{WIRE}/b": "unchanged"}
    assert newsroom.current(f"{WIRE}/b").standfirst == HERS


def test_the_last_article_of_a_package_does_not_take_the_place_of_another(newsroom: Newsroom) -> None:
    """The words of a person about one that is gone are not served beside it."""
    newsroom.upload(a=A)
    newsroom.edit()
    newsroom.upload(a=A, b=B)

    assert newsroom.upload(c=C) == {f"{WIRE}/b": "withdrawn", f"{WIRE}/c": "generated", WIRE: "withdrawn"}
    assert newsroom.upload(a=A) == {
        f"{WIRE}/b": "unchanged",
        f"{WIRE}/c": "withdrawn",
        WIRE: "restored",
    }


def test_an_article_without_a_name_goes_by_its_place(newsroom: Newsroom) -> None:
    """The first stays the first."""
    nameless = [json.dumps([{**_node("", text), "@id": None} for text in texts]) for texts in ([A], [LATER, B])]
    newsroom.put(WIRE, nameless[0])
    newsroom.edit()

    assert newsroom.put(WIRE, nameless[1]) == {WIRE: "pending", f"{WIRE}/2": "generated"}


PACKAGE, OBJECT = WIRE, f"{WIRE}/a"


def upload_both(newsroom: Newsroom, first: str) -> tuple[dict[str, str], dict[str, str]]:
    """Upload a package and an object whose article has the same id as one of the package; what happened to which."""
    uploads = [lambda: newsroom.upload(a=A, b=B), lambda: newsroom.put(OBJECT, C)]
    one, other = uploads if first == PACKAGE else uploads[::-1]
    return one(), other()


@pytest.mark.parametrize("first", [PACKAGE, OBJECT], ids=["the package first", "the object first"])
def test_of_two_objects_with_one_id_the_second_is_dead_lettered(newsroom: Newsroom, first: str) -> None:
    """Its other articles are summarised, and nothing that it does touches the record of the first."""
    _, outcomes = upload_both(newsroom, first)
    owned = newsroom.current(OBJECT)

    [dead] = newsroom.queue.dead_letters
    second = OBJECT if first == PACKAGE else PACKAGE
    assert outcomes == (
        {OBJECT: "dead_lettered"} if second == OBJECT else {OBJECT: "dead_lettered", f"{WIRE}/b": "generated"}
    )
    assert owned.article.key == first
    assert (dead[1].article_id, "Rename" in dead[1].remedy) == (OBJECT, True)
    assert f"object {first}, not {second}" in dead[1].reason
    assert newsroom.put(second, b"")
    assert newsroom.put(second, None)
    assert newsroom.current(OBJECT) == owned


def test_a_package_that_was_stored_without_one_article_gets_it_when_it_is_redriven(newsroom: Newsroom) -> None:
    """Also where the record under its own id accounts for the event already."""
    newsroom.upload(b=B)
    newsroom.put(OBJECT, C)
    assert newsroom.upload(a=A, b=B) == {OBJECT: "dead_lettered", WIRE: "unchanged"}
    newsroom.put(OBJECT, None)

    [dead] = newsroom.queue.dead_letters
    assert newsroom.deliver(dead[0].body) == {OBJECT: "generated", WIRE: "outdated"}


def test_a_persons_words_are_not_those_of_the_object_that_takes_the_id_over(newsroom: Newsroom) -> None:
    """Also if it can't be read at first."""
    newsroom.upload(a=A, b=B)
    newsroom.edit(OBJECT)
    newsroom.upload(b=B)

    assert newsroom.put(OBJECT, b"") == {OBJECT: "failed"}
    assert newsroom.put(OBJECT, C) == {OBJECT: "generated"}


@pytest.mark.parametrize("first", [PACKAGE, OBJECT], ids=["the package first", "the object first"])
def test_the_second_object_has_the_id_once_the_first_is_gone(newsroom: Newsroom, first: str) -> None:
    """Its message is redriven, although the sequencers of the first are later; a person's words are not its own."""
    upload_both(newsroom, first)
    newsroom.edit(OBJECT)
    newsroom.put(first, None)
    assert newsroom.current(OBJECT).status is Status.WITHDRAWN

    [dead] = newsroom.queue.dead_letters
    assert newsroom.deliver(dead[0].body)[OBJECT] == "generated"
    current = newsroom.current(OBJECT)
    assert (current.article.key, current.status) == (OBJECT if first == PACKAGE else PACKAGE, Status.GENERATED)
    assert current.standfirst == (C if first == PACKAGE else A).split("\n\n")[0]
    assert newsroom.put(first, None).get(OBJECT, "unchanged") == "unchanged"
    assert newsroom.current(OBJECT) == current


@dataclass
class RefusingSummaries(FakeSummaries):
    """A table that takes nothing of one article."""

    refused: str = f"{WIRE}/b"
    error: Exception = field(default_factory=lambda: StoreRefused("It is too large."))

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """As ever, but for that one."""
        if event and event.article_id == self.refused:
            raise self.error
        super().apply(transition, expected, event)


@pytest.mark.parametrize(
    ("error", "what_happens"),
    [(StoreRefused("It is too large."), {WIRE: "dead_lettered"}), (ValueError("A bug."), LeftToQueue)],
    ids=["refused for good", "a bug"],
)
def test_an_article_that_cannot_be_stored_holds_back_no_other(error: Exception, what_happens: object) -> None:
    """Neither the one behind it nor the one that has the document's id."""
    newsroom = Newsroom(summaries=RefusingSummaries(error=error))
    newsroom.upload(a=A)

    try:
        happened: object = newsroom.upload(a=LATER, b=B, c=C)
    except LeftToQueue as left:
        happened = type(left)

    assert happened == what_happens
    assert newsroom.current(f"{WIRE}/c").standfirst == C.split("\n\n")[0]
    assert (newsroom.current().standfirst == LATER.split("\n\n")[0]) == isinstance(error, StoreRefused)


@pytest.mark.parametrize("name", ["\ud800", "x" * 400_000], ids=["no text", "far too long"])
def test_a_name_that_no_table_takes_costs_only_the_name(name: str) -> None:
    """The article goes by a hash of it."""
    newsroom = Newsroom()

    outcomes = newsroom.upload(**{name: A, "b": B})

    assert sorted(outcomes.values()) == ["generated", "generated"]
    assert all(len(each.encode()) < 200 for each in outcomes)
    assert newsroom.upload(**{"b": B, name: A}) == dict.fromkeys(outcomes, "unchanged")


def test_an_article_with_a_long_name_in_a_package_with_a_long_key_is_found() -> None:
    """Each may be nearly as long as an id of an object."""
    newsroom, name = Newsroom(), "x" * 500
    key = f"{WIRE}/{'y' * 900}"

    newsroom.upload(key, **{name: A, "b": B})

    article_id = ArticleId(f"{key}/{name}")
    assert GetSummaries(newsroom.summaries, FakeClock()).get(article_id).standfirst == A.split("\n\n")[0]
