"""Documents that are answered without the framework are what it would have answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask

from lod.web.app import create_app
from lod.web.cache import Application, Environ
from lod.web.settings import Log, Settings
from support.places import Place

ACCEPTED = [
    *("text/turtle", "application/ld+json", "text/html", "application/n-triples", "text/csv"),
    *("application/rdf+xml", "application/trig", "*/*", "", "text/html;q=0.2, text/turtle;q=0.1"),
    *("application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml", "image/png"),
]
SUFFIXES = [".ttl", ".jsonld", ".html", ".nt", ".csv", ".rdf", ".trig", ".lt.html", ".de.html"]
HEADERS: list[dict[str, str]] = [
    {},
    {"HTTP_ACCEPT_LANGUAGE": "lt, en;q=0.5"},
    {"HTTP_ACCEPT_LANGUAGE": "xx"},
    {"HTTP_ACCEPT_ENCODING": "gzip, br"},
    {"HTTP_ACCEPT_ENCODING": "gzip;q=0.1, identity"},
    {"HTTP_HOST": "data.example:8080"},
    {"HTTP_HOST": "", "SERVER_PORT": "81"},
    {"wsgi.url_scheme": "https", "HTTP_HOST": "data.example"},
    {"SCRIPT_NAME": "/mounted"},
]
REFUSED: list[dict[str, str]] = [
    {"REQUEST_METHOD": "HEAD"},
    {"REQUEST_METHOD": "OPTIONS"},
    {"QUERY_STRING": "format=nt"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_MODIFIED_SINCE": "Sat, 01 Jan 2050 00:00:00 GMT"},
]
Answer = tuple[str, list[tuple[str, str]], bytes]


def environ_of(path: str, **more: str) -> Environ:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **more,
    }


def asked(application: Application, environ: Environ) -> Answer:
    """Return status, sorted headers and content."""
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        told.append((status, sorted(headers)))

    pieces: Iterable[bytes] = application(environ, start)
    body = b"".join(pieces)
    return *told[-1], body


@dataclass(frozen=True)
class Served:
    """A document, and applications that keep no answers."""

    app: Flask
    path: str

    @property
    def framework(self) -> Application:
        """The application without what stands in front of it."""
        return lambda environ, start: Flask.wsgi_app(self.app, environ, start)


@cache
def app_of(folder: Path) -> Flask:
    """Return the application of a release, made once."""
    settings = Settings()
    server = replace(settings.server, cache_mb=0)
    return create_app(folder, settings=replace(settings, server=server, log=Log.NONE))


@pytest.fixture
def served(document: Place) -> Served:
    return Served(app_of(document.release.folder), document.path)


@pytest.fixture
def is_direct(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What tells, after an answer, whether the framework had a part in it."""
    calls: list[bool] = []
    original = Flask.full_dispatch_request

    def noted(self: Flask, *arguments: object) -> object:
        calls.append(True)
        return original(self, *arguments)

    monkeypatch.setattr(Flask, "full_dispatch_request", noted)
    return calls


def same(place: Served, environ: Environ, calls: list[bool]) -> bool:
    """Compare an answer with the framework's; return whether it was made without that."""
    constants = {"Server", "X-Content-Type-Options", "Referrer-Policy", "Content-Security-Policy"}
    calls.clear()
    status, headers, body = asked(place.app.wsgi_app, {**environ})
    was_direct = not calls
    expected = asked(place.framework, {**environ})
    found = [
        each
        for each in headers
        if each[0] not in constants and not each[0].startswith("Access-Control-")
    ]
    assert (status, body) == (expected[0], expected[2])
    assert found == [e for e in expected[1] if not e[0].startswith("Access-Control-")]
    return was_direct


class TestSameAnswer:
    @pytest.mark.parametrize("accept", ACCEPTED)
    def test_negotiated(self, served: Served, accept: str, is_direct: list[bool]) -> None:
        """Whatever a client accepts, it gets the same status, headers and content."""
        same(served, environ_of(f"/{served.path}", HTTP_ACCEPT=accept), is_direct)

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_named(self, served: Served, suffix: str, is_direct: list[bool]) -> None:
        """An address that names a format answers the same."""
        same(served, environ_of(f"/{served.path}{suffix}"), is_direct)

    @pytest.mark.parametrize("headers", HEADERS, ids=str)
    @pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
    def test_whatever_else_is_said(
        self, served: Served, headers: dict[str, str], accept: str, is_direct: list[bool]
    ) -> None:
        """Languages, codings, hosts and mount points make no difference between the two."""
        environ = environ_of(f"/{served.path}", HTTP_ACCEPT=accept, **headers)

        same(served, environ, is_direct)

    @pytest.mark.parametrize(
        "path", ["/doc/none", "/doc/", "/doc//x", "/doc/x.ttl", "/doc/\u00e4", "/doc/a%2Fb", "/doc"]
    )
    def test_nothing_there(self, served: Served, path: str, is_direct: list[bool]) -> None:
        """What is not there is not found in either way."""
        assert not same(served, environ_of(path), is_direct)

    @pytest.mark.parametrize("headers", REFUSED, ids=str)
    def test_what_only_the_framework_answers(
        self, served: Served, headers: dict[str, str], is_direct: list[bool]
    ) -> None:
        """Other methods, query fields and conditions are the framework's."""
        environ = environ_of(f"/{served.path}", HTTP_ACCEPT="text/turtle", **headers)

        assert not same(served, environ, is_direct)


class TestPath:
    @pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "text/html"])
    def test_document_of_a_thing_needs_no_framework(
        self, flagship_client: object, served: Served, accept: str, is_direct: list[bool]
    ) -> None:
        """The usual request is answered straight away, so the tests above compare two things."""
        is_thing = served.path.startswith("doc/") and served.path != "doc/dataset"

        found = same(served, environ_of(f"/{served.path}", HTTP_ACCEPT=accept), is_direct)

        assert found == is_thing

    def test_failure_is_told_by_the_framework(
        self, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What goes wrong on the short way gives the page for errors, not a broken connection."""

        def fail(*_: object, **__: object) -> None:
            raise RuntimeError("broken")

        monkeypatch.setattr("lod.web.documents.document_graph", fail)
        environ = environ_of(f"/{served.path}", HTTP_ACCEPT="text/turtle")

        status, _, body = asked(served.app.wsgi_app, environ)

        assert status.startswith("500")
        assert b"broken" not in body
