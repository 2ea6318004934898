"""Tell each request on standard error: a line for people, or a line of JSON for programs."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from lod.addresses import quoted
from lod.web.cache import Application, Environ, Headers, StartResponse
from lod.web.settings import Log

_LONGEST_METHOD = 20


class AccessLog:
    """A WSGI middleware that tells method, path, status, bytes and time.

    Neither the query of an address nor the address of a client is told unless asked: what people
    ask for is their own business.
    """

    def __init__(self, application: Application, log: Log, *, silent: Iterable[str] = ()) -> None:
        self._application = application
        self._log = log
        self._silent = frozenset(silent)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if environ.get("PATH_INFO") in self._silent:
            return self._application(environ, start_response)
        began = time.monotonic()
        status = ""

        def note(line: str, headers: Headers, *more: Any) -> Any:
            nonlocal status
            status = line[:3]
            return start_response(line, headers, *more)

        pieces = self._application(environ, note)
        return _Counted(pieces, lambda size: self._tell(environ, status, size, began))

    def _tell(self, environ: Environ, status: str, size: int, began: float) -> None:
        took = (time.monotonic() - began) * 1000
        path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
        path = quoted(path.encode("latin-1").decode("utf-8", "replace"))  # no line of its own
        method = quoted(environ["REQUEST_METHOD"][:_LONGEST_METHOD])
        if self._log is Log.TEXT:
            line = f"{method} {path} {status} {took:.0f} ms"
        else:
            line = json.dumps(
                {
                    "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "method": method,
                    "path": path,
                    "status": int(status or 500),
                    "bytes": size,
                    "ms": round(took, 1),
                }
            )
        with contextlib.suppress(OSError):  # nobody may be reading it any more
            print(line, file=sys.stderr, flush=True)  # noqa: T201 - the log is standard error


class _Counted:
    """Pieces of an answer; when it is over, somebody is told how much of it was sent."""

    def __init__(self, pieces: Iterable[bytes], tell: Callable[[int], None]) -> None:
        self._pieces = pieces
        self._tell = tell
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._size += len(piece)
            yield piece

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        try:
            if close is not None:
                close()
        finally:
            self._tell(self._size)
