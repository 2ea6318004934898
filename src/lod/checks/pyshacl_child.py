"""What runs in the limited process: pySHACL over exact terms.

This is the one place of the toolkit that loads rdflib and pySHACL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pyoxigraph
import pyshacl
import rdflib
from pyparsing import ParseBaseException
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH
from rdflib.plugins import sparql as _load_sparql_before_files_are_refused
from rdflib.term import BNode, IdentifiedNode, Literal, Node, URIRef

__all__ = ["_load_sparql_before_files_are_refused", "validate"]

_REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def validate(payload: bytes) -> bytes:
    """Return the validation results as JSON: ``results``, or ``refused`` or ``failed``.

    :param payload: data and shapes as N-Triples, a NUL byte between them.
    """
    rdflib.NORMALIZE_LITERALS = False
    data, _, shapes = payload.partition(b"\0")
    try:
        _, report, text = pyshacl.validate(
            to_rdflib(data),
            shacl_graph=to_rdflib(shapes),
            inference="none",
            do_owl_imports=False,
            meta_shacl=True,
        )
    except (ReportableRuntimeError, re.error, ParseBaseException) as error:
        return json.dumps({"refused": str(error)}).encode()
    if not isinstance(report, rdflib.Graph):
        return json.dumps({"failed": text}).encode()
    return json.dumps({"results": list(_results(report))}).encode()


def to_rdflib(triples: bytes) -> rdflib.Graph:
    """Return N-Triples as an rdflib graph whose literals keep their lexical form."""
    graph = rdflib.Graph()
    convert = _converter()
    for quad in pyoxigraph.parse(
        BytesIO(triples), format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True
    ):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph


def _converter() -> Callable[[Any], Any]:
    """Return a function from pyoxigraph's terms to rdflib's that makes each IRI once."""
    iris: dict[str, URIRef] = {}

    def convert(term: Any) -> Node:
        if isinstance(term, pyoxigraph.NamedNode):
            value = term.value
            return iris.setdefault(value, URIRef(value))
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        if datatype == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(datatype))

    return convert


def _results(report: rdflib.Graph) -> Iterator[dict[str, Any]]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        if (None, SH.detail, result) in report:
            continue
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        yield {
            "focus": _text(report.value(result, SH.focusNode)),
            "severity": str(report.value(result, SH.resultSeverity)),
            "component": str(report.value(result, SH.sourceConstraintComponent)),
            "shape": _text(report.value(result, SH.sourceShape)),
            "messages": _messages(report, result),
            "path": None if path is None else _path(report, path),
            "value": None if value is None else _text(value),
        }


def _messages(report: rdflib.Graph, result: Node) -> dict[str, str]:
    messages: dict[str, str] = {}
    for message in sorted(report.objects(result, SH.resultMessage), key=str):
        language = message.language if isinstance(message, Literal) else None
        messages.setdefault(language or "", str(message))
    return messages


def _text(term: Node | None) -> str:
    """Return a term as canonical N-Triples."""
    if isinstance(term, Literal):
        if term.language:
            return str(pyoxigraph.Literal(str(term), language=term.language))
        datatype = pyoxigraph.NamedNode(str(term.datatype)) if term.datatype else None
        return str(pyoxigraph.Literal(str(term), datatype=datatype))
    if isinstance(term, BNode):
        return f"_:{term}"
    return f"<{term}>"


def _path(graph: rdflib.Graph, path: Node) -> str:
    """Return a SHACL property path (§2.3.1) as SPARQL writes it."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    inverse = graph.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{_path(graph, inverse)}"
    alternatives = graph.value(path, SH.alternativePath)
    if isinstance(alternatives, IdentifiedNode):
        return "(" + "|".join(_path(graph, each) for each in graph.items(alternatives)) + ")"
    for predicate, mark in _REPEATED.items():
        repeated = graph.value(path, predicate)
        if repeated is not None:
            return f"{_path(graph, repeated)}{mark}"
    if isinstance(path, IdentifiedNode) and (path, RDF.first, None) in graph:
        return "(" + "/".join(_path(graph, each) for each in graph.items(path)) + ")"
    return "?"
