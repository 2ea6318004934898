"""The process that loads a release once and forks workers from it, the first of them early.

It has one thread, and talks to the broker on its standard input, which is a Unix socket. It is
the parent of the workers, so only it ends them: a process number is free again only after its
parent has asked for its end.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lod.engine import wire
from lod.engine.sources import Sources
from lod.engine.stores import Stores, load_default, load_rest
from lod.engine.worker import work

_SMALL_BYTES = 8_000_000
"""So much is loaded before the first worker is forked: a fraction of a second."""


class Zygote:
    """Forks workers and ends them, as the broker says."""

    def __init__(
        self, stores: Stores, rest: Iterator[None], control: socket.socket, memory_mb: int
    ) -> None:
        self._stores = stores
        self._rest: Iterator[None] | None = rest if stores.whole is None else None
        self._control = control
        self._memory_mb = memory_mb
        self._workers: set[int] = set()

    def run(self) -> None:
        """Serve until the broker is gone; then end every worker."""
        wakeup, signalled = socket.socketpair()
        for end in (wakeup, signalled):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(signalled.fileno(), warn_on_full_buffer=False)
        messages = wire.Messages(self._control)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ)
            selector.register(wakeup, selectors.EVENT_READ)
            try:
                wire.send_message(self._control, {"ready": True, "whole": self._rest is None})
                while True:
                    timeout = None if self._rest is None else 0
                    ready = {key.fileobj for key, _ in selector.select(timeout)}
                    if wakeup in ready:
                        wakeup.recv(4096)
                        self._reap()
                    if self._control in ready:
                        for message in messages.receive():
                            self._obey(message)
                    if not ready:
                        self._load_more()
            except (wire.Closed, OSError):
                signal.set_wakeup_fd(-1)
                for worker in self._workers:
                    os.kill(worker, signal.SIGKILL)

    def _obey(self, message: dict[str, Any]) -> None:
        if "fork" in message:
            self._fork()
        elif message.get("kill") in self._workers:
            os.kill(message["kill"], signal.SIGKILL)

    def _load_more(self) -> None:
        if self._rest is None:
            return
        try:
            next(self._rest)
        except StopIteration:
            self._rest = None
            _settle()
            wire.send_message(self._control, {"whole": True})

    def _fork(self) -> None:
        ours, theirs = socket.socketpair()
        worker = os.fork()
        if worker == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                work(self._stores, theirs, memory_mb=self._memory_mb)
            finally:
                os._exit(1)
        self._workers.add(worker)
        theirs.close()
        message = {"forked": worker, "whole": self._stores.whole is not None}
        wire.send_message(self._control, message, ours.fileno())
        ours.close()

    def _reap(self) -> None:
        while self._workers:
            worker, status = os.waitpid(-1, os.WNOHANG)
            if worker == 0:
                return
            self._workers.discard(worker)
            code = os.waitstatus_to_exitcode(status)
            wire.send_message(self._control, {"died": worker, "code": code})


def _settle() -> None:
    """Keep objects from being collected: a page that is written to is copied per worker."""
    gc.collect()
    gc.freeze()


def _main(arguments: list[str]) -> None:
    memory_mb, catalog_graph, catalog, *files = arguments
    control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    with Path(os.devnull).open("rb") as nothing:  # workers must not inherit the broker's ear
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    paths = [Path(file) for file in files]
    sources = Sources(paths, Path(catalog) if catalog else None, catalog_graph)
    stores = load_default(sources)
    rest = load_rest(sources, stores)
    if sum(path.stat().st_size for path in paths) <= _SMALL_BYTES:
        list(rest)
    _settle()
    Zygote(stores, rest, control, int(memory_mb)).run()


if __name__ == "__main__":
    _main(sys.argv[1:])
