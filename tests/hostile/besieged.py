"""A server under attack: what must hold of it after every request, and what it may take."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from acceptance.servers import Server, serving
from hostile.raw import Reply, exchange, request
from support.pace import slowness
from support.processes import descendants, eventually
from support.projects import write_project
from unit.cli.commands import Home

WORKERS = 2
SECONDS = 2
THREADS = 24
CONFIGURATION = f"""\
[project]
name = "besieged"
base = "https://data.example/"
languages = ["en"]
version = "1.0"
issued = 2025-01-31
title = "Besieged"

[prefixes]
ex = "https://data.example/def/"
thing = "https://data.example/id/thing/"

[limits]
query_seconds = {SECONDS}
query_memory_mb = 256
answer_mb = 4
workers = {WORKERS}
wait_seconds = 3

[server]
threads = {THREADS}
cache_mb = 8
"""
THINGS = 120
PAGE = "/doc/thing/t1.en.html"
ASK = "ASK { <https://data.example/id/thing/t1> ?p ?o }"
"""The smallest question; its answer says that the engine is well."""

PAGE_SECONDS = 0.1
"""A page of an entity is there within this time on the machine the promise was made on."""

_TRIES = 12
_SIGNS = ("Traceback (most", 'File "/', "panicked at")
_MORE_DESCRIPTORS = THREADS + 8
"""Each thread that has answered once keeps the release's database open."""

_MORE_MEGABYTES = {"answering": 160, "engine": 160}


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a server holds: processes that compute, open descriptors, memory in megabytes."""

    workers: int
    descriptors: int
    answering_mb: float
    engine_mb: float


@dataclass(frozen=True, slots=True)
class Besieged:
    """A server, how slow its machine is, and what the server held before the first attack."""

    server: Server
    slow: float
    before: Footprint

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server.address.rstrip("/").rpartition(":")[2])

    def exchange(self, data: bytes, seconds: float = 20) -> Reply | None:
        """Send bytes and return what comes back, None when the connection was just closed."""
        return exchange(self.port, data, seconds)

    def must_be_well(self) -> None:
        """Fail unless pages are quick, the engine answers, and the log shows no failure."""
        assert self.page_is_quick(), f"no page within {PAGE_SECONDS * self.slow:.3f} s"
        assert eventually(self.engine_answers, SECONDS * 3), "the engine does not answer"
        self.must_have_a_clean_log()

    def page_is_quick(self) -> bool:
        """Ask for a page a few times; other work on the machine only slows a try down."""
        return any(self._seconds_of_page() < PAGE_SECONDS * self.slow for _ in range(_TRIES))

    def _seconds_of_page(self) -> float:
        began = time.monotonic()
        reply = self.exchange(request("GET", PAGE))
        took = time.monotonic() - began
        assert reply is not None
        assert reply.status == 200
        assert b"Thing 1" in reply.body
        return took

    def engine_answers(self) -> bool:
        """Whether a small question is answered."""
        answer = self.server.query(ASK, "json")
        if answer.status == 503:  # the worker that served a hostile query is being replaced
            assert answer.headers["Retry-After"]
            return False
        assert answer.status == 200
        assert answer.json["boolean"] is True
        return True

    def must_have_a_clean_log(self) -> None:
        """Fail when the log holds the traces of an error nobody expected."""
        marks = (*_SIGNS, "unexpected error")
        bad = [line for line in self.server.said if any(sign in line for sign in marks)]
        assert bad == []

    def must_be_as_before(self) -> None:
        """Fail unless workers, descriptors and memory are about what they were at the start."""
        assert eventually(lambda: self._exceeds() == [], 15), self._exceeds()

    def _exceeds(self) -> list[str]:
        now, before = footprint(self.server), self.before
        checks = {
            "workers": now.workers == before.workers,
            "descriptors": now.descriptors <= before.descriptors + _MORE_DESCRIPTORS,
            "answering_mb": now.answering_mb <= before.answering_mb + _MORE_MEGABYTES["answering"],
            "engine_mb": now.engine_mb <= before.engine_mb + _MORE_MEGABYTES["engine"],
        }
        return [
            f"{name}: {getattr(before, name)} before, {getattr(now, name)} now"
            for name, holds in checks.items()
            if not holds
        ]


def must_be_decent(reply: Reply, allowed: set[int]) -> None:
    """Fail unless a status is allowed, a 503 says why and, if it helps, when to come back."""
    assert reply.status in allowed, reply
    if reply.status >= 500:
        assert reply.status == 503, reply
        assert is_explained(reply), reply
    shown = reply.body.decode("utf-8", "replace")
    assert not any(sign in shown for sign in _SIGNS), shown[:2000]
    assert reply.header("x-injected") is None, reply
    assert reply.header("set-cookie") is None, reply


def is_explained(reply: Reply) -> bool:
    """Whether a 503 is one of those documented.

    A query that costs too much costs too much the next time as well; in every other case
    ``Retry-After`` says when to come back.
    """
    costs_too_much = (b"did not end within", b"needed more than", b"is larger than")
    return bool(reply.header("retry-after")) or any(each in reply.body for each in costs_too_much)


@contextmanager
def besieged(folder: Path) -> Iterator[Besieged]:
    """Yield a server with small limits over a small, densely linked dataset."""
    project = write_project(
        folder / "project", {"lod.toml": CONFIGURATION, "data/things.ttl": _things()}
    )
    with serving(Home(folder), project, "--no-watch") as server:
        for _ in range(3):
            for path in (PAGE, "/", "/doc/thing/t2.ttl", "/downloads/"):
                assert server.ask(path).status in {200, 406}
            assert server.query(ASK, "json").status == 200
        assert eventually(lambda: footprint(server).workers == WORKERS)
        yield Besieged(server, slowness(), footprint(server))


def footprint(server: Server) -> Footprint:
    """Return what a server holds now."""
    answering = server.answering()
    zygotes, brokers = server.zygotes(), server.brokers()
    workers = {each.number for each in descendants(server.process.pid) if each.parent in zygotes}
    return Footprint(
        len(workers),
        sum(_descriptors(number) for number in answering),
        sum(_megabytes(number) for number in answering),
        sum(_megabytes(number) for number in workers | zygotes | brokers),
    )


def _descriptors(number: int) -> int:
    return len([*Path("/proc", str(number), "fd").iterdir()])


def _megabytes(number: int) -> float:
    try:
        pages = int(Path("/proc", str(number), "statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _things() -> str:
    """Return things that each know several others, so that paths lead everywhere."""
    described = (
        f'thing:t{n}\n  a ex:Thing ;\n  rdfs:label "Thing {n}"@en ;\n  ex:near\n    '
        + " ,\n    ".join(sorted(f"thing:t{(n * k + 1) % THINGS}" for k in (1, 2, 3, 5, 7)))
        + " ;\n.\n"
        for n in range(THINGS)
    )
    return "\n".join(
        [
            "@prefix ex: <https://data.example/def/> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
            "@prefix thing: <https://data.example/id/thing/> .\n",
            *described,
        ]
    )
