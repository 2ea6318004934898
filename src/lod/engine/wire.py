"""What the engine's processes say to each other, over Unix sockets.

Control messages are JSON objects, one a line; a file descriptor may come along with one.
Results are frames: one byte for the kind, four for the length, then the content.
"""

from __future__ import annotations

import json
import socket
import struct
from collections import deque
from collections.abc import Mapping
from typing import Any

DATA = b"D"  # a piece of the answer, and more are to come
LAST = b"L"  # the last piece, which may be empty: the answer is whole
ERROR = b"X"  # there is no (more) answer; JSON says why

_HEAD = struct.Struct("!cI")
_LARGEST_MESSAGE = 64 * 1024 * 1024
_AT_ONCE = 1 << 17


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
        self._arrived: deque[dict[str, Any]] = deque()

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
        """Return the next message, waiting for it."""
        while not self._arrived:
            self._arrived.extend(self.receive())
        return self._arrived.popleft()

    @property
    def has_more(self) -> bool:
        """Whether a message waits that was read with one before."""
        return bool(self._arrived)

    def take_descriptor(self) -> int:
        """Return the oldest descriptor not yet taken."""
        return self._descriptors.pop(0)


def send_frame(connection: socket.socket, kind: bytes, content: bytes | bytearray = b"") -> None:
    """Send one frame."""
    head = _HEAD.pack(kind, len(content))
    if len(content) < _AT_ONCE:
        connection.sendall(head + content)
    else:
        connection.sendall(head)
        connection.sendall(content)


class Frames:
    """Reads frames from a connection, a small one in one go."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._read = bytearray()
        # One for all: to allocate so much anew for each small answer costs more than to read it.
        self._arriving = memoryview(bytearray(_AT_ONCE))

    def next(self) -> tuple[bytes, bytes]:
        """Return the next frame's kind and content, waiting for it.

        :raises Closed: when the other side is gone, or says what no frame is.
        """
        kind, length = _HEAD.unpack(self._take(_HEAD.size))
        if length > _LARGEST_MESSAGE:
            raise Closed
        return kind, self._take(length)

    def _take(self, length: int) -> bytes:
        while len(self._read) < length:
            try:
                size = self._connection.recv_into(self._arriving)
            except ConnectionError:
                raise Closed from None
            if not size:
                raise Closed
            self._read += self._arriving[:size]
        taken = bytes(self._read[:length])
        del self._read[:length]
        return taken
