"""ETags: what a reader compares, and what an editor does."""

from collections.abc import Callable

import pytest

from builders import a_record
from standfirst.api.etags import entity_tag, expects, is_known
from standfirst.domain.record import Record

RECORD = a_record()
TAG = entity_tag(RECORD, "as JSON")
LINKED = entity_tag(RECORD, "as linked data")
OTHER = entity_tag(a_record(revision=2), "as JSON")


def test_a_tag_is_strong_and_quoted() -> None:
    """RFC 9110, section 8.8.3; without a sign that would end it early."""
    assert TAG[0] == TAG[-1] == '"'
    assert TAG[1:-1].replace("-", "").isalnum()
    assert TAG.isascii()


def test_the_same_form_of_the_same_record_has_the_same_tag() -> None:
    """Whoever computes it: every execution environment is another process."""
    assert entity_tag(a_record(), "as JSON") == TAG == '"6c7507b9980093a6-ff016825fb8dc96c"'


@pytest.mark.parametrize(
    "other",
    [a_record(revision=2), a_record("politics/bridge.txt"), a_record(minutes=1), a_record("a\ud800")],
    ids=["revision", "article", "moment", "no text"],
)
def test_another_record_has_another_tag(other: Record) -> None:
    """Even where its form were the same; a deleted table begins to count anew."""
    assert entity_tag(other, "as JSON") != TAG


def test_another_form_has_another_tag() -> None:
    """A cache holds forms."""
    assert LINKED != TAG


@pytest.mark.parametrize("tag", [TAG, LINKED, f"  {TAG} "], ids=["one form", "another form", "spaces"])
def test_an_editor_may_have_seen_any_form_of_a_revision(tag: str) -> None:
    """What is changed is the record."""
    assert expects(tag, RECORD)


@pytest.mark.parametrize(
    "if_match",
    [f"{OTHER}, {TAG}", f"{TAG},{OTHER}", f'"with, comma", {TAG}', f"W/{OTHER}, {LINKED}", "*", " * "],
    ids=["second", "first", "comma inside", "after a weak one", "any", "any with spaces"],
)
def test_one_of_several_tags_is_enough(if_match: str) -> None:
    """RFC 9110, section 13.1.1."""
    assert expects(if_match, RECORD)


@pytest.mark.parametrize(
    "if_match",
    [
        OTHER,
        entity_tag(a_record("politics/bridge.txt"), "as JSON"),
        f"W/{TAG}",
        TAG.strip('"'),
        TAG[:-1],
        TAG[1:],
        f'"{TAG[2:]}',
        f"'{TAG[1:-1]}'",
        f'"x{TAG[1:]}',
        "",
        '""',
        '"',
        "hello",
        "**",
        '"*"',
        ", ,",
        "\ud800",
    ],
    ids=[
        "another revision",
        "another article",
        "weak",
        "unquoted",
        "not closed",
        "not opened",
        "cut",
        "single quotes",
        "longer",
        "nothing",
        "empty tag",
        "one quote",
        "a word",
        "two stars",
        "quoted star",
        "commas",
        "no text",
    ],
)
def test_whoever_has_seen_something_else_may_not_change_it(if_match: str) -> None:
    """If-Match is compared strongly."""
    assert not expects(if_match, RECORD)


@pytest.mark.parametrize(
    "if_none_match",
    [TAG, f"W/{TAG}", f"{OTHER}, {TAG}", f"{OTHER},W/{TAG}", f" {TAG} ", "*", " *"],
    ids=["strong", "weak", "list", "weak in a list", "spaces", "any", "any with a space"],
)
def test_a_reader_who_has_the_form_is_told_so(if_none_match: str) -> None:
    """If-None-Match is compared weakly (RFC 9110, section 13.1.2): proxies that compress make tags weak."""
    assert is_known(if_none_match, TAG)


@pytest.mark.parametrize(
    "if_none_match",
    ["", LINKED, OTHER, TAG.strip('"'), "hello", '"*"', f'"{TAG[2:]}'],
    ids=["nothing", "another form", "another revision", "unquoted", "a word", "quoted star", "cut"],
)
def test_a_reader_who_has_another_form_is_sent_this_one(if_none_match: str) -> None:
    """The same revision in another form is not what was asked for."""
    assert not is_known(if_none_match, TAG)


@pytest.mark.parametrize("compare", [lambda header: expects(header, RECORD), lambda header: is_known(header, TAG)])
@pytest.mark.parametrize("header", ['"' * 8_000, 'W/"' * 3_000, '"a' * 4_000], ids=["quotes", "weak", "open"])
def test_headers_full_of_quotes_match_nothing(compare: Callable[[str], bool], header: str) -> None:
    """API Gateway lets 10 KB of headers through."""
    assert not compare(header)
