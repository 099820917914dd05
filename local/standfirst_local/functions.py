"""The Lambda functions of the template, run in this process."""

import importlib.util
import os
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3


@dataclass(frozen=True, slots=True)
class LocalContext:
    """What a handler is passed beside the event; the names are those of Lambda's Python context object."""

    function_name: str
    memory_limit_in_mb: int
    aws_request_id: str
    timeout_seconds: int
    function_version: str = "$LATEST"
    started: float = field(default_factory=time.monotonic)

    @property
    def invoked_function_arn(self) -> str:
        """The ARN in the account that moto emulates."""
        return f"arn:aws:lambda:eu-west-1:123456789012:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Returns what is left of the timeout, which nothing enforces here."""
        return max(0, int((self.started + self.timeout_seconds - time.monotonic()) * 1000))


class LocalFunction:
    """One function: its ``app.py``, loaded anew, so that it reads the environment of its own stack.

    That is the environment of the process, or ``variables`` on top of what that is now: two functions may have the same
    code, and be told different things.
    """

    def __init__(
        self, name: str, code: Path, memory_mb: int, timeout_seconds: int, variables: Mapping[str, str] | None = None
    ) -> None:
        """Load the handler; nothing of it runs yet."""
        self.name = name
        self._module = _load(name, code / "app.py")
        if variables is not None:
            # A handler reads it when it is first invoked, by its own name of the module.
            self._module.os = _Os({**os.environ, **variables})  # type: ignore[attr-defined]
        self._memory_mb = memory_mb
        self._timeout_seconds = timeout_seconds
        _share_session()

    def invoke(self, event: dict[str, Any]) -> Any:  # noqa: ANN401 - a handler answers what its event source expects
        """Returns what the handler returns, and raises what it raises."""
        context = LocalContext(self.name, self._memory_mb, str(uuid.uuid4()), self._timeout_seconds)
        return self._module.lambda_handler(event, context)


class _Os:
    """The module ``os`` with another environment."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever it is
        return getattr(os, name)


class _SharedSession(boto3.Session):
    """A session for several functions that run at once, each of which makes its clients when it is first invoked.

    Making them is what boto3's own is not safe for (boto3 guide, "Multithreading or multiprocessing with sessions").
    """

    _making = threading.Lock()

    def client(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as boto3 has it
        with self._making:
            return super().client(*arguments, **named)


def _share_session() -> None:
    if not isinstance(boto3.DEFAULT_SESSION, _SharedSession):
        boto3.DEFAULT_SESSION = _SharedSession()


def _load(name: str, path: Path) -> ModuleType:
    # Not through sys.modules: every function's module is named app.
    spec = importlib.util.spec_from_file_location(f"standfirst_function_{name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
