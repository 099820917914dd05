"""The release in this checkout takes over the records, cached items and messages of earlier ones (``stored.py``)."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from aws_lambda_powertools.utilities.circuit_breaker import base as circuit_breaker

from emulated import deployment, empty
from model_server import ModelServer
from model_worker import GOOD
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction
from upgrade.newsroom import Newsroom
from upgrade.releases import variables_for
from upgrade.stored import DAY, TABLES, read, restore
from upgrade.test_releases import FIRST, SINCE


class ThisRelease:
    """The functions of this checkout, in this process."""

    def __init__(self, functions: Mapping[str, LocalFunction]) -> None:
        """By their logical ids."""
        self._functions = functions

    def invoke(self, function: str, event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - see Release
        """See ``Release``."""
        return self._functions[function].invoke(dict(event))


@pytest.fixture
def this_release(storage: Mapping[str, str], model: ModelServer) -> Iterator[ThisRelease]:
    """With empty tables."""
    empty(*(storage[name] for name in TABLES))
    circuit_breaker._LOCAL_FAILURES.clear()  # noqa: SLF001 - Powertools counts for the whole process
    told = {
        plan.name: deployment().environment_of(plan, storage) | variables_for(model.base_url)
        for plan in deployment().functions
    }
    with environment(told["SummarizeUploads"]):
        yield ThisRelease(
            {
                plan.name: LocalFunction(plan.name, plan.code, plan.memory_mb, plan.timeout_seconds, told[plan.name])
                for plan in deployment().functions
            }
        )


@pytest.mark.parametrize("commit", [FIRST, SINCE])
def test_this_release_takes_over_what_another_left(
    commit: str, this_release: ThisRelease, storage: Mapping[str, str], model: ModelServer
) -> None:
    """It serves, edits and takes down, and finishes what was in the queue; what was paid for stays so."""
    left = read(commit)
    restore(left, storage)
    model.answers(GOOD)
    newsroom = Newsroom(storage, model, this_release, sequence=0x1000)

    if commit != FIRST:  # which had another prompt
        newsroom.see_paid_once(DAY)
    newsroom.take_over(DAY, left["served"])
