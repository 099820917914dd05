"""The settings of functions that have only text to read, and need not wait for other functions' settings."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Self

from standfirst.domain.errors import SettingsError


class ServeSummariesSettings(NamedTuple):
    """Settings of ``functions/serve_summaries``."""

    summaries_table: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Returns the settings in ``environment``; raises ``SettingsError`` naming each missing variable."""
        return cls(**_required(environment, cls._fields))


class ServeReviewsSettings(NamedTuple):
    """Settings of ``functions/serve_reviews``."""

    summaries_table: str
    reviews_table: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """See ``ServeSummariesSettings``."""
        return cls(**_required(environment, cls._fields))


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


def _required(environment: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    given = {name: environment.get(name.upper()) for name in names}
    if missing := [f"{name.upper()}: Field required" for name, value in given.items() if value is None]:
        raise SettingsError(f"The environment cannot be used. {'; '.join(missing)}")
    return {name: value for name, value in given.items() if value is not None}
