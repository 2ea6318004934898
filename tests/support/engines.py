"""Engines over small data, with limits small enough that a test need not wait for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lod.config import Limits
from lod.engine.client import Engine
from lod.engine.launcher import RunningEngine
from lod.engine.operation import QueryForm, QueryOperation
from lod.engine.sources import Sources
from support.processes import descendants

SUBJECTS = 400
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
"""A product that takes years."""

LARGE = "CONSTRUCT { ?a <x:to> ?d } WHERE { ?a ?b ?c . ?d ?e ?f }"
"""Some megabytes, of which the first come at once."""

SMALL = "SELECT ?o { <https://data.example/s1> ?p ?o }"
SMALL_ANSWER = b"o\r\n1\r\n"


def select(text: str) -> QueryOperation:
    """Return a SELECT query as if it had passed the guard."""
    return QueryOperation(text, QueryForm.SELECT)


def construct(text: str) -> QueryOperation:
    """Return a CONSTRUCT query as if it had passed the guard."""
    return QueryOperation(text, QueryForm.CONSTRUCT)


def write_data(folder: Path) -> Sources:
    """Write a small dataset and return it as what an engine loads."""
    path = folder / "data.nt"
    path.write_text(
        "".join(
            f'<https://data.example/s{number}> <https://data.example/p> "{number}" .\n'
            for number in range(SUBJECTS)
        )
    )
    return Sources([path])


@dataclass(frozen=True, slots=True)
class Started:
    """An engine that is ready to answer, and the number of its broker's process."""

    running: RunningEngine
    broker: int

    @property
    def engine(self) -> Engine:
        """What is asked."""
        return self.running.engine

    def ask(self, text: str = SMALL, extension: str = "csv") -> bytes:
        """Return the whole answer to a SELECT query that passed no guard."""
        return b"".join(self.engine.query(select(text), extension))

    def zygote(self) -> int | None:
        """Return the number of the process that loaded the data, None between two of them."""
        living = descendants(self.broker)
        return next((each.number for each in living if each.parent == self.broker), None)

    def workers(self) -> set[int]:
        """Return the numbers of the processes that answer."""
        living = descendants(self.broker)
        return {each.number for each in living if each.parent != self.broker}

    def all(self) -> set[int]:
        """Return the numbers of all processes of the engine."""
        return {self.broker, *(each.number for each in descendants(self.broker))}


@contextmanager
def started(sources: Sources, limits: Limits) -> Iterator[Started]:
    """Yield an engine that has answered once."""
    before = brokers()
    with RunningEngine(sources, limits) as running:
        (broker,) = brokers() - before
        found = Started(running, broker)
        assert found.ask() == SMALL_ANSWER
        yield found


def brokers() -> set[int]:
    """Return the numbers of the brokers this process has started."""
    return {
        each.number
        for each in descendants(os.getpid())
        if each.parent == os.getpid() and "lod.engine.broker" in each.command
    }
