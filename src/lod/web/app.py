"""The application factory, usable under any WSGI host."""

from __future__ import annotations

import atexit
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, urlsplit

from flask import Flask, Request, Response, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from lod.errors import ReleaseError
from lod.release import find_release, open_release
from lod.web.access_log import AccessLog
from lod.web.cache import Application, Environ, ResponseCache, StartResponse
from lod.web.coding import encode
from lod.web.context import site
from lod.web.direct import DirectDocuments
from lod.web.downloads import bp as downloads
from lod.web.entities import bp as entities
from lod.web.errors import register_errors
from lod.web.gate import QueryGate
from lod.web.graphs import bp as graphs
from lod.web.language import LanguageConverter
from lod.web.meta import HEALTH
from lod.web.meta import bp as meta
from lod.web.metrics import Metrics
from lod.web.mount import Mounted
from lod.web.openapi import bp as openapi
from lod.web.pages import bp as pages
from lod.web.plain_queries import PlainQueries
from lod.web.publication import OwnPublication, Publication
from lod.web.questions import bp as questions
from lod.web.settings import Log, Settings
from lod.web.signposts import bp as signposts
from lod.web.sitemap import bp as sitemap
from lod.web.sparql import bp as sparql

_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Location, Content-Range, ETag, Last-Modified, Link, Location, "
        "Retry-After, Vary"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, Range",
    "Access-Control-Max-Age": "86400",
}
_SAFE = {
    "Server": "lod",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}
_ASCII = bytes(range(0x80))
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of a request; a query may not be longer than ``[limits]`` says in any case."""


class _Request(Request):
    """A request whose query may hold raw bytes, which some clients do not encode."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not self.query_string.isascii():
            self.query_string = quote_from_bytes(self.query_string, safe=_ASCII).encode("ascii")


def create_app(release: str | Path, *, settings: Settings | None = None) -> Flask:
    """Return the application that serves a release.

    The engine's processes start with the first query and end with this process.

    :param release: a release's folder, or a folder of releases, whose latest is served.
    :param settings: limits and public address; the defaults suit a small public server.
    :raises ReleaseError: when there is no release.
    """
    folder = find_release(Path(release))
    if folder is None:
        raise ReleaseError(
            "release/none", f"{release} holds no release.", cure="Build one with lod build."
        )
    settings = settings or Settings()
    publication = OwnPublication(open_release(folder), settings.limits)
    atexit.register(publication.close)
    return application(publication, settings)


def application(publication: Publication, settings: Settings) -> Flask:
    """Return the application that serves whatever is published."""
    app = Flask("lod.web", static_folder=None, template_folder=None)
    app.request_class = _Request
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY
    app.config["LOD_SETTINGS"] = settings
    app.url_map.converters["language"] = LanguageConverter

    @app.before_request
    def take_what_is_published() -> None:
        g.published = publication.current()

    app.after_request(_complete)
    for blueprint in (
        pages,
        questions,
        sparql,
        graphs,
        downloads,
        meta,
        signposts,
        sitemap,
        openapi,
        entities,
    ):
        app.register_blueprint(blueprint)
    register_errors(app)
    _in_front(app, publication, settings)
    return app


def _with_constants(application: Application) -> Application:
    """Let every answer carry the same headers, errors and redirects included."""
    constants = [*_CORS.items(), *_SAFE.items()]

    def complete(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start_response(status, [*headers, *constants], *more)

        return application(environ, start)

    return complete


def _in_front(app: Flask, publication: Publication, settings: Settings) -> None:
    """Put in front of the routing what does not need it."""
    front: Application = PlainQueries(app.wsgi_app, publication, settings)
    front = QueryGate(front, max(1, settings.server.threads // 2))
    front = DirectDocuments(front, publication, settings)
    front = _with_constants(front)
    most_bytes = settings.server.cache_mb * 1_000_000
    if most_bytes:
        front = ResponseCache(front, lambda: publication.current().tag, most_bytes)
    if settings.server.metrics:
        front = Metrics(front)
    _, _, path = (settings.server.address or "").partition("://")
    mount = path.partition("/")[2].strip("/")
    if mount:
        front = Mounted(front, f"/{mount}")
    proxies = settings.server.proxies
    if proxies:  # else anyone could say where a request comes from
        front = ProxyFix(front, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies)
    if settings.log is not Log.NONE:
        front = AccessLog(front, settings.log, silent=[HEALTH])
    app.wsgi_app = front  # type: ignore[method-assign, assignment]


def _complete(response: Response) -> Response:
    """Add what an answer carries because of how it was asked for."""
    if response.status_code == HTTPStatus.PERMANENT_REDIRECT:
        # It leads to a folder, and names this host as the client does: nobody should believe that.
        parts = urlsplit(response.headers["Location"])
        path = site().root + parts.path.removeprefix(request.root_path.rstrip("/"))
        response.headers["Location"] = f"{path}?{parts.query}" if parts.query else path
    if request.method == "OPTIONS":
        response.headers.update(_PREFLIGHT)
    return encode(response)
