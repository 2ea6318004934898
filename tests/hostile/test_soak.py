"""Good and hostile clients together for a long while: nothing is lost, nothing grows."""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from hostile import queries, requests
from hostile.besieged import ASK, PAGE, Besieged, is_explained, must_be_decent
from hostile.raw import asking, connect, request
from hostile.requests import CLOSED, DUMP
from hostile.test_connections import HALF, LARGE, drop

SECONDS = int(os.environ.get("SOAK_SECONDS", "600"))
PATIENCE = 40
GOOD = (
    request("GET", PAGE),
    request("GET", "/"),
    request("GET", "/doc/thing/t7.ttl"),
    request("GET", "/search?q=thing"),
    request("GET", DUMP),
    request("GET", "/downloads/", "Accept-Encoding: gzip"),
)
BUSY = frozenset({503})
ANY_RESULT = "Accept: application/sparql-results+json, application/n-triples;q=0.9"
HOSTILE_QUERIES = (
    *queries.NESTING,
    *queries.CHAINS,
    *queries.GROWTH,
    *queries.ENDLESS,
    *queries.BOMBS,
    *queries.SERVICES,
    *queries.UPDATES,
    *queries.STRANGE,
)
HOSTILE_REQUESTS = (
    *requests.METHODS,
    *requests.ADDRESSES,
    *requests.HEADERS,
    *requests.BODIES,
    *requests.NO_HTTP,
)


@dataclass(slots=True)
class Account:
    """Every request that was sent, and what became of it."""

    sent: Counter[str] = field(default_factory=Counter)
    answered: Counter[tuple[str, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(
        self, target: Besieged, kind: str, name: str, data: bytes, allowed: frozenset[int]
    ) -> None:
        """Send a request and book its answer, or what is wrong with it."""
        with self.lock:
            self.sent[kind] += 1
        status, complaint = _outcome(target, data, allowed)
        with self.lock:
            self.answered[kind, status] += 1
            if complaint:
                self.wrong.append(f"{kind} {name}: {complaint}"[:500])


def _outcome(target: Besieged, data: bytes, allowed: frozenset[int]) -> tuple[int, str]:
    try:
        reply = target.exchange(data, PATIENCE)
        if reply is None:
            return CLOSED, "" if CLOSED in allowed else "closed without an answer"
        must_be_decent(reply, {*allowed})
    except (OSError, AssertionError) as error:
        return -1, repr(error)
    if reply.status in BUSY and not is_explained(reply):
        return reply.status, "does not say why"
    return reply.status, ""


class Crowd:
    """Clients of each sort, who go on until their time is over."""

    def __init__(self, target: Besieged, seed: int) -> None:
        self.account = Account()
        self._target = target
        self._chance = random.Random(seed)
        self._end = time.monotonic() + SECONDS

    def run(self) -> None:
        """Let all of them go on until the end; fail with the first that fails."""
        sorts = [self._good, self._good, self._asking, self._asking]
        sorts += [self._hostile_query, self._hostile_query, self._hostile_request, self._rude]
        with ThreadPoolExecutor(len(sorts)) as pool:
            for future in [pool.submit(self._again_and_again, sort) for sort in sorts]:
                future.result()

    def _again_and_again(self, sort: Callable[[], None]) -> None:
        while time.monotonic() < self._end:
            sort()

    def _good(self) -> None:
        data = self._chance.choice(GOOD)
        self.account.send(self._target, "page", repr(data[:40]), data, frozenset({200}))
        time.sleep(0.02)

    def _asking(self) -> None:
        self.account.send(self._target, "ask", ASK, asking(ASK), queries.ANSWERED | BUSY)
        time.sleep(0.05)

    def _hostile_query(self) -> None:
        case = self._chance.choice(HOSTILE_QUERIES)
        data = asking(case.text, ANY_RESULT)
        self.account.send(self._target, "query", case.name, data, case.allowed | BUSY)

    def _hostile_request(self) -> None:
        raw = self._chance.choice(HOSTILE_REQUESTS)
        self.account.send(self._target, "request", raw.name, raw.data, raw.allowed | BUSY)

    def _rude(self) -> None:
        connection = connect(self._target.port)
        connection.sendall(self._chance.choice([b"", HALF, request("GET", PAGE), asking(LARGE)]))
        time.sleep(self._chance.choice([0, 0.05, 0.5]))
        drop(connection)


@pytest.mark.soak
class TestSoak:
    def test_every_request_is_accounted_for(self, target: Besieged) -> None:
        """Under mixed load each answer is a known one, none is lost, and all ends as it began."""
        crowd = Crowd(target, seed=1)

        crowd.run()

        account = crowd.account
        print(f"{SECONDS} s: {sorted(account.answered.items())}")
        assert account.wrong == []
        assert sum(account.sent.values()) == sum(account.answered.values())
        assert {*account.sent} == {"page", "ask", "query", "request"}
        assert account.answered["page", 200] == account.sent["page"]
        assert account.answered["ask", 200] > 0
        target.must_be_well()
        target.must_be_as_before()
