"""The filters of the list of summaries and of the queue."""

from datetime import timedelta
from typing import Any

import pytest

from builders import MORNING, a_record
from standfirst.domain.article import ArticleKind
from standfirst.domain.draft import Finding
from standfirst.domain.listing import Listing
from standfirst.domain.queue import entry_of
from standfirst.domain.record import Status

RECORD = a_record("politics/ferry.txt", status=Status.NEEDS_REVIEW).model_copy(
    update={
        "language": "de-AT",
        "pending": 2,
        "findings": (Finding("number", "summary", "4", "not in the article", "warning"),),
        "article": a_record().article.model_copy(update={"kind": ArticleKind.OPINION}),
    }
)
HOLD: dict[str, Any] = {
    "status": Status.NEEDS_REVIEW,
    "kind": "opinion",
    "language": "de",
    "prefix": "politics/",
    "finding": "number",
    "stale": False,
    "pending": True,
}
FAIL: dict[str, Any] = {
    "status": Status.GENERATED,
    "kind": "news",
    "language": "en",
    "prefix": "sport/",
    "finding": "name",
    "stale": True,
    "pending": False,
}


def test_what_every_filter_holds_for_is_taken() -> None:
    """And so it is where there are none."""
    assert Listing(**HOLD).takes(entry_of(RECORD))
    assert Listing().takes(entry_of(RECORD))


@pytest.mark.parametrize("name", FAIL)
def test_what_one_filter_does_not_hold_for_is_not_taken(name: str) -> None:
    """Alone, or with others that hold."""
    assert not Listing(**{name: FAIL[name]}).takes(entry_of(RECORD))
    assert not Listing(**(HOLD | {name: FAIL[name]})).takes(entry_of(RECORD))


@pytest.mark.parametrize(
    ("wanted", "language", "taken"),
    [
        ("de", "de", True),
        ("de", "de-AT", True),
        ("DE-at", "de-AT", True),
        ("de-AT", "de", False),
        ("de-AT", "de-CH", False),
        ("de", "den", False),
        ("d", "de", False),
    ],
)
def test_a_language_takes_its_regions_and_no_other_language(wanted: str, language: str, *, taken: bool) -> None:
    """A region is asked for by its own tag, in whatever case."""
    entry = entry_of(RECORD.model_copy(update={"language": language}))

    assert Listing(language=wanted).takes(entry) is taken  # type: ignore[arg-type]


def test_each_list_and_each_filter_has_a_name_of_its_own() -> None:
    """So that no cursor goes on in another list."""
    filters = [Listing(), Listing(since=MORNING), Listing(since=MORNING + timedelta(seconds=1))]
    filters += [Listing(**{name: value}) for name, value in (*HOLD.items(), *FAIL.items())]

    names = {each.named(of) for each in filters for of in ("queue", "summaries")}

    assert len(names) == 2 * len(filters)
