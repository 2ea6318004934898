"""Who gets the next worker, and whose query gives way: those that use little come first."""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import dataclass

from lod.engine import wire
from lod.engine.budgets import LIGHT_SECONDS, Budgets

LONG_SECONDS = 1.0
"""A query that runs longer is a burden."""

UNKNOWN_SECONDS = 0.05
"""So is one that runs longer of a client none of whose queries came to its end before, while
others wait of whom some did."""

ENDED_SECONDS = 1.0
"""What a query that had to be ended costs its client at least."""


@dataclass(slots=True)
class Worker:
    """A process that answers queries, and how many it has answered.

    :ivar is_whole: whether it has the named graphs.
    """

    number: int
    connection: socket.socket
    is_whole: bool = True
    queries: int = 0


@dataclass(slots=True)
class Client:
    """A connection that asks for workers: at most it waits for one, or has one.

    :ivar who: whose budget its queries are charged to; '' has none.
    :ivar wants_whole: whether its query may ask for a named graph.
    :ivar began: when the query it is at began, or the first of some short ones.
    :ivar is_wanted_back: whether it was told to give its worker back after that query.
    """

    connection: socket.socket
    messages: wire.Messages
    who: str = ""
    wants_whole: bool = False
    waiting_until: float | None = None
    worker: Worker | None = None
    began: float = 0.0
    ends_at: float = 0.0
    is_wanted_back: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How many workers there are, how long a query may take, how long a client may wait.

    ``client_seconds`` is how much of the workers' time one client may use in a minute.
    """

    workers: int
    seconds: float
    wait_seconds: float
    client_seconds: float

    @property
    def long_queries(self) -> int:
        """How many workers those may hold at once that use much."""
        return max(1, self.workers - 1)


class Sharing:
    """Decides between clients by what each has used of late.

    :param clients: all there are, of whom some wait and some have a worker.
    """

    def __init__(self, terms: Terms, clients: Collection[Client]) -> None:
        self.budgets = Budgets(terms.client_seconds)
        self._most = terms.long_queries
        self._clients = clients

    def next(self, waiting: Collection[Client], now: float) -> Client | None:
        """Return who gets the next worker, of those that wait in the order they came."""
        light = [each for each in waiting if not self.uses_much(each, now)]
        if light:
            known = (each for each in light if self.budgets.is_trusted(each.who, now))
            return next(known, light[0])
        held = sum(each.worker is not None and self.uses_much(each, now) for each in self._clients)
        return next(iter(waiting), None) if held < self._most else None

    def burdens(self, now: float) -> list[tuple[float, Client]]:
        """Return running queries with the moment from which each is a burden to those who wait."""
        waiting = self._light_waiting(now)
        is_known_waiting = any(self.budgets.is_trusted(each.who, now) for each in waiting)
        unknown = UNKNOWN_SECONDS if is_known_waiting else LONG_SECONDS
        found = []
        for each in self._clients:
            if each.worker is None or not each.who:
                continue
            patience = LONG_SECONDS if self.budgets.is_trusted(each.who, now) else unknown
            if self.budgets.spent(each.who, now) > LIGHT_SECONDS:
                patience = 0.0
            found.append((each.began + patience, each))
        return found

    def gives_way(self, now: float) -> Client | None:
        """Return whose query is to end, as burdens hold more than their share and others wait."""
        if not self._light_waiting(now):
            return None
        burdens = [client for moment, client in self.burdens(now) if moment <= now]
        if len(burdens) <= self._most:
            return None
        return max(burdens, key=lambda each: (self.budgets.spent(each.who, now), each.began))

    def _light_waiting(self, now: float) -> list[Client]:
        return [
            each
            for each in self._clients
            if each.waiting_until is not None and not self.uses_much(each, now)
        ]

    def uses_much(self, client: Client, now: float) -> bool:
        """Whether a client has used much of late, what runs for it now included."""
        running = now - client.began if client.worker is not None else 0.0
        return bool(client.who) and self.budgets.spent(client.who, now) + running > LIGHT_SECONDS
