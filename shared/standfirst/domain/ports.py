"""The outside world as the stories see it: one Protocol per collaborator. Adapters and fakes implement these."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from standfirst.domain.article import Article, ArticleId, Document, StoredObject, Upload
from standfirst.domain.deadline import Deadline
from standfirst.domain.draft import Draft, Finding
from standfirst.domain.record import ArticleSource, Record, Status, Usage
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

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """The very version that ``source`` names.

        Where it names none by id, what lies there now, if its ETag is the same. Raises ``ArticleRemoved`` when the
        version is not there (any more), ``DocumentTooLarge`` or ``StoreUnavailable``.
        """
        ...

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """Stores ``document`` under its name, with its content type, headline, language and style.

        ``request_id`` comes back with it when it is fetched. Raises ``StoreUnavailable``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest revision of an article, and the padded sequencer of the latest event it answers."""

    record: Record
    sequencer: str


@dataclass(frozen=True, slots=True)
class Transition:
    """The revisions that something leads to: ``record`` becomes current, ``pending`` comes before it and waits."""

    record: Record
    pending: Record | None = None


class SummaryStore(Protocol):
    """Where records lie (DynamoDB). Every method may raise ``StoreUnavailable``."""

    def current(self, article_id: ArticleId) -> Stored | None:
        """The newest revision."""
        ...

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """One revision, also when it is no longer the newest."""
        ...

    def claim_event(self, document: ArticleId, sequencer: str) -> frozenset[str]:
        """Notes that an event of ``document`` is being handled; returns the parts that the document ever held.

        From now on no first revision is stored for an earlier event: whoever handles that one may not know of articles
        that have come to the document, or have left it, since. Raises ``NewerVersionStored`` when a later event was
        claimed already.
        """
        ...

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """Stores the revisions of ``transition``, if ``expected`` is still what is stored, and processes ``event``.

        They are written together or not at all; with neither, nothing is. Without an event the record accounts for
        the same events as before. Raises ``RevisionConflict`` when something else is stored by now, and
        ``NewerVersionStored`` when the record accounts for an event as late as ``event`` already, or a first revision
        would be for an event before the last that was claimed.
        """
        ...

    def record_request(self, article_id: ArticleId, request_id: str, by: str) -> None:
        """Remembers who sent the article that is about to be put into the bucket."""
        ...

    def requested_by(self, article_id: ArticleId, request_id: str) -> str | None:
        """Returns who sent it; ``None`` for a request that was not recorded."""
        ...

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """The parts a package was ever seen to hold; empty for a document of one article."""
        ...

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """Remember ``parts`` beside those that are known."""
        ...

    def due_for_upgrade(self, due: datetime, limit: int) -> Sequence[Record]:
        """Up to ``limit`` current records whose text the model is still to write (``Record.is_upgradable``).

        Those that were due first come first; one is due from its ``upgrade_due``, or from when it was put off to.
        """
        ...

    def defer_upgrade(self, record: Record, until: datetime) -> None:
        """Make ``record``, if it is still the newest revision, due at ``until``."""
        ...

    def list_by_updated(
        self, status: Status | None, since: datetime | None, after: str | None, limit: int
    ) -> Sequence[Record]:
        """Up to ``limit`` newest revisions, of one status or of all, latest change first.

        None that was changed before ``since``. ``after`` is the ``Record.position`` the list goes on from; the record
        at it is left out.
        """
        ...

    def history(self, article_id: ArticleId, before: int | None, limit: int) -> Sequence[Record]:
        """Up to ``limit`` revisions of one article, the newest first; only such with a number under ``before``."""
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
    deadline: Deadline
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

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """Returns the draft that was asked for.

        Calls ``record_usage`` for every answer as it comes, also for those that lead to an error; an answer that did
        not come in time has an unknown price. Raises ``ModelError``, or ``ModelUnavailable`` if a retry may succeed.
        """
        ...


class PricedSummarizer(Summarizer, Protocol):
    """A summarizer that knows beforehand what a call may cost."""

    def likely_cost(self, article: Article) -> Decimal | None:
        """Returns the US dollars that one ``write`` about ``article`` is likely to cost, ``None`` without a price."""
        ...


class GenerationCache(Protocol):
    """What a model was paid for, kept for days (DynamoDB), so that no text is paid for twice."""

    def once(self, fingerprint: str, generate: Callable[[], str], deadline: Deadline) -> str:
        """Returns what ``generate`` returns, or returned when it was first called for ``fingerprint``.

        Raises ``GenerationInProgress`` while another call runs and its deadline has not passed, ``StoreUnavailable``,
        and whatever ``generate`` raises; nothing is kept then, and the next call generates.
        """
        ...


class IdempotencyStore(Protocol):
    """Answers to requests that carried an idempotency key, kept for a day (DynamoDB)."""

    def once(self, key: str, request: str, answer: Callable[[], str], deadline: Deadline) -> str:
        """Returns what ``answer`` returns, or returned when it was first called for ``key``.

        Raises ``IdempotencyKeyReused`` when ``key`` came with another ``request`` before, ``RequestInProgress`` while
        that one is being answered and its deadline has not passed, ``StoreUnavailable``, and whatever ``answer``
        raises; nothing is kept then.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reservation:
    """So many US dollars of the budget of ``day``, set apart for one call."""

    day: date
    usd: Decimal


class Budget(Protocol):
    """What may be spent on the model in a day, in UTC (DynamoDB). Both methods may raise ``StoreUnavailable``."""

    def reserve(self, usd: Decimal) -> Reservation:
        """Set ``usd`` apart; raises ``BudgetSpent`` when that is more than is left of the day's budget."""
        ...

    def settle(self, reservation: Reservation, usd: Decimal) -> None:
        """Count ``usd`` in the place of what was reserved."""
        ...

    def is_spent(self) -> bool:
        """Whether nothing is left of the day's budget."""
        ...


class Breaker(Protocol):
    """The circuit breaker of one model (DynamoDB)."""

    def call(self, ask: Callable[[], Generation]) -> Generation:
        """Returns what ``ask``, which calls the model, returns, or raises what it raises.

        Raises ``ModelSwitchedOff`` without calling it while the breaker is open.
        """
        ...

    def calls_allowed(self, wanted: int) -> int:
        """Returns ``wanted`` while the breaker is closed, at most 1 when a trial is due, else 0."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One delivery of a message: its text, how often it was delivered by now, and what SQS calls this delivery."""

    body: str
    receive_count: int
    receipt_handle: str


@dataclass(frozen=True, slots=True)
class DeadLetterReason:
    """Why a message is put aside, for a person: which article it is about, what is wrong and what to do."""

    article_id: str
    reason: str
    remedy: str


class UploadQueue(Protocol):
    """Where the news of uploads waits (SQS). Every method may raise ``StoreUnavailable``."""

    def change_visibility(self, message: Message, seconds: int) -> None:
        """Keep ``message`` from being delivered again for so long, counted from now."""
        ...

    def dead_letter(self, message: Message, complaint: DeadLetterReason) -> None:
        """Put a copy of ``message`` into the dead-letter queue, with what a person has to know of it."""
        ...

    def send(self, body: str) -> None:
        """Queue a message of our own."""
        ...
