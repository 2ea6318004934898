"""Look at a server as its clients meet it, proxies in between included."""

from __future__ import annotations

import gzip
import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPException, HTTPSConnection

from lod.doctor.remark import Remark

_SECONDS = 15
_LONG_QUERY = 7_500
"""Octets of a request's address that a server should take (RFC 9110 §4.1)."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message
    body: bytes

    def has(self, name: str, word: str) -> bool:
        return word.lower() in str(self.headers.get(name, "")).lower()


class _Site:
    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/") + "/"

    def get(self, path: str, **headers: str) -> _Answer:
        """Ask once, following no redirect."""
        parts = urllib.parse.urlsplit(urllib.parse.urljoin(self.address, path))
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.netloc, timeout=_SECONDS)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            connection.request("GET", target, headers={"Accept-Encoding": "identity", **sent})
            response = connection.getresponse()
            return _Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


def look_at_site(address: str) -> Iterator[Remark]:
    """Yield what a server at an address does, and what a proxy in front takes away.

    :param address: where the site begins, as the public sees it.
    """
    site = _Site(address)
    try:
        health = site.get("healthz")
    except (OSError, ValueError, HTTPException) as error:
        yield Remark(f"{address} answers", is_well=False, cure=f"It does not: {error}.")
        return
    is_ours = health.status == 200 and health.body.startswith(b"ok ")
    yield Remark(
        f"{address} answers, for {health.body[3:].decode('utf-8', 'replace').strip()}"
        if is_ours
        else f"{address} is a site of lod",
        is_ours,
        f"/healthz is {health.status}: name the address where the site begins.",
    )
    if is_ours:
        yield from _negotiation(site)
        yield from _caching(site)
        yield from _queries(site)
        yield from _safety(site)


def _negotiation(site: _Site) -> Iterator[Remark]:
    data = site.get("doc/dataset", Accept="text/turtle")
    page = site.get("doc/dataset", Accept="text/html")
    yield Remark(
        "documents come as data or as a page, as the client likes",
        data.has("Content-Type", "text/turtle") and page.has("Content-Type", "text/html"),
        "Let the proxy hand on Accept, and cache by Vary.",
    )
    yield Remark(
        "answers say what they depend on (Vary)",
        data.has("Vary", "Accept"),
        "Let the proxy keep the header Vary.",
    )
    thing = site.get("dataset")
    yield Remark(
        "a thing leads to its document (303)",
        thing.status == 303 and bool(thing.headers.get("Location")),
        "Let the proxy hand on redirects as they are.",
    )


def _caching(site: _Site) -> Iterator[Remark]:
    first = site.get("doc/dataset.ttl")
    etag = first.headers.get("ETag")
    yield Remark("documents have a tag (ETag)", bool(etag), "Let the proxy keep the header ETag.")
    if etag:
        again = site.get("doc/dataset.ttl", If_None_Match=str(etag))
        yield Remark(
            "who has a document gets 304",
            again.status == 304,
            "Let the proxy hand on If-None-Match, and leave packing to the server.",
        )
    packed = site.get("doc/dataset.ttl", Accept_Encoding="gzip")
    yield Remark(
        "text is packed for who wants it",
        packed.has("Content-Encoding", "gzip") and gzip.decompress(packed.body) == first.body,
        "Let the proxy hand on Accept-Encoding.",
    )
    part = site.get("downloads/latest/SHA256SUMS")
    name = part.body.split()[1].decode() if part.status == 200 and part.body else ""
    ranged = site.get(f"downloads/latest/{name}", Range="bytes=0-9")
    yield Remark(
        "downloads can go on where they broke off (Range)",
        ranged.status == 206 and len(ranged.body) == 10,
        "Let the proxy hand on Range.",
    )


def _queries(site: _Site) -> Iterator[Remark]:
    answer = _ask(site, "ASK {}")
    yield Remark(
        "queries are answered",
        answer.status == 200,
        f"The endpoint says {answer.status}: {answer.body[:100].decode('utf-8', 'replace')}",
    )
    long = _ask(site, "ASK {} # " + "x" * _LONG_QUERY)
    yield Remark(
        "long queries are taken in an address",
        long.status == 200,
        "Let the proxy take long addresses (nginx: large_client_header_buffers 4 16k).",
    )
    service = site.get("sparql", Accept="text/turtle").body.decode("utf-8", "replace")
    endpoint = urllib.parse.urljoin(site.address, "sparql")
    yield Remark(
        "the endpoint knows its public address",
        f"<{endpoint}>" in service or f"{endpoint}>" in service,
        f'Set address = "{site.address}" in [server], or proxies = 1 behind a proxy that says it.',
    )


def _ask(site: _Site, query: str, **headers: str) -> _Answer:
    asked = urllib.parse.urlencode({"query": query})
    return site.get(f"sparql?{asked}", Accept="application/sparql-results+json", **headers)


def _safety(site: _Site) -> Iterator[Remark]:
    page = site.get("", Accept="text/html")
    wanted: Mapping[str, str] = {
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Access-Control-Allow-Origin": "*",
    }
    for name, word in wanted.items():
        yield Remark(f"{name} is kept", page.has(name, word), f"Let the proxy keep {name}.")
    origins = page.headers.get_all("Access-Control-Allow-Origin") or []
    yield Remark(
        "Access-Control-Allow-Origin stands once",
        len(origins) <= 1,
        "Let the proxy not add it a second time: browsers then refuse both.",
    )
    metrics = site.get("metrics")
    yield Remark(
        "numbers for the operator are not public",
        metrics.status != 200,
        "Let the proxy refuse /metrics to the public.",
    )
    host = urllib.parse.urlsplit(site.address).hostname
    yield Remark(
        "the site is reached by https",
        site.address.startswith("https://") or host in {"localhost", "127.0.0.1", "::1"},
        "Put a proxy with a certificate in front.",
    )
