"""What the engine's processes say to each other, over Unix sockets.

Control messages are JSON objects, one a line; a file descriptor may come along with one.
Results are frames: one byte for the kind, four for the length, then the content.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

DATA = b"D"  # a piece of the answer
END = b"E"  # the answer is whole
ERROR = b"X"  # there is no (more) answer; JSON says why

_HEAD = struct.Struct("!cI")
_LARGEST_MESSAGE = 64 * 1024 * 1024


class Closed(Exception):  # noqa: N818 - an event of the connection, not an error
    """The other side ended the connection."""


def send_message(
    connection: socket.socket, message: Mapping[str, Any], descriptor: int | None = None
) -> None:
    """Send one control message, and a file descriptor with it."""
    line = json.dumps(message, separators=(",", ":")).encode() + b"\n"
    if descriptor is None:
        connection.sendall(line)
    else:
        socket.send_fds(connection, [line], [descriptor])


class Messages:
    """Reads control messages and the descriptors that came with them."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._pending = b""
        self._descriptors: list[int] = []

    def receive(self) -> list[dict[str, Any]]:
        """Return the messages that have arrived, waiting for at least some bytes.

        :raises Closed: when the other side is gone.
        """
        try:
            data, descriptors, _, _ = socket.recv_fds(self._connection, 65536, 8)
        except ConnectionError:
            raise Closed from None
        if not data:
            raise Closed
        self._descriptors.extend(descriptors)
        *lines, self._pending = (self._pending + data).split(b"\n")
        return [json.loads(line) for line in lines]

    def next(self) -> dict[str, Any]:
        """Return the next message, waiting for it; the one after it must not be sent yet."""
        while True:
            messages = self.receive()
            if messages:
                return messages[0]

    def take_descriptor(self) -> int:
        """Return the oldest descriptor not yet taken."""
        return self._descriptors.pop(0)


def send_frame(connection: socket.socket, kind: bytes, content: bytes | bytearray = b"") -> None:
    """Send one frame."""
    connection.sendall(_HEAD.pack(kind, len(content)))
    if content:
        connection.sendall(content)


def receive_frame(connection: socket.socket) -> tuple[bytes, bytes]:
    """Return the next frame's kind and content.

    :raises Closed: when the other side is gone.
    """
    kind, length = _HEAD.unpack(_exactly(connection, _HEAD.size))
    if length > _LARGEST_MESSAGE:
        raise Closed
    return kind, _exactly(connection, length)


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        try:
            part = connection.recv(min(length, 1 << 20))
        except ConnectionError:
            raise Closed from None
        if not part:
            raise Closed
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
