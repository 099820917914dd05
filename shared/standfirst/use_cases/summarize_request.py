"""The story of an article that somebody sends and waits for: written about while they wait, and stored if it has an id.

One with an id is put into the bucket, as if it had been uploaded there, so that all that comes later (an event, an
edit, a regeneration) finds it where it looks. Its text is written before that: whoever answers the event of our own
upload then finds it paid for, and does not get in our way. No event is answered here, because nobody knows yet which
one it will be; the rules for what is stored are those of an upload (``settle_version``).

The answer comes in time, whatever happens: with the article's own sentences where the model cannot be had so fast.
"""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from standfirst.domain import transitions
from standfirst.domain.article import Article, ArticleId, Document, Upload
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
from standfirst.domain.ports import ArticleStore, Clock, SummaryStore, TimeLeft
from standfirst.domain.record import ArticleSource, Record
from standfirst.domain.style import HouseStyle
from standfirst.domain.transitions import CheckedDraft, Stamp
from standfirst.use_cases.apply_version import Rehearsal, SettleVersion, TurnWithoutEvent
from standfirst.use_cases.article_versions import FindVersions, Readable, Reader, Removed, StyleChoice, as_before
from standfirst.use_cases.generate_summary import Attempt, GenerateSummary

MODEL_SECONDS = 18.0
"""A model is not asked with less time left; it says so itself."""

LAST_SECONDS = 3.0
"""Enough to store a text that is there already."""

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
    write: GenerateSummary
    clock: Clock
    bucket: str
    prefix: str
    sleep: Callable[[float], None]

    def __call__(self, document: Document, article_id: ArticleId | None, by: str, time_left: TimeLeft) -> Summarized:
        """The summary of ``document``, which is not stored where it has no id.

        Raises ``InvalidField`` for an id that cannot be one, ``ReadingError``, ``ArticleWithdrawn`` when the article is
        deleted meanwhile, or ``TransientError``.
        """
        if article_id is not None:
            refuse_unfit_id(article_id, self.prefix)
            return self._stored(document, article_id, by, time_left)
        version = self._only_article(document, ArticleId(""), ArticleSource(bucket=None, key=""))
        checked = self._patiently(lambda attempt: self.write(version.article, version.style, attempt), time_left)
        stamp = Stamp(ArticleId(""), 1, self.clock.now(), by)
        record = transitions.summarized(stamp, version.source, version.article, checked)
        return Summarized(record, is_stored=False, is_new=True)

    def _stored(self, document: Document, article_id: ArticleId, by: str, time_left: TimeLeft) -> Summarized:
        upload = Upload(article_id, self.bucket, self.prefix + article_id, sequencer="")
        version = self._only_article(document, article_id, ArticleSource(bucket=self.bucket, key=upload.key))
        settle = SettleVersion(self.summaries, _WrittenOnce(self.write), self.clock, by)
        before = self.summaries.current(article_id)
        self._patiently(lambda attempt: settle(Rehearsal(article_id, before), version, attempt), time_left)
        self.articles.put(self.bucket, replace(document, name=upload.key))
        record = self._patiently(lambda attempt: self._settled(upload, settle, attempt), time_left)
        return Summarized(record, is_stored=True, is_new=before is None)

    def _only_article(self, document: Document, article_id: ArticleId, source: ArticleSource) -> Readable:
        self._refuse_unknown_style(document, article_id)
        versions = self._versions_in_bucket.of(document, article_id, source)
        if len(versions) > 1 or versions[0].article.part:
            raise NotOneArticle(f"The document is a package of {len(versions)} articles; one is expected here.")
        return versions[0]

    def _refuse_unknown_style(self, document: Document, article_id: ArticleId) -> None:
        try:
            self.choose_style(article_id, document.style)
        except ReadingError as error:
            raise InvalidField("style", str(error)) from error

    def _settled(self, upload: Upload, settle: SettleVersion, attempt: Attempt) -> Record:
        """The record that says what lies in the bucket now, which may be newer than what was put there."""
        # Looked at before the bucket is: what is saved in between was made of something newer, perhaps.
        stored = self.summaries.current(upload.article_id)
        version = self._versions_in_bucket(upload).get(None)
        if isinstance(version, Removed):
            raise ArticleWithdrawn(f"The article {upload.article_id} was deleted while it was summarised.")
        if version is None:
            raise RevisionConflict(f"A package took the place of {upload.article_id} while it was summarised.")
        turn = TurnWithoutEvent(self.summaries, upload.article_id, stored)
        try:
            return settle(turn, as_before(version, stored), attempt).record
        except NewerVersionStored as error:
            # An event is being answered: whoever does that knows its place in time, and is to store the first revision.
            raise RevisionConflict(f"{upload.article_id} is being summarised by somebody else.") from error

    def _patiently(self, work: Callable[[Attempt], T], time_left: TimeLeft) -> T:
        """What ``work`` gives, tried again while there is sense in it and time."""
        attempt = _WhileSomebodyWaits(time_left, is_last=False)
        while True:
            try:
                return work(attempt)
            except TransientError as error:
                if not attempt.comes_again_after(error):
                    raise
                self.sleep(_wait_after(error))

    @property
    def _versions_in_bucket(self) -> FindVersions:
        return FindVersions(self.articles, self.read, self.choose_style, self.write.identity)


class _WhileSomebodyWaits(Attempt):
    """One of so many tries as there is time for."""

    def comes_again_after(self, error: TransientError) -> bool:
        """Whether there is time to wait, and for the next try."""
        needed = MODEL_SECONDS if isinstance(error, ModelUnavailable) else LAST_SECONDS
        return self.time_left() - _wait_after(error) >= needed


def _wait_after(error: TransientError) -> float:
    """Seconds until there is sense in the next try; there is none with a model that does not say when it can be had."""
    if isinstance(error, ModelUnavailable):
        return math.inf if error.retry_after is None else error.retry_after
    return LOOK_AGAIN_SECONDS


@dataclass(frozen=True, slots=True)
class _WrittenOnce:
    """Writes about each article once, whoever stood in for whom: neither paid for nor waited for again."""

    write: GenerateSummary
    written: dict[tuple[Article, HouseStyle], CheckedDraft] = field(default_factory=dict)

    def __call__(self, article: Article, style: HouseStyle, attempt: Attempt) -> CheckedDraft:
        if (article, style) not in self.written:
            self.written[article, style] = self.write(article, style, attempt)
        return self.written[article, style]


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
