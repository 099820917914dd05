"""The endpoints of an OpenID Connect issuer, by its discovery document (OpenID Connect Discovery 1.0, section 4)."""

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.request import HTTPRedirectHandler, build_opener

from standfirst.domain.errors import TransientError
from standfirst.domain.ports import Clock
from standfirst.domain.sign_in import SignIn

TIMEOUT_SECONDS = 3.0
"""The page waits for it."""

LIFETIME = timedelta(hours=1)
"""How long an answer is kept."""

MAX_BYTES = 256 * 1024

# A token goes to these addresses. Loopback never leaves the machine, so that a local issuer can be tried.
# The host stands in the page's security policy, where other characters would begin another directive.
_SECURE = re.compile(
    r"(https://[a-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:\d+)?([/?][^\s\x00-\x1f]*)?", re.ASCII | re.IGNORECASE
)


class OpenIdIssuer:
    """Asks ``issuer`` for its endpoints and keeps the answer for an hour, longer while the issuer does not answer."""

    def __init__(self, issuer: str, client_id: str, scope: str, clock: Clock) -> None:
        """``issuer`` to the letter as its tokens have it in ``iss``; see ``SignIn`` for the others."""
        self._issuer = issuer
        self._client_id = client_id
        self._scope = scope
        self._clock = clock
        self._known: tuple[datetime, SignIn] | None = None

    def sign_in(self) -> SignIn:
        """Returns how people sign in; raises ``TransientError`` if the issuer never gave any that can be used."""
        now = self._clock.now()
        if self._known and now < self._known[0]:
            return self._known[1]
        try:
            found = self._discovered()
        except TransientError:
            if self._known is None:
                raise
            found = self._known[1]
        self._known = now + LIFETIME, found
        return found

    def _discovered(self) -> SignIn:
        if not _SECURE.fullmatch(self._issuer):
            raise TransientError(f"{self._issuer} is no https address.")
        url = f"{self._issuer.removesuffix('/')}/.well-known/openid-configuration"
        try:
            with build_opener(_NoRedirects).open(url, timeout=TIMEOUT_SECONDS) as answer:
                document = json.loads(answer.read(MAX_BYTES))
        except (OSError, HTTPException, ValueError, RecursionError) as error:
            raise TransientError(f"{url} did not answer: {error}") from error
        if not isinstance(document, dict) or document.get("issuer") != self._issuer:
            raise TransientError(f"{url} is about another issuer.")
        end = document.get("end_session_endpoint")
        return SignIn(
            issuer=self._issuer,
            authorization_endpoint=_endpoint(document, "authorization_endpoint"),
            token_endpoint=_endpoint(document, "token_endpoint"),
            end_session_endpoint=_endpoint(document, "end_session_endpoint") if end else None,
            client_id=self._client_id,
            scope=self._scope,
        )


class _NoRedirects(HTTPRedirectHandler):
    """The document is where the issuer's name says, or it is not the issuer's."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - as urllib has it
        return None


def _endpoint(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not _SECURE.fullmatch(value):
        raise TransientError(f"The issuer has no {name} with an https address.")
    return value
