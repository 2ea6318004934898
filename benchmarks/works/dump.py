"""The whole dataset as a file."""

from __future__ import annotations

import socket
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.client import Connection, Request
from benchmarks.processes import HOST, Server
from benchmarks.project import NAME
from benchmarks.servers import lod, nginx
from benchmarks.stage import Stage
from benchmarks.table import Outcome, Row, at_least

_FILE = Request(f"/downloads/latest/{NAME}.nt", (("Accept-Encoding", "identity"),))
_WORK = "dump"
_READERS = 8
_SLOW_BYTES = 1 << 14
_SLOW_PAUSE = 0.05


def dump(stage: Stage) -> Outcome:
    """Compare a download with one of the same file, and see what slow readers cost."""
    release = stage.release()
    times = 3 if stage.is_quick else 10
    with ExitStack() as stack:
        servers = [stack.enter_context(lod(release)), stack.enter_context(nginx(release))]
        rates: dict[str, list[float]] = {each.name: [] for each in servers}
        firsts: dict[str, list[float]] = {each.name: [] for each in servers}
        for turn in range(times + 1):
            for server in servers:
                with Connection(server.port) as connection:
                    answer = connection.ask(_FILE)
                if turn:  # the first warms up
                    rates[server.name].append(answer.size / answer.seconds / 1e6)
                    firsts[server.name].append(answer.first_byte * 1000)
        growth = {each.name: _growth(each, stage.seconds * 2) for each in servers}
    rate, first = _medians(rates), _medians(firsts)
    readers = f"memory more with {_READERS} slow readers"
    return Outcome(
        [
            Row(_WORK, "rate", "MB/s", rate[0], rate[1], "nginx", at_least(0.6)),
            Row(_WORK, "first byte", "ms", first[0], first[1], "nginx"),
            Row(_WORK, readers, "MB", growth["lod"], growth["nginx"], "nginx"),
        ]
    )


def _medians(figures: dict[str, list[float]]) -> Sequence[float]:
    return [statistics.median(each) for each in figures.values()]


def _growth(server: Server, seconds: float) -> float:
    """Return the most memory a server uses more while clients read slowly."""
    before = server.memory_mb()
    most = before
    asked = f"GET {_FILE.path} HTTP/1.1\r\nHost: {HOST}:{server.port}\r\n\r\n".encode("ascii")
    with ExitStack() as stack:
        readers = [
            stack.enter_context(socket.create_connection((HOST, server.port)))
            for _ in range(_READERS)
        ]
        for each in readers:
            each.sendall(asked)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for each in readers:
                each.recv(_SLOW_BYTES)
            time.sleep(_SLOW_PAUSE)
            most = max(most, server.memory_mb())
    return most - before
