"""What one article, one request and one idle run use of AWS: counted while the real functions run over moto."""

import contextlib
import io
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import boto3
from api_gateway import http_event
from articles import FIVE_KILOBYTES, article_of, batch_of, put
from bill.dynamodb_units import Tables, read_units
from soak.children import running

from standfirst_local.deployment import Deployment, read_deployment
from standfirst_local.emulator import create_storage, emulated_aws
from standfirst_local.environment import environment
from standfirst_local.functions import LocalFunction

KEPT = Path(__file__).with_name("quantities.json")
"""The quantities that were measured last; `make bill MEASURE=1 WRITE=1` measures them anew."""

_KEY = "/standfirst/bill"


@dataclass(slots=True)
class Quantities:
    """What one unit of work uses: write and read units, other requests by service and operation, bytes of logs.

    ``round_trips`` are the most requests of which each had to wait for the one before.
    ``metrics`` are the metrics with their dimensions that it sends, and ``stored`` the bytes that stay in the tables.
    """

    write_units: float = 0
    read_units: float = 0
    requests: dict[str, int] = field(default_factory=dict)
    round_trips: int = 0
    log_bytes: int = 0
    metrics: int = 0
    stored: int = 0


@dataclass(frozen=True, slots=True)
class Invocations:
    """Those of the worker on one day: their number and seconds."""

    count: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Used:
    """What each unit of work uses, the worker's days by articles a day, and what the template has of what is billed."""

    work: Mapping[str, Quantities]
    days: Mapping[str, Invocations]
    template: Mapping[str, int]


def day_of(articles: int, *, has_model: bool) -> str:
    """Returns the name of a day."""
    return f"{articles} articles, {'a model' if has_model else 'no model'}"


def kept() -> Used:
    """Returns what was measured last."""
    told = json.loads(KEPT.read_text(encoding="utf-8"))
    work = {name: Quantities(**each) for name, each in told["work"].items()}
    return Used(work, {name: Invocations(**each) for name, each in told["days"].items()}, told["template"])


def keep(measured: Used) -> None:
    """Stores what was measured."""
    KEPT.write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")


LATENCY_SECONDS = 0.005
"""Of a request to AWS, as the round trips are counted."""


class _Meter:
    """Counts what the clients of this process ask AWS for."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.counted = Quantities()
        self.spans: list[tuple[float, float]] = []
        events: Any = boto3.DEFAULT_SESSION.events  # type: ignore[union-attr]
        events.register("before-call", self._before)
        events.register("after-call", self._after)

    def _before(self, model: Any, params: Mapping[str, Any], context: dict[str, Any], **_: object) -> None:  # noqa: ANN401
        context["started"] = time.perf_counter()
        # The way there, so that requests that are made at once are under way at once.
        time.sleep(LATENCY_SECONDS)
        if model.service_model.service_name == "dynamodb":
            context["told"] = json.loads(params["body"])
            context["before"] = self._tables.touched(model.name, context["told"])

    def _after(self, model: Any, parsed: Mapping[str, Any], context: dict[str, Any], **_: object) -> None:  # noqa: ANN401
        service, operation = model.service_model.service_name, model.name
        name = f"{service} {operation}"
        self.counted.requests[name] = self.counted.requests.get(name, 0) + 1
        self.spans.append((time.perf_counter(), context["started"]))
        if "told" in context:
            after = self._tables.touched(operation, context["told"])
            self.counted.write_units += self._tables.write_units(operation, context["before"], after).total()
            self.counted.read_units += read_units(operation, context["told"], parsed)


def one_after_the_other(spans: Iterable[tuple[float, float]]) -> int:
    """Returns how many of ``spans``, each with its end and its start, follow each other at most."""
    count, free = 0, 0.0
    for end, start in sorted(spans):
        if start >= free:
            count, free = count + 1, end
    return count


@dataclass(frozen=True, slots=True)
class Stack:
    """The functions over tables, bucket and queues of moto, and a model that answers at once."""

    deployment: Deployment
    resources: Mapping[str, str]
    tables: Tables
    output: io.StringIO
    asked: Mapping[str, str]

    def measure(self, name: str, variables: Mapping[str, str], *events: Mapping[str, Any]) -> Quantities:
        """Returns what the last of ``events`` uses; the others are to warm up."""
        [plan] = [each for each in self.deployment.functions if each.name == name]
        wanted = self.deployment.environment_of(plan, self.resources) | dict(variables)
        boto3.DEFAULT_SESSION = None
        with contextlib.redirect_stdout(self.output), environment(wanted):
            function = LocalFunction(name, plan.code, plan.memory_mb, plan.timeout_seconds)
            meter = _Meter(self.tables)
            for event in events:
                meter.counted, meter.spans = Quantities(), []
                self.output.truncate(self.output.seek(0))
                answer = function.invoke(dict(event))
                if answer and (answer.get("batchItemFailures") or answer.get("statusCode", 200) >= 400):  # noqa: PLR2004
                    raise RuntimeError(f"{name} answered {answer}")
        counted, lines = meter.counted, self.output.getvalue().splitlines()
        counted.round_trips = one_after_the_other(meter.spans)
        # What this process asks for after this is nobody's.
        meter.counted, meter.spans = Quantities(), []
        counted.log_bytes = sum(len(line.encode()) + EACH_LINE for line in lines)
        counted.metrics = len(set(_metrics(lines)))
        return counted


EACH_LINE = 26
"""Bytes that CloudWatch Logs counts with each event (its user guide, "PutLogEvents")."""


def _metrics(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yields the metrics of embedded metric format, with the values of their dimensions."""
    for line in lines:
        told = json.loads(line) if line.startswith("{") else {}
        for directive in told.get("_aws", {}).get("CloudWatchMetrics", ()):
            for dimensions in directive["Dimensions"]:
                for metric in directive["Metrics"]:
                    yield metric["Name"], json.dumps([told[name] for name in dimensions])


@contextlib.contextmanager
def stack() -> Iterator[Stack]:
    """A stack for the block; ``asked`` is what a function has to be told to ask its model."""
    deployment = read_deployment({"ModelProvider": "openai", "DailyBudgetUsd": "10"})
    with emulated_aws(), running("model.py", {"seed": 1, "faults": {}, "seconds": [0, 0]}) as model:
        resources = create_storage(deployment)
        definitions = {
            resources[name]: each["Properties"]
            for name, each in deployment.storage["Resources"].items()
            if each["Type"] == "AWS::DynamoDB::Table"
        }
        boto3.client("ssm").put_parameter(Name=_KEY, Value="sk-bench", Type="SecureString", Overwrite=True)
        asked = {"MODEL_BASE_URL": f"{model.said['url']}/v1", "MODEL_KEY_PARAMETER": _KEY, "MODEL_KEY_SECRET": ""}
        yield Stack(deployment, resources, Tables(definitions), io.StringIO(), asked)


def measured_work() -> Mapping[str, Quantities]:
    """Returns what is used by an upload (without and with a second reading), the API's requests, and an idle run."""
    with stack() as measured:
        return dict(_each(measured))


def _each(stack: Stack) -> Iterator[tuple[str, Quantities]]:
    asked = stack.asked
    bucket = stack.resources["ArticlesBucket"]
    for name, policy in (("upload", "off"), ("upload, read", "always")):
        warm, counted = (batch_of([put(bucket, f"{key}.txt", _article(key))]) for key in (f"warm {policy}", policy))
        found = stack.measure("SummarizeUploads", {**asked, "SECOND_READER": policy}, warm, counted)
        found.stored = stack.tables.stored_bytes(frozenset({f"{policy}.txt"})).total()
        yield name, found
    get = http_event("GET", "/summaries/{article_id+}", "always.txt")
    yield "fetch", stack.measure("ServeSummaries", {}, get, get)
    patch = {"status": "approved", "review": {"seconds": 14}}
    approve = http_event("PATCH", "/summaries/{article_id+}", "always.txt", body=json.dumps(patch))
    found = stack.measure("ReviewSummaries", asked, http_event("GET", "/articles/{article_id+}", "always.txt"), approve)
    found.stored = stack.tables.stored_bytes(frozenset({"always.txt"})).total()
    yield "review", found
    yield "upgrade run", stack.measure("UpgradeSummaries", {}, {}, {})


def _article(name: str) -> bytes:
    return article_of(FIVE_KILOBYTES).replace(b".\n\n", b".\n\n%s, " % name.title().encode(), 1)
