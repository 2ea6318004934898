"""Whole graphs by HTTP (SPARQL 1.1 Graph Store HTTP Protocol)."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lod.release import Release
from lod.store import ReleaseStore
from support.graphs import read
from support.places import vary

MEDIA_TYPES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}


class TestDefaultGraph:
    @pytest.mark.parametrize("extension", MEDIA_TYPES)
    def test_it_is_the_dump(self, client: FlaskClient, release: Release, extension: str) -> None:
        """The default graph is what the dump of triples holds, in each format."""
        response = client.get("/data?default", headers={"Accept": MEDIA_TYPES[extension]})

        assert response.mimetype == MEDIA_TYPES[extension]
        assert response.data == release.dump(extension).read_bytes()
        assert "accept" in vary(response)

    def test_rdflib_gets_what_it_calls_text(self, client: FlaskClient) -> None:
        """``text/plain`` means N-Triples to clients that are older than its media type."""
        response = client.get("/data?default", headers={"Accept": "text/plain"})

        assert response.mimetype == "application/n-triples"


class TestNamedGraph:
    def test_each_graph_is_to_be_had(
        self, client: FlaskClient, release: Release, store: ReleaseStore
    ) -> None:
        """The service description's graphs are all here, with as many triples as it says."""
        for graph in store.graphs()[:20]:
            response = client.get(
                "/data", query_string={"graph": graph.iri}, headers={"Accept": "text/plain"}
            )
            assert response.status_code == 200
            assert len(read(response.data, "nt")) == graph.triples

    @pytest.mark.parametrize("extension", MEDIA_TYPES)
    def test_formats_say_the_same(
        self, client: FlaskClient, store: ReleaseStore, extension: str
    ) -> None:
        """A graph is the same in each format."""
        asked = {"graph": store.graphs()[0].iri}
        plain = client.get("/data", query_string={**asked, "format": "nt"})
        other = client.get("/data", query_string={**asked, "format": extension})

        assert read(other.data, extension) == read(plain.data, "nt")

    def test_unknown_graph_is_not_found(self, client: FlaskClient) -> None:
        """There is nothing to send of a graph nobody has."""
        response = client.get("/data?graph=https://nothing.example/")

        assert response.status_code == 404


class TestWrongRequests:
    @pytest.mark.parametrize(
        "query",
        ["", "?default&graph=https://a.example/", "?graph=", "?graph=a", "?graph=a&graph=b"],
    )
    def test_exactly_one_absolute_graph_is_named(self, client: FlaskClient, query: str) -> None:
        """Anything else is told as a mistake of the request."""
        response = client.get(f"/data{query}")

        assert response.status_code == 400
        assert response.get_json()["code"].startswith("graph/")

    def test_nothing_fits(self, client: FlaskClient) -> None:
        """A format nobody has here is 406, with what there is."""
        response = client.get("/data?default", headers={"Accept": "image/png"})

        assert response.status_code == 406
        assert "text/turtle" in response.get_json()["detail"]

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
    def test_writing_is_refused(self, client: FlaskClient, method: str) -> None:
        """What is published is changed by publishing."""
        response = client.open("/data?default", method=method)

        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
