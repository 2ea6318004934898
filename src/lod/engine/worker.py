"""A forked process that answers queries one after another, and can do nothing else.

It inherits the loaded store, gives up opening files and sockets for good, and then only reads
queries from its one connection and writes answers to it. Whoever holds the other end may trust
nothing about it but that it ends when it is killed.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
from typing import Any, BinaryIO, NoReturn, cast

from pyoxigraph import Store

from lod.engine import wire
from lod.engine.evaluation import evaluate, forget, worded, write
from lod.engine.request import Request
from lod.engine.stores import Stores
from lod.process import restrict
from lod.rdf.rdfxml import NotWritableError

try:
    import resource
except ImportError:  # no worker runs where this is missing
    resource = None  # type: ignore[assignment]

_CONNECTION = 3
_PIECE = 64 * 1024
_STACK_BYTES = 16 * 1024 * 1024
"""The parser recurses; what the guard lets through fits in here, whatever the system's default."""


class _TooLarge(Exception):  # noqa: N818
    """The answer is larger than allowed."""


def work(stores: Stores, connection: socket.socket, *, memory_mb: int) -> NoReturn:
    """Answer queries until the connection ends, then exit.

    :param memory_mb: memory the process may take beyond what it has now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.dup2(0, 2)  # the engine's last words would only fill the server's log
    os.dup2(connection.fileno(), _CONNECTION)
    os.closerange(_CONNECTION + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (_CONNECTION + 1, _CONNECTION + 1))
    connection.detach()
    # The engine draws its random numbers for each thread. Those of the first were seeded before
    # the fork: all workers would give the same "unique" names.
    threading.stack_size(_STACK_BYTES)
    thread = threading.Thread(target=_work, args=(stores, memory_mb))
    thread.start()
    thread.join()
    os._exit(1)


def _work(stores: Stores, memory_mb: int) -> NoReturn:
    restrict(seconds=None, memory_mb=memory_mb)
    channel = socket.socket(fileno=_CONNECTION)
    frames = wire.Frames(channel)
    try:
        while True:
            _, content = frames.next()
            request = Request.from_json(content)
            store = stores.whole if request.is_whole and stores.whole else stores.default
            _answer(store, request, channel)
    except (wire.Closed, OSError):
        os._exit(0)


def _answer(store: Store, request: Request, channel: socket.socket) -> None:
    _allow_seconds(request.seconds)
    output = _Output(channel, request.most_bytes)
    try:
        write(evaluate(store, request), request, cast(BinaryIO, output))
        output.finish()
    except SyntaxError as error:
        output.fail("syntax", **worded(str(error)))
    except _TooLarge:
        output.fail("too-large", message="The answer is larger than allowed.")
    except NotWritableError as error:
        output.fail(
            "not-writable", message=f"The format asked for cannot hold this answer: {error}."
        )
    except MemoryError:
        output.fail("memory", message="The query needed too much memory.")
    except wire.Closed:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        output.fail("evaluation", message=str(error)[:500])
    except Exception as error:  # noqa: BLE001 - an answer that says so beats a worker that is gone
        output.fail("internal", message=f"{type(error).__name__}: {error}")
    finally:
        forget(store)


def _allow_seconds(seconds: int) -> None:
    """Let the process use so much CPU time from now on, then be ended by the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


class _Output:
    """A file-like object that sends what is written in pieces, up to a bound."""

    def __init__(self, channel: socket.socket, most_bytes: int) -> None:
        self._channel = channel
        self._left = most_bytes
        self._pending = bytearray()

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _TooLarge
        self._pending += data
        if len(self._pending) >= _PIECE:
            self.flush_piece()
        return len(data)

    def flush(self) -> None:
        """Pieces are sent when they are large enough."""

    def flush_piece(self) -> None:
        if self._pending:
            wire.send_frame(self._channel, wire.DATA, self._pending)
            self._pending = bytearray()

    def finish(self) -> None:
        wire.send_frame(self._channel, wire.LAST, self._pending)

    def fail(self, kind: str, **details: Any) -> None:
        self._pending = bytearray()
        reason = json.dumps({"kind": kind, **details}).encode()
        wire.send_frame(self._channel, wire.ERROR, reason)
