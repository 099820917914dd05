"""The memory of the worker, with the processes that read for it: a full batch of large documents fits the function."""

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path

import boto3
import pytest

from emulated import deployment
from model_worker import batch, stored
from standfirst.adapters.aws.summary_table import DynamoDbSummaryTable
from standfirst.domain.article import MAX_DOCUMENT_BYTES, MAX_TEXT_CHARACTERS, MAX_UNPACKED_BYTES
from standfirst.domain.record import Status
from standfirst_local.functions import LocalFunction

PROGRAM = (
    "import json, sys; from pathlib import Path; from standfirst_local.functions import LocalFunction\n"
    "import standfirst.wiring.openai_model\n"  # as where a model writes
    "function = LocalFunction('summarize_uploads', Path(sys.argv[1]), memory_mb=1024, timeout_seconds=600)\n"
    "assert function.invoke(json.load(sys.stdin)) == {'batchItemFailures': []}"
)
"""The worker, in a process of its own: it has all the time it needs, however busy the machine is."""

PARAGRAPH = (
    "On day {0:04} the town council of Brackenford voted to reopen the ferry across the Sele. Repairs to its landing "
    "stage will cost {0:04} crowns, the council said. 😀"
)
"""With a character for which Python keeps four bytes of each character of the text."""


def story() -> Iterator[str]:
    """The paragraphs of a story that is as long as one may be."""
    left = MAX_TEXT_CHARACTERS
    for number in count(1):
        paragraph = PARAGRAPH.format(number)
        left -= len(paragraph) + len("\n\n")
        if left < 0:
            return
        yield paragraph


STORY = tuple(story())


def padded(size: int, document: Callable[[str], str], unit: str) -> bytes:
    """``document`` with as many units in it as ``size`` bytes allow."""
    return document(unit * ((size - len(document("").encode())) // len(unit))).encode()


def page(size: int) -> bytes:
    """HTML that is mostly attributes."""
    rest = size - len("".join(f"<p>{each}</p><div data-ad=''></div>" for each in STORY).encode()) - 100
    advertisement = f"<div data-ad='{'x' * (rest // len(STORY))}'></div>"
    body = "".join(f"<p>{each}</p>{advertisement}" for each in STORY)
    return f'<html lang="en"><title>Ferry</title><article><h1>Ferry</h1>{body}</article></html>'.encode()


def item(size: int) -> bytes:
    """Ninjs that is mostly metadata."""
    text = json.dumps("\n\n".join(STORY), ensure_ascii=False)

    def document(subjects: str) -> str:
        return f'{{"type": "text", "headline": "Ferry", "subjects": [{subjects}{{}}], "body_text": {text}}}'

    return padded(size, document, '{"name": "Ferries", "rel": "about", "code": "medtop:20000"}, ')


def nitf(size: int) -> bytes:
    """NITF that is mostly metadata."""
    body = "".join(f"<p>{each}</p>" for each in STORY)

    def document(metadata: str) -> str:
        return f"<nitf><head>{metadata}</head><body><body.content>{body}</body.content></body></nitf>"

    return padded(size, document, '<meta name="subject" content="medtop:20000 ferries, traffic"/>')


def swelling(size: int) -> bytes:
    """JSON of lists in lists: memory many times its size."""
    return padded(size, lambda lists: f'{{"text": "Ferry.", "lists": [{lists}0]}}', "[],")


LARGEST = {
    "text.txt": "\n\n".join(STORY).encode(),
    "page.html": page(MAX_DOCUMENT_BYTES),
    "page.html.gz": gzip.compress(page(MAX_UNPACKED_BYTES)),
    "item.json": item(MAX_DOCUMENT_BYTES),
    "item.json.gz": gzip.compress(item(MAX_UNPACKED_BYTES)),
    "nitf.xml": nitf(MAX_DOCUMENT_BYTES),
    "nitf.xml.gz": gzip.compress(nitf(MAX_UNPACKED_BYTES)),
    "again.xml.gz": gzip.compress(nitf(MAX_UNPACKED_BYTES)),
}
SWELLING = {f"{name}.json.gz": gzip.compress(swelling(MAX_UNPACKED_BYTES)) for name in ("swelling", "another")}


def processes(pid: int) -> Iterator[int]:
    """The process and those that it has started, and so on."""
    yield pid
    with suppress(OSError):
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text(encoding="ascii").split():
                yield from processes(int(child))


def most_memory(pid: int) -> int:
    """The most that the process has held so far, in MB, with what it shares with others."""
    with suppress(OSError):
        if found := re.search(r"\nVmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8")):
            return int(found[1]) // 1024
    return 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_ten_of_the_largest_documents_fit_into_the_memory_of_the_function(
    load_function: Callable[[str], LocalFunction], storage: Mapping[str, str], table: str
) -> None:
    """The peaks of its processes, added up: 711 MB of 1024 were seen.

    130 MB are the handler's process, 70 MB the bounded process, and 510 MB its worker, which ends two of the ten for
    that; the largest that are read took 350 MB (NITF of 20 MiB). What processes share is counted for each of them.
    """
    del load_function  # its environment is the worker's
    documents = LARGEST | SWELLING
    for key, content in documents.items():
        assert len(content) <= MAX_DOCUMENT_BYTES
        boto3.client("s3").put_object(Bucket=storage["ArticlesBucket"], Key=key, Body=content)
    plan = next(each for each in deployment().functions if each.code.name == "summarize_uploads")

    seen = [0]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(plan.code)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as worker:
        assert worker.stdin
        with worker.stdin as events:
            events.write(json.dumps(batch(storage["ArticlesBucket"], *documents)))
        while worker.poll() is None:
            seen.append(sum(map(most_memory, processes(worker.pid))))
            with suppress(subprocess.TimeoutExpired):
                worker.wait(0.02)
        assert worker.returncode == 0

    summaries = DynamoDbSummaryTable(table)
    became = {key: stored(summaries, key) for key in documents}
    assert {key: became[key].status for key in LARGEST} == dict.fromkeys(LARGEST, Status.GENERATED)
    assert {became[key].reason for key in SWELLING} == {
        "The document needs more than 512 MB of memory. Upload the story alone, without the page around it."
    }
    assert 0 < max(seen) <= plan.memory_mb
