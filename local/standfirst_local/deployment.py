"""What template.yaml deploys, as far as it is emulated here: functions, their triggers, and pipes."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samtranslator.yaml_helper import yaml_parse

from standfirst_local.environment import ACCOUNT, REGION
from standfirst_local.pipe import PipePlan, read_pipe
from standfirst_local.schedule import seconds_between
from standfirst_local.template import decided, transformed, value_of

PROJECT = Path(__file__).parents[2]
"""The checkout: the template and the functions' code lie here."""

Reference = Mapping[str, Any]
"""An unresolved ``Ref``, or a part of one."""

_STORED_HERE = {"AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::DynamoDB::Table"}
_NAMED_HERE: Mapping[str, Callable[[str], str]] = {
    "AWS::Lambda::Function": lambda name: name,
    "AWS::StepFunctions::StateMachine": lambda name: f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{name}",
}
"""What a ``Ref`` to these gives; here their names are their logical ids."""
_INTEGRATION_IN_TARGET = re.compile(r"integrations/\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """One function: its logical id, its code and its environment, references unresolved."""

    name: str
    code: Path
    memory_mb: int
    timeout_seconds: int
    environment: Mapping[str, str | Reference]


@dataclass(frozen=True, slots=True)
class QueuePlan:
    """One event source mapping, by logical ids."""

    queue: str
    function: str
    batch_size: int


@dataclass(frozen=True, slots=True)
class RoutePlan:
    """One route of the HTTP API and the logical id of the function behind it.

    The catch-all route has the method ``ANY`` and the path ``$default``.
    """

    method: str
    path: str
    function: str


@dataclass(frozen=True, slots=True)
class SchedulePlan:
    """One rule that invokes a function every so many seconds, by logical ids."""

    rule: str
    function: str
    seconds: int


@dataclass(frozen=True, slots=True)
class StateMachinePlan:
    """One state machine: its definition, and what stands for the names in it, references unresolved."""

    name: str
    definition: Mapping[str, Any]
    substitutions: Mapping[str, Reference]

    def resolved(self, resources: Mapping[str, str]) -> str:
        """Returns the definition as JSON, with the names that ``resources`` (by logical ids) got."""
        definition = json.dumps(self.definition)
        for name, reference in self.substitutions.items():
            definition = definition.replace(f"${{{name}}}", resources[reference["Ref"]])
        return definition


@dataclass(frozen=True, slots=True)
class NotificationPlan:
    """Which events of a bucket go to which queue, by logical ids."""

    bucket: str
    queue: str
    event: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """The template, taken apart. ``storage`` is CloudFormation that moto can make by itself."""

    storage: Mapping[str, Any]
    parameters: Mapping[str, str]
    functions: tuple[FunctionPlan, ...]
    queues: tuple[QueuePlan, ...]
    routes: tuple[RoutePlan, ...]
    schedules: tuple[SchedulePlan, ...]
    notifications: tuple[NotificationPlan, ...]
    pipes: tuple[PipePlan, ...]
    state_machines: tuple[StateMachinePlan, ...]

    def environment_of(self, function: FunctionPlan, resources: Mapping[str, str]) -> dict[str, str]:
        """The environment of ``function``, with the names that ``resources`` (by logical ids) got."""
        known = {**self.parameters, **resources}
        return {name: _resolved(value, known) for name, value in function.environment.items()}


def read_deployment(overrides: Mapping[str, str], project: Path = PROJECT) -> Deployment:
    """Returns what ``project`` deploys with its parameters' defaults and ``overrides``.

    Raises ``ValueError`` for a schedule that is no plain rate, and for a pipe that is not emulated.
    """
    path = project / "template.yaml"
    source, plain = yaml_parse(path.read_text(encoding="utf-8")), transformed(path, overrides)
    defaults = {name: str(parameter.get("Default", "")) for name, parameter in plain["Parameters"].items()}
    parameters = {**defaults, **overrides}
    plain["Resources"] = {
        name: decided(resource, plain, parameters)
        for name, resource in plain["Resources"].items()
        if "Condition" not in resource or value_of({"Condition": resource["Condition"]}, plain, parameters)
    }
    return Deployment(
        storage=_storage(plain),
        parameters=parameters,
        functions=tuple(_functions(plain, source, project)),
        queues=tuple(_queues(plain)),
        routes=tuple(_routes(plain)),
        schedules=tuple(_schedules(plain)),
        notifications=tuple(_notifications(plain)),
        pipes=tuple(_pipes(plain)),
        state_machines=tuple(_state_machines(plain)),
    )


def _resolved(value: str | Reference, known: Mapping[str, str]) -> str:
    match value:
        case str():
            return value
        case {"Ref": name}:
            return known[name]
        case {"Fn::Select": [index, {"Fn::Split": [separator, text]}]}:
            return _resolved(text, known).split(separator)[int(index)]
    raise ValueError(f"{value!r} cannot be resolved here.")


def _storage(plain: Mapping[str, Any]) -> dict[str, Any]:
    resources = {
        name: {key: value for key, value in resource.items() if key != "DependsOn"}
        for name, resource in plain["Resources"].items()
        if resource["Type"] in _STORED_HERE
    }
    return {key: plain[key] for key in ("Parameters", "Conditions") if key in plain} | {
        "Resources": resources,
        "Outputs": dict(_outputs(plain)),
    }


def _outputs(plain: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yields the outputs that name what is no storage: functions and state machines."""
    for name, output in plain.get("Outputs", {}).items():
        match output["Value"]:
            case {"Ref": logical_id} if logical_id in plain["Resources"]:
                logical_id = _name_of(plain, output["Value"])
                if kind := _NAMED_HERE.get(plain["Resources"][logical_id]["Type"]):
                    yield name, {"Value": kind(logical_id)}


def _of_type(plain: Mapping[str, Any], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in plain["Resources"].items():
        if resource["Type"] == kind:
            yield name, resource["Properties"]


def _functions(plain: Mapping[str, Any], source: Mapping[str, Any], project: Path) -> Iterator[FunctionPlan]:
    for name, properties in _of_type(plain, "AWS::Lambda::Function"):
        yield FunctionPlan(
            name=name,
            code=project / source["Resources"][name]["Properties"]["CodeUri"],
            memory_mb=properties["MemorySize"],
            timeout_seconds=properties["Timeout"],
            environment=properties["Environment"]["Variables"],
        )


def _function(plain: Mapping[str, Any], alias: Reference) -> str:
    """Returns the function that ``alias`` is of: whoever invokes one does it through its alias."""
    name: str = plain["Resources"][alias["Ref"]]["Properties"]["FunctionName"]["Ref"]
    return name


def _queues(plain: Mapping[str, Any]) -> Iterator[QueuePlan]:
    for _, properties in _of_type(plain, "AWS::Lambda::EventSourceMapping"):
        yield QueuePlan(
            queue=properties["EventSourceArn"]["Fn::GetAtt"][0],
            function=_function(plain, properties["FunctionName"]),
            batch_size=properties["BatchSize"],
        )


def _routes(plain: Mapping[str, Any]) -> Iterator[RoutePlan]:
    functions = {
        name: _function(plain, properties["IntegrationUri"])
        for name, properties in _of_type(plain, "AWS::ApiGatewayV2::Integration")
    }
    for _, properties in _of_type(plain, "AWS::ApiGatewayV2::Route"):
        method, _, path = properties["RouteKey"].rpartition(" ")
        if found := _INTEGRATION_IN_TARGET.fullmatch(properties["Target"]["Fn::Sub"]):
            yield RoutePlan(method or "ANY", path, functions[found[1]])


def _schedules(plain: Mapping[str, Any]) -> Iterator[SchedulePlan]:
    for rule, properties in _of_type(plain, "AWS::Events::Rule"):
        # A rule may wait for events instead, or be switched off.
        if "ScheduleExpression" in properties and properties.get("State") != "DISABLED":
            seconds = seconds_between(properties["ScheduleExpression"])
            for target in properties["Targets"]:
                yield SchedulePlan(rule, _function(plain, target["Arn"]), seconds)


def _pipes(plain: Mapping[str, Any]) -> Iterator[PipePlan]:
    for name, properties in _of_type(plain, "AWS::Pipes::Pipe"):
        # The table of another stack is not emulated here, nor is its stream.
        if properties["Source"] != {"Ref": "ExistingSummariesTableStream"}:
            yield read_pipe(name, properties)


def _state_machines(plain: Mapping[str, Any]) -> Iterator[StateMachinePlan]:
    for name, properties in _of_type(plain, "AWS::StepFunctions::StateMachine"):
        known = properties["DefinitionSubstitutions"].items()
        substitutions = {each: {"Ref": _name_of(plain, reference)} for each, reference in known}
        yield StateMachinePlan(name, properties["Definition"], substitutions)


def _name_of(plain: Mapping[str, Any], reference: Reference) -> str:
    """Returns the logical id behind a ``Ref``; behind one to a function's alias that of the function."""
    name: str = reference["Ref"]
    return _function(plain, reference) if plain["Resources"][name]["Type"] == "AWS::Lambda::Alias" else name


def _notifications(plain: Mapping[str, Any]) -> Iterator[NotificationPlan]:
    for bucket, properties in _of_type(plain, "AWS::S3::Bucket"):
        configurations = properties.get("NotificationConfiguration", {}).get("QueueConfigurations", [])
        for configuration in configurations:
            yield NotificationPlan(bucket, configuration["Queue"]["Fn::GetAtt"][0], configuration["Event"])
