"""Look-ups of one client while others ask for more than can be answered."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from benchmarks.client import Connection, Request, percentile
from benchmarks.processes import HOST, Server
from benchmarks.servers import TURTLE, describe, document, lod, oxigraph, query
from benchmarks.stage import Release, Stage
from benchmarks.table import Outcome, Row, no_more

_HOSTILE = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {}"
_POINT = "SELECT ?p ?o {{ <https://benchmark.example/id/{}> ?p ?o }} # {}"
_ATTACKERS = 10
_QUERY_SECONDS = 20
"""What lod allows a query by default, and what the engine's server is told to allow."""

_QUIET_SECONDS = 3.0
_PATIENCE = 30.0
_READ_BYTES = 2_000_000
_LARGE = "SELECT * {{ ?a ?b ?c . ?d ?e ?f }} # {}"
_WAIT_SECONDS = 5
"""So long lod lets a query wait for a worker; by then its client may be gone."""

_IDLE = no_more(0.1)
_KINDS = ("document", "SPARQL")

Lookup = Callable[[str, int], Sequence[Request]]
"""Gives a look-up of each kind for a path and a number."""


@dataclass(slots=True)
class _Lookups:
    """What one client saw."""

    seconds: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    failures: int = 0


@dataclass(slots=True)
class _Attack:
    """What the others saw."""

    refused_after: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Seen:
    quiet: _Lookups
    loud: _Lookups
    attack: _Attack
    cores_after_cut: float
    cores_after_limit: float

    def slowdown(self, kind: int) -> float:
        """Return the median under attack by the one in quiet."""
        return percentile(self.loud.seconds[kind], 50) / percentile(self.quiet.seconds[kind], 50)


def hostile(stage: Stage) -> Outcome:
    """Compare how a client fares, and how soon an attack is over when its clients go away.

    Before the first byte of an answer a server need not notice that; it ends at the limit. In
    mid-result it has to.

    lod stands behind a proxy here, so that it knows its clients apart.
    """
    release = stage.release()
    seconds = _QUERY_SECONDS / 2 if stage.is_quick else _QUERY_SECONDS + 5.0
    with lod(release, source=release.project) as server:
        ours = _measure(server, release, _lod_lookups, "/sparql", seconds)
    with oxigraph(release, "--timeout-s", f"{_QUERY_SECONDS}") as server:
        theirs = _measure(server, release, _oxigraph_lookups, "/query", seconds)
    return Outcome(_rows(ours, theirs))


def _rows(ours: _Seen, theirs: _Seen) -> list[Row]:
    work, peer = f"{_ATTACKERS} hostile clients", "oxigraph"
    failures, others = ours.loud.failures, theirs.loud.failures
    refused, refused_there = (
        min(each.attack.refused_after, default=float("nan")) for each in (ours, theirs)
    )
    rows = [Row(work, "failed look-ups", "", failures, others, peer, no_more(0))]
    for kind, name in enumerate(_KINDS):
        quiet, loud = (
            percentile(each.seconds[kind], 50) * 1000 for each in (ours.quiet, ours.loud)
        )
        slower, theirs_slower = ours.slowdown(kind), theirs.slowdown(kind)
        rows.append(Row(work, f"{name} p50", "ms", loud, quiet, "quiet"))
        rows.append(Row(work, f"{name} p50, times quiet", "", slower, theirs_slower, peer))
    last, last_there = (
        max(each.attack.refused_after, default=float("nan")) for each in (ours, theirs)
    )
    cut = ours.cores_after_cut, theirs.cores_after_cut
    limit = ours.cores_after_limit, theirs.cores_after_limit
    return [
        *rows,
        Row(work, "first 503 after", "s", refused, refused_there, peer),
        Row(work, "last 503 after", "s", last, last_there, peer, no_more(_QUERY_SECONDS + 1)),
        Row(work, "cores used 2 s after a hang-up in mid-result", "", *cut, peer, _IDLE),
        Row(work, "cores used 2 s after the limit", "", *limit, peer, _IDLE),
    ]


def _measure(
    server: Server, release: Release, lookups: Lookup, endpoint: str, seconds: float
) -> _Seen:
    paths, numbers = release.contents.sample(500), count()
    _look_up(server, lookups, paths, numbers, 1.0)
    quiet = _look_up(server, lookups, paths, numbers, _QUIET_SECONDS)
    attack, over = _Attack(), threading.Event()
    connections: list[Connection] = []
    threads = [
        threading.Thread(target=_attack, args=(server, endpoint, number, attack, over, connections))
        for number in range(_ATTACKERS)
    ]
    for each in threads:
        each.start()
    time.sleep(1)
    loud = _look_up(server, lookups, paths, numbers, seconds)
    over.set()
    for connection in connections:
        connection.hang_up()
    for each in threads:
        each.join()
    for connection in connections:
        connection.close()
    time.sleep(_WAIT_SECONDS + _QUERY_SECONDS + 2)
    after_limit = _cores(server)
    return _Seen(quiet, loud, attack, _cores_after_cut(server, endpoint), after_limit)


def _cores_after_cut(server: Server, endpoint: str) -> float:
    """Return the cores used 2 s after clients went away that had read some of their answers."""
    for number in range(2):
        request = query(endpoint, _LARGE.format(number))
        with socket.create_connection((HOST, server.port), _PATIENCE) as connection:
            lines = [f"GET {request.path} HTTP/1.1", f"Host: {HOST}:{server.port}"]
            lines += [f"{name}: {value}" for name, value in request.headers]
            connection.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
            read = 0
            while read < _READ_BYTES:
                read += len(connection.recv(65536)) or _READ_BYTES
    time.sleep(2)
    return _cores(server)


def _cores(server: Server) -> float:
    """Return the cores used in the second to come."""
    before = server.cpu_seconds()
    time.sleep(1)
    return server.cpu_seconds() - before


def _look_up(
    server: Server, lookups: Lookup, paths: Sequence[str], numbers: count[int], seconds: float
) -> _Lookups:
    """Ask for documents and queries in turn; no two requests are the same."""
    seen, end = _Lookups(), time.monotonic() + seconds
    while time.monotonic() < end:
        number = next(numbers)
        for kind, request in enumerate(lookups(paths[number % len(paths)], number)):
            try:
                with Connection(server.port, _PATIENCE) as connection:
                    answer = connection.ask(request)
                seen.failures += answer.status != 200
                seen.seconds[kind].append(answer.seconds)
            except (OSError, http.client.HTTPException):
                seen.failures += 1
                seen.seconds[kind].append(_PATIENCE)
        time.sleep(0.01)
    return seen


def _lod_lookups(path: str, number: int) -> Sequence[Request]:
    page = document(path, TURTLE)
    asked = [Request(f"{page.path}?n={number}", page.headers)]
    asked.append(query("/sparql", _POINT.format(path, number)))
    return [each.with_header("X-Forwarded-For", "198.51.100.1") for each in asked]


def _oxigraph_lookups(path: str, number: int) -> Sequence[Request]:
    return [describe(path, TURTLE), query("/query", _POINT.format(path, number))]


def _attack(
    server: Server,
    endpoint: str,
    number: int,
    attack: _Attack,
    over: threading.Event,
    connections: list[Connection],
) -> None:
    numbers = count(number, _ATTACKERS)
    while not over.is_set():
        request = query(endpoint, _HOSTILE.format(next(numbers)))
        began = time.monotonic()
        with suppress(OSError, http.client.HTTPException, AttributeError, ValueError):
            connection = Connection(server.port)
            connections.append(connection)
            answer = connection.ask(
                request.with_header("X-Forwarded-For", f"203.0.113.{number + 1}")
            )
            attack.statuses.append(answer.status)
            if answer.status == 503:
                attack.refused_after.append(time.monotonic() - began)
            connection.close()
        over.wait(0.05)
