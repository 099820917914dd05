"""Strong ETags (RFC 9110, section 8.8.3) of two parts: one for the revision, one for its representation.

If-None-Match compares both. If-Match compares the first only, because an editor may have seen any representation.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standfirst.domain.record import Record

REVALIDATE = "private, no-cache"
"""Cache-Control of a summary: clients revalidate it before each use, so that a correction shows at once. Shared caches
may not keep it, because it may be under embargo."""

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def entity_tag(record: Record, body: str) -> str:
    """Returns the ETag of ``body``, which represents ``record``."""
    return tag_of(record.version, body)


def tag_of(version: str, body: str) -> str:
    """Returns the ETag of ``body``, which represents the record with this ``Record.version``."""
    return f'"{_hash(version)}-{_hash(body)}"'


def revalidated(tag: str) -> dict[str, str]:
    """Returns the headers of a summary whose ETag is ``tag``; its representation depends on Accept."""
    return {"ETag": tag, "Cache-Control": REVALIDATE, "Vary": "Accept"}


def expects(if_match: str, record: Record) -> bool:
    """Whether a tag in an If-Match header names the revision ``record``, in any representation."""
    return if_match.strip() == "*" or any(tag.partition("-")[0] == _hash(record.version) for tag in _strong(if_match))


def is_known(if_none_match: str, tag: str) -> bool:
    """Whether ``tag`` is in an If-None-Match header; the comparison is weak, as RFC 9110 asks."""
    return if_none_match.strip() == "*" or any(f'"{found[2]}"' == tag for found in _TAG.finditer(if_none_match))


def _strong(header: str) -> Iterator[str]:
    return (found[2] for found in _TAG.finditer(header) if not found[1])


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
