"""How long `serve_summaries` takes from nothing to its first answer, against a bare handler of the same libraries.

Both run under Lambda's own runtime client, in the environment that the template gives `serve_summaries`, with tracing
on as it is there (X-Ray's SDK leaves an empty marker in ``/tmp/.aws-xray``), and ask moto for the same item. The
interpreter is this machine's, from its start on; Lambda's own preparations are not part of it.
"""

import json
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from api_gateway import http_event
from emulator import Storage
from lambda_process import PROJECT, Function, first_invocation
from measurement import CannotMeasure, Row, spread

from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import ArticleId, Language
from standfirst.domain.ports import Transition
from standfirst.domain.record import ArticleSource, MadeBy, Record, Status
from standfirst.domain.usage import Usage

ROUNDS = 21
SHOWN = 16
_ARTICLE = ArticleId("cold-start")
_IMPORT = re.compile(rb"^import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)


def rows(storage: Storage) -> Iterator[Row]:
    """The median ratio of neighbours: runs alternate, so that both of a pair meet the same weather."""
    _save_record(storage)
    serve, bare = _functions(storage)
    for function in (serve, bare):
        # Unmeasured: it compiles what is not compiled yet, as the build does for Lambda.
        _milliseconds(function)
    pairs = [(_milliseconds(serve), _milliseconds(bare)) for _ in range(ROUNDS)]
    ours, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
    detail = f"median of {ROUNDS}: {spread(ours, 'ms')}, bare {spread(theirs, 'ms')}"
    ratio = statistics.median(our_time / their_time for our_time, their_time in pairs)
    yield Row("cold start of serve_summaries", ratio, 1.25, "x", detail)


def explanation(storage: Storage) -> str:
    """Which imports `serve_summaries` has to wait for and the bare handler has not, dearest first."""
    ours, theirs = (_imports(function) for function in _functions(storage))
    extra = Counter({name: time - theirs[name] for name, time in ours.items()}).most_common(SHOWN)
    lines = [f"{time / 1000:8.1f}  {name}" for name, time in extra]
    heading = (
        f"Imports of serve_summaries {ours.total() / 1000:.0f} ms, of the bare handler {theirs.total() / 1000:.0f} ms"
        " (once each, slowed down by -X importtime).\nMilliseconds more than the bare handler, among them the garbage"
        " collections that happened to fall there:"
    )
    return "\n".join([heading, *lines])


def _functions(storage: Storage) -> tuple[Function, Function]:
    environment = storage.environments["ServeSummaries"]
    codes = (PROJECT / "functions" / "serve_summaries", PROJECT / "bench" / "bare_handler")
    return Function(codes[0], environment), Function(codes[1], environment)


def _milliseconds(function: Function) -> float:
    with first_invocation(function, http_event("GET", "/summaries/{article_id+}", _ARTICLE)) as invocation:
        _expect_ok(function, invocation.body)
        return invocation.seconds * 1000


def _imports(function: Function) -> Counter[str]:
    """Microseconds by the first two parts of the module's name."""
    with first_invocation(
        function, http_event("GET", "/summaries/{article_id+}", _ARTICLE), ["-X", "importtime"]
    ) as invocation:
        _expect_ok(function, invocation.body)
        invocation.printed.seek(0)
        printed = invocation.printed.read()
    times: Counter[str] = Counter()
    for microseconds, module in _IMPORT.findall(printed):
        times[".".join(module.decode().split(".")[:2])] += int(microseconds)
    return times


def _expect_ok(function: Function, body: bytes) -> None:
    answer = json.loads(body)
    if answer["statusCode"] != 200:  # noqa: PLR2004
        raise CannotMeasure(f"{function.code.name} answered {answer}")


def _save_record(storage: Storage) -> None:
    now = datetime.now(UTC)
    record = Record(
        article_id=_ARTICLE,
        revision=1,
        status=Status.GENERATED,
        language=Language("en"),
        headline="Harbour bridge reopens",
        standfirst="After two years of repairs the bridge carries traffic again.",
        summary="The bridge reopened on Monday. Repairs took two years and cost less than planned.",
        article=ArticleSource(bucket=storage.bucket, key=_ARTICLE, sequencer="0A", words=600),
        made_by=MadeBy(writer="extractive", model=None, prompt=None, style="default@1"),
        usage=Usage(),
        generated_at=now,
        updated_at=now,
        updated_by="bench",
        digital_source_type=None,
        fingerprint="cold-start",
    )
    DynamoDbSummaryTable(storage.table).apply(Transition(record), None, None)
