"""What a handler learns of its invocation."""

from standfirst_local.functions import LocalContext


def test_the_time_that_remains_is_counted_from_the_start_of_the_invocation() -> None:
    """Down from the function's timeout."""
    context = LocalContext("worker", 128, "request-1", timeout_seconds=90)

    first, second = context.get_remaining_time_in_millis(), context.get_remaining_time_in_millis()

    assert 90_000 >= first >= second > 0


def test_a_function_that_is_late_has_no_time_left() -> None:
    """Never less than none."""
    long_ago = LocalContext("worker", 128, "request-1", timeout_seconds=90).started - 91

    late = LocalContext("worker", 128, "request-1", timeout_seconds=90, started=long_ago)

    assert late.get_remaining_time_in_millis() == 0
