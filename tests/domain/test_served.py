"""What is served of a stored record without the models is what the models would serve."""

import json
from collections.abc import Callable, Collection
from typing import Any

import pytest

from builders import DISPUTED, MORNING, PROVEN, a_reading, a_record
from standfirst.domain.ai_disclosure import ALGORITHMIC_MEDIA, COMPOSITE_WITH_TRAINED, TRAINED_ALGORITHMIC_MEDIA
from standfirst.domain.draft import Evidence, Finding, Sentence
from standfirst.domain.record import (
    Degraded,
    OverruledFinding,
    Record,
    RejectedDraft,
    Review,
    Status,
)
from standfirst.domain.served import INTERNAL, RECORD, OrNull, as_json, is_publishable, served, version_of
from standfirst.domain.stored_record import SCHEMA, to_stored

FINDING = Finding("number", "summary", "“7”\n", "é", "error", span=(3, 4), sentence=1, paragraphs=(2,), question="?")
OF_THE_STYLE = Finding("limits", "standfirst", "", "long", "warning", sentence=0)
WEAK = Evidence("standfirst", 0, (0, 2), weak=True, span=(0, 9), quote="…")

Change = Callable[[dict[str, Any]], Any]


def full(**members: Any) -> Record:  # noqa: ANN401 - members of a record
    """A record that has all there is."""
    record = a_record(status=Status.NEEDS_REVIEW)
    assert record.made_by
    draft = RejectedDraft(
        standfirst="Wrong.", summary="Wrong.", findings=(FINDING,), verdicts=(PROVEN,), made_by=record.made_by
    )
    review = Review(
        decision=Status.EDITED,
        by="an editor",
        at=MORNING,
        of=1,
        note="\x7f\x1f",
        overruled=(FINDING,),
        sentences_seen=(Sentence("summary", 0),),
        findings_overruled=(OverruledFinding(check="number", field="summary", text="7"),),
    )
    given = {
        "made_by": record.made_by.model_copy(update={"degraded": Degraded.BUDGET}),
        "findings": (FINDING, OF_THE_STYLE),
        "evidence": (WEAK, Evidence("summary", 1, ())),
        "rejected_draft": draft,
        "second_reading": a_reading(PROVEN, DISPUTED),
        "review": review,
        "digital_source_type": TRAINED_ALGORITHMIC_MEDIA,
        "key_points": ("One.", "Two."),
        "erased_content": ("hash",),
    }
    return record.model_copy(update=given | members)


def as_stored(record: Record) -> dict[str, Any]:
    """The members of ``record`` as they come from the table."""
    members: dict[str, Any] = json.loads(json.dumps(to_stored(record)))
    return members


RECORDS = {
    "with all there is": full(),
    "as an extract": full(digital_source_type=ALGORITHMIC_MEDIA, second_reading=None, review=None, language="de-AT"),
    "edited": full(digital_source_type=COMPOSITE_WITH_TRAINED, status=Status.EDITED),
    "approved": full(status=Status.APPROVED, stale=True, pending=2),
    "in no known language": full(language="und", key_points=(), findings=()),
    "without texts": full(
        status=Status.FAILED, standfirst=None, summary=None, key_points=(), made_by=None, usage=None, reason="Empty."
    ),
    "as the builder makes it": a_record(),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS)
def test_a_record_is_served_as_its_model_serves_it(record: Record) -> None:
    """To the byte, in whichever order DynamoDB gives the members."""
    members = served(dict(reversed(as_stored(record).items())))

    assert members
    assert as_json(members) == record.as_served().model_dump_json()
    assert version_of(members) == record.version
    assert is_publishable(members) == record.is_publishable(MORNING)


def test_the_shape_is_that_of_the_models() -> None:
    """A member or a value that is added to the models is added here, or each record is left to them again."""
    schema = Record.model_json_schema(mode="serialization")
    derived = set(Record.model_computed_fields)

    assert _shape_in(schema, schema["$defs"], derived) == RECORD
    assert INTERNAL["schema"] == (SCHEMA,)
    assert {**RECORD, **INTERNAL}.keys() == to_stored(a_record()).keys()


PLAIN = {"string": str, "integer": int, "boolean": bool}


def _shape_in(schema: Any, definitions: Any, derived: Collection[str] = ()) -> Any:  # noqa: ANN401 - JSON schemas
    """``schema``, but for the members that are ``derived``, as ``domain/served.py`` writes it."""
    if "anyOf" in schema:
        [some] = [_shape_in(each, definitions) for each in schema["anyOf"] if each != {"type": "null"}]
        if isinstance(some, tuple):
            return (*some, None)
        return some | None if isinstance(some, type) else OrNull(some)
    if "$ref" in schema:
        return _shape_in(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if schema.get("type") == "array":
        return [_shape_in(schema["items"] if "items" in schema else schema["prefixItems"][0], definitions)]
    if "properties" not in schema:
        return tuple(schema["enum"]) if "enum" in schema else PLAIN[schema["type"]]
    return {name: _shape_in(of, definitions) for name, of in schema["properties"].items() if name not in derived}


NOT_SO: dict[str, Change] = {
    "a member that this release does not know": lambda stored: stored.update(push_line="Back."),
    "a member less": lambda stored: stored.pop("evidence"),
    "an unknown member deeper": lambda stored: stored["findings"][0].update(confidence="0.4"),
    "a member less deeper": lambda stored: stored["article"].pop("kind"),
    "an unknown status": lambda stored: stored.update(status="embargoed"),
    "an unknown value deeper": lambda stored: stored["second_reading"]["verdicts"][0].update(judgement="true"),
    "a list for a text": lambda stored: stored.update(standfirst=["The ferry is back."]),
    "nothing for a list": lambda stored: stored.update(findings=None),
    "another schema": lambda stored: stored.update(schema=SCHEMA + 1),
    "no object": lambda stored: stored.update(article="an article"),
    "texts that expired": lambda stored: stored.update(expired_at="2026-03-03T09:00:00.000Z"),
}


@pytest.mark.parametrize("change", NOT_SO.values(), ids=NOT_SO)
def test_what_is_not_exactly_so_is_left_to_the_models(change: Change) -> None:
    """They know what other releases stored."""
    stored = as_stored(full())

    change(stored)

    assert served(stored) is None
