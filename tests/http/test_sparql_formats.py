"""The formats of answers, each as its specification has it."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from support.graphs import read
from support.places import vary
from support.sparql import ASK, GRAPH, ONE, WAYS, Way, by_get

RESULTS = "{http://www.w3.org/2005/sparql-results#}"


class TestFormats:
    @pytest.mark.parametrize(
        ("query", "accept", "media_type"),
        [
            (ONE, None, "application/sparql-results+json"),
            (ONE, "*/*", "application/sparql-results+json"),
            (ONE, "application/sparql-results+xml", "application/sparql-results+xml"),
            (ONE, "application/xml", "application/sparql-results+xml"),
            (ONE, "application/json", "application/sparql-results+json"),
            (ONE, "text/csv", "text/csv"),
            (ONE, "text/tab-separated-values", "text/tab-separated-values"),
            (
                ONE,
                "text/csv;q=0.5, application/sparql-results+xml",
                "application/sparql-results+xml",
            ),
            (ONE, "text/html", "text/html"),
            (ASK, None, "application/sparql-results+json"),
            (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
            (GRAPH, None, "text/turtle"),
            (GRAPH, "*/*", "text/turtle"),
            (GRAPH, "application/n-triples", "application/n-triples"),
            (GRAPH, "text/plain", "application/n-triples"),
            (GRAPH, "application/rdf+xml", "application/rdf+xml"),
            (GRAPH, "application/ld+json", "application/ld+json"),
            (GRAPH, "application/x-turtle", "text/turtle"),
            (GRAPH, "text/html", "text/html"),
        ],
    )
    def test_answer_comes_in_the_format_wished_for(
        self, client: FlaskClient, query: str, accept: str | None, media_type: str
    ) -> None:
        """Every form is answered in its formats, the exact registered type stated."""
        response = by_get(client, query, accept)

        assert response.status_code == 200
        assert response.mimetype == media_type
        assert vary(response) >= {"accept"}

    @pytest.mark.parametrize(
        ("query", "accept"),
        [
            (ONE, "text/turtle"),
            (ONE, "image/png"),
            (ASK, "text/csv"),
            (GRAPH, "text/csv"),
            (GRAPH, "application/sparql-results+json"),
            (ONE, "*/*;q=0"),
        ],
    )
    def test_format_that_does_not_fit_is_406_with_what_does(
        self, client: FlaskClient, query: str, accept: str
    ) -> None:
        """A format that cannot hold the answer is refused with those that can."""
        response = by_get(client, query, accept)

        assert response.status_code == 406
        assert "application/" in response.get_json()["detail"]
        assert vary(response) >= {"accept"}

    def test_format_can_be_named_in_the_address(self, client: FlaskClient) -> None:
        """?format= works where Accept does, for people with a browser."""
        for extension, media_type in (
            ("csv", "text/csv"),
            ("xml", "application/sparql-results+xml"),
        ):
            response = client.get("/sparql", query_string={"query": ONE, "format": extension})
            assert response.mimetype == media_type

    @pytest.mark.parametrize(
        ("name", "media_type"),
        [("turtle", "text/turtle"), ("n3", "text/turtle"), ("rdf+xml", "application/rdf+xml")],
    )
    def test_names_of_sparqlwrapper_are_known(
        self, client: FlaskClient, name: str, media_type: str
    ) -> None:
        """SPARQLWrapper names the format beside Accept, and not by its extension."""
        query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1"

        response = client.get(
            "/sparql", query_string={"query": query, "format": name}, headers={"Accept": media_type}
        )

        assert (response.status_code, response.mimetype) == (200, media_type)

    def test_json_has_the_members_of_the_specification(self, client: FlaskClient) -> None:
        """JSON keeps the order of the variables and leaves out what has no value."""
        query = (
            "SELECT ?z ?a ?m { VALUES (?z ?a) {"
            " (<https://v.example/z> 'lit'@en) ('1'^^<https://v.example/type> UNDEF) } }"
        )

        answer = by_get(client, query).get_json()

        assert answer["head"]["vars"] == ["z", "a", "m"]
        assert {"type": "uri", "value": "https://v.example/z"} in [
            row["z"] for row in answer["results"]["bindings"]
        ]
        assert {
            "z": {"type": "literal", "value": "1", "datatype": "https://v.example/type"}
        } in answer["results"]["bindings"]
        assert {"type": "literal", "value": "lit", "xml:lang": "en"} in [
            row.get("a") for row in answer["results"]["bindings"]
        ]

    def test_empty_result_has_its_variables(self, client: FlaskClient) -> None:
        """No row is no error: the variables are there, the rows are not."""
        answer = by_get(client, "SELECT ?a ?b { ?a <https://v.example/no> ?b }").get_json()

        assert answer == {"head": {"vars": ["a", "b"]}, "results": {"bindings": []}}

    def test_xml_is_well_formed_and_escaped(self, client: FlaskClient) -> None:
        """XML keeps markup and line breaks of a value."""
        query = "SELECT ?a { VALUES ?a { '<b>&\\n\"' } }"

        root = ET.fromstring(by_get(client, query, "application/sparql-results+xml").data)  # noqa: S314

        assert [each.text for each in root.iter(f"{RESULTS}literal")] == ['<b>&\n"']
        assert [each.get("name") for each in root.iter(f"{RESULTS}variable")] == ["a"]

    def test_csv_is_as_rfc_4180_has_it(self, client: FlaskClient) -> None:
        """CSV has bare names, CRLF, quotes where needed, plain values, and states its charset."""
        response = by_get(client, ONE, "text/csv")

        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert response.data == 'a,none\r\n"ž,""𝄞""",\r\n'.encode()
        assert list(csv.reader(io.StringIO(response.get_data(as_text=True)))) == [
            ["a", "none"],
            ['ž,"𝄞"', ""],
        ]

    def test_tsv_has_terms_as_turtle_writes_them(self, client: FlaskClient) -> None:
        """TSV has variables with a question mark and a line for each solution."""
        query = "SELECT ?a ?b { VALUES (?a ?b) { (<https://v.example/a> 'tab\\tline\\n'@en) } }"

        response = by_get(client, query, "text/tab-separated-values")

        assert response.get_data(as_text=True) == (
            '?a\t?b\n<https://v.example/a>\t"tab\\tline\\n"@en\n'
        )

    @pytest.mark.parametrize(
        ("extension", "accept"),
        [
            ("ttl", "text/turtle"),
            ("nt", "application/n-triples"),
            ("rdf", "application/rdf+xml"),
            ("jsonld", "application/ld+json"),
        ],
    )
    @pytest.mark.parametrize("ask", WAYS)
    def test_graph_is_the_same_in_every_format(
        self, client: FlaskClient, ask: Way, extension: str, accept: str
    ) -> None:
        """CONSTRUCT gives the same triples in every RDF format."""
        response = ask(client, GRAPH, accept)

        assert read(response.data, extension) == {'<https://v.example/s> <https://v.example/p> "ž"'}

    def test_describe_gives_a_graph(self, client: FlaskClient, release: Release) -> None:
        """DESCRIBE gives the triples of the entity."""
        iri = release.dump("nt").read_text("utf-8").partition(">")[0][1:]

        response = by_get(client, f"DESCRIBE <{iri}>", "application/n-triples")

        assert f"<{iri}> " in response.get_data(as_text=True)


class TestFormField:
    def test_form_may_name_a_format(self, client: FlaskClient) -> None:
        """A form has ``format`` among its fields where an address has it behind the mark."""
        response = client.post("/sparql", data={"query": "ASK {}", "format": "xml"})

        assert response.mimetype == "application/sparql-results+xml"
