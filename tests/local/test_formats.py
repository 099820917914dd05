"""Every format makes the whole way: dropped into the bucket, served by the API."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst_local.service import Service
from standfirst_local.stack import running_stack

SAMPLES = Path(__file__).parents[1] / "reading"
BUNDLED = Path(__file__).parents[2] / "local" / "standfirst_local" / "samples"
QUIET = {"POWERTOOLS_LOG_LEVEL": "CRITICAL", "POWERTOOLS_METRICS_DISABLED": "true"}
MARKDOWN = b"""---
lang: en
---
# Ferry to return

The town council of Brackenford voted on *Tuesday* to reopen the [ferry](https://sele.example) across the Sele.

## What it costs

Repairs will cost 240,000 crowns, the council said, and are to be finished by June.
"""


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    """One running service for all formats."""
    with running_stack(variables=QUIET) as stack:
        yield Service(stack)


@pytest.mark.parametrize(
    "path",
    [
        BUNDLED / "harbour-page.html",
        BUNDLED / "ferry-nitf.xml",
        SAMPLES / "json" / "ninjs_1.json",
        SAMPLES / "json" / "ninjs_2.json",
        SAMPLES / "json" / "ninjs_3.json",
        SAMPLES / "json" / "arc_ans.json",
        SAMPLES / "json" / "schema_org.json",
        SAMPLES / "xml" / "item.g2.xml",
    ],
    ids=lambda path: path.name,
)
def test_an_article_of_any_format_is_served(service: Service, path: Path) -> None:
    """With its headline and its language, in whole sentences of its own."""
    service.upload(path.name, path.read_bytes())

    [record] = service.wait_for(path.name, timeout_seconds=30)

    assert record.reason is None
    assert record.headline
    assert record.language != "und"
    assert record.standfirst
    assert record.evidence


def test_markdown_and_gzip_are_served(service: Service) -> None:
    """Markup and packing leave no trace."""
    service.upload("ferry.md", MARKDOWN)
    service.upload("ferry.md.gz", gzip.compress(MARKDOWN))

    [plain] = service.wait_for("ferry.md", timeout_seconds=30)
    [packed] = service.wait_for("ferry.md.gz", timeout_seconds=30)

    assert plain.headline == packed.headline == "Ferry to return"
    assert plain.summary == packed.summary
    assert "ferry across the Sele" in str(plain.summary)


def test_each_item_of_a_message_is_served_under_an_id_of_its_own(service: Service) -> None:
    """The message's, a slash and the item's."""
    name = "newsml-g2-message.xml"
    service.upload(name, (BUNDLED / name).read_bytes())

    records = service.wait_for(name, timeout_seconds=30)

    assert len(records) == 2
    assert all(record.article_id.startswith(f"{name}/") for record in records)
    for record in records:
        assert service.get(record.article_id)["headline"] == record.headline


def test_what_holds_no_text_says_what_it_is(service: Service) -> None:
    """A picture is no failure of the reader."""
    content = json.loads((SAMPLES / "json" / "ninjs_picture.json").read_bytes())
    service.upload("picture.json", json.dumps(content).encode())

    [record] = service.wait_for("picture.json", timeout_seconds=30)

    assert record.status == "failed"
    assert "picture" in str(record.reason)
