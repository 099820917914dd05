"""Runs functions in a process of its own, so that a call which needs too much processor time or memory ends alone.

A regular expression that backtracks, or a parser in C, holds the interpreter: in a thread nothing could end it, and
every other thread would wait. So there are two processes more, connected to this one by one socket.

    this process ── socket ──▶ the template: prepares itself once, and forks ──▶ the worker: one call after another

The template is a new interpreter, or a copy of this process while that has one thread, which saves it what both import.
The kernel ends a worker that is over its share. The template, which has only one thread and so may fork, says why on
the same socket, and has the next worker ready within milliseconds.

``multiprocessing`` would need ``/dev/shm``, which Lambda does not have, or the main module, which there is Lambda's.
"""

import gc
import json
import logging
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, NoReturn

from standfirst.domain.errors import DocumentTooDemanding, StandfirstError, TransientError

_CLOSED, _RETIRED = 0, 3
"""The exit statuses of a worker: nobody will call any more, or a new one should answer the next call."""

_ENDED_FROM_OUTSIDE = "The process that reads documents was ended from outside."

_BYTES = 1 if sys.platform == "darwin" else 1024
"""The unit of ``ru_maxrss`` (getrusage(2))."""

_SCRIPT = (
    "import json, sys; socket, share, prepare, sys.path[:] = json.loads(sys.argv[1]);"
    "from standfirst.adapters.bounded_process import serve; serve(socket, share, prepare)"
)


@dataclass(frozen=True, slots=True)
class Share:
    """The most that one call may take: seconds of processor time, and bytes of data in memory."""

    cpu_seconds: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class _Ended:
    """The worker ended during a call: by this signal, or with an exit status if it is 0."""

    signal: int


class _Copy:
    """A copy of this process, with as much of ``subprocess.Popen`` as is used here."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None

    def poll(self) -> int | None:
        """See ``Popen``."""
        return self._waited(os.WNOHANG)

    def wait(self) -> int | None:
        """See ``Popen``."""
        return self._waited(0)

    def _waited(self, options: int) -> int | None:
        if self._status is None:
            try:
                pid, status = os.waitpid(self.pid, options)
            except ChildProcessError:
                # Somebody else has waited for it. ``Popen`` says the same.
                pid, status = self.pid, 0
            self._status = os.waitstatus_to_exitcode(status) if pid else None
        return self._status


class BoundedProcess:
    """Runs functions one after another, for all threads of this process; starts with the first call, or ``start``."""

    def __init__(self, share: Share, prepare: tuple[str, str] | None = None) -> None:
        """``prepare`` names a module and its function that loads beforehand what calls will need."""
        self._share = share
        self._prepare = prepare
        self._lock = threading.Lock()
        self._template: subprocess.Popen[bytes] | _Copy | None = None
        self._connection: Connection | None = None
        os.register_at_fork(after_in_child=self._leave_to_parent)

    def function(self, module: str, name: str) -> Callable[..., Any]:
        """Returns the function of that name in ``module``, which this process need not import.

        What it is passed, returns and raises is pickled. It raises ``DocumentTooDemanding`` when a call needs more than
        its share or crashes, and ``TransientError`` when the process is ended from outside or cannot be started.
        """

        def call(*arguments: Any) -> Any:  # noqa: ANN401 - what the function takes and returns
            return self._call((module, name, arguments))

        return call

    def start(self) -> None:
        """Starts the process, if it is not running; returns before it is prepared."""
        with self._lock:
            self._connected()

    def start_as_copy(self) -> None:
        """Starts it as a copy of this process, or as ``start`` does if that has several threads.

        A copy of one thread would wait for ever for a lock that another one held.
        """
        with self._lock:
            if self._template is None and _is_alone():
                self._template, self._connection = _copied(self._share, self._prepare)
            self._connected()

    def close(self) -> None:
        """Ends the process; the next call starts another."""
        with self._lock:
            self._drop()

    def _call(self, request: tuple[str, str, tuple[Any, ...]]) -> Any:  # noqa: ANN401 - see ``function``
        # A fair share of time: the lock is free between two calls of one document, and its neighbours wait for it.
        with self._lock:
            connection = self._connected()
            try:
                if connection.poll():
                    # Nobody has asked: the worker was ended meanwhile, from outside.
                    self._drop()
                    connection = self._connected()
                connection.send(request)
                answer = connection.recv()
            except (OSError, EOFError) as error:
                self._drop()
                raise TransientError(_ENDED_FROM_OUTSIDE) from error
            if isinstance(answer, _Ended) and answer.signal != signal.SIGPROF:
                # It may have ended half-way through a request or an answer.
                self._drop()
        match answer:
            case _Ended(signal.SIGPROF):
                seconds = f"{self._share.cpu_seconds:g} seconds"
                raise DocumentTooDemanding(f"The document needs more than {seconds} of processor time.")
            case _Ended(signal.SIGKILL | signal.SIGTERM):
                raise TransientError(_ENDED_FROM_OUTSIDE)
            case _Ended(number):
                name = signal.Signals(number).name if number else "exit"
                raise DocumentTooDemanding(f"The document crashes what reads it ({name}).")
            case Exception():
                raise answer
        return answer[0]

    def _connected(self) -> Connection:
        if self._connection and self._template and self._template.poll() is None:
            return self._connection
        self._drop()
        ours, theirs = socket.socketpair()
        with theirs:
            started = json.dumps([theirs.fileno(), astuple(self._share), self._prepare, sys.path])
            try:
                self._template = subprocess.Popen(  # noqa: S603 - ourselves
                    [sys.executable, "-c", _SCRIPT, started],
                    stdin=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,  # Ctrl-C is for this process, whose end the others notice
                )
            except OSError as error:
                ours.close()
                raise TransientError(f"The process that reads documents cannot be started: {error}.") from error
        self._connection = Connection(ours.detach())
        return self._connection

    def _leave_to_parent(self) -> None:
        """Forgets the process: what is forked from this one would take the answers to each other's calls."""
        if self._connection:
            self._connection.close()
        self._lock, self._template, self._connection = threading.Lock(), None, None

    def _drop(self) -> None:
        if self._connection:
            self._connection.close()
        if self._template:
            # The template and its worker have a process group of their own.
            with suppress(ProcessLookupError):
                os.killpg(self._template.pid, signal.SIGKILL)
            self._template.wait()
        self._connection = self._template = None


def _is_alone() -> bool:
    """Returns whether this process has one thread, also counting those of libraries; unknown but on Linux."""
    tasks = Path("/proc/self/task")
    return tasks.exists() and len(list(tasks.iterdir())) == 1


def _copied(share: Share, prepare: tuple[str, str] | None) -> tuple[_Copy, Connection]:
    ours, theirs = socket.socketpair()
    with theirs:
        pid = os.fork()
        if not pid:
            ours.close()
            _serve_as_copy(theirs.detach(), share, prepare)
        with suppress(ProcessLookupError):
            # The copy does the same: whoever is first.
            os.setpgid(pid, pid)
    return _Copy(pid), Connection(ours.detach())


# ----------------------------------------------------------------------------------------------------------------------
# In the template and its workers
# ----------------------------------------------------------------------------------------------------------------------


def _serve_as_copy(socket_number: int, share: Share, prepare: tuple[str, str] | None) -> NoReturn:
    """Serves, and ends without going back to what this was a copy of."""
    status: object = 1
    try:
        os.setpgid(0, 0)
        # As in a new interpreter: Lambda's handlers would write into what is closed here.
        logging.getLogger().handlers.clear()
        logging.getLogger().setLevel(logging.WARNING)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
            if number > 2 and number != socket_number:  # noqa: PLR2004 - the standard streams
                with suppress(OSError):
                    os.close(number)
        serve(socket_number, (share.cpu_seconds, share.memory_bytes), prepare)
        status = 0
    except SystemExit as end:
        status = end.code
    except BaseException:  # noqa: BLE001 - as an interpreter ends
        traceback.print_exc()
    finally:
        os._exit(status if isinstance(status, int) else 1)


def serve(socket_number: int, share: tuple[float, int], prepare: tuple[str, str] | None) -> None:
    """Prepares itself, then forks one worker after another until nobody will call any more."""
    gc.disable()
    if prepare:
        _named(*prepare)()
    # What is loaded now is never freed: looking at it would copy the pages that template and worker share.
    gc.freeze()
    gc.enable()
    with Connection(socket_number) as connection:
        while True:
            connection.poll(None)
            if not (worker := os.fork()):
                sys.exit(_work(connection, Share(*share)))
            status = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
            if status == _CLOSED:
                return
            if status != _RETIRED:
                with suppress(ConnectionError):
                    connection.send(_Ended(max(0, -status)))


def _work(connection: Connection, share: Share) -> int:
    """Answers calls until one has left so much memory behind that the next might be refused for it.

    Returns the exit status.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (share.memory_bytes, share.memory_bytes))
    most = _peak_bytes() + share.memory_bytes // 4
    while _peak_bytes() <= most:
        try:
            module, name, arguments = connection.recv()
            # Of processor time, so that a starved machine fails nobody. The signal ends the process, whatever it does.
            signal.setitimer(signal.ITIMER_PROF, share.cpu_seconds)
            answer = _answer(module, name, arguments, share)
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send_bytes(answer)
        except (EOFError, ConnectionError):
            return _CLOSED
    return _RETIRED


def _answer(module: str, name: str, arguments: tuple[Any, ...], share: Share) -> memoryview:
    """Returns what the function returns, in a tuple, or the exception that it raises; pickled."""
    try:
        return ForkingPickler.dumps((_named(module, name)(*arguments),))
    except MemoryError:
        megabytes = share.memory_bytes // 1024**2
        return ForkingPickler.dumps(DocumentTooDemanding(f"The document needs more than {megabytes} MB of memory."))
    except Exception as error:  # noqa: BLE001 - raised again by the process that called
        if not isinstance(error, StandfirstError):
            error.add_note(traceback.format_exc())
        try:
            pickled = ForkingPickler.dumps(error)
            ForkingPickler.loads(pickled)
        except Exception:  # noqa: BLE001 - whatever a library's exception raises when it is pickled
            return ForkingPickler.dumps(RuntimeError(f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))
        return pickled


def _named(module: str, name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def _peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES
