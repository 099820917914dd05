"""What an editor may send."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from standfirst.domain.record import MAX_REVISION, Status
from standfirst.domain.review import SummaryPatch
from standfirst.domain.texts import Texts

LIMITS = {"standfirst": 1_000, "summary": 5_000, "note": 2_000}


def a_patch(**members: object) -> SummaryPatch:
    """A patch from the members of a body."""
    return SummaryPatch.model_validate(members)


def refused(**members: object) -> list[str]:
    """The members that such a body is refused for."""
    with pytest.raises(ValidationError) as raised:
        a_patch(**members)
    return [".".join(map(str, error["loc"])) for error in raised.value.errors()]


def test_words_alone_are_edited() -> None:
    """An editor's own text is edited."""
    patch = a_patch(standfirst="The ferry is back.")

    assert patch.has_words
    assert patch.decision is Status.EDITED


@pytest.mark.parametrize("status", [Status.APPROVED, Status.REJECTED])
def test_a_decision_needs_no_words(status: Status) -> None:
    """It is about those that are there."""
    patch = a_patch(status=status.value)

    assert not patch.has_words
    assert patch.decision is status


@pytest.mark.parametrize("status", ["edited", "approved"])
def test_words_may_come_with_a_decision(status: str) -> None:
    """As what they are to be."""
    assert a_patch(summary="The ferry is back.", status=status).decision == status


def test_what_is_left_out_stays() -> None:
    """JSON Merge Patch."""
    before = Texts(standfirst="Old.", summary="Old and long.", key_points=["One.", "Two."])

    assert a_patch(standfirst="New.").over(before) == before.replaced(standfirst="New.")
    assert a_patch(summary="New.").over(before) == before.replaced(summary="New.")
    assert a_patch(key_points=["New."]).over(before) == before.replaced(key_points=["New."])
    assert a_patch(status="approved").over(before) == before


def test_key_points_can_be_taken_away() -> None:
    """Not every text has any."""
    patch = a_patch(key_points=[])

    assert patch.has_words
    assert patch.over(Texts(standfirst="Old.", key_points=["One."]))["key_points"] == ()


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"note": "Seen."},
        {"revision": 2},
        {"status": "edited"},
        {"status": "edited", "revision": 2, "note": "Seen."},
    ],
    ids=["nothing", "a note", "a revision", "edited", "edited with a note"],
)
def test_a_patch_that_changes_nothing_is_refused(members: dict[str, object]) -> None:
    """As a whole, with what to give."""
    with pytest.raises(ValidationError, match="nothing would change"):
        a_patch(**members)


@pytest.mark.parametrize("words", [{"standfirst": "New."}, {"summary": "New."}, {"key_points": []}])
def test_words_cannot_come_rejected(words: dict[str, object]) -> None:
    """Nobody would know which ones are meant."""
    with pytest.raises(ValidationError, match="cannot be rejected at once"):
        a_patch(status="rejected", **words)


@pytest.mark.parametrize("name", ["standfirst", "summary", "key_points", "status", "revision", "note"])
def test_null_is_refused(name: str) -> None:
    """In a merge patch it would take the member away, and a summary without one is none."""
    assert refused(**({"standfirst": "New."} | {name: None})) == [name]


@pytest.mark.parametrize("name", LIMITS)
def test_texts_may_be_just_so_long(name: str) -> None:
    """In characters, whatever their bytes, without the spaces around them."""
    other = {"summary": "New."} if name == "note" else {}
    longest = "🦊" * LIMITS[name]

    assert getattr(a_patch(**other, **{name: f"  {longest}\n"}), name) == longest
    assert refused(**other, **{name: longest + "x"}) == [name]


def test_key_points_may_be_just_so_long_and_many() -> None:
    """The wrong one is named."""
    assert a_patch(key_points=["ü" * 500] * 20).key_points == ("ü" * 500,) * 20
    assert refused(key_points=["One."] * 21) == ["key_points"]
    assert refused(key_points=["One.", "x" * 501]) == ["key_points.1"]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry is back 🛳️ – “at last”, says Ann.",
        "👩‍👩‍👧 na\u00efve cafe\u0301",
        "عادت العبّارة إلى نهر «سيله»",
        "המעבורת \u200f(Sele)\u200f חזרה",
        "渡轮将于六月恢复运营",
        "5\u00a0000 crowns, 3\u202f%",
        '<b>&amp; "quoted" \\n {}',
        "…",
    ],
    ids=["emoji", "joined", "Arabic", "Hebrew", "Chinese", "hard spaces", "markup", "a sign"],
)
def test_any_script_is_taken_as_it_is(text: str) -> None:
    """To the letter, in every text."""
    patch = a_patch(standfirst=text, summary=text, key_points=[text], note=text)

    assert (patch.standfirst, patch.summary, patch.key_points, patch.note) == (text, text, (text,), text)


@pytest.mark.parametrize("text", ["  New. ", "\tNew.\n", "\r\nNew.\u2028", "\u00a0New.\u3000"])
def test_space_around_a_text_is_taken_away(text: str) -> None:
    """As it comes from a form's field."""
    patch = a_patch(standfirst=text, key_points=[text], note=text)

    assert (patch.standfirst, patch.key_points, patch.note) == ("New.", ("New.",), "New.")


@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "\u200b", "\u200f\ufeff"], ids=["empty", "spaces", "line", "joiner", "marks"]
)
def test_a_text_has_something_to_read(text: str) -> None:
    """A site would show an empty line."""
    assert refused(standfirst=text) == ["standfirst"]
    assert refused(summary=text) == ["summary"]
    assert refused(key_points=["One.", text]) == ["key_points.1"]
    assert refused(summary="New.", note=text) == ["note"]


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9b", "\ud800", "\ufffe", "\uffff"],
    ids=["NUL", "bell", "escape", "delete", "next line", "C1", "surrogate", "FFFE", "FFFF"],
)
def test_no_text_holds_what_is_no_character(sign: str) -> None:
    """DynamoDB, or a reader of the JSON, would choke on it."""
    text = f"The ferry{sign} is back."

    assert refused(standfirst=text) == ["standfirst"]
    assert refused(summary=text) == ["summary"]
    assert refused(key_points=[text]) == ["key_points.0"]
    assert refused(summary="New.", note=text) == ["note"]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\t", "\u2028", "\u2029"])
def test_only_a_note_has_lines(sign: str) -> None:
    """A standfirst is one line on every page."""
    text = f"One{sign}two"

    assert refused(standfirst=text) == ["standfirst"]
    assert refused(summary=text) == ["summary"]
    assert refused(key_points=[text]) == ["key_points.0"]
    assert a_patch(summary="New.", note=text).note == text


@pytest.mark.parametrize("revision", ["2", 2.0, True, 0, -1, MAX_REVISION + 1, 2.5, [2]])
def test_a_revision_is_a_number_that_one_can_have(revision: object) -> None:
    """Not a text with one."""
    assert refused(status="approved", revision=revision) == ["revision"]


def test_a_revision_can_be_named() -> None:
    """From the first to the last there can be."""
    assert [a_patch(status="approved", revision=number).revision for number in (1, MAX_REVISION)] == [1, MAX_REVISION]


@pytest.mark.parametrize("status", ["generated", "needs_review", "failed", "withdrawn", "Approved", "", 1])
def test_only_an_editors_decisions_are_taken(status: object) -> None:
    """The others are ours to find."""
    assert refused(standfirst="New.", status=status) == ["status"]


@pytest.mark.parametrize("name", ["headline", "updated_by", "Standfirst", "text", "review", "findings", "default"])
def test_members_that_are_none_are_refused(name: str) -> None:
    """A misspelt one would be lost, and nobody writes another's name."""
    assert refused(summary="New.", **{name: "x"}) == [name]


@pytest.mark.parametrize("value", [1, ["New."], {"text": "New."}, True])
def test_texts_are_texts(value: object) -> None:
    """Nothing is turned into one."""
    assert refused(standfirst=value) == ["standfirst"]
    assert refused(summary="New.", note=value) == ["note"]


@pytest.mark.parametrize("value", ["One.", {"0": "One."}, 1])
def test_key_points_are_a_list(value: object) -> None:
    """A text is not a list of its letters."""
    assert refused(key_points=value) == ["key_points"]


def test_every_error_is_reported_at_once() -> None:
    """Nobody likes to be sent back twice."""
    assert refused(standfirst="", key_points=["", "Two."], status="fine", other=1) == [
        "standfirst",
        "key_points.0",
        "status",
        "other",
    ]


def test_its_schema_lets_members_be_left_out_but_not_be_null() -> None:
    """So that a client made from the document can neither send ``null`` nor has to send anything."""
    schema: dict[str, Any] = SummaryPatch.model_json_schema()

    document = json.dumps(schema)
    assert set(schema["properties"]) == set(SummaryPatch.model_fields)
    assert "required" not in schema
    assert schema["additionalProperties"] is False
    assert '"null"' not in document
    assert '"default"' not in document
    limits = {"maxLength": 1_000, "minLength": 1, "type": "string"}
    assert schema["properties"]["standfirst"].items() >= limits.items()


def test_what_nobody_sees_in_an_editors_words_is_taken_out() -> None:
    """A pasted zero-width space, a tag or a bidi control; what a language needs stays, and nothing alone is no text."""
    patch = a_patch(standfirst="The fer\u200bry\u202e is\U000e0049 back.", summary="می\u200cخواهم بروم!\u200f")

    assert patch.words == {"standfirst": "The ferry is back.", "summary": "می\u200cخواهم بروم!\u200f"}
    assert refused(standfirst="\u202e\U000e0041") == ["standfirst"]


@pytest.mark.parametrize(
    ("review", "place"),
    [
        ({"seconds": -1}, "review.seconds"),
        ({"seconds": 14.5}, "review.seconds"),
        ({"seconds": "14"}, "review.seconds"),
        ({"seconds": None}, "review.seconds"),
        ({"seconds": 10**9}, "review.seconds"),
        ({"sentences_seen": [{"field": "summary", "sentence": 0}] * 10_000}, "review.sentences_seen"),
        ({"sentences_seen": [{"field": "summary", "sentence": -1}]}, "review.sentences_seen.0.sentence"),
        ({"sentences_seen": [{"field": "summary"}]}, "review.sentences_seen.0.sentence"),
        ({"findings": [{"check": "claim", "field": "summary", "text": ""}] * 101}, "review.findings"),
        (
            {"findings": [{"check": "claim", "field": "summary", "text": "", "note": "n" * 201}]},
            "review.findings.0.note",
        ),
        ({"findings": [{"check": "claim", "field": "summary", "text": "", "note": "\x00"}]}, "review.findings.0.note"),
        ({"findings": [{"check": "claim", "field": "summary"}]}, "review.findings.0.text"),
        ({"mood": "cheerful"}, "review.mood"),
        (None, "review"),
        ([], "review"),
    ],
    ids=lambda each: str(each)[:60],
)
def test_what_a_review_cannot_rest_on_is_named(review: object, place: str) -> None:
    """An API client learns which member it is."""
    assert refused(status="approved", review=review) == [place]


def test_a_review_alone_changes_nothing() -> None:
    """What a decision rests on needs a decision."""
    refused(review={"seconds": 14})
    assert a_patch(status="approved", review={}).review is not None
