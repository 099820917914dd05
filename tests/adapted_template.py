"""template.yaml as ministack 1.5.33 takes it, on standard output: the same but for what is said here.

``make e2e`` builds and deploys it. Each change is needed, or ``tests/e2e/test_emulator.py`` fails.
"""

import json
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

Template = dict[str, Any]

ARCHITECTURES = {"aarch64": "arm64", "x86_64": "x86_64"}
"""Lambda's names of the architectures that wheels are for."""


@dataclass(frozen=True, slots=True)
class Adaptation:
    """One change, and what it is made for."""

    what: str
    reason: str
    change: Callable[[Template], None]


def build_for_this_machine(template: Template) -> None:
    """Functions and layer run here."""
    here = [ARCHITECTURES[platform.machine()]]
    template["Globals"]["Function"]["Architectures"] = here
    layer = template["Resources"]["StandfirstLayer"]
    layer["Metadata"]["BuildArchitecture"] = here[0]
    layer["Properties"]["CompatibleArchitectures"] = here


def leave_out_metric_math(template: Template) -> None:
    """No alarm on an expression."""
    for name, properties in of_type(template, "AWS::CloudWatch::Alarm").items():
        if "Metrics" in properties:
            del template["Resources"][name]


def leave_out_objectives(template: Template) -> None:
    """No objective."""
    for name in of_type(template, "AWS::ApplicationSignals::ServiceLevelObjective"):
        del template["Resources"][name]


def write_concurrency_out(template: Template) -> None:
    """The number instead of the parameter, in every event source."""
    for properties in of_type(template, "AWS::Serverless::Function").values():
        for event in properties.get("Events", {}).values():
            scaling = event["Properties"].get("ScalingConfig", {})
            if isinstance(maximum := scaling.get("MaximumConcurrency"), dict):
                scaling["MaximumConcurrency"] = int(template["Parameters"][maximum["Ref"]]["Default"])


ADAPTATIONS = (
    Adaptation(
        "functions and layer are built for this machine's processor",
        "it runs functions as processes of this machine",
        build_for_this_machine,
    ),
    Adaptation(
        "alarms on metric math are left out",
        "it refuses AWS::CloudWatch::Alarm with Metrics",
        leave_out_metric_math,
    ),
    Adaptation(
        "service level objectives are left out",
        "it does not know AWS::ApplicationSignals::ServiceLevelObjective",
        leave_out_objectives,
    ),
    Adaptation(
        "MaximumConcurrency is a number instead of a parameter",
        "it keeps the parameter as text, and its poller then compares text with a number and delivers nothing",
        write_concurrency_out,
    ),
)

LACKS: Mapping[str, str] = {
    "pipes": "a pipe delivers to no event bus, so that change events are not seen",
    "throttling": "nothing is throttled: no rate of the stage, of a table or of the account's functions",
    "runtime": "functions have no limit of memory, and find the emulator's packages beside their own and boto3",
    "metrics": "log lines make no metrics (EMF), so that the alarms on the service's own cannot ring",
    "TLS": "endpoints have a certificate of this machine, and one host for every service",
}
"""What is deployed and does nothing, or less than AWS does."""


def of_type(template: Template, name: str) -> dict[str, dict[str, Any]]:
    """The properties of every resource of one type, by logical ids."""
    resources = template["Resources"].items()
    return {key: each["Properties"] for key, each in resources if each["Type"] == name}


def adapted(text: str) -> Template:
    """``text``, a SAM template, with every change."""
    template: Template = yaml_parse(text)
    for each in ADAPTATIONS:
        each.change(template)
    return template


def main() -> None:
    """Print the template, and to people what is not as on AWS."""
    for each in ADAPTATIONS:
        print(f"  changed for ministack: {each.what}, because {each.reason}.", file=sys.stderr)
    for lack in LACKS.values():
        print(f"  ministack lacks: {lack}.", file=sys.stderr)
    print(json.dumps(adapted(Path(sys.argv[1]).read_text(encoding="utf-8")), indent=1))


if __name__ == "__main__":
    main()
