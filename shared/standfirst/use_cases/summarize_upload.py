"""The story of an upload: what lies in the bucket becomes a record, once, and never an older one over a newer.

Whatever an event says has happened, the bucket is asked what is there *now*: events arrive twice, late and out of
order, the bucket is always right. An event that the stored record answers already is let go.

A document may be a package of several articles; each then has a record of its own, under the document's id, a slash and
its part. Parts that a newer version of the package no longer holds are withdrawn.

Two wishes are fulfilled here too, of which no event tells: the upgrade and the regeneration of what is stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from standfirst.domain.article import ArticleId, Regeneration, Upgrade, Upload
from standfirst.domain.errors import NewerVersionStored, RevisionConflict, TransientError
from standfirst.domain.ports import ArticleStore, Clock, Stored, SummaryStore
from standfirst.domain.record import Status
from standfirst.domain.sequencer import padded
from standfirst.use_cases.apply_version import Answer, Outcome, SettleVersion, TurnOfEvent, TurnWithoutEvent
from standfirst.use_cases.article_versions import (
    FindVersions,
    Readable,
    Reader,
    Removed,
    StyleChoice,
    Version,
    as_before,
    source_of,
)
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary


@dataclass(frozen=True, slots=True)
class SummarizeUpload:
    """Summarises what was uploaded. ``by`` is recorded on every revision that no person wished for."""

    articles: ArticleStore
    summaries: SummaryStore
    read: Reader
    choose_style: StyleChoice
    write: GenerateSummary
    clock: Clock
    by: str

    def __call__(self, upload: Upload, attempt: Attempt) -> Sequence[Answer]:
        """Answer one event, for each article it is about; raises ``TransientError`` to have it delivered again."""
        try:
            # Before anything is looked at: of what an earlier event brings from now on, nobody would know.
            known = self.summaries.begin(upload.article_id, upload.sequencer)
        except NewerVersionStored:
            return [Answer(upload.article_id, Outcome.OUTDATED)]
        whole = self.summaries.current(upload.article_id)
        if whole and whole.sequencer >= padded(upload.sequencer):
            return [Answer(upload.article_id, Outcome.OUTDATED)]
        versions = self._versions_in_bucket(upload)
        parts = {part for part in versions if part}
        if parts - known:
            # Before the parts themselves: should this end half-way, they are found again.
            self.summaries.add_parts(upload.article_id, parts)
        gone = {*(known - parts), *([None] if parts and whole else [])}
        versions |= {part: Removed(source_of(upload)) for part in sorted(gone, key=str)}
        answers = self._answer_parts(upload, {part: each for part, each in versions.items() if part}, attempt)
        # The whole last: once it bears the upload's sequencer, a second delivery looks at no part of it.
        return [*answers, *(self._answer(upload, whole, version, attempt) for version in _whole(versions))]

    def _answer_parts(self, upload: Upload, versions: Mapping[str, Version], attempt: Attempt) -> Sequence[Answer]:
        """Answer for every part, and raise what stood in the way of some only then: it keeps back no other."""
        answers, failures = [], []
        for part, version in versions.items():
            story = _part_of(upload, part)
            try:
                answers.append(self._answer(story, self.summaries.current(story.article_id), version, attempt))
            except TransientError as error:
                failures.append(error)
        if failures:
            raise failures[0]
        return answers

    def _answer(self, upload: Upload, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored and stored.sequencer >= padded(upload.sequencer):
            return Answer(upload.article_id, Outcome.OUTDATED)
        try:
            return self._settle(TurnOfEvent(self.summaries, upload, stored), version, attempt).answer
        except NewerVersionStored:
            return Answer(upload.article_id, Outcome.OUTDATED)

    # ------------------------------------------------------------------------------------------------------------------
    # What the extractive writer stood in for
    # ------------------------------------------------------------------------------------------------------------------

    def upgrade(self, wish: Upgrade, attempt: Attempt) -> Sequence[Answer]:
        """Give the model its turn with each article of a document, where it is still to have one.

        Raises ``TransientError`` to have the wish delivered again.
        """
        document = Upload(wish.article_id, wish.bucket, wish.key, sequencer="")
        uploads: dict[str | None, Upload] = {None: document}
        uploads |= {part: _part_of(document, part) for part in self.summaries.parts(wish.article_id)}
        # Looked at before the bucket is: what is saved in between was made of something newer, perhaps.
        stored = {part: self.summaries.current(upload.article_id) for part, upload in uploads.items()}
        return [
            self._upgrade(uploads[part].article_id, stored[part], version, attempt)
            for part, version in self._versions_in_bucket(document).items()
            if part in uploads
        ]

    def _upgrade(self, article_id: ArticleId, stored: Stored | None, version: Version, attempt: Attempt) -> Answer:
        if stored is None or not stored.record.is_upgradable or not isinstance(version, Readable):
            # If anything else changed, an event tells of that.
            return Answer(article_id, Outcome.OUTDATED)
        turn = TurnWithoutEvent(self.summaries, article_id, stored)
        try:
            return self._settle(turn, as_before(version, stored), attempt).answer
        except RevisionConflict:
            return Answer(article_id, Outcome.OUTDATED)

    # ------------------------------------------------------------------------------------------------------------------
    # What a person wants to have written anew
    # ------------------------------------------------------------------------------------------------------------------

    def regenerate(self, wish: Regeneration, attempt: Attempt) -> Sequence[Answer]:
        """Write about an article anew, whatever there is already.

        Raises ``TransientError`` to have the wish delivered again, also where somebody else came between: it still is a
        wish.
        """
        stored = self.summaries.current(wish.article_id)
        version = self._version_wished_for(wish) if stored and stored.record.status is not Status.WITHDRAWN else None
        if stored is None or version is None:
            # If anything changed, an event tells of that.
            return [Answer(wish.article_id, Outcome.OUTDATED)]
        turn = TurnWithoutEvent(self.summaries, wish.article_id, stored)
        settle = replace(self._settle, by=wish.by)
        return [settle.anew(turn, stored, as_before(version, stored), replace(attempt, wish=wish.wish)).answer]

    def _version_wished_for(self, wish: Regeneration) -> Readable | None:
        versions = self._versions_in_bucket(Upload(wish.document, wish.bucket, wish.key, sequencer=""))
        is_whole = wish.article_id == wish.document
        version = versions.get(None if is_whole else wish.article_id.removeprefix(f"{wish.document}/"))
        return version if isinstance(version, Readable) else None

    # ------------------------------------------------------------------------------------------------------------------
    # Whom it is left to
    # ------------------------------------------------------------------------------------------------------------------

    @property
    def _versions_in_bucket(self) -> FindVersions:
        return FindVersions(self.articles, self.read, self.choose_style, self.write.identity)

    @property
    def _settle(self) -> SettleVersion:
        return SettleVersion(self.summaries, self.write, self.clock, self.by)


def _whole(versions: Mapping[str | None, Version]) -> Iterator[Version]:
    if None in versions:
        yield versions[None]


def _part_of(upload: Upload, part: str) -> Upload:
    return replace(upload, article_id=ArticleId(f"{upload.article_id}/{part}"), document=upload.article_id)
