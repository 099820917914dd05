"""Functions that run every few minutes: which rules say so, and what they are invoked with."""

import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from standfirst_local.deployment import SchedulePlan, read_deployment
from standfirst_local.schedule import Schedule, seconds_between

MOST_SECONDS = 30
"""A run comes within milliseconds; what takes so long never comes."""


@pytest.mark.parametrize(
    ("expression", "seconds"),
    [("rate(1 minute)", 60), ("rate(5 minutes)", 300), ("rate(12 hours)", 43_200), ("rate(1 day)", 86_400)],
)
def test_a_rate_is_so_many_seconds(expression: str, seconds: int) -> None:
    """As EventBridge counts them."""
    assert seconds_between(expression) == seconds


@pytest.mark.parametrize(
    "expression",
    [
        "cron(0 12 * * ? *)",
        "rate(0 minutes)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(5 seconds)",
        "rate(5minutes)",
        " rate(5 minutes)",
        "",
        {"Ref": "Rate"},
        None,
    ],
    ids=str,
)
def test_any_other_schedule_is_an_error_that_names_it(expression: object) -> None:
    """Rather than a function that silently never runs, or one that AWS would refuse."""
    with pytest.raises(ValueError, match="is no schedule that is emulated") as raised:
        seconds_between(expression)

    assert repr(expression) in str(raised.value)


def test_the_schedules_of_a_template_are_read(tmp_path: Path) -> None:
    """Those that are switched off, and rules that wait for events, are none."""
    events = {
        "Tick": {"Type": "Schedule", "Properties": {"Schedule": "rate(5 minutes)"}},
        "Off": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 hour)", "Enabled": False}},
        "Changed": {"Type": "EventBridgeRule", "Properties": {"Pattern": {"source": ["newsroom"]}}},
    }

    deployment = read_deployment({}, project_with(tmp_path, events))

    assert deployment.schedules == (SchedulePlan("SweepTick", "Sweep", 300),)


def test_a_template_with_a_schedule_that_cannot_be_played_is_refused(tmp_path: Path) -> None:
    """At the start, not at noon."""
    events = {"Noon": {"Type": "Schedule", "Properties": {"Schedule": "cron(0 12 * * ? *)"}}}

    with pytest.raises(ValueError, match="cron"):
        read_deployment({}, project_with(tmp_path, events))


def project_with(folder: Path, events: Mapping[str, Any]) -> Path:
    """A checkout whose template has one function, Sweep."""
    function = {
        "Type": "AWS::Serverless::Function",
        "Properties": {
            "CodeUri": "sweep/",
            "Handler": "app.lambda_handler",
            "Runtime": "python3.13",
            "MemorySize": 128,
            "Timeout": 3,
            "AutoPublishAlias": "live",
            "Environment": {"Variables": {}},
            "Events": events,
        },
    }
    template = {"Transform": "AWS::Serverless-2016-10-31", "Parameters": {}, "Resources": {"Sweep": function}}
    folder.joinpath("template.yaml").write_text(json.dumps(template), encoding="utf-8")
    return folder


@dataclass
class Sweep:
    """A function that notes what it is invoked with, and then raises."""

    name: str = "Sweep"
    events: list[dict[str, Any]] = field(default_factory=list)
    ran_twice: threading.Event = field(default_factory=threading.Event)

    def invoke(self, event: dict[str, Any]) -> None:
        """See ``LocalFunction``."""
        self.events.append(event)
        if len(self.events) == 2:
            self.ran_twice.set()
        raise RuntimeError("the sweep went wrong")


def test_a_function_runs_again_and_again_whatever_it_raises(caplog: pytest.LogCaptureFixture) -> None:
    """With EventBridge's scheduled event each time; what it raises is in the log, and stopping ends it."""
    sweep = Sweep()
    schedule = Schedule("SweepTick", sweep, seconds=0.001)

    with caplog.at_level(logging.ERROR):
        schedule.start()
        ran_twice = sweep.ran_twice.wait(MOST_SECONDS)
        schedule.stop()

    first, second = sweep.events[:2]
    assert ran_twice
    assert (first["detail-type"], first["source"], first["detail"]) == ("Scheduled Event", "aws.events", {})
    assert first["resources"] == ["arn:aws:events:eu-west-1:123456789012:rule/SweepTick"]
    assert datetime.fromisoformat(first["time"]).tzinfo
    assert first["id"] != second["id"]
    assert "the sweep went wrong" in caplog.text
    assert not [thread for thread in threading.enumerate() if thread.name == "schedule-SweepTick"]


def test_a_schedule_that_is_stopped_before_its_time_never_runs() -> None:
    """Whoever waits for the end does not wait for the period."""
    sweep = Sweep()
    schedule = Schedule("SweepTick", sweep, seconds=3_600)

    schedule.start()
    schedule.stop()

    assert sweep.events == []
