"""A service at work: documents change, messages are delivered, workers go on, people decide; then it is looked at."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from builders import a_style
from promises.newsroom import GONE, UNREADABLE, Content, UploadedDocument, article_of, as_bytes, text_of, texts_of
from promises.oracle import (
    EDITOR,
    Decision,
    History,
    RegenerationRequest,
    check_is_announced_once,
    check_is_served_as_read,
    check_is_withdrawn_for_a_reason,
    check_never_goes_back,
    check_nothing_is_paid_twice,
    check_queue_holds_what_asks,
    check_regeneration_is_stored,
    check_says_what_it_is_about,
    check_words_are_kept,
    history_of,
)
from promises.uploads_queue import Letter
from promises.workers import SLEEP, Task, Worker, stop_before
from promises.world import FUNCTION_SECONDS, World
from standfirst.adapters.aws.messages import write_backfill
from standfirst.domain import fingerprint
from standfirst.domain.article import ArticleId, Backfill, Document
from standfirst.domain.deadline import Deadline
from standfirst.domain.errors import (
    ArticleWithdrawn,
    NothingToReview,
    StoreUnavailable,
    TransientError,
    UnexpectedRevision,
)
from standfirst.domain.record import Record, Status
from standfirst.domain.review import SummaryPatch
from standfirst.use_cases.summarize_request import Summarized

AN_HOUR, A_DAY = 3600, 24 * 3600
TO_THE_END = 1_000

REQUEST_SECONDS = 25
"""A caller waits no longer."""

A_WHILE = 3
"""Seconds that a request waits for somebody else, who is in no hurry."""


RUN = "run 1"
"""The one backfill there is."""


@dataclass(frozen=True)
class Request:
    """A request in a batch: the key of the document, its text, the hash of its content, and when it was submitted."""

    key: str
    text: str
    content: str
    since: float


class Service:
    """The use cases over ``world``, and everything that was done to them."""

    def __init__(self, world: World) -> None:
        """Nothing has happened yet."""
        self.world = world
        self.time, self.queue, self.summaries = world.time, world.queue, world.summaries
        self.answer = world.handle_message()
        self.summarize_on_request = world.summarize_on_request(self._sleep)
        self.review_summary = world.review_summary()
        self.request_regeneration = world.request_regeneration(lambda: f"regeneration {len(self.regenerations) + 1}")
        self._documents: dict[str, UploadedDocument] = {}
        self.workers: list[Worker] = []
        self.decisions: dict[str, Decision] = {}
        self.regenerations: list[RegenerationRequest] = []
        self._histories: dict[ArticleId, History] = {}
        self._batch: dict[str, Request] = {}
        self._backfilled: set[str] = set()

    # What people do ---------------------------------------------------------------------------------------------------

    def document(self, key: str) -> UploadedDocument:
        """A key of the bucket; in the beginning nothing lies there."""
        return self._documents.setdefault(key, UploadedDocument(self.world.bucket, key))

    @property
    def documents(self) -> list[UploadedDocument]:
        """Every key that was ever spoken of."""
        return list(self._documents.values())

    def change(self, document: UploadedDocument, content: Content, sequencer_tail: str = "") -> Letter:
        """Put ``content`` in the place of what lies there; the news of it, in the queue."""
        self.world.put(document, content)
        return self.queue.take(document.change(content, sequencer_tail))

    def post(self, document: UploadedDocument, content: Content, sequencer_tail: str = "") -> Worker:
        """Send ``content`` to be summarised at once: a worker that will put it in the place of what lies there."""
        deadline = self.time.seconds + REQUEST_SECONDS
        sent = Document(document.key, as_bytes(content))
        article_id = document.article_id("")
        task = Task(
            lambda: self.summarize_on_request(
                sent, article_id, "a caller", Deadline(deadline, lambda: self.time.seconds)
            ),
            (TransientError, ArticleWithdrawn),
            when_put=lambda: self._send_event(document, content, sequencer_tail),
        )
        return self._start(task, deadline)

    def _send_event(self, document: UploadedDocument, content: Content, sequencer_tail: str) -> None:
        self.queue.take(document.change(content, sequencer_tail))

    def _sleep(self, seconds: float) -> None:
        stop_before(SLEEP)
        self.wait(max(seconds, A_WHILE))

    def known(self, document: UploadedDocument) -> list[Record]:
        """What is current of each article of ``document``."""
        current = [self.summaries.current(article_id) for article_id in document.article_ids.values()]
        return [stored.record for stored in current if stored]

    def edit(self, article_id: ArticleId) -> None:
        """Put other words in the place of those that are served, if any are."""
        self._decide_at_once(article_id, Status.EDITED, of_pending=False)

    def approve(self, article_id: ArticleId) -> None:
        """Approve the pending revision of a human-authored text."""
        self._decide_at_once(article_id, Status.APPROVED, of_pending=True)

    def _decide_at_once(self, article_id: ArticleId, status: Status, *, of_pending: bool) -> None:
        if stored := self.summaries.current(article_id):
            self.go_on(self.decide(stored.record, status, of_pending=of_pending))

    def decide(self, seen: Record, status: Status, *, of_pending: bool) -> Worker:
        """Edit, approve or reject the current revision, or the pending one if any: a worker that will do it."""
        name = f"decision {len(self.decisions) + 1}"
        of = seen.pending if of_pending and seen.pending else seen.revision
        words = f"The words of {name}." if status is Status.EDITED else None
        self.decisions[name] = Decision(name, seen.revision, of, status, words)
        said = {"status": status, "revision": of, "note": name} | ({"summary": words} if words else {})
        patch = SummaryPatch.model_validate(said)
        task = Task(
            lambda: self.review_summary(seen.article_id, patch, lambda now: now.revision == seen.revision, EDITOR),
            (TransientError, UnexpectedRevision, ArticleWithdrawn, NothingToReview),
        )
        return self._start(task, self.time.seconds + REQUEST_SECONDS)

    def regenerate(self, document: UploadedDocument, seen: Record) -> Letter | None:
        """Request a regeneration: its message in the queue, if it can be requested."""
        if seen.status is Status.WITHDRAWN:
            return None
        name = self.request_regeneration(seen.article_id, EDITOR)
        self.regenerations.append(RegenerationRequest(name, seen.article_id, len(document.past), seen.revision))
        return self.queue.letters[-1]

    # What an operator does --------------------------------------------------------------------------------------------

    def backfill(self, document: UploadedDocument, *, announces: bool = False) -> Letter:
        """Have a run summarise what lies there; its message in the queue."""
        self._backfilled.add(document.key)
        command = Backfill(document.article_id(""), self.world.bucket, document.key, RUN, announces)
        return self.queue.take(write_backfill(command))

    def put_archive(self, document: UploadedDocument, content: Content) -> Letter:
        """Put ``content`` there without an event, as long ago, and have a run summarise it."""
        self.world.put(document, content)
        document.change(content, "")
        letter = self.backfill(document)
        document.news = letter.body
        return letter

    def put_in_batch(self, document: UploadedDocument) -> None:
        """Have a run claim the texts that lie there, for a batch of requests to the model."""
        until, style, writer = self.time.now() + timedelta(hours=26), a_style(), self.answer.summarize.generate.identity
        for text in set(texts_of(document.past[-1])) - {UNREADABLE}:
            article = article_of(text)
            key, content = fingerprint.of_text(article, style.label, writer), fingerprint.content_hash(article)
            if self.world.cache.claim(key, content, RUN, until):
                self._batch[key] = Request(document.key, text, content, self.time.seconds)

    def collect_batch(self, *, is_answered: bool) -> list[UploadedDocument]:
        """End the batch: all its requests are answered, or none; the documents that they are about."""
        requests, self._batch = self._batch, {}
        for key, request in requests.items():
            if is_answered:
                answer = self.world.model.answer_in_batch(request.text)
                assert self.world.cache.store_answer(key, request.content, answer)
            else:
                self.world.cache.release(key, RUN)
        return [self.document(key) for key in sorted({request.key for request in requests.values()})]

    # What the cloud does ----------------------------------------------------------------------------------------------

    @property
    def alive(self) -> list[Worker]:
        """The workers that stand somewhere."""
        return [worker for worker in self.workers if worker.stands_before]

    def deliver(self, letter: Letter) -> Worker | None:
        """A worker that has ``letter`` and stands before its first call; none when it was delivered too often."""
        if (message := self.queue.deliver(letter)) is None:
            return None
        deadline = self.time.seconds + FUNCTION_SECONDS
        task = Task(
            lambda: self.answer(message, Deadline(deadline, lambda: self.time.seconds)),
            (StoreUnavailable,),
            message=message,
            regeneration_id=json.loads(message.body).get("detail", {}).get("wish"),
        )
        return self._start(task, deadline)

    def _start(self, task: Task, deadline: float) -> Worker:
        self.workers.append(worker := Worker(task, deadline))
        return worker

    def go_on(self, worker: Worker | None, calls: int = TO_THE_END, before: str | None = None) -> None:
        """Let ``worker`` make so many calls, or go on until it stands before a certain one."""
        while worker and worker.stands_before and worker.stands_before != before and calls:
            worker.go_on()
            calls -= 1
        self.look_at(worker)

    def look_at(self, worker: Worker | None) -> None:
        """Acknowledge the message of a worker that is done; raises what nobody has foreseen."""
        if worker and worker.unforeseen:
            raise worker.unforeseen
        if worker and worker.is_done and not worker.lost:
            if worker.task.message:
                self.queue.acknowledge(worker.task.message)
            self._check_is_stored(worker.result)

    def _check_is_stored(self, result: object) -> None:
        """Every record that is returned is stored."""
        returned = result.record if isinstance(result, Summarized) else result
        if isinstance(returned, Record):
            stored = self.summaries.revision(returned.article_id, returned.revision)
            assert stored == returned, f"{returned} was returned, and not stored"

    def wait(self, seconds: float) -> None:
        """Let time pass. A worker whose time is up counts as lost, but its process may go on.

        A batch is over within a day.
        """
        if any(self.time.seconds + seconds > request.since + A_DAY for request in self._batch.values()):
            self.collect_batch(is_answered=True)
        self.time.seconds += seconds
        for worker in self.alive:
            worker.lost |= worker.deadline <= self.time.seconds

    def wait_for_letter(self) -> None:
        """Let time pass until some message of the queue can be seen."""
        self.wait(max(0, min(letter.visible_at for letter in self.queue.letters) - self.time.seconds))

    def schedule_upgrades(self) -> int:
        """How many upgrades one run schedules."""
        return self.world.schedule_upgrades()()

    # What has to be true afterwards -----------------------------------------------------------------------------------

    def come_to_rest_and_check(self) -> None:
        """Let everything come to an end without any more faults, and look at every promise."""
        for document in self.collect_batch(is_answered=True):
            self.backfill(document)
        self._come_to_rest()
        self._check_nothing_is_lost(excused=self._is_dead)
        self.wait(AN_HOUR)
        self.schedule_upgrades()
        self.queue.redrive()
        self._come_to_rest()
        assert not self.queue.dead, f"What was redriven died again: {self.queue.dead}"
        self._check_nothing_is_lost(excused=lambda _: False)
        self._check_model_had_its_turn()
        self._check_histories()
        check_nothing_is_paid_twice(self.world.model, self.world.reader)

    def _come_to_rest(self) -> None:
        self._histories.clear()
        for worker in self.alive:
            self.go_on(worker)
        while self.queue.letters:
            self.wait_for_letter()
            self.go_on(self.deliver(self.queue.visible()[0]))

    def _check_nothing_is_lost(self, excused: Callable[[UploadedDocument], bool]) -> None:
        for document in self.documents:
            newest, served = document.past[-1], self._answered_for(document)
            is_right = (
                served == {**served, "": UNREADABLE} if _cannot_be_read(newest) else _accounts_for(newest, served)
            )
            assert is_right or excused(document), (
                f"{document.key} is {newest!r} by now, what is served is of {served!r}"
            )

    def _answered_for(self, document: UploadedDocument) -> dict[str, str]:
        return {part: self._history(name).answered_for for part, name in document.article_ids.items()}

    def _history(self, article_id: ArticleId) -> History:
        """Read once, because nothing changes while everything is at rest."""
        if article_id not in self._histories:
            self._histories[article_id] = history_of(article_id, self.summaries, self.decisions)
        return self._histories[article_id]

    def _check_model_had_its_turn(self) -> None:
        for document in self.documents:
            for article_id in document.article_ids.values():
                for current in self._history(article_id).revisions[-1:]:
                    is_served = current.record.summary is not None
                    is_unread = not current.record.is_reviewed and current.record.checks.second_reader == "unavailable"
                    is_waiting = is_served and (current.record.is_upgradable or is_unread)
                    assert not is_waiting, f"{article_id} still has the fallback's text, or one that nobody has read"

    def _check_histories(self) -> None:
        announced = self.world.announced()
        names = [article_id for document in self.documents for article_id in document.article_ids.values()]
        check_queue_holds_what_asks([self._history(name) for name in names], self.summaries)
        for document in self.documents:
            for part, article_id in document.article_ids.items():
                history = self._history(article_id)
                check_words_are_kept(history)
                check_says_what_it_is_about(history)
                check_is_served_as_read(history, self.world.reader)
                check_is_withdrawn_for_a_reason(document, part, history)
                is_backfilled = document.key in self._backfilled
                check_is_announced_once(history, announced.get(article_id, {}), is_backfilled=is_backfilled)
                self._check_regenerations(document, part, history)
                if not part:
                    check_never_goes_back(document, history)

    def _check_regenerations(self, document: UploadedDocument, part: str, history: History) -> None:
        for each in self.regenerations:
            texts = {text_of(content, part) for content in document.past[each.versions - 1 :]}
            if each.article_id == history.article_id and len(texts) == 1:
                check_regeneration_is_stored(each, texts.pop(), history, self.world.model)

    def _is_dead(self, document: UploadedDocument) -> bool:
        """Whether the newest event of ``document`` is in the dead-letter queue, with what to do."""
        found = [letter.reason for letter in self.queue.dead if letter.body == document.news]
        for reason in filter(None, found):
            assert reason.article_id == document.key
            assert reason.reason
            assert reason.remedy
        return bool(found)

    def end(self) -> None:
        """Leave nothing behind."""
        for worker in self.alive:
            worker.kill()
        for document in self.documents:
            self.world.put(document, GONE)
        self.world.reset()


def _cannot_be_read(newest: Content) -> bool:
    """Whether all of ``newest`` is one failure, that of the document."""
    return texts_of(newest) == [UNREADABLE]


def _accounts_for(newest: Content, served: Mapping[str, str]) -> bool:
    """Whether each article of ``newest`` is under one id: the document's, or one of its own.

    What is served of others is gone; unless nothing can be read, which leaves them as they are.
    """
    texts = texts_of(newest)
    found = [text for part, text in served.items() if text in (texts if not part else [text_of(newest, part)])]
    living = [text for text in served.values() if text != GONE]
    is_complete = sorted(text for text in found if text != GONE) == sorted(texts)
    return is_complete and (sorted(living) == sorted(texts) or set(texts) == {UNREADABLE})


@contextmanager
def a_service(world: World) -> Iterator[Service]:
    """A service to which nothing has happened yet, for the block."""
    service = Service(world)
    try:
        yield service
    finally:
        service.end()
