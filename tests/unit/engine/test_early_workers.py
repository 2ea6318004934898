"""Of a large dataset the default graph is answered first, and the rest as soon as it is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from lod.config import Limits
from lod.engine.launcher import RunningEngine
from lod.engine.sources import Sources
from support.engines import Started, brokers, select
from support.processes import eventually

TRIPLES = 60_000
LIMITS = Limits(workers=2, wait_seconds=20)
DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("early")
    triples, quads = folder / "data.nt", folder / "data.nq"
    lines = [f'<https://data.example/s{n}> <x:p> "{n:060}" ' for n in range(TRIPLES)]
    triples.write_text("".join(f"{line}.\n" for line in lines))
    quads.write_text("".join(f"{line}<x:g> .\n" for line in lines))
    return Sources([triples, quads])


@pytest.fixture
def starting(sources: Sources) -> Iterator[Started]:
    before = brokers()
    with RunningEngine(sources, LIMITS) as running:
        (broker,) = brokers() - before
        yield Started(running, broker)


def ask(started: Started, text: str, *, reads_named: bool) -> bytes:
    operation = replace(select(text), reads_named=reads_named)
    return b"".join(started.engine.query(operation, "csv"))


def test_default_graph_is_answered_before_the_rest_is_there(starting: Started) -> None:
    """Whoever asks for it does not wait for the named graphs, and these are not forgotten."""
    began = time.monotonic()
    assert ask(starting, DEFAULT, reads_named=False) == f"n\r\n{TRIPLES}\r\n".encode()
    first = time.monotonic() - began
    early = starting.workers()

    assert ask(starting, NAMED, reads_named=True) == f"n\r\n{TRIPLES}\r\n".encode()
    second = time.monotonic() - began

    assert first < second / 1.3
    assert eventually(lambda: not early & starting.workers())
    assert ask(starting, DEFAULT, reads_named=False) == f"n\r\n{TRIPLES}\r\n".encode()


def test_named_graphs_are_never_missing(starting: Started) -> None:
    """A query that asks for one waits for a worker that has it, however others hurry."""
    for _ in range(50):
        ask(starting, "ASK {}", reads_named=False)
        found = ask(starting, NAMED, reads_named=True)
        assert found == f"n\r\n{TRIPLES}\r\n".encode()
