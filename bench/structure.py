"""How large and how deep the code is: its lines and tables, its functions, the frames from a handler to the table.

    python bench/structure.py [--project DIR]

``--project`` is another checkout, to compare with. The frames are counted in this one, by running the real handlers
against an emulated AWS.
"""

import argparse
import ast
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from botocore.client import BaseClient
from project import PROJECT

TABLES = (".txt", ".yaml")


def main() -> int:
    """Print a line per figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=Path, default=PROJECT, help="another checkout")
    project = parser.parse_args().project
    package = project / "shared" / "standfirst"
    modules = [path for path in package.glob("*.py") if path.name != "__init__.py"]
    functions = [length for path in _tracked(project, ".py") for length in _functions(path)]
    private = [length for name, length in functions if name.startswith("_")]
    print(f"modules in the package's root     {len(modules)}")
    print(f"lines of product (Python)         {_lines(project, '.py'):,}")
    print(f"lines of tables                   {_lines(project, *TABLES):,}")
    print(f"median function                   {statistics.median(length for _, length in functions):.0f} lines")
    short = sum(length <= SHORT for length in private)
    print(f"private functions of ≤ {SHORT} lines     {100 * short / len(functions):.0f} % of {len(functions):,}")
    if project == PROJECT:
        for name, depth in _depths().items():
            print(f"frames, {name:25} {depth}")
    return 0


SHORT = 4


def _tracked(project: Path, *endings: str) -> list[Path]:
    """The files of the product that git tracks."""
    command = ["git", "-C", str(project), "ls-files", "shared/standfirst", "functions", "local/standfirst_local"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")  # noqa: S603
    found = [project / name for name in names if name.endswith(endings) and "/samples/" not in name]
    return [path for path in found if path.exists() and not path.name.startswith("requirements")]


def _lines(project: Path, *endings: str) -> int:
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in _tracked(project, *endings))


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and lines of each function, without its docstring."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield node.name, 1 + (body[-1].end_lineno or 0) - body[0].lineno + 1


def _depths() -> dict[str, int]:
    """The most frames of ours between a handler and each kind of write or read of the table."""
    # Only here: another checkout is only read.
    import boto3  # noqa: PLC0415

    from standfirst_local.deployment import read_deployment  # noqa: PLC0415
    from standfirst_local.emulator import create_storage, emulated_aws  # noqa: PLC0415
    from standfirst_local.functions import LocalFunction  # noqa: PLC0415

    depths: dict[str, int] = {}
    call = BaseClient._make_api_call  # noqa: SLF001 - where every call passes

    def counted(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:  # noqa: ANN401
        if operation in {"GetItem", "TransactWriteItems"}:
            name = f"{function} → {'table' if operation == 'GetItem' else 'write'}"
            depths[name] = max(depths.get(name, 0), _ours(sys._getframe(1)))  # noqa: SLF001
        return call(client, operation, parameters)

    with emulated_aws():
        storage = create_storage(read_deployment({}))
        os.environ |= {
            "POWERTOOLS_METRICS_NAMESPACE": "Standfirst",
            "POWERTOOLS_METRICS_DISABLED": "true",
            "POWERTOOLS_LOG_LEVEL": "CRITICAL",
            "SUMMARIES_TABLE": storage["SummariesTable"],
            "GENERATIONS_TABLE": storage["GenerationsTable"],
            "MODEL_STATE_TABLE": storage["ModelStateTable"],
            "UPLOADS_QUEUE_URL": storage["UploadsQueue"],
            "DEAD_LETTER_QUEUE_URL": storage["UploadsDeadLetterQueue"],
            "ARTICLES_BUCKET": storage["ArticlesBucket"],
            "MAX_RECEIVES": "5",
        }
        bucket, key = storage["ArticlesBucket"], "ferry.txt"
        text = "The council voted on Tuesday to reopen the ferry across the Sele, which stopped in 2019 after a flood."
        boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=text.encode())
        entry = {"bucket": {"name": bucket}, "object": {"key": key, "sequencer": "0A"}}
        body = json.dumps({"Records": [{"eventSource": "aws:s3", "s3": entry}]})
        message = {"messageId": "m", "receiptHandle": "r", "eventSource": "aws:sqs", "body": body, "attributes": {}}
        get = json.loads((PROJECT / "events" / "http_get_summary.json").read_text(encoding="utf-8"))
        get |= {"pathParameters": {"article_id": key}, "rawPath": f"/summaries/{key}"}
        BaseClient._make_api_call = counted  # noqa: SLF001
        try:
            for function, event in (("summarize_uploads", {"Records": [message]}), ("serve_summaries", get)):
                path = PROJECT / "functions" / function
                LocalFunction(function, path, memory_mb=1024, timeout_seconds=90).invoke(event)
        finally:
            BaseClient._make_api_call = call  # noqa: SLF001
    return depths


def _ours(frame: FrameType | None) -> int:
    """How many frames up from ``frame`` are the product's."""
    count = 0
    while frame:
        name = frame.f_code.co_filename
        count += f"{os.sep}standfirst{os.sep}" in name or f"{os.sep}functions{os.sep}" in name
        frame = frame.f_back
    return count


if __name__ == "__main__":
    sys.exit(main())
