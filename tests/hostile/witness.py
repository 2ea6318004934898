"""A socket that nobody may connect to, and sees whether anybody does."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Witness:
    """Listens on a port of this machine."""

    listener: socket.socket

    @property
    def address(self) -> str:
        """Where a query would have to go."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/data.ttl"

    def saw_somebody(self, seconds: float = 0.2) -> bool:
        """Whether a connection has come, or comes in a moment."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.listener, selectors.EVENT_READ)
            return bool(selector.select(seconds))


@contextmanager
def watching() -> Iterator[Witness]:
    """Yield a witness."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Witness(listener)
