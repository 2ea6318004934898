"""Run one function in a child process that may use only so much time and memory.

The child is a fresh interpreter. Before the function runs it gives up the network, writing files,
starting programs and reading files outside Python's own folders; what it needs it is given as
bytes or as one open file, and it answers in bytes. For native code, which Python cannot watch, see
``lod.engine``.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
import sysconfig
from typing import TYPE_CHECKING, Any, BinaryIO

from lod.errors import ProcessError

if TYPE_CHECKING:
    from subprocess import CompletedProcess

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


def run_limited(name: str, payload: bytes | BinaryIO, *, seconds: int, memory_mb: int) -> bytes:
    """Return what a function answers to a payload in a limited child process.

    :param name: ``module:function``; only the child imports it, so its libraries cost nothing here.
    :param payload: bytes, or a file on disk that the function is given to read from where it is:
        so much need not fit in memory.
    :param seconds: wall time and CPU time it may use.
    :param memory_mb: address space it may use beyond what Python and its libraries map.
    :raises ProcessError: ``process/time``, ``process/memory`` or ``process/failed``.
    """
    from subprocess import TimeoutExpired  # noqa: PLC0415 - slow, and the child needs it not

    kind = _BYTES if isinstance(payload, bytes) else _FILE
    command = [sys.executable, "-I", "-m", "lod.process", name, str(seconds), str(memory_mb), kind]
    try:
        done = _run(command, payload, seconds)
    except TimeoutExpired:
        raise _too_long(name, seconds) from None
    if done.returncode == 0:
        return done.stdout
    if done.returncode == -getattr(signal, "SIGXCPU", -1):
        raise _too_long(name, seconds)
    if done.returncode == _EXIT_MEMORY or -done.returncode in {signal.SIGABRT, signal.SIGSEGV}:
        raise ProcessError("process/memory", f"{name} needed more than {memory_mb} MB.")
    last = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no message"]
    raise ProcessError("process/failed", f"{name} failed: {last[-1]}")


def _run(command: list[str], payload: bytes | BinaryIO, seconds: int) -> CompletedProcess[bytes]:
    import subprocess  # noqa: PLC0415 - likewise

    if isinstance(payload, bytes):
        return subprocess.run(
            command, input=payload, capture_output=True, timeout=seconds, check=False
        )
    payload.flush()
    os.lseek(payload.fileno(), payload.tell(), os.SEEK_SET)  # what was read ahead is read anew
    return subprocess.run(command, stdin=payload, capture_output=True, timeout=seconds, check=False)


def _too_long(name: str, seconds: int) -> ProcessError:
    return ProcessError("process/time", f"{name} did not end within {seconds} s.")


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


def _main(name: str, seconds: str, memory_mb: str, kind: str) -> int:
    sys.dont_write_bytecode = True
    module, _, attribute = name.partition(":")
    try:
        function = getattr(importlib.import_module(module), attribute)
        payload = sys.stdin.buffer.read() if kind == _BYTES else sys.stdin.buffer
        restrict(seconds=int(seconds), memory_mb=int(memory_mb))
        _refuse_outside_world()
        answer = function(payload)
    except MemoryError:
        return _EXIT_MEMORY
    except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, the parent words it
        import traceback  # noqa: PLC0415 - seldom needed

        traceback.print_exc()
        return _EXIT_FAILED
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
