"""Keep finished answers, so that what is asked often is made once for each release.

A WSGI middleware in front of everything else: an answer that is found here never reaches Flask.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from werkzeug.http import parse_etags

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str | None, ...]
"""What is published, and all of a request that decides its answer."""

MOST_BYTES = 1 << 20
"""A larger answer is not kept; it is a file or a long result, which is sent while it is read."""

_DECIDING = (
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_HOST",
    "wsgi.url_scheme",
)
"""All of a request that an answer may depend on; ``Vary`` says no other header."""

_PARTIAL = {"HTTP_RANGE", "HTTP_IF_MODIFIED_SINCE"}
"""Requests with one of these go on to who knows parts and times."""

_OF_CONTENT = {
    "content-type",
    "content-length",
    "content-encoding",
    "content-language",
    "last-modified",
    "link",
}
"""What a 304 need not say again (RFC 9110 §15.4.5)."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A whole answer with status 200, and the headers of the 304 to who has it.

    Of an answer that so far only clients asked for who had it, there is nothing but the latter.
    """

    headers: Headers | None
    unchanged: Headers
    etag: str
    body: bytes


def _size(key: Key, kept: _Kept) -> int:
    """Return about how many bytes an answer takes; what was asked may be longer than it."""
    return len(kept.body) + sum(len(each) for each in key if each) + 2_000


class ResponseCache:
    """Answers again what was answered with a tag and may be kept by anyone.

    :param application: what answers the first time.
    :param edition: tells what is published: nothing is given out for another edition.
    :param most_bytes: so much is kept; what was asked for longest ago is forgotten first.
    """

    def __init__(
        self, application: Application, edition: Callable[[], str], most_bytes: int
    ) -> None:
        self._application = application
        self._edition = edition
        self._most_bytes = most_bytes
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"} or not _PARTIAL.isdisjoint(environ):
            return self._application(environ, start_response)
        edition = self._edition()
        key = (edition, *map(environ.get, _DECIDING))
        found = self._find(key)
        if found is not None:
            condition = environ.get("HTTP_IF_NONE_MATCH")
            if condition and _holds(condition, found.etag):
                start_response("304 NOT MODIFIED", list(found.unchanged))
                return []
            if found.headers is not None:
                start_response("200 OK", list(found.headers))
                return [] if method == "HEAD" else [found.body]
        if method == "HEAD":
            return self._application(environ, start_response)
        return self._first(key, edition, environ, start_response)

    def _find(self, key: Key) -> _Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _first(
        self, key: Key, edition: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        told: list[tuple[str, Headers]] = []

        def note(status: str, headers: Headers, *more: Any) -> Any:
            told[:] = [(status, headers)]
            return start_response(status, headers, *more)

        pieces = self._application(environ, note)
        etag = _tag_to_keep(*told[0]) if told else None
        if etag is None:
            return pieces
        status, headers = told[0]
        body = b"".join(_read(pieces))
        # Another edition may have come while this was made.
        if len(body) <= MOST_BYTES and self._edition() == edition:
            whole = None if _is_unchanged(status) else list(headers)
            self._keep(key, _Kept(whole, _unchanged(headers), etag, body))
        return [body]

    def _keep(self, key: Key, new: _Kept) -> None:
        with self._lock:
            old = self._kept.pop(key, None)
            self._bytes += _size(key, new) - (_size(key, old) if old else 0)
            self._kept[key] = new
            while self._bytes > self._most_bytes and self._kept:
                self._bytes -= _size(*self._kept.popitem(last=False))


def _tag_to_keep(status: str, headers: Headers) -> str | None:
    """Return the tag of an answer that may be kept, whole or as a 304; None for any other."""
    named = {name.lower(): value for name, value in headers}
    if "public" not in named.get("cache-control", ""):
        return None
    with suppress(ValueError):
        length = int(named.get("content-length", MOST_BYTES + 1))
        if _is_unchanged(status) or (status.startswith("200") and length <= MOST_BYTES):
            return named.get("etag")
    return None


def _is_unchanged(status: str) -> bool:
    return status.startswith("304")


def _read(pieces: Iterable[bytes]) -> Iterator[bytes]:
    close = getattr(pieces, "close", None)
    try:
        yield from pieces
    finally:
        if close is not None:
            close()


def _unchanged(headers: Headers) -> Headers:
    return [each for each in headers if each[0].lower() not in _OF_CONTENT]


def _holds(condition: str, etag: str) -> bool:
    """Whether the client has this representation (RFC 9110 §13.1.2)."""
    return condition == etag or parse_etags(condition).contains_weak(etag.partition('"')[2][:-1])
