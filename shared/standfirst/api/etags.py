"""ETags (RFC 9110, section 8.8.3): strong ones, of two parts.

The first names the revision that is told of, whatever form it takes, the second the very form. A reader compares the
whole; for an editor, who may have looked at any form, the first part counts.
"""

import hashlib
import re
from collections.abc import Iterator

from standfirst.domain.record import Record, rfc3339

_TAG = re.compile(r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"')


def entity_tag(record: Record, form: str) -> str:
    """The tag of ``form``, which tells of ``record``."""
    return f'"{_revision(record)}-{_hash(form)}"'


def expects(if_match: str, record: Record) -> bool:
    """Whether one of the tags in an If-Match header names the revision ``record``, in whatever form."""
    return if_match.strip() == "*" or any(tag.partition("-")[0] == _revision(record) for tag in _strong(if_match))


def is_known(if_none_match: str, tag: str) -> bool:
    """Whether ``tag`` is one of those in an If-None-Match header, which is compared weakly."""
    return if_none_match.strip() == "*" or any(f'"{found[2]}"' == tag for found in _TAG.finditer(if_none_match))


def _strong(header: str) -> Iterator[str]:
    return (found[2] for found in _TAG.finditer(header) if not found[1])


def _revision(record: Record) -> str:
    return _hash(f"{record.article_id}\n{record.revision}\n{rfc3339(record.updated_at)}")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]
