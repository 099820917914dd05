"""How people sign in to the desk: with an OpenID Connect issuer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where a browser gets a token and ends a session (``None``: the issuer knows no such place), and what it asks for.

    ``client_id`` is what the issuer knows the desk as, ``scope`` what the desk asks for.
    """

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    end_session_endpoint: str | None
    client_id: str
    scope: str
