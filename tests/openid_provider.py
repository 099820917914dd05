"""An OpenID Connect issuer, played on this machine: discovery, the authorization code flow with PKCE, and the end."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT_ID = "desk"
EDITOR = "Nora Whitcliffe"


@dataclass
class Issuer:
    """Signs everybody in as ``EDITOR``, without asking; refuses what the specifications tell it to refuse."""

    url: str = ""
    redirects: tuple[str, ...] = ()
    """Where it may send people back to."""
    expires_in: int = 3_600
    gives_refresh_tokens: bool = False
    refuses_with: str | None = None
    """What it answers instead of a code."""
    first_state: str | None = None
    """What its first answer has for the state that it was sent."""
    is_down: bool = False
    authorizations: list[dict[str, str]] = field(default_factory=list)
    grants: list[dict[str, str]] = field(default_factory=list)
    sign_outs: list[dict[str, str]] = field(default_factory=list)
    valid_tokens: set[str] = field(default_factory=set)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _refresh_tokens: set[str] = field(default_factory=set)

    def __call__(self, environ: Any, start_response: Any) -> Any:  # noqa: ANN401 - WSGI
        """Answers one request."""
        request = Request(environ)
        if self.is_down:
            return Response("", 503)(environ, start_response)
        answer = {
            "/.well-known/openid-configuration": self._discovery,
            "/authorize": self._authorize,
            "/token": self._token,
            "/logout": self._end,
        }[request.path](request)
        return answer(environ, start_response)

    def _discovery(self, _: Request) -> Response:
        return _json(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "end_session_endpoint": f"{self.url}/logout",
            }
        )

    def _authorize(self, request: Request) -> Response:
        asked = request.args.to_dict()
        self.authorizations.append(asked)
        if asked["client_id"] != CLIENT_ID or asked["redirect_uri"] not in self.redirects:
            return Response("This client may not be sent there.", 400)
        if asked["response_type"] != "code" or asked["code_challenge_method"] != "S256":
            return Response("A public client needs a code and PKCE.", 400)
        told = {"state": self.first_state or asked["state"], "iss": self.url}
        self.first_state = None
        if self.refuses_with:
            told |= {"error": "access_denied", "error_description": self.refuses_with}
        else:
            code = secrets.token_urlsafe()
            self._codes[code] = asked
            told["code"] = code
        return Response("", 302, {"Location": f"{asked['redirect_uri']}?{urlencode(told)}"})

    def _token(self, request: Request) -> Response:
        grant = request.form.to_dict()
        self.grants.append(grant)
        is_good = grant["client_id"] == CLIENT_ID and (
            self._is_code_of(grant) if grant["grant_type"] == "authorization_code" else self._is_refresh_token(grant)
        )
        if not is_good:
            return _json({"error": "invalid_grant", "error_description": "This code is not yours."}, 400)
        token = f"{_part({'alg': 'none'})}.{_part({'sub': '1', 'jti': secrets.token_urlsafe()})}.signature"
        self.valid_tokens.add(token)
        answer: dict[str, Any] = {"access_token": token, "token_type": "Bearer", "expires_in": self.expires_in}
        answer["id_token"] = f"{_part({'alg': 'none'})}.{_part({'sub': '1', 'name': EDITOR})}.signature"
        if self.gives_refresh_tokens:
            answer["refresh_token"] = secrets.token_urlsafe()
            self._refresh_tokens.add(answer["refresh_token"])
        return _json(answer)

    def _is_code_of(self, grant: dict[str, str]) -> bool:
        """RFC 7636, section 4.6; a code is good once."""
        asked = self._codes.pop(grant["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(grant["code_verifier"].encode()).digest()).decode()
        return (
            asked is not None
            and asked["code_challenge"] == challenge.rstrip("=")
            and asked["redirect_uri"] == grant["redirect_uri"]
        )

    def _is_refresh_token(self, grant: dict[str, str]) -> bool:
        """One is good once, as for public clients it should be (RFC 9700, section 4.14.2)."""
        is_known = grant["refresh_token"] in self._refresh_tokens
        self._refresh_tokens.discard(grant["refresh_token"])
        return is_known

    def _end(self, request: Request) -> Response:
        self.sign_outs.append(request.args.to_dict())
        return Response("<link rel=icon href=data:,>Signed out.", content_type="text/html")


def _part(claims: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")


def _json(content: object, status: int = 200) -> Response:
    # Pages of other origins ask for tokens.
    return Response(json.dumps(content), status, {"Access-Control-Allow-Origin": "*"}, content_type="application/json")


@contextmanager
def playing_issuer() -> Iterator[Issuer]:
    """An issuer on a free port of loopback."""
    issuer = Issuer()
    server = make_server("127.0.0.1", 0, issuer, threaded=True)
    issuer.url = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever, args=[0.05], daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
