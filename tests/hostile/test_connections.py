"""Clients that are slow, silent, rude or too many keep nobody else from an answer."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from hostile.besieged import PAGE, SECONDS, THREADS, Besieged, must_be_decent
from hostile.raw import asking, connect, read_all, request, take_apart

HALF = f"GET {PAGE} HTTP/1.1\r\nHost: x\r\nX-A: ".encode()
QUERY = "Content-Type: application/sparql-query"
MANY = 100
"""Clients at a time, more than the server has threads."""

LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
"""Megabytes."""


@contextmanager
def holding(target: Besieged, data: bytes, times: int = MANY) -> Iterator[list[socket.socket]]:
    """Keep connections open on which something was sent that awaits more, or an answer."""
    with ExitStack() as stack:
        held = [stack.enter_context(connect(target.port)) for _ in range(times)]
        for connection in held:
            connection.sendall(data)
        yield held


def begun(target: Besieged) -> socket.socket:
    """Return a connection on which a long answer has begun.

    Queries that nobody waits for any more may still have all the room; it is theirs for seconds.
    """
    until = time.monotonic() + 4 * SECONDS
    while True:
        connection = connect(target.port)
        connection.sendall(asking(LARGE))
        start = connection.recv(1000)
        if start.startswith(b"HTTP/1.1 200"):
            return connection
        connection.close()
        assert start.startswith(b"HTTP/1.1 503")
        assert b"retry-after" in start.lower()
        assert time.monotonic() < until, "there is no room for a query"
        time.sleep(0.1)


def drop(connection: socket.socket) -> None:
    """Close a connection without a farewell."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class TestSlowClients:
    @pytest.mark.parametrize("data", [b"", b"G", HALF], ids=["nothing", "letter", "half"])
    def test_half_a_head(self, target: Besieged, data: bytes) -> None:
        """A request takes up a thread only when its head is there, however many hold it back."""
        with holding(target, data):
            target.must_be_well()
        target.must_be_well()

    @pytest.mark.parametrize(
        "data",
        [
            request("POST", "/sparql", QUERY, "Content-Length: 1000") + b"ASK",
            request("POST", "/sparql", QUERY, "Transfer-Encoding: chunked") + b"6\r\nAS",
        ],
        ids=["length", "chunk"],
    )
    def test_half_a_body(self, target: Besieged, data: bytes) -> None:
        """While clients hold back the rest of their bodies there are threads for pages.

        Queries have half of the threads; when those are held, further ones are refused at once.
        """
        with holding(target, data, 2 * THREADS + 12):  # two processes share them as they come
            time.sleep(0.2)  # until the threads wait for the rest
            assert target.page_is_quick()
            refused = target.exchange(asking("ASK {}"))
            assert refused is not None
            must_be_decent(refused, {503})
        target.must_be_well()

    def test_byte_after_byte(self, target: Besieged) -> None:
        """A request that comes in single bytes is answered when it is whole."""
        with connect(target.port) as connection:
            whole = request("GET", "/healthz")
            for place in range(len(whole)):
                connection.sendall(whole[place : place + 1])
                if place % 20 == 0:
                    target.must_be_well()
            reply = take_apart(read_all(connection))

        assert reply is not None
        must_be_decent(reply, {200})

    def test_byte_a_second(self, target: Besieged) -> None:
        """Those who send a byte a second do not matter to others."""
        with holding(target, HALF, 20) as held:
            for _ in range(3):
                for connection in held:
                    connection.sendall(b"a")
                target.must_be_well()
                time.sleep(1)

    def test_answers_that_nobody_reads(self, target: Besieged) -> None:
        """Clients that never read the answer lose it when their query's time is over."""
        with holding(target, asking(LARGE)):
            time.sleep(0.2)
            assert target.page_is_quick()
        target.must_be_well()

    def test_pages_that_nobody_reads(self, target: Besieged) -> None:
        """Pages need not be read for others to get theirs."""
        with holding(target, request("GET", PAGE) * 50, 30):
            target.must_be_well()

    def test_half_closed(self, target: Besieged) -> None:
        """A client that has said all it has to say still gets its answer."""
        with connect(target.port) as connection:
            connection.sendall(request("GET", PAGE))
            connection.shutdown(socket.SHUT_WR)
            reply = take_apart(read_all(connection))

        assert reply is None or reply.status == 200
        target.must_be_well()


class TestRudeClients:
    @pytest.mark.parametrize(
        "data",
        [b"", HALF, request("GET", PAGE), asking(LARGE)],
        ids=["nothing", "half", "page", "query"],
    )
    def test_connections_opened_and_dropped(self, target: Besieged, data: bytes) -> None:
        """Hundreds of connections that end in the middle leave nothing behind."""
        for _ in range(30 if b"POST" in data else 700):
            connection = connect(target.port)
            with contextlib.suppress(ConnectionError):
                connection.sendall(data)
            drop(connection)

        target.must_be_well()

    def test_leaving_in_the_middle_of_an_answer(self, target: Besieged) -> None:
        """A client that leaves in the middle of an answer frees its worker."""
        for _ in range(4):
            drop(begun(target))

        target.must_be_well()

    def test_very_many_at_once(self, target: Besieged) -> None:
        """Five hundred silent connections are no more than five hundred descriptors."""
        with holding(target, b"", 500):
            target.must_be_well()


class TestAfterwards:
    def test_everything_is_as_before(self, target: Besieged) -> None:
        """After all of it there are as many workers, descriptors and megabytes as at the start."""
        target.must_be_well()
        target.must_be_as_before()
