"""What every function that summarises needs for it, put together as a deployment has it."""

from collections.abc import Callable

from standfirst.adapters.generation_log import DynamoDbGenerationLog
from standfirst.checking.check_draft import check_draft
from standfirst.checking.evidence import find_evidence
from standfirst.model_writer import guarded_summarizer
from standfirst.settings import GuardedModelSettings
from standfirst.write_summary import WriteSummary
from standfirst.writing.extractive import ExtractiveWriter


def write_summary_from(settings: GuardedModelSettings, tell_opened: Callable[[str], None]) -> WriteSummary:
    """Writes checked texts; raises ``SettingsError`` for prices that are none."""
    log = DynamoDbGenerationLog(settings.generations_table)
    model = guarded_summarizer(settings, log, tell_opened)
    return WriteSummary(ExtractiveWriter(), check_draft, find_evidence, model, log)
