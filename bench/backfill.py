"""Plays a backfill of thousands of articles on the local stack, killed and resumed twice, beside live uploads.

    make soak-backfill                  # 5,000 articles, half an hour; ARTICLES=200 takes some minutes

The provider of the model is played by another process: it answers batches, the first of which expires half-way, and
single requests after a while. Its bill says what was paid twice. Live articles are uploaded one after the
other all the time, and their times compared: while the run goes on, and while it does not. All of the stack runs in one
process of this machine, which Lambda's would not: the ratio is an upper bound of what the queues do to each other.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import boto3
from botocore.config import Config

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import batch_server
from standfirst_local import backfill
from standfirst_local.stack import LocalStack, running_stack

MODEL_SECONDS = 1.5
"""How long the model takes for one live request, unless ``--model-seconds`` says otherwise."""

IDLE_SECONDS = 25
"""How long live uploads are timed before the run, and after each kill."""

BUDGET = 1.2
"""What the 95th percentile of a live upload may be during a run, as a multiple of that without one."""

QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true", "POWERTOOLS_TRACE_DISABLED": "true"}
AT_ONCE = {"BACKFILL_QUEUE_SECONDS": "2", "BACKFILL_BATCH_SECONDS": "2", "BACKFILL_FRUITLESS_SECONDS": "5"}


class _SlowProvider(batch_server.BatchProvider):
    """A provider whose single answers take their time."""

    def respond(self, request: Any) -> Any:  # noqa: ANN401 - werkzeug's
        """After a while."""
        time.sleep(float(os.environ["MODEL_SECONDS"]))
        return super().respond(request)


def provide() -> None:
    """Plays the provider until the input ends."""
    batch_server.BatchProvider = _SlowProvider  # type: ignore[misc]
    sys.argv = sys.argv[:1]
    batch_server.main()


@contextmanager
def provider() -> Iterator[str]:
    """Runs the provider in a process of its own; yields its URL."""
    process = subprocess.Popen([sys.executable, __file__, "--provide"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - ourselves
    try:
        yield json.loads(process.stdout.readline() if process.stdout else "")["url"]
    finally:
        # Its input ends, and so it does.
        process.communicate(timeout=10)


def told_by(url: str) -> dict[str, Any]:
    """What the provider's bill says."""
    with urlopen(f"{url.removesuffix('/v1')}/bill") as answer:  # noqa: S310 - our own server
        bill: dict[str, Any] = json.load(answer)
        return bill


def set_course(url: str, **course: object) -> None:
    """How the next batches go."""
    request = Request(f"{url.removesuffix('/v1')}/course", json.dumps(course).encode(), method="PUT")  # noqa: S310
    request.add_header("Content-Type", "application/json")
    urlopen(request).close()  # noqa: S310 - our own server


def an_article(name: str) -> bytes:
    """An article like no other."""
    return (
        f"Ferry {name} to return\n\nThe ferry {name} across the Sele will return in June, the town council of "
        "Brackenford decided on Friday.\n\nRepairs to its landing stage will cost 410,000 crowns. The mayor, Marta "
        "Lind, kept her word.\n\nThe ferry stopped in 2019, when a flood washed the stage away; since then the way "
        "round has taken an hour.\n"
    ).encode()


class LiveUploads:
    """Uploads an article, waits for its record, and then the next one; keeps how long each took."""

    def __init__(self, stack: LocalStack) -> None:
        """``start`` begins."""
        self._bucket, self._table = stack.bucket, stack.resources["SummariesTable"]
        self._s3, self._dynamodb = boto3.client("s3"), boto3.client("dynamodb")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self.is_busy = False
        self.seconds: dict[bool, list[float]] = {True: [], False: []}

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the one in hand."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        number = 0
        while not self._stopping.is_set():
            was_busy, started, number = self.is_busy, time.monotonic(), number + 1
            key = f"live/{number}.txt"
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=an_article(f"live {number}"))
            while not self._is_there(key) and not self._stopping.is_set():
                time.sleep(0.02)
            if was_busy == self.is_busy and not self._stopping.is_set():
                self.seconds[was_busy].append(time.monotonic() - started)

    def _is_there(self, key: str) -> bool:
        found = self._dynamodb.get_item(
            TableName=self._table,
            Key={"article_id": {"S": key}, "item": {"S": "CURRENT"}},
            ProjectionExpression="article_id",
        )
        return "Item" in found


class Operator:
    """Begins, watches, kills and resumes a run, as an operator's shell does."""

    def __init__(self) -> None:
        """Finds the stack."""
        self._backfill = backfill._backfill_of("standfirst-local")  # noqa: SLF001 - without its words
        self._backfill = backfill.Backfill(
            self._backfill.function,
            self._backfill.state_machine,
            boto3.client("lambda", config=Config(read_timeout=600)),
        )

    def begin(self) -> None:
        """In batches."""
        options = backfill.Options(prefix="archive/", mode="batch")
        told = self._backfill.ask("begin", options=options.model_dump(mode="json"))
        self._backfill.start(backfill.Run.model_validate(told["run"]))

    def told(self) -> dict[str, Any]:
        """How far it is."""
        return self._backfill.ask("status")

    def wait(self, reached: Any, seconds: float) -> dict[str, Any]:  # noqa: ANN401 - what decides
        """Until ``reached`` holds of the run."""
        deadline = time.monotonic() + seconds
        while not reached(told := self.told()["run"]):
            if time.monotonic() > deadline:
                raise TimeoutError(json.dumps(told))
            time.sleep(0.5)
        return told

    def kill(self) -> None:
        """Stop the execution, whatever it is at; what a function has in hand it finishes, as on Lambda."""
        run = backfill.Run.model_validate(self.told()["run"])
        arn = self._backfill.state_machine.replace(":stateMachine:", ":execution:")
        with suppress(Exception):
            boto3.client("stepfunctions").stop_execution(executionArn=f"{arn}:{run.run_id}-{run.serial}")

    def resume(self) -> None:
        """Another execution."""
        self._backfill.start(backfill.Run.model_validate(self.told()["run"]))


def play(articles: int, patience: float) -> Mapping[str, Any]:
    """Returns the figures of one run."""
    with provider() as url:
        parameters = {
            "ModelProvider": "openai",
            "ModelBaseUrl": url,
            "ModelKeyParameter": "/key",
            "SecondReader": "off",
            "BackfillBudgetUsd": "",
            "DailyBudgetUsd": "",
        }
        with running_stack(parameters=parameters, variables=QUIET | AT_ONCE) as stack:
            boto3.client("ssm").put_parameter(Name="/key", Value="sk-secret", Type="SecureString")
            _fill(stack, articles)
            set_course(url, answers=articles // 2)
            return _measured(stack, Operator(), url, articles, patience)


def _fill(stack: LocalStack, articles: int) -> None:
    s3 = boto3.client("s3")
    told = s3.get_bucket_notification_configuration(Bucket=stack.bucket)["QueueConfigurations"]
    s3.put_bucket_notification_configuration(Bucket=stack.bucket, NotificationConfiguration={})
    for number in range(articles):
        s3.put_object(Bucket=stack.bucket, Key=f"archive/{number:05d}.txt", Body=an_article(str(number)))
    s3.put_bucket_notification_configuration(
        Bucket=stack.bucket, NotificationConfiguration={"QueueConfigurations": told}
    )


def _is_of_the_archive(paid: str) -> bool:
    """Returns whether what was paid for by a single request is about an article of the archive."""
    return paid.startswith("live ") and "erry live" not in paid


def _measured(stack: LocalStack, operator: Operator, url: str, articles: int, patience: float) -> Mapping[str, Any]:
    live = LiveUploads(stack)
    live.start()
    time.sleep(IDLE_SECONDS)
    started = time.monotonic()
    live.is_busy = True
    operator.begin()

    # While the first batch is with the provider; it expires half-way, and the next one does not.
    operator.wait(lambda run: run["batches"] and run["batches"][0]["batch_id"], patience)
    set_course(url)
    _kill_and_resume(operator, live)
    # While its answers go into the queue.
    operator.wait(lambda run: run["stage"] in {"feed", "drain"} and run["round"]["fed"] > 0, patience)
    _kill_and_resume(operator, live)

    run = operator.wait(lambda run: run["state"] == "done", patience)
    live.is_busy = False
    seconds = time.monotonic() - started
    time.sleep(IDLE_SECONDS)
    live.stop()
    bill = told_by(url)
    paid = {key: times for key, times in bill["paid"].items() if not key.startswith("live ")}
    return {
        "articles": articles,
        "seconds": round(seconds),
        "counts": run["counts"],
        "paid in batches": len(paid),
        "paid twice": sum(times > 1 for times in bill["paid"].values()),
        "paid live for the archive": sum(map(_is_of_the_archive, bill["paid"])),
        "batches": bill["batches"],
        "files left with the provider": bill["files"],
        "live uploads": {name: len(live.seconds[busy]) for name, busy in (("with", True), ("without", False))},
        "live p50, p95 with": _percentiles(live.seconds[True]),
        "live p50, p95 without": _percentiles(live.seconds[False]),
    }


def _kill_and_resume(operator: Operator, live: LiveUploads) -> None:
    operator.kill()
    live.is_busy = False
    time.sleep(IDLE_SECONDS)
    live.is_busy = True
    operator.resume()


def _percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return round(cuts[49], 3), round(cuts[94], 3)


def main() -> int:
    """Prints the figures; returns 1 if something was paid for twice, left out, or slowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--patience", type=float, default=3600, help="seconds for each part of the run")
    parser.add_argument("--provide", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--model-seconds", type=float, default=MODEL_SECONDS, help="of a live request")
    options = parser.parse_args()
    if options.provide:
        provide()
        return 0
    os.environ["MODEL_SECONDS"] = str(options.model_seconds)
    figures = play(options.articles, options.patience)
    ratio = figures["live p50, p95 with"][1] / figures["live p50, p95 without"][1]
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    print(f"live p95 with a run, as a multiple of that without: {ratio:.2f} (budget {BUDGET})")
    is_whole = figures["counts"]["written"] == options.articles == figures["paid in batches"]
    return 0 if is_whole and not figures["paid twice"] and ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
