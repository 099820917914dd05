"""What `sam build` makes of the functions, as far as that can be seen without building."""

import json
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from samtranslator.yaml_helper import yaml_parse

PROJECT = Path(__file__).parents[2]

READS = """
import json, sys
from pathlib import Path

opened = set()


def note(event, arguments):
    if event == "open":
        opened.add(str(arguments[0]))
    if event == "import" and arguments[1]:
        opened.add(arguments[1])


sys.addaudithook(note)
from standfirst.domain.article import Document
from standfirst.wiring import article_work

for path in map(Path, sys.argv[1:]):
    article_work.read_document(Document(path.name, path.read_bytes()))
article_work.prepare()
print(json.dumps(sorted(opened)))
"""


def test_every_function_is_built_by_the_makefile_that_compiles_and_trims() -> None:
    """SAM's own way leaves each cold start to compile what it imports."""
    resources = yaml_parse((PROJECT / "template.yaml").read_text(encoding="utf-8"))["Resources"].values()
    functions = [each for each in resources if each["Type"] == "AWS::Serverless::Function"]

    assert functions
    assert all(each["Metadata"] == {"BuildMethod": "makefile", "ContextPath": "shared/"} for each in functions)


def test_no_format_opens_what_the_artefacts_leave_out() -> None:
    """Of the packages, while a document of each format is read, summarised and checked."""
    samples = PROJECT / "local" / "standfirst_local" / "samples"
    documents = [*map(str, samples.iterdir()), *map(str, (PROJECT / "tests" / "kinds" / "articles").glob("*.html"))]
    ran = subprocess.run([sys.executable, "-c", READS, *documents], capture_output=True, text=True, check=True)
    opened = _within_packages(json.loads(ran.stdout))

    assert any(path.startswith("babel/") for path in opened)
    assert not [path for path in opened if any(fnmatch(path, f"{each}*") for each in _left_out())]


def _left_out() -> list[str]:
    makefile = (PROJECT / "shared" / "Makefile").read_text(encoding="utf-8")
    return [each for line in re.findall(r"^LEFT_OUT [:+]= (.*)$", makefile, re.MULTILINE) for each in line.split()]


def _within_packages(paths: list[str]) -> list[str]:
    inside = (path.rpartition("/site-packages/")[2] for path in paths if "/site-packages/" in path)
    return [path.replace("__pycache__/", "") for path in inside]
