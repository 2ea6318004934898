"""What limited processes are given: a header, and triples that need not fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from lod.errors import ProcessError

_PIECE = 1 << 20


@contextmanager
def spooled(header: object, files: Iterable[BinaryIO]) -> Iterator[BinaryIO]:
    """Give a file with a line of JSON and the content of files, from where they are.

    :raises ProcessError: when there is no room for it.
    """
    # Slow to load, and the process that reads the payload needs neither.
    from shutil import copyfileobj  # noqa: PLC0415
    from tempfile import TemporaryFile  # noqa: PLC0415

    payload = TemporaryFile()  # noqa: SIM115 - closing it may fail as writing did
    try:
        try:
            payload.write(json.dumps(header).encode() + b"\n")
            for file in files:
                copyfileobj(file, payload, _PIECE)
            payload.flush()
        except OSError as error:
            raise no_room(error) from error
        payload.seek(0)
        yield payload
    finally:
        with suppress(OSError):
            payload.close()


def no_room(error: OSError) -> ProcessError:
    """Return what to say when a temporary file cannot be written."""
    return ProcessError(
        "check/no-room",
        f"The check could not write its temporary file: {error.strerror or error}.",
        cure="Make room in the folder for temporary files, or name another with TMPDIR.",
    )


def pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the next bytes of a stream, so many, in pieces that end with a line."""
    while size > 0:
        piece = stream.read(min(size, _PIECE))
        if not piece:
            return
        size -= len(piece)
        if size > 0 and not piece.endswith(b"\n"):
            end = stream.readline(size)
            size -= len(end)
            piece += end
        yield piece
