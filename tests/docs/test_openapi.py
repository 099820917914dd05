"""The copy of the OpenAPI document in docs, and what people and code generators read in it."""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from standfirst.api.whole_api import document
from standfirst.domain.review import SummaryPatch

COPY = Path(__file__).parents[2] / "docs" / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(document())
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]
OPERATIONS: dict[str, dict[str, Any]] = {
    operation["operationId"]: operation for path in DOCUMENT["paths"].values() for operation in path.values()
}
PARAMETERS = [
    pytest.param(parameter, id=f"{name} {parameter['name']}")
    for name, operation in OPERATIONS.items()
    for parameter in operation.get("parameters", ())
]
MEMBERS = [
    pytest.param(member, id=f"{name}.{member_name}")
    for name, schema in SCHEMAS.items()
    for member_name, member in schema.get("properties", {}).items()
]


PATCHES = [
    ("standfirst", "The ferry is back in June."),
    ("key_points", []),
    *(("status", status) for status in ("edited", "approved", "rejected")),
    ("note", "Shorter."),
    ("review", {"sentences_seen": [{"field": "summary", "sentence": 0}], "seconds": 14}),
]
"""Members of a change, of which a body has some; of two with one name it has the last."""


def parts(value: object) -> Iterator[dict[str, Any]]:
    """Every object in a part of the document."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(each)


def points_at_members(schema: dict[str, Any]) -> bool:
    """Whether a schema is another one that has members, or a list of those: they have examples of their own."""
    names = [part["$ref"].rpartition("/")[2] for part in parts(schema) if "$ref" in part]
    return any("properties" in SCHEMAS[name] for name in names)


def fits(value: object, schema: dict[str, Any]) -> bool:
    """Whether ``value`` is what ``schema`` describes."""
    whole = {**schema, "components": DOCUMENT["components"]}
    return jsonschema.Draft202012Validator(whole).is_valid(value)


def test_the_copy_in_docs_is_what_the_api_answers() -> None:
    """`make openapi` writes it."""
    assert COPY.read_text(encoding="utf-8") == document()


@pytest.mark.parametrize("member", MEMBERS)
def test_every_member_has_a_description_and_an_example(member: dict[str, Any]) -> None:
    """An example that fits."""
    assert member["description"]
    assert points_at_members(member) or member["examples"]
    assert all(fits(example, member) for example in member.get("examples", ()))


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_parameter_has_a_description_and_an_example(parameter: dict[str, Any]) -> None:
    """An example that fits; and none can be null, because a parameter that is left out is absent."""
    assert parameter["description"]
    assert parameter["schema"]["examples"]
    assert all(fits(example, parameter["schema"]) for example in parameter["schema"]["examples"])
    assert not fits(None, parameter["schema"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation_has_a_summary_and_a_description(name: str) -> None:
    """Generated clients have them as docstrings."""
    assert OPERATIONS[name]["summary"]
    assert OPERATIONS[name]["description"]


@pytest.mark.parametrize(
    "given", [dict(each) for size in range(4) for each in combinations(PATCHES, size)], ids=lambda given: str([*given])
)
def test_a_change_that_the_api_refuses_does_not_fit_the_document(given: dict[str, object]) -> None:
    """A rejection with words of one's own, a status without a change, a note alone."""
    try:
        SummaryPatch.model_validate(given)
    except ValidationError:
        is_taken = False
    else:
        is_taken = True

    assert fits(given, SCHEMAS["SummaryPatch"]) == is_taken


@pytest.mark.parametrize(
    ("operation", "name"),
    [("listSummaries", "cursor"), ("listRevisions", "cursor"), ("summarizeArticle", "article_id")],
)
def test_a_parameter_that_may_not_be_empty_says_so(operation: str, name: str) -> None:
    """The API refuses it; who has no cursor leaves it out."""
    [parameter] = [each for each in OPERATIONS[operation]["parameters"] if each["name"] == name]

    assert not fits("", parameter["schema"])


def test_a_review_needs_if_match() -> None:
    """And says what happens without."""
    [parameter] = [each for each in OPERATIONS["reviewSummary"]["parameters"] if each["name"] == "if-match"]

    assert parameter["required"]
    assert "428" in OPERATIONS["reviewSummary"]["responses"]


def test_names_of_operations_do_not_change() -> None:
    """Clients call functions of these names."""
    assert set(OPERATIONS) == {
        "getSummary",
        "listSummaries",
        "listRevisions",
        "getSummaryForReview",
        "listRevisionsForReview",
        "listReviews",
        "listQueue",
        "countQueue",
        "claimArticle",
        "releaseArticle",
        "eraseSummary",
        "summarizeArticle",
        "reviewSummary",
        "getArticle",
        "checkTexts",
        "regenerateSummary",
        "getDocument",
    }


def test_nothing_is_declared_that_generators_misunderstand() -> None:
    """Each of these gave a client that could not call an operation, or classes with senseless names."""
    headers = {each["name"] for operation in OPERATIONS.values() for each in operation.get("parameters", ())}
    schemas = [part for part in parts(DOCUMENT) if "type" in part or "anyOf" in part]

    # OpenAPI 3.1 says that parameters of these names are ignored.
    assert not headers & {"accept", "content-type", "authorization"}
    # Records are a type of the language in TypeScript and in Java.
    assert "Record" not in SCHEMAS
    assert not [part for part in schemas if part.keys() & {"prefixItems", "discriminator", "oneOf"}]
    assert not [part for part in schemas if isinstance(part.get("title"), str)]
    assert not [part for part in schemas if isinstance(part.get("maximum"), float)]
    # A file has no other content type, or its JSON would be sent.
    body = OPERATIONS["summarizeArticle"]["requestBody"]["content"]
    assert next(iter(body)) == "application/octet-stream"
    assert not [kind for kind in body if "json" in kind]


@pytest.mark.parametrize(("kind", "schema"), OPERATIONS["summarizeArticle"]["requestBody"]["content"].items())
def test_bytes_go_in_as_binary_and_text_as_text(kind: str, schema: dict[str, Any]) -> None:
    """So that clients take a file for the one and a string for the other."""
    is_text = kind.startswith("text/") or kind.endswith("xml")
    assert schema["schema"] == ({"type": "string"} if is_text else {"type": "string", "format": "binary"})


def test_what_has_no_body_declares_none() -> None:
    """Clients would parse it."""
    assert "content" not in OPERATIONS["getSummary"]["responses"]["304"]
