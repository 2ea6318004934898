"""Requests that no browser sends, by name, as bytes, with the statuses that are right for each."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from hostile.besieged import PAGE
from hostile.raw import request

CLOSED = 0
"""Stands for a connection that is closed without an answer."""

THING = "/id/thing/t1"
DOCUMENT = "/doc/thing/t1"
DUMP = "/downloads/latest/besieged.nt"
QUERY = "Content-Type: application/sparql-query"
FORM = "Content-Type: application/x-www-form-urlencoded"
CHUNKED = (QUERY, "Transfer-Encoding: chunked")
_ANSWERED = frozenset({200})
_MALFORMED = frozenset({400, CLOSED})
_BODY = b"6\r\nASK {}\r\n0\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Raw:
    """One hostile request."""

    name: str
    data: bytes
    allowed: frozenset[int]


def _cases(allowed: frozenset[int] | set[int], named: Mapping[str, bytes]) -> list[Raw]:
    return [Raw(name, data, frozenset(allowed)) for name, data in named.items()]


def _get(target: str, *headers: str) -> bytes:
    return request("GET", target, *headers)


def _post(*headers: str, body: bytes = b"") -> bytes:
    return request("POST", "/sparql", *headers, body=body)


METHODS = [
    *_cases(
        {405},
        {
            **{
                method.lower(): request(method, PAGE)
                for method in ("TRACE", "TRACK", "PUT", "DELETE", "PATCH", "PROPFIND", "LOCK")
            },
            "post-to-page": request("POST", PAGE, FORM, body=b"a=b"),
            "unknown": request("BREW", "/"),
            "nine-thousand-letters": request("A" * 9000, "/"),
            "put-query": request("PUT", "/sparql", QUERY, body=b"ASK {}"),
        },
    ),
    *_cases({404, 405}, {"connect": request("CONNECT", "other.example:443")}),
    *_cases({200, 405}, {"lower-case": request("get", PAGE)}),
    *_cases({200, 404}, {"star": request("OPTIONS", "*")}),
]

ADDRESSES = [
    *_cases(
        {404},
        {
            "climb": _get("/downloads/latest/../../lod.toml"),
            "climb-encoded": _get("/downloads/latest/%2e%2e%2f%2e%2e%2flod.toml"),
            "climb-encoded-twice": _get("/downloads/latest/%252e%252e%252flod.toml"),
            "climb-backslash": _get("/downloads/latest/..%5c..%5clod.toml"),
            "climb-overlong": _get("/downloads/latest/%c0%ae%c0%ae/lod.toml"),
            "climb-far": _get("/downloads" + "/.." * 40 + "/etc/passwd"),
            "climb-static": _get("/static/..%2f..%2f..%2f..%2fetc%2fpasswd"),
            "climb-root": _get("/%2e%2e/%2e%2e/etc/passwd"),
            "absolute-static": _get("/static//etc/passwd"),
            "null": _get("/static/style.css%00.svg"),
            "null-in-dump": _get(f"{DUMP}%00.txt"),
            "null-in-thing": _get(f"{THING}%00"),
            "null-in-version": _get("/downloads/latest%00/besieged.nt"),
            "no-text": _get("/doc/thing/%ff%fe"),
            "line-end-in-document": _get(f"{DOCUMENT}%0d%0aX-Injected:%201"),
            "line-end-in-thing": _get(f"{THING}%0d%0aX-Injected:%201"),
            "line-end-in-kind": _get("/id/%0d%0aX-Injected:%201/t1"),
            "line-end-in-resolve": _get(f"/resolve?iri={THING}%0d%0aX-Injected:%201"),
            "other-host": _get("/resolve?iri=https://other.example/"),
            "two-slashes": _get("//other.example/%2e%2e"),
            "backslash": _get("/\\other.example/"),
            "dots": _get("/." * 30_000),
            "long": _get("/" + "a" * 60_000),
            "long-thing": _get("/id/thing/" + "a" * 60_000),
            "long-format": _get(f"{DOCUMENT}." + "a" * 60_000),
            "percent-signs": _get("/" + "%" * 50_000),
        },
    ),
    *_cases({414}, {"target-of-100-kB": _get("/" + "a" * 100_000)}),
    *_cases({414}, {"query-of-100-kB": _get("/sparql?query=" + "a" * 100_000)}),
    *_cases({200, 404}, {"slashes": _get("/" * 60_000)}),
    *_cases({308}, {"line-end-in-list": _get("/browse/%0d%0aX-Injected:%201")}),
    *_cases(_ANSWERED, {"absolute": _get(f"http://other.example{PAGE}")}),
    *_cases({303}, {"other-host-header": request("GET", THING, host="other.example")}),
    *_cases({303}, {"forwarded": _get(THING, "X-Forwarded-Host: a", "X-Forwarded-Proto: gopher")}),
    *_cases(
        _ANSWERED,
        {
            "line-end-in-search": _get("/search?q=%0d%0aX-Injected:%201"),
            "no-text-in-search": _get("/search?q=%ff%fe"),
            "long-search": _get("/search?q=" + "a" * 60_000),
            "search-of-all-letters": _get("/search?q=" + "+".join("abcdefghijklmnopqrst" * 500)),
        },
    ),
    *_cases(
        {404},
        {
            "page-beyond-all": _get("/search?q=thing&page=" + "9" * 4000),
            "page-below-all": _get("/search?q=thing&page=-9223372036854775809"),
        },
    ),
    *_cases(
        {400, 406},
        {
            "line-end-in-query": _get("/sparql?query=%0d%0aX-Injected:%201"),
            "line-end-in-format": _get("/sparql?query=ASK%7B%7D&format=csv%0d%0aX-Injected:%201"),
            "format-of-60-kB": _get("/sparql?query=ASK%7B%7D&format=" + "a" * 60_000),
            "no-text-in-query": _get("/sparql?query=%ff%fe"),
            "query-4000-times": _get("/sparql?" + "&".join(["query=ASK%7B%7D"] * 4000)),
        },
    ),
    *_cases(
        {200, 400}, {"2500-graphs": _get("/sparql?query=ASK%7B%7D" + "&named-graph-uri=x:y" * 2500)}
    ),
]

HEADERS = [
    *_cases(
        _ANSWERED | {431},
        {
            "100-kB": _get(PAGE, "X-A: " + "a" * 100_000),
            "500-kB": _get(PAGE, "X-A: " + "a" * 500_000),
            "five-thousand": _get(PAGE, *(f"X-{n}: a" for n in range(5000))),
            "language-of-100-kB": _get(DOCUMENT, "Accept-Language: " + "en-a," * 20_000),
            "cookies": _get(PAGE, "Cookie: " + "a=b; " * 20_000),
        },
    ),
    *_cases(
        {200, 406, 431},
        {
            "accept-of-100-kB": _get(DOCUMENT, "Accept: " + "a/b," * 25_000),
            "accept-quality": _get(DOCUMENT, "Accept: */*;q=999, text/turtle;q=-1"),
            "accept-marks": _get(DOCUMENT, "Accept: ;;;,,,/;/,*"),
            "accept-open-quotes": _get(DOCUMENT, "Accept: text/turtle;" + 'a="' * 9000),
            "accept-thousands": _get(DOCUMENT, "Accept: " + "text/turtle;q=0.1," * 3000),
            "language-hyphens": _get(DOCUMENT, "Accept-Language: " + "en-" * 9000),
            "encoding": _get(DOCUMENT, "Accept-Encoding: " + "gzip;q=0," * 9000),
        },
    ),
    *_cases(
        _ANSWERED | {206, 304, 416},
        {
            "range-beyond": _get(DUMP, "Range: bytes=99999999999999999999-"),
            "range-backwards": _get(DUMP, "Range: bytes=5-2"),
            "range-of-lines": _get(DUMP, "Range: lines=-1"),
            "range-negative": _get(DUMP, "Range: bytes=-99999999999999999999"),
            "range-nothing": _get(DUMP, "Range: bytes=-0"),
            "ranges-overlapping": _get(DUMP, "Range: bytes=" + ",".join(["0-"] * 9000)),
            "ranges-tiny": _get(DUMP, "Range: bytes=" + ",".join(f"{n}-{n}" for n in range(5000))),
            "range-of-page": _get(PAGE, "Range: bytes=0-0"),
            "if-range": _get(DUMP, "Range: bytes=0-1", 'If-Range: "\\"'),
            "if-none-match-thousands": _get(PAGE, "If-None-Match: " + '"a",' * 9000),
            "if-none-match-open": _get(PAGE, "If-None-Match: " + 'W/"' * 9000),
            "if-none-match-star": _get(DUMP, "If-None-Match: *"),
            "if-modified-since": _get(PAGE, "If-Modified-Since: Foo, 99 Bar 99999999 99:99:99 GMT"),
        },
    ),
    *_cases(
        _MALFORMED,
        {
            "null-inside": _get(PAGE, "X-A: a\0b"),
            "no-colon": _get(PAGE, "nonsense"),
            "space-in-name": _get(PAGE, "X A: b"),
            "folded": _get(PAGE, "X-A: a\r\n b"),
        },
    ),
    *_cases({200, 400}, {"two-hosts": _get(PAGE, "Host: other.example")}),
    *_cases({200, 400}, {"host-of-100-kB": request("GET", PAGE, host="a" * 100_000)}),
    *_cases({200, 303}, {"host-no-name": request("GET", THING, host="<script>@[::")}),
    *_cases({200, 400}, {"upgrade": _get(PAGE, "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQC")}),
]

BODIES = [
    *_cases(_ANSWERED, {"chunks": _post(*CHUNKED) + _BODY}),
    *_cases(
        _MALFORMED,
        {
            "size-no-number": _post(*CHUNKED) + b"zz\r\nASK {}\r\n0\r\n\r\n",
            "size-negative": _post(*CHUNKED) + b"-6\r\nASK {}\r\n0\r\n\r\n",
            "size-too-large": _post(*CHUNKED) + b"f" * 18 + b"\r\nASK {}\r\n",
            "length-and-chunks": _post(*CHUNKED, "Content-Length: 6")
            + b"0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "two-lengths": _post(QUERY, "Content-Length: 6", "Content-Length: 7") + b"ASK {} ",
            "length-negative": _post(QUERY, "Content-Length: -1"),
            "length-beyond": _post(QUERY, "Content-Length: " + "9" * 24),
            "length-in-words": _post(QUERY, "Content-Length: six") + b"ASK {}",
            "unknown-coding": _post(QUERY, "Transfer-Encoding: x") + _BODY,
            "no-text": _post(QUERY, body=b"ASK { ?s ?p '\xff' }"),
            "no-text-in-form": _post(FORM, body=b"query=\xff\xfe"),
            "escaped-no-text": _post(FORM, body=b"query=%ff%fe"),
            "utf-16": _post(f"{QUERY}; charset=utf-16", body=b"A\0S\0K\0"),
            "compressed": _post(QUERY, "Content-Encoding: gzip", body=b"\x1f\x8b" * 99),
            "million-parameters": _post(FORM, body=b"a&" * 1_000_000),
        },
    ),
    *_cases(
        {200, 400},
        {"chunk-extension": _post(*CHUNKED) + b"6;" + b"a" * 200_000 + b"\r\nASK {}\r\n0\r\n\r\n"},
    ),
    *_cases({200, 400}, {"tiny-chunks": _post(*CHUNKED) + b"1\r\n \r\n" * 20_000 + _BODY}),
    *_cases(
        {413, CLOSED},
        {
            "ten-megabytes-in-chunks": _post(*CHUNKED)
            + (b"100000\r\n" + b" " * 0x100000 + b"\r\n") * 10
            + b"0\r\n\r\n",
            "fifty-megabytes": _post(QUERY, body=b" " * 50_000_000),
            "form-of-twenty-megabytes": _post(FORM, body=b"query=" + b"+" * 20_000_000),
        },
    ),
    *_cases({415}, {"no-type": _post(body=b"ASK {}")}),
    *_cases({415}, {"type-of-60-kB": _post("Content-Type: " + "a" * 60_000, body=b"x")}),
    *_cases(
        {415},
        {
            "many-parts": _post(
                "Content-Type: multipart/form-data; boundary=a", body=b"--a\r\n" * 100_000
            )
        },
    ),
    *_cases({200, 400, CLOSED}, {"body-of-a-page": request("GET", PAGE, body=b"x" * 3_000_000)}),
]

NO_HTTP = [
    *_cases(
        _MALFORMED,
        {
            "random": random.Random(1).randbytes(5000),
            "tls": bytes.fromhex("16030100c8010000c40303") + b"x" * 200,
            "http-0.9": b"GET /\r\n\r\n",
            "http-3.0": b"GET / HTTP/3.0\r\nHost: x\r\n\r\n",
            "null-in-method": b"G\0T / HTTP/1.1\r\nHost: x\r\n\r\n",
            "bytes-in-path": b"GET /doc/\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        },
    ),
    *_cases({400, 414, 431, CLOSED}, {"endless-line": b"a" * 1_000_000}),
    *_cases({200, 400}, {"no-host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"}),
    *_cases({200, 400}, {"bare-line-ends": b"GET / HTTP/1.1\nHost: x\nConnection: close\n\n"}),
    *_cases(
        _ANSWERED,
        {"pipelined": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 200 + _get("/healthz")},
    ),
]
