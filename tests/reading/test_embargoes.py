"""Every format can say that a story is under embargo, and what is said of one is never dropped."""

import json
from collections.abc import Callable

import pytest

from builders import STORY
from standfirst.domain.article import Article
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
