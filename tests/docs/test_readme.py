"""The README knows everything that a user can say."""

import argparse
import re
from pathlib import Path

import pytest
from samtranslator.yaml_helper import yaml_parse

from standfirst.use_cases.apply_version import Outcome
from standfirst_local.cli import parser

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, argparse.ArgumentParser]:
    """The subcommands of the command line."""
    [choices] = [action.choices for action in parser()._actions if action.dest == "command"]  # noqa: SLF001
    assert isinstance(choices, dict)
    return choices


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_is_documented(command: str) -> None:
    """A command that nobody can find is not there."""
    options = [name for action in commands()[command]._actions for name in action.option_strings]  # noqa: SLF001

    assert f"`standfirst {command}" in README
    for option in options:
        assert option in {"-h", "--help"} or f"`{option}" in README, option


def test_every_parameter_of_the_template_is_documented_with_its_default() -> None:
    """In the table of the README."""
    parameters = yaml_parse((PROJECT / "template.yaml").read_text(encoding="utf-8"))["Parameters"]

    for name, parameter in parameters.items():
        default = str(parameter["Default"])
        assert f"| `{name}` | {f'`{default}`' if default else '*(empty)*'} |" in README


def test_every_outcome_is_documented_as_a_metric() -> None:
    """Whoever watches the service looks them up."""
    for outcome in Outcome:
        assert f"`{outcome}`" in README


def test_every_file_the_readme_names_exists() -> None:
    """Paths go stale first."""
    names = re.findall(r"`((?:shared|functions|tests|local|bench)/[\w/.]+\w)`", README)

    assert names
    for name in names:
        assert (PROJECT / name).exists(), name
