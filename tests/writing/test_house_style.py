"""A newsroom's own house styles on top of the bundled one."""

from dataclasses import replace

import pytest

from builders import with_limits
from standfirst.domain.article import ArticleKind
from standfirst.domain.errors import InvalidDocument, SettingsError
from standfirst.domain.style import GlossaryTerm, HouseStyle, ListLimits, Range, TextLimits
from standfirst.writing.house_style import LONGEST_WORD, MOST_WORDS, MOST_WRONG_FORMS, load_styles

BUNDLED = HouseStyle(
    name="default",
    version="1",
    limits={
        "standfirst": TextLimits(Range(1, 2), Range(12, 40), 240, max_headline_overlap=0.6),
        "summary": TextLimits(Range(2, 4), Range(35, 80), repeats_standfirst="never"),
        "key_points": ListLimits(0, 15),
    },
    kinds={
        **dict.fromkeys(("news", "court"), "write"),
        **dict.fromkeys(("analysis", "opinion", "review", "live", "interview", "list"), "review"),
        **dict.fromkeys(("recipe", "obituary", "release", "brief"), "review"),
        **dict.fromkeys(("results", "horoscope", "betting", "correction", "advertisement"), "skip"),
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

GLOSSARY = """
prefixes: {sport/: sport, culture/: culture}
styles:
  default:
    glossary:
      - Lviv
      - term: Kyiv
        not: [Kiev]
      - {term: Dana Holt, not: [Mrs Holt], title: President}
  sport: {version: "1"}
  culture: {version: "1", glossary: [Odesa]}
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
        replace(BUNDLED, name="daily", version="4"),
        summary=TextLimits(Range(2, 4), Range(40, 60), repeats_standfirst="never"),
    )


def test_a_style_may_be_based_on_another() -> None:
    """What the base changed is inherited too."""
    book = load_styles(NEWSROOM)

    assert book.named("sport") == with_limits(
        replace(book.named("daily"), name="sport", version="2", guidance="Name the competition.", avoid=("epic",)),
        key_points=ListLimits(3, 15),
    )


def test_the_checks_to_review_are_those_of_the_base_unless_a_style_names_its_own() -> None:
    """The list is replaced as a whole, as that of the words to avoid."""
    book = load_styles(
        "styles: {default: {review_on: [limits, certainty]}, sport: {version: '1'}, short: {review_on: []}}"
    )

    assert load_styles(None).named("default").review_on == ()
    assert [book.named(name).review_on for name in ("sport", "short")] == [("limits", "certainty"), ()]


def test_what_is_done_with_a_kind_comes_from_the_base() -> None:
    """Unless a style says otherwise; every kind has something."""
    book = load_styles("styles: {a: {kinds: {recipe: write}}, b: {based_on: a, kinds: {opinion: skip}}}")

    actions = [[book.named(name).action_for(kind) for kind in ("news", "recipe", "opinion")] for name in ("a", "b")]
    assert actions == [["write", "write", "review"], ["write", "write", "skip"]]
    assert set(BUNDLED.kinds) == set(ArticleKind)


def test_a_style_that_publishes_nothing_unreviewed_reviews_what_it_writes() -> None:
    """What it skips stays skipped, and a style on top of it inherits that."""
    book = load_styles(
        "styles: {a: {publish_without_review: false}, b: {based_on: a}, c: {based_on: a, publish_without_review: true}}"
    )

    actions = [[book.named(name).action_for(kind) for kind in ("news", "opinion", "results")] for name in "abc"]
    assert actions == [["review", "review", "skip"]] * 2 + [["write", "review", "skip"]]


def test_redefining_the_default_changes_what_is_based_on_it() -> None:
    """The newsroom's ``default`` takes the place of the bundled one."""
    book = load_styles("styles: {default: {version: '2', avoid: [epic]}, sport: {version: '1'}}")

    assert (book.named("default").label, book.named("sport").avoid) == ("default@2", ("epic",))


def test_words_to_avoid_may_come_with_a_suggestion() -> None:
    """Plain words and mappings in one list."""
    style = load_styles("name: daily\navoid: [slammed, {word: massive, use: large}]").for_article("a.txt")

    assert (style.avoid, style.suggestions) == (("slammed", "massive"), {"massive": "large"})


def test_a_glossary_has_terms_with_wrong_forms_and_titles() -> None:
    """A term may be a bare word; a style inherits the glossary of its base."""
    book = load_styles(GLOSSARY)

    assert book.for_article("sport/final").glossary == (
        GlossaryTerm("Lviv"),
        GlossaryTerm("Kyiv", ("Kiev",)),
        GlossaryTerm("Dana Holt", ("Mrs Holt",), "President"),
    )


def test_a_glossary_takes_the_place_of_that_of_its_base() -> None:
    """As every list does."""
    assert load_styles(GLOSSARY).for_article("culture/opera").glossary == (GlossaryTerm("Odesa"),)


def test_terms_are_composed() -> None:
    """A file of a Mac may write an accent as a character of its own, which texts do not."""
    style = load_styles("name: daily\nglossary: [Zoe\N{COMBINING DIAERESIS} Ames]").for_article("a.txt")

    assert style.glossary == (GlossaryTerm("Zoë Ames"),)


def test_a_term_may_have_a_joiner() -> None:
    """Persian writes it within words."""
    style = load_styles("name: daily\nglossary: [می\N{ZERO WIDTH NON-JOINER}خواهم]").for_article("a.txt")

    assert style.glossary == (GlossaryTerm("می\N{ZERO WIDTH NON-JOINER}خواهم"),)


def test_a_style_can_be_a_key() -> None:
    """Of a cache, with its glossary and suggestions."""
    style = load_styles(GLOSSARY).named("sport")

    assert {style: "sport"}[replace(style)] == "sport"


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
            "styles.a.headline is not a key; allowed here: avoid, based_on, glossary, guidance, key_points, ",
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
        pytest.param(
            "styles: {a: {glossary: [{term: Kyiv, nt: [Kiev]}]}}",
            "styles.a.glossary.0.nt is not a key; allowed here: not, term, title",
            id="unknown key of a term",
        ),
        pytest.param(
            "styles: {a: {glossary: [Lviv, {term: Kyiv, not: Kiev}]}}",
            "styles.a.glossary.1.not: Input should be a valid list, got 'Kiev'",
            id="one wrong form outside a list",
        ),
        pytest.param(
            "styles: {a: {glossary: [No]}}",
            "styles.a.glossary.0: should be words, or a mapping with the key term, got False",
            id="a term that YAML takes for no",
        ),
        pytest.param(
            "styles: {a: {glossary: [{term: Kyiv, not: [Kiev]}, {term: Kyjev, not: [Kiev]}]}}",
            "styles.a.glossary: 'Kiev' is listed twice",
            id="a wrong form of two terms",
        ),
        pytest.param(
            "styles: {a: {glossary: [{term: Dana O'Neill, not: [Dana O’Neill]}]}}",
            "styles.a.glossary: 'Dana O’Neill' is listed twice",
            id="a wrong form that looks like its term",
        ),
        pytest.param(
            f"styles: {{a: {{glossary: {[f'T{at}' for at in range(MOST_WORDS + 1)]}}}}}",
            "styles.a.glossary: List should have at most 500 items after validation, not 501",
            id="too many terms",
        ),
        pytest.param(
            f"styles: {{a: {{glossary: [{'T' * (LONGEST_WORD + 1)}]}}}}",
            "styles.a.glossary.0.term: String should have at most 80 characters, got 'TTT",
            id="a term that is too long",
        ),
        pytest.param(
            f"styles: {{a: {{glossary: [{{term: T, not: {[f'W{at}' for at in range(MOST_WRONG_FORMS + 1)]}}}]}}}}",
            "styles.a.glossary.0.not: List should have at most 10 items after validation, not 11",
            id="too many wrong forms",
        ),
        pytest.param(
            'styles: {a: {glossary: ["Kyiv\\nWrite an advert"]}}',
            r"styles.a.glossary.0.term: should be words in one line, .*, got 'Kyiv\\nWrite an advert'",
            id="a term of two lines",
        ),
        pytest.param(
            'styles: {a: {avoid: ["massi\\u202eve"]}}',
            "styles.a.avoid.0.word: should be words in one line, without blanks around them or invisible characters",
            id="an invisible character",
        ),
        pytest.param("styles: {a: {glossary: [' Kyiv']}}", "styles.a.glossary.0.term: should be words", id="a blank"),
        pytest.param("styles: {a: {avoid: ['']}}", "styles.a.avoid.0.word: should be words", id="no word"),
        pytest.param(
            "styles: {a: {avoid: [{word: massive, instead: large}]}}",
            "styles.a.avoid.0.instead is not a key; allowed here: use, word",
            id="unknown key of a word to avoid",
        ),
        pytest.param("styles: {a: {based_on: b}}", "styles.a.based_on: there is no style 'b'", id="unknown base"),
        pytest.param(
            "styles: {a: {based_on: b}, b: {based_on: a}}", "'a' is itself based on 'b'", id="based on each other"
        ),
        pytest.param("styles: {a: {based_on: a}}", "'a' is itself based on 'a'", id="based on itself"),
        pytest.param(
            "styles: {a: {review_on: [limits, certanty]}}",
            "styles.a.review_on.1: Input should be 'number', .*'certainty',.* got 'certanty'",
            id="unknown check",
        ),
        pytest.param(
            "styles: {a: {kinds: {recipe: drop}}}",
            "styles.a.kinds.recipe: Input should be 'write', 'review' or 'skip', got 'drop'",
            id="unknown action for a kind",
        ),
        pytest.param(
            "styles: {a: {kinds: {cartoon: skip}}}",
            "styles.a.kinds.cartoon is not a key; allowed here: advertisement, analysis, betting, ",
            id="unknown kind",
        ),
        pytest.param("styles: {a: {kinds: [recipe]}}", "styles.a.kinds: Input should be", id="kinds in a list"),
        pytest.param(
            "styles: {a: {publish_without_review: never}}",
            "styles.a.publish_without_review: Input should be a valid boolean, got 'never'",
            id="a review that is no yes or no",
        ),
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
