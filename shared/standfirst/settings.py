"""What each function reads from its environment: once, frozen, and with an error that names the variable."""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from standfirst.domain.errors import SettingsError


class Settings(BaseModel):
    """Base of a function's settings. A field is read from the variable of its name in capitals."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """The settings in ``environment``; raises ``SettingsError`` naming each variable that is missing or wrong."""
        given = {name: environment[name.upper()] for name in cls.model_fields if name.upper() in environment}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            problems = (f"{str(problem['loc'][0]).upper()}: {problem['msg']}" for problem in error.errors())
            raise SettingsError("The environment cannot be used. " + "; ".join(problems)) from error


class SummarizeUploadsSettings(Settings):
    """Settings of ``functions/summarize_uploads``.

    ``articles_prefix`` is what the keys of articles begin with; the rest of the key is the article's id.
    ``house_styles`` is YAML (``writing/house_style.py``); empty means the bundled default.
    """

    summaries_table: str
    articles_prefix: str = ""
    house_styles: str = ""


class ServeSummariesSettings(Settings):
    """Settings of ``functions/serve_summaries``."""

    summaries_table: str
