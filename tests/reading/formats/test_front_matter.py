"""YAML front matter of plain text."""

from collections.abc import Callable

import pytest

from standfirst.domain.article import Article
from standfirst.domain.errors import InvalidDocument

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
