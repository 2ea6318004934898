"""Keep threads free for pages: queries may have half of them, however long they wait or stream."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterable, Iterator

from lod.web.cache import Application, Environ, StartResponse

_QUERIES = re.compile(r"/(sparql(\..*)?|data|questions/.*)", re.DOTALL)
_BODY = json.dumps(
    {
        "type": "about:blank",
        "title": "All query workers are busy.",
        "status": 503,
        "detail": "Ask again in a moment, or take a dump and query that.",
        "code": "engine/busy",
    }
).encode()
_HEADERS = [
    ("Content-Type", "application/problem+json"),
    ("Content-Length", str(len(_BODY))),
    ("Retry-After", "5"),
    ("Cache-Control", "no-store"),
    ("Vary", "Accept, Accept-Language"),
]


class QueryGate:
    """A WSGI middleware that refuses queries at once when too many wait, compute or are read.

    A body that is never sent to its end, and an answer that is never read, hold their thread:
    no client can take them all.

    :param most: so many at a time.
    """

    def __init__(self, application: Application, most: int) -> None:
        self._application = application
        self._room = threading.BoundedSemaphore(most)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if not _QUERIES.fullmatch(environ.get("PATH_INFO", "")):
            return self._application(environ, start_response)
        if not self._room.acquire(blocking=False):
            start_response("503 SERVICE UNAVAILABLE", list(_HEADERS))
            return [_BODY]
        try:
            pieces = self._application(environ, start_response)
        except BaseException:
            self._room.release()
            raise
        return _Passing(pieces, self._room.release)


class _Passing:
    """Pieces of an answer; when it is over, somebody is told once."""

    def __init__(self, pieces: Iterable[bytes], over: Callable[[], None]) -> None:
        self._pieces = pieces
        self._over: Callable[[], None] | None = over

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        try:
            if close is not None:
                close()
        finally:
            over, self._over = self._over, None
            if over is not None:
                over()

    def __del__(self) -> None:
        """A host that never closes an answer must not keep the room for it."""
        self.close()
