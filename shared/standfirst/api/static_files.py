"""Files as HTTP responses: compressed where the client takes it, and not sent again to a client that has them."""

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePath
from typing import Any

from standfirst.api.etags import is_known

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""By the name's ending. A file of another kind is refused when it is loaded, not guessed at when it is asked for."""


@dataclass(frozen=True)
class StaticFile:
    """One file, as it is sent."""

    content_type: str
    content: bytes
    compressed: bytes

    @classmethod
    def of(cls, name: str, content: bytes) -> "StaticFile":
        """Returns the file; raises ``KeyError`` for a name whose ending stands for no content type here."""
        # Without the time, or each environment would have another ETag.
        return cls(CONTENT_TYPES[PurePath(name).suffix], content, gzip.compress(content, mtime=0))

    def response(self, request: Mapping[str, str], headers: Mapping[str, str]) -> dict[str, Any]:
        """Returns the HTTP API response to a request with the headers ``request``; 304 if the client has this already.

        ``headers`` are sent beside the file's own, and are part of its ETag: a client that keeps the file keeps them.
        """
        is_compressed = _takes_gzip(request.get("accept-encoding", ""))
        content = self.compressed if is_compressed else self.content
        tag = f'"{hashlib.sha256(repr(sorted(headers.items())).encode() + content).hexdigest()[:32]}"'
        told = {**headers, "ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
        if is_known(request.get("if-none-match", ""), tag):
            return {"statusCode": HTTPStatus.NOT_MODIFIED.value, "headers": told}
        told["Content-Type"] = self.content_type
        if is_compressed:
            told["Content-Encoding"] = "gzip"
        return {
            "statusCode": HTTPStatus.OK.value,
            "headers": told,
            "body": base64.b64encode(content).decode(),
            "isBase64Encoded": True,
        }


def _takes_gzip(accept_encoding: str) -> bool:
    codings = (each.replace(" ", "").lower().partition(";") for each in accept_encoding.split(","))
    return any(
        coding == "gzip" and quality not in {"q=0", "q=0.0", "q=0.00", "q=0.000"} for coding, _, quality in codings
    )
