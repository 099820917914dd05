"""The queues of uploads and of the background lane, and how their workers take from them."""

from typing import Any

import pytest

from cloudformation import DAY, HOUR, module_of, of_type, plain, properties, stack, variables_of
from standfirst.adapters.aws.idempotency import KEEP_GENERATIONS_SECONDS
from standfirst.domain import retry_backoff
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_SECONDS

EACH_LANE = pytest.mark.parametrize(
    ("function", "queue", "dead_letters"),
    [
        ("SummarizeUploads", "UploadsQueue", "UploadsDeadLetterQueue"),
        ("BackfillArticles", "BackfillQueue", "BackfillDeadLetterQueue"),
    ],
    ids=["uploads", "backfills"],
)


def mapping(function: str) -> dict[str, Any]:
    """How its queue hands its messages to the worker."""
    mappings = of_type("AWS::Lambda::EventSourceMapping").values()
    (found,) = [each for each in mappings if plain(each["FunctionName"]) == f"{function}.Alias"]
    return dict(found)


@EACH_LANE
def test_a_message_stays_hidden_for_six_function_timeouts_and_the_batching_window(
    function: str, queue: str, dead_letters: str
) -> None:
    """AWS's rule: less, and a slow batch is handed out a second time while the first still works."""
    del dead_letters
    timeout, window = properties(function)["Timeout"], mapping(function)["MaximumBatchingWindowInSeconds"]

    assert properties(queue)["VisibilityTimeout"] >= 6 * timeout + window


@EACH_LANE
def test_the_model_is_given_up_before_the_batch_and_the_batch_before_lambda_ends_it(
    function: str, queue: str, dead_letters: str
) -> None:
    """Each leaves the next one time to do its part; else a whole batch is paid for and delivered again."""
    del queue, dead_letters
    timeout = properties(function)["Timeout"]

    assert module_of(function).LAST_SECONDS < AFTER_MODEL_SECONDS
    assert timeout / 2 > MODEL_SECONDS
    assert timeout <= 900


@EACH_LANE
def test_the_longest_delay_is_one_that_sqs_grants(function: str, queue: str, dead_letters: str) -> None:
    """Twelve hours from the delivery; SQS refuses more, and the message would come back unheeded and much too soon."""
    del queue, dead_letters
    assert retry_backoff.LONGEST_SECONDS + properties(function)["Timeout"] <= 12 * HOUR


@EACH_LANE
def test_a_message_outlives_all_its_deliveries(function: str, queue: str, dead_letters: str) -> None:
    """Were it deleted while it is hidden for the fourth time, nobody would hear of the article."""
    del function, dead_letters
    receive_count = properties(queue)["RedrivePolicy"]["maxReceiveCount"]

    assert properties(queue)["MessageRetentionPeriod"] > (receive_count - 1) * retry_backoff.LONGEST_SECONDS + 7 * DAY


@EACH_LANE
def test_a_message_is_tried_five_times_before_it_is_put_aside(function: str, queue: str, dead_letters: str) -> None:
    """Fewer would bury good uploads when the function is throttled."""
    del function
    redrive = properties(queue)["RedrivePolicy"]

    assert redrive["maxReceiveCount"] >= 5
    assert plain(redrive["deadLetterTargetArn"]) == f"{dead_letters}.Arn"


def test_a_backfill_may_wait_for_the_budget_of_three_days() -> None:
    """Each night takes three deliveries at most, and some are left for what fails."""
    nights = 3 * -(-DAY // retry_backoff.LONGEST_SECONDS)

    assert properties("BackfillQueue")["RedrivePolicy"]["maxReceiveCount"] > nights


@EACH_LANE
def test_the_worker_knows_which_delivery_is_the_last(function: str, queue: str, dead_letters: str) -> None:
    """At that one nobody waits for the model any longer; were the figures to differ, articles would be put aside."""
    del dead_letters
    variables = variables_of(function)

    assert variables["MAX_RECEIVES"] == str(properties(queue)["RedrivePolicy"]["maxReceiveCount"])


@EACH_LANE
def test_the_worker_knows_both_queues(function: str, queue: str, dead_letters: str) -> None:
    """The one it hides messages of, and the one it puts them aside in."""
    variables = variables_of(function)

    assert variables["UPLOADS_QUEUE_URL"] == {"Ref": queue}
    assert variables["DEAD_LETTER_QUEUE_URL"] == {"Ref": dead_letters}
    assert plain(mapping(function)["EventSourceArn"]) == f"{queue}.Arn"


@EACH_LANE
def test_the_dead_letter_queue_takes_from_its_queue_and_keeps_for_two_weeks(
    function: str, queue: str, dead_letters: str
) -> None:
    """There is time for a person to redrive, and no other queue can use it."""
    del function, queue
    allowed = properties(dead_letters)["RedriveAllowPolicy"]

    assert properties(dead_letters)["MessageRetentionPeriod"] == 14 * DAY
    assert allowed["redrivePermission"] == "byQueue"
    # That it is this queue: test_names.py.
    assert len(allowed["sourceQueueArns"]) == 1


@EACH_LANE
def test_a_dead_letter_is_kept_at_least_as_long_as_a_message(function: str, queue: str, dead_letters: str) -> None:
    """Its age goes on from when it was sent (SQS developer guide): with less it might be gone as soon as it arrives."""
    del function
    kept = [properties(name)["MessageRetentionPeriod"] for name in (queue, dead_letters)]

    assert kept == sorted(kept)


@EACH_LANE
def test_what_was_paid_for_is_remembered_as_long_as_a_message_may_lie(
    function: str, queue: str, dead_letters: str
) -> None:
    """A redrive on the last day finds the text, and pays for none."""
    del function, queue
    assert properties(dead_letters)["MessageRetentionPeriod"] <= KEEP_GENERATIONS_SECONDS


@EACH_LANE
def test_what_waits_in_a_queue_that_gets_another_name_is_kept(function: str, queue: str, dead_letters: str) -> None:
    """A queue of another name is another queue; with the stack, both are deleted."""
    del function
    for name in (queue, dead_letters):
        resource = stack()["Resources"][name]
        assert (resource["UpdateReplacePolicy"], resource["DeletionPolicy"]) == ("Retain", "Delete")


@pytest.mark.parametrize(
    ("function", "concurrency"),
    [("SummarizeUploads", "MaximumConcurrency"), ("BackfillArticles", "BackfillConcurrency")],
    ids=["uploads", "backfills"],
)
def test_one_bad_record_does_not_fail_its_batch(function: str, concurrency: str) -> None:
    """Ten messages a batch, each reported on its own, at a bounded number of batches: a lane's own."""
    assert mapping(function)["BatchSize"] == 10
    assert mapping(function)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping(function)["ScalingConfig"]["MaximumConcurrency"] == {"Ref": concurrency}


@EACH_LANE
def test_every_record_of_a_batch_gets_a_thread_even_beside_those_that_hang(
    function: str, queue: str, dead_letters: str
) -> None:
    """One that waits for a thread waits in vain, once a batch whose time was up still holds them."""
    del queue, dead_letters
    workers = module_of(function).threads()._max_workers  # noqa: SLF001 - nothing else says it

    assert workers >= 2 * mapping(function)["BatchSize"]


@pytest.mark.parametrize(
    ("logical_id", "queue", "metric", "least", "most"),
    [
        ("UploadsDeadLetterAlarm", "UploadsDeadLetterQueue", "ApproximateNumberOfMessagesVisible", 0, 0),
        ("UploadsDeadLetterAgeAlarm", "UploadsDeadLetterQueue", "ApproximateAgeOfOldestMessage", 1 * DAY, 7 * DAY),
        ("UploadsAgeAlarm", "UploadsQueue", "ApproximateAgeOfOldestMessage", 600, 2 * HOUR),
        ("BackfillDeadLetterAlarm", "BackfillDeadLetterQueue", "ApproximateNumberOfMessagesVisible", 0, 0),
    ],
    ids=["a dead letter", "an old dead letter", "an old upload", "a dead letter of a backfill"],
)
def test_a_queue_that_needs_a_person_raises_an_alarm(
    logical_id: str, queue: str, metric: str, least: int, most: int
) -> None:
    """At the first dead letter, while there is still a week to redrive it, and when uploads wait."""
    alarm = properties(logical_id)
    (dimension,) = alarm["Dimensions"]

    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", metric)
    assert (dimension["Name"], plain(dimension["Value"])) == ("QueueName", f"{queue}.QueueName")
    assert (alarm["Statistic"], alarm["ComparisonOperator"]) == ("Maximum", "GreaterThanThreshold")
    assert least <= alarm["Threshold"] <= most


def test_an_upload_that_fails_for_now_raises_no_alarm_yet() -> None:
    """A single delay of our own accord is no reason to wake anybody."""
    alarm = properties("UploadsAgeAlarm")

    assert alarm["Threshold"] >= retry_backoff.MOST_SECONDS
