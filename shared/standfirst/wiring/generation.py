"""Builds ``GenerateSummary`` for the functions that summarise."""

from collections.abc import Callable

from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.wiring.bounded import BoundedWriter, check_draft, find_evidence
from standfirst.wiring.model import guarded_summarizer
from standfirst.wiring.settings import GuardedModelSettings


def generate_summary_from(settings: GuardedModelSettings, on_breaker_open: Callable[[str], None]) -> GenerateSummary:
    """Returns one for all threads of a process; raises ``SettingsError`` for invalid prices."""
    cache = DynamoDbGenerationCache(settings.generations_table)
    model = guarded_summarizer(settings, cache, on_breaker_open)
    return GenerateSummary(BoundedWriter(), check_draft, find_evidence, model, cache)
