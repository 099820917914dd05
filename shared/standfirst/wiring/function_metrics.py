"""The metrics of a function, in CloudWatch's embedded metric format: one line for each set of dimensions.

Powertools keeps one set of metrics for a process and writes it, at the end of an invocation, as one line whose
dimensions are those of every metric in it. A metric with dimensions of its own is therefore kept apart until then.
"""

from collections import defaultdict
from collections.abc import Iterable

from aws_lambda_powertools import Metrics
from aws_lambda_powertools.metrics import EphemeralMetrics
from aws_lambda_powertools.metrics.functions import is_metrics_disabled

from standfirst.domain.measures import Measure, Unit

Dimensions = tuple[tuple[str, str], ...]


class FunctionMetrics:
    """Collects measures during an invocation; those without dimensions are Powertools' ``metrics``."""

    def __init__(self, metrics: Metrics) -> None:
        """Takes the function's metrics, which it writes itself."""
        self._metrics = metrics
        self._kept: dict[Dimensions, dict[tuple[str, Unit], list[float]]] = defaultdict(lambda: defaultdict(list))

    def add(self, measures: Iterable[Measure]) -> None:
        """Keeps ``measures`` until the end of the invocation; counts with the same dimensions are added up."""
        for each in measures:
            if not each.by:
                self._metrics.add_metric(each.name, each.unit, each.value)
                continue
            values = self._kept[each.by][each.name, each.unit]
            if each.unit == "Count" and values:
                values[0] += each.value
            else:
                values.append(each.value)

    def flush(self) -> None:
        """Writes what has dimensions of its own; called once, at the end of an invocation."""
        kept, self._kept = self._kept, defaultdict(lambda: defaultdict(list))
        if is_metrics_disabled():
            return
        for dimensions, values_by_name in kept.items():
            # An empty service is none: these are not apart by function.
            line = EphemeralMetrics(service="", default_dimensions=dict(dimensions))
            for (name, unit), values in values_by_name.items():
                for value in values:
                    line.add_metric(name, unit, value)
            if line.metric_set:
                line.flush_metrics()
