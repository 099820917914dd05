"""Runs of the backfill over fakes, from the listing to the records."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backfill_case import TODAY, FakeModel, Killer, World
from builders import a_deadline, a_record, a_style, an_article, replace_stored
from standfirst.domain.article import ArticleId
from standfirst.domain.backfill_run import Action, Options, State, Wanted
from standfirst.domain.errors import RunInProgress
from standfirst.domain.record import ArticleSource, Status
from standfirst.domain.versions import Readable
from standfirst.use_cases.backfill import advance, batches
from standfirst.use_cases.backfill.advance import Pace, Step
from standfirst.use_cases.backfill.decide import action_for
from standfirst.use_cases.backfill.prepare import PrepareDocuments

_DEADLINE = a_deadline(60)


def _review(world: World, key: str) -> None:
    """Has a person approve the text of an article."""
    stored = world.summaries.current(ArticleId(key))
    assert stored is not None
    approved = stored.record.model_copy(update={"status": Status.APPROVED, "revision": 2})
    replace_stored(world.summaries, stored, approved)


def test_a_run_in_batches_writes_about_every_article_once() -> None:
    """Each is paid for in a batch, and none live."""
    world = World(documents=60)

    run = world.run_to_end(world.begin())

    assert (run.state, run.counts.written, world.written) == (State.DONE, 60, 60)
    assert set(world.model.paid.values()) == {1}
    assert not world.model.live


def test_a_second_run_finds_all_done() -> None:
    """It is safe to run it twice, and costs nothing."""
    world = World()
    world.run_to_end(world.begin())
    paid = world.model.paid.copy()
    world.clock.moment += timedelta(hours=1)

    again = world.run_to_end(world.begin())

    assert (again.counts.done, again.counts.written) == (30, 0)
    assert world.model.paid == paid


@pytest.mark.parametrize("is_done", [True, False], ids=["after the call", "before the call"])
def test_killed_at_any_call_it_pays_nothing_twice_and_leaves_nothing_out(
    monkeypatch: pytest.MonkeyPatch, *, is_done: bool
) -> None:
    """Wherever the function ends, the next invocation goes on; and no cost is forgotten."""
    monkeypatch.setattr(advance, "PART_DOCUMENTS", 2)
    whole = World(documents=3)
    whole.run_to_end(whole.begin())
    assert whole.killer.calls > 60

    for at in range(1, whole.killer.calls + 1):
        world = World(documents=3, killer=Killer(at, is_done=is_done))
        run = world.run_to_end(world.begin())

        assert (run.state, world.written, run.counts.written) == (State.DONE, 3, 3), at
        assert set(world.model.paid.values()) == {1}, at
        assert world.budget is not None
        assert sum(world.budget.by_day.values()) >= Decimal(run.counts.batch_usd) == Decimal("0.0024"), at


def test_parts_that_were_not_prepared_are_prepared_before_they_are_counted() -> None:
    """As when the execution was stopped in the map: what is done already is not taken for what is to be written."""
    world = World(documents=60)
    run = world.begin()
    first = world.advance(run.run_id, 1, _DEADLINE)
    (part, *_) = json.loads("".join(world.files.read(first.manifest)))
    PrepareDocuments(world.decide, world.files)(run, part["folder"], part["part"], part["keys"])

    again = world.advance(run.run_id, 2, _DEADLINE)

    assert again.step is Step.PREPARE
    missing = json.loads("".join(world.files.read(again.manifest)))
    assert [each["part"] for each in missing] == [1, 2]
    world.prepare(run, again.manifest)
    assert world.run_to_end(run, serial=2).counts.written == 60


def test_nothing_is_sent_while_the_budget_is_spent() -> None:
    """It would wait in the queue, before upgrades of today's news."""
    world = World(documents=3)
    assert world.budget is not None
    world.budget.by_day[TODAY.date()] = Decimal(5)
    run = world.begin(mode="live")
    world.step(run)

    todo = world.advance(run.run_id, 1, _DEADLINE)

    assert todo.step is Step.WAIT
    assert world.queue.sent == []
    assert world.run_to_end(run).counts.written == 3


def test_a_batch_that_expires_half_way_pays_for_what_was_done() -> None:
    """What it did not come to is in the next batch, and nothing is in two that are paid."""
    world = World(model=FakeModel(answered_at_most=12))

    run = world.run_to_end(world.begin())

    assert (run.counts.written, world.written) == (30, 30)
    assert [len(lines) for lines in world.model.batches.values()] == [30, 18, 6]
    assert set(world.model.paid.values()) == {1}
    assert not world.model.live


def test_what_a_batch_refuses_is_tried_live() -> None:
    """The provider would refuse it in the next batch as well."""
    world = World(model=FakeModel(refuses=frozenset({"text 3"})))

    run = world.run_to_end(world.begin())

    assert run.counts.written == 30
    assert world.model.live == {"text 3": 1}


def test_a_long_article_and_one_under_embargo_go_live() -> None:
    """The first needs several requests; the second is not left with the provider for a day."""
    world = World(documents=2)
    world.put("news/long.txt", "long text")

    world.run_to_end(world.begin())

    assert world.model.live == {"long text": 1}
    assert world.written == 3


def test_the_same_text_under_two_keys_is_paid_for_once() -> None:
    """A wire's article that two sections have, near each other in the listing or far apart."""
    world = World(documents=40)
    world.put("news/0000b.txt", "text 1")
    world.put("sports/0001.txt", "text 1")

    world.run_to_end(world.begin())

    assert world.written == 42
    assert set(world.model.paid.values()) == {1}


def test_a_budget_that_is_spent_waits_for_the_next_day() -> None:
    """Nothing is left out, and no day's budget is overspent."""
    world = World(documents=120, usd_a_day=Decimal("0.065"))

    run = world.run_to_end(world.begin())

    assert (run.counts.written, world.written) == (120, 120)
    assert world.budget is not None
    assert len(world.budget.by_day) >= 2
    assert max(world.budget.by_day.values()) <= Decimal("0.065")
    assert set(world.model.paid.values()) == {1}


def test_what_a_batch_cost_is_counted_and_the_rest_of_its_reservation_given_back() -> None:
    """For what the answers need next: revisions, second readings."""
    world = World()

    run = world.run_to_end(world.begin())

    assert world.budget is not None
    assert sum(world.budget.by_day.values()) == Decimal(run.counts.batch_usd) == Decimal("0.0008") * 30


def test_a_pause_takes_effect_once_what_is_paid_for_is_collected() -> None:
    """And a resumed run goes on where it was."""
    world = World(model=FakeModel(is_over=False))
    run = world.begin()
    while not world.model.batches:
        world.step(run)
    world.control.want(None, Wanted.PAUSE)
    assert world.step(run).step is Step.WAIT

    world.model.is_over = True
    paused = world.run_to_end(run)
    assert (paused.state, world.written) == (State.PAUSED, 30)

    world.control.want(None, Wanted.RUN)
    done = world.run_to_end(run, serial=2)
    assert (done.state, done.counts.written) == (State.DONE, 30)
    assert set(world.model.paid.values()) == {1}


def test_a_stop_cancels_what_is_not_answered() -> None:
    """The run is over then, and another may begin."""
    world = World(model=FakeModel(is_over=False))
    run = world.begin()
    while not world.model.batches:
        world.step(run)

    world.control.want(None, Wanted.STOP)
    stopped = world.run_to_end(run)

    assert (stopped.state, world.written) == (State.STOPPED, 0)
    assert not world.cache.claims
    world.model.is_over = True
    world.clock.moment += timedelta(hours=1)
    assert world.run_to_end(world.begin()).counts.written == 30


def test_only_one_run_goes_on_at_a_time() -> None:
    """The second is told of the first."""
    world = World()
    world.begin()

    with pytest.raises(RunInProgress):
        world.begin()


def test_an_older_execution_ends_once_a_later_one_has_the_run() -> None:
    """Whatever resumed the run while it went on."""
    world = World()
    run = world.begin()
    world.step(run, serial=2)

    assert world.advance(run.run_id, 1, _DEADLINE).step is Step.END


def test_an_execution_is_followed_by_another_before_its_history_is_full() -> None:
    """A standard execution has 25,000 events at most."""
    world = World()
    run = world.begin()
    world.runs.kept[run.run_id] = run.with_(steps=Pace().steps).model_dump_json()

    steps = [world.step(run).step for _ in range(2)]

    assert steps == [Step.PREPARE, Step.RENEW]
    assert world.run_to_end(run, serial=2).counts.written == 30


def test_a_limit_counts_documents_to_write_about() -> None:
    """The first ones that lack a text."""
    world = World(documents=60)
    world.run_to_end(world.begin(limit=7))
    world.clock.moment += timedelta(hours=1)

    run = world.run_to_end(world.begin(limit=10))

    assert (run.counts.done, run.counts.written, world.written) == (7, 10, 17)


def test_what_was_modified_before_the_day_is_not_read() -> None:
    """It is counted as too old."""
    world = World(documents=5)
    world.listing.modified = {"news/0001.txt": TODAY - timedelta(days=400)}

    run = world.run_to_end(world.begin(since=date(2026, 1, 1)))

    assert (run.counts.older, run.counts.listed, run.counts.written) == (1, 5, 4)


def test_only_articles_below_the_prefix_are_listed() -> None:
    """Others are none of the run's business."""
    world = World(documents=3)
    world.put("sports/final.txt", "a final")

    run = world.run_to_end(world.begin(prefix="sports/"))

    assert (run.counts.listed, world.written) == (1, 1)


def test_a_text_by_an_older_prompt_is_written_anew_if_that_is_asked_for() -> None:
    """And one that a person reviewed is left alone."""
    world = World(documents=3)
    world.run_to_end(world.begin())
    world.clock.moment += timedelta(hours=1)
    assert world.run_to_end(world.begin(rewrite_below_prompt=3)).counts.written == 0
    _review(world, "news/0001.txt")
    world.model.identity = type(world.model.identity)("openai", model="gpt", prompt="4")
    world.clock.moment += timedelta(hours=1)

    run = world.run_to_end(world.begin(rewrite_below_prompt=4))

    assert (run.counts.written, run.counts.other) == (2, 1)
    assert world.model.paid == {"text 0": 2, "text 1": 1, "text 2": 2}


def test_a_document_that_cannot_be_decided_about_is_left_in_the_end() -> None:
    """The others are written about, and it is counted."""
    world = World(documents=3)
    world.articles.objects["news/0001.txt"] = RuntimeError("broken")
    run = world.begin()

    for _ in range(100):
        try:
            if world.step(run).step is Step.END:
                break
        except RuntimeError:
            continue
    done = world.runs.get(run.run_id)

    assert done is not None
    assert (done.state, done.counts.written, done.counts.left) == (State.DONE, 2, 1)


def test_nothing_of_a_run_is_left_with_the_provider_or_in_files_with_texts() -> None:
    """Its files hold articles."""
    world = World()

    world.run_to_end(world.begin())

    assert world.model.discarded == set(world.model.batches)
    assert not [name for name in world.files.kept if name.startswith("texts/")]


def test_live_every_document_goes_into_the_queue_while_it_has_room() -> None:
    """And the run waits until there is some."""
    world = World(documents=450)
    run = world.begin(mode="live")
    depths = []
    for _ in range(60):
        step = world.advance(run.run_id, 1, a_deadline(60))
        if step.step is Step.PREPARE:
            world.prepare(run, step.manifest)
        depths.append(len(world.queue.sent))
        world.clock.moment += timedelta(seconds=step.seconds)
        world.work()
        if step.step is Step.END:
            break

    done = world.runs.get(run.run_id)
    assert done is not None
    assert (done.state, done.counts.written) == (State.DONE, 450)
    assert max(depths) == 200
    assert set(world.model.live.values()) == {1}
    assert not world.model.batches


def test_a_pause_feeds_no_more_that_is_not_paid_for() -> None:
    """What is in the queue already is worked off."""
    world = World(documents=450)
    run = world.begin(mode="live")
    while not world.model.live:
        world.step(run)

    world.control.want(None, Wanted.PAUSE)
    paused = world.run_to_end(run)

    assert paused.state is State.PAUSED
    assert world.written < 450
    world.control.want(None, Wanted.RUN)
    assert world.run_to_end(run, serial=2).counts.written == 450
    assert set(world.model.paid.values()) == {1}


def test_a_file_has_no_more_requests_than_the_provider_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is in the next one, of the same round."""
    monkeypatch.setattr(batches, "MOST_REQUESTS", 50)
    world = World(documents=120)

    run = world.run_to_end(world.begin())

    assert [len(lines) for lines in world.model.batches.values()] == [50, 50, 20]
    assert (run.counts.written, run.rounds) == (120, 1)


def test_what_is_erased_while_it_is_in_a_batch_is_not_kept() -> None:
    """A takedown deletes the claim, and the answer that comes later finds none."""
    world = World(documents=2, model=FakeModel(is_over=False))
    run = world.begin()
    while not world.model.batches:
        world.step(run)

    for content in [*world.cache.content.values()]:
        world.cache.forget(content)
    world.articles.objects.clear()
    world.model.is_over = True
    done = world.run_to_end(run)

    assert done.state is State.DONE
    assert not world.cache.answers


def test_an_article_of_before_the_day_is_left_although_its_object_is_newer() -> None:
    """A migration has touched the whole bucket; a day without a zone is not taken for an earlier one."""
    options = Options(since=date(2026, 3, 3))
    published = {
        "2026-03-02": Action.OLDER,
        "2026-03-03": Action.LIVE,
        "2026-03-02T23:30:00+01:00": Action.OLDER,
        "2026-03-02T23:30:00-05:00": Action.LIVE,
        None: Action.LIVE,
    }

    for moment, action in published.items():
        assert action_for(_version(published_at=moment), None, options) is action, moment


@pytest.mark.parametrize(
    ("changes", "action"),
    [
        ({}, Action.DONE),
        ({"content_hash": "another"}, Action.LIVE),
        ({"status": Status.REJECTED}, Action.OTHER),
        ({"last_reviewed": 1}, Action.OTHER),
        ({"status": Status.WITHDRAWN}, Action.OTHER),
        ({"erased_content": ("c",)}, Action.OTHER),
        ({"article": ArticleSource(bucket="b", key="other/politics/ferry")}, Action.OTHER),
    ],
    ids=["current", "other content", "rejected", "reviewed once", "withdrawn", "erased", "another object"],
)
def test_what_is_stored_decides_about_a_document(changes: dict[str, object], action: Action) -> None:
    """A text is written where there is none of this content, and never over a person's."""
    stored = a_record("politics/ferry.txt").model_copy(update={"content_hash": "c", **changes})

    assert action_for(_version(), stored, Options()) is action


def _version(published_at: str | None = None) -> Readable:
    article = replace(an_article("A ferry."), published_at=published_at)
    source = ArticleSource(bucket="b", key="politics/ferry.txt")
    return Readable(ArticleId("politics/ferry.txt"), source, article, a_style(), "f", "c")


def test_a_document_that_cannot_be_read_has_a_record_that_says_so() -> None:
    """As it would have after an upload; nothing is paid for it."""
    world = World(documents=1)
    world.put("news/empty.txt", "")

    run = world.run_to_end(world.begin())

    stored = world.summaries.current(ArticleId("news/empty.txt"))
    assert stored is not None
    assert stored.record.status is Status.FAILED
    assert run.counts.written == 2
    assert sum(world.model.paid.values()) == 1


def test_a_key_may_have_any_character() -> None:
    """Also one that ends a line."""
    world = World(documents=1)
    world.put("news/a\nb\u2028c.txt", "another text")

    assert world.run_to_end(world.begin()).counts.written == 2
    assert world.written == 2


def test_each_article_of_a_package_is_written_about() -> None:
    """By one command for the document, which comes once the batch has answered all of them."""
    world = World(documents=1)
    world.put("news/feed.txt", "# one\nThe first.\n# two\nThe second.")

    run = world.run_to_end(world.begin())

    assert run.counts.written == 2
    assert [world.summaries.current(ArticleId(f"news/feed.txt/{part}")) is not None for part in ("one", "two")] == [
        True,
        True,
    ]
    assert world.model.paid == {"text 0": 1, "The first.": 1, "The second.": 1}
