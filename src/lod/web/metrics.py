"""Count requests for Prometheus, over all processes of a server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lod.web.cache import Application, Environ, Headers, StartResponse

PATH = "/metrics"

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_PARTS = {
    "about",
    "browse",
    "data",
    "downloads",
    "questions",
    "search",
    "sparql",
    "static",
}
_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


def share_numbers(folder: Path) -> None:
    """Let all processes of a server count together; call it before the first one counts."""
    folder.mkdir(exist_ok=True)
    os.environ[_FOLDER] = str(folder)


class Metrics:
    """A WSGI middleware that counts requests and answers ``/metrics``.

    :param application: what is counted.
    """

    def __init__(self, application: Application) -> None:
        # Loaded only where somebody wants numbers.
        from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415

        self._application = application
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "lod_requests",
            "Requests by part of the site, method and status.",
            ("part", "method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "lod_request_seconds",
            "Seconds until an answer begins, by part of the site.",
            ("part",),
            buckets=_SECONDS,
            registry=self._registry,
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        if environ.get("PATH_INFO") == PATH:
            return self._tell(start_response)
        part = _part(environ.get("PATH_INFO", ""))
        method = environ["REQUEST_METHOD"]
        began = time.monotonic()

        def count(status: str, headers: Headers, *more: Any) -> Any:
            self._seconds.labels(part).observe(time.monotonic() - began)
            known = method if method in _METHODS else "other"
            self._requests.labels(part, known, status[:3]).inc()
            return start_response(status, headers, *more)

        return self._application(environ, count)

    def _tell(self, start_response: StartResponse) -> Iterable[bytes]:
        from prometheus_client import (  # noqa: PLC0415
            CONTENT_TYPE_LATEST,
            CollectorRegistry,
            generate_latest,
            multiprocess,
        )

        registry = self._registry
        if os.environ.get(_FOLDER):
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        body = generate_latest(registry)
        headers = [
            ("Content-Type", CONTENT_TYPE_LATEST),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("200 OK", headers)
        return [body]


def _part(path: str) -> str:
    """Return the part of the site a path belongs to; paths are without end, parts are few."""
    first = path.split("/", 2)[1].partition(".")[0] if path.startswith("/") else ""
    if path == "/" or first == "index":
        return "home"
    return first if first in _PARTS else "entities"
