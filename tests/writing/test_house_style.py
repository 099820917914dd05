"""A newsroom's own house styles on top of the bundled one."""

from dataclasses import replace

import pytest

from builders import with_limits
from standfirst.domain.errors import InvalidDocument, SettingsError
from standfirst.domain.style import HouseStyle, ListLimits, Range, TextLimits
from standfirst.writing.house_style import load_styles

BUNDLED = HouseStyle(
    name="default",
    version="1",
    limits={
        "standfirst": TextLimits(Range(1, 2), Range(12, 40), 240, max_headline_overlap=0.6),
        "summary": TextLimits(Range(2, 4), Range(35, 80)),
        "key_points": ListLimits(0, 15),
    },
)

NEWSROOM = """
default: daily
prefixes:
  sport/: sport
  sport/live/: default
styles:
  daily:
    version: "4"
    summary:
      words: {least: 40, most: 60}
  sport:
    version: "2"
    based_on: daily
    key_points: {count: 3}
    guidance: Name the competition.
    avoid: [epic]
"""


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n"], ids=["no file", "empty", "only a comment"])
def test_without_a_file_there_is_the_bundled_style(text: str | None) -> None:
    """The design's figures, under the name ``default``."""
    book = load_styles(text)

    assert book.named("default") == BUNDLED
    assert book.for_article("politics/ferry") == BUNDLED


def test_a_style_says_only_what_differs() -> None:
    """The rest comes from the bundled style, down to single limits."""
    daily = load_styles(NEWSROOM).named("daily")

    assert daily == with_limits(
        replace(BUNDLED, name="daily", version="4"), summary=TextLimits(Range(2, 4), Range(40, 60))
    )


def test_a_style_may_be_based_on_another() -> None:
    """What the base changed is inherited too."""
    book = load_styles(NEWSROOM)

    assert book.named("sport") == with_limits(
        replace(book.named("daily"), name="sport", version="2", guidance="Name the competition.", avoid=("epic",)),
        key_points=ListLimits(3, 15),
    )


def test_redefining_the_default_changes_what_is_based_on_it() -> None:
    """The newsroom's ``default`` takes the place of the bundled one."""
    book = load_styles("styles: {default: {version: '2', avoid: [epic]}, sport: {version: '1'}}")

    assert (book.named("default").label, book.named("sport").avoid) == ("default@2", ("epic",))


@pytest.mark.parametrize(
    ("article_id", "wanted", "style"),
    [
        pytest.param("politics/ferry", None, "daily", id="the deployment's default"),
        pytest.param("sport/final", None, "sport", id="a prefix"),
        pytest.param("sport/live/final", None, "default", id="the longest prefix"),
        pytest.param("sport/final", "daily", "daily", id="what the uploader asked for"),
        pytest.param("sport/final", "", "sport", id="an empty wish"),
    ],
)
def test_an_article_gets_the_style_that_fits_closest(article_id: str, wanted: str | None, style: str) -> None:
    """The uploader's word first, then the longest prefix, then the default."""
    assert load_styles(NEWSROOM).for_article(article_id, wanted).name == style


def test_an_article_that_asks_for_an_unknown_style_is_refused() -> None:
    """The reason names the style and those there are, for the person who uploaded it."""
    with pytest.raises(InvalidDocument, match="'tabloid'; there is daily, default, sport"):
        load_styles(NEWSROOM).for_article("sport/final", "tabloid")


def test_an_unknown_style_cannot_be_named() -> None:
    """A deployment that asks for one is told which there are."""
    with pytest.raises(SettingsError, match="'tabloid'; there is default"):
        load_styles(None).named("tabloid")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("styles: [", "this is not YAML", id="no YAML"),
        pytest.param("- daily", "the file: Input should be", id="a list"),
        pytest.param("style: {}", "style is not a key; allowed here: default, prefixes, styles", id="unknown key"),
        pytest.param(
            "styles: {a: {headline: 3}}",
            "styles.a.headline is not a key; allowed here: avoid, based_on, guidance, key_points, standfirst, summary",
            id="unknown key of a style",
        ),
        pytest.param(
            "styles: {a: {summary: {words: {max: 3}}}}",
            "styles.a.summary.words.max is not a key; allowed here: least, most",
            id="unknown key deep down",
        ),
        pytest.param("styles: {a: {summary: 3}}", "styles.a.summary: Input should be", id="not a mapping"),
        pytest.param("styles: {a: {version: 2}}", "styles.a.version: Input should be a valid string", id="a bare 2"),
        pytest.param(
            "styles: {a: {summary: {words: {least: 90}}}}",
            r"styles.a.summary.words: least \(90\) is more than most \(80\)",
            id="least over most",
        ),
        pytest.param("styles: {a: {based_on: b}}", "styles.a.based_on: there is no style 'b'", id="unknown base"),
        pytest.param(
            "styles: {a: {based_on: b}, b: {based_on: a}}", "'a' is itself based on 'b'", id="based on each other"
        ),
        pytest.param("styles: {a: {based_on: a}}", "'a' is itself based on 'a'", id="based on itself"),
        pytest.param("default: tabloid", "default: there is no style 'tabloid'; there is default", id="default"),
        pytest.param("prefixes: {x/: tabloid}", "prefixes.x/: there is no style 'tabloid'", id="prefix"),
    ],
)
def test_a_wrong_file_is_refused_with_the_key_that_is_wrong(text: str, message: str) -> None:
    """The message says where, and what is allowed there."""
    with pytest.raises(SettingsError, match=message):
        load_styles(text)


def test_a_file_of_one_style_needs_no_frame() -> None:
    """It is the default then, on top of the bundled one."""
    style = load_styles("name: tabloid\nversion: '7'\nstandfirst: {words: [8, 20]}\n").for_article("a.txt")

    assert style.label == "tabloid@7"
    assert style.text_limits("standfirst").words == (8, 20)
    assert style.limits["summary"] == BUNDLED.limits["summary"]
