"""Evaluate a query over a store and write its answer: the engine without any process around it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Any, BinaryIO, cast

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

from lod.engine.request import TABLE, Request
from lod.rdf.formats import JSON_LD, RDF_XML
from lod.rdf.jsonld import without_triple_terms
from lod.rdf.prefixes import Prefixes
from lod.rdf.rdfxml import checked, usable_prefixes
from lod.rdf.terms import term_text

Results = QuerySolutions | QueryBoolean | QueryTriples

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


def evaluate(store: Store, request: Request) -> Results:
    """Return the results of a request's query over the dataset the request asks for.

    Call ``forget`` when they are read.

    :raises SyntaxError: when the query is wrong; ``worded`` says how.
    :raises ValueError, OSError, RuntimeError: when it cannot be evaluated.
    """
    default = [NamedNode(iri) for iri in request.default_graphs]
    named = [NamedNode(iri) for iri in request.named_graphs]
    if not default and not named:
        default = _resolve(store, request, request.from_default)
        named = _resolve(store, request, request.from_named)
    if len(default) > 1:
        default = [_merge(store, default)]
    return _in_written_order(store, request, default, named)


def _in_written_order(
    store: Store, request: Request, default: Sequence[NamedNode], named: Sequence[NamedNode]
) -> Results:
    """Return the results with the columns of ``SELECT *`` as written; the engine sorts them."""
    if request.star is not None and request.are_columns:
        text = _with_columns(request, request.star, [f"?{name}" for name in request.variables])
        with suppress(SyntaxError):  # of the query as written, which has other places
            return _query(store, request, text, default, named)
    results = _query(store, request, request.query, default, named)
    if request.star is None or not isinstance(results, QuerySolutions):
        return results
    visible = {variable.value for variable in results.variables}
    columns = [f"?{name}" for name in request.variables if name in visible]
    if len(columns) != len(visible) or columns == sorted(columns):
        return results
    text = _with_columns(request, request.star, columns)
    return _query(store, request, text, default, named)


def _with_columns(request: Request, star: int, columns: Sequence[str]) -> str:
    return f"{request.query[:star]}{' '.join(columns)}{request.query[star + 1 :]}"


def _query(
    store: Store,
    request: Request,
    text: str,
    default: Sequence[NamedNode],
    named: Sequence[NamedNode],
) -> Results:
    declared = {**request.declared}
    if not default and not named:
        return store.query(text, base_iri=request.base, prefixes=declared)
    # An empty list would mean "all": a graph that is never there stands for "none".
    return store.query(
        text,
        base_iri=request.base,
        prefixes=declared,
        default_graph=[*(default or [_MERGED])],
        named_graphs=[*named],
    )


def forget(store: Store) -> None:
    """Remove what an evaluation needed for itself."""
    if store.contains_named_graph(_MERGED):
        store.remove_graph(_MERGED)


def _resolve(store: Store, request: Request, tokens: Iterable[str]) -> list[NamedNode]:
    """Return the graphs a query names, its relative and prefixed IRIs made whole by the engine."""
    values = " ".join(tokens)
    if not values:
        return []
    query = f"{request.prologue}\nSELECT ?g {{ VALUES ?g {{ {values} }} }}"
    found = store.query(query, base_iri=request.base, prefixes={**request.declared})
    return [cast(NamedNode, solution["g"]) for solution in cast(QuerySolutions, found)]


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


def write(results: Results, request: Request, stream: BinaryIO) -> None:
    """Write results in the request's format.

    :raises NotWritableError: when the format has no way to say a graph.
    """
    if request.format == TABLE:
        table = _table(results, request.most_rows)
        stream.write(json.dumps(table, ensure_ascii=False).encode())
    elif isinstance(results, QueryTriples):
        ahead = list(islice(results, _AHEAD))
        prefixes = _used_prefixes(ahead, request.prefixes)
        triples: Iterable[Triple] = chain(ahead, results)
        if request.format == RDF_XML.extension:
            triples, prefixes = checked(triples), usable_prefixes(prefixes)
        elif request.format == JSON_LD.extension:
            triples = without_triple_terms(triples)
        serialize(triples, stream, _GRAPHS[request.format], prefixes=prefixes)
    else:
        results.serialize(stream, _RESULTS[request.format])


def _used_prefixes(triples: Iterable[Triple], known: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that shorten something in these triples."""
    prefixes = Prefixes(known, well_known=False)
    iris = (term.value for triple in triples for term in triple if isinstance(term, NamedNode))
    used = {parts[0] for parts in map(prefixes.split, iris) if parts}
    return {name: known[name] for name in sorted(used)}


def _table(results: Results, most_rows: int) -> dict[str, Any]:
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
        rows.append([None if term is None else term_text(term) for term in row])
    return {"variables": variables, "rows": rows, "more": more}


def worded(message: str) -> dict[str, Any]:
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
