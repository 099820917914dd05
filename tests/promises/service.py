"""A service at work: documents change, messages are delivered, workers go on, people edit; then it is looked at."""

from collections.abc import Callable

from promises.newsroom import GONE, Content, UploadedDocument, text_of
from promises.oracle import (
    Words,
    check_never_goes_back,
    check_nothing_is_paid_twice,
    check_words_are_kept,
    history_of,
    text_answered_for,
    text_behind,
)
from promises.uploads_queue import Letter
from promises.workers import Worker
from promises.world import FUNCTION_SECONDS, World
from standfirst.domain.article import ArticleId
from standfirst.domain.ports import Stored
from standfirst.domain.record import Record, Status

AN_HOUR = 3600
TO_THE_END = 1_000


class Service:
    """The stories over ``world``, and everything that was done to them."""

    def __init__(self, world: World) -> None:
        """Nothing has happened yet."""
        self.world = world
        self.time, self.queue, self.summaries = world.time, world.queue, world.summaries
        self.answer = world.answer_message()
        self._documents: dict[str, UploadedDocument] = {}
        self.workers: list[Worker] = []
        self.words: dict[ArticleId, dict[int, Words]] = {}

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
        self.queue.send(document.change(content, sequencer_tail))
        return self.queue.letters[-1]

    def served(self, document: UploadedDocument) -> list[ArticleId]:
        """The articles of ``document`` of which a text is served."""
        current = [self.summaries.current(article_id) for article_id in document.article_ids.values()]
        return [stored.record.article_id for stored in current if stored and stored.record.summary is not None]

    def edit(self, article_id: ArticleId) -> None:
        """Put other words in the place of those that are served, if any are."""
        stored = self.summaries.current(article_id)
        if stored and stored.record.summary is not None:
            self._say(stored, stored.record, Status.EDITED)

    def approve(self, article_id: ArticleId) -> None:
        """Let what waits beside a person's words take their place, if it can be served."""
        stored = self.summaries.current(article_id)
        number = stored.record.pending if stored and stored.record.stale else None
        waiting = self.summaries.revision(article_id, number) if number else None
        if stored and waiting and waiting.summary is not None:
            self._say(stored, waiting, Status.APPROVED)

    def _say(self, stored: Stored, of: Record, status: Status) -> None:
        number = stored.record.revision + 1
        said = Words(f"{status} at revision {number}", about=text_behind(of, self.words_of(of.article_id)))
        update = {"status": status, "summary": said.summary, "revision": number, "updated_by": "editor"}
        self.summaries.replace(stored, of.model_copy(update=update))
        self.words_of(of.article_id)[number] = said

    def words_of(self, article_id: ArticleId) -> dict[int, Words]:
        """What people said of one article, by the number of the revision."""
        return self.words.setdefault(article_id, {})

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
        worker = Worker(message, deadline, lambda: self.answer(message, lambda: deadline - self.time.seconds))
        self.workers.append(worker)
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
            self.queue.acknowledge(worker.message)

    def wait(self, seconds: float) -> None:
        """Let time pass. A worker whose time is up counts as lost, but its process may go on."""
        self.time.seconds += seconds
        for worker in self.alive:
            worker.lost |= worker.deadline <= self.time.seconds

    def wait_for_letter(self) -> None:
        """Let time pass until some message of the queue can be seen."""
        self.wait(max(0, min(letter.visible_at for letter in self.queue.letters) - self.time.seconds))

    def wish_for_upgrades(self) -> int:
        """How many one run of the story of the upgrades wished for."""
        return self.world.upgrade_summaries()(100)

    # What has to be true afterwards -----------------------------------------------------------------------------------

    def come_to_rest_and_check(self) -> None:
        """Let everything come to an end without any more faults, and look at every promise."""
        self._come_to_rest()
        self._check_nothing_is_lost(excused=self._is_dead)
        self.wait(AN_HOUR)
        self.wish_for_upgrades()
        self.queue.redrive()
        self._come_to_rest()
        assert not self.queue.dead, f"What was redriven died again: {self.queue.dead}"
        self._check_nothing_is_lost(excused=lambda _: False)
        self._check_model_had_its_turn()
        self._check_histories()
        check_nothing_is_paid_twice(self.world.model)

    def _come_to_rest(self) -> None:
        for worker in self.alive:
            self.go_on(worker)
        while self.queue.letters:
            self.wait_for_letter()
            self.go_on(self.deliver(self.queue.visible()[0]))

    def _check_nothing_is_lost(self, excused: Callable[[UploadedDocument], bool]) -> None:
        for document in self.documents:
            for part, article_id in document.article_ids.items():
                newest = text_of(document.past[-1], part)
                answered_for = text_answered_for(article_id, self.summaries, self.words_of(article_id))
                assert answered_for == newest or excused(document), (
                    f"{article_id} is {newest!r} by now, what is served is of {answered_for!r}"
                )

    def _check_model_had_its_turn(self) -> None:
        for document in self.documents:
            for article_id in self.served(document):
                stored = self.summaries.current(article_id)
                assert not stored or not stored.record.is_upgradable, f"{article_id} is still the stand-in's"

    def _check_histories(self) -> None:
        for document in self.documents:
            for part, article_id in document.article_ids.items():
                history = history_of(article_id, self.summaries, self.words_of(article_id))
                check_words_are_kept(history)
                if not part:
                    check_never_goes_back(document, history)

    def _is_dead(self, document: UploadedDocument) -> bool:
        """Whether the newest news of ``document`` waits for a person, who is told what to do."""
        found = [letter.complaint for letter in self.queue.dead if letter.body == document.news]
        for complaint in filter(None, found):
            assert complaint.article_id == document.key
            assert complaint.reason
            assert complaint.what_to_do
        return bool(found)

    def end(self) -> None:
        """Leave nothing behind."""
        for worker in self.alive:
            worker.kill()
        for document in self.documents:
            self.world.put(document, GONE)
        self.world.start_anew()
