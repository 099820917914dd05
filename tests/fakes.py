"""The outside world, played in memory. ``tests/adapters`` holds the store to the same contract as the real one."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from builders import MORNING, a_draft
from standfirst.domain.article import Article, ArticleId, Document, StoredObject, Upload
from standfirst.domain.deadline import Deadline
from standfirst.domain.draft import Draft
from standfirst.domain.errors import (
    ArticleClaimed,
    ArticleRemoved,
    BudgetSpent,
    GenerationInProgress,
    IdempotencyKeyReused,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelSwitchedOff,
    ModelUnavailable,
    NewerVersionStored,
    RequestInProgress,
    RevisionConflict,
)
from standfirst.domain.ports import (
    Assignment,
    ClaimedEvent,
    DeadLetterReason,
    Generation,
    Message,
    ReadingAssignment,
    Reservation,
    Stored,
    Transition,
    WriterIdentity,
)
from standfirst.domain.queue import Claim, QueueEntry, asks_for_editor, entry_of
from standfirst.domain.record import ArticleSource, Record, Status
from standfirst.domain.review_record import ReviewRecord, month_of, position_of
from standfirst.domain.schema import rfc3339
from standfirst.domain.second_reading import Verdict
from standfirst.domain.sequencer import padded
from standfirst.domain.style import HouseStyle
from standfirst.domain.usage import Usage

T = TypeVar("T")


@dataclass
class FakeClock:
    """A clock that a minute passes on between any two looks."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        """The next minute."""
        self.moment += timedelta(minutes=1)
        return self.moment


@dataclass
class FakeArticles:
    """A bucket; an error in the place of an object is raised when it is fetched."""

    objects: dict[str, StoredObject | Exception] = field(default_factory=dict)
    puts: int = 0

    def fetch(self, upload: Upload) -> StoredObject:
        """What lies under the key."""
        return self._at(upload.key)

    def fetch_version(self, source: ArticleSource) -> StoredObject:
        """What lies there, if it is that version; this bucket keeps no older ones."""
        found = self._at(source.key)
        if found.etag != source.etag:
            raise ArticleRemoved(source.key)
        return found

    def look_at_version(self, source: ArticleSource) -> StoredObject:
        """The same, without its content."""
        found = FakeArticles.fetch_version(self, source)
        return replace(found, document=replace(found.document, content=b""))

    def put(self, bucket: str, document: Document, request_id: str) -> None:
        """Under its name, with a new ETag."""
        del bucket
        self.puts += 1
        self.objects[document.name] = StoredObject(
            document, etag=f"put {self.puts}", version_id=None, request_id=request_id
        )

    def erase(self, bucket: str, key: str) -> None:
        """The object: older versions are not kept here."""
        del bucket
        self.objects.pop(key, None)

    def _at(self, key: str) -> StoredObject:
        found = self.objects.get(key, ArticleRemoved(key))
        if isinstance(found, Exception):
            raise found
        return found


@dataclass
class FakeReviews:
    """A table of decisions."""

    kept: list[ReviewRecord] = field(default_factory=list)

    def list_month(self, month: str, after: str | None, limit: int) -> Sequence[ReviewRecord]:
        """Sort what there is."""
        of_month = [review for review in self.kept if month_of(review.at) == month]
        behind = [review for review in of_month if after is None or review.position > after]
        return sorted(behind, key=lambda review: review.position)[:limit]

    def erase(self, article_id: ArticleId, revision: int, decided_at: datetime, erased_at: datetime) -> None:
        """What it leaves takes its place."""
        position = position_of(article_id, decided_at, revision)
        self.kept = [each.erased(erased_at) if each.position == position else each for each in self.kept]


@dataclass
class FakeSummaries:
    """A table of records."""

    revisions: dict[ArticleId, list[Record]] = field(default_factory=dict)
    processed: dict[ArticleId, str] = field(default_factory=dict)
    packages: dict[ArticleId, frozenset[str]] = field(default_factory=dict)
    due: dict[ArticleId, datetime] = field(default_factory=dict)
    claimed: dict[ArticleId, str] = field(default_factory=dict)
    requests: dict[tuple[ArticleId, str], str] = field(default_factory=dict)
    reviews: FakeReviews = field(default_factory=FakeReviews)
    announced: list[tuple[ArticleId, int]] = field(default_factory=list)

    def current(self, article_id: ArticleId) -> Stored | None:
        """The newest revision."""
        if article_id not in self.revisions:
            return None
        return Stored(self.revisions[article_id][-1], self.processed[article_id])

    def revision(self, article_id: ArticleId, number: int) -> Record | None:
        """One revision."""
        return next((record for record in self.revisions.get(article_id, []) if record.revision == number), None)

    def claim_event(self, document: ArticleId, sequencer: str) -> ClaimedEvent:
        """Under the conditions of the port."""
        before = self.claimed.get(document)
        if before and before > padded(sequencer):
            raise NewerVersionStored(document)
        self.claimed[document] = padded(sequencer)
        return ClaimedEvent(self.parts(document), is_first=before is None)

    def apply(self, transition: Transition | None, expected: Stored | None, event: Upload | None) -> None:
        """Append, under the conditions of the port."""
        if transition:
            records = [each for each in (transition.pending, transition.record) if each]
            article_id, first = transition.record.article_id, records[0].revision
            document = (event.document if event else None) or article_id
            is_first = transition.is_first(expected, event)
            if is_first and self.claimed.get(document, "") > padded(event.sequencer if event else ""):
                raise NewerVersionStored(article_id)
            self._require(article_id, expected, event)
            if first != (expected.record.revision if expected else 0) + 1:
                raise RevisionConflict(article_id)
            self._append(*records)
            if transition.is_announced:
                self.announced.append((article_id, transition.record.revision))
            if transition.review:
                self.reviews.kept.append(transition.review)
            if is_first:
                self.processed[article_id] = padded("")
        elif expected and event and expected.record.article.key != event.key:
            return
        elif expected and event:
            self._require(event.article_id, expected, event)
        if event:
            self.processed[event.article_id] = padded(event.sequencer)

    def _require(self, article_id: ArticleId, expected: Stored | None, event: Upload | None) -> None:
        stored = self.current(article_id)
        if event and stored and stored.accounts_for(event):
            raise NewerVersionStored(article_id)
        is_ordered = event and stored and stored.record.article.key == event.key
        moved_on = not is_ordered and stored and expected and stored.sequencer != expected.sequencer
        if moved_on or (stored and stored.record.revision) != (expected and expected.record.revision):
            raise RevisionConflict(article_id)

    def _append(self, *records: Record) -> None:
        newest = records[-1]
        self.revisions.setdefault(newest.article_id, []).extend(records)
        self.due.pop(newest.article_id, None)
        if newest.is_upgradable:
            self.due[newest.article_id] = newest.upgrade_due

    def erase(self, article_id: ArticleId, before: int) -> None:
        """But what a takedown left."""
        kept = [each for each in self.revisions[article_id] if each.revision >= before or each.erased_at]
        self.revisions[article_id] = kept
        self.requests = {key: by for key, by in self.requests.items() if key[0] != article_id}

    def record_request(self, article_id: ArticleId, request_id: str, by: str) -> None:
        """Remember it."""
        self.requests[article_id, request_id] = by

    def requested_by(self, article_id: ArticleId, request_id: str) -> str | None:
        """What was remembered."""
        return self.requests.get((article_id, request_id))

    def parts(self, article_id: ArticleId) -> frozenset[str]:
        """What was added."""
        return self.packages.get(article_id, frozenset())

    def add_parts(self, article_id: ArticleId, parts: Collection[str]) -> None:
        """The union."""
        self.packages[article_id] = self.parts(article_id) | frozenset(parts)

    def due_for_upgrade(self, due: datetime, limit: int) -> Sequence[Record]:
        """Sort what is due."""
        return [record for record in self._all_due(due) if not record.is_unread][:limit]

    def due_for_reading(self, due: datetime, limit: int) -> Sequence[Record]:
        """Sort what is due."""
        return [record for record in self._all_due(due) if record.is_unread][:limit]

    def _all_due(self, due: datetime) -> list[Record]:
        names = sorted((name for name, moment in self.due.items() if moment <= due), key=lambda name: self.due[name])
        return [self.revisions[name][-1] for name in names]

    def defer_upgrade(self, record: Record, until: datetime) -> None:
        """Only what is still to be written."""
        if record.article_id in self.due and self.revisions[record.article_id][-1].revision == record.revision:
            self.due[record.article_id] = until

    def list_by_updated(
        self, status: Status | None, since: datetime | None, after: str | None, limit: int
    ) -> Sequence[Record]:
        """Sort what there is."""
        current = [revisions[-1] for revisions in self.revisions.values()]
        recent = [record for record in current if since is None or record.updated_at >= since]
        wanted = [record for record in recent if status in {None, record.status}]
        behind = [record for record in wanted if after is None or record.position < after]
        return sorted(behind, key=lambda record: record.position, reverse=True)[:limit]

    def list_queue(self, since: datetime | None, after: str | None, at_once: int | None) -> Iterator[QueueEntry]:
        """What asks for an editor, of all there is."""
        del at_once
        everything = self.list_by_updated(None, since, after, sys.maxsize)
        return (entry_of(record) for record in everything if asks_for_editor(record))

    def queued_since(self) -> datetime | None:
        """The least of all."""
        return min((entry.updated_at for entry in self.list_queue(None, None, None)), default=None)

    def history(self, article_id: ArticleId, before: int | None, limit: int) -> Sequence[Record]:
        """The last ones, backwards."""
        known = self.revisions.get(article_id, [])
        return [record for record in reversed(known) if before is None or record.revision < before][:limit]


@dataclass
class FakeClaims:
    """A table of claims."""

    claims: dict[ArticleId, Claim] = field(default_factory=dict)

    def claim(self, article_id: ArticleId, claim: Claim, now: datetime) -> None:
        """Unless it is somebody else's."""
        stored = self.live([article_id], now).get(article_id)
        if stored and stored.by != claim.by:
            raise ArticleClaimed(stored.by, rfc3339(stored.until))
        self.claims[article_id] = claim

    def take_over(self, article_id: ArticleId, claim: Claim) -> None:
        """Whoever has it."""
        self.claims[article_id] = claim

    def release(self, article_id: ArticleId, by: str) -> None:
        """One's own."""
        if article_id in self.claims and self.claims[article_id].by == by:
            del self.claims[article_id]

    def live(self, article_ids: Collection[ArticleId], now: datetime) -> Mapping[ArticleId, Claim]:
        """Those that have not ended."""
        return {each: claim for each, claim in self.claims.items() if each in article_ids and claim.is_live(now)}


@dataclass
class FakeWriter:
    """A writer that takes the first paragraph for everything, or ``text``, and counts how often it was asked."""

    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("fake"))
    written: list[Article] = field(default_factory=list)
    text: str | None = None

    def write(self, article: Article, style: HouseStyle) -> Draft:  # noqa: ARG002 - the port's shape
        """The first paragraph, twice."""
        self.written.append(article)
        text = article.paragraphs[0] if self.text is None else self.text
        return a_draft(standfirst=text, summary=text)


ONE_READING = Usage(input_tokens=1_200, cached_input_tokens=600, output_tokens=150, cost_usd="0.0002")
ONE_ANSWER = Usage(input_tokens=1_000, output_tokens=100, cost_usd="0.0001")
ONE_CALL = Usage(input_tokens=1_000, cached_input_tokens=800, output_tokens=100, cost_usd="0.0003")


@dataclass
class FakeSummarizer:
    """A model that gives, or raises, what its script says, and remembers what it was asked.

    Each call is paid for with the next of ``bills``, the last one again and again; one that raises an error of
    ``unpaid`` costs nothing.
    """

    script: list[Draft | Generation | Exception]
    bills: list[Usage] = field(default_factory=lambda: [ONE_CALL])
    unpaid: tuple[type[Exception], ...] = (ModelUnavailable, ModelMisconfigured)
    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("openai", model="a-model", prompt="1"))
    assignments: list[Assignment] = field(default_factory=list)
    costs: Decimal | None = Decimal("0.0004")

    def likely_cost(self, article: Article) -> Decimal | None:  # noqa: ARG002 - the port's shape
        """The same for all."""
        return self.costs

    def write(self, assignment: Assignment, record_usage: Callable[[Usage], None]) -> Generation:
        """The next of the script."""
        self.assignments.append(assignment)
        answer = self.script.pop(0)
        if not isinstance(answer, self.unpaid):
            record_usage(self.bills.pop(0) if len(self.bills) > 1 else self.bills[0])
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Generation) else Generation(answer)

    def read_answer(self, answer: str, record_usage: Callable[[Usage], None]) -> Generation:
        """The text of the answer, twice; one that is empty is of no use, and paid for all the same."""
        record_usage(ONE_ANSWER)
        if not answer:
            raise ModelOutputInvalid("The answer is empty.")
        return Generation(a_draft(standfirst=answer, summary=answer))


@dataclass
class FakeSecondReader:
    """A second reader that gives, or raises, what its script says, the last again and again, for the same price."""

    script: list[tuple[Verdict, ...] | Exception]
    identity: WriterIdentity = field(default_factory=lambda: WriterIdentity("openai", model="a-reader", prompt="1"))
    assignments: list[ReadingAssignment] = field(default_factory=list)
    costs: Decimal | None = Decimal("0.0002")

    def likely_cost(self, article: Article) -> Decimal | None:  # noqa: ARG002 - the port's shape
        """The same for all."""
        return self.costs

    def read(self, assignment: ReadingAssignment, record_usage: Callable[[Usage], None]) -> tuple[Verdict, ...]:
        """The next of the script."""
        self.assignments.append(assignment)
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if not isinstance(answer, ModelUnavailable):
            record_usage(ONE_READING)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class FakeGenerationCache:
    """A cache in memory; a fingerprint in ``in_progress`` is somebody else's."""

    kept: dict[str, str] = field(default_factory=dict)
    in_progress: set[str] = field(default_factory=set)
    content: dict[str, str] = field(default_factory=dict)
    claims: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)

    def once(
        self,
        fingerprint: str,
        generate: Callable[[], str],
        deadline: Deadline,
        content: str,
        claim: str | None = None,
    ) -> str:
        """Under the conditions of the port."""
        del deadline
        self.content[fingerprint] = content
        if fingerprint in self.in_progress:
            raise GenerationInProgress(fingerprint)
        if fingerprint in self.claims:
            owner, until = self.claims[fingerprint]
            if owner != claim and (left := (until - datetime.now(UTC)).total_seconds()) > 0:
                raise GenerationInProgress(fingerprint, retry_after=left)
            del self.claims[fingerprint]
        if fingerprint not in self.kept:
            self.in_progress.add(fingerprint)
            try:
                text = generate()
                if fingerprint in self.in_progress:
                    self.kept[fingerprint] = text
            finally:
                self.in_progress.discard(fingerprint)
            return text
        return self.kept[fingerprint]

    def claim(self, fingerprint: str, content: str, claim: str, until: datetime) -> bool:
        """Unless it is somebody else's."""
        owner, ends = self.claims.get(fingerprint, (claim, until))
        if fingerprint in self.kept or fingerprint in self.in_progress:
            return False
        if owner != claim and ends > datetime.now(UTC):
            return False
        self.content[fingerprint] = content
        self.claims[fingerprint] = (claim, until)
        return True

    def release(self, fingerprint: str, claim: str) -> None:
        """One's own."""
        if fingerprint in self.claims and self.claims[fingerprint][0] == claim:
            del self.claims[fingerprint]

    def store_answer(self, fingerprint: str, content: str, answer: str) -> bool:
        """To what is claimed, in progress or done."""
        if fingerprint not in {*self.claims, *self.in_progress, *self.kept}:
            return False
        self.content[fingerprint] = content
        self.answers[fingerprint] = answer
        return True

    def answer(self, fingerprint: str) -> str | None:
        """What was stored."""
        return self.answers.get(fingerprint)

    def forget(self, content: str) -> None:
        """All that was kept about it, or is in progress."""
        about = {fingerprint for fingerprint, known in self.content.items() if known == content}
        self.kept = {key: text for key, text in self.kept.items() if key not in about}
        self.claims = {key: claim for key, claim in self.claims.items() if key not in about}
        self.answers = {key: answer for key, answer in self.answers.items() if key not in about}
        self.in_progress -= about


@dataclass
class FakeIdempotencyStore:
    """Answers in memory, with the request each is for; a key in ``in_progress`` is that of a request being answered."""

    kept: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    in_progress: set[str] = field(default_factory=set)

    def once(self, key: str, request: str, answer: Callable[[], str], deadline: Deadline) -> str:
        """Under the conditions of the port."""
        del deadline
        if self.asked.setdefault(key, request) != request:
            raise IdempotencyKeyReused(key)
        if key in self.in_progress:
            raise RequestInProgress(key)
        if key not in self.kept:
            self.in_progress.add(key)
            try:
                self.kept[key] = answer()
            except BaseException:
                del self.asked[key]
                raise
            finally:
                self.in_progress.discard(key)
        return self.kept[key]


@dataclass
class FakeBudget:
    """A budget in memory, always of the same day."""

    usd_a_day: Decimal
    spent: Decimal = Decimal(0)

    def reserve(self, usd: Decimal) -> Reservation:
        """Up to the limit."""
        if self.spent + usd > self.usd_a_day:
            raise BudgetSpent("The budget is spent.")
        self.spent += usd
        return Reservation(date(2026, 3, 3), usd)

    def settle(self, reservation: Reservation, usd: Decimal) -> None:
        """The difference."""
        self.spent += usd - reservation.usd

    def is_spent(self) -> bool:
        """Whether next to nothing is left."""
        return self.spent >= self.usd_a_day * Decimal("0.99")


@dataclass
class FakeBreaker:
    """A breaker that allows so many calls."""

    allows: int = 1_000

    def call(self, ask: Callable[[], T]) -> T:
        """What is asked, unless no call is allowed."""
        if not self.allows:
            raise ModelSwitchedOff("The breaker is open.")
        return ask()

    def calls_allowed(self, wanted: int) -> int:
        """At most what is wanted."""
        return min(self.allows, wanted)


@dataclass
class FakeQueue:
    """A queue that remembers what was done to it; an ``error`` is raised by everything.

    So many ``others`` wait in it beside what is ``sent``.
    """

    hidden: list[tuple[Message, int]] = field(default_factory=list)
    dead_letters: list[tuple[Message, DeadLetterReason]] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    error: Exception | None = None
    others: int = 0

    def change_visibility(self, message: Message, seconds: int) -> None:
        """Remember."""
        self._fail()
        self.hidden.append((message, seconds))

    def dead_letter(self, message: Message, reason: DeadLetterReason) -> None:
        """Remember."""
        self._fail()
        self.dead_letters.append((message, reason))

    def send(self, body: str) -> None:
        """Remember."""
        self._fail()
        self.sent.append(body)

    def waiting(self) -> int:
        """Nobody takes anything out."""
        self._fail()
        return self.others + len(self.sent)

    def _fail(self) -> None:
        if self.error:
            raise self.error
