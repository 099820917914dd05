"""Builds the use cases of ``functions/backfill``."""

import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import cached_property

from standfirst.adapters.aws.article_bucket import S3ArticleBucket
from standfirst.adapters.aws.executions import StepFunctionsExecutions
from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.adapters.aws.messages import write_backfill
from standfirst.adapters.aws.object_listing import S3ObjectListing
from standfirst.adapters.aws.run_files import S3RunFiles
from standfirst.adapters.aws.run_table import DynamoDbRunTable
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.adapters.aws.upload_queue import SqsUploadQueue
from standfirst.adapters.clock import SystemClock
from standfirst.domain.backfill_run import Run
from standfirst.domain.ports import BatchModel, Budget
from standfirst.model.tokens import estimate_tokens
from standfirst.use_cases.article_versions import FindVersions
from standfirst.use_cases.backfill.advance import AdvanceRun, Pace
from standfirst.use_cases.backfill.batches import RunBatches
from standfirst.use_cases.backfill.control import ControlRuns
from standfirst.use_cases.backfill.decide import DecideDocument
from standfirst.use_cases.backfill.prepare import PrepareDocuments
from standfirst.use_cases.backfill.quote import LikelyCost, QuoteRun
from standfirst.use_cases.background_lane import BackgroundLane
from standfirst.wiring.bounded import process, read_document
from standfirst.wiring.generation import generate_summary_from
from standfirst.wiring.model_state import daily_budget
from standfirst.wiring.settings import BackfillSettings
from standfirst.writing.house_style import load_styles

AT_ONCE = 8
"""Items of DynamoDB that are written at the same time."""


class BackfillUseCases:
    """The use cases, each built when it is first needed and kept."""

    def __init__(self, settings: BackfillSettings, on_end: Callable[[Run], None]) -> None:
        """Takes the settings; ``on_end`` is called with each run that is paused or over."""
        self._settings = settings
        self._on_end = on_end

    @cached_property
    def control(self) -> ControlRuns:
        """Returns the use case."""
        settings = self._settings
        return ControlRuns(
            runs=self.runs,
            lane=self._lane,
            clock=SystemClock(),
            new_id=lambda: uuid.uuid4().hex[:6],
            bucket=settings.articles_bucket,
            has_model=settings.model_provider != "none",
            has_batches=settings.model_provider == "openai",
            has_budget=settings.daily_budget_usd is None or settings.daily_budget_usd > 0,
        )

    @cached_property
    def quote(self) -> QuoteRun:
        """Returns the use case."""
        return QuoteRun(
            listing=S3ObjectListing(),
            decide=self._decide,
            prices=self._prices,
            tokens=estimate_tokens,
            bucket=self._settings.articles_bucket,
            prefix=self._settings.articles_prefix,
        )

    @cached_property
    def prepare(self) -> PrepareDocuments:
        """Returns the use case."""
        return PrepareDocuments(self._decide, self._files)

    @cached_property
    def advance(self) -> AdvanceRun:
        """Returns the use case."""
        settings = self._settings
        return AdvanceRun(
            runs=self.runs,
            listing=S3ObjectListing(),
            files=self._files,
            lane=self._lane,
            budget=self._budget,
            batches=self._batches,
            write_message=write_backfill,
            clock=SystemClock(),
            pace=Pace(
                settings.backfill_queue_seconds,
                settings.backfill_batch_seconds,
                settings.backfill_fruitless_seconds,
            ),
            prefix=settings.articles_prefix,
            on_end=self._on_end,
        )

    @cached_property
    def executions(self) -> StepFunctionsExecutions:
        """Returns what starts executions of the state machine."""
        return StepFunctionsExecutions()

    @property
    def usd_a_day(self) -> str | None:
        """Returns the budget of a day, ``None`` without a limit."""
        usd = self._settings.daily_budget_usd
        return None if usd is None else f"{usd:f}"

    @property
    def is_spent(self) -> bool:
        """Returns whether today's is spent."""
        return self._budget is not None and self._budget.is_spent()

    @cached_property
    def runs(self) -> DynamoDbRunTable:
        """Returns the store of runs."""
        return DynamoDbRunTable(self._settings.model_state_table, SystemClock())

    @cached_property
    def _budget(self) -> Budget | None:
        return None if self._settings.model_provider == "none" else daily_budget(self._settings)

    @cached_property
    def _batches(self) -> RunBatches | None:
        if self._model is None:
            return None
        return RunBatches(
            model=self._model,
            cache=self._cache,
            budget=self._budget,
            usd_a_day=self._settings.daily_budget_usd,
            files=self._files,
            clock=SystemClock(),
            at_once=ThreadPoolExecutor(AT_ONCE, thread_name_prefix="backfill").map,
        )

    @cached_property
    def _decide(self) -> DecideDocument:
        settings = self._settings
        process.start()
        writer = generate_summary_from(settings, lambda _: None).identity
        return DecideDocument(
            find_versions=FindVersions(
                S3ArticleBucket().fetch, read_document, load_styles(settings.house_styles).for_article, writer
            ),
            summaries=DynamoDbSummaryTable(settings.summaries_table),
            cache=self._cache,
            clock=SystemClock(),
            model=self._model,
            prefix=settings.articles_prefix,
        )

    @cached_property
    def _model(self) -> BatchModel | None:
        if self._settings.model_provider != "openai":
            return None
        from standfirst.wiring import openai_model  # noqa: PLC0415 - see wiring/model.py

        return openai_model.deployed_batch_model(self._settings)

    @cached_property
    def _prices(self) -> Mapping[str, LikelyCost]:
        if self._settings.model_provider == "none":
            return {"list": lambda _: Decimal(0), "live": lambda _: Decimal(0)}
        from standfirst.wiring import openai_model  # noqa: PLC0415 - see wiring/model.py

        return openai_model.likely_costs(self._settings)

    @cached_property
    def _cache(self) -> DynamoDbGenerationCache:
        return DynamoDbGenerationCache(self._settings.generations_table)

    @cached_property
    def _files(self) -> S3RunFiles:
        return S3RunFiles(self._settings.backfill_bucket)

    @cached_property
    def _lane(self) -> BackgroundLane:
        queue = SqsUploadQueue(self._settings.backfill_queue_url)
        return BackgroundLane(queue, self._settings.backfill_concurrency)
