"""Queries that nobody asked before."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

from benchmarks.client import Connection, percentile
from benchmarks.load import Round, round_of, summary
from benchmarks.processes import Server
from benchmarks.queries import MIX, Query
from benchmarks.servers import lod, oxigraph, oxigraph_on_disk, query
from benchmarks.stage import Release, Stage
from benchmarks.table import Measured, Outcome, Row, at_most, no_more

ENDPOINTS = {"lod": "/sparql", "oxigraph": "/query", "oxigraph on disk": "/query"}
PEER = "oxigraph on disk"
"""As it is usually run; what it does in memory stands beside it."""

_HEAVY = {"text", "GROUP BY", "stream"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a server did with one query in one round."""

    round: Round
    first_byte_ms: float


def sparql(stage: Stage) -> Outcome:
    """Compare the processor time of queries with that of the engine's own server."""
    release, outcome, numbers = stage.release(), Outcome(), count()
    ratios: dict[str, list[float]] = {PEER: [], "oxigraph": []}
    with ExitStack() as stack:
        starting = (lod(release), oxigraph_on_disk(release), oxigraph(release))
        servers = [stack.enter_context(each) for each in starting]
        for each in MIX:
            done = _measure(servers, each, release, stage.rounds, numbers)
            measured = {
                name: summary(f"SPARQL, {each.name}", name, [asked.round for asked in rounds])
                for name, rounds in done.items()
            }
            for peer, found in ratios.items():
                found.append(measured["lod"].cpu_ms / max(measured[peer].cpu_ms, 0.001))
            outcome.add(Outcome(_rows(each, measured, done), list(measured.values())))
    for peer, found in ratios.items():
        mean = math.exp(sum(map(math.log, found)) / len(found))
        bound = at_most(1.2) if peer == PEER else None
        work = "SPARQL, geometric mean"
        outcome.rows.append(Row(work, "CPU/request", "", mean, 1.0, peer, bound))
    return outcome


def _measure(
    servers: Sequence[Server], asked: Query, release: Release, rounds: int, numbers: count[int]
) -> dict[str, list[_Asked]]:
    done: dict[str, list[_Asked]] = {each.name: [] for each in servers}
    for turn in range(rounds + 1):
        first = next(numbers) * 1000
        for server in servers:
            texts = [asked.at(first + each, release.contents) for each in range(asked.times)]
            seen = _ask(server, asked, texts[:2] if turn == 0 else texts)
            if turn:  # the first round warms up
                done[server.name].append(seen)
    return done


def _ask(server: Server, asked: Query, texts: Sequence[str]) -> _Asked:
    endpoint = ENDPOINTS[server.name]
    before = server.cpu_seconds()
    with Connection(server.port) as connection:
        answers = [connection.ask(query(endpoint, each, asked.media_type)) for each in texts]
    cpu = server.cpu_seconds() - before
    return _Asked(
        round_of(answers, cpu), percentile([each.first_byte for each in answers], 50) * 1e3
    )


def _rows(asked: Query, measured: dict[str, Measured], done: dict[str, list[_Asked]]) -> list[Row]:
    work, ours = f"SPARQL, {asked.name}", measured["lod"].cpu_ms
    bound = at_most(0.7) if asked.name in _HEAVY else None
    rows = [
        Row(work, "CPU/request", "ms", ours, measured[PEER].cpu_ms, PEER, bound),
        Row(work, "CPU/request", "ms", ours, measured["oxigraph"].cpu_ms, "oxigraph", None),
    ]
    if asked.name == "stream":
        first = {
            name: percentile([each.first_byte_ms for each in rounds], 50)
            for name, rounds in done.items()
        }
        mine, theirs = first["lod"], first["oxigraph"]
        rows.append(Row(work, "first byte", "ms", mine, theirs, "oxigraph", no_more(50)))
    return rows
