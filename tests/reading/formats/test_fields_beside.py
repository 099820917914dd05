"""Fields beside the story, in every JSON format: whatever type they have, the article is read."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from standfirst.domain.article import Article
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

Read = Callable[..., Article]

FIRST = "The ferry between Dunmere and the island of Sall will run again from Monday, the port authority said."
SECOND = "It had lain in the yard since a winter storm tore off part of its bow door in January."
BODY = f"{FIRST}\n\n{SECOND}"
TEXTS: list[dict[str, object]] = [{"type": "text", "content": FIRST}, {"type": "text", "content": SECOND}]

DOCUMENTS: dict[str, dict[str, Any]] = {
    "ninjs 1": {"uri": "urn:1", "type": "text", "headline": "Ferry", "body_text": BODY},
    "ninjs 3": {"uri": "urn:1", "headlines": [{"value": "Ferry"}], "bodies": [{"role": "main", "value": BODY}]},
    "ans": {"type": "story", "version": "0.10.9", "headlines": {"basic": "Ferry"}, "content_elements": TEXTS},
    "schema.org": {"@type": "NewsArticle", "headline": "Ferry", "articleBody": BODY},
    "json": {"headline": "Ferry", "body": BODY},
}
FIELDS = {
    "ninjs 1": "type language version versioncreated firstcreated headline headline_sub description_text urgency",
    "ninjs 3": "type language version versionCreated firstCreated headlines descriptions by place",
    "ans": "type language version headlines subheadlines description publish_date display_date revision credits "
    "content_restrictions",
    "schema.org": "headline alternativeHeadline abstract description inLanguage datePublished version @id url author",
    "json": "language published_at author",
}


@pytest.mark.parametrize("value", [7, 1.5, True, None, "\ud800", [], ["a"], [7], {}, {"a": 1}], ids=repr)
@pytest.mark.parametrize(
    ("name", "field"),
    [(name, field) for name, fields in FIELDS.items() for field in fields.split() if field != "type" or name != "ans"],
)
def test_no_field_beside_the_story_refuses_it(read: Read, name: str, field: str, value: object) -> None:
    """What is in it is read if it can be, and left out if not."""
    article = read(json.dumps(DOCUMENTS[name] | {field: value}), name="a.json")

    assert article.paragraphs == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("ninjs 1", {"version": 3, "headline": 1984}),
        ("ninjs 3", {"version": 3, "headlines": [{"value": "1984"}]}),
        ("ans", {"revision": {"revision_id": 3}, "headlines": {"basic": 1984}}),
        ("ans", {"revision": {"revision_id": 3}, "headlines": "1984"}),
        ("schema.org", {"version": 3, "headline": 1984}),
    ],
)
def test_a_number_is_a_text_too(read: Read, name: str, fields: dict[str, object]) -> None:
    """As which most versions are written, and some headlines."""
    article = read(json.dumps(DOCUMENTS[name] | fields), name="a.json")

    assert (article.version, article.headline) == ("3", "1984")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("ninjs 1", {"embargoed": 1}),
        ("ninjs 3", {"embargoedUntil": {"a": 1}}),
        ("ninjs 3", {"pubStatus": ["canceled"]}),
        ("ans", {"content_restrictions": {"embargo": {"active": "yes"}}}),
        ("ans", {"content_restrictions": {"embargo": "yes"}}),
        ("json", {"embargoed_until": 1}),
        ("json", {"embargoed": ["a"]}),
    ],
)
def test_an_embargo_of_the_wrong_type_holds(read: Read, name: str, fields: dict[str, object]) -> None:
    """Here leaving it out would publish what may not be."""
    assert read(json.dumps(DOCUMENTS[name] | fields), name="a.json").embargoed_until == UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize(
    "elements",
    [
        [{"type": "text", "text": FIRST}, {"type": "text", "text": SECOND}],
        [*TEXTS, {"type": "image", "caption": 7, "subtype": []}],
        [TEXTS[0], {"type": "quote", "subtype": 7, "content_elements": [TEXTS[1]], "citation": ["a"]}],
        [{"type": "list", "list_type": 7, "items": TEXTS}],
    ],
    ids=["ANS 0.4", "an image", "a citation", "a list"],
)
def test_what_an_element_says_beside_its_text_is_no_reason_to_refuse_it(
    read: Read, elements: list[dict[str, object]]
) -> None:
    """The elements of ANS have changed with its versions."""
    document = {"type": "story", "version": "0.4.2", "content_elements": elements}

    assert read(json.dumps(document), name="a.json").paragraphs == (FIRST, SECOND)
