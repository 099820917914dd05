"""What chance finds too seldom to rely on, step by step: somebody comes between, whenever that may be."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter, Signature, signature
from typing import Any

import pytest

from promises.newsroom import GONE, UNREADABLE, Content, UploadedDocument
from promises.service import Service, a_service
from promises.uploads_queue import MAX_RECEIVES
from promises.workers import AFTER_READER, MODEL, SAVE, Worker, throttled
from promises.world import Order, World
from standfirst.domain.article import ArticleId
from standfirst.domain.errors import ModelUnusable
from standfirst.domain.record import Record, Status

KEY = "news/ferry.json"
ONE, TWO, THREE = {"": "The first text."}, {"": "The second text."}, {"": "The third text."}
PART_A, PART_B = {"a": "The first part."}, {"b": "The second part."}

Test = Callable[..., None]


@dataclass
class Calls:
    """How many calls a slow worker makes before it is overtaken, and whether it has no more to make then."""

    number: int
    are_all: bool = False

    def let(self, service: Service, slow: Worker | None) -> None:
        """Let ``slow`` make them."""
        service.go_on(slow, self.number)
        self.are_all = not slow or not slow.stands_before


def at_every_call(test: Test) -> Test:
    """Run ``test`` once for each number of ``calls``, from none to all, each time with a ``service`` of its own."""

    def run(world: World, **cases: Any) -> None:  # noqa: ANN401 - whatever the test is parametrised with
        for number in range(100):
            calls = Calls(number)
            try:
                with a_service(world) as service:
                    test(service=service, calls=calls, **cases)
            except Exception as error:
                error.add_note(f"The slow worker was overtaken after {number} calls.")
                raise
            if calls.are_all:
                return
        raise AssertionError("The slow worker comes to no end.")

    cases = [each for name, each in signature(test).parameters.items() if name not in {"service", "calls"}]
    run.__signature__ = Signature([Parameter("world", Parameter.KEYWORD_ONLY), *map(_by_name, cases)])  # type: ignore[attr-defined]
    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


def _by_name(parameter: Parameter) -> Parameter:
    return parameter.replace(kind=Parameter.KEYWORD_ONLY)


@at_every_call
def test_a_version_that_was_taken_back_meanwhile_is_not_stored(service: Service, calls: Calls) -> None:
    """The same revision is current as before, but a later event has found that it says what lies in the bucket."""
    document = service.document(KEY)
    answer(service, document, ONE)

    overtaken(service, document, TWO, calls, lambda: answer(service, document, ONE))

    service.come_to_rest_and_check()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ONE, TWO),
        (ONE, GONE),
        (ONE, PART_A),
        (PART_A, ONE),
        (PART_A, PART_B),
        (PART_A, GONE),
        (PART_A, PART_A | PART_B),
        (PART_A | PART_B, UNREADABLE),
        (PART_A | PART_B, PART_A | {"b": UNREADABLE}),
    ],
    ids=[
        "another text",
        "nothing",
        "a package",
        "no package",
        "another package",
        "no package at all",
        "one more",
        "nothing that can be read",
        "one broken",
    ],
)
@at_every_call
def test_what_came_first_and_was_slow_is_not_brought_back(
    service: Service, first: Content, second: Content, calls: Calls
) -> None:
    """Whoever is second finds nothing stored yet, and knows of no part that was there before."""
    document = service.document(KEY)

    overtaken(service, document, first, calls, lambda: answer(service, document, second))

    service.come_to_rest_and_check()


@at_every_call
def test_a_person_who_edits_while_a_worker_writes_is_not_overwritten(service: Service, calls: Calls) -> None:
    """What the worker knew of the article is no longer so."""
    document = service.document(KEY)
    answer(service, document, ONE)

    overtaken(service, document, TWO, calls, lambda: service.edit(document.article_id("")))

    service.come_to_rest_and_check()


@at_every_call
def test_a_person_who_edits_while_an_upgrade_is_written_is_not_overwritten(service: Service, calls: Calls) -> None:
    """No event tells of an edit."""
    document = service.document(KEY)
    answer_without_model(service, document, ONE)
    service.schedule_upgrades()
    upgrade = service.deliver(service.queue.letters[-1])
    calls.let(service, upgrade)

    service.edit(document.article_id(""))
    service.go_on(upgrade)

    service.come_to_rest_and_check()


@at_every_call
def test_an_upgrade_that_read_an_older_version_does_not_overwrite_a_newer_one(service: Service, calls: Calls) -> None:
    """The newer version waits for the model too, and was stored after the older one was read."""
    document = service.document(KEY)
    answer_without_model(service, document, ONE)
    service.schedule_upgrades()
    upgrade = service.deliver(service.queue.letters[-1])
    calls.let(service, upgrade)

    answer_without_model(service, document, TWO)
    service.go_on(upgrade)

    service.come_to_rest_and_check()


@at_every_call
def test_two_deliveries_at_once_pay_once(service: Service, calls: Calls) -> None:
    """The second may come while an answer is paid for, and not kept yet; the first may find even an edit stored."""
    document = service.document(KEY)
    letter = service.change(document, ONE)
    service.queue.send(letter.body)
    slow = service.deliver(letter)
    calls.let(service, slow)

    service.go_on(service.deliver(service.queue.letters[-1]))
    service.edit(document.article_id(""))
    service.go_on(slow)

    service.come_to_rest_and_check()


@at_every_call
def test_a_worker_that_dies_holds_nothing_up(service: Service, calls: Calls) -> None:
    """Another answers the message in its place, once its time is up, and pays again only if nothing was kept."""
    document = service.document(KEY)
    worker = service.deliver(service.change(document, ONE))
    calls.let(service, worker)

    if worker and worker.stands_before:
        worker.kill()

    service.come_to_rest_and_check()
    order = Order(ONE[""])
    assert service.world.model.paid[order] <= 1 + (worker in service.world.model.asked[order])


@pytest.mark.parametrize("meanwhile", [TWO, GONE, PART_A], ids=["another text", "nothing", "a package"])
@at_every_call
def test_what_was_sent_and_is_slow_is_not_brought_back(service: Service, meanwhile: Content, calls: Calls) -> None:
    """Whoever sent it waits for an article that is another by now, and no event of theirs was answered yet."""
    document = service.document(KEY)
    slow = service.post(document, ONE)
    calls.let(service, slow)

    answer(service, document, meanwhile)
    service.go_on(slow)

    service.come_to_rest_and_check()


@at_every_call
def test_what_was_sent_and_is_uploaded_too_is_paid_for_once(service: Service, calls: Calls) -> None:
    """The request and the event ask for the same, one of them while the other is at it."""
    document = service.document(KEY)
    slow = service.post(document, ONE)
    calls.let(service, slow)

    answer(service, document, ONE)
    service.go_on(slow)

    service.come_to_rest_and_check()
    assert service.world.model.paid == {Order(ONE[""]): 1}


@at_every_call
def test_a_person_who_edits_while_a_regeneration_is_written_is_not_overwritten(service: Service, calls: Calls) -> None:
    """The regeneration is paid for, and its text is pending."""
    document = service.document(KEY)
    answer(service, document, ONE)
    regeneration = a_regeneration(service, document)
    calls.let(service, regeneration)

    service.edit(document.article_id(""))
    service.go_on(regeneration)

    service.come_to_rest_and_check()
    assert service.world.model.paid[Order(ONE[""], "regeneration 1")] == 1


@at_every_call
def test_a_regeneration_that_read_an_older_version_does_not_overwrite_a_newer_one(
    service: Service, calls: Calls
) -> None:
    """The regeneration is then about the newer one."""
    document = service.document(KEY)
    answer(service, document, ONE)
    regeneration = a_regeneration(service, document)
    calls.let(service, regeneration)

    answer(service, document, TWO)
    service.go_on(regeneration)

    service.come_to_rest_and_check()


@pytest.mark.parametrize("status", [Status.EDITED, Status.APPROVED, Status.REJECTED])
@at_every_call
def test_a_decision_is_about_what_was_seen(service: Service, status: Status, calls: Calls) -> None:
    """A version that comes while it is made, and that nobody saw, is pending as ever."""
    document = service.document(KEY)
    answer(service, document, ONE)
    service.edit(document.article_id(""))
    answer(service, document, TWO)
    [seen] = service.known(document)
    decides = service.decide(seen, status, of_pending=True)
    calls.let(service, decides)

    answer(service, document, THREE)
    service.go_on(decides)

    service.come_to_rest_and_check()


def test_the_pending_revision_of_a_rejected_text_is_gone_with_its_version(service: Service) -> None:
    """The article reads again as it did when the words were written, which nobody wants; nothing else is of it."""
    document = service.document(KEY)
    answer(service, document, ONE)
    service.edit(document.article_id(""))
    answer(service, document, TWO)
    [seen] = service.known(document)
    service.go_on(service.decide(seen, Status.REJECTED, of_pending=False))

    answer(service, document, ONE)

    service.come_to_rest_and_check()


def test_a_rejected_version_is_pending_again_once_it_has_gone_and_come_back(service: Service) -> None:
    """In between the words were about the very article again; now they are not, and their record has to say so."""
    document = service.document(KEY)
    answer(service, document, ONE)
    service.edit(document.article_id(""))
    answer(service, document, TWO)
    [seen] = service.known(document)
    service.go_on(service.decide(seen, Status.REJECTED, of_pending=True))

    answer(service, document, ONE)
    answer(service, document, TWO)

    service.come_to_rest_and_check()


def test_an_answer_that_is_hard_to_keep_is_not_paid_for_again(service: Service) -> None:
    """DynamoDB is slow twice, and then takes no record either; the next delivery finds the answer."""
    document = service.document(KEY)
    worker = service.deliver(service.change(document, ONE))
    service.go_on(worker, before=AFTER_READER)
    service.go_on(worker, calls=1)
    fail(service, worker)
    fail(service, worker)
    service.go_on(worker, before=SAVE)
    fail(service, worker)
    service.go_on(worker)

    service.come_to_rest_and_check()


def test_words_that_a_person_approved_stay_like_those_that_were_edited(service: Service) -> None:
    """They were the model's, and pending beside an older edit."""
    document = service.document(KEY)
    answer(service, document, ONE)
    service.edit(document.article_id(""))
    answer(service, document, TWO)

    service.approve(document.article_id(""))
    answer(service, document, THREE)

    service.come_to_rest_and_check()


def test_what_cannot_be_stored_at_its_last_delivery_is_dead_lettered(service: Service) -> None:
    """Unlike what a poller dropped: the reason names the article."""
    document = service.document(KEY)
    letter = service.change(document, ONE)
    letter.receive_count = MAX_RECEIVES - 1
    worker = service.deliver(letter)
    service.go_on(worker, before=SAVE)
    fail(service, worker)
    service.go_on(worker)

    [dead] = service.queue.dead
    assert dead.reason
    assert dead.reason.article_id == KEY
    service.come_to_rest_and_check()


@pytest.mark.parametrize("first", [0, 1], ids=["the package first", "the object first"])
@at_every_call
def test_two_objects_with_one_id_do_not_touch_each_other(service: Service, first: int, calls: Calls) -> None:
    """One has the id, the other is dead-lettered; once the first is gone it has the id, and the first has nothing."""
    documents = [(service.document("wire"), {"a": "A part.", "b": "Another."}), (service.document("wire/a"), ONE)]
    (slow, content), (fast, other) = documents[first], documents[1 - first]
    overtaken(service, slow, content, calls, lambda: answer(service, fast, other))
    redeliver(service)

    owner, second = (fast, slow) if (owned := current(service)).article.key == fast.key else (slow, fast)
    assert (owned.status, owned.revision, owned.article.key) == (Status.GENERATED, 1, owner.key)
    [dead] = service.queue.dead
    assert dead.reason
    assert (dead.reason.article_id, dead.body) == ("wire/a", second.news)
    answer(service, owner, GONE)
    service.queue.redrive()
    redeliver(service)

    assert (current(service).status, current(service).article.key) == (Status.GENERATED, second.key)
    answer(service, second, GONE)
    assert (current(service).status, service.queue.dead) == (Status.WITHDRAWN, [])
    service.wait(1)


def current(service: Service) -> Record:
    """The record that two objects lay claim to."""
    stored = service.summaries.current(ArticleId("wire/a"))
    assert stored
    return stored.record


def redeliver(service: Service) -> None:
    """Deliver what is left in the queue."""
    while service.queue.letters:
        service.wait_for_letter()
        service.go_on(service.deliver(service.queue.visible()[0]))


def answer(service: Service, document: UploadedDocument, content: Content) -> None:
    """Upload ``content``, and answer for it without trouble."""
    service.go_on(service.deliver(service.change(document, content)))


def answer_without_model(service: Service, document: UploadedDocument, content: Content) -> None:
    """Upload ``content``, and find the model unusable."""
    worker = service.deliver(service.change(document, content))
    service.go_on(worker, before=MODEL)
    if worker and worker.stands_before:
        worker.fail(ModelUnusable("No key."))
    service.go_on(worker)


def a_regeneration(service: Service, document: UploadedDocument) -> Worker | None:
    """Request a regeneration, and begin with it."""
    [seen] = service.known(document)
    letter = service.regenerate(document, seen)
    assert letter
    return service.deliver(letter)


def overtaken(
    service: Service, document: UploadedDocument, content: Content, calls: Calls, by: Callable[[], object]
) -> None:
    """Upload ``content``, and have its worker wait after so many ``calls`` until ``by`` is over."""
    slow = service.deliver(service.change(document, content))
    calls.let(service, slow)
    by()
    service.go_on(slow)


def fail(service: Service, worker: Worker | None) -> None:
    """Throttle the next call of ``worker``."""
    assert worker
    assert worker.stands_before
    worker.fail(throttled(worker.stands_before))
    service.look_at(worker)
