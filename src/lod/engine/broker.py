"""The process that hands out workers and ends those that take too long.

Clients connect to its named socket, ask for a worker and get one end of the worker's
connection; they talk to the worker themselves and then say ``done`` or hang up. A worker whose
client hung up, or whose time is over, is ended and replaced. One thread, no locks: everything
happens in one loop over the sockets.

Clients that use much wait for those that use little, and one worker is kept free of them. A query
that is a burden gives way when others wait and such queries hold more than their share.
"""

from __future__ import annotations

import contextlib
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lod.engine import wire
from lod.engine.sharing import ENDED_SECONDS, Client, Sharing, Terms, Worker

MOST_QUERIES = 5_000
"""A worker is replaced after so many queries, so that what it holds on to stays small."""

GRACE_SECONDS = 0.25
_LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class _Zygote:
    process: subprocess.Popen[bytes]
    connection: socket.socket
    messages: wire.Messages
    ready: bool = False
    is_whole: bool = False
    asked: int = 0
    workers: dict[int, Worker] = field(default_factory=dict)


class Broker:
    """Keeps workers busy with clients, one query each at a time."""

    def __init__(
        self, listener: socket.socket, owner: int, command: list[str], terms: Terms
    ) -> None:
        self._listener = listener
        self._owner = owner
        self._command = command
        self._terms = terms
        self._selector = selectors.DefaultSelector()
        self._clients: dict[int, Client] = {}
        self._sharing = Sharing(terms, self._clients.values())
        self._idle: list[Worker] = []
        self._waiting: deque[Client] = deque()
        self._zygote: _Zygote | None = None
        self._restart_at = 0.0
        self._pause = 0.5

    def run(self) -> None:
        """Serve until the owner's end of the pipe closes."""
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._selector.register(self._owner, selectors.EVENT_READ, None)
        try:
            while True:
                if self._zygote is None and time.monotonic() >= self._restart_at:
                    self._start_zygote()
                for key, _ in self._selector.select(self._timeout()):
                    if key.fileobj == self._owner:
                        return
                    if key.fd in self._selector.get_map():  # not closed by an earlier event
                        key.data()
                self._end_what_is_late()
        finally:
            if self._zygote is not None:
                self._zygote.connection.close()
                self._zygote.process.wait()

    # The zygote and its workers

    def _start_zygote(self) -> None:
        ours, theirs = socket.socketpair()
        process = subprocess.Popen(self._command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL)
        theirs.close()
        self._zygote = _Zygote(process, ours, wire.Messages(ours))
        self._selector.register(ours, selectors.EVENT_READ, self._hear_zygote)

    def _hear_zygote(self) -> None:
        zygote = self._zygote
        if zygote is None:
            return
        try:
            messages = zygote.messages.receive()
        except wire.Closed:
            self._lose_zygote(zygote)
            return
        for message in messages:
            if "ready" in message:
                zygote.ready, zygote.is_whole = True, message["whole"]
                self._pause = 0.5
                self._ask_for_workers()
            elif "forked" in message:
                zygote.asked -= 1
                connection = socket.socket(fileno=zygote.messages.take_descriptor())
                worker = Worker(message["forked"], connection, message["whole"])
                zygote.workers[worker.number] = worker
                self._idle.append(worker)
                self._match()
            elif "whole" in message:
                zygote.is_whole = True
                self._replace_early_ones()
            elif "died" in message:
                self._bury(message["died"], message["code"])

    def _replace_early_ones(self) -> None:
        """End the workers that were forked before all was loaded; each as soon as it is idle."""
        for worker in [each for each in self._idle if not each.is_whole]:
            self._idle.remove(worker)
            self._end_worker(worker)
        for client in self._clients.values():
            if client.worker is not None and not client.worker.is_whole:
                self._want_back(client)

    def _lose_zygote(self, zygote: _Zygote) -> None:
        """The zygote is gone, and its workers are of no use without it: start afresh."""
        self._selector.unregister(zygote.connection)
        zygote.connection.close()
        zygote.process.kill()
        zygote.process.wait()
        self._zygote = None
        self._restart_at = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)
        for worker in list(zygote.workers.values()):
            worker.connection.close()
        self._idle.clear()
        for client in list(self._clients.values()):
            if client.worker is not None:
                self._tell_end(client, "lost")

    def _ask_for_workers(self) -> None:
        zygote = self._zygote
        if zygote is None or not zygote.ready:
            return
        while len(zygote.workers) + zygote.asked < self._terms.workers:
            zygote.asked += 1
            with contextlib.suppress(OSError):
                wire.send_message(zygote.connection, {"fork": True})

    def _end_worker(self, worker: Worker) -> None:
        if self._zygote is not None and worker.number in self._zygote.workers:
            with contextlib.suppress(OSError):
                wire.send_message(self._zygote.connection, {"kill": worker.number})

    def _bury(self, number: int, code: int) -> None:
        worker = self._zygote.workers.pop(number, None) if self._zygote else None
        if worker is None:
            return
        worker.connection.close()
        if worker in self._idle:
            self._idle.remove(worker)
        for client in list(self._clients.values()):
            if client.worker is worker:
                self._tell_end(client, "died", code=code)
        self._ask_for_workers()

    # Clients

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            connection.settimeout(1.0)
            client = Client(connection, wire.Messages(connection))
            self._clients[connection.fileno()] = client
            self._selector.register(
                connection, selectors.EVENT_READ, lambda: self._hear_client(client)
            )

    def _hear_client(self, client: Client) -> None:
        try:
            messages = client.messages.receive()
        except (wire.Closed, OSError, ValueError):
            self._forget(client)
            return
        for message in messages:
            if "lease" in message:
                client.wants_whole = message["whole"]
                self._queue(client, message["lease"])
            elif client.worker is not None:  # else it was ended meanwhile
                self._account(client, client.worker, message)
                if "next" in message:
                    self._go_on(client, client.worker, message["next"])
                elif "done" in message:
                    self._take_back(client, client.worker)

    def _queue(self, client: Client, who: str) -> None:
        """Let a client wait for a worker, unless it has used all it may."""
        now = time.monotonic()
        client.who = who
        pause = self._sharing.budgets.pause(who, now)
        if pause:
            with contextlib.suppress(OSError):
                wire.send_message(client.connection, {"over": pause})
            return
        client.waiting_until = now + self._terms.wait_seconds
        self._waiting.append(client)
        self._match()
        if client.waiting_until is not None:
            for each in self._clients.values():
                self._want_back(each)

    def _want_back(self, client: Client) -> None:
        """Let a client give its worker back after the query it is at."""
        if client.worker is not None and not client.is_wanted_back:
            client.is_wanted_back = True
            with contextlib.suppress(OSError):
                wire.send_message(client.connection, {"wanted": True})

    def _match(self) -> None:
        """Give idle workers to those who wait: who uses little first, then who came first."""
        while self._idle:
            self._waiting = deque(each for each in self._waiting if each.waiting_until is not None)
            fitting = [each for each in self._waiting if self._idle_for(each)]
            client = self._sharing.next(fitting, time.monotonic())
            worker = self._idle_for(client) if client is not None else None
            if client is None or worker is None:
                return
            self._waiting.remove(client)
            self._idle.remove(worker)
            now = time.monotonic()
            client.worker = worker
            client.waiting_until = None
            client.is_wanted_back = False
            self._begin(client, now)
            reply = {
                "worker": True,
                "whole": worker.is_whole,
                "much": self._sharing.uses_much(client, now),
            }
            try:
                wire.send_message(client.connection, reply, worker.connection.fileno())
            except OSError:
                self._forget(client)

    def _idle_for(self, client: Client) -> Worker | None:
        """Return the idle worker whose memory is warmest, of those that can answer a client."""
        fitting = (each for each in reversed(self._idle) if each.is_whole or not client.wants_whole)
        return next(fitting, None)

    def _is_outdated(self, worker: Worker) -> bool:
        is_early = not worker.is_whole and self._zygote is not None and self._zygote.is_whole
        return is_early or worker.queries >= MOST_QUERIES

    def _is_starting(self, client: Client) -> bool:
        """Whether what a client wants is still being loaded."""
        zygote = self._zygote
        if zygote is None or not zygote.ready:
            return True
        return client.wants_whole and not zygote.is_whole

    def _begin(self, client: Client, now: float) -> None:
        client.began = now
        client.ends_at = now + self._terms.seconds + GRACE_SECONDS

    def _account(self, client: Client, worker: Worker, message: dict[str, Any]) -> None:
        """Charge a client for queries that came to their end."""
        now = time.monotonic()
        worker.queries += message["queries"]
        self._sharing.budgets.charge(client.who, message["used"], now)
        if message["queries"]:
            self._sharing.budgets.note_finished(client.who, now)

    def _go_on(self, client: Client, worker: Worker, who: str) -> None:
        """Let a client's process go on with the same worker, for the same or for someone else."""
        client.who = who
        now = time.monotonic()
        self._begin(client, now)
        if self._waiting or self._is_outdated(worker) or self._sharing.uses_much(client, now):
            self._want_back(client)

    def _release(self, client: Client, *, least: float = 0.0) -> Worker | None:
        """Take from a client a worker that it did not give back, and charge it for the time."""
        worker, client.worker = client.worker, None
        if worker is not None:
            now = time.monotonic()
            self._sharing.budgets.charge(client.who, max(least, now - client.began), now)
        return worker

    def _take_back(self, client: Client, worker: Worker) -> None:
        client.worker = None
        if self._is_outdated(worker):
            self._end_worker(worker)
        else:
            self._idle.append(worker)
            self._match()

    def _forget(self, client: Client) -> None:
        """The client hung up: whatever its worker does is of no use any more."""
        self._clients.pop(client.connection.fileno(), None)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(client.connection)
        client.connection.close()
        client.waiting_until = None
        worker = self._release(client)
        if worker is not None:
            self._end_worker(worker)

    def _tell_end(self, client: Client, reason: str, **details: Any) -> None:
        worker = self._release(client, least=0.0 if reason == "lost" else ENDED_SECONDS)
        with contextlib.suppress(OSError):
            wire.send_message(client.connection, {"ended": reason, **details})
        if worker is not None:
            self._end_worker(worker)

    # Time

    def _deadlines(self) -> list[float]:
        moments = [
            client.ends_at if client.worker else client.waiting_until
            for client in self._clients.values()
        ]
        if self._zygote is None:
            moments.append(self._restart_at)
        if self._waiting and not self._idle:
            now = time.monotonic()
            ends = (moment for moment, _ in self._sharing.burdens(now))
            moments += [end for end in ends if end > now]
        return [moment for moment in moments if moment is not None]

    def _timeout(self) -> float | None:
        deadlines = self._deadlines()
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _end_what_is_late(self) -> None:
        now = time.monotonic()
        for client in list(self._clients.values()):
            if client.worker is not None and client.ends_at <= now:
                self._tell_end(client, "time")
            elif client.waiting_until is not None and client.waiting_until <= now:
                client.waiting_until = None
                starting = self._is_starting(client)
                with contextlib.suppress(OSError):
                    wire.send_message(client.connection, {"busy": True, "starting": starting})
        client_in_the_way = None if self._idle else self._sharing.gives_way(now)
        if client_in_the_way is not None:
            self._tell_end(client_in_the_way, "crowded")


def _main(arguments: list[str]) -> None:
    listening, owner, workers, seconds, wait_seconds, client_seconds, *command = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the owner says when to end
    terms = Terms(int(workers), float(seconds), float(wait_seconds), float(client_seconds))
    with socket.socket(fileno=int(listening)) as listener:
        Broker(listener, int(owner), [sys.executable, "-I", "-m", *command], terms).run()
        # An owner that was killed could not clean up.
        name = Path(listener.getsockname())
        with contextlib.suppress(OSError):
            name.unlink()
            name.parent.rmdir()


if __name__ == "__main__":
    _main(sys.argv[1:])
