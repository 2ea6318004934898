"""Run one function in a child process that may use only so much time and memory.

The child is a copy of this process or, where that is not safe, a fresh interpreter. Before the
function runs it gives up the network, writing files, starting programs and reading files outside
Python's own folders; what it needs it is given as bytes or as one open file, and it answers in
bytes. For native code, which Python cannot watch, see ``lod.engine``.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import sysconfig
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, BinaryIO, NamedTuple, cast

from lod.errors import ProcessError

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

# Audit events by what they begin with; a call that later versions of Python add is refused too.
_REFUSED = (
    "ctypes.",
    "ftplib.",
    "os.",
    "pty.",
    "shutil.",
    "socket.",
    "sqlite3.",
    "subprocess.",
    "tempfile.",
    "webbrowser.",
)
_ALLOWED = frozenset(
    {"os.listdir", "os.scandir", "os.walk", "socket.__new__", "socket.gethostname"}
)
"""What only looks, which importing a library does."""

_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_EXIT_MEMORY = 71
_EXIT_FAILED = 70
_BYTES, _FILE = "bytes", "file"
_PATIENCE = 10.0


class _Work(NamedTuple):
    """What to run, and with which limits; as text, as it may stand in a command."""

    name: str
    seconds: str
    memory_mb: str
    kind: str


class Limited:
    """A function at work in a limited child process; a context manager that ends it.

    :param ended: waits so many seconds for its end and returns its exit code, None when it goes on.
    :param kill: ends it.
    """

    def __init__(
        self,
        work: _Work,
        ended: Callable[[float], int | None],
        kill: Callable[[], object],
        said: tuple[BinaryIO, BinaryIO],
    ) -> None:
        self._work = work
        self._until = time.monotonic() + int(work.seconds)
        self._ended = ended
        self._kill = kill
        self._output, self._errors = said
        self._code: int | None = None

    def result(self) -> bytes:
        """Return what the function answered, waiting for it.

        :raises ProcessError: ``process/time``, ``process/memory`` or ``process/failed``.
        """
        name, seconds, memory_mb, _ = self._work
        self._code = self._ended(max(0.0, self._until - time.monotonic()))
        if self._code is None or self._code == -getattr(signal, "SIGXCPU", -1):
            raise ProcessError("process/time", f"{name} did not end within {seconds} s.")
        if self._code == 0:
            self._output.seek(0)
            return self._output.read()
        if self._code == _EXIT_MEMORY or -self._code in {signal.SIGABRT, signal.SIGSEGV}:
            raise ProcessError("process/memory", f"{name} needed more than {memory_mb} MB.")
        self._errors.seek(0)
        words = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        last = (words or ["no message"])[-1]
        raise ProcessError("process/failed", f"{name} failed: {last}")

    def close(self) -> None:
        """End the process, and give back what it wrote to."""
        if self._code is None:
            self._kill()
            self._ended(_PATIENCE)
        self._output.close()
        self._errors.close()

    def __enter__(self) -> Limited:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def run_limited(name: str, payload: bytes | BinaryIO, *, seconds: int, memory_mb: int) -> bytes:
    """Return what a function answers to a payload in a limited child process.

    Parameters and errors are those of ``begin_limited`` and of ``Limited.result``.
    """
    with begin_limited(name, payload, seconds=seconds, memory_mb=memory_mb) as limited:
        return limited.result()


def begin_limited(name: str, payload: bytes | BinaryIO, *, seconds: int, memory_mb: int) -> Limited:
    """Begin to run a function in a limited child process.

    :param name: ``module:function``; only the child imports it, so its libraries cost nothing here.
    :param payload: bytes, or a file on disk that the function is given to read from where it is:
        so much need not fit in memory.
    :param seconds: wall time and CPU time it may use.
    :param memory_mb: address space it may use beyond what Python and its libraries map.
    """
    from tempfile import TemporaryFile  # noqa: PLC0415 - slow, and the child needs it not

    with ExitStack() as stack:
        source = payload
        if isinstance(source, bytes):
            source = stack.enter_context(TemporaryFile())
            source.write(cast(bytes, payload))
            source.seek(0)
        source.flush()
        os.lseek(source.fileno(), source.tell(), os.SEEK_SET)  # what was read ahead is read anew
        said = TemporaryFile(), TemporaryFile()  # noqa: SIM115 - closed with what is returned
        kind = _BYTES if isinstance(payload, bytes) else _FILE
        work = _Work(name, str(seconds), str(memory_mb), kind)
        start = _fork if can_be_copied() else _spawn  # a copy has loaded what it needs already
        return Limited(work, *start(work, source, said), said)


def can_be_copied() -> bool:
    """Whether this process may be forked: one with threads may not, nor do all systems do well."""
    return sys.platform == "linux" and threading.active_count() == 1


def _fork(
    work: _Work, source: BinaryIO, said: tuple[BinaryIO, BinaryIO]
) -> tuple[Callable[[float], int | None], Callable[[], object]]:
    import select  # noqa: PLC0415 - only here

    child = os.fork()
    if child == 0:
        code = _EXIT_FAILED
        try:
            for number, each in enumerate((source, *said)):
                os.dup2(each.fileno(), number)
            os.closerange(3, os.sysconf("SC_OPEN_MAX"))
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            with open(0, "rb", closefd=False) as stream, open(1, "wb", closefd=False) as answer:
                code = _run(work, stream, answer)
        finally:
            os._exit(code)
    handle = os.pidfd_open(child)
    poll = select.poll()
    poll.register(handle, select.POLLIN)

    def ended(seconds: float) -> int | None:
        if not poll.poll(seconds * 1000):
            return None
        _, status = os.waitpid(child, 0)
        os.close(handle)
        return os.waitstatus_to_exitcode(status)

    return ended, lambda: os.kill(child, signal.SIGKILL)


def _spawn(
    work: _Work, source: BinaryIO, said: tuple[BinaryIO, BinaryIO]
) -> tuple[Callable[[float], int | None], Callable[[], object]]:
    import subprocess  # noqa: PLC0415 - slow, and seldom needed

    command = [sys.executable, "-I", "-m", "lod.process", *work]
    child = subprocess.Popen(command, stdin=source, stdout=said[0], stderr=said[1])

    def ended(seconds: float) -> int | None:
        try:
            return child.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    return ended, child.kill


def restrict(*, seconds: int | None, memory_mb: int | None) -> None:
    """Limit this process for good; where the system has no such limit, it stays as it was."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    if memory_mb is not None:
        most = _mapped_bytes() + memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _mapped_bytes() -> int:
    """Return the address space this process maps now (Linux), else 0."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - in each child
            pages = int(statm.read().split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _refuse_outside_world() -> None:
    """Install an audit hook, which cannot be removed, that keeps Python code inside."""
    folders = {
        sys.prefix,
        sys.base_prefix,
        *sysconfig.get_paths().values(),
        *filter(None, sys.path),
    }
    inside = tuple(os.path.realpath(folder) + os.sep for folder in folders)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_REFUSED) and event not in _ALLOWED:
            raise PermissionError(f"{event} is refused here")
        if event == "open":
            path, mode, flags = arguments
            if isinstance(path, int):
                return
            writing = flags & _CHANGING if mode is None else (any(each in mode for each in "wax+"))
            if writing or not os.path.realpath(os.fsdecode(path)).startswith(inside):
                raise PermissionError(f"opening {path!r} is refused here")

    sys.addaudithook(refuse)


def _run(work: _Work, stream: BinaryIO, answer: BinaryIO) -> int:
    """Run the function for good: this process is not what it was afterwards."""
    sys.dont_write_bytecode = True
    module, _, attribute = work.name.partition(":")
    try:
        function = getattr(importlib.import_module(module), attribute)
        payload = stream.read() if work.kind == _BYTES else stream
        restrict(seconds=int(work.seconds), memory_mb=int(work.memory_mb))
        _refuse_outside_world()
        answer.write(function(payload))
        answer.flush()
    except MemoryError:
        return _EXIT_MEMORY
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it is, the parent words it
        from traceback import format_exception  # noqa: PLC0415 - seldom needed

        os.write(2, "".join(format_exception(error)).encode("utf-8", "replace"))
        return _EXIT_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(_run(_Work(*sys.argv[1:]), sys.stdin.buffer, sys.stdout.buffer))
