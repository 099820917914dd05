"""What a local stack holds, saved in a folder: all versions of the articles in its bucket, and the items of its tables.

It is one SQLite file, written in transactions: a save that is cut short leaves what was saved before.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from werkzeug.exceptions import HTTPException

from standfirst.domain.errors import SettingsError
from standfirst_local.moto_dynamodb import writes_paused
from standfirst_local.moto_s3 import name_newest, versions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

logger = logging.getLogger(__name__)

FILE_NAME = "standfirst.sqlite3"
SAVE_SECONDS = 1.0
"""How often what has changed is saved: a process that is killed loses no more than that."""

_TABLES = """
PRAGMA locking_mode = EXCLUSIVE;
BEGIN EXCLUSIVE;
CREATE TABLE IF NOT EXISTS versions (
    key TEXT, version_id TEXT, headers TEXT, content BLOB, PRIMARY KEY (key, version_id)
);
CREATE TABLE IF NOT EXISTS articles (key TEXT PRIMARY KEY, etag TEXT, headers TEXT, content BLOB);
INSERT INTO versions SELECT key, 'null', headers, content FROM articles;
DROP TABLE articles;
CREATE TABLE IF NOT EXISTS items (table_id TEXT, key TEXT, item TEXT, PRIMARY KEY (table_id, key));
COMMIT;
"""
"""The versions of a key are in the order of their rows; a delete marker has no content. A file of before there were
versions has ``articles``, which are versions with the id that S3 gives to what came before it keeps any.
"""
_HEADERS = ("ContentType", "ContentEncoding", "Metadata")
"""What an upload says of its article, as far as a reader uses it."""

Items = dict[tuple[str, str], str]
"""Items as JSON, by the logical id of their table and their key as JSON."""


class SavedState:
    """The file in ``folder``, held by this process until ``close``."""

    def __init__(self, folder: Path) -> None:
        """Open the file, or make it. Raises ``SettingsError`` when the folder cannot be used."""
        self._file = _open(folder)
        self._bucket = ""
        self._tables: Mapping[str, str] = {}
        self._items: Items = {}
        self._writes = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="saved-state", daemon=True)

    def close(self) -> None:
        """Let another process have the file."""
        self._file.close()

    def restore_items(self, tables: Mapping[str, str]) -> None:
        """Put the saved items into ``tables``, names by logical ids, whose items are saved from now on."""
        self._tables = tables
        dynamodb = boto3.client("dynamodb")
        for table, key, item in self._file.execute("SELECT table_id, key, item FROM items"):
            if table in tables:  # a release that had others may have written the file
                dynamodb.put_item(TableName=tables[table], Item=json.loads(item))
                self._items[table, key] = item

    def restore_articles(self, bucket: str) -> None:
        """Put the saved articles into ``bucket``, whose articles are saved from now on.

        Each version is an upload or a deletion that the worker processes again, so that none is forgotten that was
        waiting in the queue. One that has its summary already is left as it is.
        """
        self._bucket, s3 = bucket, boto3.client("s3")
        saved = self._file.execute("SELECT key, version_id, headers, content FROM versions ORDER BY rowid")
        for key, version_id, headers, content in saved:
            if content is not None:
                s3.put_object(Bucket=bucket, Key=key, Body=content, **json.loads(headers))
            elif "VersionId" not in s3.delete_object(Bucket=bucket, Key=key):
                continue  # the marker of an object of which no version is left: moto makes none
            name_newest(bucket, key, version_id)

    def start(self) -> None:
        """Begin to save every second what has changed."""
        self._thread.start()

    def stop(self) -> None:
        """Save what has changed, and return."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        stopping = False
        while not stopping:
            stopping = self._stopping.wait(SAVE_SECONDS)
            try:
                self.save()
            except (sqlite3.Error, ClientError, BotoCoreError, HTTPException):
                logger.exception("The articles and summaries could not be saved")

    def save(self) -> None:
        """Save what has changed, all of it or nothing. Raises ``sqlite3.Error`` or what boto3 or moto raises."""
        # The items first: no summary is saved without its article. A transaction is saved with all of its items.
        with writes_paused() as writes:
            items = self._items if writes == self._writes else dict(self._items_now())
        changed = [(*key, item) for key, item in items.items() if self._items.get(key) != item]
        removed = self._items.keys() - items.keys()
        with self._file:
            self._file.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?)", changed)
            self._file.executemany("DELETE FROM items WHERE table_id = ? AND key = ?", removed)
            self._save_articles()
        self._items, self._writes = items, writes

    def _items_now(self) -> Iterator[tuple[tuple[str, str], str]]:
        dynamodb = boto3.client("dynamodb")
        for table, name in self._tables.items():
            schema = dynamodb.describe_table(TableName=name)["Table"]["KeySchema"]
            for page in dynamodb.get_paginator("scan").paginate(TableName=name):
                for item in page["Items"]:
                    key = [item[each["AttributeName"]] for each in schema]
                    yield (table, json.dumps(key)), json.dumps(item)

    def _save_articles(self) -> None:
        s3 = boto3.client("s3")
        saved = set(self._file.execute("SELECT key, version_id FROM versions"))
        now = [*versions_in(self._bucket)]
        for key, version_id, is_marker in now:
            if (key, version_id) in saved:
                continue
            headers, content = "{}", None
            if not is_marker:
                found = s3.get_object(Bucket=self._bucket, Key=key, VersionId=version_id)
                headers = json.dumps({name: found[name] for name in _HEADERS if name in found})  # type: ignore[literal-required]
                content = found["Body"].read()
            self._file.execute("INSERT INTO versions VALUES (?, ?, ?, ?)", (key, version_id, headers, content))
        gone = saved - {(key, version_id) for key, version_id, _ in now}
        self._file.executemany("DELETE FROM versions WHERE key = ? AND version_id = ?", gone)


def _open(folder: Path) -> sqlite3.Connection:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(folder / FILE_NAME, timeout=0, check_same_thread=False)
        file.executescript(_TABLES)
    except FileExistsError as error:
        raise SettingsError(f"--data {folder}: this is a file, not a folder.") from error
    except OSError as error:
        raise SettingsError(f"--data {folder}: {error.strerror}.") from error
    except sqlite3.Error as error:
        why = "another process uses it" if "locked" in str(error) else str(error)
        raise SettingsError(f"--data {folder}: {why}.") from error
    return file
