"""Paid calls: each answer is kept at once and paid for once, and the ceiling holds whatever ends a run."""

import io
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Event
from typing import Any

import pytest

from standfirst.domain.errors import ModelRefused, ModelUnusable, SettingsError, StandfirstError
from standfirst.domain.usage import Usage
from standfirst_local.evaluation.paid_calls import Asked, PaidCall, RecordUsage, Spending, ask_all, open_results

CENT = Decimal("0.01")
Ask = Callable[[Sequence[PaidCall]], Asked]


class Model:
    """Answers each call by its name, for a price, unless an error is scripted; ``asked`` are the names, in order."""

    def __init__(self, price: str | None = "0.01", **errors: StandfirstError) -> None:
        """Nothing is asked yet."""
        self.price, self.errors = price, errors
        self.asked: list[str] = []

    def calls(self, *names: str, likely: Decimal | None = CENT) -> list[PaidCall]:
        """Calls that are likely to cost a cent."""
        return [PaidCall(f"key {name}", name, 100, likely, self._asking(name)) for name in names]

    def _asking(self, name: str) -> Callable[[RecordUsage], Any]:
        def ask(record_usage: RecordUsage) -> str:
            self.asked.append(name)
            if name in self.errors:
                raise self.errors[name]
            record_usage(Usage(input_tokens=100, cost_usd=self.price))
            return f"{name} said"

        return ask


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the answers are kept."""
    return tmp_path / "results.jsonl"


def asking(file: Path, ceiling: str | None = None, at_once: int = 1, *, is_agreed: bool = True) -> Ask:
    """Asks with a results file and a ceiling."""
    limit = None if ceiling is None else Decimal(ceiling)
    return lambda calls: ask_all(calls, "gpt", Spending(file, limit, at_once, is_agreed))


def answers(asked: Asked) -> dict[str, str]:
    """The answers by name."""
    return {answer.name: answer.answer for answer in asked.answers.values()}


# ----------------------------------------------------------------------------------------------------------------------
# Once
# ----------------------------------------------------------------------------------------------------------------------


def test_no_call_is_paid_for_twice(file: Path) -> None:
    """Neither in another run nor for two rows that are the same."""
    model = Model()

    first = asking(file)(model.calls("a", "b", "a"))
    second = asking(file)(model.calls("a", "b", "c"))

    assert model.asked == ["a", "b", "c"]
    assert answers(first) == {"a": "a said", "b": "b said"}
    assert answers(second) == {"a": "a said", "b": "b said", "c": "c said"}
    assert first.is_complete
    assert second.is_complete


def test_a_line_that_was_cut_off_costs_its_own_call_only(file: Path) -> None:
    """What the disk got of it is let be, wherever the next run appends, and whichever character it ends in."""
    model = Model()
    asking(file)(model.calls("a", "é"))
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.rindex("é".encode()) + 1])  # in the middle of a character
    with open_results(file) as results:
        results.begin(model.calls("c")[0], CENT)
    with open_results(file) as results:
        assert results.spent == 3 * CENT  # what a and é cost, and c may have cost

    second = asking(file)(model.calls("a", "é", "c"))
    third = asking(file)(model.calls("a", "é", "c"))

    assert model.asked == ["a", "é", "é", "c"]
    assert second.is_complete
    assert third.is_complete


def test_a_call_that_failed_is_told_and_made_again_by_the_next_run(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It holds up no other."""
    model = Model(b=ModelRefused("The model declined."))

    first = asking(file)(model.calls("a", "b", "c"))
    model.errors.clear()
    second = asking(file)(model.calls("a", "b", "c"))

    assert answers(first) == {"a": "a said", "c": "c said"}
    assert not first.is_complete
    assert second.is_complete
    assert model.asked == ["a", "b", "c", "b"]
    assert "standfirst: b: The model declined.\n" in capsys.readouterr().err


def test_a_fault_that_every_call_meets_ends_the_run_with_its_message(file: Path) -> None:
    """What was answered before is kept."""
    model = Model(b=ModelUnusable("The key is wrong."))

    with pytest.raises(ModelUnusable, match="The key is wrong"):
        asking(file)(model.calls("a", "b", "c", "d"))

    assert model.asked == ["a", "b"]
    model.errors.clear()
    assert asking(file)(model.calls("a", "b", "c", "d")).is_complete
    assert model.asked == ["a", "b", "b", "c", "d"]


def test_calls_that_run_when_the_run_ends_are_waited_for_and_kept(file: Path) -> None:
    """They are paid for."""
    both, never = Barrier(2, timeout=30), Event()

    def fail(_: RecordUsage) -> str:
        both.wait()
        raise ModelUnusable("The quota is spent.")

    def answer_late(record_usage: RecordUsage) -> str:
        both.wait()
        while "The quota" not in file.read_text(encoding="utf-8"):
            never.wait(0.01)
        record_usage(Usage(cost_usd="0.01"))
        return "late"

    with pytest.raises(ModelUnusable):
        asking(file, at_once=2)([PaidCall("1", "a", 1, CENT, fail), PaidCall("2", "b", 1, CENT, answer_late)])

    with open_results(file) as results:
        assert results.answers["2"].answer == "late"


def test_a_file_is_written_by_one_run_at_a_time(file: Path) -> None:
    """Two would pay for the same calls."""
    model = Model()

    with open_results(file), pytest.raises(SettingsError, match="is in use"):
        asking(file)(model.calls("a"))

    assert model.asked == []


@pytest.mark.parametrize("content", ['{"article": "A", "summary": "B"}', "notes\nof mine", "[]\n", '"a"'])
def test_a_file_of_something_else_is_left_alone(file: Path, content: str) -> None:
    """Nothing is appended to it, and nothing paid."""
    file.write_text(content, encoding="utf-8")
    model = Model()

    with pytest.raises(SettingsError, match=r"results\.jsonl is no results file of evaluate: line 1"):
        asking(file)(model.calls("a"))

    assert (file.read_text(encoding="utf-8"), model.asked) == (content, [])


# ----------------------------------------------------------------------------------------------------------------------
# The ceiling
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at_once", [1, 2, 16])
def test_the_ceiling_holds_however_many_calls_run_at_once(
    file: Path, at_once: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each reserves its likely cost before it is made."""
    model = Model()

    asked = asking(file, "0.05", at_once)(model.calls(*"abcdefghij"))

    assert len(model.asked) == 5
    assert not asked.is_complete
    assert "The ceiling is reached: 5 of 10 calls are not made." in capsys.readouterr().err


def test_the_ceiling_counts_what_earlier_runs_spent(file: Path) -> None:
    """A new run of the same command spends no more."""
    model = Model()
    asking(file, "0.03")(model.calls(*"abcdef"))
    asking(file, "0.03")(model.calls(*"abcdef"))

    assert model.asked == ["a", "b", "c"]
    asking(file, "0.04")(model.calls(*"abcdef"))
    assert model.asked == ["a", "b", "c", "d"]


def test_a_call_that_was_killed_counts_as_spent_and_is_made_again(file: Path) -> None:
    """It may have been answered when nobody listened any more."""
    model = Model()
    with open_results(file) as results:
        results.begin(model.calls("a")[0], CENT)

    asked = asking(file, "0.02")(model.calls("a", "b"))

    assert answers(asked) == {"a": "a said"}


def test_a_call_that_was_killed_counts_as_spent_also_once_it_is_answered(file: Path) -> None:
    """Every later run remembers it, not only the next one."""
    model = Model()
    with open_results(file) as results:
        results.begin(model.calls("a")[0], CENT)
    asking(file)(model.calls("a"))

    asked = asking(file, ceiling="0.02")(model.calls("a", "b"))

    assert answers(asked) == {"a": "a said"}
    with open_results(file) as results:
        assert results.spent == 2 * CENT


def test_an_answer_without_a_price_counts_as_what_was_reserved(file: Path) -> None:
    """A call that timed out may have been billed."""
    model = Model(price=None)

    asking(file, "0.03")(model.calls(*"abcdef"))

    assert len(model.asked) == 3


def test_a_call_that_is_dearer_than_likely_makes_the_next_reserve_as_much(file: Path) -> None:
    """An estimate that is too low exceeds the ceiling once at most."""
    model = Model(price="0.04")

    asking(file, "0.10")(model.calls(*"abcdef"))

    assert model.asked == ["a", "b"]


def test_a_ceiling_without_a_price_is_wrong_usage(file: Path) -> None:
    """It could not be kept."""
    model = Model()

    with pytest.raises(SettingsError, match="gpt has no known price"):
        asking(file, "1")(model.calls("a", likely=None))

    assert model.asked == []
    assert asking(file)(model.calls("a", likely=None)).is_complete


# ----------------------------------------------------------------------------------------------------------------------
# The question
# ----------------------------------------------------------------------------------------------------------------------


class _Keyboard(io.StringIO):
    """A terminal on which a person types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "made"), [("y\n", 2), ("Yes\n", 2), ("n\n", 0), ("\n", 0), ("", 0), ("yep\n", 0)])
def test_a_person_is_told_the_price_and_asked(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, made: int
) -> None:
    """Nothing is paid without a yes."""
    model = Model()
    monkeypatch.setattr(sys, "stdin", _Keyboard(typed))

    asked = asking(file, "1", is_agreed=False)(model.calls("a", "b"))

    assert (len(model.asked), asked.is_complete) == (made, made == 2)
    told = capsys.readouterr().err
    assert "2 of 2 calls of gpt to make, with about 200 tokens of articles and texts" in told
    assert "about 0.0200 USD at the price list" in told
    assert "The ceiling is 1 USD.\n" in told
    assert told.count("Begin? [y/N]") == 1


def test_where_nobody_can_answer_it_is_wrong_usage(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script has to say that it pays; the price is told all the same."""
    model = Model()
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))

    with pytest.raises(SettingsError, match="--yes"):
        asking(file, "0.01", is_agreed=False)(model.calls("a", "b"))

    assert model.asked == []
    assert "0.0200 USD at the price list" in (told := capsys.readouterr().err)
    assert "unlikely to be enough for all" in told


def test_nobody_is_asked_where_nothing_is_to_pay(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The report of a finished run is free."""
    model = Model()
    asking(file)(model.calls("a"))
    capsys.readouterr()

    assert asking(file, "0", is_agreed=False)(model.calls("a")).is_complete
    assert capsys.readouterr().err == ""
