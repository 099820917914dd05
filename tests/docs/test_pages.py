"""The pages for people name what there is, and all of it."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from samtranslator.yaml_helper import yaml_parse

import standfirst
from docs_pages import PAGES, PROJECT, anchors, code_spans, page
from standfirst.domain.draft import CheckName
from standfirst.domain.record import Degraded, Status
from standfirst.use_cases.apply_version import Outcome
from standfirst_local.cli import parser

LONGEST_README = 130
TEMPLATE: dict[str, Any] = yaml_parse((PROJECT / "template.yaml").read_text(encoding="utf-8"))
FOLDERS = sorted(path.name for path in (PROJECT / "shared/standfirst").iterdir() if (path / "__init__.py").exists())
EACH_PAGE = pytest.mark.parametrize("path", PAGES, ids=[path.name for path in PAGES])


def commands() -> dict[str, argparse.ArgumentParser]:
    """The subcommands of the command line."""
    [choices] = [action.choices for action in parser()._actions if action.dest == "command"]  # noqa: SLF001
    assert isinstance(choices, dict)
    return choices


def options(of: argparse.ArgumentParser) -> set[str]:
    """What may be said besides files."""
    return {name for action in of._actions for name in action.option_strings} - {"-h", "--help"}  # noqa: SLF001


def targets() -> set[str]:
    """What `make` lists."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+):.*## ", makefile, flags=re.MULTILINE))


def calls(folder: str, *names: str) -> Iterator[ast.Call]:
    """The calls of functions of these names below a folder."""
    for path in sorted((PROJECT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", None)) in names:
                yield node


def metrics() -> set[str]:
    """The names of metrics that are written out; ``answered_``, ``degraded_`` and ``review_`` begin others."""
    named = [keyword.value for call in calls("functions", "add_metric") for keyword in call.keywords]
    named += [call.args[0] for call in calls("shared/standfirst/domain", "Measure")]
    beginnings = [name.values[0] if isinstance(name, ast.JoinedStr) else name for name in named]
    texts = (each.value for each in beginnings if isinstance(each, ast.Constant))
    return {text for text in texts if isinstance(text, str)}


def checks() -> set[str]:
    """The names of checks that findings are made with; that of a figure is its kind."""
    found = [call.args[0] for folder in ("checking", "use_cases", "writing") for call in calls(
        f"shared/standfirst/{folder}", "finding", "Finding", "_warning"
    ) if call.args]  # fmt: skip
    names = {each.value for each in found if isinstance(each, ast.Constant)}
    return {str(name) for name in names} | {"number", "money", "percentage"}


def test_the_readme_can_be_read_at_once() -> None:
    """What is longer belongs into docs."""
    assert len(page("README.md").splitlines()) <= LONGEST_README


@EACH_PAGE
def test_every_link_leads_somewhere(path: Path) -> None:
    """To a file, and to a heading in it."""
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not link.startswith("https://"):
            name, _, anchor = link.partition("#")
            target = path.parent / name if name else path
            assert target.exists(), link
            assert not anchor or anchor in anchors(target.read_text(encoding="utf-8")), link


@EACH_PAGE
def test_every_file_that_is_named_exists(path: Path) -> None:
    """Those of the package may be named from its folder on."""
    package = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w/.]*")
    project = re.compile(r"(?:shared|functions|tests|local|bench|docs|events)/[\w/.*]*|[\w-]+\.(?:toml|in|yaml|md)")
    names = code_spans(path.read_text(encoding="utf-8"))
    for name in names:
        if project.fullmatch(name) and name != "default_style.yaml":
            assert list(PROJECT.glob(name)), name
        elif package.fullmatch(name):
            assert (PROJECT / "shared/standfirst" / name).exists(), name


def test_every_page_can_be_found() -> None:
    """From the README."""
    for path in PAGES:
        assert path.name == "README.md" or f"({path.relative_to(PROJECT)})" in page("README.md")


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_is_documented(command: str) -> None:
    """In the row of the command."""
    rows = [line for line in page("README.md").splitlines() if line.startswith(f"| `standfirst {command}")]

    assert rows
    for option in options(commands()[command]):
        assert re.search(rf"`[^`]*{option}\b[^`]*`", "".join(rows)), option


def test_every_option_of_the_command_itself_is_documented() -> None:
    """Beside the table."""
    for option in options(parser()):
        assert f"`standfirst {option}`" in page("README.md")


@EACH_PAGE
def test_every_command_and_target_that_is_named_exists(path: Path) -> None:
    """Also in examples."""
    text = path.read_text(encoding="utf-8")

    for line in re.findall(r"(?:`|/bin/)standfirst ([a-z][^`\n]*)", text):
        words = line.split("#")[0].split()
        assert words[0] in commands(), line
        assert {word.strip("[]") for word in words if word.startswith("--")} <= options(commands()[words[0]]), line
    for target in re.findall(r"(?:`|\$ |&& )make ([a-z0-9-]+)", text):
        assert target in targets(), target


def test_every_target_is_documented() -> None:
    """Where contributors look."""
    for target in targets() - {"help"}:
        assert f"`make {target}`" in page("CONTRIBUTING.md"), target


def test_every_parameter_of_the_template_is_documented_with_its_default() -> None:
    """In the table of docs/deploy.md, which has no others."""
    rows = re.findall(r"^\| `(\w+)` \| (`.*?`|\*\(empty\)\*) \|", page("docs/deploy.md"), flags=re.MULTILINE)

    defaults = {name: str(parameter["Default"]) for name, parameter in TEMPLATE["Parameters"].items()}
    assert dict(rows) == {name: f"`{default}`" if default else "*(empty)*" for name, default in defaults.items()}


@pytest.mark.parametrize(
    "name",
    [*Status, *Outcome, *Degraded, *(f"degraded_{why}" for why in Degraded), *sorted(metrics())],
)
def test_whoever_operates_it_finds_every_status_outcome_and_metric(name: str) -> None:
    """In docs/operations.md."""
    assert re.search(rf"`{name}\w*`" if name.endswith("_") else rf"`{name}`", page("docs/operations.md"))


def test_metrics_are_found_in_the_functions() -> None:
    """So that the test above does not pass for want of names."""
    assert {"ignored", "upgrades_wished", "model_breaker_opened", "answered_", "upload_seconds", "review_"} <= metrics()


def test_every_alarm_is_documented() -> None:
    """With what to do."""
    alarms = {name for name, each in TEMPLATE["Resources"].items() if each["Type"] == "AWS::CloudWatch::Alarm"}

    assert alarms <= set(code_spans(page("docs/operations.md")))


@EACH_PAGE
def test_every_resource_that_is_named_is_deployed(path: Path) -> None:
    """Alarms, queues, tables and policies have the template's names; a parameter may end like one."""
    named = re.findall(r"\b[A-Z][a-z]+\w*(?:Alarm|Queue|Table|Policy)\b", path.read_text(encoding="utf-8"))

    # RedrivePolicy is an attribute of a queue.
    assert set(named) - {"RedrivePolicy"} <= TEMPLATE["Resources"].keys() | TEMPLATE["Parameters"].keys()


def test_every_check_is_documented() -> None:
    """In the table of docs/checks.md, which has no others."""
    rows = re.findall(r"^\| (`.*?`) \| ", page("docs/checks.md"), flags=re.MULTILINE)

    assert {name for row in rows for name in code_spans(row)} - {"tests/checking", "check"} == checks()


def test_a_house_style_may_name_every_check() -> None:
    """In ``review_on``."""
    assert set(get_args(CheckName)) == checks()


def test_the_layout_is_described_in_the_same_words() -> None:
    """In CONTRIBUTING.md as in the package."""
    map_of_package = re.findall(r"^    \w+/ .*$", standfirst.__doc__ or "", flags=re.MULTILINE)

    assert [line.split("/")[0].strip() for line in map_of_package] != []
    assert {line.split("/")[0].strip() for line in map_of_package} == set(FOLDERS)
    for line in map_of_package:
        assert " ".join(line.replace("`", "").split()) in " ".join(page("CONTRIBUTING.md").replace("`", "").split())


def test_the_changelog_begins_with_this_release() -> None:
    """Whose number stands in pyproject.toml."""
    [version] = re.findall(r'^version = "(.+)"$', page("pyproject.toml"), flags=re.MULTILINE)

    assert re.findall(r"^## \[(.+?)\]", page("CHANGELOG.md"), flags=re.MULTILINE)[0] == version
