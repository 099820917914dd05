"""The queues of uploads, and how SummarizeUploads takes from them."""

from typing import Any

import pytest

from cloudformation import DAY, HOUR, module_of, of_type, plain, properties, stack, variables_of
from standfirst.adapters.aws.idempotency import KEEP_GENERATIONS_SECONDS
from standfirst.domain import retry_backoff
from standfirst.domain.deadline import AFTER_MODEL_SECONDS, MODEL_SECONDS


def mapping() -> dict[str, Any]:
    """How the queue hands its messages to the worker."""
    (found,) = of_type("AWS::Lambda::EventSourceMapping").values()
    return dict(found)


def test_a_message_stays_hidden_for_six_function_timeouts_and_the_batching_window() -> None:
    """AWS's rule: less, and a slow batch is handed out a second time while the first still works."""
    timeout = properties("SummarizeUploads")["Timeout"]

    assert properties("UploadsQueue")["VisibilityTimeout"] >= 6 * timeout + mapping()["MaximumBatchingWindowInSeconds"]


def test_the_model_is_given_up_before_the_batch_and_the_batch_before_lambda_ends_it() -> None:
    """Each leaves the next one time to do its part; else a whole batch is paid for and delivered again."""
    timeout = properties("SummarizeUploads")["Timeout"]

    assert module_of("SummarizeUploads").LAST_SECONDS < AFTER_MODEL_SECONDS
    assert timeout / 2 > MODEL_SECONDS
    assert timeout <= 900


def test_the_longest_delay_is_one_that_sqs_grants() -> None:
    """Twelve hours from the delivery; SQS refuses more, and the message would come back unheeded and much too soon."""
    assert retry_backoff.LONGEST_SECONDS + properties("SummarizeUploads")["Timeout"] <= 12 * HOUR


def test_a_message_outlives_all_its_deliveries() -> None:
    """Were it deleted while it is hidden for the fourth time, nobody would hear of the article."""
    queue = properties("UploadsQueue")
    receive_count = queue["RedrivePolicy"]["maxReceiveCount"]

    assert queue["MessageRetentionPeriod"] > (receive_count - 1) * retry_backoff.LONGEST_SECONDS + 7 * DAY


def test_an_upload_is_tried_five_times_before_it_is_put_aside() -> None:
    """Fewer would bury good uploads when the function is throttled."""
    redrive = properties("UploadsQueue")["RedrivePolicy"]

    assert redrive["maxReceiveCount"] >= 5
    assert plain(redrive["deadLetterTargetArn"]) == "UploadsDeadLetterQueue.Arn"


def test_the_worker_knows_which_delivery_is_the_last() -> None:
    """At that one nobody waits for the model any longer; were the figures to differ, articles would be put aside."""
    variables = variables_of("SummarizeUploads")

    assert variables["MAX_RECEIVES"] == str(properties("UploadsQueue")["RedrivePolicy"]["maxReceiveCount"])


def test_the_worker_knows_both_queues() -> None:
    """The one it hides messages of, and the one it puts them aside in."""
    variables = variables_of("SummarizeUploads")

    assert variables["UPLOADS_QUEUE_URL"] == {"Ref": "UploadsQueue"}
    assert variables["DEAD_LETTER_QUEUE_URL"] == {"Ref": "UploadsDeadLetterQueue"}


def test_the_dead_letter_queue_takes_from_the_uploads_queue_and_keeps_for_two_weeks() -> None:
    """There is time for a person to redrive, and no other queue can use it."""
    dead_letters = properties("UploadsDeadLetterQueue")
    allowed = dead_letters["RedriveAllowPolicy"]

    assert dead_letters["MessageRetentionPeriod"] == 14 * DAY
    assert allowed["redrivePermission"] == "byQueue"
    # That it is this queue: test_names.py.
    assert len(allowed["sourceQueueArns"]) == 1


def test_a_dead_letter_is_kept_at_least_as_long_as_an_upload() -> None:
    """Its age goes on from when it was sent (SQS developer guide): with less it might be gone as soon as it arrives."""
    kept = [properties(name)["MessageRetentionPeriod"] for name in ("UploadsQueue", "UploadsDeadLetterQueue")]

    assert kept == sorted(kept)


def test_what_was_paid_for_is_remembered_as_long_as_a_message_may_lie() -> None:
    """A redrive on the last day finds the text, and pays for none."""
    assert properties("UploadsDeadLetterQueue")["MessageRetentionPeriod"] <= KEEP_GENERATIONS_SECONDS


def test_what_waits_in_a_queue_that_gets_another_name_is_kept() -> None:
    """A queue of another name is another queue; with the stack, both are deleted."""
    for name in ("UploadsQueue", "UploadsDeadLetterQueue"):
        resource = stack()["Resources"][name]
        assert (resource["UpdateReplacePolicy"], resource["DeletionPolicy"]) == ("Retain", "Delete")


def test_one_bad_record_does_not_fail_its_batch() -> None:
    """Ten uploads a batch, each reported on its own, at a bounded number of batches."""
    assert mapping()["BatchSize"] == 10
    assert mapping()["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping()["ScalingConfig"]["MaximumConcurrency"]


def test_every_record_of_a_batch_gets_a_thread_even_beside_those_that_hang() -> None:
    """One that waits for a thread waits in vain, once a batch whose time was up still holds them."""
    workers = module_of("SummarizeUploads").threads()._max_workers  # noqa: SLF001 - nothing else says it

    assert workers >= 2 * mapping()["BatchSize"]


@pytest.mark.parametrize(
    ("logical_id", "queue", "metric", "least", "most"),
    [
        ("UploadsDeadLetterAlarm", "UploadsDeadLetterQueue", "ApproximateNumberOfMessagesVisible", 0, 0),
        ("UploadsDeadLetterAgeAlarm", "UploadsDeadLetterQueue", "ApproximateAgeOfOldestMessage", 1 * DAY, 7 * DAY),
        ("UploadsAgeAlarm", "UploadsQueue", "ApproximateAgeOfOldestMessage", 600, 2 * HOUR),
    ],
    ids=["a dead letter", "an old dead letter", "an old upload"],
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
