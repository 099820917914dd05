"""Arc ANS: the elements that are the story's text, and those that are not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.article import Article, Document
from standfirst.domain.errors import DocumentTooLarge, EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.formats.ans import story as ans
from standfirst.reading.source import Source

Read = Callable[..., Article]

SAMPLE = Path(__file__).parents[1] / "json" / "arc_ans.json"
FIRST = "The ferry between Dunmere and the island of Sall will run again from Monday, the port authority said."
SECOND = "It had lain in the yard since a winter storm tore off part of its bow door in January."
SUMMARY = "After nine weeks in the yard the island's only link to the mainland is repaired."


def text(content: object) -> dict[str, object]:
    """A text element."""
    return {"type": "text", "content": content}


def story(**fields: object) -> str:
    """A story with a headline and two paragraphs, and whatever else is said."""
    values: dict[str, object] = {
        "type": "story",
        "version": "0.10.9",
        "headlines": {"basic": "Ferry to Sall runs again"},
        "content_elements": [text(FIRST), text(SECOND)],
    }
    return json.dumps(values | fields)


def test_the_text_elements_are_the_story(read: Read) -> None:
    """In their order, read as HTML; pictures, links to other stories, embeds and crossheads are no part of it."""
    article = read(SAMPLE.read_bytes(), name="arc_ans.json")

    assert article.format == "ans"
    assert article.headline == "Ferry to Sall runs again"
    assert article.paragraphs == (
        FIRST,
        SECOND,
        "The new timetable has three changes:",
        "The first boat leaves Dunmere at 6.10.",
        "Bicycles travel free",
        "except on market days",
        "We have waited nine weeks for this. — Ines Korrel, baker",
        "Repairs cost 1.2 million crowns, of which the county pays half.",
    )


def test_what_the_story_says_of_itself_is_kept(read: Read) -> None:
    """Its first publication, not the last; the subheadline, not the description."""
    article = read(SAMPLE.read_bytes(), name="arc_ans.json")

    assert (article.standfirst or "").startswith("After nine weeks")
    assert article.language == "en"
    assert article.published_at == "2025-03-10T08:02:00.100Z"
    assert article.version == "R7"
    assert article.embargoed_until == "2025-03-10T12:00:00Z"


@pytest.mark.parametrize(
    ("fields", "standfirst", "paragraphs"),
    [
        ({"description": {"basic": SUMMARY}}, SUMMARY, (FIRST, SECOND)),
        ({"description": {"basic": f"{FIRST[:60]}…"}}, None, (FIRST, SECOND)),
        ({"description": {"basic": FIRST}}, None, (FIRST, SECOND)),
        ({"subheadlines": {"basic": f"<i>{SUMMARY}</i>"}}, SUMMARY, (FIRST, SECOND)),
        ({"subheadlines": {"basic": FIRST}}, FIRST, (SECOND,)),
        ({"subheadlines": {"basic": ""}, "description": None}, None, (FIRST, SECOND)),
    ],
    ids=["description", "first words", "first paragraph", "subheadline", "printed twice", "none"],
)
def test_the_own_standfirst_is_told_once(
    read: Read, fields: dict[str, object], standfirst: str | None, paragraphs: tuple[str, ...]
) -> None:
    """A description is one only when it says something of its own."""
    article = read(story(**fields), name="a.json")

    assert (article.standfirst, article.paragraphs) == (standfirst, paragraphs)


@pytest.mark.parametrize(
    ("embargo", "until"),
    [
        ({"active": True, "end_time": "2025-03-10T12:00:00Z"}, "2025-03-10T12:00:00Z"),
        ({"active": False, "end_time": "2025-03-10T12:00:00Z"}, None),
        ({"active": True}, "9999-12-31T23:59:59Z"),
        ({"active": True, "end_time": "noon"}, "9999-12-31T23:59:59Z"),
        (None, None),
    ],
    ids=["active", "inactive", "without an end", "unreadable", "none"],
)
def test_an_embargo_is_carried(read: Read, embargo: object, until: str | None) -> None:
    """One without an end keeps applying, says the schema; nor is one dropped because nobody can read it."""
    article = read(story(content_restrictions={"embargo": embargo}), name="a.json")

    assert article.embargoed_until == until


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("image", "an image"), ("gallery", "a gallery"), ("video", "a video"), ("menu", "no story .*'menu'")],
    ids=str,
)
def test_what_is_no_story_is_told_what_it_is(read: Read, kind: str, reason: str) -> None:
    """A gallery has elements, too."""
    with pytest.raises(InvalidDocument, match=reason):
        read(story(type=kind), name="a.json")


def test_raw_html_is_read_when_it_is_all_there_is(read: Read) -> None:
    """Stories moved from an older system are stored so."""
    raw = {"type": "raw_html", "content": f"<p>{FIRST}</p><script>track()</script><p>{SECOND}</p>"}

    assert read(story(content_elements=[raw]), name="a.json").paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize("elements", [[], [text("")], [text("<br/>")], [{"type": "image"}]], ids=str)
def test_a_story_without_text_is_empty(read: Read, elements: list[object]) -> None:
    """A headline alone is no article."""
    with pytest.raises(EmptyDocument):
        read(story(content_elements=elements), name="a.json")


def test_a_story_without_a_body_says_so(read: Read) -> None:
    """The field is named."""
    with pytest.raises(InvalidDocument, match="'content_elements' is missing"):
        read(story(content_elements=None), name="a.json")


ELEMENT = r"'content_elements\[1\]"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"content_elements": "a"}, "'content_elements' .* must be a list, not a string"),
        ({"content_elements": [text("a"), "b"]}, f"{ELEMENT}' .* must be an object, not a string"),
        ({"content_elements": [text("a"), {"type": 1}]}, rf"{ELEMENT}\.type' .* must be a string"),
        ({"content_elements": [text("a"), text(["b"])]}, rf"{ELEMENT}\.content' .* must be a string, not an array"),
        ({"content_elements": [text("a"), {"type": "list", "items": {}}]}, rf"{ELEMENT}\.items' .* must be a list"),
        (
            {"content_elements": [text("a"), {"type": "list", "items": [text("b"), text(2)]}]},
            rf"{ELEMENT}\.items\[1\]\.content' .* must be a string",
        ),
    ],
    ids=lambda value: "" if isinstance(value, str) else "-".join(value),
)
def test_an_element_of_the_wrong_type_is_named(read: Read, fields: dict[str, object], reason: str) -> None:
    """The reason says where it stands and what it must be."""
    with pytest.raises(InvalidDocument, match=reason):
        read(story(**fields), name="a.json")


def test_lists_in_lists_without_end_are_refused(read: Read) -> None:
    """The text of a story has a bottom."""
    element: dict[str, Any] = text("a")
    for _ in range(200):
        element = {"type": "list", "items": [element]}

    with pytest.raises(InvalidDocument, match="nested too deeply"):
        read(story(content_elements=[element]), name="a.json")


def test_elements_without_end_are_refused(read: Read) -> None:
    """Before any of them is read."""
    with pytest.raises(DocumentTooLarge, match="50,000 text elements"):
        read(story(content_elements=[text("<b>a</b>")] * 50_000), name="a.json")


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=60), st.sampled_from(["text", "list", "quote", FIRST])
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "content", "items", "content_elements", "citation", "basic", "embargo", "active"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)
NAMES = st.sampled_from(
    ["type", "headlines", "subheadlines", "description", "content_restrictions", "revision", "publish_date", "language"]
)


@given(values=st.dictionaries(NAMES, VALUES, max_size=6), elements=VALUES)
def test_any_story_is_read_or_refused(values: dict[str, object], elements: object) -> None:
    """No other exception leaves the reader, and every refusal has a reason."""
    content = json.dumps({**values, "content_elements": elements}).encode()

    try:
        stories = ans.read(Source.of(Document(name="a.json", content=content)))
    except ReadingError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both outcomes are good ones
    else:
        assert all(paragraph.strip() for each in stories for paragraph in each.paragraphs)
