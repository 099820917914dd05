"""Front matter of plain text, in YAML and TOML."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import InvalidDocument
from standfirst.reading.timestamps import UNTIL_FURTHER_NOTICE

Read = Callable[..., Article]

STORY = "The council of Merrow voted on Tuesday to keep its swimming pool open through the winter."


@pytest.mark.parametrize("key", ["standfirst", "dek", "description"])
def test_front_matter_states_what_stands_around_the_body(read: Read, key: str) -> None:
    """Its values win, and none of its lines is a paragraph."""
    article = read(
        f"---\ntitle: 'Pool stays open'\n{key}: Merrow swims on\nlang: en\ndate: 2025-03-04\n---\n\n{STORY}\n"
    )

    assert article.headline == "Pool stays open"
    assert article.standfirst == "Merrow swims on"
    assert article.language == "en"
    assert article.published_at == "2025-03-04"
    assert article.paragraphs == (STORY,)


def test_a_text_that_begins_with_a_rule_has_no_front_matter(read: Read) -> None:
    """A rule above and a rule below do not make keys of the sentences between."""
    article = read(f"---\n{STORY}\n---\nA second paragraph follows the rule.\n")

    assert article.paragraphs == (STORY, "A second paragraph follows the rule.")


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("title: Pool\nlang: [en", r"line \d"),
        ("title: 'Pool\nlang: en", r"line \d"),
        ("title: {a: 1}", "'title' must be text, not a dict"),
        ("title: Pool\n- en", "line 3"),
    ],
    ids=["open list", "open quote", "mapping", "list item"],
)
def test_broken_front_matter_is_refused_with_its_line(read: Read, front_matter: str, reason: str) -> None:
    """Guessing at a half-read headline would be worse."""
    with pytest.raises(InvalidDocument, match=reason):
        read(f"---\n{front_matter}\n---\n{STORY}\n")


@pytest.mark.parametrize("title", ["No", "0xfff", "9" * 990, "2024-13-45", "1_000", "12:30:45", "3.10"])
def test_a_headline_is_the_text_that_was_written(read: Read, title: str) -> None:
    """YAML would make a truth value, a number or an impossible date of it."""
    article = read(f"---\ntitle: {title}\nlanguage: no\n---\n{STORY}\n")

    assert article.headline == title
    assert article.language == "no"


@pytest.mark.parametrize("number", ["0x" + "f" * 8000, "9" * 8000])
def test_a_number_of_thousands_of_digits_is_text_like_any_other(read: Read, number: str) -> None:
    """Nobody has to turn it into a number, which Python refuses to print."""
    article = read(f"---\ntitle: Pool stays open\nid: {number}\n---\n{STORY}\n")

    assert article.headline == "Pool stays open"


@pytest.mark.parametrize("date", ["2024-13-45", "2024-02-30T25:61:00Z", "!!timestamp soon", "~", ""])
def test_a_date_nobody_can_read_is_dropped(read: Read, date: str) -> None:
    """The summary is worth more than the date."""
    article = read(f"---\ntitle: Pool stays open\ndate: {date}\n---\n{STORY}\n")

    assert article.headline == "Pool stays open"
    assert article.published_at is None


@pytest.mark.parametrize("nothing", ["", "~", "null", "' '"])
def test_a_key_without_a_value_states_nothing(read: Read, nothing: str) -> None:
    """The next name for the same thing is asked."""
    article = read(f"---\nheadline: {nothing}\ntitle: Pool stays open\n---\n{STORY}\n")

    assert article.headline == "Pool stays open"


@pytest.mark.slow
@pytest.mark.parametrize(
    "front_matter",
    [
        "title: " + "[" * 9000,
        "title: " + "[" * 9000 + "]" * 9000,
        "title: " + "{a: " * 4000,
        "a0: &a0 [x]\n" + "".join(f"a{at + 1}: &a{at + 1} [*a{at}, *a{at}]\n" for at in range(90)) + "title: *a90",
        "title: &a [*a]",
        "title: *unknown",
        "title: Pool\n? [a, b]\n: c",
        "title: !!python/object/apply:os.system [ls]",
    ],
    ids=["open lists", "nested lists", "maps", "bomb", "itself", "unknown", "complex key", "tag"],
)  # fmt: skip
def test_front_matter_that_attacks_its_reader_is_refused(read: Read, front_matter: str) -> None:
    """Whatever it does to the parser, the answer is the error a CMS engineer can mend."""
    with pytest.raises(InvalidDocument, match="front matter"):
        read(f"---\n{front_matter}\n---\n{STORY}\n")


@pytest.mark.parametrize("name", ["story.md", "story.txt"])
@pytest.mark.parametrize("key", ["standfirst", "dek", "description"])
def test_toml_states_the_same_by_the_same_names(read: Read, name: str, key: str) -> None:
    """Whatever else it holds, tables among it, is no paragraph."""
    article = read(
        f"+++\n# of the desk\ntitle = 'Pool stays open'\n{key} = 'Merrow swims on'\nlang = 'en'\n"
        "date = 2025-03-04T09:30:00Z\nauthors = ['Ada Quill', 'Bo Marsh']\nembargoed_until = 2025-03-05\n\n"
        f"[extra]\nweight = 3\n+++\n\n{STORY}\n",
        name=name,
    )

    assert article.headline == "Pool stays open"
    assert article.standfirst == "Merrow swims on"
    assert article.language == "en"
    assert article.published_at == "2025-03-04T09:30:00Z"
    assert article.embargoed_until == "2025-03-05"
    assert article.paragraphs == (STORY,)


@pytest.mark.parametrize(
    ("date", "published_at"),
    [
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04T09:30:00", "2025-03-04T09:30:00"),
        ("2025-03-04 09:30:00+02:00", "2025-03-04T09:30:00+02:00"),
        ("'2025-03-04'", "2025-03-04"),
        ("09:30:00", None),
        ("2025", None),
    ],
)
def test_every_date_of_toml_is_read(read: Read, date: str, published_at: str | None) -> None:
    """TOML has types for dates, and some write them as text."""
    assert read(f"+++\ntitle = 'Pool stays open'\ndate = {date}\n+++\n{STORY}\n").published_at == published_at


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("title = 'Pool\nlang = 'en'", r"TOML: .* in line 2"),
        ("title = 'Pool'\nlang: en", "in line 3"),
        ("title = 'Pool'\ntitle = 'Park'", "not valid TOML"),
        ("title = ['Pool']", "'title' must be text, not a list"),
        ("title = " + "[" * 9000, "not valid TOML"),
        ("weight = " + "9" * 9000, "not valid TOML"),
        ("title = 2024-13-45", "in line 2"),
    ],
    ids=["open quote", "YAML", "twice", "list", "nested lists", "huge number", "no date"],
)
def test_broken_toml_is_refused_with_its_line(read: Read, front_matter: str, reason: str) -> None:
    """As broken YAML is."""
    with pytest.raises(InvalidDocument, match=reason):
        read(f"+++\n{front_matter}\n+++\n{STORY}\n")


@pytest.mark.parametrize("text", ["+++\n{}\n+++\n{}", "+++\n{}\n\n{}", "+++\ntitle = 'Pool'\n\n{}\n\n{}"])
def test_plus_signs_that_enclose_no_keys_are_no_front_matter(read: Read, text: str) -> None:
    """A rule of plus signs, and one that nothing closes."""
    second = "A second paragraph follows the rule of plus signs."

    assert read(text.format(STORY, second)).paragraphs[-2:] == (STORY, second)


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\ndraft: true\n---",
        "---\ndraft: True\n---",
        "---\ndraft: yes\n---",
        "+++\ndraft = true\n+++",
        "---\npublished: false\n---",
        "---\npublished: no\n---",
        "---\nstatus: Draft\n---",
    ],
)
def test_a_draft_is_under_embargo_without_an_end(read: Read, front_matter: str) -> None:
    """Its editors may want the summary; the site may not have it."""
    assert read(f"{front_matter}\n{STORY}\n").embargoed_until == UNTIL_FURTHER_NOTICE


@pytest.mark.parametrize(
    "front_matter",
    ["---\ndraft: false\ndate: 2025-03-04\n---", "---\npublished: true\ndate: 2025-03-04\n---"],
)
def test_what_is_no_draft_is_published_on_its_date(read: Read, front_matter: str) -> None:
    """Also where ``published`` holds a truth value."""
    article = read(f"{front_matter}\n{STORY}\n")

    assert article.embargoed_until is None
    assert article.published_at == "2025-03-04"
