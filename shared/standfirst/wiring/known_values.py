"""The values that the dimensions of a deployment's metrics may have: few, because CloudWatch charges for each."""

from collections.abc import Iterable
from functools import cache

from standfirst.domain.measures import Known
from standfirst.wiring.settings import GuardedModelSettings, ReviewSummariesSettings
from standfirst.writing.house_style import load_styles
from standfirst.writing.model.prompt import PROMPT_VERSION

MOST = 20
"""Styles, and sections, that are told apart."""

styles_of = cache(load_styles)
"""As ``load_styles``, read once per process."""


@cache
def known_in_texts(settings: GuardedModelSettings) -> Known:
    """Returns those of new texts; raises ``SettingsError`` for invalid styles."""
    return Known(
        sections=_first(section.strip() for section in settings.metric_sections.split(",")),
        styles=_first(styles_of(settings.house_styles).styles),
        models=_models(settings.asked_model, settings.reader_model),
    )


@cache
def known_in_reviews(settings: ReviewSummariesSettings) -> Known:
    """Returns those of editors' decisions: the models that are asked, and the newest prompts."""
    before = str(int(PROMPT_VERSION) - 1)
    return Known(models=_models(settings.writer.model), prompts=(PROMPT_VERSION, before))


def _first(names: Iterable[str]) -> frozenset[str]:
    return frozenset(list(dict.fromkeys(filter(None, names)))[:MOST])


def _models(*names: str | None) -> frozenset[str]:
    return frozenset(filter(None, names))
