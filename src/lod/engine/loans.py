"""Workers on loan from the broker: kept from one query to the next while nobody else wants them.

To ask the broker for each small query costs more than to answer it. So a process that was given a
worker keeps it a moment after an answer, and the next query goes straight to it. The broker is told
who asks whenever that changes and a few times a second, which is what it charges and times by; when
somebody waits it wants workers back, and those who use much have to ask it each time.
"""

from __future__ import annotations

import select
import socket
import threading
import time
import weakref
from pathlib import Path
from typing import Any

from lod.engine import wire
from lod.errors import EngineError

SOON = "Ask again in a moment."

_MOST_IDLE = 16
"""Connections without a worker that are kept for the next queries."""
_KEPT_SECONDS = 0.02
"""So long a worker without a query is kept; then another process may have it."""
_TOLD_SECONDS = 0.2
"""So long the broker may go without hearing how far a loan is."""
_QUICK_SECONDS = 0.05
"""After a longer query the worker goes back: the broker is to say whose turn it is."""
_FRESH_SECONDS = 0.001
"""So long after an answer nobody needs to be asked again whether the worker is wanted back."""
_MUCH_SECONDS = 5.0
"""So long a client that uses much has to ask the broker each time."""
_MOST_CLIENTS = 10_000


class Loan:
    """A connection to the broker, and the worker it gave, for one query after the other."""

    def __init__(self, address: Path, patience: float) -> None:
        self.patience = patience
        self.kept_since = 0.0
        self.is_whole = False
        self._who = ""
        self._used = self._began = self._told = 0.0
        self._queries = 0
        self._worker: socket.socket | None = None
        self._frames: wire.Frames | None = None
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(patience)
        self._messages = wire.Messages(self._socket)
        try:
            self._socket.connect(str(address))
        except OSError:
            self._socket.close()
            raise
        self._said = select.poll()
        self._said.register(self._socket, select.POLLIN)

    def ask(self, who: str, *, whole: bool) -> dict[str, Any]:
        """Ask for a worker and return the reply.

        :raises OSError, wire.Closed: when the broker is gone.
        """
        wire.send_message(self._socket, {"lease": who, "whole": whole})
        reply = self._messages.next()
        while "ended" in reply or "wanted" in reply:  # of the loan before, which was over by then
            reply = self._messages.next()
        if "worker" in reply:
            self._worker = socket.socket(fileno=self._messages.take_descriptor())
            self._worker.settimeout(self.patience)
            self._frames = wire.Frames(self._worker)
            self._who, self._used, self._queries = who, 0.0, 0
            self.is_whole = reply["whole"]
            self._began = self._told = time.monotonic()
        return reply

    def go_on(self, who: str) -> None:
        """Begin another query with the worker at hand.

        :raises OSError: when the broker is gone.
        """
        now = time.monotonic()
        if who != self._who or now - self._told > _TOLD_SECONDS:
            wire.send_message(self._socket, {"next": who, **self._taken()})
            self._who, self._told = who, now
            self._used, self._queries = 0.0, 0
        self._began = now

    def is_wanted_back(self) -> bool:
        """Whether the broker said anything meanwhile: it wants the worker, or has ended it."""
        return self._messages.has_more or bool(self._said.poll(0))

    def send(self, content: bytes) -> None:
        """Hand the worker a query.

        :raises OSError: when it is gone.
        """
        assert self._worker is not None  # noqa: S101 - it was given
        wire.send_frame(self._worker, wire.DATA, content)

    def receive(self) -> tuple[bytes, bytes]:
        """Return the next frame of the answer, its kind first.

        :raises wire.Closed, TimeoutError: when the worker is gone.
        """
        assert self._frames is not None  # noqa: S101 - it was given
        return self._frames.next()

    def note_end(self) -> bool:
        """Note that an answer is whole; whether its worker may be kept."""
        now = time.monotonic()
        took = now - self._began
        self._used += took
        self._queries += 1
        self.kept_since = now
        return took < _QUICK_SECONDS

    def why_ended(self) -> dict[str, Any]:
        """Return what the broker says of a worker that is gone."""
        self._socket.settimeout(2.0)
        try:
            reply = self._messages.next()
            while "ended" not in reply:
                reply = self._messages.next()
        except (OSError, wire.Closed):
            return {"ended": "lost"}
        return reply

    def give_back(self) -> bool:
        """Return the worker; whether the connection is of use again."""
        self._drop_worker()
        try:
            wire.send_message(self._socket, {"done": True, **self._taken()})
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Hang up: a worker that was not given back is ended."""
        self._drop_worker()
        self._socket.close()

    def _taken(self) -> dict[str, Any]:
        return {"used": round(self._used, 6), "queries": self._queries}

    def _drop_worker(self) -> None:
        worker, self._worker, self._frames = self._worker, None, None
        if worker is not None:
            worker.close()


class Loans:
    """The loans of a process, for all its threads.

    :param patience: seconds to wait for the broker, longer than itself allows.
    """

    def __init__(self, address: Path, patience: float) -> None:
        self._address = address
        self._patience = patience
        self._lock = threading.Lock()
        self._kept: list[Loan] = []
        self._idle: list[Loan] = []
        self._use_much: dict[str, float] = {}
        self._is_kept = threading.Event()
        self._has_tidier = False
        weakref.finalize(self, _hang_up, self._kept, self._idle, self._is_kept)

    def take(self, who: str, *, whole: bool) -> tuple[Loan, dict[str, Any]]:
        """Return a loan for a client, and the broker's reply: whether it has a worker.

        :param whole: whether the worker must have the named graphs.

        :raises EngineError: when there is no broker.
        """
        if not self._uses_much(who):
            loan = self._kept_for(whole=whole)
            if loan is not None and self._goes_on(loan, who):
                return loan, {"worker": True}
        loan, reply = self._ask(who, whole=whole)
        if reply.get("much"):
            with self._lock:
                if len(self._use_much) >= _MOST_CLIENTS:
                    self._use_much.clear()
                self._use_much[who] = time.monotonic()
        return loan, reply

    def put(self, loan: Loan, who: str) -> None:
        """Take back a loan whose answer is whole."""
        if loan.note_end() and not self._uses_much(who) and not loan.is_wanted_back():
            with self._lock:
                self._kept.append(loan)
                if not self._has_tidier:
                    self._has_tidier = True
                    _start_tidier(self, self._is_kept)
            self._is_kept.set()
        else:
            self.return_worker(loan)

    def put_idle(self, loan: Loan) -> None:
        """Take back a connection that has no worker."""
        with self._lock:
            if len(self._idle) < _MOST_IDLE:
                self._idle.append(loan)
                return
        loan.close()

    def return_worker(self, loan: Loan) -> None:
        """Give a worker back and keep the connection."""
        if loan.give_back():
            self.put_idle(loan)
        else:
            loan.close()

    def return_kept(self, *, all_of_them: bool = False) -> bool:
        """Give back the workers kept for long; whether there are more."""
        before = time.monotonic() - (0.0 if all_of_them else _KEPT_SECONDS)
        with self._lock:
            late = [each for each in self._kept if each.kept_since <= before]
            self._kept[:] = (each for each in self._kept if each.kept_since > before)
            is_more = bool(self._kept)
            if not is_more:
                self._is_kept.clear()
        for loan in late:
            self.return_worker(loan)
        return is_more

    def close(self) -> None:
        """Close what waits."""
        self.return_kept(all_of_them=True)
        with self._lock:
            waiting = self._idle.copy()
            self._idle.clear()
        for loan in waiting:
            loan.close()

    def _goes_on(self, loan: Loan, who: str) -> bool:
        """Begin another query with a kept worker; where it is wanted back it goes there."""
        is_fresh = time.monotonic() - loan.kept_since < _FRESH_SECONDS
        if not is_fresh and loan.is_wanted_back():
            self.return_worker(loan)
            return False
        try:
            loan.go_on(who)
        except OSError:
            loan.close()
            return False
        return True

    def _kept_for(self, *, whole: bool) -> Loan | None:
        with self._lock:
            for index in reversed(range(len(self._kept))):
                if self._kept[index].is_whole or not whole:
                    return self._kept.pop(index)
        return None

    def _ask(self, who: str, *, whole: bool) -> tuple[Loan, dict[str, Any]]:
        with self._lock:
            loan = self._idle.pop() if self._idle else None
        if loan is not None:
            try:
                return loan, loan.ask(who, whole=whole)
            except (OSError, wire.Closed):  # another broker may have come since
                loan.close()
        try:
            loan = Loan(self._address, self._patience)
            return loan, loan.ask(who, whole=whole)
        except (OSError, wire.Closed):
            raise EngineError(
                "engine/away", "The query engine is not running.", retry_after=2, cure=SOON
            ) from None

    def _uses_much(self, who: str) -> bool:
        since = self._use_much.get(who)
        return since is not None and time.monotonic() - since < _MUCH_SECONDS


def _hang_up(kept: list[Loan], idle: list[Loan], is_kept: threading.Event) -> None:
    for loan in (*kept, *idle):
        loan.close()
    is_kept.set()  # whoever waits for it sees that there is nothing to tidy any more


def _start_tidier(loans: Loans, is_kept: threading.Event) -> None:
    """Return kept workers from another thread, until nobody has these loans any more."""
    owner = weakref.ref(loans)

    def tidy() -> None:
        while True:
            is_kept.wait()
            time.sleep(_KEPT_SECONDS)
            here = owner()
            if here is None:
                return
            here.return_kept()
            del here

    threading.Thread(target=tidy, name="lod-loans", daemon=True).start()
