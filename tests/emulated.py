"""What the template stores, in an emulator: made in little time and, in moto in this process, emptied in none."""

import json
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any
from uuid import uuid4

import boto3
import botocore.session
from moto.core import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from ministack import as_given, create_stack
from standfirst_local.deployment import read_deployment
from standfirst_local.emulator import create_storage
from standfirst_local.environment import REGION

# Each session, and many a client brings one of its own, would read botocore's descriptions of the services anew.
botocore.session.create_loader = cache(botocore.session.create_loader)

deployment = cache(lambda: read_deployment({}))
"""The template with its defaults; the transform takes a while."""


def create_in_moto() -> Mapping[str, str]:
    """Bucket, queues and tables of the template, in the moto that this process talks to; their names by logical ids."""
    return create_storage(deployment())


def create_in_ministack() -> Mapping[str, str]:
    """The same in ministack, beside what was made there before."""
    unique = uuid4().hex[:8]
    given = {**deployment().parameters, "BucketPrefix": f"standfirst-{unique}"}
    template = deepcopy(dict(deployment().storage))
    # Without the queue's policy the bucket may not send its events, and would not be made.
    del template["Resources"]["ArticlesBucket"]["Properties"]["NotificationConfiguration"]
    return create_stack(f"storage-{unique}", TemplateBody=json.dumps(template), Parameters=as_given(given))


def empty(*tables: str) -> None:
    """Leave no item in the tables of these names."""
    held = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables
    for name in tables:
        if name in held:
            # Over HTTP, one by one, it would take longer than most tests.
            held[name].items.clear()
        else:
            _delete_all(boto3.resource("dynamodb").Table(name))


def _delete_all(table: Any) -> None:  # noqa: ANN401 - boto3's classes are made as it runs
    keys = [each["AttributeName"] for each in table.key_schema]
    with table.batch_writer() as batch:
        for page in table.meta.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True):
            for item in page["Items"]:
                batch.delete_item(Key={key: item[key] for key in keys})
