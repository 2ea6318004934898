"""Our Turtle and TriG writers over the documents of the W3C tests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from conformance.manifests import Entry, read_suite, suites_folder
from lod.rdf.prefixes import Prefixes
from lod.rdf.turtle import write_trig, write_turtle
from support.graphs import canonical

FOLDER = suites_folder()
PREFIXES = Prefixes(
    {
        "": "http://www.w3.org/2013/TurtleTests/",
        "a": "http://a.example/",
        "example": "http://example/",
        "org": "http://example.org/",
    }
)
"""Those of the tests' own IRIs, so that the writer has something to shorten."""


def evaluated(suite: str) -> list[pytest.ParameterSet]:
    """Return the evaluation tests of a suite."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in read_suite(FOLDER, suite)
        if entry.type.endswith("Eval")
    ]


def turtle_quads(text: str) -> list[Quad]:
    """Return what a Turtle text without relative IRIs says."""
    return list(parse(text.encode(), format=RdfFormat.TURTLE))


def trig_quads(text: str) -> list[Quad]:
    """Return what a TriG text without relative IRIs says."""
    return list(parse(text.encode(), format=RdfFormat.TRIG))


def turtle(quads: Iterable[Quad]) -> str:
    """Write the quads of one graph as Turtle."""
    return write_turtle([row(quad) for quad in quads], PREFIXES)


def trig(quads: Iterable[Quad]) -> str:
    """Write quads in graphs named by IRIs as TriG."""
    graphs: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs[quad.graph_name.value].append(row(quad))
    return write_trig(graphs, PREFIXES)


def row(quad: Quad) -> tuple[str, str, str]:
    """Return the terms of a quad as the writers take them."""
    return str(quad.subject), str(quad.predicate), str(quad.object)


def graph_of(entry: Entry) -> list[Quad]:
    """Return the statements of a Turtle test."""
    document = entry.action.document
    return list(parse(path=document.path, base_iri=document.iri))


def graphs_of(entry: Entry) -> list[Quad]:
    """Return the statements of a TriG test, the default graph under the document's name."""
    document = entry.action.document
    own = NamedNode(document.iri)
    quads = list(parse(path=document.path, base_iri=document.iri))
    if any(isinstance(quad.graph_name, BlankNode) for quad in quads):
        pytest.skip("graphs are named by IRIs; a blank node for a name is refused when checking")
    return [
        quad
        if isinstance(quad.graph_name, NamedNode)
        else Quad(quad.subject, quad.predicate, quad.object, own)
        for quad in quads
    ]


class TestWriteTurtle:
    @pytest.mark.parametrize("entry", evaluated("rdf/rdf11/rdf-turtle"))
    def test_written_graph_is_read_back_the_same(self, entry: Entry) -> None:
        """What we write as Turtle says what it was written from."""
        quads = graph_of(entry)

        written = turtle(quads)

        assert canonical(turtle_quads(written)) == canonical(quads), written

    @pytest.mark.parametrize("entry", evaluated("rdf/rdf11/rdf-turtle"))
    def test_graph_read_back_is_written_the_same(self, entry: Entry) -> None:
        """Reading our Turtle and writing it again changes no character."""
        written = turtle(graph_of(entry))

        again = turtle(turtle_quads(written))

        assert again == written


class TestWriteTrig:
    @pytest.mark.parametrize("entry", evaluated("rdf/rdf11/rdf-trig"))
    def test_written_graphs_are_read_back_the_same(self, entry: Entry) -> None:
        """What we write as TriG says what it was written from, in each graph and across them."""
        quads = graphs_of(entry)

        written = trig(quads)

        assert canonical(trig_quads(written)) == canonical(quads), written

    @pytest.mark.parametrize("entry", evaluated("rdf/rdf11/rdf-trig"))
    def test_graphs_read_back_are_written_the_same(self, entry: Entry) -> None:
        """Reading our TriG and writing it again changes no character."""
        written = trig(graphs_of(entry))

        again = trig(trig_quads(written))

        assert again == written
