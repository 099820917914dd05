"""The real use cases over the real adapters, against moto in this process; only queue, model and time are played."""

import datetime as dt
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple
from unittest.mock import patch

import boto3
from aws_lambda_powertools.utilities.idempotency import base
from aws_lambda_powertools.utilities.idempotency.persistence import base as persistence_base
from aws_lambda_powertools.utilities.idempotency.persistence import datarecord, dynamodb
from moto import mock_aws
from moto.dynamodb.responses import DynamoResult

from builders import a_draft, a_style
from emulated import deployment, empty
from fakes import ONE_ANSWER, ONE_CALL, ONE_READING, FakeBreaker, FakeWriter
from promises.newsroom import GONE, Content, UploadedDocument, as_bytes, read_texts
from promises.uploads_queue import MAX_RECEIVES, Time, UploadsQueueModel
from promises.workers import AFTER_MODEL, AFTER_READER, MODEL, READER, Worker, stop_before, stop_before_aws
from standfirst.adapters.aws import summary_table
from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.adapters.aws.messages import read_message, write_regeneration, write_upgrade
from standfirst.adapters.aws.reviews_table import DynamoDbReviewsTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import Article, ArticleId
from standfirst.domain.draft import Draft, Evidence, Finding
from standfirst.domain.errors import ModelOutputInvalid, ModelRefused
from standfirst.domain.ports import Assignment, Generation, ReadingAssignment, WriterIdentity
from standfirst.domain.second_reading import Policy, ReadDraft, SentenceToRead, Verdict
from standfirst.domain.style import HouseStyle
from standfirst.domain.usage import Usage
from standfirst.use_cases import generate_summary, summarize_request, summarize_upload
from standfirst.use_cases.background_lane import BackgroundLane
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.use_cases.get_summaries import GetSummaries
from standfirst.use_cases.handle_message import HandleMessage
from standfirst.use_cases.model_call import ReaderCall
from standfirst.use_cases.read_version import ReadVersion
from standfirst.use_cases.request_regeneration import RequestRegeneration
from standfirst.use_cases.review_summary import CheckWords, ReviewSummary
from standfirst.use_cases.schedule_upgrades import ScheduleUpgrades
from standfirst.use_cases.second_reading import ReadDrafts
from standfirst.use_cases.summarize_request import SummarizeRequest
from standfirst.use_cases.summarize_upload import SummarizeUpload
from standfirst_local.emulator import adapt_moto, create_storage

REGION = "eu-west-1"
FUNCTION_SECONDS = 90


class Order(NamedTuple):
    """What the model is asked for: a summary of a text, or another one for a regeneration."""

    text: str
    regeneration_id: str | None = None


def _standfirst(order: Order, number: int) -> str:
    """The standfirst of the so many-th draft that was paid for."""
    return f"The model's, of {order.regeneration_id} and {number}."


@dataclass
class PaidModel:
    """``Summarizer`` that repeats the article, in a standfirst that is another each time.

    It remembers which worker asked for what, what was paid, and what was given to whom.
    """

    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("openai", model="a-model", prompt="1"))
    asked: dict[Order, list[Worker]] = field(default_factory=lambda: defaultdict(list))
    paid: dict[Order, int] = field(default_factory=lambda: defaultdict(int))
    given: dict[Order, dict[str, Worker]] = field(default_factory=lambda: defaultdict(dict))

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``Summarizer``. A refusal and a useless answer are paid for too."""
        worker = threading.current_thread()
        assert isinstance(worker, Worker)
        order = Order(assignment.article.text, worker.task.regeneration_id)
        self.asked[order].append(worker)
        try:
            stop_before(MODEL)
        except (ModelRefused, ModelOutputInvalid):
            self.paid[order] += 1
            raise
        self.paid[order] += 1
        standfirst = _standfirst(order, self.paid[order])
        stop_before(AFTER_MODEL)
        record_usage(ONE_CALL)
        self.given[order][standfirst] = worker
        return Generation(a_draft(standfirst, summary=order.text))

    def answer_in_batch(self, text: str) -> str:
        """What a batch answers about ``text``, which is paid for."""
        order = Order(text)
        self.paid[order] += 1
        return json.dumps([_standfirst(order, self.paid[order]), text])

    def read_answer(self, answer: str, record_usage: Callable[[Usage], None]) -> Generation:
        """See ``Summarizer``."""
        worker = threading.current_thread()
        assert isinstance(worker, Worker)
        record_usage(ONE_ANSWER)
        standfirst, text = json.loads(answer)
        self.given[Order(text)][standfirst] = worker
        return Generation(a_draft(standfirst, summary=text))

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``Summarizer``."""
        del article
        return None


class WrittenDraft(NamedTuple):
    """A draft, by the text of its article and its standfirst."""

    text: str
    standfirst: str


@dataclass
class PaidReader:
    """``PricedSecondReader`` that contradicts the first draft about some texts, and supports every other one.

    It remembers which worker asked about what, what was paid, and what it contradicted.
    """

    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("openai", model="a-reader", prompt="1"))
    asked: dict[WrittenDraft, list[Worker]] = field(default_factory=lambda: defaultdict(list))
    paid: dict[WrittenDraft, int] = field(default_factory=lambda: defaultdict(int))
    contradicted: set[WrittenDraft] = field(default_factory=set)

    def read(self, assignment: ReadingAssignment, record_usage: Callable[[Usage], None]) -> tuple[Verdict, ...]:
        """See ``SecondReader``. A refusal and a useless answer are paid for too."""
        worker = threading.current_thread()
        assert isinstance(worker, Worker)
        [sentence] = assignment.sentences
        draft = WrittenDraft(assignment.article.text, sentence.text)
        self.asked[draft].append(worker)
        try:
            stop_before(READER)
        except (ModelRefused, ModelOutputInvalid):
            self.paid[draft] += 1
            raise
        self.paid[draft] += 1
        is_wrong = draft.text.endswith("3") and draft.standfirst.endswith(" 1.")
        if is_wrong:
            self.contradicted.add(draft)
        stop_before(AFTER_READER)
        record_usage(ONE_READING)
        return (Verdict("standfirst", 0, "contradicted" if is_wrong else "supported", (0,), draft.text),)

    def likely_cost(self, article: Article) -> Decimal | None:
        """See ``PricedSecondReader``."""
        del article
        return None


@dataclass
class World:
    """Everything outside, and the use cases over it. ``reset`` makes it as on the first day."""

    storage: Mapping[str, str]
    time: Time = field(default_factory=Time)

    def __post_init__(self) -> None:
        """Make the clients."""
        self.bucket = self.storage["ArticlesBucket"]
        self.s3 = boto3.client("s3")
        reviews = DynamoDbReviewsTable(self.storage["ReviewsTable"])
        self.summaries = DynamoDbSummaryTable(self.storage["SummariesTable"], put_of_review=reviews.put_of)
        self.articles = S3ArticleBucket()
        self.cache = DynamoDbGenerationCache(self.storage["GenerationsTable"], sleep=lambda _: None)
        self.reset()

    def reset(self) -> None:
        """Empty everything."""
        self.time.seconds = 0.0
        empty(*(self.storage[name] for name in ("SummariesTable", "ReviewsTable", "GenerationsTable")))
        self.queue = UploadsQueueModel(self.time)
        self.model, self.reader = PaidModel(), PaidReader()

    def put(self, document: UploadedDocument, content: Content) -> None:
        """Change what lies under the document's key."""
        if content == GONE:
            self.s3.delete_object(Bucket=self.bucket, Key=document.key)
        else:
            self.s3.put_object(Bucket=self.bucket, Key=document.key, Body=as_bytes(content))

    def handle_message(self) -> HandleMessage:
        """What the worker does, put together as in a deployment."""
        return HandleMessage(
            read=partial(read_message, prefix=""),
            summarize=SummarizeUpload(
                self.articles, self.summaries, read_texts, _choose_style, self._write_summary(), self.time, by="worker"
            ),
            queue=self.queue,
            max_receives=MAX_RECEIVES,
            draw=lambda: 0.5,
        )

    def summarize_on_request(self, sleep: Callable[[float], None]) -> SummarizeRequest:
        """Summarises requests, with the same cache as the worker."""
        return SummarizeRequest(
            self.articles,
            self.summaries,
            read_texts,
            _choose_style,
            self._write_summary(),
            self.time,
            self.bucket,
            prefix="",
            sleep=sleep,
        )

    def review_summary(self) -> ReviewSummary:
        """Reviews summaries; the finding in a text is the article that it was checked against."""
        check = CheckWords(
            ReadVersion(self.articles, read_texts, prefix=""), _choose_style, _find_text, _find_no_evidence
        )
        return ReviewSummary(self.summaries, check, self.time)

    def request_regeneration(self, new_request_id: Callable[[], str]) -> RequestRegeneration:
        """Queues regenerations."""
        find = GetSummaries(self.summaries, self.time)
        return RequestRegeneration(find, self.queue, write_regeneration, new_request_id, prefix="")

    def announced(self) -> dict[ArticleId, dict[str, str | None]]:
        """The event type of each revision, by the name of its item; ``None`` for no event."""
        scan = boto3.resource("dynamodb").Table(self.storage["SummariesTable"]).scan()
        assert "LastEvaluatedKey" not in scan
        announced: dict[ArticleId, dict[str, str | None]] = defaultdict(dict)
        for item in scan["Items"]:
            if str(item["item"]).startswith("REVISION#"):
                event_type = item.get("announced_as")
                announced[ArticleId(str(item["article_id"]))][str(item["item"])] = (
                    None if event_type is None else str(event_type)
                )
        return announced

    def _write_summary(self) -> GenerateSummary:
        reader = ReadDrafts(ReaderCall(self.reader, FakeBreaker(), None), "always", _the_standfirst, _believe)
        return GenerateSummary(FakeWriter(), _find_nothing, _find_no_evidence, self.model, self.cache, reader)

    def schedule_upgrades(self) -> ScheduleUpgrades:
        """Schedules upgrades, with closed breakers."""
        closed = FakeBreaker()
        return ScheduleUpgrades(
            self.summaries, closed, closed, None, BackgroundLane(self.queue, concurrency=2), write_upgrade, self.time
        )


def _choose_style(article_id: ArticleId, wanted: str | None) -> HouseStyle:
    del article_id, wanted
    return a_style()


def _find_nothing(article: Article, draft: Draft, style: HouseStyle) -> list[Finding]:
    del article, draft, style
    return []


def _the_standfirst(
    article: Article, draft: Draft, findings: Sequence[Finding], style: HouseStyle, policy: Policy
) -> tuple[SentenceToRead, ...]:
    del article, findings, style, policy
    return (SentenceToRead("standfirst", 0, draft.texts.as_one("standfirst")),)


def _believe(article: Article, draft: Draft, findings: Sequence[Finding], verdicts: Sequence[Verdict]) -> ReadDraft:
    del article
    wrong = [each for each in verdicts if each.judgement == "contradicted"]
    errors = [Finding("second_reader", each.field, each.quote, "otherwise", "error") for each in wrong]
    return ReadDraft([*errors, *findings], draft.evidence, tuple(verdicts))


CHECKED = "checked"
"""The code of the finding that quotes what words were checked against."""


def _find_text(article: Article, draft: Draft, style: HouseStyle) -> list[Finding]:
    del draft, style
    return [Finding(CHECKED, "summary", article.text, "This is what it was checked against.", "warning")]


def _find_no_evidence(article: Article, draft: Draft) -> tuple[Evidence, ...]:
    del article, draft
    return ()


@contextmanager
def a_world() -> Iterator[World]:
    """A world with the template's bucket and tables, for the block."""
    time = Time()
    adapt_moto()
    with mock_aws(), _fast_answers(), _powertools_time(time), _one_call_at_a_time():
        boto3.setup_default_session(region_name=REGION)
        try:
            stop_before_aws(boto3.DEFAULT_SESSION)
            yield World(create_storage(deployment()), time)
        finally:
            boto3.DEFAULT_SESSION = None


@contextmanager
def _powertools_time(time: Time) -> Iterator[None]:
    """Powertools' idempotency asks the clock of the machine; let it ask ``time``."""

    class Datetime(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return dt.datetime.fromtimestamp(time.now().timestamp(), tz)

    played = SimpleNamespace(**{**vars(dt), "datetime": Datetime})
    with ExitStack() as patches:
        for module in (base, persistence_base, dynamodb, datarecord):
            patches.enter_context(patch.object(module, "dt", played))
        yield


@contextmanager
def _one_call_at_a_time() -> Iterator[None]:
    """What goes out together is asked one after the other, so that a worker stops before each: that begun first."""

    def at_once(call: Callable[[], Any]) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(call())
        except Exception as error:  # noqa: BLE001 - as ``begun`` does; but who is killed has begun nothing
            done.set_exception(error)
        return done

    with ExitStack() as patches:
        for module in (summarize_upload, summarize_request, generate_summary, summary_table):
            patches.enter_context(patch.object(module, "begun", at_once))
        yield


@contextmanager
def _fast_answers() -> Iterator[None]:
    """Let moto write DynamoDB's answers in one go: they are JSON already, and looking each value up takes longest."""

    def as_json(answer: DynamoResult, context: object) -> tuple[int, dict[str, str], str]:
        del context
        return 200, {"Content-Type": "application/x-amz-json-1.0"}, json.dumps(answer.result)

    with patch.object(DynamoResult, "execute_result", as_json):
        yield
