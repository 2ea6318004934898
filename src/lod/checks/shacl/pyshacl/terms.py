"""rdflib's terms and property paths as the text the rest of the toolkit reads."""

from __future__ import annotations

import pyoxigraph
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, IdentifiedNode, Literal, Node, URIRef

_NAMED = "urn:x-lod-blank:"
_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def text(term: Node | None) -> str:
    """Return a term as canonical N-Triples."""
    if isinstance(term, Literal):
        if term.language:
            return str(pyoxigraph.Literal(str(term), language=term.language))
        datatype = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
        return str(pyoxigraph.Literal(str(term), datatype=datatype))
    if isinstance(term, BNode):
        return f"_:{term}"
    iri = str(term)
    return f"_:{iri.removeprefix(_NAMED)}" if iri.startswith(_NAMED) else f"<{iri}>"


def named(node: BNode) -> URIRef:
    """Return an IRI for a blank node, which ``text`` tells as the blank node again."""
    return URIRef(_NAMED + str(node))


def path_text(graph: rdflib.Graph, path: Node) -> str:
    """Return a SHACL property path (§2.3.1) as SPARQL writes it."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{path_text(graph, inverse)}"
    alternatives = graph.value(path, SH.alternativePath)
    if isinstance(alternatives, IdentifiedNode):
        return "(" + "|".join(path_text(graph, each) for each in graph.items(alternatives)) + ")"
    for predicate, mark in _REPEATED.items():
        repeated = graph.value(path, predicate)
        if repeated is not None:
            return f"{path_text(graph, repeated)}{mark}"
    if isinstance(path, IdentifiedNode) and (path, RDF.first, None) in graph:
        return "(" + "/".join(path_text(graph, each) for each in graph.items(path)) + ")"
    return "?"
