"""Which id an article of a document has, and which object a record belongs to."""

from dataclasses import replace

import pytest

from builders import a_record, an_article
from standfirst.domain.article import Article, ArticleId, UnreadPart
from standfirst.domain.article_ids import article_of, ids_of, is_of_another_object
from standfirst.domain.errors import EmptyDocument
from standfirst.domain.fingerprint import content_hash
from standfirst.domain.record import ArticleSource, Record, Status

WIRE = ArticleId("wire.xml")


def part(name: str | None, text: str = "") -> Article:
    """An article of a package, with a text of its own."""
    article = an_article()
    return Article((*article.paragraphs, text or name or "nothing"), article.language, article.format, part=name)


def held(of: Article, status: Status = Status.GENERATED) -> Record:
    """The record under the document's id, which is about ``of``."""
    record = a_record(WIRE, status=status)
    source = record.article.model_copy(update={"part": of.part})
    return record.model_copy(update={"article": source, "content_hash": content_hash(of)})


A, B, C, PLAIN = part("a"), part("b"), part("c"), part(None)
A_NEWER, A_RENAMED = part("a", "newer"), part("z", "a")
A_LISTED, B_LISTED = replace(A, is_listed=True), replace(B, is_listed=True)
BROKEN = UnreadPart("a", EmptyDocument("It is empty."))


@pytest.mark.parametrize(
    ("articles", "record", "known", "ids"),
    [
        ([PLAIN], None, "", [""]),
        ([PLAIN], held(A), "b", [""]),
        ([A], None, "", [""]),
        ([A, B], None, "", ["/a", "/b"]),
        ([A, B], held(A), "", ["", "/b"]),
        ([B, A_NEWER], held(A), "b", ["/b", ""]),
        ([B, BROKEN], held(A), "b", ["/b", ""]),
        ([B, A], held(A, Status.WITHDRAWN), "b", ["/b", ""]),
        ([B], held(A), "b", ["/b"]),
        ([C], held(A), "", [""]),
        ([C], held(A), "b", ["/c"]),
        ([A], None, "ab", ["/a"]),
        ([C], None, "ab", [""]),
        ([A, C], None, "ab", ["/a", "/c"]),
        ([B, A_RENAMED], held(A), "b", ["/b", ""]),
        ([A, B], held(part(None, "a")), "", ["", "/b"]),
        ([B, C], held(A), "", ["/b", "/c"]),
        ([A_LISTED], None, "", [""]),
        ([A_LISTED], held(A), "b", [""]),
        ([B_LISTED], held(A), "", ["/b"]),
        ([B_LISTED], held(PLAIN), "", [""]),
    ],
    ids=[
        "plain",
        "plain, a package before",
        "one",
        "two",
        "one, then two",
        "one, then two, changed and in another order",
        "one, then two, and it cannot be read",
        "one, withdrawn, then two",
        "the second alone",
        "another one in its place",
        "another one in the place of several",
        "two, then one",
        "two, then another one",
        "two, then one and another",
        "under another name with the same text",
        "stored by a release that did not remember the name",
        "two others",
        "a list of one",
        "a list that has the first one again",
        "a list of which the first one has fallen out",
        "a list in the place of an article",
    ],
)
def test_an_article_keeps_the_id_that_it_has(
    articles: list[Article | UnreadPart], record: Record | None, known: str, ids: list[str]
) -> None:
    """However many others there are beside it."""
    assert ids_of(WIRE, articles, record, set(known)) == [WIRE + each for each in ids]


def test_what_is_alone_in_a_list_is_not_taken_for_what_has_fallen_out() -> None:
    """An editor's words about that one are not compared with this one."""
    assert article_of(held(A), [B_LISTED], "") is None
    assert article_of(held(A), [A_LISTED], "") is A_LISTED
    assert article_of(held(A), [B], "") is B


@pytest.mark.parametrize(
    ("article_id", "stored", "key", "is_another"),
    [
        ("a", "a", "a", False),
        ("a/b", "a", "a", False),
        ("a/b", "a/b", "a", True),
        ("a/b", "a", "a/b", True),
        ("a/b/c", "a", "a/b", True),
        ("x/x", "x", "x/x", True),
        ("a/b", "in/a/b", "in/a", True),
        ("a/b", "in/a/b", "a/b", False),
        ("a/b", "a/b", "in/a/b", False),
        ("a/b", "a", "in/a", False),
    ],
)
def test_a_record_belongs_to_the_object_that_it_was_made_of(
    article_id: str,
    stored: str,
    key: str,
    is_another: bool,  # noqa: FBT001 - what is expected
) -> None:
    """Whatever the prefix of the articles was at that time."""
    record = a_record(article_id)
    record = record.model_copy(update={"article": record.article.model_copy(update={"key": stored})})

    assert is_of_another_object(record, ArticleSource(bucket="articles", key=key)) is is_another


@pytest.mark.parametrize(
    ("stored", "version", "is_another"),
    [(("old/a", "b/c"), ("new/a", "b/c"), False), (("in/a", "b/c"), ("in/a/b", "c"), True)],
    ids=["another prefix", "another package"],
)
def test_an_article_of_a_package_belongs_to_it_whatever_its_prefix_was(
    stored: tuple[str, str],
    version: tuple[str, str],
    is_another: bool,  # noqa: FBT001 - what is expected
) -> None:
    """Its id and its name tell which package it is."""
    record, (old, new) = (
        a_record("a/b/c"),
        (dict(zip(("key", "part"), each, strict=True)) for each in (stored, version)),
    )
    record = record.model_copy(update={"article": record.article.model_copy(update=old)})

    assert is_of_another_object(record, ArticleSource(bucket="articles", **new)) is is_another
