"""The lines that metrics with dimensions of their own are written in."""

import pytest
from aws_lambda_powertools import Metrics

from metric_lines import metric_lines, sent_of, values_of
from standfirst.domain.measures import Measure
from standfirst.wiring.function_metrics import FunctionMetrics


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> FunctionMetrics:
    """Those of a function."""
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Standfirst")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "tests")
    return FunctionMetrics(Metrics())


def test_no_metric_gets_the_dimensions_of_another(
    measured: FunctionMetrics, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each set has a line; counts with the same are added up, and what is no count keeps its values."""
    politics, sport = (("section", "politics"),), (("section", "sport"),)
    costs = [Measure("cost_usd", value, "None", politics) for value in (0.25, 0.5)]
    measured.add([*costs, Measure("cost_usd", 1, "None", sport)])
    measured.add(Measure("findings", 1, by=(("check", "name"), ("severity", "error"))) for _ in range(3))

    measured.flush()

    output = capsys.readouterr().out
    assert {(each.name, each.dimensions, each.values) for each in sent_of(output)} == {
        ("cost_usd", frozenset(politics), (0.25, 0.5)),
        ("cost_usd", frozenset(sport), (1.0,)),
        ("findings", frozenset({("check", "name"), ("severity", "error")}), (3.0,)),
    }
    assert len(metric_lines(output)) == 3


def test_more_values_than_a_line_takes_are_written_in_several(
    measured: FunctionMetrics, capsys: pytest.CaptureFixture[str]
) -> None:
    """CloudWatch takes a hundred; a package may have thousands of articles."""
    measured.add(Measure("cost_usd", number, "None", (("section", "politics"),)) for number in range(250))

    measured.flush()

    sent = sent_of(capsys.readouterr().out)
    assert values_of(sent, "cost_usd", section="politics") == list(range(250))
    assert max(len(each.values) for each in sent) <= 100


@pytest.mark.parametrize("disabled", ["true", "false"])
def test_what_was_written_or_was_not_wanted_is_not_written_later(
    measured: FunctionMetrics, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], disabled: str
) -> None:
    """The local stack switches metrics off."""
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", disabled)
    measured.add([Measure("findings", 1, by=(("check", "name"),))])
    measured.flush()
    assert len(metric_lines(capsys.readouterr().out)) == (disabled == "false")
    monkeypatch.delenv("POWERTOOLS_METRICS_DISABLED")

    measured.flush()

    assert metric_lines(capsys.readouterr().out) == []
