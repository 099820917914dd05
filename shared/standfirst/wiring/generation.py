"""What every function that summarises needs for it, put together as a deployment has it."""

from collections.abc import Callable

from standfirst.adapters.aws.generation_cache import DynamoDbGenerationCache
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.wiring.model import guarded_summarizer
from standfirst.wiring.settings import GuardedModelSettings
from standfirst.writing.extractive.writer import ExtractiveWriter


def generate_summary_from(settings: GuardedModelSettings, on_breaker_open: Callable[[str], None]) -> GenerateSummary:
    """Writes checked texts; raises ``SettingsError`` for prices that are none."""
    log = DynamoDbGenerationCache(settings.generations_table)
    model = guarded_summarizer(settings, log, on_breaker_open)
    return GenerateSummary(ExtractiveWriter(), check_draft, find_evidence, model, log)
