"""gzip, by content: whatever the document is called."""

import gzip
import io
import zlib
from dataclasses import replace

from standfirst.domain.article import MAX_UNPACKED_BYTES
from standfirst.domain.errors import DocumentTooLarge, EmptyDocument, InvalidDocument
from standfirst.reading.source import Source

_MAGIC = b"\x1f\x8b"
_GZIP_TYPES = {"application/gzip", "application/x-gzip"}


def unpacked(source: Source) -> Source:
    """Returns ``source``, out of its gzip if it is in one; its name and type are then those of what was inside.

    Unpacks no more than MAX_UNPACKED_BYTES and raises DocumentTooLarge beyond; InvalidDocument for a broken archive and
    for one inside another.
    """
    if not source.content.startswith(_MAGIC):
        return source
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(source.content)) as packed:
            content = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidDocument(f"The gzip file is broken: {error}.") from error
    if len(content) > MAX_UNPACKED_BYTES:
        raise DocumentTooLarge(f"The document has more than {MAX_UNPACKED_BYTES:,} bytes once it is unpacked.")
    if not content:
        raise EmptyDocument("The gzip file holds an empty document.")
    if content.startswith(_MAGIC):
        raise InvalidDocument("The gzip file holds another gzip file.")
    name = source.name.removesuffix(".gz").removesuffix(".GZ")
    declared = None if source.content_type in _GZIP_TYPES else source.declared_type
    return replace(source, content=content, name=name, declared_type=declared)
