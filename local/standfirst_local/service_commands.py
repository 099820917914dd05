"""``demo`` and ``local``: what needs the running service."""

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.text import Text

from standfirst.domain.errors import ReadingError
from standfirst.domain.record import Status
from standfirst_local.cards import record_card
from standfirst_local.emulator import PortInUse
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.files import STANDARD_INPUT, bytes_in, expand_folders
from standfirst_local.pipe import Event, line_about
from standfirst_local.sample_queue import HOUSE_STYLES, fill, samples
from standfirst_local.service import NoAnswer, Service
from standfirst_local.stack import Ports, running_stack
from standfirst_local.terminal import Terminal, one_line

_LOOK_SECONDS = 1
"""Between two looks whether to stop."""

_ANSWER_SECONDS = 60
"""A local article takes milliseconds."""

_QUIET = {"POWERTOOLS_LOG_LEVEL": "ERROR", "POWERTOOLS_METRICS_DISABLED": "true", "POWERTOOLS_TRACE_DISABLED": "true"}
_LOGGING = _QUIET | {"POWERTOOLS_LOG_LEVEL": "INFO"}


def demo(paths: Sequence[Path]) -> int:
    """Uploads the files, or the bundled samples, and shows what the API returns for each. Returns the exit status."""
    console, progress = Terminal(), Terminal(stderr=True)
    articles, missing = _contents([*expand_folders(paths)] or samples())
    for path, reason in missing.items():
        progress.print(one_line(f"standfirst: {path}: {reason}"), style="red", soft_wrap=True)
    if not articles:
        return SOME_FAILED
    making = progress.status("Making the stack of template.yaml on this machine …")
    with making, running_stack(variables=_QUIET) as stack:
        making.update(f"Uploading to s3://{stack.bucket} …")
        shown = _upload_and_show(Service(stack), articles, console)
    console.print("To review such texts on a page: make local, and open the desk that it names.")
    return ALL_DONE if shown and not missing else SOME_FAILED


def local(ports: Ports, data: Path | None, *, with_samples: bool) -> int:
    """Runs the service until Ctrl-C or SIGTERM, and keeps what it holds in the folder ``data``, if there is one.

    ``with_samples`` fills a service that holds nothing yet, see ``sample_queue.py``.
    """
    stop = threading.Event()
    parameters = {"HouseStyles": HOUSE_STYLES} if with_samples else {}
    try:
        with running_stack(ports, parameters, _LOGGING, _log, data) as stack:
            service = Service(stack)
            if with_samples and service.is_empty:
                print("Uploading the samples …", flush=True)
                fill(service)
            for sent in (signal.SIGINT, signal.SIGTERM):
                signal.signal(sent, lambda *_: stop.set())
            print(_instructions(service, data), flush=True)
            # A signal that comes just before a wait does not end it, if nothing else does.
            while not stop.wait(_LOOK_SECONDS):
                pass
    except PortInUse as error:
        print(f"standfirst: {error.strerror}; choose another with --s3-port and --api-port", file=sys.stderr)
        return SOME_FAILED
    return ALL_DONE


def _log(event: Event) -> None:
    # In one piece, because the functions write at the same time.
    print(line_about(event) + "\n", end="", flush=True)


def _contents(paths: Sequence[Path]) -> tuple[dict[str, bytes], dict[Path, str]]:
    """Returns the files by the keys to upload them under, and why some cannot be read."""
    contents: dict[str, bytes] = {}
    unreadable: dict[Path, str] = {}
    for path in paths:
        name = "standard-input" if path == STANDARD_INPUT else os.fsencode(path.name).decode(errors="replace")
        try:
            contents[_free_key(name, contents)] = bytes_in(path)
        except ReadingError as error:
            unreadable[path] = str(error)
    return contents, unreadable


def _free_key(name: str, taken: Mapping[str, bytes]) -> str:
    return name if name not in taken else f"{len(taken)}/{name}"


def _upload_and_show(service: Service, articles: Mapping[str, bytes], console: Terminal) -> bool:
    """Returns whether every article came back with a summary."""
    started = time.monotonic()
    for key, content in articles.items():
        service.upload(key, content)
    good = [_show(service, key, console) for key in articles]
    seconds = time.monotonic() - started
    console.print(f"S3 → SQS → summarize_uploads → DynamoDB → API: {sum(good)} of {len(good)} in {seconds:.1f} s.")
    return all(good)


def _show(service: Service, key: str, console: Terminal) -> bool:
    try:
        records = service.wait_for(key, _ANSWER_SECONDS)
    except NoAnswer as error:
        console.print(str(error), style="red")
        return False
    for record in records:
        console.print(Text(f"GET {service.url_of(record.article_id)}", style="dim"), soft_wrap=True)
        console.print(record_card(record, console.width))
    return all(record.status is not Status.FAILED for record in records)


def _instructions(service: Service, data: Path | None) -> str:
    stack = service.stack
    kept = f"in {data}, for the next start" if data else "in memory: gone when it stops, unless --data names a folder"
    return f"""\
The service runs on this machine; nothing reaches a real account.

  S3          {stack.aws_url}
  bucket      {stack.bucket}
  API         {stack.api_url}
  desk        {service.desk_url}
  try it on   {service.docs_url}
  kept        {kept}

Upload an article, then read its summary:

  curl -u local:local -T article.txt {stack.aws_url}/{stack.bucket}/politics/article.txt
  curl {stack.api_url}/summaries/politics/article.txt

or with the AWS CLI:

  AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=eu-west-1 \\
    aws --endpoint-url {stack.aws_url} s3 cp article.txt s3://{stack.bucket}/politics/article.txt

Ctrl-C stops it. What the functions log, and the events for the bus:
"""
