"""HTTP as bytes on a socket: what no client library would send, and what came back."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

_STEP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, taken apart without forgiving anything."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the value of a header by its name in lower case."""
        return next((value for each, value in self.headers if each == name), None)


def request(
    method: str, target: str, *headers: str, body: bytes = b"", host: str = "127.0.0.1"
) -> bytes:
    """Return the bytes of a request after which the server closes the connection."""
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


def asking(query: str, *headers: str, **more: str) -> bytes:
    """Return the bytes of a request that posts a query, so that no length of address matters."""
    body = urlencode({"query": query, **more}).encode()
    kind = "Content-Type: application/x-www-form-urlencoded"
    return request("POST", "/sparql", kind, *headers, body=body)


def connect(port: int, seconds: float = 20) -> socket.socket:
    """Return a connection to a server of this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def exchange(port: int, data: bytes, seconds: float = 20) -> Reply | None:
    """Send bytes and return what comes back, None when the connection was just closed."""
    with connect(port, seconds) as connection:
        with contextlib.suppress(ConnectionError):  # it may answer before it has read all
            connection.sendall(data)
        return take_apart(read_all(connection))


def read_all(connection: socket.socket) -> bytes:
    """Read until the server closes the connection.

    :raises TimeoutError: when it does not.
    """
    received = bytearray()
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(_STEP):
            received += piece
    return bytes(received)


def take_apart(received: bytes) -> Reply | None:
    """Return the last answer among the bytes received, None when there is none."""
    if not received:
        return None
    head, separator, body = received.partition(b"\r\n\r\n")
    assert separator, f"no whole answer: {received[:500]!r}"
    first, *lines = head.decode("latin-1").split("\r\n")
    version, status = first.split(" ")[:2]
    assert version in {"HTTP/1.1", "HTTP/1.0"}, first
    if status == "100":
        return take_apart(body)
    headers = [
        (name.lower(), value.strip()) for name, _, value in (x.partition(":") for x in lines)
    ]
    return Reply(int(status), headers, body)
