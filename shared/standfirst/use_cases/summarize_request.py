"""Summarises an article that somebody sends and waits for, and stores the summary if the article has an id.

One with an id is put into the bucket, as if it had been uploaded there, so that all that comes later (an event, an
edit, a regeneration) finds it where it looks. Its text is generated before that, and cached: whoever handles the event
of our own upload finds it paid for. No event is marked as processed here, because nobody knows yet which one it will
be; the rules for what is stored are those of an upload (``domain/transitions.py``).

The answer comes in time, whatever happens: with the article's own sentences where the model cannot be had so fast.
"""

import math
import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from standfirst.domain import revisions
from standfirst.domain.article import Article, ArticleId, Document, Upload
from standfirst.domain.checked_draft import CheckedDraft
from standfirst.domain.deadline import MODEL_SECONDS, STORE_SECONDS, Deadline
from standfirst.domain.errors import (
    ArticleWithdrawn,
    InvalidField,
    ModelUnavailable,
    NewerVersionStored,
    NotOneArticle,
    ReadingError,
    RevisionConflict,
    TransientError,
)
from standfirst.domain.ports import ArticleStore, Clock, SummaryStore
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.revisions import Stamp
from standfirst.domain.style import HouseStyle
from standfirst.domain.versions import Readable, Removed
from standfirst.use_cases.apply_version import ApplyVersion, Generate
from standfirst.use_cases.article_versions import FindVersions, Reader, StyleChoice, at_sequencer_of
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary

LOOK_AGAIN_SECONDS = 0.25
"""Until somebody else may have finished."""

MAX_KEY_BYTES = 1024
"""Longest key, in UTF-8 (Amazon S3 user guide, "Naming Amazon S3 objects")."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Summarized:
    """The answer; ``is_new`` says that nothing was known of the article before."""

    record: Record
    is_stored: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class SummarizeRequest:
    """Summarises what is sent. What has an id is put into ``bucket``, under ``prefix`` and the id."""

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
        """Returns the summary of ``document``, which is not stored where it has no id.

        Raises ``InvalidField`` for an id that cannot be one, ``ReadingError``, ``ArticleWithdrawn`` when the article is
        deleted meanwhile, or ``TransientError``.
        """
        if article_id is not None:
            refuse_unfit_id(article_id, self.prefix)
            return self._stored(document, article_id, by, deadline)
        version = self._only_article(document, ArticleId(""), ArticleSource(bucket=None, key=""))
        checked = self._retrying(lambda attempt: self.generate(version.article, version.style, attempt), deadline)
        stamp = Stamp(ArticleId(""), 1, self.clock.now(), by)
        record = revisions.summarized(stamp, version.source, version.article, checked)
        return Summarized(record, is_stored=False, is_new=True)

    def _stored(self, document: Document, article_id: ArticleId, by: str, deadline: Deadline) -> Summarized:
        upload = Upload(article_id, self.bucket, self.prefix + article_id, sequencer="")
        version = self._only_article(document, article_id, ArticleSource(bucket=self.bucket, key=upload.key))
        apply = ApplyVersion(self.summaries, _once_per_article(self.generate), self.clock, by)
        before = self.summaries.current(article_id)
        self._retrying(lambda attempt: apply.plan(version, before, attempt), deadline)
        # Before the article is put: whoever handles the event of that may be quicker, and has to know who sent it.
        request_id = str(uuid.uuid4())
        self.summaries.record_request(article_id, request_id, by)
        self.articles.put(self.bucket, replace(document, name=upload.key), request_id)
        record = self._retrying(lambda attempt: self._apply(upload, apply, attempt), deadline)
        return Summarized(record, is_stored=True, is_new=before is None)

    def _only_article(self, document: Document, article_id: ArticleId, source: ArticleSource) -> Readable:
        self._refuse_unknown_style(document, article_id)
        versions = self._find_versions.of(document, article_id, source)
        if len(versions) > 1 or versions[0].article.part:
            raise NotOneArticle(f"The document is a package of {len(versions)} articles; one is expected here.")
        return versions[0]

    def _refuse_unknown_style(self, document: Document, article_id: ArticleId) -> None:
        try:
            self.choose_style(article_id, document.style)
        except ReadingError as error:
            raise InvalidField("style", str(error)) from error

    def _apply(self, upload: Upload, apply: ApplyVersion, attempt: Attempt) -> Record:
        """Returns the record of what lies in the bucket now, which may be newer than what was put there."""
        # Looked at before the bucket is: what is saved in between was made of something newer, perhaps.
        stored = self.summaries.current(upload.article_id)
        version = self._find_versions(upload).get(upload.article_id)
        if isinstance(version, Removed):
            raise ArticleWithdrawn(f"The article {upload.article_id} was deleted while it was summarised.")
        if version is None:
            raise RevisionConflict(f"A package took the place of {upload.article_id} while it was summarised.")
        if isinstance(version, Readable) and version.request_id:
            caller = self.summaries.requested_by(upload.article_id, version.request_id)
            apply = replace(apply, by=caller or apply.by)
        try:
            result = apply(at_sequencer_of(stored, version), stored, None, attempt)
        except NewerVersionStored as error:
            # An event is being handled: whoever does that knows its place in time, and stores the first revision.
            raise RevisionConflict(f"{upload.article_id} is being summarised by somebody else.") from error
        if result.record is None:
            raise RevisionConflict(f"Nothing was stored of {upload.article_id}.")
        return result.record

    def _retrying(self, work: Callable[[Attempt], T], deadline: Deadline) -> T:
        """Returns what ``work`` returns, trying again while it makes sense and there is time."""
        attempt = _WhileSomebodyWaits(deadline, is_last=False)
        while True:
            try:
                return work(attempt)
            except TransientError as error:
                if not attempt.comes_again_after(error):
                    raise
                self.sleep(_wait_after(error))

    @property
    def _find_versions(self) -> FindVersions:
        return FindVersions(self.articles, self.read, self.choose_style, self.generate.identity)


class _WhileSomebodyWaits(Attempt):
    """One of so many tries as there is time for."""

    def comes_again_after(self, error: TransientError) -> bool:
        """Whether there is time to wait, and for the next try."""
        needed = MODEL_SECONDS if isinstance(error, ModelUnavailable) else STORE_SECONDS
        return self.deadline.enough_for(needed + _wait_after(error))


def _wait_after(error: TransientError) -> float:
    """Returns the seconds until the next try makes sense; it never does with a model that does not say when."""
    if isinstance(error, ModelUnavailable):
        return math.inf if error.retry_after is None else error.retry_after
    return LOOK_AGAIN_SECONDS


def _once_per_article(generate: Generate) -> Generate:
    """Returns ``generate`` with a memory: a fallback's text, too, is neither paid for nor waited for again."""
    generated: dict[tuple[Article, HouseStyle], CheckedDraft] = {}

    def generate_once(article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        if (article, style) not in generated:
            generated[article, style] = generate(article, style, attempt)
        return generated[article, style]

    return generate_once


def refuse_unfit_id(article_id: ArticleId, prefix: str) -> None:
    """Raise ``InvalidField`` for what no object can be stored under: behind ``prefix`` it is to be a key of S3."""
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
