"""Which texts of an article were paid for, from its revisions: each generation once.

A generation is a text with one ``generated_at``: later revisions repeat its usage (a review, a new embargo, the text
restored), and an edit takes the second reading out, so that the earliest revision counts. A text that the second
reader reads later is stored as another one, with the usage of both calls: only what was added counts. A text that was
taken from the cache has the usage of the call that wrote it: the same texts about the same content, with the same
tokens, were paid for once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from standfirst.domain.usage import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from standfirst.domain.record import Record

NO_SECTION = "(no section)"

UNRECORDED = "(not recorded)"
"""The model of an article's own sentences that stand in place of an answer, which a record does not name."""


@dataclass(frozen=True, slots=True)
class Paid:
    """One generation: the usage of the writer and of the second reader that it was paid with."""

    record: Record
    writer: Usage
    reader: Usage

    @property
    def section(self) -> str:
        """Returns the first part of the article's id."""
        first, slash, _ = self.record.article_id.partition("/")
        return first if slash else NO_SECTION

    @property
    def writers_model(self) -> str:
        """Returns the model that wrote; of a text that the checks rejected, the one that wrote that."""
        made_by, rejected = self.record.made_by, self.record.rejected_draft
        return (made_by and made_by.model) or (rejected and rejected.made_by.model) or UNRECORDED

    @property
    def readers_model(self) -> str:
        """Returns the model of the second reader."""
        reading = self.record.second_reading
        return (reading and reading.model) or UNRECORDED

    @property
    def style(self) -> str:
        """Returns the house style, as name@version."""
        return self.record.made_by.style if self.record.made_by else UNRECORDED


def is_paid(usage: Usage) -> bool:
    """Returns whether any call was made for it, also one that may have cost nothing."""
    return usage != Usage()


class Cached:
    """The generations that were seen so far, of all articles; a repeated one came from the cache."""

    def __init__(self) -> None:
        """Begins with none."""
        self._seen: set[bytes] = set()

    def is_new(self, paid: Record) -> bool:
        """Returns whether the generation of ``paid`` was not seen before, and remembers it."""
        reading = paid.second_reading
        told = (paid.content_hash, paid.made_by, paid.texts, paid.usage, reading and (reading.model, reading.usage))
        key = hashlib.sha256(repr(told).encode(errors="surrogatepass")).digest()[:16]
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new


def paid_generations(revisions: Sequence[Record], since: datetime, cached: Cached) -> Iterator[Paid]:
    """Yields what was paid for since then among the revisions of one article, the oldest first."""
    generations = list(_generations(revisions))
    for place, record in enumerate(generations):
        if record.generated_at < since or not (is_paid(record.usage or Usage()) or is_paid(_reader(record))):
            continue
        if not cached.is_new(record):
            continue
        unread = next((each for each in reversed(generations[:place]) if _reads_late(record, each)), None)
        writer, reader = record.usage or Usage(), _reader(record)
        if unread:
            writer, reader = _less(writer, unread.usage or Usage()), _less(reader, _reader(unread))
        if is_paid(writer) or is_paid(reader):
            yield Paid(record, writer, reader)


def _generations(revisions: Iterable[Record]) -> Iterator[Record]:
    """Yields the earliest revision of each generation."""
    seen = set()
    for record in sorted(revisions, key=lambda each: each.revision):
        if record.usage is not None and record.generated_at not in seen:
            seen.add(record.generated_at)
            yield record


def _reader(record: Record) -> Usage:
    return record.second_reading.usage if record.second_reading else Usage()


def _reads_late(record: Record, unread: Record) -> bool:
    """Returns whether ``record`` is the text of ``unread`` after its second reading, and perhaps a revision of it."""
    if not unread.is_unread or record.second_reading is None or record.content_hash != unread.content_hash:
        return False
    now, before = record.usage or Usage(), unread.usage or Usage()
    # A text that was written anew has other tokens of output, and no more of input unless it was revised.
    is_more = now.input_tokens > before.input_tokens and now.output_tokens > before.output_tokens
    return now == before or (is_more and record.updated_by == unread.updated_by)


def _less(usage: Usage, before: Usage) -> Usage:
    """Returns what was added to ``before``."""
    cost = None
    if usage.cost_usd is not None and before.cost_usd is not None:
        cost = f"{Decimal(usage.cost_usd) - Decimal(before.cost_usd):f}"
    return Usage(
        input_tokens=usage.input_tokens - before.input_tokens,
        cached_input_tokens=usage.cached_input_tokens - before.cached_input_tokens,
        output_tokens=usage.output_tokens - before.output_tokens,
        cost_usd=cost if usage != before else "0",
    )
