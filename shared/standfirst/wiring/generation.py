"""Builds ``GenerateSummary`` for the functions that summarise."""

from collections.abc import Callable

from standfirst.adapters.aws.idempotency import DynamoDbGenerationCache
from standfirst.use_cases.generate_summary import GenerateSummary
from standfirst.use_cases.second_reading import ReadDrafts
from standfirst.wiring.bounded import BoundedWriter, check_draft, find_evidence, sentences_to_read, weigh_verdicts
from standfirst.wiring.model import guarded_models
from standfirst.wiring.settings import GuardedModelSettings


def generate_summary_from(settings: GuardedModelSettings, on_breaker_open: Callable[[str], None]) -> GenerateSummary:
    """Returns one for all threads of a process; raises ``SettingsError`` for invalid prices."""
    cache = DynamoDbGenerationCache(settings.generations_table)
    model, reader = guarded_models(settings, cache, on_breaker_open) or (None, None)
    read_drafts = ReadDrafts(reader, settings.second_reader, sentences_to_read, weigh_verdicts) if reader else None
    return GenerateSummary(BoundedWriter(), check_draft, find_evidence, model, cache, read_drafts)
