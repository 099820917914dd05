"""The outside world as the stories see it: one Protocol per collaborator. Adapters and fakes implement these."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from standfirst.domain.article import Article, ArticleId, StoredObject, Upload
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.record import Record, Status, Usage
from standfirst.domain.style import HouseStyle


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The moment, aware, in UTC."""
        ...


class ArticleStore(Protocol):
    """Where articles lie (S3)."""

    def fetch(self, upload: Upload) -> StoredObject:
        """What the bucket holds under the upload's key now, which may be newer than the upload.

        Raises ``ArticleRemoved``, ``DocumentTooLarge`` or ``StoreUnavailable``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest revision of an article, and the padded sequencer of the latest event it answers."""

    record: Record
    sequencer: str


class SummaryStore(Protocol):
    """Where records lie (DynamoDB). Every method may raise ``StoreUnavailable``."""

    def current(self, article_id: ArticleId) -> Stored | None:
        """The newest revision."""
        ...

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """One revision, also when it is no longer the newest."""
        ...

    def save(self, record: Record) -> None:
        """Store ``record`` as the newest revision; its ``revision`` is one more than that of the record it follows.

        Raises ``NewerVersionStored`` when an event as late as the record's sequencer has been answered already, and
        ``RevisionConflict`` when another revision came between. Nothing is written then.
        """
        ...

    def answer(self, article_id: ArticleId, revision: int, sequencer: str) -> None:
        """Note that ``revision``, which must still be the newest, answers the event ``sequencer`` too.

        Raises ``NewerVersionStored`` when an event as late has been answered already, and ``RevisionConflict`` when
        another revision came between: what was compared with the bucket is no longer what is served.
        """
        ...

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """The parts a package was ever seen to hold; empty for a document of one article."""
        ...

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """Remember ``parts`` beside those that are known."""
        ...

    def newest(self, status: Status | None, after: str | None, limit: int) -> Sequence[Record]:
        """Up to ``limit`` newest revisions, of one status or of all, latest change first.

        ``after`` is the ``Record.position`` the list goes on from; the record at it is left out.
        """
        ...


@dataclass(frozen=True, slots=True)
class WriterIdentity:
    """Who would write: part of the fingerprint, and of ``made_by``.

    ``version`` is raised when the writer itself changes what it would write; it stays inside.
    """

    writer: str
    version: str = "1"
    model: str | None = None
    prompt: str | None = None


class Writer(Protocol):
    """Turns an article into a draft."""

    @property
    def identity(self) -> WriterIdentity:
        """Who writes. Changes whenever the same article would be written differently."""
        ...

    def write(self, article: Article, style: HouseStyle) -> Draft:
        """A draft of ``article`` in ``style``."""
        ...


TimeLeft = Callable[[], float]
"""Seconds until whoever waits for the answer gives up."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A draft, and the findings for which it may not be served."""

    draft: Draft
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a model is to write: about which article, in which style, by when; ``revises`` is the draft to put right."""

    article: Article
    style: HouseStyle
    time_left: TimeLeft
    revises: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """What a model gave: a draft, and in how many parts it was shown how much (percent) of the article's characters."""

    draft: Draft
    parts: int = 1
    coverage: int = 100


class Summarizer(Protocol):
    """A model that writes drafts, for money."""

    @property
    def identity(self) -> WriterIdentity:
        """Who writes. Changes whenever the same article would be written differently."""
        ...

    def write(self, assignment: Assignment, spend: Callable[[Usage], None]) -> Generation:
        """The draft that was asked for.

        ``spend`` is told the usage of every answer as it comes, also of those that lead to an error. Raises
        ``ModelError``, or ``ModelUnavailable`` when it is worth another try.
        """
        ...
