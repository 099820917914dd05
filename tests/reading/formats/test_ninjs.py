"""ninjs 1.x, 2.x and 3.x: one story told in three spellings, and the items that tell none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.domain.article import Article, Document
from standfirst.domain.errors import ArticleKilled, EmptyDocument, InvalidDocument, ReadingError
from standfirst.reading.formats.ninjs import item as ninjs
from standfirst.reading.source import Source

Read = Callable[..., Article]

SAMPLES = Path(__file__).parents[1] / "json"
FIRST = "The ferry between Dunmere and the island of Sall will run again from Monday, the port authority said."
SECOND = "It had lain in the yard since a winter storm tore off part of its bow door in January."
THIRD = "“We have waited nine weeks for this,” said Ines Korrel, who runs the island's only bakery."
FOURTH = "Repairs cost 1.2 million crowns, of which the county pays half."
STANDFIRST = (
    "After nine weeks in the yard the island's only link to the mainland is repaired, and half of the bill is the "
    "county's."
)
BODY = f"{FIRST}\n\n{SECOND}"


def item(**fields: object) -> str:
    """A ninjs 3 item with a headline and a body, and whatever else is said."""
    values: dict[str, object] = {
        "uri": "urn:wire:1",
        "versionCreated": "2025-03-10T08:02:00Z",
        "headlines": [{"role": "main", "value": "Ferry to Sall runs again"}],
        "bodies": [{"role": "main", "value": BODY}],
    }
    return json.dumps(values | fields)


@pytest.mark.parametrize("name", ["ninjs_1.json", "ninjs_2.json", "ninjs_3.json"])
def test_each_version_of_the_format_tells_the_same_story(read: Read, name: str) -> None:
    """The dateline, captions, hidden notes and associated items are no part of it."""
    article = read((SAMPLES / name).read_bytes(), name=name)

    assert article.format == "ninjs"
    assert article.headline == "Ferry to Sall runs again"
    assert article.standfirst == STANDFIRST
    assert article.paragraphs == (FIRST, SECOND, THIRD, FOURTH)
    assert article.version == "3"


@pytest.mark.parametrize(
    ("name", "published_at", "embargoed_until", "language"),
    [
        ("ninjs_1.json", "2025-03-10T08:02:00Z", "2025-03-10T12:00:00Z", "en-GB"),
        ("ninjs_2.json", "2025-03-10T08:02:00+01:00", None, "en"),
        ("ninjs_3.json", "2025-03-10T08:02:00Z", "2025-03-10T12:00:00+01:00", "en"),
    ],
    ids=["1.x", "2.x", "3.x"],
)
def test_dates_are_those_of_this_version(
    read: Read, name: str, published_at: str, embargoed_until: str | None, language: str
) -> None:
    """The first version's date is that of another text; 3.x has a name of its own for the embargo."""
    article = read((SAMPLES / name).read_bytes(), name=name)

    assert article.published_at == published_at
    assert article.embargoed_until == embargoed_until
    assert article.language == language


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"firstcreated": "2025-03-09"}, "2025-03-10T08:02:00Z"),
        ({"versionCreated": None, "firstCreated": "2025-03-09"}, "2025-03-09"),
        ({"firstpublished": "2025-03-08T10:00:00Z"}, "2025-03-08T10:00:00Z"),
        ({"versionCreated": "soon"}, None),
    ],
    ids=["this version", "first version", "the provider's own", "unreadable"],
)
def test_published_at_is_the_best_date_there_is(read: Read, dates: dict[str, object], expected: str | None) -> None:
    """A date nobody can read is left out."""
    assert read(item(**dates), name="a.json").published_at == expected


@pytest.mark.parametrize(
    ("bodies", "expected"),
    [
        ([("text", None, f"{FIRST} {SECOND}"), ("html", None, f"<p>{FIRST}</p><p>{SECOND}</p>")], (FIRST, SECOND)),
        ([("html", "text/html", f"<p>{FIRST}</p>"), ("text", "text/plain", BODY)], (FIRST, SECOND)),
        ([("ttnitf", "application/xml", "<x>Other.</x>"), (None, None, BODY)], (FIRST, SECOND)),
        ([("caption", None, "The ferry lies in the yard. " * 20), ("main", None, BODY)], (FIRST, SECOND)),
        ([("wireversion", None, BODY)], (FIRST, SECOND)),
        ([("main", "text/html", f"{FIRST.replace('ferry', '<sup>ferry</sup>')}\n\n{SECOND}")], (FIRST, SECOND)),
        ([("main", None, f"Ferry to Sall runs again\n{BODY}\n\n(Reporting by Ada Quill)")], (FIRST, SECOND)),
    ],
    ids=[
        "HTML where text has no paragraphs",
        "the longer one",
        "another format in a string",
        "a caption is no body",
        "a role nobody knows",
        "inline tags only",
        "headline and sign-off inside",
    ],
)
def test_one_body_of_several_is_read(
    read: Read, bodies: list[tuple[str | None, str | None, str]], expected: tuple[str, ...]
) -> None:
    """They are versions of one text, and the fullest that knows its paragraphs is taken."""
    listed = [{"role": role, "contentType": kind, "value": value} for role, kind, value in bodies]

    assert read(item(bodies=listed), name="a.json").paragraphs == expected


@pytest.mark.parametrize(
    ("fields", "standfirst"),
    [
        ({"descriptions": [{"role": "summary", "value": STANDFIRST}]}, STANDFIRST),
        ({"descriptions": [{"role": "ingress", "value": STANDFIRST}]}, STANDFIRST),
        ({"descriptions": [{"role": "summary", "value": FIRST}]}, None),
        ({"descriptions": [{"role": "summary", "value": FIRST[:-20]}]}, None),
        ({"descriptions": [{"role": "summary", "value": "Ferry to Sall runs again"}]}, None),
        ({"descriptions": [{"role": "text", "value": STANDFIRST}]}, None),
        ({"descriptions": [{"value": STANDFIRST}]}, None),
        ({"headline_subheadline": f"<p>{STANDFIRST}</p>"}, STANDFIRST),
    ],
    ids=["summary", "ingress", "first words", "cut", "headline again", "text", "no role", "1.x, HTML"],
)
def test_the_own_standfirst_is_what_a_role_says_it_is(read: Read, fields: dict[str, object], standfirst: str) -> None:
    """A description that is cut from the body, or that nobody calls a summary, is none."""
    article = read(item(**fields), name="a.json")

    assert article.standfirst == standfirst
    assert article.paragraphs == (FIRST, SECOND)


def test_a_standfirst_printed_as_the_first_paragraph_is_told_once(read: Read) -> None:
    """It stands outside the story."""
    article = read(
        item(headline_sub=STANDFIRST, bodies=[{"value": f"{STANDFIRST}\n\n{BODY}"}]),
        name="a.json",
    )

    assert (article.standfirst, article.paragraphs) == (STANDFIRST, (FIRST, SECOND))


def test_the_main_headline_wins_over_the_others(read: Read) -> None:
    """Whatever their order."""
    headlines = [
        {"role": "seo", "value": "Sall ferry timetable"},
        {"role": "hld:subHeadline", "value": STANDFIRST},
        {"role": "main", "value": "Ferry &amp; crew are back"},
    ]

    article = read(item(headlines=headlines), name="a.json")

    assert (article.headline, article.standfirst) == ("Ferry & crew are back", STANDFIRST)


NITF = f"""<?xml version="1.0" encoding="iso-8859-1"?>
<nitf><head><title>Other</title></head><body><body.head><hedline><hl1>Ferry to Sall runs again</hl1></hedline>
</body.head><body.content><p>{FIRST}</p><p>{SECOND}</p></body.content></body></nitf>"""


def test_a_body_in_nitf_is_read_when_it_is_the_only_one(read: Read) -> None:
    """Else the text beside it is."""
    nitf = {"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": NITF}
    text = {"role": "text", "contentType": "text/plain", "value": BODY}

    assert read(item(bodies=[nitf]), name="a.json").paragraphs == (FIRST, SECOND)
    assert read(item(bodies=[nitf, text]), name="a.json").paragraphs == (FIRST, SECOND)


def test_a_lead_that_the_body_does_not_hold_is_the_standfirst(read: Read) -> None:
    """Some providers send the first paragraph apart."""
    article = read(item(descriptions=[{"role": "lead", "value": FIRST}], bodies=[{"value": SECOND}]), name="a.json")

    assert (article.standfirst, article.paragraphs) == (FIRST, (SECOND,))


def test_a_flash_without_a_body_is_read_from_its_description(read: Read) -> None:
    """Agencies send a first sentence so."""
    article = read(item(type="text", bodies=None, descriptions=[{"role": "text", "value": FIRST}]), name="a.json")

    assert (article.paragraphs, article.standfirst) == ((FIRST,), None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"type": "picture"}, "photo item"),
        ({"type": "video", "descriptions": [{"value": FIRST}]}, "video item"),
        ({"type": "audio"}, "audio item"),
        ({"type": "graphic"}, "graphic item"),
        ({"type": "event"}, "event item"),
        ({"type": "composite", "associations": [{"uri": "a"}, {"uri": "b"}]}, "composite item .* 2 other items"),
        ({"type": "composite", "associations": {"main": {"uri": "a"}}}, "composite item .* 1 other item[.]"),
        ({"type": "text"}, "no body"),
        ({"type": "text", "descriptions": [{"role": "text", "value": "The ferry between Dunm"}]}, "no body"),
    ],
    ids=["picture", "video", "audio", "graphic", "event", "composite", "composite 1.x", "text", "cut description"],
)
def test_an_item_without_text_is_told_what_it_is(read: Read, fields: dict[str, object], reason: str) -> None:
    """A caption is no story."""
    with pytest.raises(InvalidDocument, match=reason):
        read(item(bodies=None, **fields), name="a.json")


@pytest.mark.parametrize(("status", "reason"), [("canceled", "canceled"), ("withheld", "withheld")])
def test_what_its_provider_took_back_is_not_read(read: Read, status: str, reason: str) -> None:
    """Neither in the spelling of 1.x nor of 3.x."""
    with pytest.raises(ArticleKilled, match=reason):
        read(item(pubstatus=status), name="a.json")
    with pytest.raises(ArticleKilled, match=reason):
        read(item(pubStatus=status), name="a.json")


@pytest.mark.parametrize("stated", ["", " ", None], ids=repr)
def test_an_embargo_nobody_can_read_lasts(read: Read, stated: str | None) -> None:
    """Dropping it would publish the story; an empty one is none."""
    assert read(item(embargoed="until noon"), name="a.json").embargoed_until == "9999-12-31T23:59:59Z"
    assert read(item(embargoed=stated), name="a.json").embargoed_until is None


def test_an_empty_body_is_empty(read: Read) -> None:
    """A headline alone is no article."""
    with pytest.raises(EmptyDocument):
        read(item(bodies=[{"value": "<p> </p>"}]), name="a.json")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("bodies", "text", "'bodies' .* must be a list, not a string"),
        ("bodies", ["text"], r"'bodies\[0\]' .* must be an object, not a string"),
        ("bodies", [{"role": "main"}], r"'bodies\[0\]\.value' .* is missing"),
        ("bodies", [{"value": "a"}, {"value": 3}], r"'bodies\[1\]\.value' .* must be a string, not a number"),
        ("body_text", ["a"], "'body_text' .* must be a string, not an array"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_a_body_of_the_wrong_type_is_named(read: Read, field: str, value: object, reason: str) -> None:
    """The reason says where it stands and what it must be."""
    with pytest.raises(InvalidDocument, match=reason):
        read(item(**{field: value}), name="a.json")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False), st.integers(), st.text(max_size=60), st.just(BODY)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["role", "contenttype", "value"]), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["type", "headline", "headlines", "bodies", "descriptions", "body_html", "body_", "headline_x", "description_a",
     "version", "versionCreated", "embargoed", "pubstatus", "language", "associations"]
)  # fmt: skip


@given(values=st.dictionaries(NAMES, VALUES, max_size=8))
def test_any_item_is_read_or_refused(values: dict[str, object]) -> None:
    """No other exception leaves the reader, and every refusal has a reason."""
    content = json.dumps({"uri": "urn:1", **values}).encode()

    try:
        stories = ninjs.read(Source.of(Document(name="a.json", content=content)))
    except ReadingError as error:
        assert str(error).endswith(".")  # noqa: PT017 - both outcomes are good ones
    else:
        assert all(paragraph.strip() for story in stories for paragraph in story.paragraphs)
