"""The W3C tests of Turtle, TriG, N-Triples and N-Quads, through our reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, parse

from conformance.manifests import Document, Entry, read_suite, suites_folder
from lod.dataset.files import Role, SourceFile
from lod.dataset.parsing import parse_file
from lod.diagnostics import Diagnostic
from lod.rdf.formats import SOURCE_FORMATS, by_extension
from lod.rdf.terms import lines
from support.graphs import canonical

ENTRIES = read_suite(suites_folder(), "rdf")


@dataclass(frozen=True, slots=True)
class Reading:
    """What our reader gave and told of one document."""

    quads: tuple[Quad, ...]
    findings: tuple[Diagnostic, ...]


def read(document: Document, *, scope: str = "scope") -> Reading:
    """Read a document whose address is also the name of its graph."""
    path = document.path
    found = by_extension(SOURCE_FORMATS, path.suffix.removeprefix("."))
    assert found is not None
    file = SourceFile(path.name, path, Role.DATA, found, document.iri)
    findings: list[Diagnostic] = []
    quads = tuple(parse_file(file, scope, findings.append, {}))
    return Reading(quads, tuple(findings))


def in_graph(quads: Iterable[Quad], name: str) -> list[Quad]:
    """Return quads with this name for the default graph, as our reader has it."""
    default, graph = DefaultGraph(), NamedNode(name)
    return [
        Quad(quad.subject, quad.predicate, quad.object, graph)
        if quad.graph_name == default
        else quad
        for quad in quads
    ]


def of_types(ending: str) -> list[pytest.ParameterSet]:
    """Return the tests whose type ends so; RDF/XML is a format we only write."""
    return [
        pytest.param(entry, id=entry.id)
        for entry in ENTRIES
        if entry.type.endswith(ending) and "XML" not in entry.type
    ]


class TestReading:
    @pytest.mark.parametrize("entry", of_types("PositiveSyntax"))
    def test_valid_document_is_read_without_a_finding(self, entry: Entry) -> None:
        """A document that the standard calls valid is read, and nothing is found wrong with it."""
        reading = read(entry.action.document)

        assert reading.findings == ()

    @pytest.mark.parametrize("entry", of_types("NegativeSyntax"))
    def test_broken_document_gives_a_finding_with_its_line(self, entry: Entry) -> None:
        """A document that breaks the grammar gets a finding that names a line."""
        reading = read(entry.action.document)

        assert [each for each in reading.findings if each.location and each.location.line]

    @pytest.mark.parametrize("entry", of_types("Eval"))
    def test_document_says_what_the_standard_says_it_does(self, entry: Entry) -> None:
        """The statements read are exactly those that the standard sees in the document."""
        document = entry.action.document
        expected = in_graph(parse(path=entry.expected.path), document.iri)

        reading = read(document)

        assert reading.findings == ()
        assert canonical(reading.quads) == canonical(expected)


class TestLines:
    @pytest.mark.parametrize("entry", of_types("PositiveC14N"))
    def test_statements_are_written_in_their_canonical_form(self, entry: Entry) -> None:
        """Statements as text are canonical N-Triples and N-Quads, byte for byte."""
        document = entry.action.document
        own = NamedNode(document.iri)
        expected = entry.expected.path.read_bytes()

        quads = read(document, scope="").quads

        assert lines(each.triple if each.graph_name == own else each for each in quads) == expected
