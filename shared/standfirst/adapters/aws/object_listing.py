"""The listing of an S3 bucket."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from standfirst.adapters.aws import client_config
from standfirst.domain.errors import StoreUnavailable
from standfirst.domain.ports import ListedObject


class S3ObjectListing:
    """``ObjectListing`` over S3, which lists keys in the order of their UTF-8 bytes (API reference, ListObjectsV2)."""

    def __init__(self) -> None:
        """Makes the client; nothing is sent yet."""
        self._s3 = boto3.client("s3", config=client_config.DEFAULT)

    def after(self, bucket: str, prefix: str, key: str | None, most: int) -> Sequence[ListedObject]:
        """See ``ObjectListing``."""
        start: Any = {"StartAfter": key} if key else {}
        try:
            pages = self._s3.get_paginator("list_objects_v2").paginate(
                Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": min(most, 1_000)}, **start
            )
            found = (each for page in pages for each in page.get("Contents", []))
            return [ListedObject(each["Key"], each["LastModified"]) for each in islice(found, most)]
        except (ClientError, BotoCoreError) as error:
            raise StoreUnavailable(f"S3 did not list s3://{bucket}/{prefix}: {error}") from error
