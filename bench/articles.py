"""The bundled articles, in the sizes and places that a measurement wants."""

from pathlib import Path

import boto3
from lambda_process import PROJECT

from standfirst.domain.article import ArticleId, Upload

SAMPLES = PROJECT / "local" / "standfirst_local" / "samples"

FIVE_KILOBYTES = 5_000


def samples() -> list[Path]:
    """Every bundled article."""
    return sorted(SAMPLES.iterdir())


def article_of(size: int) -> bytes:
    """A bundled story, cut after the last paragraph that fits into ``size`` bytes."""
    text = (SAMPLES / "seed-library.txt").read_bytes()
    return text[: text.rindex(b"\n\n", 0, size)] if len(text) > size else text


def put(bucket: str, key: str, content: bytes) -> Upload:
    """Drop an article into the bucket."""
    boto3.client("s3").put_object(Bucket=bucket, Key=key, Body=content)
    return Upload(ArticleId(key), bucket, key, "0A")
