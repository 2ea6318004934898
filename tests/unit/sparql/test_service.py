"""The endpoint described for machines (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from lod.config import Limits
from lod.engine.client import Engine
from lod.engine.operation import QueryForm, QueryOperation
from lod.rdf.namespaces import RDF, RDFS, SCHEMA, SD, SH, VOID
from lod.sparql import Example, service_description
from lod.store import ReleaseStore

ENDPOINT = "https://mirror.example/data/sparql"
EXAMPLES = [
    Example("https://data.example/questions/all", {"en": "All", "lt": "Visi"}, "SELECT * {}"),
    Example("https://data.example/questions/any", {"en": "Any?"}, "# any\nASK {}"),
]


@pytest.fixture(scope="session")
def description(store: ReleaseStore) -> list[Triple]:
    return service_description(store, ENDPOINT, Limits(query_seconds=7), EXAMPLES)


def objects(description: list[Triple], predicate: NamedNode) -> list[object]:
    return [each.object for each in description if each.predicate == predicate]


class TestService:
    def test_there_is_one_service_with_this_endpoint(self, description: list[Triple]) -> None:
        """The description names the endpoint by the address it is reached at."""
        services = [each.subject for each in description if each.object == SD.Service]

        assert len(services) == 1
        assert objects(description, SD.endpoint) == [NamedNode(ENDPOINT)]

    def test_it_claims_what_it_can(self, description: list[Triple]) -> None:
        """SPARQL 1.1 queries, the formats really served, and nothing of updates."""
        formats = {str(each) for each in objects(description, SD.resultFormat)}
        prefix = "http://www.w3.org/ns/formats/"

        assert objects(description, SD.supportedLanguage) == [SD.SPARQL11Query]
        assert formats == {
            f"<{prefix}{name}>"
            for name in (
                *("SPARQL_Results_JSON", "SPARQL_Results_XML"),
                *("SPARQL_Results_CSV", "SPARQL_Results_TSV"),
                *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
            )
        }
        assert not objects(description, SD.feature)

    def test_every_named_graph_has_one_name(
        self, description: list[Triple], store: ReleaseStore
    ) -> None:
        """The description lists exactly the graphs there are, each by one IRI."""
        names: dict[object, list[object]] = {}
        for each in description:
            if each.predicate == SD.name:
                names.setdefault(each.subject, []).append(each.object)
        nodes = objects(description, SD.namedGraph)

        assert set(nodes) == set(names)
        assert all(len(found) == 1 for found in names.values())
        assert {str(found[0]) for found in names.values()} == {
            f"<{graph.iri}>" for graph in store.graphs()
        }

    def test_named_graphs_are_those_a_query_finds(
        self, description: list[Triple], engine: Engine
    ) -> None:
        """What the description lists is what GRAPH ?g goes over."""
        query = QueryOperation("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", QueryForm.SELECT)

        found = b"".join(engine.query(query, "csv")).decode().split()[1:]

        assert sorted(found) == sorted(str(each)[1:-1] for each in objects(description, SD.name))

    def test_default_dataset_has_a_default_graph(self, description: list[Triple]) -> None:
        """There is one default dataset and one default graph in it."""
        (dataset,) = objects(description, SD.defaultDataset)
        (graph,) = objects(description, SD.defaultGraph)

        assert Triple(_node(dataset), RDF.type, SD.Dataset) in description
        assert Triple(_node(graph), RDF.type, SD.Graph) in description

    def test_numbers_are_those_a_query_counts(
        self, description: list[Triple], engine: Engine
    ) -> None:
        """The default graph has as many triples, classes and properties as it says."""
        graph = objects(description, SD.defaultGraph)[0]
        counted = {
            VOID.triples: "(COUNT(*) AS ?n) { ?s ?p ?o }",
            VOID.distinctSubjects: "(COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
            VOID.classes: "(COUNT(DISTINCT ?o) AS ?n) { ?s a ?o }",
            VOID.properties: "(COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        }
        for name, query in counted.items():
            operation = QueryOperation(f"SELECT {query}", QueryForm.SELECT)
            number = b"".join(engine.query(operation, "csv")).split()[1].decode()
            assert Triple(_node(graph), name, Literal(int(number))) in description

    def test_limits_are_told(self, description: list[Triple]) -> None:
        """What a query may cost is said where a program looks for the endpoint."""
        words = [str(each.object) for each in description if each.predicate == RDFS.comment]

        assert any("A query may take 7 s" in each for each in words)

    def test_examples_have_their_text_and_words(self, description: list[Triple]) -> None:
        """Editors offer the project's questions; each says which endpoint it is for."""
        found = [each.subject for each in description if each.object == SH.SPARQLExecutable]

        assert [str(each)[1:-1] for each in found] == [each.iri for each in EXAMPLES]
        assert objects(description, SH.select) == [Literal("SELECT * {}")]
        assert objects(description, SH.ask) == [Literal("# any\nASK {}")]
        assert objects(description, SCHEMA.target) == [NamedNode(ENDPOINT)] * 2
        assert Triple(found[0], RDFS.comment, Literal("Visi", language="lt")) in description

    def test_prefixes_are_declared(self, description: list[Triple], store: ReleaseStore) -> None:
        """Editors can read the project's prefixes from the description."""
        prefixes = {str(each).strip('"') for each in objects(description, SH.prefix)}

        assert set(store.project.prefixes) <= prefixes


def _node(term: object) -> NamedNode | BlankNode:
    assert isinstance(term, NamedNode | BlankNode)
    return term
