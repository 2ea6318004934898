"""Start ``lod`` and the servers it is compared with, each with the same data."""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.client import Answer, Request, ask_once
from benchmarks.processes import (
    HOST,
    Server,
    ServerFailedError,
    free_port,
    running,
    wait_for_port,
)
from benchmarks.project import NAME, iri
from benchmarks.stage import PEERS, Release

Command = list[str | Path]

TURTLE = "text/turtle"
JSON_LD = "application/ld+json"
HTML = "text/html"
JSON_RESULTS = "application/sparql-results+json"
_ASK_ALL = "ASK { GRAPH ?g { ?s ?p ?o } }"
"""Is answered when all is read; the default graph is there before."""
ENDINGS = {TURTLE: "ttl", JSON_LD: "jsonld", HTML: "html"}
_NGINX = """\
daemon off;
worker_processes 1;
{user}pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  types {{
    text/html html;
    text/turtle ttl;
    application/ld+json jsonld;
    application/n-triples nt;
  }}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen {host}:{port};
    location / {{ root {folder}/files; }}
    location /downloads/latest/ {{ alias {dumps}/; }}
  }}
}}
"""


@contextmanager
def lod(release: Release, *, source: Path | None = None) -> Iterator[Server]:
    """Yield ``lod serve`` when it answers, queries too: until then its engine reads the data.

    :param source: serve this instead of the release.
    """
    with starting_lod(release, source=source) as server:
        first_answer(server, Request("/healthz"), 600)
        first_answer(server, query("/sparql", _ASK_ALL), 600)
        yield server


@contextmanager
def starting_lod(release: Release, *, source: Path | None = None) -> Iterator[Server]:
    """Yield ``lod serve`` as soon as its process was started."""
    port = free_port()
    command: Command = [sys.executable, "-m", "lod", "serve", source or release.folder]
    command += ["--port", f"{port}"]
    with running(
        "lod",
        port,
        command if source is None else [*command, "--no-watch", "--no-log"],
        log=release.work / "lod.log",
        environment={"XDG_CACHE_HOME": str(release.work / "cache")},
    ) as server:
        yield server


@contextmanager
def oxigraph(release: Release, *options: str) -> Iterator[Server]:
    """Yield an ``oxigraph serve`` that holds the dataset in memory, as the engine of lod does."""
    port = free_port()
    command: Command = [_peer("oxigraph"), "serve", "--bind", f"{HOST}:{port}", *options]
    with running("oxigraph", port, command, log=release.work / "oxigraph.log") as server:
        wait_for_port(server, 30)
        connection = http.client.HTTPConnection(HOST, port, timeout=600)
        with (release.dumps / f"{NAME}.nt").open("rb") as file:
            headers = {"Content-Type": "application/n-triples"}
            connection.request("POST", "/store?default", body=file.read(), headers=headers)
        status = connection.getresponse().status
        connection.close()
        if status not in {200, 201, 204}:
            raise ServerFailedError(f"oxigraph did not take the data: {status}.")
        yield server


@contextmanager
def oxigraph_on_disk(release: Release) -> Iterator[Server]:
    """Yield an ``oxigraph`` on its database, as it is usually run; it answers."""
    with starting_oxigraph(release) as server:
        wait_for_port(server, 60)
        yield replace(server, name="oxigraph on disk")


@contextmanager
def starting_oxigraph(release: Release) -> Iterator[Server]:
    """Yield an ``oxigraph serve-read-only`` on its database as soon as it was started."""
    location = release.work / "oxigraph"
    if not location.exists():
        program = _peer("oxigraph")
        dump = release.dumps / f"{NAME}.nt"
        load: Command = [program, "load", "--location", location, "--file", dump]
        optimize: Command = [program, "optimize", "--location", location]
        for each in (load, optimize):
            subprocess.run(each, check=True, capture_output=True, timeout=900)
    port = free_port()
    command: Command = [_peer("oxigraph"), "serve-read-only", "--location", location]
    command += ["--bind", f"{HOST}:{port}"]
    with running("oxigraph", port, command, log=release.work / "oxigraph.log") as server:
        yield server


@contextmanager
def rdflib_endpoint(release: Release) -> Iterator[Server]:
    """Yield an ``rdflib-endpoint`` that has read the dataset into memory."""
    port = free_port()
    dump = release.dumps / f"{NAME}.nt"
    command: Command = [
        _peer("rdflib-endpoint"),
        "serve",
        dump,
        "--host",
        HOST,
        "--port",
        f"{port}",
    ]
    log = release.work / "rdflib-endpoint.log"
    with running("rdflib-endpoint", port, command, log=log) as server:
        wait_for_port(server, 600)
        yield server


@contextmanager
def nginx(release: Release) -> Iterator[Server]:
    """Yield an nginx of one process that serves :func:`save_for_nginx` and the dumps."""
    port, folder = free_port(), release.work / "nginx"
    (folder / "files").mkdir(parents=True, exist_ok=True)
    user = "user root;\n" if os.geteuid() == 0 else ""
    file = folder / "nginx.conf"
    file.write_text(
        _NGINX.format(folder=folder, dumps=release.dumps, host=HOST, port=port, user=user), "utf-8"
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or "nginx"
    command: Command = [program, "-p", folder, "-e", folder / "nginx.log", "-c", file]
    with running("nginx", port, command, log=release.work / "nginx.log") as server:
        wait_for_port(server, 30)
        yield server


def save_for_nginx(release: Release, server: Server, paths: list[str], media_type: str) -> None:
    """Save documents of lod where nginx serves them."""
    for path in paths:
        file = release.work / "nginx" / "files" / f"{path}.{ENDINGS[media_type]}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answered(server, document(path, media_type)).body)


def document(path: str, media_type: str) -> Request:
    """Ask lod for the document of an entity."""
    return Request(f"/doc/{path}", (("Accept", media_type),))


def saved(path: str, media_type: str) -> Request:
    """Ask nginx for the saved document of an entity."""
    return Request(f"/{path}.{ENDINGS[media_type]}")


def describe(path: str, media_type: str, *, endpoint: str = "/query") -> Request:
    """Ask an endpoint for the description of an entity."""
    return query(endpoint, f"DESCRIBE <{iri(path)}>", media_type)


def query(endpoint: str, text: str, media_type: str = JSON_RESULTS) -> Request:
    """Ask an endpoint a query."""
    return Request(f"{endpoint}?{urlencode({'query': text})}", (("Accept", media_type),))


def answered(server: Server, request: Request) -> Answer:
    """Return the answer to one request.

    :raises ServerFailedError: when it is another than 200.
    """
    answer = ask_once(server.port, request)
    if answer.status != 200:
        raise ServerFailedError(f"{server.name} answers {request.path} with {answer.status}.")
    return answer


def first_answer(server: Server, request: Request, seconds: float = 60) -> Answer:
    """Ask until a server that was just started answers.

    :raises ServerFailedError: when it ends before, or takes too long.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        wait_for_port(server, end - time.monotonic())
        with suppress(OSError, http.client.HTTPException):
            answer = ask_once(server.port, request)
            if answer.status == 200:
                return answer
        time.sleep(0.002)
    raise ServerFailedError(f"{server.name} did not answer within {seconds:g} s.")


def _peer(name: str) -> Path:
    return PEERS / "bin" / name
