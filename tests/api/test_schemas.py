"""What is answered beside records and problems."""

import json

import pytest

from builders import a_reading, a_record
from standfirst.api.schemas import RevisionList, TransientSummary, not_stored
from standfirst.domain.article import ArticleKind, Language
from standfirst.domain.history import revision_of
from standfirst.domain.record import ArticleSource, Record, RejectedDraft, Status


def a_full_record() -> Record:
    """With something in every member that is answered."""
    record = a_record(status=Status.NEEDS_REVIEW)
    assert record.made_by
    article = ArticleSource(
        bucket="a-bucket",
        key="a-key",
        etag="an-etag",
        version_id="a-version",
        sequencer="0A",
        words=44,
        published_at="2026-03-03",
        version="2",
        embargoed_until="2026-03-04",
        standfirst="The paper's own.",
        declared_language=Language("en-US"),
        partial="It is cut.",
        kind=ArticleKind.NEWS,
    )
    draft = RejectedDraft(standfirst="Wrong.", summary="Wrong.", findings=(), made_by=record.made_by)
    more = {"rejected_draft": draft, "key_points": ("One.",), "second_reading": a_reading()}
    return record.model_copy(update={"article": article} | more)


def test_what_is_not_stored_is_told_as_a_record_would_tell_it() -> None:
    """Whoever reads records reads it too."""
    record = json.loads(a_full_record().model_dump_json())

    answer = json.loads(not_stored(a_full_record()).model_dump_json())

    about = answer.pop("article")
    assert answer.items() <= record.items()
    assert about.items() <= record["article"].items()
    assert all(about.values())
    assert answer["key_points"] == ["One."]
    assert answer["second_reading"]["verdicts"]
    assert answer["generated_at"] == "2026-03-03T09:00:00.000Z"


@pytest.mark.parametrize("sign", ["a-bucket", "a-key", "an-etag", "a-version", "fingerprint", "article_id", "revision"])
def test_what_is_not_stored_has_no_place(sign: str) -> None:
    """Nor a number, nor a history."""
    assert sign not in not_stored(a_full_record()).model_dump_json()


def test_changes_go_from_and_to_also_deep_in_a_list() -> None:
    """As the document of the API says."""
    listed = RevisionList(article_id=a_record().article_id, revisions=(revision_of(a_record(), None),), cursor=None)

    [revision] = json.loads(listed.model_dump_json())["revisions"]

    assert revision["changes"][0] == {"field": "status", "from": None, "to": "generated"}


def test_members_are_those_of_a_record() -> None:
    """One that is renamed there has to be renamed here."""
    assert set(TransientSummary.model_fields) <= {*Record.model_fields, *Record.model_computed_fields}
