"""The breaker before the model: Powertools' own, over DynamoDB (moto), with a model that is played."""

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from time import time
from typing import Any

import boto3
import pytest

from builders import A_MINUTE, a_draft, a_style, an_article
from fakes import ONE_CALL, FakeSummarizer
from standfirst.adapters.aws.circuit_breaker import (
    FAULTS_IN_A_ROW,
    OPERATOR_TRIAL_SECONDS,
    SECOND_READER,
    TRIAL_SECONDS,
    DynamoDbBreaker,
)
from standfirst.domain.draft import Draft
from standfirst.domain.errors import (
    BudgetSpent,
    ModelBusy,
    ModelDown,
    ModelMisconfigured,
    ModelOutputInvalid,
    ModelRefused,
    ModelSwitchedOff,
    ModelUnavailable,
    ModelUnusable,
    StandfirstError,
    StoreUnavailable,
)
from standfirst.domain.ports import Assignment, Generation, WriterIdentity
from standfirst.domain.usage import Usage
from standfirst.use_cases.model_call import ModelCall

# Powertools counts for the whole process, by name: each test has a model of its own.
MODELS = (f"model-{number}" for number in count())
GOOD = a_draft("The ferry is to return.", "The council voted.")

ANSWERS = [
    ModelBusy("429", retry_after=7),
    ModelRefused("refused"),
    ModelMisconfigured("400"),
    ModelOutputInvalid("cut off"),
]
"""Errors that say nothing against the model: it has answered."""

NOT_ASKED = [ModelUnavailable("too little time"), BudgetSpent("spent"), StoreUnavailable("DynamoDB")]
"""Errors of those who did not ask it."""


@dataclass
class Environment:
    """One execution environment: a model behind a breaker of its own, and the circuits that opened."""

    table: str
    model: str
    opened: list[str] = field(default_factory=list)
    spent: list[Usage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.identity = WriterIdentity("openai", model=self.model, prompt="1")
        self.summarizer = FakeSummarizer([], identity=self.identity)
        self.behind = ModelCall(self.summarizer, DynamoDbBreaker(self.table, self.identity, self.opened.append))

    def write(self, answer: Draft | Exception = GOOD) -> Generation:
        """What comes of it when the model would answer this."""
        self.summarizer.script = [answer]
        return self.behind.write(Assignment(an_article(), a_style(), A_MINUTE), self.spent.append)

    def meet(self, *errors: Exception) -> list[type[Exception]]:
        """Ask once for each error, which the model would answer with; what was raised."""
        raised = []
        for error in errors:
            with pytest.raises(StandfirstError) as caught:
                self.write(error)
            raised.append(caught.type)
        return raised

    @property
    def calls(self) -> int:
        """How often the model was asked."""
        return len(self.summarizer.assignments)

    @property
    def allowed(self) -> int:
        """How many of seven calls a look at the table would allow; each look is that of another environment."""
        return DynamoDbBreaker(self.table, self.identity).calls_allowed(7)


@pytest.fixture
def table(storage: Mapping[str, str]) -> str:
    """The table of the template."""
    return storage["ModelStateTable"]


@pytest.fixture
def here(table: str) -> Environment:
    """An environment with a model that nothing is known of."""
    return Environment(table, next(MODELS))


def another(here: Environment) -> Environment:
    """A second environment with the same model, which has not looked at the table yet."""
    return Environment(here.table, here.model)


def down(times: int = FAULTS_IN_A_ROW) -> list[Exception]:
    """So many faults that pass."""
    return [ModelDown("503", retry_after=3) for _ in range(times)]


def let_time_pass(here: Environment, seconds: int, circuit: str = "down", **more: Any) -> None:  # noqa: ANN401
    """Put the moment at which a circuit opened back, instead of waiting; an open one must be there."""
    key = {"id": {"S": f"openai/{here.model} {circuit}"}}
    dynamodb = boto3.client("dynamodb")
    item = dynamodb.get_item(TableName=here.table, Key=key)["Item"]
    moved = {"opened_at": {"N": str(int(item["opened_at"]["N"]) - seconds)}, **more}
    dynamodb.put_item(TableName=here.table, Item=item | moved)


# ----------------------------------------------------------------------------------------------------------------------
# Closed
# ----------------------------------------------------------------------------------------------------------------------


def test_a_model_that_answers_is_asked_as_if_there_were_no_breaker(here: Environment) -> None:
    """What it gives and what it costs are handed through, and so is who it is."""
    assert here.write() == Generation(GOOD)
    assert here.spent == [ONE_CALL]
    assert here.behind.identity == here.identity
    assert not here.opened


@pytest.mark.parametrize(
    "error",
    [*ANSWERS, *NOT_ASKED, *down(1)],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_handed_through_as_it_is(here: Environment, error: Exception) -> None:
    """The very object, with its ``retry_after``."""
    with pytest.raises(type(error)) as caught:
        here.write(error)

    assert caught.value is error


@pytest.mark.parametrize("error", [*ANSWERS, *NOT_ASKED], ids=lambda error: type(error).__name__)
def test_an_error_that_says_nothing_against_the_model_never_opens_it(here: Environment, error: Exception) -> None:
    """A rate limit is the queue's, a refusal the article's, and who did not ask cannot know."""
    raised = here.meet(*[error] * (2 * FAULTS_IN_A_ROW))

    assert raised == [type(error)] * (2 * FAULTS_IN_A_ROW)
    assert here.calls == 2 * FAULTS_IN_A_ROW
    assert not here.opened


@pytest.mark.parametrize(
    "error", [ModelUnavailable("too little time"), StoreUnavailable("DynamoDB")], ids=["no time", "a store"]
)
def test_a_call_that_was_not_made_counts_for_nothing(here: Environment, error: Exception) -> None:
    """Neither for nor against the model."""
    here.meet(*down(FAULTS_IN_A_ROW - 1), *[error] * FAULTS_IN_A_ROW)
    assert not here.opened

    here.meet(*down(1))

    assert here.opened


# ----------------------------------------------------------------------------------------------------------------------
# Open
# ----------------------------------------------------------------------------------------------------------------------


def test_it_opens_after_several_faults_in_a_row(here: Environment) -> None:
    """Then the model is not asked, nothing is paid, and ``on_open`` is called once."""
    raised = here.meet(*down())
    assert raised == [ModelDown] * FAULTS_IN_A_ROW
    assert here.opened == [f"openai/{here.model} down"]

    assert here.meet(*down(3)) == [ModelSwitchedOff] * 3
    with pytest.raises(ModelSwitchedOff):
        here.write(GOOD)

    assert here.calls == FAULTS_IN_A_ROW
    assert not here.spent
    assert len(here.opened) == 1


def test_one_fault_less_leaves_it_closed(here: Environment) -> None:
    """And the next success restarts the count."""
    here.meet(*down(FAULTS_IN_A_ROW - 1))
    here.write(GOOD)
    here.meet(*down(FAULTS_IN_A_ROW - 1))

    assert here.write(GOOD) == Generation(GOOD)
    assert not here.opened


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda error: type(error).__name__)
def test_an_answer_that_is_an_error_restarts_the_count(here: Environment, answer: Exception) -> None:
    """A provider that refuses is available."""
    here.meet(*down(FAULTS_IN_A_ROW - 1), answer, *down(FAULTS_IN_A_ROW - 1))

    assert not here.opened
    assert here.write(GOOD) == Generation(GOOD)


def test_a_fault_of_the_operators_opens_it_at_once(here: Environment) -> None:
    """No article after the first is held up by a wrong key."""
    assert here.meet(ModelUnusable("401")) == [ModelUnusable]
    assert here.opened == [f"openai/{here.model} unusable"]

    assert here.meet(ModelUnusable("401")) == [ModelSwitchedOff]

    assert here.calls == 1


@pytest.mark.parametrize("faults", [down(), [ModelUnusable("401")]], ids=["down", "unusable"])
def test_every_environment_sees_it_open(here: Environment, faults: list[Exception]) -> None:
    """One finds out for all; for the others it has not opened again."""
    here.meet(*faults)
    there = another(here)

    with pytest.raises(ModelSwitchedOff):
        there.write(GOOD)

    assert there.calls == 0
    assert not there.opened


def test_the_same_model_as_second_reader_is_asked_all_the_same(here: Environment) -> None:
    """What stops its readings stops no writing, and the other way round."""
    reader = DynamoDbBreaker(here.table, here.identity, here.opened.append, role=SECOND_READER)

    def refuse() -> None:
        raise ModelUnusable("It takes no such schema.")

    with pytest.raises(ModelUnusable):
        reader.call(refuse)

    assert here.opened == [f"second reader openai/{here.model} unusable"]
    assert reader.calls_allowed(7) == 0
    assert (here.write(GOOD), here.allowed) == (Generation(GOOD), 7)


def test_another_model_is_asked_all_the_same(here: Environment) -> None:
    """It has a circuit of its own: who changes the model need not wait."""
    here.meet(ModelUnusable("404"))

    assert Environment(here.table, next(MODELS)).write(GOOD) == Generation(GOOD)


def test_an_error_in_on_open_does_not_break_the_call(table: str) -> None:
    """The fault is what is raised."""

    def fail(circuit: str) -> None:
        raise ValueError(circuit)

    here = Environment(table, next(MODELS))
    here.behind = ModelCall(here.summarizer, DynamoDbBreaker(table, here.identity, fail))

    assert here.meet(ModelUnusable("401")) == [ModelUnusable]


# ----------------------------------------------------------------------------------------------------------------------
# The trial
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faults", "circuit", "seconds"),
    [(down(), "down", TRIAL_SECONDS), ([ModelUnusable("401")], "unusable", OPERATOR_TRIAL_SECONDS)],
    ids=["down", "unusable"],
)
def test_after_a_while_one_call_is_let_through_and_closes_it(
    here: Environment, faults: list[Exception], circuit: str, seconds: int
) -> None:
    """For everybody; where an operator has to act, the while is longer."""
    here.meet(*faults)
    let_time_pass(here, seconds - 10, circuit)
    early = another(here)
    assert early.meet(*down(1)) == [ModelSwitchedOff]
    let_time_pass(here, 10, circuit)

    there = another(here)

    assert there.write(GOOD) == Generation(GOOD)
    assert there.write(GOOD) == Generation(GOOD)
    assert another(here).write(GOOD) == Generation(GOOD)
    assert not there.opened


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda error: type(error).__name__)
def test_a_trial_that_is_answered_with_an_error_closes_it_too(here: Environment, answer: Exception) -> None:
    """The model is there again, whatever it says of this article."""
    here.meet(*down())
    let_time_pass(here, TRIAL_SECONDS)
    there = another(here)

    assert there.meet(answer) == [type(answer)]

    assert there.write(GOOD) == Generation(GOOD)
    assert here.allowed == 7


@pytest.mark.parametrize(
    ("faults", "circuit", "seconds"),
    [(down(), "down", TRIAL_SECONDS), ([ModelUnusable("401")], "unusable", OPERATOR_TRIAL_SECONDS)],
    ids=["down", "unusable"],
)
def test_a_trial_that_fails_opens_it_again(
    here: Environment, faults: list[Exception], circuit: str, seconds: int
) -> None:
    """One is enough, and ``on_open`` is called."""
    here.meet(*faults)
    let_time_pass(here, seconds, circuit)
    there = another(here)

    assert there.meet(*faults[:1]) == [type(faults[0])]

    assert there.opened == [f"openai/{here.model} {circuit}"]
    assert there.meet(*down(1)) == [ModelSwitchedOff]
    assert here.allowed == 0


def test_only_one_environment_makes_the_trial(here: Environment) -> None:
    """The others wait for how it ends."""
    here.meet(*down())
    let_time_pass(here, TRIAL_SECONDS)
    there, elsewhere = another(here), another(here)
    seen: list[list[type[Exception]]] = []

    def record_usage(_: Usage) -> None:
        # From another thread: one and the same would be taken for the one that makes the trial.
        seen.append(_in_a_thread(elsewhere))

    there.summarizer.script = [GOOD]
    there.behind.write(Assignment(an_article(), a_style(), A_MINUTE), record_usage)

    assert seen == [[ModelSwitchedOff]]
    assert elsewhere.calls == 0


def _in_a_thread(environment: Environment) -> list[type[Exception]]:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(environment.meet, *down(1)).result()


def test_a_trial_that_never_ends_is_made_by_another(here: Environment) -> None:
    """Its environment was ended in the middle of it; after the time a trial has, somebody else tries."""
    here.meet(*down())
    stuck = {"state": {"S": "HALF_OPEN"}, "half_open_owner": {"S": "gone"}}
    let_time_pass(here, 2 * TRIAL_SECONDS, probe_lease_expiry={"N": str(int(time()) + 60)}, **stuck)
    assert another(here).meet(*down(1)) == [ModelSwitchedOff]

    let_time_pass(here, 0, probe_lease_expiry={"N": str(int(time()) - 1)}, **stuck)

    assert another(here).write(GOOD) == Generation(GOOD)
    assert here.allowed == 7


# ----------------------------------------------------------------------------------------------------------------------
# Looking without calling
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [0, 1, 50])
def test_all_calls_are_allowed_while_it_is_closed(here: Environment, wanted: int) -> None:
    """Also before anything is known of the model."""
    assert DynamoDbBreaker(here.table, here.identity).calls_allowed(wanted) == wanted


def test_calls_are_allowed_while_faults_are_only_counted(here: Environment) -> None:
    """It is not open yet."""
    here.meet(*down(FAULTS_IN_A_ROW - 1))

    assert here.allowed == 7


@pytest.mark.parametrize(
    ("faults", "circuit", "seconds"),
    [(down(), "down", TRIAL_SECONDS), ([ModelUnusable("401")], "unusable", OPERATOR_TRIAL_SECONDS)],
    ids=["down", "unusable"],
)
def test_one_call_is_allowed_when_it_is_time_for_a_trial(
    here: Environment, faults: list[Exception], circuit: str, seconds: int
) -> None:
    """None before that; and none at all when none is wanted."""
    here.meet(*faults)
    assert here.allowed == 0

    let_time_pass(here, seconds - 10, circuit)
    assert here.allowed == 0

    let_time_pass(here, 10, circuit)
    assert here.allowed == 1
    assert DynamoDbBreaker(here.table, here.identity).calls_allowed(0) == 0


def test_the_circuit_that_allows_less_decides(here: Environment) -> None:
    """A trial of the one is of no use while the other is open."""
    here.meet(ModelUnusable("401"))
    item = {"id": f"openai/{here.model} down", "state": "OPEN", "opened_at": int(time()) - TRIAL_SECONDS}
    boto3.resource("dynamodb").Table(here.table).put_item(Item=item)
    assert here.allowed == 0

    let_time_pass(here, OPERATOR_TRIAL_SECONDS, "unusable")

    assert here.allowed == 1
    assert DynamoDbBreaker(here.table, here.identity).calls_allowed(0) == 0


@pytest.mark.parametrize(("lease", "allowed"), [(60, 0), (-1, 1)], ids=["at it", "never ended"])
def test_a_trial_that_is_being_made_allows_no_other(here: Environment, lease: int, allowed: int) -> None:
    """Until its time is over."""
    here.meet(*down())
    let_time_pass(
        here,
        2 * TRIAL_SECONDS,
        state={"S": "HALF_OPEN"},
        half_open_owner={"S": "somebody"},
        probe_lease_expiry={"N": str(int(time()) + lease)},
    )

    assert here.allowed == allowed


def test_a_look_changes_nothing(here: Environment) -> None:
    """The trial is for who asks the model, not for who wonders whether to."""
    here.meet(*down())
    let_time_pass(here, TRIAL_SECONDS)

    assert [here.allowed, here.allowed] == [1, 1]
    assert another(here).write(GOOD) == Generation(GOOD)


# ----------------------------------------------------------------------------------------------------------------------
# The table
# ----------------------------------------------------------------------------------------------------------------------


def test_a_table_that_cannot_be_read_stops_no_call(here: Environment, caplog: pytest.LogCaptureFixture) -> None:
    """A breaker may not become the outage that it is there to shorten."""
    caplog.set_level(logging.CRITICAL)
    lost = Environment("no-such-table", here.model)

    assert lost.meet(*down(), ModelUnusable("401")) == [*[ModelDown] * FAULTS_IN_A_ROW, ModelUnusable]
    assert lost.write(GOOD) == Generation(GOOD)
    assert lost.allowed == 7


def test_what_is_known_of_a_model_forgets_itself(here: Environment) -> None:
    """By the attribute that the table looks at, and not before the next trial."""
    here.meet(*down())

    item = boto3.client("dynamodb").get_item(TableName=here.table, Key={"id": {"S": f"openai/{here.model} down"}})[
        "Item"
    ]
    assert time() + OPERATOR_TRIAL_SECONDS < int(item["expiration"]["N"]) < time() + 86_400
