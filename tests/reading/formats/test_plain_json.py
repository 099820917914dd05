"""The plain JSON shape: what is read, and what each mistake is told."""

import json
from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import EmptyDocument, InvalidDocument

Read = Callable[..., Article]

FIRST = "The council of Merrow voted on Tuesday to keep its swimming pool open through the winter."
SECOND = "It found the money in the road budget, the mayor said."
BODY = f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "body",
    [{"body": BODY}, {"text": BODY}, {"paragraphs": [FIRST, SECOND]}, {"body": " ", "text": BODY}],
    ids=["body", "text", "paragraphs", "the first that holds something"],
)
def test_the_body_is_read_from_any_of_its_three_fields(read: Read, body: dict[str, object]) -> None:
    """One string is split into paragraphs; a list already is."""
    article = read(json.dumps({"headline": "Pool stays open", **body}), name="story.json")

    assert article.headline == "Pool stays open"
    assert article.paragraphs == (FIRST, SECOND)
    assert article.format == "json"


def test_every_field_reaches_the_article(read: Read) -> None:
    """Unknown keys are no mistake."""
    content = {
        "headline": "Pool stays open",
        "standfirst": "Merrow swims on.",
        "body": BODY,
        "language": "EN_gb",
        "published_at": "2025-03-04T09:30:00Z",
        "section": {"id": 4},
    }

    article = read(json.dumps(content), name="story.json")

    assert article.standfirst == "Merrow swims on."
    assert article.language == "en-GB"
    assert article.published_at == "2025-03-04T09:30:00Z"


def test_boilerplate_in_the_body_goes(read: Read) -> None:
    """A body string is a pasted page as often as not, and its headline is not told twice."""
    body = f"Pool stays open\nBy Ada Quill\n{BODY}\nRead next\n10:15\nA fire broke out in a warehouse in Sarn."

    article = read(json.dumps({"headline": "Pool stays open", "body": body}), name="story.json")

    assert article.paragraphs == (FIRST, SECOND)


def test_utf16_json_is_read(read: Read) -> None:
    """JSON comes in UTF-16, too."""
    content = json.dumps({"headline": "Łódź", "body": BODY}, ensure_ascii=False)

    assert read(content.encode("utf-16"), name="story.json").headline == "Łódź"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("headline", 12, "'headline' .* must be a string, not a number"),
        ("standfirst", ["a"], "'standfirst' .* must be a string, not an array"),
        ("body", {"a": 1}, "'body' .* must be a string, not an object"),
        ("text", True, "'text' .* must be a string, not true or false"),
        ("paragraphs", "one", "'paragraphs' .* must be a list of strings, not a string"),
        ("paragraphs", ["one", 2], r"'paragraphs\[1\]' .* must be a string, not a number"),
    ],
    ids=["headline", "standfirst", "body", "text", "paragraphs", "a paragraph"],
)
def test_a_field_of_the_wrong_type_is_named(read: Read, field: str, value: object, reason: str) -> None:
    """The reason says which field, what was expected and what was found."""
    with pytest.raises(InvalidDocument, match=reason):
        read(json.dumps({"headline": "Pool", "body": BODY, field: value}), name="story.json")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"headline": "Pool",\n "body": }', "line 2, column 10"),
        ("[]", "not an array"),
        ('"story"', "not a string"),
        ("12", "not a number"),
        ("null", "not null"),
        ('{"body": NaN}', "NaN"),
        ('{"body": ' + "[" * 200_000, "nested too deeply"),
        ('{"body": ' + "1" * 10_000 + "}", "not valid JSON: a number has thousands of digits\\.$"),
        ('{"headline": "Pool"}', "no body"),
        ("Just a story.", "line 1, column 1"),
    ],
    ids=["syntax", "array", "string", "number", "null", "NaN", "deep", "huge number", "no body", "no JSON"],
)
def test_a_broken_document_says_what_is_wrong(read: Read, content: str, reason: str) -> None:
    """Every mistake has a sentence of its own."""
    with pytest.raises(InvalidDocument, match=reason):
        read(content, name="story.json")


@pytest.mark.parametrize("body", [{"body": ""}, {"paragraphs": []}, {"paragraphs": [" "]}], ids=str)
def test_a_headline_with_an_empty_body_is_empty(read: Read, body: dict[str, object]) -> None:
    """A headline alone is no article."""
    with pytest.raises(EmptyDocument):
        read(json.dumps({"headline": "Pool stays open", **body}), name="story.json")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"uri": "urn:1", "versioncreated": "2025-03-04T09:30:00Z", "headline": "a", "body_text": BODY}, "ninjs"),
        ({"uri": "urn:1", "bodies": [{"role": "main", "value": BODY}]}, "ninjs"),
        ({"type": "story", "content_elements": [{"type": "text", "content": BODY}]}, "ans"),
        ({"@context": "https://schema.org", "@type": "NewsArticle", "articleBody": BODY}, "schema.org"),
        ({"headline": "a", "body": BODY, "type": "text"}, "json"),
    ],
    ids=["ninjs 1", "ninjs 3", "ans", "schema.org", "plain"],
)
def test_json_of_another_known_shape_has_its_own_reader(read: Read, content: dict[str, object], found: str) -> None:
    """The shape decides, not the name."""
    assert read(json.dumps(content), name="story.json").format == found


@pytest.mark.parametrize(
    "body",
    [
        {"body": f"<p>{FIRST}</p><p style='display:none'>Not this one.</p><p>{SECOND}</p>"},
        {"body": f"<b>{FIRST}</b>\n\n{SECOND}"},
        {"text": f"{FIRST}<br><br>{SECOND}"},
        {"paragraphs": [f"<p>{FIRST}</p>", f"It found the <i>money</i>{SECOND.removeprefix('It found the money')}"]},
    ],
    ids=["paragraphs", "inline tags", "breaks", "list"],
)
def test_a_body_in_html_is_read_as_html(read: Read, body: dict[str, object]) -> None:
    """What a reader would not see is no part of it."""
    assert read(json.dumps({"headline": "Pool", **body}), name="story.json").paragraphs == (FIRST, SECOND)


def test_character_references_are_read(read: Read) -> None:
    """In a headline as in the body."""
    content = {"headline": "Pool &amp; park", "body": f"{BODY}\n\nA swim costs 3&nbsp;crowns, a ticket &euro;4."}

    article = read(json.dumps(content), name="story.json")

    assert article.headline == "Pool & park"
    assert article.paragraphs[-1] == "A swim costs 3 crowns, a ticket €4."


@pytest.mark.parametrize(
    ("spelled", "text"),
    [
        (r"\ud83d", "\ufffd"),
        (r"\uDE00", "\ufffd"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
        (r"\\ud83d", r"\ud83d"),
        (r"\\\ud83d", "\\\ufffd"),
        (r"\ud83d\u0041", "\ufffdA"),
    ],
)
def test_half_a_pair_is_a_lost_letter(read: Read, spelled: str, text: str) -> None:
    """JSON can spell what no text holds."""
    article = read('{"headline": "Pool", "body": "' + FIRST[:-1] + spelled + '."}', name="story.json")

    assert article.paragraphs == (f"{FIRST[:-1]}{text}.",)


def test_a_date_nobody_can_read_is_left_out(read: Read) -> None:
    """The summary does not depend on it."""
    article = read(json.dumps({"body": BODY, "published_at": "last Tuesday"}), name="story.json")

    assert article.published_at is None
