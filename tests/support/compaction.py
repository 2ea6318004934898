"""JSON-LD compacted by a whole processor, for comparison with what is written without one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from pyld import jsonld
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from lod.rdf.namespaces import RDF, XSD
from lod.rdf.ranks import TYPE
from lod.rdf.terms import Term
from lod.rdf.turtle import FIRST, NIL, REST, cells, nestable

_CELL = {FIRST, REST}


def compacted(rows: Sequence[tuple[str, str, str]], prefixes: Mapping[str, str]) -> bytes:
    """Return a graph as JSON-LD 1.1, compacted, with a context that holds what is used.

    :param prefixes: what the context may declare.
    """
    triples = "".join(f"{' '.join(row)} .\n" for row in rows).encode()
    graph = [quad.triple for quad in parse(triples, format=RdfFormat.N_TRIPLES, lenient=True)]
    context = _context(graph, prefixes)
    options = {"documentLoader": _refuse, "graph": True, "skipExpansion": True}
    compacted = jsonld.compact(_expanded(graph), context, options)
    nodes = sorted(compacted.get("@graph", []), key=_identity)
    used = {name.partition(":")[0] for name in _names(nodes)}
    document = {
        "@context": {name: iri for name, iri in sorted(context.items()) if name in used},
        "@graph": nodes,
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _context(graph: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes that can be declared without changing what an IRI of the graph means.

    A prefix that is called like a scheme would claim the IRIs of that scheme; a namespace that
    is itself a property, a class or a datatype would be written as the prefix alone.
    """
    schemes: set[str] = set()
    whole: set[str] = set()
    for triple in graph:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode):
                schemes.add(term.value.partition(":")[0])
        whole.add(triple.predicate.value)
        if isinstance(triple.object, Literal):
            schemes.add(triple.object.datatype.value.partition(":")[0])
            whole.add(triple.object.datatype.value)
        elif triple.predicate == RDF.type and isinstance(triple.object, NamedNode):
            whole.add(triple.object.value)
    return {
        name: iri
        for name, iri in prefixes.items()
        if name and name not in schemes and iri not in whole
    }


def _expanded(graph: Sequence[Triple]) -> list[dict[str, Any]]:
    """Return a graph as expanded JSON-LD, every literal as it is.

    The library's own conversion rewrites JSON literals and fails on spoilt collections.
    A collection inside another is written as its cells: JSON nests no deeper than this.
    """
    terms = {str(term): term for triple in graph for term in (triple.subject, triple.object)}
    rows = [(str(each.subject), str(each.predicate), str(each.object)) for each in graph]
    nested = nestable(rows)
    lists: dict[str, list[str]] = {NIL: []}
    for _, predicate, value in rows:
        found = cells(value, nested) if value in nested and predicate not in _CELL else None
        if found is not None:
            lists[value] = found
    in_lists = {cell for found in lists.values() for cell in found}
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, text in rows:
        if subject in in_lists:
            continue
        node = nodes.setdefault(subject, {"@id": _identifier(terms[subject])})
        term = terms[text]
        if predicate == TYPE and not isinstance(term, Literal):
            node.setdefault("@type", []).append(_identifier(term))
        elif text in lists and predicate not in _CELL:
            items = [_value(terms[dict(nested[cell])[FIRST]]) for cell in lists[text]]
            node.setdefault(predicate[1:-1], []).append({"@list": items})
        else:
            node.setdefault(predicate[1:-1], []).append(_value(term))
    return list(nodes.values())


def _identifier(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _value(term: Term) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _identifier(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}


def _names(value: object) -> Iterator[str]:
    """Yield what stands for an IRI in a compacted document: keys, identifiers and types."""
    if isinstance(value, list):
        for each in value:
            yield from _names(each)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key in {"@id", "@type"}:
                yield from [inner] if isinstance(inner, str) else inner
            elif key != "@value":
                yield from _names(inner)


def _identity(node: Mapping[str, Any]) -> str:
    return str(node.get("@id", ""))


def _refuse(url: str, _options: object) -> NoReturn:
    raise ValueError(f"remote context {url} is not loaded")
