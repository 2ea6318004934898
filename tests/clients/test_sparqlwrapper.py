"""SPARQLWrapper asks the endpoint."""

from __future__ import annotations

from typing import Any
from xml.dom import minidom

import pytest
from rdflib import Graph, Literal, URIRef
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
    SPARQLWrapper2,
)
from SPARQLWrapper.SmartWrapper import Bindings
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from acceptance.servers import Server
from clients.garden import ASK, BROKEN, CONSTRUCT, OAK, OAK_LABEL, ROSE, ROSE_LABEL, SELECT, TERMS

WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def wrapper(server: Server, query: str, format_: str, *way: str) -> SPARQLWrapper:
    """Return SPARQLWrapper with a query, as its documentation shows it."""
    sparql = SPARQLWrapper(f"{server.address}sparql")
    sparql.setQuery(query)
    sparql.setReturnFormat(format_)
    if way:
        sparql.setMethod(way[0])
        sparql.setRequestMethod(way[1])
    return sparql


def converted(sparql: SPARQLWrapper) -> Any:
    """Return the answer as SPARQLWrapper converts it."""
    result = sparql.query()
    try:
        return result.convert()
    finally:
        result.response.close()


class TestSelect:
    @pytest.mark.parametrize("way", WAYS, ids="-".join)
    def test_json(self, garden: Server, way: tuple[str, str]) -> None:
        """However the query is sent, its letters arrive and its rows come back."""
        found = converted(wrapper(garden, SELECT, JSON, *way))

        assert found["head"]["vars"] == ["augalas", "vardas", "aukštis"]
        rose, oak = found["results"]["bindings"]
        assert rose == {
            "augalas": {"type": "uri", "value": ROSE},
            "vardas": {"type": "literal", "value": ROSE_LABEL, "xml:lang": "lt"},
        }
        assert oak["augalas"]["value"] == OAK
        assert oak["vardas"]["value"] == OAK_LABEL
        assert oak["aukštis"]["value"] == "28.5"

    @pytest.mark.parametrize("way", WAYS, ids="-".join)
    def test_xml(self, garden: Server, way: tuple[str, str]) -> None:
        """XML is a document with the same rows."""
        found = converted(wrapper(garden, SELECT, XML, *way))

        assert isinstance(found, minidom.Document)
        texts = [
            "".join(node.data for node in each.childNodes if isinstance(node, minidom.Text))
            for name in ("uri", "literal")
            for each in found.getElementsByTagName(name)
        ]
        assert sorted(texts) == sorted([ROSE, OAK, ROSE_LABEL, OAK_LABEL, "28.5"])

    def test_csv(self, garden: Server) -> None:
        """CSV has plain values."""
        text = converted(wrapper(garden, SELECT, CSV)).decode()

        assert text.split("\r\n") == [
            "augalas,vardas,aukštis",
            f'{ROSE},"{ROSE_LABEL}",',
            f'{OAK},"{OAK_LABEL}",28.5',
            "",
        ]

    def test_tsv(self, garden: Server) -> None:
        """TSV has terms."""
        text = converted(wrapper(garden, SELECT, TSV)).decode()

        assert text.splitlines()[2] == f'<{OAK}>\t"{OAK_LABEL}"@lt\t28.5'

    def test_smart_wrapper(self, garden: Server) -> None:
        """The wrapper that knows terms gives values with their languages."""
        smart = SPARQLWrapper2(f"{garden.address}sparql")
        smart.setQuery(SELECT)

        found = smart.query()

        assert isinstance(found, Bindings)
        names = [each["vardas"] for each in found.bindings]
        assert [(each.value, each.lang) for each in names] == [
            (ROSE_LABEL, "lt"),
            (OAK_LABEL, "lt"),
        ]


class TestAsk:
    @pytest.mark.parametrize("way", WAYS, ids="-".join)
    def test_json(self, garden: Server, way: tuple[str, str]) -> None:
        """A yes is a yes."""
        assert converted(wrapper(garden, ASK, JSON, *way))["boolean"] is True

    def test_xml(self, garden: Server) -> None:
        """A no is a no."""
        found = converted(wrapper(garden, ASK.replace("š", "s"), XML))

        (boolean,) = found.getElementsByTagName("boolean")
        assert boolean.firstChild.data == "false"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib's own graph
class TestConstruct:
    @pytest.mark.parametrize("way", WAYS, ids="-".join)
    @pytest.mark.parametrize("format_", [TURTLE, N3])
    def test_turtle(self, garden: Server, format_: str, way: tuple[str, str]) -> None:
        """The text of a graph is Turtle, also for who says N3."""
        text = converted(wrapper(garden, CONSTRUCT, format_, *way))

        assert set(Graph().parse(data=text, format="turtle")) == the_triple()

    @pytest.mark.parametrize("format_", [RDFXML, XML, JSONLD])
    def test_graph(self, garden: Server, format_: str) -> None:
        """RDF/XML and JSON-LD come back as a graph of rdflib."""
        found = converted(wrapper(garden, CONSTRUCT, format_))

        assert set(found) == the_triple()

    def test_describe(self, garden: Server) -> None:
        """A description has the label."""
        found = converted(wrapper(garden, f"DESCRIBE <{OAK}>", RDFXML))

        assert Literal(OAK_LABEL, lang="lt") in set(found.objects(URIRef(OAK)))


class TestErrors:
    @pytest.mark.parametrize("way", WAYS, ids="-".join)
    def test_broken_query(self, garden: Server, way: tuple[str, str]) -> None:
        """A wrong query is SPARQLWrapper's own error, and shows ours."""
        with pytest.raises(QueryBadFormed, match="query/syntax"):
            wrapper(garden, BROKEN, JSON, *way).query()

    def test_update(self, garden: Server) -> None:
        """An update is refused, and shows why."""
        sparql = wrapper(garden, f"DELETE WHERE {{ <{OAK}> ?p ?o }}", JSON, POST, URLENCODED)

        with pytest.raises(Exception, match=r"403|read-only"):
            sparql.query()


def the_triple() -> set[tuple[URIRef, URIRef, Literal]]:
    """Return what the constructed graph holds."""
    return {(URIRef(OAK), URIRef(f"{TERMS}žymė"), Literal(OAK_LABEL, lang="lt"))}
