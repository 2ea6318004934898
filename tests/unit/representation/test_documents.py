"""The document about an entity, the same graph in every format."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from lod.config import Project
from lod.rdf import formats
from lod.rdf.formats import DOCUMENT_FORMATS, HTML, Format
from lod.rdf.namespaces import DCTERMS, FOAF, RDF, RDFS, VOID, XSD
from lod.rdf.prefixes import Prefixes
from lod.rdf.rdfxml import NotWritableError
from lod.rdf.terms import Line, as_lines, read_quads
from lod.representation import document_graph, write_document
from lod.representation.documents import MOST_LINKS, Subjects
from lod.store import Store
from lod.store.protocol import Link, Links, Record
from support.graphs import canonical, read, triples

BASE = "https://data.example/"
PREFIXES = Prefixes({"ex": f"{BASE}id/thing/", "def": f"{BASE}def#"})
GRAPH = NamedNode(f"{BASE}graph/data/a")
OTHER = NamedNode(f"{BASE}graph/data/b")
OAK = NamedNode(f"{BASE}id/thing/oak")
P = NamedNode(f"{BASE}def#p")
RDF_FORMATS = [each for each in DOCUMENT_FORMATS if each not in {HTML, formats.CSV}]


def sample() -> list[Quad]:
    """Return statements with all that a document may hold."""
    node, first, last = BlankNode("f0x1"), BlankNode("f0x2"), BlankNode("f0x3")
    statements = [
        Triple(OAK, RDF.type, NamedNode(f"{BASE}def#Tree")),
        Triple(OAK, RDFS.label, Literal("ąžuolas „senolis“ <b>&", language="lt")),
        Triple(OAK, RDFS.label, Literal("oak", language="en-gb")),
        Triple(OAK, P, Literal("1.50", datatype=XSD.decimal)),
        Triple(OAK, P, Literal("01", datatype=XSD.integer)),
        Triple(OAK, P, Literal("2015-13-01", datatype=XSD.date)),
        Triple(OAK, P, Literal('a "b" \\ c\td\ne\r\nf, g; \U0001f333')),
        Triple(OAK, P, NamedNode("https://other.example/č?a=b&c=d#e")),
        Triple(OAK, P, node),
        Triple(node, P, Literal("inner")),
        Triple(OAK, P, first),
        Triple(first, RDF.first, Literal("1")),
        Triple(first, RDF.rest, last),
        Triple(last, RDF.first, OAK),
        Triple(last, RDF.rest, RDF.nil),
        Triple(NamedNode(f"{BASE}id/thing/gänse"), P, OAK),
    ]
    places = [*((each, GRAPH) for each in statements), (statements[0], OTHER)]
    return [Quad(each.subject, each.predicate, each.object, graph) for each, graph in places]


@dataclass(frozen=True)
class Shelf:
    """As much of a store as documents ask for."""

    project: Project
    held: Sequence[Record] = ()
    counted: Mapping[str, Sequence[Links]] = field(default_factory=dict)
    linking: Mapping[tuple[str, str, bool], Sequence[str]] = field(default_factory=dict)

    def record(self, iri: str) -> Record | None:
        return self.records([iri]).get(iri)

    def records(self, iris: Collection[str]) -> dict[str, Record]:
        return {record.iri: record for record in self.held if record.iri in iris}

    def incoming(self, iri: str, *, most: int) -> Sequence[Link] | None:
        found = [
            Link(name, subject, is_apart, is_direct=True)
            for (value, name, is_apart), subjects in self.linking.items()
            for subject in subjects
            if value == iri
        ]
        return found if len(found) <= most else None

    def linked_directly(self, iri: str, predicate: str, *, limit: int) -> Sequence[str]:
        return self.linking.get((iri, predicate, False), ())[:limit]

    def links(self, iri: str) -> Sequence[Links]:
        return self.counted.get(iri, ())

    def linked(
        self, iri: str, predicate: str, *, is_apart: bool, after: str = "", limit: int
    ) -> Sequence[str]:
        return self.linking.get((iri, predicate, is_apart), ())[:limit]


PROJECT = Project(
    name="sample", base=BASE, languages=("en",), version="1.0", title={"en": "Sample"}
)
SUBJECTS = Subjects(f"{BASE}doc/thing/oak", [OAK.value])


def graph_of(shelf: Shelf, subjects: Subjects = SUBJECTS, issued: str | None = None) -> list[Quad]:
    return as_quads(document_graph(cast(Store, shelf), subjects, issued=issued))


def as_quads(lines: Iterable[Line]) -> list[Quad]:
    return read_quads("".join(f"{' '.join(line)} .\n" for line in lines).encode())


def record(iri: str, quads: Iterable[Quad], apart: Iterable[Quad] = ()) -> Record:
    return Record(iri, tuple(as_lines(quads)), tuple(as_lines(apart)))


def statement(subject: str, value: NamedNode | BlankNode | Literal, graph: NamedNode) -> Quad:
    return Quad(NamedNode(subject), P, value, graph)


def about(quads: Iterable[Quad], document: str) -> set[tuple[str, str]]:
    """Return what is said of the document itself."""
    return {
        (quad.predicate.value, str(quad.object))
        for quad in quads
        if quad.subject == NamedNode(document)
    }


class TestDocumentGraph:
    def test_document_says_what_is_said_of_the_entity(self) -> None:
        """All statements about an entity are in its document, each in its own graph."""
        quads = (statement(OAK.value, Literal("1"), GRAPH), statement(OAK.value, OAK, OTHER))

        graph = graph_of(Shelf(PROJECT, [record(OAK.value, quads)]))

        assert set(quads) <= set(graph)

    def test_document_says_what_it_is(self) -> None:
        """A document names its topic, its dataset, its licence and its date."""
        project = replace(PROJECT, licence="https://licence.example/")

        graph = graph_of(Shelf(project), issued="2025-01-31")

        assert about(graph, SUBJECTS.document) == {
            (RDF.type.value, str(FOAF.Document)),
            (FOAF.primaryTopic.value, str(OAK)),
            (VOID.inDataset.value, f"<{BASE}dataset>"),
            (DCTERMS.license.value, "<https://licence.example/>"),
            (DCTERMS.issued.value, f'"2025-01-31"^^{XSD.date}'),
        }
        assert {quad.graph_name for quad in graph} == {NamedNode(f"{BASE}graph/catalog")}

    def test_document_of_several_entities_has_several_topics(self) -> None:
        """A vocabulary's document is about each of its terms, and not about itself."""
        iris = [f"{BASE}def", f"{BASE}def#A", f"{BASE}def#B"]

        said = about(graph_of(Shelf(PROJECT), Subjects(iris[0], iris)), iris[0])

        assert {value for name, value in said if name == FOAF.topic.value} == {
            f"<{iri}>" for iri in iris[1:]
        }
        assert FOAF.primaryTopic.value not in {name for name, _ in said}
        assert DCTERMS.license.value not in {name for name, _ in said}
        assert DCTERMS.issued.value not in {name for name, _ in said}

    def test_statements_of_others_stand_in_only_where_there_are_no_own(self) -> None:
        """What stands apart is the document only of what the dataset itself says nothing of."""
        own, apart = statement(OAK.value, OAK, GRAPH), statement(OAK.value, OAK, OTHER)

        both = graph_of(Shelf(PROJECT, [record(OAK.value, (own,), (apart,))]))
        alone = graph_of(Shelf(PROJECT, [record(OAK.value, (), (apart,))]))

        assert (own in both, apart in both) == (True, False)
        assert apart in alone

    def test_document_says_who_points_at_the_entity(self) -> None:
        """Each statement that leads to the entity is there, and nothing else of its subject."""
        elm = f"{BASE}id/thing/elm"
        link, other = statement(elm, OAK, GRAPH), statement(elm, Literal("1"), GRAPH)
        shelf = Shelf(
            PROJECT,
            [record(elm, (link, other))],
            {OAK.value: [Links(P.value, is_apart=False, count=1)]},
            {(OAK.value, P.value, False): [elm]},
        )

        graph = graph_of(shelf)

        assert link in graph
        assert other not in graph

    def test_links_of_others_are_left_out(self) -> None:
        """What stands apart does not point at the entity in its document."""
        elm = f"{BASE}id/thing/elm"
        shelf = Shelf(
            PROJECT,
            [record(elm, (), (statement(elm, OAK, OTHER),))],
            {OAK.value: [Links(P.value, is_apart=True, count=1)]},
            {(OAK.value, P.value, True): [elm]},
        )

        assert {quad.graph_name for quad in graph_of(shelf)} == {NamedNode(f"{BASE}graph/catalog")}

    def test_links_are_no_more_than_a_page_can_hold(self) -> None:
        """A hub's document stays small: the first links of each property, the page lists all."""
        iris = [f"{BASE}id/thing/{number:04}" for number in range(MOST_LINKS + 50)]
        shelf = Shelf(
            PROJECT,
            [record(iri, (statement(iri, OAK, GRAPH),)) for iri in iris],
            {OAK.value: [Links(P.value, is_apart=False, count=len(iris))]},
            {(OAK.value, P.value, False): iris},
        )

        graph = graph_of(shelf)

        assert sum(quad.object == OAK and quad.predicate == P for quad in graph) == MOST_LINKS


class TestWriteDocument:
    @pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda each: each.name)
    def test_every_format_says_the_same(self, target: Format) -> None:
        """Whichever format a program asks for, it gets the same graph."""
        quads = sample()

        written = write_document(as_lines(quads), target, PREFIXES)

        found = read(written, target.extension)
        expected = canonical(quads) if target is formats.TRIG else triples(quads)
        assert found == expected, written.decode()

    @pytest.mark.parametrize("target", [*RDF_FORMATS, formats.CSV], ids=lambda each: str(each.name))
    def test_order_of_the_statements_does_not_show(self, target: Format) -> None:
        """The same document is the same bytes, so that its ETag holds."""
        quads = as_lines(sample())
        mixed = [*quads, *quads[:4]]
        random.Random(7).shuffle(mixed)

        assert write_document(list(dict.fromkeys(mixed)), target, PREFIXES) == write_document(
            quads, target, PREFIXES
        )

    @pytest.mark.parametrize("target", RDF_FORMATS, ids=lambda each: each.name)
    def test_empty_document_can_be_read(self, target: Format) -> None:
        """A document that says nothing is still a document."""
        assert read(write_document([], target, PREFIXES), target.extension) == frozenset()

    def test_statement_of_two_graphs_is_written_once_where_graphs_are_not(self) -> None:
        """N-Triples has no graphs, so what two files say stands there once."""
        lines = write_document(as_lines(sample()), formats.N_TRIPLES, PREFIXES).splitlines()

        assert len(lines) == len(set(lines)) == len(sample()) - 1

    def test_format_that_cannot_say_it_refuses(self) -> None:
        """RDF/XML has no element for a property that ends in a digit, and says so."""
        quads = [Quad(OAK, NamedNode(f"{BASE}def#1"), OAK, GRAPH)]

        with pytest.raises(NotWritableError, match="def#1"):
            write_document(as_lines(quads), formats.RDF_XML, PREFIXES)

    @pytest.mark.parametrize("prefix", ["xml", "xmlns", "XMLthing"])
    def test_prefix_that_xml_keeps_for_itself_does_no_harm(self, prefix: str) -> None:
        """A project may call a prefix as it likes, and its RDF/XML can still be read."""
        quads = [Quad(OAK, P, OAK, GRAPH)]

        written = write_document(
            as_lines(quads), formats.RDF_XML, Prefixes({prefix: f"{BASE}def#"})
        )

        assert read(written, "rdf") == triples(quads)


class TestTable:
    def test_table_has_a_line_for_each_statement(self) -> None:
        """A spreadsheet shows subject, property, value, and what kind of value it is."""
        rows = list(
            csv.reader(
                io.StringIO(write_document(as_lines(sample()), formats.CSV, PREFIXES).decode())
            )
        )

        assert rows[0] == [
            *("subject", "property", "value", "kind", "language", "datatype", "graph")
        ]
        assert len(rows) == len(sample()) + 1
        assert [OAK.value, P.value, "1.50", "literal", "", XSD.decimal.value, GRAPH.value] in rows
        assert [OAK.value, RDFS.label.value, "oak", "literal", "en-gb", "", GRAPH.value] in rows
        assert [OAK.value, P.value, "_:f0x1", "blank node", "", "", GRAPH.value] in rows
        assert [OAK.value, RDF.type.value, f"{BASE}def#Tree", "IRI", "", "", OTHER.value] in rows

    def test_text_with_any_sign_stands_in_one_field(self) -> None:
        """Commas, quotes and ends of lines in a text do not break the table."""
        text = 'a "b", c\r\nd\ne;\t'

        written = write_document(
            as_lines([Quad(OAK, P, Literal(text), GRAPH)]), formats.CSV, PREFIXES
        )

        rows = list(csv.reader(io.StringIO(written.decode(), newline="")))
        assert rows[1][2] == text
        assert written.endswith(b"\r\n")
