"""The endpoint as SPARQL clients meet it (SPARQL 1.1 Protocol and Service Description)."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from lod.store import ReleaseStore
from support.graphs import read
from support.places import vary
from support.sparql import ASK, FORM, ONE, WAYS, Way, by_form, by_get, directly, wish


class TestWays:
    @pytest.mark.parametrize("ask", WAYS)
    def test_query_is_answered(self, client: FlaskClient, ask: Way) -> None:
        """A query is answered, however it is sent, with every letter as it was."""
        response = ask(client, ONE)

        assert response.status_code == 200
        (row,) = response.get_json()["results"]["bindings"]
        assert row == {"a": {"type": "literal", "value": 'ž,"𝄞"'}}

    @pytest.mark.parametrize(
        "content_type",
        [
            "application/sparql-query; charset=utf-8",
            "application/sparql-query;charset=UTF-8",
            "Application/SPARQL-Query",
            'application/sparql-query; charset="utf-8"',
        ],
    )
    def test_type_of_a_direct_query_may_be_written_in_many_ways(
        self, client: FlaskClient, content_type: str
    ) -> None:
        """Parameters and letter case of the media type do not matter."""
        response = client.post("/sparql", data=ONE.encode(), content_type=content_type)

        assert response.status_code == 200

    def test_type_of_a_form_may_have_a_charset(self, client: FlaskClient) -> None:
        """Forms come with a charset from some clients."""
        body = f"query={quote(ONE)}"

        response = client.post("/sparql", data=body, content_type=f"{FORM}; charset=UTF-8")

        assert response.get_json()["results"]["bindings"]

    def test_long_query_is_answered(self, client: FlaskClient) -> None:
        """An address of 8,000 octets and a body of tens of kB are no problem."""
        padding = "# " + "ž" * 1000 + "\n"
        long_address, long_body = padding + ONE, padding * 40 + ONE

        assert by_get(client, long_address).status_code == 200
        assert directly(client, long_body).status_code == 200
        assert by_form(client, long_body).status_code == 200

    def test_unknown_parameters_are_passed_over(self, client: FlaskClient) -> None:
        """Parameters of other endpoints do no harm."""
        response = client.get("/sparql", query_string={"query": ASK, "timeout": "9", "soft": ""})

        assert response.get_json()["boolean"] is True

    def test_head_has_the_headers_alone(self, client: FlaskClient) -> None:
        """HEAD tells status and type and costs no answer."""
        response = client.head("/sparql", query_string={"query": ONE})

        assert response.status_code == 200
        assert response.mimetype == "application/sparql-results+json"
        assert response.data == b""


class TestDataset:
    def test_default_graph_is_the_dump(self, client: FlaskClient, release: Release) -> None:
        """What a plain query sees is what the dump of triples holds."""
        answer = by_get(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")

        assert answer.data == f"n\r\n{release.manifest.counts['triples']}\r\n".encode()

    def test_named_graphs_are_the_projects_files(
        self, client: FlaskClient, store: ReleaseStore
    ) -> None:
        """GRAPH ?g goes over all named graphs, the catalog included."""
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"

        names = by_get(client, query, "text/csv").get_data(as_text=True).split()[1:]

        assert names == sorted(graph.iri for graph in store.graphs())

    def test_protocol_graphs_win_over_the_text(
        self, client: FlaskClient, store: ReleaseStore
    ) -> None:
        """default-graph-uri makes its graphs the default graph, each triple once."""
        first, second = [graph for graph in store.graphs() if graph.triples][:2]
        nothing = f"{store.project.base}graph/nothing"
        text = f"SELECT (COUNT(*) AS ?n) FROM <{nothing}> {{ ?s ?p ?o }}"  # noqa: S608

        def count(**graphs: list[str]) -> int:
            fields = {name.replace("_", "-"): each for name, each in graphs.items()}
            response = client.get(
                "/sparql", query_string={"query": text, **fields}, headers={"Accept": "text/csv"}
            )
            return int(response.get_data(as_text=True).split()[1])

        assert count() == 0
        assert count(default_graph_uri=[first.iri]) == first.triples
        assert count(default_graph_uri=[first.iri, first.iri]) == first.triples
        both = count(default_graph_uri=[first.iri, second.iri])
        assert max(first.triples, second.triples) <= both <= first.triples + second.triples
        assert count(named_graph_uri=[first.iri]) == 0

    def test_asking_for_merged_graphs_leaves_no_trace(
        self, client: FlaskClient, store: ReleaseStore
    ) -> None:
        """The graphs there are do not change by asking."""
        names = [graph.iri for graph in store.graphs()][:3]
        query = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

        for _ in range(5):
            client.get("/sparql", query_string={"query": ASK, "default-graph-uri": names}).close()

        answers = {by_get(client, query, "text/csv").data for _ in range(5)}
        assert answers == {f"n\r\n{len(store.graphs())}\r\n".encode()}

    def test_relative_iri_is_below_the_endpoint(self, client: FlaskClient) -> None:
        """A relative IRI is resolved against the endpoint, or against BASE."""
        query = "SELECT ?a { VALUES ?a { <x> } }"

        own = by_get(client, query, "text/csv").get_data(as_text=True)
        given = by_get(client, f"BASE <https://b.example/c/> {query}", "text/csv").data

        assert own == "a\r\nhttp://localhost/x\r\n"
        assert given == b"a\r\nhttps://b.example/c/x\r\n"


class TestServiceDescription:
    @pytest.mark.parametrize(
        ("accept", "extension"),
        [
            ("text/turtle", "ttl"),
            ("application/n-triples", "nt"),
            ("application/ld+json", "jsonld"),
            ("application/rdf+xml", "rdf"),
            ("*/*", "ttl"),
            (None, "ttl"),
        ],
    )
    def test_endpoint_without_a_query_describes_itself(
        self, client: FlaskClient, accept: str | None, extension: str
    ) -> None:
        """Machines that just ask the endpoint learn what it is, in the format they like."""
        response = client.get("/sparql", headers=wish(accept))

        assert response.status_code == 200
        sd = "http://www.w3.org/ns/sparql-service-description#"
        graph = read(response.data, extension)
        endpoints = [line for line in graph if f"<{sd}endpoint>" in line]
        assert len(endpoints) == 1
        assert endpoints[0].endswith("<http://localhost/sparql>")
        assert vary(response) >= {"accept"}

    def test_description_does_not_change_between_requests(self, client: FlaskClient) -> None:
        """The description can be kept: it has a tag, and the tag holds."""
        first = client.get("/sparql", headers={"Accept": "text/turtle"})

        again = client.get(
            "/sparql", headers={"Accept": "text/turtle", "If-None-Match": first.headers["ETag"]}
        )

        assert again.status_code == 304

    def test_description_is_there_as_json(self, client: FlaskClient) -> None:
        """JSON-LD is JSON."""
        response = client.get("/sparql", headers={"Accept": "application/ld+json"})

        assert json.loads(response.data)
