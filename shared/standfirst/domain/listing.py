"""The filters that the list of summaries and the review queue have in common."""

import json
from datetime import datetime
from typing import NamedTuple

from standfirst.domain.article import ArticleKind, Language
from standfirst.domain.queue import QueueEntry
from standfirst.domain.record import Status
from standfirst.domain.schema import rfc3339


class Listing(NamedTuple):
    """Which summaries are listed: those for which each filter holds; ``None`` is any.

    A ``language`` without a region also takes the language with one: ``de`` takes ``de-AT``.
    """

    status: Status | None = None
    since: datetime | None = None
    kind: ArticleKind | None = None
    language: Language | None = None
    prefix: str | None = None
    finding: str | None = None
    stale: bool | None = None
    pending: bool | None = None

    def takes(self, entry: QueueEntry) -> bool:
        """Returns whether every filter holds for ``entry``, but ``since``: stores begin their lists there."""
        return (
            self.status in {None, entry.status}
            and self.kind in {None, entry.kind}
            and (self.language is None or _is_in(self.language.lower(), entry.language.lower()))
            and entry.article_id.startswith(self.prefix or "")
            and (self.finding is None or self.finding in entry.findings)
            and self.stale in {None, entry.stale}
            and self.pending in {None, entry.pending is not None}
        )

    def named(self, list_name: str) -> str:
        """Returns the name of the list ``list_name`` with these filters, for its cursors."""
        return f"{list_name} {json.dumps(self._replace(since=self.since and rfc3339(self.since)))}"  # type: ignore[arg-type]


def _is_in(wanted: str, language: str) -> bool:
    return language == wanted or language.startswith(f"{wanted}-")
