"""From the command to the first answers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from benchmarks.client import Request
from benchmarks.processes import Server
from benchmarks.servers import (
    HTML,
    TURTLE,
    describe,
    first_answer,
    query,
    starting_lod,
    starting_oxigraph,
)
from benchmarks.stage import Release, Stage
from benchmarks.table import Outcome, Row, no_more

_WORK = "start"
_QUERY = "SELECT ?s { ?s ?p ?o } LIMIT 1"
_MOST_TO_ANSWER = {"1M": 8.0}
"""Seconds to the first SPARQL answer, where more than one is allowed."""

Starting = Callable[[Release], AbstractContextManager[Server]]


def start(stage: Stage) -> Outcome:
    """Compare how soon what was built before answers.

    The engine's server has no pages: its first description stands for one.
    """
    release, outcome = stage.release(), Outcome()
    asked = {
        ("first page", 0.5): (Request("/", (("Accept", HTML),)), describe("thing/t0", TURTLE)),
        ("first SPARQL answer", _MOST_TO_ANSWER.get(stage.size, 1.0)): (
            query("/sparql", _QUERY),
            query("/query", _QUERY),
        ),
    }
    for (figure, most), (request, peers) in asked.items():
        ours, theirs = [], []
        for turn in range(stage.rounds + 1):
            seen = _started(starting_lod, release, request)
            beside = _started(starting_oxigraph, release, peers)
            if turn:  # the first reads files that nobody read before
                ours.append(seen)
                theirs.append(beside)
        (seconds, cpu), (peer_seconds, peer_cpu) = _medians(ours), _medians(theirs)
        outcome.rows += [
            Row(_WORK, figure, "s", seconds, peer_seconds, "oxigraph", no_more(most)),
            Row(_WORK, f"{figure}, CPU until then", "s", cpu, peer_cpu, "oxigraph"),
        ]
    return outcome


def _started(starting: Starting, release: Release, request: Request) -> tuple[float, float]:
    """Return the seconds from the command to an answer, and those of a processor."""
    began = time.monotonic()
    with starting(release) as server:
        first_answer(server, request)
        return time.monotonic() - began, server.cpu_seconds()


def _medians(seen: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return statistics.median(s for s, _ in seen), statistics.median(c for _, c in seen)
