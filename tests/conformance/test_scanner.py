"""The scanner finds the triples that the parser reads, in every document of the W3C tests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    NamedNode,
    Quad,
    RdfFormat,
    parse,
)

from conformance.manifests import suites_folder
from lod.rdf.scanner import NotScannableError, PlacedTriple, scan
from lod.rdf.terms import read_quads

FOLDER = suites_folder()
BASE = "https://data.example/folder/document?query"
FORMATS = {".ttl": RdfFormat.TURTLE, ".trig": RdfFormat.TRIG, ".nt": RdfFormat.N_TRIPLES}
DOCUMENTS = sorted(path for path in FOLDER.rglob("*") if path.suffix in FORMATS)

# What RDF 1.2 adds: triple terms, reifiers, annotations, base directions.
_NEW = re.compile(rb"<<|\{\||~|@\w+(?:-\w+)*--")


def parsed(path: Path) -> list[Quad] | None:
    """Return what the parser reads, None when it finds the document wrong."""
    try:
        return list(parse(path=path, format=FORMATS[path.suffix], base_iri=BASE))
    except (SyntaxError, ValueError):
        return None


def found(triples: Iterable[PlacedTriple]) -> list[Quad]:
    """Return what the scanner reads; its own names of blank nodes are made to labels."""
    return [
        Quad(_node(each.subject.term), _node(each.predicate.term), _node(each.object.term), graph)
        for each in triples
        for graph in [_node(each.graph) if each.graph else DefaultGraph()]
    ]


def _node(term: str):  # type: ignore[no-untyped-def]
    if term.startswith("_:"):
        return BlankNode("b" + term[2:])
    if term.startswith("<"):
        return NamedNode(term[1:-1])
    (quad,) = read_quads(f"<x:s> <x:p> {term} .\n".encode())
    return quad.object


def same(one: list[Quad], other: list[Quad]) -> bool:
    first, second = Dataset(one), Dataset(other)
    first.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    second.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return first == second


class TestDocuments:
    def test_there_are_many(self) -> None:
        """The folder holds the suites."""
        assert len(DOCUMENTS) > 1500

    @pytest.mark.parametrize(
        "path", DOCUMENTS, ids=lambda path: path.relative_to(FOLDER).as_posix()
    )
    def test_scanner_agrees_with_the_parser(self, path: Path) -> None:
        """Each valid document has the same triples, or holds what only RDF 1.2 has."""
        quads = parsed(path)
        if quads is None:
            return  # what is no valid document is never scanned
        content = path.read_bytes()

        try:
            triples = list(scan(content.decode(), BASE))
        except NotScannableError:
            assert _NEW.search(content), "nothing in it is new in RDF 1.2"
            return

        assert same(found(triples), quads)
