"""The outside world as the use cases see it: one Protocol per collaborator, implemented by adapters and fakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias, TypeVar

from standfirst.domain.sequencer import padded

if TYPE_CHECKING:
    # Whoever needs one of these would wait for the models of all.
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from decimal import Decimal
    from pathlib import Path

    from standfirst.domain.article import Article, ArticleId, Document, StoredObject, Upload
    from standfirst.domain.backfill_run import Run, Wanted
    from standfirst.domain.deadline import Deadline
    from standfirst.domain.draft import Draft, Finding
    from standfirst.domain.queue import Claim, QueueEntry
    from standfirst.domain.record import ArticleSource, Record, Status
    from standfirst.domain.review_record import ReviewRecord
    from standfirst.domain.second_reading import SentenceToRead, Verdict
    from standfirst.domain.style import HouseStyle
    from standfirst.domain.usage import Usage

T = TypeVar("T")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Returns the current time, aware, in UTC."""
        ...


class ArticleStore(Protocol):
    """The bucket of articles (S3)."""

    def fetch(self, upload: Upload) -> StoredObject:
        """Returns the object under the upload's key as it is now, which may be newer than the upload.

        Raises ``ArticleRemoved``, ``DocumentTooLarge`` or ``StoreUnavailable``.
        """
        ...

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """Returns the version that ``source`` names: by its id, or else the current one if it has the same ETag.

        Raises ``ArticleRemoved`` when that version is not stored, ``DocumentTooLarge`` or ``StoreUnavailable``.
        """
        ...

    def look_at_version(self, source: ArticleSource) -> StoredObject:
        """Returns the same without the content, which is empty then, and raises the same."""
        ...

    def erase(self, bucket: str, key: str) -> None:
        """Deletes every version of an object, and its delete markers; raises ``StoreUnavailable``."""
        ...

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """Stores ``document`` under its name, with its content type, headline, language and style.

        ``request_id`` is stored with it, see ``StoredObject``. Raises ``StoreUnavailable``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Stored:
    """The newest revision of an article, and the padded sequencer of the last event it accounts for."""

    record: Record
    sequencer: str

    def accounts_for(self, event: Upload) -> bool:
        """Returns whether the record accounts for ``event`` or a later one of the same object.

        Sequencers are in order within one key only (Amazon S3 user guide, "Event message structure").
        """
        return self.record.article.key == event.key and self.sequencer >= padded(event.sequencer)


@dataclass(frozen=True, slots=True)
class Transition:
    """The revisions to store: ``record`` becomes current; ``pending`` comes before it and waits for review.

    ``review`` is the record of the editor's decision that brought ``record``, if one did. The bus is told of ``record``
    if it ``is_announced``.
    """

    record: Record
    pending: Record | None = None
    review: ReviewRecord | None = None
    is_announced: bool = True

    def is_first(self, expected: Stored | None, event: Upload | None) -> bool:
        """Returns whether it brings the first revision of an object's article, in place of ``expected``.

        The record in its place is then that of another object, and says nothing of the events of this one.
        """
        if expected is None:
            return True
        if event is None and not expected.record.is_withdrawn:
            return False
        return expected.record.article.key != (event.key if event else self.record.article.key)


class ClaimedEvent(NamedTuple):
    """The parts that a document ever held, and whether the event is the first one claimed of it."""

    parts: frozenset[str]
    is_first: bool


class SummaryStore(Protocol):
    """The table of records (DynamoDB). Every method may raise ``StoreUnavailable``."""

    def current(self, article_id: ArticleId) -> Stored | None:
        """Returns the newest revision."""
        ...

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """Returns one revision, whether or not it is the newest."""
        ...

    def claim_event(self, document: ArticleId, sequencer: str) -> ClaimedEvent:
        """Records that an event of ``document`` is being handled; returns what was known of the document before.

        From then on no first revision is stored for an earlier event, whose worker may have read an older set of parts.
        Raises ``NewerVersionStored`` when a later event was claimed already.
        """
        ...

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """Stores the revisions of ``transition`` and marks ``event`` as processed, if ``expected`` is still stored.

        Both are written together or not at all, and with them the record of the review; with neither, nothing is
        written. Without an event the record accounts
        for the same events as before, and an event of another object than its own is not marked. Raises
        ``RevisionConflict`` when another revision is stored by now, and
        ``NewerVersionStored`` when the record accounts for ``event`` or a later one already, or when a first revision
        would be for an event before the last one claimed.
        """
        ...

    def record_request(self, article_id: ArticleId, request_id: str, by: str) -> None:
        """Stores who sent the article that is about to be put into the bucket."""
        ...

    def requested_by(self, article_id: ArticleId, request_id: str) -> str | None:
        """Returns the caller that ``record_request`` stored, or ``None``."""
        ...

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """Returns the parts that a package ever held; empty for a document of one article."""
        ...

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """Adds ``parts`` to those that are stored."""
        ...

    def due_for_upgrade(self, due: datetime, limit: int) -> Sequence[Record]:
        """Returns up to ``limit`` current records that the model is still to write about, the longest due first.

        A record is due from its ``upgrade_due``, or from the time it was deferred to.
        """
        ...

    def due_for_reading(self, due: datetime, limit: int) -> Sequence[Record]:
        """Returns the same of records with ``Record.is_unread``."""
        ...

    def defer_upgrade(self, record: Record, until: datetime) -> None:
        """Defers the upgrade of ``record`` to ``until``, if it is still the newest revision."""
        ...

    def list_by_updated(
        self, status: Status | None, since: datetime | None, after: str | None, limit: int
    ) -> Sequence[Record]:
        """Returns up to ``limit`` newest revisions, of one status or of all, latest change first.

        Leaves out what was changed before ``since``. The list continues after the ``Record.position`` ``after``.
        """
        ...

    def list_queue(self, since: datetime | None, after: str | None, at_once: int | None) -> Iterator[QueueEntry]:
        """Yields the current records that ask for an editor (``domain/queue.py``), latest change first.

        Leaves out what was changed before ``since``, and continues after the position ``after``. About ``at_once`` are
        read in one go, or as many as possible. What was stored a moment ago may be missing.
        """
        ...

    def queued_since(self) -> datetime | None:
        """Returns when the entry of the queue that has waited longest was last changed; ``None`` if there is none.

        What was stored a moment ago may be missing.
        """
        ...

    def history(self, article_id: ArticleId, before: int | None, limit: int) -> Sequence[Record]:
        """Returns up to ``limit`` revisions of one article with numbers under ``before``, the newest first."""
        ...

    def erase(self, article_id: ArticleId, before: int) -> None:
        """Deletes the revisions with numbers under ``before``, but those that a takedown left, and the API requests."""
        ...


class ClaimStore(Protocol):
    """Who has which article open (DynamoDB). Every method may raise ``StoreUnavailable``."""

    def claim(self, article_id: ArticleId, claim: Claim, now: datetime) -> None:
        """Stores ``claim`` unless somebody else has one that is live at ``now``; raises ``ArticleClaimed`` then.

        Of two callers at once, one gets it.
        """
        ...

    def take_over(self, article_id: ArticleId, claim: Claim) -> None:
        """Stores ``claim``, whoever has one."""
        ...

    def release(self, article_id: ArticleId, by: str) -> None:
        """Deletes the claim if ``by`` has it."""
        ...

    def live(self, article_ids: Collection[ArticleId], now: datetime) -> Mapping[ArticleId, Claim]:
        """Returns the claims on these articles that are live at ``now``."""
        ...


class ReviewStore(Protocol):
    """The table of editors' decisions (DynamoDB). Every method may raise ``StoreUnavailable``.

    ``SummaryStore.apply`` adds them, together with what was decided.
    """

    def list_month(self, month: str, after: str | None, limit: int) -> Sequence[ReviewRecord]:
        """Returns up to ``limit`` decisions of ``month``, such as ``2026-11``, the oldest first.

        The list continues after the ``ReviewRecord.position`` ``after``.
        """
        ...

    def erase(self, article_id: ArticleId, revision: int, decided_at: datetime, erased_at: datetime) -> None:
        """Erases the texts in the record of the decision that brought a revision, if there is one.

        Who decided what and when stays, see ``ReviewRecord.erased``. May be repeated: the first moment counts.
        """
        ...


@dataclass(frozen=True, slots=True)
class WriterIdentity:
    """A writer, as part of the fingerprint and of ``made_by``.

    ``version`` is raised when the writer changes what it would write; ``second_reader`` is who holds its drafts against
    the article, and when. Both are part of the fingerprint only.
    """

    writer: str
    version: str = "1"
    model: str | None = None
    prompt: str | None = None
    second_reader: str | None = None


class Writer(Protocol):
    """Turns an article into a draft."""

    @property
    def identity(self) -> WriterIdentity:
        """Returns who writes; it changes whenever the same article would be written differently."""
        ...

    def write(self, article: Article, style: HouseStyle) -> Draft:
        """Returns a draft of ``article`` in ``style``."""
        ...


@dataclass(frozen=True, slots=True)
class Rejected:
    """A draft, the findings because of which it may not be served, and the second reader's verdicts on it."""

    draft: Draft
    findings: Sequence[Finding]
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """A request to a model: the article, the style and the deadline; ``revises`` is a draft to correct."""

    article: Article
    style: HouseStyle
    deadline: Deadline
    revises: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """A model's draft, the number of requests it read the article in, and how much of it (percent of characters)."""

    draft: Draft
    parts: int = 1
    coverage: int = 100


class Summarizer(Protocol):
    """A model that writes drafts, for money."""

    @property
    def identity(self) -> WriterIdentity:
        """Returns who writes; it changes whenever the same article would be written differently."""
        ...

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """Returns the draft that was asked for.

        Calls ``record_usage`` for every response as it arrives, also for one that leads to an error; a response that
        timed out has an unknown price. Raises ``ModelError``, or ``ModelUnavailable`` if a retry may succeed.
        """
        ...

    def read_answer(self, answer: str, record_usage: Callable[[Usage], None]) -> Generation:
        """Returns the draft in ``answer``, the body of a response that a batch brought; sends nothing.

        Calls ``record_usage`` with what it cost in the batch. Raises ``ModelError`` or ``ModelUnavailable``.
        """
        ...


@dataclass(frozen=True, slots=True)
class ReadingAssignment:
    """A request to the second reader: which sentences to hold against which article, and the deadline."""

    article: Article
    sentences: tuple[SentenceToRead, ...]
    deadline: Deadline


Read: TypeAlias = "Callable[[ReadingAssignment, Callable[[Usage], None]], tuple[Verdict, ...]]"
"""Reads, as ``SecondReader.read`` does."""


class SecondReader(Protocol):
    """A model that holds each sentence of a draft against the article, for money."""

    @property
    def identity(self) -> WriterIdentity:
        """Returns who reads; ``prompt`` is the version of the reader's prompt."""
        ...

    def read(self, assignment: ReadingAssignment, record_usage: Callable[[Usage], None]) -> tuple[Verdict, ...]:
        """Returns the verdicts of the answer, ``is_proven`` not decided yet, as they came.

        Sentences may be left out or named twice, never one that was not asked about. Calls ``record_usage`` and raises
        as ``Summarizer.write`` does.
        """
        ...


class PricedSecondReader(SecondReader, Protocol):
    """A second reader that can estimate what a call costs."""

    def likely_cost(self, article: Article) -> Decimal | None:
        """Returns the US dollars that one ``read`` is likely to cost, ``None`` without a price."""
        ...


class ReservingReader(Protocol):
    """A second reader within a budget: what a reading may cost is reserved before there is a draft to read."""

    @property
    def identity(self) -> WriterIdentity:
        """Returns who reads."""
        ...

    def reserved(self, article: Article) -> AbstractContextManager[Read]:
        """Reserves the likely cost of one reading, and settles the actual cost at the end.

        Raises ``BudgetSpent`` and ``StoreUnavailable``. What it yields raises as ``SecondReader.read`` does.
        """
        ...


class PricedSummarizer(Summarizer, Protocol):
    """A summarizer that can estimate what a call costs."""

    def likely_cost(self, article: Article) -> Decimal | None:
        """Returns the US dollars that one ``write`` about ``article`` is likely to cost, ``None`` without a price."""
        ...


@dataclass(frozen=True, slots=True)
class BatchState:
    """How far a batch of requests is: ``status`` in the provider's word, and the numbers of its requests.

    ``trouble`` has the provider's codes of what is wrong with the batch as a whole, ``None`` if nothing is.
    """

    status: str
    is_over: bool
    total: int = 0
    completed: int = 0
    failed: int = 0
    trouble: str | None = None


class BatchAnswer(NamedTuple):
    """What a batch brought for one request: the ``body`` of its response (JSON), or the ``error``.

    ``usage`` is what it cost: nothing for an error.
    """

    custom_id: str
    body: str | None
    error: str | None
    usage: Usage


class BatchModel(Protocol):
    """A model that answers files of requests within a day, at a lower price (OpenAI's Batch API).

    Every method that sends something raises ``ModelUnavailable`` if a retry may succeed, ``ModelError`` if none will.
    """

    @property
    def identity(self) -> WriterIdentity:
        """Returns who writes, as ``Summarizer.identity``."""
        ...

    def request(self, assignment: Assignment) -> Mapping[str, object] | None:
        """Returns the body of the one request for a draft, ``None`` if the article needs several requests."""
        ...

    def likely_cost(self, article: Article) -> Decimal | None:
        """Returns the US dollars that one request is likely to cost in a batch, ``None`` without a price."""
        ...

    def submit(self, path: Path, metadata: Mapping[str, str]) -> str:
        """Submits a file of requests, one JSON object a line, and returns the batch's id.

        A batch that was submitted with the same ``metadata`` in the last days is returned in place of a second one,
        also if it is over. Keys of the metadata have up to 64 characters, values up to 512.
        """
        ...

    def state(self, batch_id: str) -> BatchState:
        """Returns how far the batch is."""
        ...

    def answers(self, batch_id: str) -> Iterator[BatchAnswer]:
        """Yields what came of the requests of a batch that is over, in any order.

        Of a batch that failed, expired or was cancelled, requests may be missing; those are not billed.
        """
        ...

    def cancel(self, batch_id: str) -> None:
        """Cancels the batch; what was answered by then is billed, and among its answers. One that is over stays so."""
        ...

    def discard(self, batch_id: str) -> None:
        """Deletes the files of a batch at the provider: requests and answers. May be repeated."""
        ...


class GenerationCache(Protocol):
    """Generated texts, cached for days (DynamoDB), so that no text is paid for twice.

    A fingerprint may be claimed for a batch of requests: nobody else generates the text until the claim ends, and the
    answer of the batch is stored for whoever generates it then. ``content`` is the hash of the article that a text or
    an answer is about, by which ``forget`` finds it. Every method may raise ``StoreUnavailable``.
    """

    def once(
        self,
        fingerprint: str,
        generate: Callable[[], str],
        deadline: Deadline,
        content: str,
        claim: str | None = None,
    ) -> str:
        """Returns what ``generate`` returns, or returned when it was first called for ``fingerprint``.

        A call with the ``claim`` that the fingerprint has takes it over. Raises ``GenerationInProgress`` while another
        call runs and its deadline has not passed, or somebody else's claim has not ended (``retry_after`` says when),
        and what ``generate`` raises; nothing is stored then, and the next call generates.
        """
        ...

    def claim(self, fingerprint: str, content: str, claim: str, until: datetime) -> bool:
        """Claims ``fingerprint``; returns whether it is ``claim``'s now, also if it was before.

        It is not if the text was generated already, is being generated, or is claimed by another.
        """
        ...

    def release(self, fingerprint: str, claim: str) -> None:
        """Ends the claim, if ``fingerprint`` has it."""
        ...

    def store_answer(self, fingerprint: str, content: str, answer: str) -> bool:
        """Stores a batch's answer to the request for the text; returns whether it did.

        It does not if ``fingerprint`` was never claimed, was released, or was forgotten meanwhile.
        """
        ...

    def answer(self, fingerprint: str) -> str | None:
        """Returns the answer that ``store_answer`` stored, for as long as a text is cached."""
        ...

    def forget(self, content: str) -> None:
        """Deletes the texts and answers about an article.

        What is being generated now, or is in a batch, is not stored either.
        """
        ...


class IdempotencyStore(Protocol):
    """Responses to requests with an idempotency key, kept for a day (DynamoDB)."""

    def once(self, key: str, request: str, answer: Callable[[], str], deadline: Deadline) -> str:
        """Returns what ``answer`` returns, or returned when it was first called for ``key``.

        Raises ``IdempotencyKeyReused`` when ``key`` was used for another ``request``, ``RequestInProgress`` while
        another call runs and its deadline has not passed, ``StoreUnavailable``, and what ``answer`` raises; nothing is
        stored then.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reservation:
    """US dollars of the budget of ``day`` that are reserved for one call."""

    day: date
    usd: Decimal


class Budget(Protocol):
    """The daily budget for the model, by UTC day (DynamoDB). Every method may raise ``StoreUnavailable``."""

    def reserve(self, usd: Decimal) -> Reservation:
        """Reserves ``usd``; raises ``BudgetSpent`` when that is more than is left of the day's budget."""
        ...

    def settle(self, reservation: Reservation, usd: Decimal) -> None:
        """Replaces the reserved amount with ``usd``, what the call cost."""
        ...

    def is_spent(self) -> bool:
        """Returns whether the day's budget is spent."""
        ...


class Breaker(Protocol):
    """The circuit breaker of one model (DynamoDB)."""

    def call(self, ask: Callable[[], T]) -> T:
        """Returns what ``ask``, which calls the model, returns, or raises what it raises.

        Raises ``ModelSwitchedOff`` without calling it while the breaker is open.
        """
        ...

    def calls_allowed(self, wanted: int) -> int:
        """Returns ``wanted`` while the breaker is closed, at most 1 when a trial is due, else 0."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One delivery of an SQS message: its body, its receive count and its receipt handle."""

    body: str
    receive_count: int
    receipt_handle: str


@dataclass(frozen=True, slots=True)
class DeadLetterReason:
    """Why a message is in the dead-letter queue: the article, what is wrong and what to do."""

    article_id: str
    reason: str
    remedy: str


class UploadQueue(Protocol):
    """The queue of uploads and commands (SQS). Every method may raise ``StoreUnavailable``."""

    def change_visibility(self, message: Message, seconds: int) -> None:
        """Hides ``message`` from delivery for ``seconds`` from now."""
        ...

    def dead_letter(self, message: Message, reason: DeadLetterReason) -> None:
        """Sends a copy of ``message`` to the dead-letter queue, with ``reason``."""
        ...

    def send(self, body: str) -> None:
        """Sends a message with this body to the queue."""
        ...

    def waiting(self) -> int:
        """Returns about how many messages are in the queue, those that are being handled or hidden among them."""


@dataclass(frozen=True, slots=True)
class ListedObject:
    """An object in the listing of a bucket, and when it was last modified."""

    key: str
    modified: datetime


class ObjectListing(Protocol):
    """The listing of the bucket of articles, in the order of the keys (S3)."""

    def after(self, bucket: str, prefix: str, key: str | None, most: int) -> Sequence[ListedObject]:
        """Returns up to ``most`` objects whose keys begin with ``prefix`` and come after ``key``.

        Fewer are the last ones. Raises ``StoreUnavailable``.
        """
        ...


class RunStore(Protocol):
    """The runs of the backfill (DynamoDB). Every method may raise ``StoreUnavailable``.

    What the operator wants of a run is kept beside it, and changed by nobody else.
    """

    def begin(self, run: Run) -> None:
        """Stores ``run`` as the newest one; raises ``RunInProgress`` while the one before is not over."""
        ...

    def newest(self) -> Run | None:
        """Returns the run that began last."""
        ...

    def get(self, run_id: str) -> Run | None:
        """Returns one run."""
        ...

    def wanted(self, run_id: str) -> Wanted:
        """Returns what the operator wants of it."""
        ...

    def want(self, run_id: str, wanted: Wanted) -> None:
        """Stores what the operator wants of it."""
        ...

    def hold(self, run_id: str, serial: int, until: datetime) -> Run | None:
        """Returns the run for the execution ``serial`` to work on, which nobody else does before ``until``.

        Returns ``None`` if a later execution has it, or there is no such run. Raises ``RunHeld`` while somebody holds
        it.
        """
        ...

    def save(self, run: Run, held: datetime) -> None:
        """Stores the run that is held until ``held``; raises ``RunHeld`` if somebody else holds it by now."""
        ...

    def let_go(self, run_id: str, held: datetime) -> None:
        """Lets others hold the run that is held until ``held``."""
        ...


class RunFiles(Protocol):
    """The files of a run (S3), by name. Every method may raise ``StoreUnavailable``."""

    def write(self, name: str, lines: Iterable[str]) -> None:
        """Stores a file of lines."""
        ...

    def read(self, name: str) -> Iterator[str]:
        """Yields the lines of a file, none if it is not there."""
        ...

    def put(self, name: str, path: Path) -> None:
        """Stores the file at ``path``."""
        ...

    def get(self, name: str, path: Path) -> None:
        """Writes a stored file to ``path``."""
        ...

    def delete(self, prefix: str) -> None:
        """Deletes the files whose names begin with ``prefix``."""
        ...
