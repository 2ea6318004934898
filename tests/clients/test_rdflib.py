"""rdflib asks the endpoint as a store, and reads documents by address."""

from __future__ import annotations

import pytest
from rdflib import RDF, Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from acceptance.servers import Server
from clients.garden import (
    ASK,
    CONSTRUCT,
    GROWS_IN,
    HEIGHT,
    LABEL,
    OAK,
    OAK_LABEL,
    PLACE,
    ROSE,
    SELECT,
    TERMS,
    sent_path,
)

METHODS = ["GET", "POST", "POST_FORM"]
LABELLED = (URIRef(OAK), URIRef(LABEL), Literal(OAK_LABEL, lang="lt"))


@pytest.fixture(params=METHODS)
def graph(garden: Server, request: pytest.FixtureRequest) -> Graph:
    """A graph whose triples are at the endpoint."""
    store = SPARQLStore(f"{garden.address}sparql", method=request.param)
    return Graph(store)


class TestStore:
    def test_triples(self, graph: Graph) -> None:
        """A pattern with an object, a predicate or a subject finds its triples."""
        by_object = set(graph.triples((None, URIRef(GROWS_IN), URIRef(PLACE))))
        by_subject = set(graph.triples((URIRef(OAK), None, None)))

        assert {subject for subject, _, _ in by_object} == {URIRef(OAK), URIRef(ROSE)}
        assert LABELLED in by_subject
        assert len(by_subject) == 4

    def test_triple_that_is_there(self, graph: Graph) -> None:
        """Whether a triple is there can be asked; its letters count."""
        assert LABELLED in graph
        assert (URIRef(OAK), URIRef(LABEL), Literal("Ažuolas", lang="lt")) not in graph

    def test_value(self, graph: Graph) -> None:
        """A value comes back as a term of rdflib."""
        height = graph.value(URIRef(OAK), URIRef(HEIGHT))

        assert isinstance(height, Literal)
        assert float(height) == 28.5

    def test_size(self, graph: Graph) -> None:
        """The store counts its triples."""
        assert len(graph) == 17

    def test_select(self, graph: Graph) -> None:
        """A query gives rows; what is not bound is None."""
        rows = list(graph.query(SELECT))

        assert [tuple(each) for each in rows][1] == (  # type: ignore[arg-type]
            URIRef(OAK),
            Literal(OAK_LABEL, lang="lt"),
            Literal("28.5", datatype=URIRef("http://www.w3.org/2001/XMLSchema#decimal")),
        )
        assert tuple(rows[0])[2] is None  # type: ignore[arg-type]

    def test_bindings_of_the_caller(self, graph: Graph) -> None:
        """Bindings that rdflib writes into the query as VALUES are taken."""
        rows = graph.query(SELECT, initBindings={"augalas": URIRef(OAK)})

        assert len(list(rows)) == 1

    def test_ask(self, graph: Graph) -> None:
        """A yes is a yes."""
        assert graph.query(ASK).askAnswer is True

    def test_construct(self, graph: Graph) -> None:
        """A graph comes back."""
        found = graph.query(CONSTRUCT).graph

        assert found is not None
        assert set(found) == {(URIRef(OAK), URIRef(f"{TERMS}žymė"), Literal(OAK_LABEL, lang="lt"))}

    @pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
    def test_return_format(self, garden: Server, format_: str) -> None:
        """Whatever format a store asks for, it gets that."""
        store = SPARQLStore(f"{garden.address}sparql", returnFormat=format_)

        rows = list(Graph(store).query(SELECT))

        assert [str(next(iter(each))) for each in rows] == [ROSE, OAK]  # type: ignore[arg-type]


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of rdflib, about itself
class TestDocuments:
    def test_entity_by_its_address(self, garden: Server) -> None:
        """What rdflib asks for by itself leads from the thing to a document about it."""
        found = Graph().parse(f"{garden.address.rstrip('/')}{sent_path(OAK)}")

        assert LABELLED in found

    def test_address_with_letters(self, garden: Server) -> None:
        """An address may be written with its letters, as a person would."""
        found = Graph().parse(f"{garden.address}id/augalas/ąžuolas")

        assert LABELLED in found

    @pytest.mark.parametrize("format_", ["turtle", "xml", "json-ld", "nt", "n3"])
    def test_format(self, garden: Server, format_: str) -> None:
        """Each format that rdflib names gives the same facts; for nt it sends text/plain."""
        address = f"{garden.address.rstrip('/')}{sent_path(OAK)}"

        found = Graph().parse(address, format=format_)

        assert LABELLED in found
        assert (URIRef(OAK), RDF.type, URIRef(f"{TERMS}Augalas")) in found

    def test_named_graphs(self, garden: Server) -> None:
        """TriG tells in which graph each statement is."""
        dataset = Dataset()
        dataset.parse(f"{garden.address.rstrip('/')}{sent_path(OAK)}", format="trig")

        graphs = {str(each[3]) for each in dataset.quads((*LABELLED, None))}
        assert graphs == {"https://sodas.example/graph/data/augalai"}

    def test_ontology(self, garden: Server) -> None:
        """A term's address gives the ontology."""
        found = Graph().parse(f"{garden.address}def/sodas", format="turtle")

        assert found.value(URIRef(HEIGHT), URIRef(LABEL)) == Literal("aukštis", lang="lt")

    def test_dump(self, garden: Server) -> None:
        """The dump is read as it is."""
        found = Graph().parse(f"{garden.address}downloads/latest/sodas.nt", format="nt")

        assert LABELLED in found
