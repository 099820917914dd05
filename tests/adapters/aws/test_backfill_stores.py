"""What a run of the backfill is kept in: one contract for the table of runs and its fake; its files; the listing."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest

from backfill_case import TODAY, FakeFiles, FakeRuns, StillClock
from standfirst.adapters.aws.object_listing import S3ObjectListing
from standfirst.adapters.aws.run_files import S3RunFiles
from standfirst.adapters.aws.run_table import DynamoDbRunTable
from standfirst.domain.backfill_run import Options, Run, State, Wanted
from standfirst.domain.errors import RunHeld, RunInProgress
from standfirst.domain.ports import RunFiles, RunStore

SOON = TODAY + timedelta(minutes=15)


@pytest.fixture
def clock() -> StillClock:
    """A clock that stands."""
    return StillClock()


@pytest.fixture(params=["in memory", "DynamoDB"])
def runs(request: pytest.FixtureRequest, clock: StillClock) -> RunStore:
    """An empty table of runs."""
    if request.param == "in memory":
        return FakeRuns(clock)
    storage: Mapping[str, str] = request.getfixturevalue("storage")
    return DynamoDbRunTable(storage["ModelStateTable"], clock)


@pytest.fixture(params=["in memory", "S3"])
def files(request: pytest.FixtureRequest) -> RunFiles:
    """An empty bucket of files."""
    if request.param == "in memory":
        return FakeFiles()
    storage: Mapping[str, str] = request.getfixturevalue("storage")
    return S3RunFiles(storage["BackfillBucket"])


@pytest.fixture
def run(runs: RunStore) -> Iterator[Run]:
    """A run that has begun; it is over in the end, because the table is one for all tests."""
    begun = a_run(f"run {datetime.now(UTC):%H%M%S%f}")
    runs.begin(begun)
    yield begun
    if (last := runs.newest()) and not last.state.is_over:
        serial = last.serial + 1
        held = SOON + timedelta(days=1)
        if found := runs.hold(last.run_id, serial, held):
            runs.save(found.with_(state=State.DONE), held)


def a_run(run_id: str) -> Run:
    """One that has just begun."""
    return Run(run_id=run_id, bucket="articles", options=Options(prefix="news/"), began_at=TODAY, updated_at=TODAY)


def test_a_run_is_read_as_it_was_stored(runs: RunStore, run: Run) -> None:
    """The newest one, and by its id; others are not there."""
    assert runs.newest() == runs.get(run.run_id) == run
    assert runs.get("another") is None


def test_a_second_run_does_not_begin(runs: RunStore, run: Run) -> None:
    """Until the first is over."""
    with pytest.raises(RunInProgress):
        runs.begin(a_run("a second"))

    found = runs.hold(run.run_id, 1, SOON)
    assert found is not None
    runs.save(found.with_(state=State.STOPPED), SOON)
    second = a_run(f"{run.run_id} b")
    runs.begin(second)
    assert runs.newest() == second


def test_one_invocation_at_a_time_holds_a_run(runs: RunStore, run: Run, clock: StillClock) -> None:
    """Until it lets go, or its time is up."""
    assert runs.hold(run.run_id, 1, SOON) == run
    with pytest.raises(RunHeld):
        runs.hold(run.run_id, 1, SOON + timedelta(seconds=1))

    runs.let_go(run.run_id, SOON)
    assert runs.hold(run.run_id, 1, SOON + timedelta(seconds=2)) == run
    clock.moment = SOON + timedelta(seconds=3)
    assert runs.hold(run.run_id, 1, SOON + timedelta(hours=1)) == run
    clock.moment = SOON + timedelta(hours=2)


def test_what_lost_its_hold_stores_nothing(runs: RunStore, run: Run, clock: StillClock) -> None:
    """Somebody else has gone on meanwhile."""
    late = runs.hold(run.run_id, 1, SOON)
    assert late is not None
    clock.moment = SOON + timedelta(seconds=1)
    held = SOON + timedelta(hours=1)
    found = runs.hold(run.run_id, 1, held)
    assert found is not None
    runs.save(found.with_(cursor="b"), held)

    with pytest.raises(RunHeld):
        runs.save(late.with_(cursor="a"), SOON)
    runs.let_go(run.run_id, SOON)

    stored = runs.get(run.run_id)
    assert stored is not None
    assert stored.cursor == "b"
    with pytest.raises(RunHeld):
        runs.hold(run.run_id, 1, held)
    clock.moment = held + timedelta(hours=1)


def test_a_later_execution_takes_a_run_over(runs: RunStore, run: Run) -> None:
    """And the earlier one gets it no more; its steps are counted anew."""
    found = runs.hold(run.run_id, 1, SOON)
    assert found is not None
    runs.save(found.with_(steps=900), SOON)
    runs.let_go(run.run_id, SOON)

    later = runs.hold(run.run_id, 2, SOON + timedelta(seconds=1))
    runs.let_go(run.run_id, SOON + timedelta(seconds=1))

    assert later is not None
    assert (later.serial, later.steps) == (2, 0)
    assert runs.hold(run.run_id, 1, SOON) is None
    assert runs.hold("another", 1, SOON) is None


def test_what_the_operator_wants_is_kept_beside_the_run(runs: RunStore, run: Run) -> None:
    """Nobody who works on the run overwrites it."""
    assert runs.wanted(run.run_id) is Wanted.RUN
    found = runs.hold(run.run_id, 1, SOON)
    runs.want(run.run_id, Wanted.PAUSE)
    assert found is not None
    runs.save(found.with_(cursor="c"), SOON)
    runs.let_go(run.run_id, SOON)

    assert runs.wanted(run.run_id) is Wanted.PAUSE


def test_a_file_has_the_lines_that_were_written(files: RunFiles, tmp_path: Path) -> None:
    """One that is not there has none; a lone surrogate does no harm."""
    files.write("lists/r/open", ["one", "zwei: ü", ""])
    assert [*files.read("lists/r/open")] == ["one", "zwei: ü", ""]
    assert [*files.read("lists/r/none")] == []

    path = tmp_path / "requests"
    path.write_bytes(b"a\nb\n")
    files.put("texts/r/batch", path)
    files.get("texts/r/batch", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == b"a\nb\n"


def test_files_are_deleted_by_their_folder(files: RunFiles) -> None:
    """And no others."""
    for name in ("texts/r/1/a", "texts/r/1/b", "texts/r/10/a"):
        files.write(name, ["x"])

    files.delete("texts/r/1/")

    assert [[*files.read(name)] for name in ("texts/r/1/a", "texts/r/1/b", "texts/r/10/a")] == [[], [], ["x"]]


def test_the_listing_goes_on_after_a_key(storage: Mapping[str, str]) -> None:
    """In the order of the keys, below the prefix, over the pages of S3."""
    s3, bucket = boto3.client("s3"), storage["BackfillBucket"]
    for key in ("l/a", "l/b", "l/c", "m/a"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    listing = S3ObjectListing()

    first = listing.after(bucket, "l/", None, 2)
    rest = listing.after(bucket, "l/", "l/b", 2)

    assert [each.key for each in [*first, *rest]] == ["l/a", "l/b", "l/c"]
    assert first[0].modified.tzinfo is not None
