"""What a release left behind, in a file: items, messages and articles as its own code wrote them.

    python tests/upgrade/stored.py 342c4eb e1ec80e

has these commits spend their day once more (``Newsroom.leave_behind``), and writes ``stored/<commit>.json.gz`` anew.
"""

import gzip
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import boto3

from standfirst_local.moto_s3 import name_newest, versions_in

FOLDER = Path(__file__).parent / "stored"
TABLES = ("SummariesTable", "ReviewsTable", "GenerationsTable", "ModelStateTable")
DAY = "left/"
"""The folder of the articles."""

_EXPIRIES = ("expiration", "in_progress_expiration")
"""Attributes with the time until which an item counts: in seconds, and in milliseconds."""


def record(names: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """Returns all that the stores hold; the queue is empty afterwards. ``before`` is what was served in the end."""
    dynamodb, s3, sqs = boto3.client("dynamodb"), boto3.client("s3"), boto3.client("sqs")
    bucket, url = names["ArticlesBucket"], names["UploadsQueue"]
    messages = []
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        messages += [each["Body"] for each in found]
    articles = [
        [key, version, None if is_marker else _content(s3, bucket, key, version)]
        for key, version, is_marker in versions_in(bucket)
    ]
    items = {}
    for table in TABLES:
        pages = dynamodb.get_paginator("scan").paginate(TableName=names[table])
        items[table] = [item for page in pages for item in page["Items"]]
    return {
        "at": int(time.time()),
        "served": before,
        "messages": messages,
        "articles": articles,
        "items": items,
    }


def _content(s3: Any, bucket: str, key: str, version: str) -> str:  # noqa: ANN401 - boto3's
    text: str = s3.get_object(Bucket=bucket, Key=key, VersionId=version)["Body"].read().decode()
    return text


def restore(left: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Put all of it into the stores, as if it had been left a moment ago."""
    dynamodb, s3, sqs = boto3.client("dynamodb"), boto3.client("s3"), boto3.client("sqs")
    for key, version, content in left["articles"]:
        if content is None:
            s3.delete_object(Bucket=names["ArticlesBucket"], Key=key)
        else:
            s3.put_object(Bucket=names["ArticlesBucket"], Key=key, Body=content.encode())
        name_newest(names["ArticlesBucket"], key, version)
    for table, items in left["items"].items():
        for item in items:
            dynamodb.put_item(TableName=names[table], Item=item | _prolonged(item, int(time.time()) - left["at"]))
    for body in left["messages"]:
        sqs.send_message(QueueUrl=names["UploadsQueue"], MessageBody=body)


def _prolonged(item: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    until = {name: int(item[name]["N"]) for name in _EXPIRIES if name in item}
    return {name: {"N": str(at + seconds * (1_000 if at > 10**11 else 1))} for name, at in until.items()}


def read(commit: str) -> dict[str, Any]:
    """Returns what is in the file of ``commit``."""
    left: dict[str, Any] = json.loads(gzip.decompress((FOLDER / f"{commit}.json.gz").read_bytes()))
    return left


def main(commits: list[str]) -> None:
    """Write the files of ``commits``."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from emulated import emulated_storage  # noqa: PLC0415
    from model_server import playing_model, playing_models  # noqa: PLC0415
    from upgrade.newsroom import Newsroom  # noqa: PLC0415
    from upgrade.releases import checked_out, running  # noqa: PLC0415

    for commit in commits:
        with emulated_storage() as names, playing_models() as host, playing_model(host) as model:
            with running(checked_out(commit), names, model.base_url) as release:
                before = Newsroom(names, model, release).leave_behind(DAY)
            text = json.dumps(record(names, before), separators=(",", ":"))
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{commit}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(sys.argv[1:])
