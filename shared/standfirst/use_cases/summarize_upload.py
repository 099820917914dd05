"""Summarises an upload: makes a record of what the bucket holds, once, and never replaces a newer one with an older.

S3's events arrive twice, late and out of order, so an event only says where to look: the record is made of what the
bucket holds *now*. An event that the stored record accounts for already is acknowledged.

A document may be a package of several articles; each then has a record of its own (``domain/article_ids.py``), and
stands or fails alone. What a newer version of the package no longer holds is withdrawn, unless it is a list of the
latest articles; a version of which nothing can be read withdraws nothing.

Upgrades, regenerations and backfills, which are commands of this service, are handled here too.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeGuard

from standfirst.domain.article import ArticleId, Backfill, Regeneration, Upgrade, Upload
from standfirst.domain.article_ids import is_of_another_object, part_id
from standfirst.domain.deadline import begun
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, StoreRefused
from standfirst.domain.ports import ArticleStore, Clock, Stored, SummaryStore
from standfirst.domain.record import Status
from standfirst.domain.versions import Readable, Removed, Unreadable, Version
from standfirst.use_cases.apply_version import ApplyVersion, Outcome, Result
from standfirst.use_cases.article_versions import (
    FindVersions,
    Reader,
    StyleChoice,
    at_sequencer_of,
    removed_parts,
    source_of,
)
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary


@dataclass(frozen=True, slots=True)
class SummarizeUpload:
    """Summarises uploads. ``by`` is recorded on every revision that no person asked for."""

    articles: ArticleStore
    summaries: SummaryStore
    read: Reader
    choose_style: StyleChoice
    generate: GenerateSummary
    clock: Clock
    by: str

    def __call__(self, upload: Upload, attempt: Attempt) -> Sequence[Result]:
        """Handles one event; returns one result per article. Raises ``TransientError`` to have it redelivered."""
        try:
            # Before anything is read: after this no earlier event stores a first revision that is missed here.
            known, is_first = self.summaries.claim_event(upload.article_id, upload.sequencer)
        except NewerVersionStored:
            return [Result(upload.article_id, Outcome.OUTDATED)]
        # A new article, most likely: it is fetched while its record is looked for.
        fetched = begun(partial(self.articles.fetch, upload)) if is_first else None
        whole = self.summaries.current(upload.article_id)
        if _accounts_for(whole, upload) and not known:
            return [Result(upload.article_id, Outcome.OUTDATED)]
        find_versions = self._find_versions
        if fetched and whole is None:
            # Only then: a record that was read after the object may be of a newer version, found there for an earlier
            # event, which the older one would replace.
            find_versions = replace(find_versions, fetch=lambda _: fetched.result())
        versions = find_versions(upload, whole, known)
        parts = {version.source.part for article_id, version in versions.items() if article_id != upload.article_id}
        if added := {part for part in parts if part} - known:
            # Before the parts themselves: after a crash the next delivery finds them.
            self.summaries.add_parts(upload.article_id, added)
        if _tells_what_is_gone(versions.values()):
            versions = _removed(upload, whole) | removed_parts(upload, known - parts) | versions
        last = versions.pop(upload.article_id, None)
        results, failures = self._apply_each(upload, versions, self.summaries.current, attempt)
        if last and (attempt.is_last or all(isinstance(error, StoreRefused) for error in failures)):
            # The document last: a delivery that ended half-way has then left the ids of the articles as they were.
            more, failed = self._apply_each(upload, {upload.article_id: last}, lambda _: whole, attempt)
            results, failures = [*results, *more], [*failures, *failed]
        if failures:
            # What may succeed later first: in the end only what is refused for good is left.
            raise next((error for error in failures if not isinstance(error, StoreRefused)), failures[0])
        return results

    def _apply_each(
        self,
        upload: Upload,
        versions: Mapping[ArticleId, Version],
        current: Callable[[ArticleId], Stored | None],
        attempt: Attempt,
    ) -> tuple[list[Result], list[Exception]]:
        """Applies each version, whatever becomes of the others; returns the results and the errors."""
        results: list[Result] = []
        failures: list[Exception] = []
        for article_id, version in versions.items():
            document = upload.article_id if article_id != upload.article_id else None
            of_article = replace(upload, article_id=article_id, document=document)
            try:
                results.append(self._apply(of_article, current(article_id), version, attempt))
            except Exception as error:  # noqa: BLE001 - raised again once all have been applied
                failures.append(error)
        return results, failures

    def _apply(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Result:
        if _accounts_for(stored, upload):
            return Result(upload.article_id, Outcome.OUTDATED)
        if stored is None and _is_folder(version):
            return Result(upload.article_id, Outcome.UNCHANGED)
        # Who sent the article to the API, if it came that way.
        request_id = version.request_id if isinstance(version, Readable) else None
        caller = self.summaries.requested_by(version.article_id, request_id) if request_id else None
        try:
            result = self._by(caller or self.by)(version, stored, upload, attempt)
        except NewerVersionStored:
            return Result(upload.article_id, Outcome.OUTDATED)
        return replace(result, uploaded_at=upload.at)

    # ------------------------------------------------------------------------------------------------------------------
    # Commands
    # ------------------------------------------------------------------------------------------------------------------

    def upgrade(self, command: Upgrade, attempt: Attempt) -> Sequence[Result]:
        """Has the model write about each article of a document that still has the fallback's text.

        Returns one result per article. Raises ``TransientError`` to have the command redelivered.
        """
        document = Upload(command.article_id, command.bucket, command.key, sequencer="")
        known = self.summaries.parts(command.article_id)
        parts = {part_id(command.article_id, part) for part in known}
        # Read before the bucket is: a record that is stored in between may be of a newer version.
        stored = {article_id: self.summaries.current(article_id) for article_id in {command.article_id, *parts}}
        return [
            self._upgrade(article_id, stored[article_id], version, attempt)
            for article_id, version in self._find_versions(document, stored[command.article_id], known).items()
            if article_id in stored
        ]

    def _upgrade(self, article_id: ArticleId, stored: Stored | None, version: Version, attempt: Attempt) -> Result:
        if stored is None or not stored.record.is_upgradable or not _is_readable(version, stored):
            # Any other change has an event of its own.
            return Result(article_id, Outcome.OUTDATED)
        try:
            return self._by(self.by)(at_sequencer_of(stored, version), stored, None, attempt)
        except RevisionConflict:
            return Result(article_id, Outcome.OUTDATED)

    def regenerate(self, command: Regeneration, attempt: Attempt) -> Sequence[Result]:
        """Generates another summary of an article, because a person asked for it; returns one result.

        Raises ``TransientError`` to have the command redelivered, also after a ``RevisionConflict``.
        """
        stored = self.summaries.current(command.article_id)
        document = Upload(command.document, command.bucket, command.key, sequencer="")
        whole, known = self.summaries.current(command.document), self.summaries.parts(command.document)
        version = self._find_versions(document, whole, known).get(command.article_id)
        if stored is None or stored.record.status is Status.WITHDRAWN or not _is_readable(version, stored):
            # Any other change has an event of its own.
            return [Result(command.article_id, Outcome.OUTDATED)]
        attempt = replace(attempt, regeneration_id=command.request_id)
        return [self._by(command.by).regenerate(at_sequencer_of(stored, version), stored, attempt)]

    def backfill(self, command: Backfill, attempt: Attempt) -> Sequence[Result]:
        """Summarises each article of a document that has no record yet, or whose text another writer should replace.

        Only a text of the model is of use. Returns one result per article. Raises ``TransientError`` or ``ModelError``
        to have the command redelivered.
        """
        document = Upload(command.article_id, command.bucket, command.key, sequencer="")
        attempt = replace(attempt, claim=command.run, only_model=True)
        apply = replace(self._by(self.by), announces=command.announces)
        known = self.summaries.parts(command.article_id)
        ids = {command.article_id, *(part_id(command.article_id, part) for part in known)}
        # Read before the bucket is: a record that is stored in between may be of a newer version.
        stored = {article_id: self.summaries.current(article_id) for article_id in ids}
        versions = self._find_versions(document, stored[command.article_id], known)
        parts = {version.source.part for article_id, version in versions.items() if article_id != command.article_id}
        if added := {part for part in parts if part} - known:
            # Before the parts themselves, as for an upload.
            self.summaries.add_parts(command.article_id, added)
        return [
            self._backfill(apply, article_id, stored.get(article_id), version, attempt)
            for article_id, version in versions.items()
        ]

    def _backfill(
        self, apply: ApplyVersion, article_id: ArticleId, stored: Stored | None, version: Version, attempt: Attempt
    ) -> Result:
        is_first = stored is None and not isinstance(version, Removed)
        if not is_first and not (stored and _is_live(stored) and _is_readable(version, stored)):
            # Any other change has an event of its own.
            return Result(article_id, Outcome.OUTDATED)
        if stored and stored.record.is_upgradable:
            # Whoever shows the fallback's text of today's news waits for this.
            apply = replace(apply, announces=True)
        try:
            # Without an event: a first record is stored only if no event of the document was ever handled.
            return apply(at_sequencer_of(stored, version), stored, None, attempt)
        except (NewerVersionStored, RevisionConflict):
            return Result(article_id, Outcome.OUTDATED)

    @property
    def _find_versions(self) -> FindVersions:
        return FindVersions(self.articles.fetch, self.read, self.choose_style, self.generate.identity)

    def _by(self, caller: str) -> ApplyVersion:
        return ApplyVersion(self.summaries, self.generate, self.clock, caller)


def _accounts_for(stored: Stored | None, upload: Upload) -> bool:
    return stored is not None and stored.accounts_for(upload)


def _tells_what_is_gone(versions: Collection[Version]) -> bool:
    """Returns whether articles that are not among ``versions`` are withdrawn."""
    return not any(map(_is_listed, versions)) and not all(isinstance(version, Unreadable) for version in versions)


def _is_listed(version: Version) -> bool:
    """Returns whether ``version`` is one of a list of the latest articles."""
    if isinstance(version, Readable):
        return version.article.is_listed
    return isinstance(version, Removed) and version.is_listed


def _is_folder(version: Version) -> bool:
    """Returns whether ``version``, of which nothing is known, may be a folder: its deletion looks like an article's."""
    return isinstance(version, Removed) and version.reason is None and version.article_id.endswith("/")


def _removed(upload: Upload, whole: Stored | None) -> dict[ArticleId, Version]:
    """Returns, if there is a record under the document's id, the version that withdraws it."""
    source = source_of(upload)
    if whole is None or is_of_another_object(whole.record, source):
        return {}
    part = whole.record.article.part
    return {upload.article_id: Removed(upload.article_id, source.model_copy(update={"part": part}))}


def _is_live(stored: Stored) -> bool:
    return stored.record.status is not Status.WITHDRAWN


def _is_readable(version: Version | None, stored: Stored) -> TypeGuard[Readable]:
    """Returns whether ``version`` is one of the article that ``stored`` is about, and can be read."""
    return isinstance(version, Readable) and not is_of_another_object(stored.record, version.source)
