"""Summarises an article from an API request, and stores the summary if the article has an id.

An article with an id is put into the bucket as if it had been uploaded, so that later events, edits and regenerations
find it there. Its text is generated before that and cached, so that the worker which handles the event of this upload
does not pay for it again. No event is marked as processed here, because its sequencer is not known yet; the rules for
what is stored are those of an upload (``domain/transitions.py``).

The response comes before the deadline: with the fallback's text if the model is not available in time.
"""

import math
import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from standfirst.domain import revisions
from standfirst.domain.article import Article, ArticleId, Document, Upload
from standfirst.domain.article_ids import is_of_another_object
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.deadline import MODEL_SECONDS, STORE_SECONDS, Deadline, begun
from standfirst.domain.errors import (
    ArticleKilled,
    ArticleWithdrawn,
    InvalidField,
    ModelUnavailable,
    NewerVersionStored,
    NotOneArticle,
    ReadingError,
    RevisionConflict,
    SummaryNotFound,
    TransientError,
)
from standfirst.domain.ports import ArticleStore, Clock, Stored, SummaryStore
from standfirst.domain.record import ArticleSource, Record, Status
from standfirst.domain.revisions import Stamp
from standfirst.domain.style import HouseStyle
from standfirst.domain.transitions import is_erased
from standfirst.domain.versions import Readable, Removed, Version
from standfirst.use_cases.apply_version import ApplyVersion, Generate, Outcome, Result
from standfirst.use_cases.article_versions import FindVersions, Reader, StyleChoice, at_sequencer_of
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary
from standfirst.use_cases.get_summaries import GetSummaries

LOOK_AGAIN_SECONDS = 0.25
"""Wait, in seconds, until another worker may have finished."""

MAX_KEY_BYTES = 1024
"""Longest key, in UTF-8 (Amazon S3 user guide, "Naming Amazon S3 objects")."""

_ERASED = "The article {} was erased; this version of it stays erased."

_WITHDRAWN = "The article {} was withdrawn."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Summarized:
    """The record; ``is_new`` says that there was no record of the article before."""

    record: Record
    is_stored: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class SummarizeRequest:
    """Summarises documents of requests. One with an id is put into ``bucket``, under ``prefix`` and the id."""

    articles: ArticleStore
    summaries: SummaryStore
    read: Reader
    choose_style: StyleChoice
    generate: GenerateSummary
    clock: Clock
    bucket: str
    prefix: str
    sleep: Callable[[float], None]

    def __call__(self, document: Document, article_id: ArticleId | None, by: str, deadline: Deadline) -> Summarized:
        """Returns the summary of ``document``, which is stored if it has an id.

        Raises ``InvalidField`` for an invalid id or style, ``ReadingError``, ``ArticleWithdrawn`` when the article is
        deleted meanwhile, or ``document`` is its provider's kill of it, or ``TransientError``.
        """
        if article_id is not None:
            refuse_unfit_id(article_id, self.prefix)
            return self._summarize_and_store(document, article_id, by, deadline)
        source = ArticleSource(bucket=None, key="")
        version = _only(self._versions_in(document, ArticleId(""), source, None, frozenset()))
        record = self._record_of(version, by, deadline)
        return Summarized(record, is_stored=False, is_new=True)

    def _record_of(self, version: Readable, by: str, deadline: Deadline) -> Record:
        """Returns the record of an article that is not stored."""
        source, article, style = version.source, version.article, version.style
        if version.is_skipped:
            stamp = Stamp(ArticleId(""), 1, self.clock.now(), by)
            return revisions.skipped(stamp, source, article, style, version.fingerprint)
        checked = self._retrying(lambda attempt: self.generate(article, style, attempt), deadline)
        stamp = Stamp(ArticleId(""), 1, self.clock.now(), by)
        return revisions.summarized(stamp, source, article, checked, style)

    def stored(self, article_id: ArticleId, revision: int) -> Record:
        """Returns a record that was an answer; raises ``ArticleWithdrawn`` if it was withdrawn or erased since."""
        try:
            return GetSummaries(self.summaries, self.clock).get(article_id, revision)
        except SummaryNotFound as error:
            # The article has a new summary; only a takedown deletes revisions.
            raise ArticleWithdrawn(f"Revision {revision} of {article_id} was erased.") from error

    def _summarize_and_store(
        self, document: Document, article_id: ArticleId, by: str, deadline: Deadline
    ) -> Summarized:
        upload = Upload(article_id, self.bucket, self.prefix + article_id, sequencer="")
        before, known = self._stored(article_id)
        source = ArticleSource(bucket=self.bucket, key=upload.key)
        try:
            version = _only(self._versions_in(document, article_id, source, before, known))
        except ArticleKilled:
            if before is None or is_of_another_object(before.record, source):
                raise
            self._put_and_apply(document, upload, ApplyVersion(self.summaries, self.generate, self.clock, by), deadline)
            raise
        if version.article_id != article_id:
            raise InvalidField(
                "article_id", f"The article has the id {version.article_id} already: upload it to the bucket."
            )
        if before and is_erased(before.record, version):
            raise ArticleWithdrawn(_ERASED.format(article_id))
        apply = ApplyVersion(self.summaries, _once_per_article(self.generate), self.clock, by)
        _refuse_taken(self._retrying(lambda attempt: apply.plan(version, before, attempt), deadline).result)
        record = self._put_and_apply(document, upload, apply, deadline)
        return Summarized(record, is_stored=True, is_new=before is None)

    def _put_and_apply(self, document: Document, upload: Upload, apply: ApplyVersion, deadline: Deadline) -> Record:
        # Before the article is put: the worker that handles the event may be faster, and needs to know the caller.
        request_id = str(uuid.uuid4())
        self.summaries.record_request(upload.article_id, request_id, apply.by)
        self.articles.put(self.bucket, replace(document, name=upload.key), request_id)
        return self._retrying(lambda attempt: self._apply(upload, request_id, apply, attempt), deadline)

    def _stored(self, article_id: ArticleId) -> tuple[Stored | None, frozenset[str]]:
        """Returns the record of a document and the parts that it ever held, which are read together."""
        parts = begun(partial(self.summaries.parts, article_id))
        return self.summaries.current(article_id), parts.result()

    def _versions_in(
        self,
        document: Document,
        article_id: ArticleId,
        source: ArticleSource,
        stored: Stored | None,
        known: frozenset[str],
    ) -> Sequence[Version]:
        self._refuse_unknown_style(document, article_id)
        held = stored.record if stored and not is_of_another_object(stored.record, source) else None
        return self._find_versions.of(document, article_id, source, held, known)

    def _refuse_unknown_style(self, document: Document, article_id: ArticleId) -> None:
        try:
            self.choose_style(article_id, document.style)
        except ReadingError as error:
            raise InvalidField("style", str(error)) from error

    def _apply(self, upload: Upload, request_id: str, apply: ApplyVersion, attempt: Attempt) -> Record:
        """Returns the record of what the bucket holds now, which may be newer than what was put there."""
        # Read before the bucket is: a record that is stored in between may be of a newer version.
        stored, known = self._stored(upload.article_id)
        version = self._find_versions(upload, stored, known).get(upload.article_id)
        if isinstance(version, Removed) and version.reason is None:
            raise ArticleWithdrawn(f"The article {upload.article_id} was deleted while it was summarised.")
        if version is None:
            raise RevisionConflict(f"A package took the place of {upload.article_id} while it was summarised.")
        if isinstance(version, Readable) and version.request_id and version.request_id != request_id:
            caller = self.summaries.requested_by(upload.article_id, version.request_id)
            apply = replace(apply, by=caller or apply.by)
        try:
            result = apply(at_sequencer_of(stored, version), stored, None, attempt)
        except NewerVersionStored as error:
            # A worker is handling the event, whose sequencer it knows: it stores the first revision.
            raise RevisionConflict(f"{upload.article_id} is being summarised by somebody else.") from error
        _refuse_taken(result)
        if result.record is None:
            raise RevisionConflict(f"Nothing was stored of {upload.article_id}.")
        if result.record.status is Status.WITHDRAWN:
            why = _ERASED if result.record.erased_content else _WITHDRAWN
            raise ArticleWithdrawn(result.record.reason or why.format(upload.article_id))
        return result.record

    def _retrying(self, work: Callable[[Attempt], T], deadline: Deadline) -> T:
        """Returns what ``work`` returns; tries again after a ``TransientError`` while there is time."""
        attempt = _RequestAttempt(deadline, is_last=False)
        while True:
            try:
                return work(attempt)
            except TransientError as error:
                if not attempt.will_retry(error):
                    raise
                self.sleep(_wait_after(error))

    @property
    def _find_versions(self) -> FindVersions:
        return FindVersions(self.articles.fetch, self.read, self.choose_style, self.generate.identity)


def _only(versions: Sequence[Version]) -> Readable:
    match versions:
        case [Readable() as version]:
            return version
    raise NotOneArticle(f"The document is a package of {len(versions)} articles; one is expected here.")


def _refuse_taken(result: Result) -> None:
    """Raises ``InvalidField`` if the id belongs to an article of another object."""
    if result.outcome is Outcome.DEAD_LETTERED:
        raise InvalidField("article_id", result.reason or "The id belongs to another article.")


class _RequestAttempt(Attempt):
    """An attempt while the caller waits for the response: it is retried while there is time."""

    def will_retry(self, error: TransientError) -> bool:
        """Returns whether there is time for the wait and for another attempt."""
        needed = MODEL_SECONDS if isinstance(error, ModelUnavailable) else STORE_SECONDS
        return self.deadline.enough_for(needed + _wait_after(error))


def _wait_after(error: TransientError) -> float:
    """Returns the seconds until the next attempt; infinite if the model is unavailable without ``retry_after``."""
    if isinstance(error, ModelUnavailable):
        return math.inf if error.retry_after is None else error.retry_after
    return LOOK_AGAIN_SECONDS


def _once_per_article(generate: Generate) -> Generate:
    """Returns ``generate`` with a memory, so that also a fallback after a failed model call is generated once."""
    generated: dict[tuple[Article, HouseStyle], CheckedDraft] = {}

    def generate_once(article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        if (article, style) not in generated:
            generated[article, style] = generate(article, style, attempt)
        return generated[article, style]

    return generate_once


def refuse_unfit_id(article_id: ArticleId, prefix: str) -> None:
    """Raises ``InvalidField`` unless ``prefix`` and ``article_id`` are together a valid S3 key."""
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in article_id):
        raise InvalidField("article_id", "An id holds no control characters.")
    if not {"", ".", ".."}.isdisjoint(article_id.split("/")):
        # On the way to S3 these are resolved as in a path: the article would be stored under another key.
        raise InvalidField(
            "article_id", "An id is not empty, and neither is what stands between its slashes, nor dots."
        )
    if len((prefix + article_id).encode()) > MAX_KEY_BYTES:
        most = MAX_KEY_BYTES - len(prefix.encode())
        raise InvalidField("article_id", f"An id has at most {most} bytes in UTF-8.")
