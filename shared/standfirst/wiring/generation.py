"""Builds ``GenerateSummary`` for the functions that summarise."""

from collections.abc import Callable

from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.wiring.model import guarded_summarizer
from standfirst.wiring.settings import GuardedModelSettings
from standfirst.writing.extractive.writer import ExtractiveWriter


def generate_summary_from(settings: GuardedModelSettings, on_breaker_open: Callable[[str], None]) -> GenerateSummary:
    """Returns one for all threads of a process; raises ``SettingsError`` for invalid prices."""
    cache = DynamoDbGenerationCache(settings.generations_table)
    model = guarded_summarizer(settings, cache, on_breaker_open)
    return GenerateSummary(ExtractiveWriter(), check_draft, find_evidence, model, cache)
