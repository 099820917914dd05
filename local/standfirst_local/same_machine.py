"""Who may ask a server on loopback: programs, and pages that this machine itself serves.

A browser lets any page send requests to 127.0.0.1, and a page whose name is made to resolve to it (DNS rebinding) also
reads the answers. Such requests are refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Request

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

# Names below localhost, such as a bucket's, never resolve to another machine (RFC 6761, section 6.3).
_OUR_HOST = re.compile(r"(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9.-]+\.)?localhost)(?::[0-9]+)?", re.IGNORECASE)
_OUR_ORIGIN = re.compile(rf"https?://{_OUR_HOST.pattern}", re.IGNORECASE)


def refuse_foreign(request: Request) -> None:
    """Raises ``Forbidden`` for a request that names another host, or that a page from elsewhere has sent."""
    headers = request.headers
    host, origin = headers.get("Host"), headers.get("Origin")
    if host is not None and not _OUR_HOST.fullmatch(host):
        raise Forbidden
    if origin is not None:
        if not _OUR_ORIGIN.fullmatch(origin):
            raise Forbidden
    # Without an origin: images, scripts, frames and links. A link that a person follows is no harm.
    elif headers.get("Sec-Fetch-Site") == "cross-site" and not _is_followed_link(request):
        raise Forbidden


def _is_followed_link(request: Request) -> bool:
    how = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")
    return request.method == "GET" and how == ("navigate", "document")


def only_from_this_machine(application: WSGIApplication) -> WSGIApplication:
    """Returns ``application`` behind ``refuse_foreign``; it grants no other origin to read its answers."""

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            refuse_foreign(Request(environ))
        except Forbidden as refusal:
            return refusal(environ, start_response)
        if "HTTP_ORIGIN" in environ:  # one of ours
            return application(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:  # noqa: ANN401 - as WSGI has it
            kept = [(name, value) for name, value in headers if not name.lower().startswith("access-control-")]
            return start_response(status, kept, *exc_info)

        return application(environ, start)

    return guarded
