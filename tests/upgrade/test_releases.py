"""A release takes over from the one before, and that one again, each with its own code."""

import os
from collections.abc import Mapping

import pytest

from emulated import empty
from model_server import ModelServer
from standfirst_local.deployment import PROJECT
from upgrade.newsroom import Newsroom
from upgrade.releases import checked_out, running

pytestmark = pytest.mark.releases

FIRST = "342c4eb"
"""0.1.0."""

SINCE = "e1ec80e"
"""The first state of 0.2.0 that this one must be able to give back to; the newest release, once there is one."""

PREVIOUS = os.environ.get("PREVIOUS") or SINCE
"""The release to go back to."""


def test_this_release_takes_over_and_gives_back(storage: Mapping[str, str], model: ModelServer) -> None:
    """Upgrade and rollback: each serves, edits, takes down and finishes what the other one left."""
    with (
        running(checked_out(PREVIOUS), storage, model.base_url) as previous,
        running(PROJECT, storage, model.base_url) as this,
    ):
        newsroom = Newsroom(storage, model, previous)
        by_previous = newsroom.leave_behind("previous/")

        newsroom.release = this
        newsroom.see_paid_once("previous/")
        newsroom.take_over("previous/", by_previous)
        by_this = newsroom.leave_behind("this/")
        changed = {each: newsroom.get(each) for each in by_previous if each != "previous/approved"}

        newsroom.release = previous
        newsroom.see_served(changed)
        newsroom.see_paid_once("this/")
        newsroom.take_over("this/", by_this)


def test_this_release_takes_over_from_the_first(storage: Mapping[str, str], model: ModelServer) -> None:
    """There is no way back to that one, and its prompt was another (CHANGELOG.md)."""
    empty(*(storage[name] for name in ("SummariesTable", "ReviewsTable", "GenerationsTable", "ModelStateTable")))
    with (
        running(checked_out(FIRST), storage, model.base_url) as first,
        running(PROJECT, storage, model.base_url) as this,
    ):
        newsroom = Newsroom(storage, model, first)
        by_first = newsroom.leave_behind("first/")

        newsroom.release = this
        newsroom.take_over("first/", by_first)
