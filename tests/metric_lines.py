"""The metrics that functions write, in CloudWatch's embedded format, read as CloudWatch reads them."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

Dimensions = frozenset[tuple[str, str]]


class Sent(NamedTuple):
    """One metric as CloudWatch keeps it, with the values of one line."""

    namespace: str
    name: str
    dimensions: Dimensions
    unit: str
    values: tuple[float, ...]


def sent_in(line: dict[str, Any]) -> Iterator[Sent]:
    """The metrics of one line: each directive's metrics, once for each of its sets of dimensions."""
    for directive in line["_aws"]["CloudWatchMetrics"]:
        for names in directive["Dimensions"]:
            dimensions = frozenset((name, line[name]) for name in names)
            for metric in directive["Metrics"]:
                value = line[metric["Name"]]
                values = tuple(value) if isinstance(value, list) else (value,)
                yield Sent(directive["Namespace"], metric["Name"], dimensions, metric["Unit"], values)


def metric_lines(output: str) -> list[dict[str, Any]]:
    """The lines of a function's output that hold metrics."""
    return [line for line in map(json.loads, output.splitlines()) if "_aws" in line]


def sent_of(output: str) -> list[Sent]:
    """The metrics in a function's output."""
    return [sent for line in metric_lines(output) for sent in sent_in(line)]


def own_line(output: str) -> dict[str, Any]:
    """The line of the metrics whose only dimension is the function's service."""
    [line] = [
        line for line in metric_lines(output) if line["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [["service"]]
    ]
    return line


def values_of(sent: Iterable[Sent], name: str, **dimensions: str) -> list[float]:
    """The values of one metric, with these dimensions and no other beside the service."""
    wanted = set(dimensions.items())
    return [
        value
        for each in sent
        if each.name == name and {pair for pair in each.dimensions if pair[0] != "service"} == wanted
        for value in each.values
    ]
