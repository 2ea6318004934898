"""From the command to the first answers."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from benchmarks.client import Request
from benchmarks.processes import Server
from benchmarks.servers import (
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


def start(stage: Stage) -> Outcome:
    """Compare how soon what was built before answers.

    The engine's server has no pages: its first description stands for one.
    """
    release = stage.release()
    page = Request("/", (("Accept", "text/html"),))
    lod_page, lod_query, peer_page, peer_query = [], [], [], []
    for _ in range(stage.rounds):
        lod_page.append(_seconds(starting_lod, release, page))
        peer_page.append(_seconds(starting_oxigraph, release, describe("thing/t0", TURTLE)))
        lod_query.append(_seconds(starting_lod, release, query("/sparql", _QUERY)))
        peer_query.append(_seconds(starting_oxigraph, release, query("/query", _QUERY)))
    ours, theirs = statistics.median(lod_page), statistics.median(peer_page)
    answer, answer_theirs = statistics.median(lod_query), statistics.median(peer_query)
    return Outcome(
        [
            Row(_WORK, "first page", "s", ours, theirs, "oxigraph", no_more(0.5)),
            Row(_WORK, "first SPARQL answer", "s", answer, answer_theirs, "oxigraph", no_more(1)),
        ]
    )


def _seconds(
    starting: Callable[[Release], AbstractContextManager[Server]],
    release: Release,
    request: Request,
) -> float:
    began = time.monotonic()
    with starting(release) as server:
        first_answer(server, request)
        return time.monotonic() - began
