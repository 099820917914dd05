"""The samples that `make local` begins with: there is something to review, and nothing of one's own is touched."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from standfirst.domain.record import Record, Status
from standfirst_local.sample_queue import CORRECTION, EDITED, HOUSE_STYLES, OVERTAKEN, fill
from standfirst_local.service import Service
from standfirst_local.stack import running_stack

QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """With the samples in it."""
    with running_stack(parameters={"HouseStyles": HOUSE_STYLES}, variables=QUIET) as stack:
        service = Service(stack)
        assert service.is_empty
        fill(service)
        assert not service.is_empty
        yield service


@pytest.fixture(scope="module")
def records(service: Service) -> list[Record]:
    """What the API has."""
    return [*service.records()]


def test_some_samples_wait_for_an_editor_and_say_why(records: list[Record]) -> None:
    """With findings of the checks, of several kinds; the others are done."""
    waiting = [record for record in records if record.status is Status.NEEDS_REVIEW]

    assert len(waiting) >= 4
    assert all(record.findings for record in waiting)
    assert len({finding.check for record in waiting for finding in record.findings}) >= 2
    assert [record for record in records if record.status is Status.GENERATED]


def test_the_samples_lie_in_several_sections(records: list[Record]) -> None:
    """As a newsroom's articles do."""
    assert {record.article_id.partition("/")[0] for record in records} == {"business", "news", "sport"}


def test_one_article_has_moved_on_since_an_editor_wrote_about_it(records: list[Record]) -> None:
    """Her words stay, and the newer version waits beside them."""
    (overtaken,) = [record for record in records if record.article_id == OVERTAKEN]

    assert (overtaken.status, overtaken.standfirst) == (Status.EDITED, EDITED)
    assert overtaken.stale
    assert overtaken.pending
    assert CORRECTION[0] in EDITED


def test_an_editor_sees_both_versions_of_that_article(service: Service, records: list[Record]) -> None:
    """The one that her words are about, and the one that waits."""
    (overtaken,) = [record for record in records if record.article_id == OVERTAKEN]
    shown = []
    for revision in (overtaken.revision, overtaken.pending):
        with urlopen(f"{service.stack.api_url}/articles/{OVERTAKEN}?revision={revision}") as answer:
            shown.append(str(json.load(answer)["paragraphs"]))

    assert [[words in text for words in CORRECTION] for text in shown] == [[True, False], [False, True]]


@contextmanager
def running(*arguments: str | Path) -> Iterator[str]:
    """The address of the API of a service that runs as a program."""
    command = [sys.executable, "-m", "standfirst_local", "local", *arguments]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as program:
        try:
            assert program.stdout
            shown = ""
            while "Ctrl-C" not in shown:
                shown += program.stdout.readline()
            yield shown
        finally:
            program.send_signal(signal.SIGINT)
            program.wait(timeout=60)


def test_a_folder_with_an_article_of_ones_own_gets_no_samples(tmp_path: Path) -> None:
    """Whoever keeps articles in a folder finds them there, and no others."""
    article = tmp_path / "article.txt"
    article.write_text(
        "Ferry to return\n\n" + "The ferry is to return in June, the council said on Tuesday. " * 3, "utf-8"
    )
    with running("--data", tmp_path / "data") as shown:
        (address,) = re.findall(r"curl -u local:local -T article.txt (\S+)", shown)
        subprocess.run(["curl", "-sfT", article, address], check=True)  # noqa: S607

    with running("--data", tmp_path / "data", "--samples") as shown:
        assert "Uploading the samples" not in shown


def test_the_desk_is_at_the_address_that_is_printed() -> None:
    """With something to do in it."""
    with running("--samples") as shown:
        (desk,) = re.findall(r"^  desk +(http://127\.0\.0\.1:\d+/desk/)$", shown, re.MULTILINE)
        page = subprocess.run(["curl", "-sf", desk], check=True, capture_output=True, text=True)  # noqa: S607

    assert "Uploading the samples" in shown
    assert "<title>Standfirst</title>" in page.stdout
