"""Every format can say that a story is under embargo, and what is said of one is never dropped."""

import json
from collections.abc import Callable

import pytest

from builders import STORY
from standfirst.domain.article import Article
from standfirst.domain.errors import ReadingError
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

Read = Callable[..., Article]

HTML = '<html><head><meta name="{name}" content="{value}"></head><body><article>{body}</article></body></html>'
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))


def in_json(name: str, value: object) -> str:
    """A plain JSON document that states ``value``."""
    return json.dumps({"headline": "The ferry is back", "body": STORY, name: value})


def in_front_matter(name: str, value: object) -> str:
    """A text that states it in front."""
    return f"---\ntitle: The ferry is back\n{name}: {value}\n---\n\n{STORY}"


def in_html(name: str, value: object) -> str:
    """A page that states it in its head."""
    return HTML.format(name=name, value=value, body=PARAGRAPHS)


FORMATS = [(in_json, "a.json"), (in_front_matter, "a.txt"), (in_front_matter, "a.md"), (in_html, "a.html")]


@pytest.mark.parametrize(("write", "name"), FORMATS, ids=["JSON", "text", "Markdown", "HTML"])
@pytest.mark.parametrize("field", ["embargoed_until", "embargoed", "embargo"])
@pytest.mark.parametrize(
    ("stated", "end"),
    [
        ("2030-01-02T06:00:00Z", "2030-01-02T06:00:00Z"),
        ("20300102T060000Z", "2030-01-02T06:00:00Z"),
        ("Friday noon", UNTIL_FURTHER_NOTICE),
        ("yes", UNTIL_FURTHER_NOTICE),
        ("", None),
        ("no", None),
        ("false", None),
    ],
    ids=["RFC 3339", "basic form", "in words", "without an end", "empty", "no", "false"],
)
def test_an_embargo_is_read_in_each_format(  # noqa: PLR0913, PLR0917 - what is stated, where and how
    read: Read, write: Callable[[str, object], str], name: str, field: str, stated: str, end: str | None
) -> None:
    """One whose end cannot be read has none; an empty field, or one that says no, states nothing."""
    assert read(write(field, stated), name=name).embargoed_until == end


@pytest.mark.parametrize(("value", "end"), [(True, UNTIL_FURTHER_NOTICE), (False, None), (None, None)])
def test_json_states_an_embargo_as_true_or_false(read: Read, value: bool | None, end: str | None) -> None:  # noqa: FBT001
    """Some systems know only whether there is one."""
    assert read(in_json("embargoed", value), name="a.json").embargoed_until == end


END = "2030-01-02T06:00:00Z"
JSON = {
    "plain": {"headline": "The ferry is back", "body": STORY},
    "ninjs": {"uri": "urn:ferry", "type": "text", "headline": "The ferry is back", "body_text": STORY},
    "ANS": {"type": "story", "version": "0.10.9", "content_elements": [{"type": "text", "content": STORY}]},
    "JSON-LD": {"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": STORY},
    "WordPress": {"id": 7, "status": "publish", "title": {"rendered": "F"}, "content": {"rendered": PARAGRAPHS}},
    "Ghost": {"posts": [{"id": "7", "status": "published", "title": "F", "html": PARAGRAPHS}]},
}


@pytest.mark.parametrize("document", JSON.values(), ids=JSON)
@pytest.mark.parametrize(
    "field", ["embargo", "embargoed", "embargoUntil", "embargoed_until", "embargo-date", "Embargo_End", "x:embargo"]
)
def test_an_embargo_is_read_in_json_whatever_the_field_is_called(
    read: Read, document: dict[str, object], field: str
) -> None:
    """A content system adds a field of its own to a format that has none, or another one."""
    stated = {**document, field: END}
    if isinstance(posts := document.get("posts"), list):
        stated = {"posts": [{**posts[0], field: END}]}

    assert read(json.dumps(stated), name="a.json").embargoed_until == END


@pytest.mark.parametrize(
    "fields",
    [
        {"embargoed_until": None, "embargo": END},
        {"embargoed": True, "embargo_until": END},
        {"embargo": "2029-01-01", "embargoed_until": END},
        {"embargoed_until": END, "embargo": "2029-01-01"},
    ],
    ids=["one is empty", "one has no end", "the later one", "the later one first"],
)
def test_of_several_fields_the_last_date_counts(read: Read, fields: dict[str, object]) -> None:
    """None of them lets out what another holds back."""
    assert read(json.dumps({**JSON["plain"], **fields}), name="a.json").embargoed_until == END


def test_the_linked_data_of_a_page_states_an_embargo(read: Read) -> None:
    """As the same linked data would on its own."""
    data = f'<script type="application/ld+json">{json.dumps({**JSON["JSON-LD"], "embargo": END})}</script>'

    assert read(f"<html><head>{data}</head><body>{PARAGRAPHS}</body></html>", name="a.html").embargoed_until == END


FAILING = {
    "empty JSON": ('{"headline": "F", "body": "", "embargo": "%s"}', "a.json"),
    "JSON of the wrong type": ('{"headline": "F", "body": 7, "embargo": "%s"}', "a.json"),
    "ninjs of the wrong type": ('{"uri": "u", "type": "text", "bodies": 7, "embargoed": "%s"}', "a.json"),
    "empty ANS": (
        (
            '{"type": "story", "version": "0.10.9", "content_elements": [],'
            ' "content_restrictions": {"embargo": {"active": true, "end_time": "%s"}}}'
        ),
        "a.json",
    ),
    "ANS of the wrong type": (
        '{"type": "story", "version": "0.10.9", "content_elements": [{"type": "text", "content": 7}], "embargo": "%s"}',
        "a.json",
    ),
    "empty JSON-LD": (
        '{"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": "", "embargo": "%s"}',
        "a.json",
    ),
    "a post without a body": ('{"posts": [{"id": "7", "title": "F", "html": null, "embargo": "%s"}]}', "a.json"),
    "front matter of the wrong type": (f"---\nembargo: %s\ntitle: [a]\n---\n\n{STORY}", "a.md"),
    "front matter alone": ("---\nembargo: %s\ntitle: The ferry\n---\n", "a.txt"),
    "a page that waits for its script": (
        '<html><head><title>F</title><meta name="embargo" content="%s"></head><body><nav>Home</nav></body></html>',
        "a.html",
    ),
    "a page whose tags are broken": (
        f'<head><meta name="embargo" content="%s"></head><body>{"<div>" * 300}{PARAGRAPHS}',
        "a.html",
    ),
    "a page of too many tags": (
        f'<meta name="embargo" content="%s"><BODY>{PARAGRAPHS}{"<b>" * 300_001}',
        "a.html",
    ),
}


@pytest.mark.parametrize(("document", "name"), FAILING.values(), ids=FAILING)
def test_what_cannot_be_read_states_its_embargo_all_the_same(read: Read, document: str, name: str) -> None:
    """It holds back what is served of an older version."""
    with pytest.raises(ReadingError) as failure:
        read(document % END, name=name)

    assert failure.value.embargoed_until == END
