"""The desk over HTTP: the files of the page, and what the page has to know of this deployment.

Everybody may load it. It holds no texts: all that it shows comes from the API, with the token of whoever signed in.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from aws_lambda_powertools import Logger

from standfirst.api.problem_details import PROBLEM_JSON, RETRY_SECONDS
from standfirst.api.static_files import StaticFile
from standfirst.domain.errors import TransientError
from standfirst.domain.sign_in import SignIn

UNDO_SECONDS = 5
"""How long a decision waits in the page before it is sent."""

INDEX, CONFIG = "index.html", "config.json"

SECURITY: Mapping[str, str] = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    # The address of a page that comes back from the issuer holds a code.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class DeskPage:
    """Answers requests for the desk."""

    def __init__(self, files: Mapping[str, StaticFile], sign_in: Callable[[], SignIn | None], logger: Logger) -> None:
        """``files`` are those of the page by their names below ``/desk/``.

        ``sign_in`` returns how people sign in, ``None`` where nobody has to; it may raise ``TransientError``.
        """
        self._files = files
        self._sign_in = sign_in
        self._logger = logger

    def handle(self, event: dict[str, Any]) -> dict[str, Any]:
        """Returns the response to ``event``, both in the shape of an HTTP API (payload format 2.0)."""
        if event["routeKey"] == "GET /desk":
            # Relative, so that it also leads there below a path that a domain name maps the API to.
            return _response(HTTPStatus.PERMANENT_REDIRECT, "", {"Location": "desk/"})
        name = (event.get("pathParameters") or {}).get("file", INDEX)
        if name == CONFIG:
            return self._config()
        # Only what is in the folder has a name here: no path leads out of it.
        file = self._files.get(name)
        if file is None:
            return _problem(HTTPStatus.NOT_FOUND, "There is nothing under this path.")
        headers = {**SECURITY, **({"Content-Security-Policy": self._policy()} if name == INDEX else {})}
        return file.response(event.get("headers") or {}, headers)

    def _config(self) -> dict[str, Any]:
        try:
            sign_in = self._sign_in()
        except TransientError:
            self._logger.exception("Nobody can sign in")
            return _problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "The issuer that people sign in with cannot be reached now; the log says why.",
                {"Retry-After": str(RETRY_SECONDS)},
            )
        told = {"api": "", "sign_in": sign_in and asdict(sign_in), "undo_seconds": UNDO_SECONDS}
        return _response(HTTPStatus.OK, json.dumps(told), {"Content-Type": "application/json"})

    def _policy(self) -> str:
        """Returns the content security policy: this origin alone, and the issuer's for a token."""
        try:
            sign_in = self._sign_in()
        except TransientError:
            # The page loads, asks for its configuration and says that nobody can sign in.
            sign_in = None
        token_origin = f" {_origin(sign_in.token_endpoint)}" if sign_in else ""
        return (
            f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            f"connect-src 'self'{token_origin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _response(status: HTTPStatus, body: str, headers: Mapping[str, str]) -> dict[str, Any]:
    told = {**SECURITY, "Cache-Control": "no-store", **headers}
    return {"statusCode": status.value, "headers": told, "body": body, "isBase64Encoded": False}


def _problem(status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return _response(status, json.dumps(body), {"Content-Type": PROBLEM_JSON, **(headers or {})})
