"""The monthly bill of a newsroom: what a day of it uses, times the prices."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import model_cost
from bill import prices
from bill.quantities import EACH_LINE, Invocations, Quantities, Used, day_of, measured_work
from project import PROJECT
from samtranslator.yaml_helper import yaml_parse
from simulation.day import Day
from simulation.limits import LARGE
from simulation.report import SEED, TIMES, use
from simulation.service import Deployment, Simulation

DAYS, MINUTES = 30.4, 30.4 * 24 * 60
"""Of a month."""

FETCHES, REVIEWED = 20, 0.10
"""Assumed: requests for each summary that reach the API, past whatever caches; the share that is reviewed."""

REQUESTS_OF_REVIEW = 3
"""Requests of the desk for one review: the article, the claim and the decision."""

FETCH_SECONDS, REVIEW_SECONDS, UPGRADE_SECONDS = 0.03, 0.3, 0.3
"""Assumed: how long the functions behind the API, and the run every five minutes, take."""

PLATFORM_BYTES = 700
"""Assumed: what Lambda itself logs of each invocation, as JSON."""

COMPRESSED = 0.15
"""Share of the bytes of logs that is stored (CloudWatch's own example)."""

POLLS_A_MINUTE = 5 * 3
"""Of an event source mapping that waits: five pollers, twenty seconds each."""

RETENTION_DAYS = 30
"""``LogRetentionDays``."""

UPGRADE_RUNS = MINUTES / 5

SAMPLED = 0.05
"""Share of the requests, beside the first of each second, that X-Ray records without a rule of yours."""


@dataclass(frozen=True, slots=True)
class Newsroom:
    """So many articles a day, and the settings that change what they cost."""

    articles: int
    second_reader: float = model_cost.DOUBTFUL
    has_model: bool = True
    tier: float = 1.0
    retention_days: int = RETENTION_DAYS
    is_traced: bool = True
    fetches: float = FETCHES


NEWSROOMS = tuple(Newsroom(articles) for articles in (500, 5_000, 100_000))

MODEL, READER = "the model that writes", "the second reader"


def simulated_day(articles: int, *, has_model: bool) -> Invocations:
    """Returns what the simulation of a day (docs/scale.md) comes to, if no limit is reached.

    The calls of one article follow each other, so that it waits for all of them.
    """
    calls = use().calls if has_model else 1
    times = replace(TIMES, answer=TIMES.answer * calls, slow_answer=TIMES.slow_answer * calls)
    deployment = Deployment("bill", maximum_concurrency=100, daily_budget_usd=None, tier=LARGE if has_model else None)
    outcome = Simulation(deployment, times, use(), SEED).run(Day("", articles).arrivals(SEED))
    each = articles / outcome.waits.total()
    return Invocations(round(each * outcome.invocations, 1), round(each * outcome.busy_seconds, 1))


def measured() -> Used:
    """Measures what each unit of work uses, and simulates the days of the newsrooms."""
    days = {
        day_of(each.articles, has_model=has_model): simulated_day(each.articles, has_model=has_model)
        for each in NEWSROOMS
        for has_model in (True, False)
    }
    return Used(measured_work(), days, counted_in_template())


_article_usage = cache(model_cost.article_usage)


def model_usd(newsroom: Newsroom) -> Mapping[str, float]:
    """Returns what the models cost for one article; the writer's revisions are read again."""
    if not newsroom.has_model:
        return {MODEL: 0.0, READER: 0.0}
    writer, both = (_article_usage(read).usd for read in (0.0, newsroom.second_reader))
    return {MODEL: newsroom.tier * writer, READER: newsroom.tier * (both - writer)}


def counted_in_template() -> Mapping[str, int]:
    """Returns how much of what is billed by the month, or waits for messages, the template has.

    An alarm that reckons with several metrics is billed for each. A value in the API's access log has 20 characters.
    """
    resources = yaml_parse((PROJECT / "template.yaml").read_text(encoding="utf-8"))["Resources"].values()
    of: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for each in resources:
        of[each["Type"]].append(each.get("Properties", {}))
    metrics = [alarm.get("Metrics", [{"MetricStat"}]) for alarm in of["AWS::CloudWatch::Alarm"]]
    events = [event for each in of["AWS::Serverless::Function"] for event in each.get("Events", {}).values()]
    [stage] = of["AWS::ApiGatewayV2::Stage"]
    return {
        "metrics of alarms": sum(max(1, sum("MetricStat" in each for each in alarm)) for alarm in metrics),
        "dashboards": len(of["AWS::CloudWatch::Dashboard"]),
        "queues with a function": sum(event["Type"] == "SQS" for event in events),
        "bytes of a line of the access log": EACH_LINE
        + len(re.sub(r"\$context[\w.]*\w", "x" * 20, stage["AccessLogSettings"]["Format"])),
    }


def bill(newsroom: Newsroom, used: Used) -> Mapping[str, float]:
    """Returns the US dollars of a month by line, after a year of such days, of which everything is kept."""
    n = newsroom.articles * DAYS
    upload, read = _upload(newsroom, used.work), used.work["upload, read"]
    fetch, review, run = (used.work[name] for name in ("fetch", "review", "upgrade run"))
    worker = used.days[day_of(newsroom.articles, has_model=newsroom.has_model)] if n else Invocations(0, 0)
    fetches, reviews = n * newsroom.fetches, n * REVIEWED
    calls = fetches + REQUESTS_OF_REVIEW * reviews
    counts = (n, fetches, reviews, UPGRADE_RUNS)
    writes, reads = (
        sum(count * getattr(each, kind) for count, each in zip(counts, (upload, fetch, review, run), strict=True))
        for kind in ("write_units", "read_units")
    )
    seconds = DAYS * worker.seconds + fetches * FETCH_SECONDS + REQUESTS_OF_REVIEW * reviews * REVIEW_SECONDS
    started = DAYS * worker.count + calls + UPGRADE_RUNS
    logged = n * upload.log_bytes + fetches * fetch.log_bytes + reviews * review.log_bytes
    logged += (
        UPGRADE_RUNS * run.log_bytes
        + started * PLATFORM_BYTES
        + calls * used.template["bytes of a line of the access log"]
    )
    stored = 12 * n * (upload.stored + REVIEWED * (review.stored - read.stored))
    # A metric costs nothing in an hour in which it is not sent.
    metrics = sum(each.metrics for each in ((read, fetch, review, run) if n else (run,)))
    each = model_usd(newsroom)
    return {
        MODEL: n * each[MODEL],
        READER: n * each[READER],
        "DynamoDB, writes": prices.WRITES.of(writes),
        "DynamoDB, reads": prices.READS.of(reads),
        "DynamoDB, a year's records": prices.TABLE_STORAGE.of(stored) + prices.RECOVERY.of(stored),
        "Lambda": prices.LAMBDA_SECONDS.of(seconds + UPGRADE_RUNS * UPGRADE_SECONDS)
        + prices.LAMBDA_REQUESTS.of(started),
        "API Gateway": prices.API_REQUESTS.of(calls),
        "logs": prices.LOGS.of(logged) + prices.LOG_STORAGE.of(logged * newsroom.retention_days / DAYS * COMPRESSED),
        "X-Ray": prices.TRACES.of(_traces(newsroom, worker)) if newsroom.is_traced else 0.0,
        "metrics, alarms, dashboards": prices.METRICS.of(metrics)
        + prices.ALARMS.of(used.template["metrics of alarms"])
        + prices.DASHBOARDS.of(used.template["dashboards"]),
        "pipe and events": prices.PIPES.of(n + reviews) + prices.EVENTS.of(n + reviews),
        "S3, a year's articles": prices.PUTS.of(n)
        + prices.GETS.of(n * upload.requests["s3 GetObject"] + reviews)
        + prices.BUCKET_STORAGE.of(12 * n * model_cost.FIVE_KILOBYTES),
        "SQS": prices.QUEUE_REQUESTS.of(
            n + 2 * DAYS * worker.count + used.template["queues with a function"] * POLLS_A_MINUTE * MINUTES
        ),
        "the key's secret": prices.SECRETS.of(1) if newsroom.has_model else 0.0,
    }


def idle_bill(used: Used) -> Mapping[str, float]:
    """Returns the US dollars of a month without an article."""
    lines = bill(replace(NEWSROOMS[0], articles=0), used)
    return {name: usd for name, usd in lines.items() if usd}


def _upload(newsroom: Newsroom, used: Mapping[str, Quantities]) -> Quantities:
    """Returns what the mean upload uses, of which a share is read, and written once more."""
    plain, read = used["upload"], used["upload, read"]
    share = newsroom.second_reader if newsroom.has_model else 0.0
    between = {
        name: getattr(plain, name) + share * (getattr(read, name) - getattr(plain, name))
        for name in ("write_units", "read_units", "log_bytes", "stored")
    }
    # Each call reserves and settles; without a model neither is done.
    calls = model_cost.REVISED * (1 + share) if newsroom.has_model else -1.0
    between["write_units"] += 2 * calls
    return replace(plain, **between)


def _traces(newsroom: Newsroom, worker: Invocations) -> float:
    """Returns the traces of a month: the first request of each second of each function, and a share of the others."""
    a_day = (
        worker.count,
        newsroom.articles * newsroom.fetches,
        newsroom.articles * REVIEWED * REQUESTS_OF_REVIEW,
        UPGRADE_RUNS / DAYS,
    )
    seconds = 24 * 3_600
    firsts = [seconds * (1 - math.exp(-count / seconds)) for count in a_day]
    return DAYS * sum(first + SAMPLED * (count - first) for first, count in zip(firsts, a_day, strict=True))
