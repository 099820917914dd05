"""What a function loads, and what importing may not do."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

PARSERS = {"cssselect2", "lxml", "markdown_it", "tinycss2", "trafilatura"}
HEAVY = PARSERS | {"openai", "moto", "chardet", "fasttext", "ftfy", "sentencex", "stopwordsiso", "yaml"}


@cache
def modules_loaded_by(function: str, then: str = "pass") -> frozenset[str]:
    """The top-level modules that a fresh interpreter, its environment empty, loads for ``app.py`` and then ``then``."""
    script = f"import sys, app; {then}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    path = os.pathsep.join([str(PROJECT / "functions" / function), str(PROJECT / "shared")])
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    return frozenset(done.stdout.split())


@pytest.mark.parametrize("function", ["serve_summaries", "serve_reviews"])
def test_serving_loads_no_model_client_and_no_document_reader(function: str) -> None:
    """Readers of summaries do not wait for what only writers need."""
    assert not modules_loaded_by(function) & HEAVY


def test_a_plain_get_waits_for_no_models() -> None:
    """They are most of what a new process has to load."""
    loaded = modules_loaded_by("serve_summaries", "from standfirst.api.plain_get import answer")

    assert not loaded & {"pydantic", "pydantic_core"}


def test_telling_of_the_whole_api_loads_no_model_client_and_no_document_reader_either() -> None:
    """The routes of the other functions are told of without what they stand on."""
    told = "from standfirst.api.whole_api import document; document()"

    assert not modules_loaded_by("serve_summaries", told) & HEAVY


def test_the_worker_starts_the_process_that_reads_articles_before_it_imports_what_is_slow() -> None:
    """Both prepare themselves at the same time."""
    script = "from standfirst.wiring import early_start; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert not {"aws_lambda_powertools", "boto3"} & set(done.stdout.split())


def test_the_desk_loads_neither_what_others_need_nor_the_package_that_its_library_lies_in() -> None:
    """A browser waits for it, and the package would ask for a web application that is not installed."""
    then = "from pathlib import Path; from standfirst.wiring.desk import desk_files; desk_files(Path('/nowhere'))"

    assert not modules_loaded_by("serve_desk", then) & (HEAVY | {"datasette", "datasette_preact"})


@pytest.mark.parametrize("function", ["review_summaries", "summarize_on_request"])
def test_the_model_client_is_loaded_by_nobody_who_need_not(function: str) -> None:
    """An editor never waits for it, and who has an article summarised only where there is a model."""
    assert not modules_loaded_by(function) & {"openai", "httpx2", "moto"}


def test_the_upgrades_load_no_model_client_and_no_document_reader() -> None:
    """They only say what is to be written anew."""
    assert not modules_loaded_by("upgrade_summaries") & HEAVY


def test_a_worker_loads_a_parser_only_when_its_format_arrives() -> None:
    """Plain text, the commonest, waits for none of them."""
    assert not modules_loaded_by("summarize_uploads") & PARSERS


def test_a_worker_loads_the_models_client_only_when_it_has_a_model() -> None:
    """Nobody waits half a second, at every cold start, for what a deployment without a model never asks."""
    script = (
        "import sys, app\n"
        "from standfirst.wiring import model, settings\n"
        "assert model.summarizer_from(settings.DeployedModelSettings()) is None\n"
        "assert model.command_line_summarizer({}) is None\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    path = os.pathsep.join([str(PROJECT / "functions" / "summarize_uploads"), str(PROJECT / "shared")])
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert not set(done.stdout.split()) & {"openai", "httpx2"}


@pytest.mark.parametrize("function", sorted(path.name for path in (PROJECT / "functions").iterdir()))
def test_importing_a_function_needs_no_environment_and_no_account(function: str) -> None:
    """Nothing happens at import: settings are read, and clients made, when the first event comes."""
    assert "standfirst" in modules_loaded_by(function)


def test_the_package_itself_imports_nothing() -> None:
    """So that whoever imports one module pays for that one only."""
    script = "import sys; before = set(sys.modules); import standfirst; print(*(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(PROJECT / "shared")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["standfirst"]


def test_garbage_is_collected_again_once_a_function_is_imported() -> None:
    """What shortens the cold start ends with it."""
    script = "import app, gc; print(gc.isenabled())"
    path = os.pathsep.join([str(PROJECT / "functions" / "serve_summaries"), str(PROJECT / "shared")])
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"
