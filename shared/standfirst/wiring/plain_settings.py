"""The settings of functions that need not wait for pydantic: text alone, each read from the variable of its name."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from standfirst.domain.errors import SettingsError


class ServeSummariesSettings(NamedTuple):
    """Settings of ``functions/serve_summaries``."""

    summaries_table: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Returns the settings in ``environment``; raises ``SettingsError`` naming a missing variable."""
        try:
            return cls(environment["SUMMARIES_TABLE"])
        except KeyError as error:
            raise SettingsError("The environment cannot be used. SUMMARIES_TABLE: Field required") from error


class ServeDeskSettings(NamedTuple):
    """Settings of ``functions/serve_desk``.

    Without ``jwt_issuer`` nobody signs in. ``desk_client_id`` is what the issuer knows the page as, and ``desk_scope``
    what the page asks it for.
    """

    jwt_issuer: str | None = None
    desk_client_id: str = ""
    desk_scope: str = "openid summaries:read summaries:review summaries:write"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Returns the settings in ``environment``. An empty issuer is none."""
        given = {name: environment[name.upper()] for name in cls._fields if name.upper() in environment}
        issuer = given.pop("jwt_issuer", "").strip() or None
        return cls(issuer, **given)
