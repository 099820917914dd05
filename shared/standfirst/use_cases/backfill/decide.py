"""Decides what a run does with a document of the bucket: nothing, have it written about live, or in a batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from standfirst.domain import fingerprint
from standfirst.domain.article import ArticleId, Upload
from standfirst.domain.article_ids import is_of_another_object
from standfirst.domain.backfill_run import Action, Options
from standfirst.domain.deadline import Deadline
from standfirst.domain.ports import Assignment, BatchModel, Clock, GenerationCache, Stored, SummaryStore
from standfirst.domain.record import Record, Status, is_under_embargo
from standfirst.domain.transitions import is_erased
from standfirst.domain.versions import Readable, Removed, Version
from standfirst.use_cases.article_versions import FindVersions

_LAST_ZONE = timezone(timedelta(hours=-12))
"""Where a day ends last: a date without a zone is not taken for older than it may be."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with an article; ``generation`` is the fingerprint of its text, where one is to be written."""

    action: Action
    version: Version
    generation: str | None = None


@dataclass(frozen=True, slots=True)
class DecideDocument:
    """Reads documents and decides about them. Without ``model`` nothing goes into a batch."""

    find_versions: FindVersions
    summaries: SummaryStore
    cache: GenerationCache
    clock: Clock
    model: BatchModel | None
    prefix: str

    def __call__(self, bucket: str, key: str, options: Options) -> list[Decision]:
        """Returns what is done with each article of the document under ``key``; raises ``TransientError``."""
        article_id = ArticleId(key.removeprefix(self.prefix))
        known = self.summaries.parts(article_id)
        whole = self.summaries.current(article_id)
        versions = self.find_versions(Upload(article_id, bucket, key, sequencer=""), whole, known)
        return [*self._decided(versions, {article_id: whole}, options)]

    def _decided(
        self, versions: dict[ArticleId, Version], known: Mapping[ArticleId, Stored | None], options: Options
    ) -> Iterator[Decision]:
        for article_id, version in versions.items():
            stored = known[article_id] if article_id in known else self.summaries.current(article_id)
            action = action_for(version, stored.record if stored else None, options)
            if action is Action.LIVE and isinstance(version, Readable) and not version.is_skipped:
                yield self._open(version, options)
            else:
                yield Decision(action, version)

    def _open(self, version: Readable, options: Options) -> Decision:
        """Returns the decision about an article that lacks a text: its model is asked in a batch if that may be."""
        generation = fingerprint.of_text(version.article, version.style.label, self.find_versions.writer)
        is_for_batch = (
            options.mode == "batch"
            and self.model is not None
            # A batch's file stays with the provider until it is collected.
            and not is_under_embargo(version.article.embargoed_until, self.clock.now())
            and self.cache.answer(generation) is None
            and self.model.likely_cost(version.article) is not None
            and self.model.request(assignment_of(version)) is not None
        )
        return Decision(Action.REQUEST if is_for_batch else Action.LIVE, version, generation)


def assignment_of(version: Readable) -> Assignment:
    """Returns the assignment to write about ``version``; a batch has no deadline of ours."""
    return Assignment(version.article, version.style, Deadline.after(0))


def action_for(version: Version, current: Record | None, options: Options) -> Action:
    """Returns what is done with ``version``, of which ``current`` is stored; ``LIVE`` if a text is to be written."""
    if isinstance(version, Removed):
        return Action.OTHER
    if isinstance(version, Readable) and _is_older(version.article.published_at, options.since):
        return Action.OLDER
    if current is None:
        return Action.LIVE
    if is_of_another_object(current, version.source) or is_erased(current, version) or _is_left_to_people(current):
        return Action.OTHER
    if isinstance(version, Readable) and (
        current.content_hash != version.content_hash or _is_to_rewrite(version, current, options.rewrite_below_prompt)
    ):
        return Action.LIVE
    return Action.DONE


def _is_left_to_people(current: Record) -> bool:
    return current.is_reviewed or current.last_reviewed is not None or current.status is Status.WITHDRAWN


def _is_to_rewrite(version: Readable, current: Record, below: int | None) -> bool:
    """Returns whether the text is by an older prompt than ``below``, or by no model, which nobody asked then."""
    made_by = current.made_by
    if below is None or made_by is None or made_by.degraded or version.is_skipped:
        return False
    return made_by.prompt is None or (made_by.prompt.isdecimal() and int(made_by.prompt) < below)


def _is_older(published_at: str | None, since: date | None) -> bool:
    if since is None or published_at is None:
        return False
    published = datetime.fromisoformat(published_at)
    published = published if published.tzinfo else published.replace(tzinfo=_LAST_ZONE)
    return published.astimezone(UTC).date() < since
