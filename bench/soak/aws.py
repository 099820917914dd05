"""The AWS of the soak: moto on loopback, one request after the other. A program: see ``children.py``."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from children import end_with_parent, say
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from standfirst_local.emulator import LOOPBACK, adapt_moto

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class OneByOne:
    """An application that is asked for one answer at a time: moto is not made for several at once."""

    def __init__(self, application: WSGIApplication) -> None:
        """Wrap ``application``."""
        self._application = application
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """See WSGI (PEP 3333)."""
        with self._lock:
            return self._application(environ, start_response)


def main() -> None:
    """Serve until the soak ends."""
    end_with_parent()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    adapt_moto()
    application = OneByOne(DomainDispatcherApplication(create_backend_app))
    server = make_server(LOOPBACK, 0, application, threaded=True, request_handler=MotoRequestHandler)
    say({"url": f"http://{LOOPBACK}:{server.port}"})
    server.serve_forever()


if __name__ == "__main__":
    main()
