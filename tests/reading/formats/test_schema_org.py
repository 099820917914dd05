"""schema.org articles in JSON-LD: in whatever form they are put, and what else such a document may hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.article import Article, Document, UnreadPart
from standfirst.domain.errors import EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.document import read_document
from standfirst.reading.formats.schema_org import article as schema_org
from standfirst.reading.parsed_article import ParsedArticle
from standfirst.reading.source import Source

Read = Callable[..., Article]

SAMPLES = Path(__file__).parents[1] / "json"
FIRST = "The ferry between Dunmere and the island of Sall will run again from Monday, the port authority said."
SECOND = "It had lain in the yard since a winter storm tore off part of its bow door in January."
SUMMARY = "After nine weeks in the yard the island's only link to the mainland is repaired."
BODY = f"{FIRST}\n\n{SECOND}"


def article(**fields: object) -> dict[str, object]:
    """A NewsArticle with a headline and a body, and whatever else is said."""
    values: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Ferry to Sall runs again",
        "articleBody": BODY,
    }
    return values | fields


def test_every_property_reaches_the_article(read: Read) -> None:
    """A body in HTML is read as HTML, a language may be an object, a version a number."""
    found = read((SAMPLES / "schema_org.json").read_bytes(), name="schema_org.json")

    assert found.format == "schema.org"
    assert found.headline == "Ferry to Sall runs again"
    assert (found.standfirst or "").startswith("After nine weeks")
    assert found.paragraphs[:2] == (FIRST, SECOND)
    assert len(found.paragraphs) == 4
    assert found.language == "en-GB"
    assert found.published_at == "2025-03-10T08:02:00+01:00"
    assert (found.version, found.part) == ("3", "https://paper.example/sall-ferry")


def test_each_article_of_a_graph_is_a_story() -> None:
    """Named by its address; an article without a text is only mentioned, a site is none."""
    content = (SAMPLES / "schema_org_graph.json").read_bytes()

    found = read_document(Document(name="graph.jsonld", content=content))

    assert [(each.headline, each.part, each.language) for each in found] == [
        ("Pool stays open", "https://paper.example/pool", "en"),
        ("Ferry to Sall runs again", "https://paper.example/sall-ferry", "en"),
    ]


@pytest.mark.parametrize(
    ("addresses", "parts"),
    [
        ([{"@id": "a"}, {"url": "b"}], ["a", "b"]),
        ([{}, {}], ["1", "2"]),
        ([{"@id": "a"}, {"@id": "a"}, {"@id": "c"}], ["1", "2", "c"]),
    ],
    ids=["addresses", "none", "shared"],
)
def test_no_two_parts_are_the_same(addresses: list[dict[str, object]], parts: list[str]) -> None:
    """An address that two articles share names neither."""
    content = json.dumps([article(**address) for address in addresses]).encode()

    found = read_document(Document(name="list.json", content=content))

    assert [each.part for each in found] == parts


@pytest.mark.parametrize(
    "kind",
    [
        "Article",
        "ReportageNewsArticle",
        "OpinionNewsArticle",
        "BlogPosting",
        "https://schema.org/NewsArticle",
        "schema:NewsArticle",
        ["CreativeWork", "NewsArticle"],
    ],
    ids=str,
)
def test_every_kind_of_article_is_read(read: Read, kind: object) -> None:
    """By its type's name, however it is written."""
    assert read(json.dumps(article(**{"@type": kind})), name="a.json").paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    "values",
    [
        [article()],
        {"@context": "https://schema.org", "@graph": article()},
        {"@context": "https://schema.org", "@type": "WebPage", "mainEntity": article()},
        article(articleBody=[FIRST, SECOND]),
        article(articleBody={"@value": BODY, "@language": "en"}),
        article(articleBody=f"<p>{FIRST}</p><p hidden>Not this one.</p><p>{SECOND}</p>"),
        article(articleBody=None, text=BODY),
    ],
    ids=["list", "graph of one", "main entity", "several values", "value object", "HTML", "text"],
)
def test_an_article_is_found_wherever_it_stands(read: Read, values: object) -> None:
    """JSON-LD says one thing in many ways."""
    assert read(json.dumps(values), name="a.json").paragraphs == (FIRST, SECOND)


def test_a_live_blog_is_read_from_its_updates(read: Read) -> None:
    """In the order of the document; their headlines are crossheads."""
    updates = [{"@type": "BlogPosting", "headline": "8.02", "articleBody": body} for body in (FIRST, SECOND)]

    values = article(**{"@type": "LiveBlogPosting", "articleBody": None, "liveBlogUpdate": updates})

    assert read(json.dumps(values), name="a.json").paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("fields", "standfirst"),
    [
        ({"alternativeHeadline": SUMMARY, "description": "Other."}, SUMMARY),
        ({"abstract": SUMMARY}, SUMMARY),
        ({"description": SUMMARY}, SUMMARY),
        ({"description": f"{FIRST[:50]}..."}, None),
        ({"description": BODY}, None),
        ({"alternativeHeadline": "Ferry to Sall runs again", "description": SUMMARY}, SUMMARY),
    ],
    ids=["alternativeHeadline", "abstract", "description", "first words", "whole body", "headline again"],
)
def test_the_own_standfirst_says_something_of_its_own(
    read: Read, fields: dict[str, object], standfirst: str | None
) -> None:
    """The headline again, or the first words of the body, is none."""
    assert read(json.dumps(article(**fields)), name="a.json").standfirst == standfirst


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({"inLanguage": "sv"}, "sv"),
        ({"inLanguage": ["nb-NO", "en"]}, "nb-NO"),
        ({"inLanguage": {"@type": "Language", "name": "Swedish", "alternateName": "sv"}}, "sv"),
        ({"@context": {"@vocab": "https://schema.org/", "@language": "de"}}, "de"),
        ({}, "en"),
    ],
    ids=["tag", "tags", "Language", "context", "found out"],
)
def test_the_language_is_what_the_document_says(read: Read, fields: dict[str, object], language: str) -> None:
    """Or what the text is written in."""
    assert read(json.dumps(article(**fields)), name="a.json").language == language


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (article(articleBody=None), "NewsArticle has no 'articleBody'"),
        ({"@context": "https://schema.org", "@type": "VideoObject", "name": "a"}, "no article, only VideoObject"),
        ({"@context": "https://schema.org"}, "no article: no node of it has an '@type'"),
        ([{"@type": "ImageObject"}, {"@type": ["Person", "Thing"]}], "only ImageObject, Person, Thing"),
    ],
    ids=["no body", "video", "nothing", "list"],
)
def test_a_document_without_a_text_says_what_it_holds(read: Read, values: object, reason: str) -> None:
    """A teaser or a video is no article."""
    with pytest.raises(InvalidDocument, match=reason):
        read(json.dumps(values), name="a.json")


@pytest.mark.parametrize("body", ["", "  ", "<p></p>"], ids=["empty", "spaces", "tags"])
def test_an_empty_body_is_empty(read: Read, body: str) -> None:
    """A headline alone is no article."""
    with pytest.raises(EmptyDocument):
        read(json.dumps(article(articleBody=body)), name="a.json")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"articleBody": {"a": 1}}, "'articleBody' .* must be a string, not an object"),
        ({"articleBody": [FIRST, 2]}, r"'articleBody\[1\]' .* must be a string, not a number"),
        ({"articleBody": {"@value": 1}}, r"'articleBody\.@value' .* must be a string"),
        ({"articleBody": None, "liveBlogUpdate": ["a"]}, r"'liveBlogUpdate\[0\]' .* must be an object"),
    ],
    ids=lambda value: "" if isinstance(value, str) else "-".join(value),
)
def test_a_text_of_the_wrong_type_is_named(read: Read, fields: dict[str, object], reason: str) -> None:
    """The reason says where it stands and what it must be."""
    with pytest.raises(InvalidDocument, match=reason):
        read(json.dumps(article(**fields)), name="a.json")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"articleBody": ""}, "is empty"),
        ({"articleBody": 1}, "'@graph\\[1\\]\\.articleBody' .* must be a string"),
        ({"articleBody": "Ferry back."}, "at least 50"),
        ({"articleBody": "Ferry back. " * 40_000}, "at most 400,000"),
    ],
    ids=["no text", "a number", "a flash", "a book"],
)
def test_an_article_of_a_graph_that_cannot_be_read_fails_alone(
    read: Read, fields: dict[str, object], reason: str
) -> None:
    """Under its own address; alone it is an error."""
    graph = {"@graph": [article(**{"@id": "a"}), article(**{"@id": "b"}, **fields), article(url="c")]}

    found = read_document(Document(name="graph.jsonld", content=json.dumps(graph).encode()))

    assert [(each.part, isinstance(each, UnreadPart)) for each in found] == [("a", False), ("b", True), ("c", False)]
    assert isinstance(found[1], UnreadPart)
    with pytest.raises(type(found[1].error), match=reason):
        raise found[1].error
    with pytest.raises(type(found[1].error)):
        read(json.dumps({"@graph": [article(**{"@id": "b"}, **fields)]}), name="graph.jsonld")


def test_a_node_of_the_wrong_type_is_named(read: Read) -> None:
    """Also inside a graph."""
    with pytest.raises(InvalidDocument, match=r"'@graph\[1\]' .* must be an object, not a string"):
        read(json.dumps({"@context": "a", "@graph": [article(), "b"]}), name="a.json")


def test_graphs_in_graphs_without_end_are_refused(read: Read) -> None:
    """A document has a bottom."""
    values: dict[str, Any] = article()
    for _ in range(200):
        values = {"@context": "a", "@graph": [values]}

    with pytest.raises(InvalidDocument, match="nested too deeply"):
        read(json.dumps(values), name="a.json")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=60), st.sampled_from(["NewsArticle", BODY])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@value", "@graph", "articleBody", "headline", "alternateName", "@language"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
NAMES = st.sampled_from(
    ["@type", "@context", "@graph", "@id", "headline", "articleBody", "description", "inLanguage", "version",
     "liveBlogUpdate", "mainEntity", "datePublished"]
)  # fmt: skip


@given(values=st.dictionaries(NAMES, VALUES, max_size=8) | VALUES)
def test_any_json_is_read_or_refused(values: object) -> None:
    """No other exception leaves the reader, and every refusal has a reason."""
    content = json.dumps(values).encode()

    try:
        stories = schema_org.read(Source.of(Document(name="a.json", content=content)))
    except ReadingError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both outcomes are good ones
    else:
        read = [each for each in stories if isinstance(each, ParsedArticle)]
        assert all(paragraph.strip() for each in read for paragraph in each.paragraphs)
