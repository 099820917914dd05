"""The bundled articles, in the sizes and places that a measurement wants."""

import gzip
import json
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import boto3
from project import PROJECT

from standfirst.domain.article import (
    MAX_DOCUMENT_BYTES,
    MAX_TEXT_CHARACTERS,
    MAX_UNPACKED_BYTES,
    ArticleId,
    Upload,
)

SAMPLES = PROJECT / "local" / "standfirst_local" / "samples"

FIVE_KILOBYTES = 5_000


def samples() -> list[Path]:
    """Every bundled article."""
    return sorted(SAMPLES.iterdir())


def article_of(size: int) -> bytes:
    """A bundled story, cut after the last paragraph that fits into ``size`` bytes."""
    text = (SAMPLES / "seed-library.txt").read_bytes()
    return text[: text.rindex(b"\n\n", 0, size)] if len(text) > size else text


def largest() -> list[tuple[str, bytes]]:
    """Documents as large as are read, with their suffixes: HTML of 5 MiB, and of 20 MiB gzipped.

    Each holds nearly 400,000 characters of text; the rest are attributes, as of pages that a CMS puts together.
    """
    story = article_of(FIVE_KILOBYTES).decode().split("\n\n")
    paragraphs, characters = [], 0
    for number, paragraph in enumerate(cycle(story)):
        paragraphs.append(f"{number}. {paragraph}")
        characters += len(paragraphs[-1]) + 2
        if characters > MAX_TEXT_CHARACTERS - 3_000:
            break
    page, packed = (_page(paragraphs, size) for size in (MAX_DOCUMENT_BYTES, MAX_UNPACKED_BYTES))
    return [(".html", page), (".html.gz", gzip.compress(packed))]


def _page(paragraphs: Sequence[str], size: int) -> bytes:
    padding = "x" * ((size - 2 * MAX_TEXT_CHARACTERS) // len(paragraphs))
    body = "".join(f'<p>{paragraph}</p><div data-ad="{padding}"></div>' for paragraph in paragraphs)
    return f'<html lang="en"><title>Seeds</title><article><h1>Seeds</h1>{body}</article></html>'.encode()


def put(bucket: str, key: str, content: bytes) -> Upload:
    """Drop an article into the bucket."""
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=content)
    return Upload(ArticleId(key), bucket, key, "0A")


def batch_of(uploads: Sequence[Upload]) -> dict[str, Any]:
    """S3 events in SQS messages, as the poller hands them over."""
    return {"Records": [_message(number, upload) for number, upload in enumerate(uploads)]}


def _message(number: int, upload: Upload) -> dict[str, Any]:
    s3 = {"bucket": {"name": upload.bucket}, "object": {"key": upload.key, "sequencer": upload.sequencer}}
    body = {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": s3}]}
    return {
        "messageId": f"m{number}",
        "receiptHandle": f"r{number}",
        "eventSource": "aws:sqs",
        "body": json.dumps(body),
        "attributes": {},
    }
