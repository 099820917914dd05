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
