"""Start servers, end them, and read from the system what they use."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 15


class ServerFailedError(Exception):
    """A server ended, or did not answer in time."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and all processes below it."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Return the processor time its processes and those that ended have used so far."""
        return sum(_cpu(each) for each in _family(self.process.pid))

    def memory_mb(self) -> float:
        """Return the memory of its processes; what several share counts once."""
        return sum(_memory(each) for each in _family(self.process.pid)) / 1024


@contextmanager
def running(
    name: str,
    port: int,
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Yield a server that has just been started; its processes are ended at the end."""
    with log.open("ab") as said:
        process = subprocess.Popen(
            [str(each) for each in command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    try:
        yield Server(name, port, process)
    finally:
        _end(process)


def wait_for_port(server: Server, seconds: float) -> None:
    """Return when a server accepts connections.

    :raises ServerFailedError: when it ends before, or takes too long.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise ServerFailedError(f"{server.name} ended with {server.process.returncode}.")
        with suppress(OSError), socket.create_connection((HOST, server.port), 1):
            return
        time.sleep(0.002)
    raise ServerFailedError(f"{server.name} did not listen within {seconds:g} s.")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _end(process: subprocess.Popen[bytes]) -> None:
    family = _family(process.pid)
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_PATIENCE)
    for each in family:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    process.wait()


def _stat(number: int) -> list[str] | None:
    """Return the fields of ``/proc/N/stat`` after the name (proc(5)), None when it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return None


def _family(number: int) -> list[int]:
    """Return a process and its children, their children and so on, as far as they live."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - names are all that is wanted
        fields = _stat(int(name)) if name.isdigit() else None
        if fields is not None:
            children.setdefault(int(fields[1]), []).append(int(name))
    found, left = [], [number]
    while left:
        each = left.pop()
        found.append(each)
        left += children.get(each, [])
    return found


def _cpu(number: int) -> float:
    """Return user and system time, with that of children that have been waited for."""
    fields = _stat(number)
    return sum(map(int, fields[11:15])) / _TICKS if fields else 0.0


def _memory(number: int) -> int:
    """Return the proportional set size in KiB."""
    with suppress(OSError):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
