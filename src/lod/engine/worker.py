"""A forked process that answers queries one after another, and can do nothing else.

It inherits the loaded store, gives up opening files and sockets for good, and then only reads
queries from its one connection and writes answers to it. Whoever holds the other end may trust
nothing about it but that it ends when it is killed.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from collections.abc import Iterable
from itertools import chain, islice
from typing import Any, BinaryIO, NoReturn, cast

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from lod.engine import wire
from lod.process import restrict
from lod.rdf.formats import RDF_XML
from lod.rdf.prefixes import Prefixes
from lod.rdf.rdfxml import NotWritableError, checked

try:
    import resource
except ImportError:  # no worker runs where this is missing
    resource = None  # type: ignore[assignment]

_CONNECTION = 3
_PIECE = 64 * 1024
_AHEAD = 1000
"""Triples looked at before a graph is written, to declare the prefixes it uses."""

_MERGED = NamedNode("urn:x-lod:merged")
_EXPECTED = re.compile(r"""(?:expected(?: one of)?+ |, )([A-Za-z][^,"\[]*)""")
_EXPECTED_SYMBOL = re.compile(r'"[^"]{1,3}"|\b[A-Z]{2,}\b')
_NEVER_FIT = {"LATERAL", "SERVICE"}
_MOST_SYMBOLS = 6
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)

_RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
TABLE = "table"
"""The format for pages: JSON with terms as N-Triples text, cut after so many rows."""


class _TooLarge(Exception):  # noqa: N818
    """The answer is larger than allowed."""


def work(store: Store, connection: socket.socket, *, memory_mb: int) -> NoReturn:
    """Answer queries until the connection ends, then exit.

    :param memory_mb: memory the process may take beyond what it has now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.dup2(0, 2)  # the engine's last words would only fill the server's log
    os.dup2(connection.fileno(), _CONNECTION)
    os.closerange(_CONNECTION + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (_CONNECTION + 1, _CONNECTION + 1))
    restrict(seconds=None, memory_mb=memory_mb)
    connection.detach()
    channel = socket.socket(fileno=_CONNECTION)
    try:
        while True:
            _, content = wire.receive_frame(channel)
            _answer(store, json.loads(content), channel)
    except (wire.Closed, OSError):
        os._exit(0)


def _answer(store: Store, request: dict[str, Any], channel: socket.socket) -> None:
    _allow_seconds(request["seconds"])
    output = _Output(channel, request["most_bytes"])
    try:
        results = _evaluate(store, request)
        _write(results, request, output)
        output.finish()
    except SyntaxError as error:
        output.fail("syntax", **_worded(str(error)))
    except _TooLarge:
        output.fail("too-large", message="The answer is larger than allowed.")
    except NotWritableError as error:
        output.fail("not-writable", message=f"RDF/XML cannot hold this answer: {error}.")
    except MemoryError:
        output.fail("memory", message="The query needed too much memory.")
    except wire.Closed:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        output.fail("evaluation", message=str(error)[:500])
    except Exception as error:  # noqa: BLE001 - an answer that says so beats a worker that is gone
        output.fail("internal", message=f"{type(error).__name__}: {error}")
    finally:
        store.remove_graph(_MERGED)


def _allow_seconds(seconds: int) -> None:
    """Let the process use so much CPU time from now on, then be ended by the system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _evaluate(
    store: Store, request: dict[str, Any]
) -> QuerySolutions | QueryBoolean | QueryTriples:
    query, base = request["query"], request["base"]
    default = [NamedNode(iri) for iri in request["default_graphs"]]
    named = [NamedNode(iri) for iri in request["named_graphs"]]
    if not default and not named:
        default = _resolve(store, request, "from_default")
        named = _resolve(store, request, "from_named")
    declared = request["declared"]
    if not default and not named:
        return store.query(query, base_iri=base, prefixes=declared)
    if len(default) > 1:
        default = [_merge(store, default)]
    # An empty list would mean "all": a graph that is never there stands for "none".
    return store.query(
        query,
        base_iri=base,
        prefixes=declared,
        default_graph=[*(default or [_MERGED])],
        named_graphs=[*named],
    )


def _resolve(store: Store, request: dict[str, Any], clauses: str) -> list[NamedNode]:
    """Return the graphs a query names, its relative and prefixed IRIs made whole by the engine."""
    tokens = request[clauses]
    if not tokens:
        return []
    query = f"{request['prologue']}\nSELECT ?g {{ VALUES ?g {{ {' '.join(tokens)} }} }}"
    found = store.query(query, base_iri=request["base"], prefixes=request["declared"])
    solutions = cast(QuerySolutions, found)
    return [cast(NamedNode, solution["g"]) for solution in solutions]


def _merge(store: Store, graphs: list[NamedNode]) -> NamedNode:
    """Return one graph with the triples of several, each once (RDF merge, SPARQL 1.1 §13.2).

    The engine itself would give a triple once for each graph that holds it.
    """
    for graph in graphs:
        store.extend(
            Quad(quad.subject, quad.predicate, quad.object, _MERGED)
            for quad in list(store.quads_for_pattern(None, None, None, graph))
        )
    return _MERGED


def _write(
    results: QuerySolutions | QueryBoolean | QueryTriples, request: dict[str, Any], output: _Output
) -> None:
    name = request["format"]
    stream = cast(BinaryIO, output)
    if name == TABLE:
        output.write(json.dumps(_table(results, request["most_rows"]), ensure_ascii=False).encode())
    elif isinstance(results, QueryTriples):
        ahead = list(islice(results, _AHEAD))
        prefixes = _used_prefixes(ahead, request["prefixes"])
        triples: Iterable[Triple] = chain(ahead, results)
        if name == RDF_XML.extension:
            triples = checked(triples)
        serialize(triples, stream, _GRAPHS[name], prefixes=prefixes)
    else:
        results.serialize(stream, _RESULTS[name])


def _used_prefixes(triples: Iterable[Triple], known: dict[str, str]) -> dict[str, str]:
    """Return the prefixes that shorten something in these triples."""
    prefixes = Prefixes(known, well_known=False)
    iris = (term.value for triple in triples for term in triple if isinstance(term, NamedNode))
    used = {parts[0] for parts in map(prefixes.split, iris) if parts}
    return {name: known[name] for name in sorted(used)}


def _table(results: QuerySolutions | QueryBoolean | QueryTriples, most_rows: int) -> dict[str, Any]:
    if isinstance(results, QueryBoolean):
        return {"boolean": bool(results)}
    rows: list[list[str | None]] = []
    more = False
    if isinstance(results, QueryTriples):
        variables = ["subject", "predicate", "object"]
    else:
        variables = [variable.value for variable in results.variables]
    for row in results:
        if len(rows) == most_rows:
            more = True
            break
        rows.append([None if term is None else str(term) for term in row])
    return {"variables": variables, "rows": rows, "more": more}


def _worded(message: str) -> dict[str, Any]:
    """Return a syntax error as a person would say it, with its place.

    The engine lists all it could have gone on with; sentences among these say more than symbols.
    """
    found = _POSITION.match(message)
    if not found:
        return {"message": message[:300]}
    sentences = [each for each in _EXPECTED.findall(found[3]) if " " in each]
    symbols = sorted(set(_EXPECTED_SYMBOL.findall(found[3])) - _NEVER_FIT)
    if sentences:
        text = f"{sentences[0].strip()}."
    elif 0 < len(symbols) <= _MOST_SYMBOLS:
        text = f"The query breaks off here: {' or '.join(symbols)} would fit."
    else:
        text = "The query is not valid SPARQL from here on."
    return {"message": text, "line": int(found[1]), "column": int(found[2])}


class _Output:
    """A file-like object that sends what is written in pieces, up to a bound."""

    def __init__(self, channel: socket.socket, most_bytes: int) -> None:
        self._channel = channel
        self._left = most_bytes
        self._pending = bytearray()

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _TooLarge
        self._pending += data
        if len(self._pending) >= _PIECE:
            self.flush_piece()
        return len(data)

    def flush(self) -> None:
        """Pieces are sent when they are large enough."""

    def flush_piece(self) -> None:
        if self._pending:
            wire.send_frame(self._channel, wire.DATA, self._pending)
            self._pending = bytearray()

    def finish(self) -> None:
        self.flush_piece()
        wire.send_frame(self._channel, wire.END)

    def fail(self, kind: str, **details: Any) -> None:
        self._pending = bytearray()
        reason = json.dumps({"kind": kind, **details}).encode()
        wire.send_frame(self._channel, wire.ERROR, reason)
