"""Ask servers over HTTP: one request after the other, or a list of them by several threads."""

from __future__ import annotations

import http.client
import socket
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType

from benchmarks.processes import HOST

_PIECE = 1 << 18
_TIMEOUT = 120


@dataclass(frozen=True, slots=True)
class Request:
    """A GET request."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()

    def with_header(self, name: str, value: str) -> Request:
        """Return the same request with one more header."""
        return Request(self.path, (*self.headers, (name, value)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when: seconds since the request was sent."""

    status: int
    etag: str
    body: bytes
    size: int
    first_byte: float
    seconds: float


class Connection:
    """A connection that is kept alive."""

    def __init__(self, port: int, timeout: float = _TIMEOUT) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=timeout)

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def hang_up(self) -> None:
        """End the connection while another thread waits for an answer."""
        sock = self._connection.sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def ask(self, request: Request, *, keep: bool = False) -> Answer:
        """Send a request and read its answer to the end.

        :param keep: whether the answer holds the body; else it is read and forgotten.
        """
        began = time.perf_counter()
        self._connection.request("GET", request.path, headers=dict(request.headers))
        response = self._connection.getresponse()
        pieces, size, first = [], 0, 0.0
        while piece := response.read1(_PIECE):
            first = first or time.perf_counter() - began
            size += len(piece)
            if keep:
                pieces.append(piece)
        response.read()  # says that it is over, or the connection cannot be used again
        seconds = time.perf_counter() - began
        etag = response.getheader("ETag") or ""
        return Answer(response.status, etag, b"".join(pieces), size, first or seconds, seconds)


def ask_once(port: int, request: Request) -> Answer:
    """Send one request by a connection of its own."""
    with Connection(port) as connection:
        return connection.ask(request, keep=True)


@dataclass(frozen=True, slots=True)
class Times:
    """What a list of requests took."""

    elapsed: float
    answers: Sequence[Answer]

    @property
    def failures(self) -> int:
        """How many were not answered as they should."""
        return sum(each.status not in {200, 304} for each in self.answers)


def ask_all(port: int, requests: Iterable[Request], *, clients: int) -> Times:
    """Send each request once, by several clients at the same time."""
    waiting, lock = iter(list(requests)), threading.Lock()

    def work(_: int) -> list[Answer]:
        answers: list[Answer] = []
        with Connection(port) as connection:
            while True:
                with lock:
                    request = next(waiting, None)
                if request is None:
                    return answers
                answers.append(connection.ask(request))

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answers = [each for part in pool.map(work, range(clients)) for each in part]
    return Times(time.perf_counter() - began, answers)


def percentile(seconds: Sequence[float], hundredth: int) -> float:
    """Return a percentile; of one value, that value."""
    if len(seconds) < 2:
        return seconds[0] if seconds else float("nan")
    return statistics.quantiles(seconds, n=100, method="inclusive")[hundredth - 1]
