"""Summarises an upload: what lies in the bucket becomes a record, once, and never an older one over a newer.

Whatever an event says has happened, the bucket is asked what is there *now*: events arrive twice, late and out of
order, the bucket is always right. An event that the stored record accounts for already is let go.

A document may be a package of several articles; each then has a record of its own, under the document's id, a slash and
its part. Parts that a newer version of the package no longer holds are withdrawn.

Upgrades and regenerations, commands of our own that no event tells of, are done here too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, TransientError
from standfirst.domain.ports import ArticleStore, Clock, Stored, SummaryStore
from standfirst.domain.record import Status
from standfirst.domain.sequencer import padded
from standfirst.domain.versions import Readable, Removed, Version
from standfirst.use_cases.apply_version import ApplyVersion, Outcome, Result
from standfirst.use_cases.article_versions import (
    FindVersions,
    Reader,
    StyleChoice,
    at_sequencer_of,
    part_id,
    source_of,
)
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary


@dataclass(frozen=True, slots=True)
class SummarizeUpload:
    """Summarises what was uploaded. ``by`` is recorded on every revision that no person asked for."""

    articles: ArticleStore
    summaries: SummaryStore
    read: Reader
    choose_style: StyleChoice
    generate: GenerateSummary
    clock: Clock
    by: str

    def __call__(self, upload: Upload, attempt: Attempt) -> Sequence[Result]:
        """Handles one event; returns a result per article. Raises ``TransientError`` to have it delivered again."""
        try:
            # Before anything is looked at: of what an earlier event brings from now on, nobody would know.
            known = self.summaries.claim_event(upload.article_id, upload.sequencer)
        except NewerVersionStored:
            return [Result(upload.article_id, Outcome.OUTDATED)]
        whole = self.summaries.current(upload.article_id)
        if _accounts_for(whole, upload):
            return [Result(upload.article_id, Outcome.OUTDATED)]
        versions = self._find_versions(upload)
        parts = {version.article.part for version in versions.values() if isinstance(version, Readable)}
        if added := {part for part in parts if part} - known:
            # Before the parts themselves: should this end half-way, they are found again.
            self.summaries.add_parts(upload.article_id, added)
        removed = [part_id(upload.article_id, part) for part in sorted(known - parts)]
        if whole and upload.article_id not in versions:
            removed.append(upload.article_id)
        versions |= {article_id: Removed(article_id, source_of(upload)) for article_id in removed}
        # The whole last: once it bears the upload's sequencer, a second delivery looks at no part of it.
        last = versions.pop(upload.article_id, None)
        results = self._apply_to_parts(upload, versions.values(), attempt)
        return [*results, self._apply(upload, whole, last, attempt)] if last else results

    def _apply_to_parts(self, upload: Upload, versions: Iterable[Version], attempt: Attempt) -> list[Result]:
        """Applies every part, and raises what failed for some only then: it holds back no other."""
        results, failures = [], []
        for version in versions:
            part = replace(upload, article_id=version.article_id, document=upload.article_id)
            try:
                results.append(self._apply(part, self.summaries.current(version.article_id), version, attempt))
            except TransientError as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return results

    def _apply(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Result:
        if _accounts_for(stored, upload):
            return Result(upload.article_id, Outcome.OUTDATED)
        try:
            return self._by(self._caller_of(version))(version, stored, upload, attempt)
        except NewerVersionStored:
            return Result(upload.article_id, Outcome.OUTDATED)

    def _caller_of(self, version: Version) -> str:
        """Returns who sent the article to the API, if that is how it came into the bucket."""
        request_id = version.request_id if isinstance(version, Readable) else None
        found = self.summaries.requested_by(version.article_id, request_id) if request_id else None
        return found or self.by

    # ------------------------------------------------------------------------------------------------------------------
    # Commands of our own
    # ------------------------------------------------------------------------------------------------------------------

    def upgrade(self, command: Upgrade, attempt: Attempt) -> Sequence[Result]:
        """Lets the model write about each article of a document that still has the fallback's text.

        Raises ``TransientError`` to have the command delivered again.
        """
        document = Upload(command.article_id, command.bucket, command.key, sequencer="")
        parts = {part_id(command.article_id, part) for part in self.summaries.parts(command.article_id)}
        # Looked at before the bucket is: what is saved in between was made of something newer, perhaps.
        stored = {article_id: self.summaries.current(article_id) for article_id in {command.article_id, *parts}}
        return [
            self._upgrade(article_id, stored[article_id], version, attempt)
            for article_id, version in self._find_versions(document).items()
            if article_id in stored
        ]

    def _upgrade(self, article_id: ArticleId, stored: Stored | None, version: Version, attempt: Attempt) -> Result:
        if stored is None or not stored.record.is_upgradable or not isinstance(version, Readable):
            # If anything else changed, an event tells of that.
            return Result(article_id, Outcome.OUTDATED)
        try:
            return self._by(self.by)(at_sequencer_of(stored, version), stored, None, attempt)
        except RevisionConflict:
            return Result(article_id, Outcome.OUTDATED)

    def regenerate(self, command: Regeneration, attempt: Attempt) -> Sequence[Result]:
        """Writes about an article again because a person asked for it, whatever there is already.

        Raises ``TransientError`` to have the command delivered again, also where somebody else came between.
        """
        stored = self.summaries.current(command.article_id)
        document = Upload(command.document, command.bucket, command.key, sequencer="")
        version = self._find_versions(document).get(command.article_id) if stored else None
        if stored is None or stored.record.status is Status.WITHDRAWN or not isinstance(version, Readable):
            # If anything changed, an event tells of that.
            return [Result(command.article_id, Outcome.OUTDATED)]
        apply = self._by(command.by)
        return [apply.regenerate(at_sequencer_of(stored, version), stored, replace(attempt, wish=command.wish))]

    @property
    def _find_versions(self) -> FindVersions:
        return FindVersions(self.articles, self.read, self.choose_style, self.generate.identity)

    def _by(self, caller: str) -> ApplyVersion:
        return ApplyVersion(self.summaries, self.generate, self.clock, caller)


def _accounts_for(stored: Stored | None, upload: Upload) -> bool:
    return stored is not None and stored.sequencer >= padded(upload.sequencer)
