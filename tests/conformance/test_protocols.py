"""The W3C's tests of the SPARQL protocol, service description and graph store, over HTTP."""

from __future__ import annotations

import email.message
import email.parser
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, Triple, parse
from werkzeug.test import TestResponse

from conformance.manifests import suites_folder
from conformance.protocols import Exchange, ProtocolTest, read_protocol
from lod.rdf.namespaces import RDF, SD
from support.apps import served
from support.graphs import canonical, read
from support.projects import release_of, write_project

SUITES = suites_folder()
PROTOCOL = read_protocol(SUITES, "sparql/sparql11/protocol")
STORE = [
    test
    for kind in ("direct", "indirect")
    for test in read_protocol(
        SUITES, "sparql/sparql11/graph-store-protocol", f"manifest-{kind}.ttl"
    )
]
DESCRIPTION = {"has-endpoint-triple", "returns-rdf", "conforms-to-schema"}
"""The tests of service descriptions; the manifest has their names alone."""

STATUSES = {"OK": (200,), "Created": (201,), "NoContent": (204,), "NotFound": (404,)}
CLASSES = {"2": "StatusCode2xx", "3": "StatusCode3xx", "4": "StatusCode4xx"}
MIME = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    },
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}
TURTLE = "text/turtle; charset=utf-8"

Graphs = dict[str, list[Triple]]
"""Named graphs by IRI; the default graph has the name ``""``."""


def client_of(graphs: Graphs, folder: Path) -> Iterator[FlaskClient]:
    """Serve some graphs."""
    blocks = [
        f"GRAPH <{iri}> {{ {' '.join(f'{each} .' for each in triples)} }}"
        for iri, triples in graphs.items()
        if iri
    ]
    files = {"data/separate/graphs.trig": "\n".join(blocks)}
    files["data/default.nt"] = "".join(f"{each} .\n" for each in graphs.get("", []))
    write_project(folder / "project", {name: text for name, text in files.items() if text})
    toml = folder / "project/lod.toml"
    toml.write_text(toml.read_text() + '\n[paths]\nseparate = ["data/separate"]\n')
    with served(release_of(folder / "project", folder / "out")) as app:
        yield app.test_client()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A server that holds the graphs of the protocol's tests."""
    graphs = {
        iri: [quad.triple for quad in parse(path=path, format=RdfFormat.N_TRIPLES)]
        for test in PROTOCOL
        for iri, path in test.graphs.items()
    }
    graphs[""] = [Triple(RDF.type, RDF.type, RDF.Property)]
    yield from client_of(graphs, tmp_path_factory.mktemp("protocol"))


def send(client: FlaskClient, exchange: Exchange, path: str) -> TestResponse:
    """Send a request as it is described."""
    parts = urlsplit(exchange.path)
    return client.open(
        f"{path}?{parts.query}",
        method=exchange.method,
        headers=dict(exchange.headers),
        data=exchange.body,
    )


def is_update(exchange: Exchange) -> bool:
    """Whether a request asks for a change, in whatever way."""
    texts = (exchange.path, exchange.body.decode("latin-1"), *exchange.headers.values())
    return any("update=" in each or "sparql-update" in each for each in texts)


class TestProtocol:
    @pytest.mark.parametrize("test", PROTOCOL, ids=lambda test: test.id)
    def test_answers_are_as_the_suite_says(self, client: FlaskClient, test: ProtocolTest) -> None:
        """Queries are answered as told; what changes data is refused, as the data is read-only."""
        for exchange in test.exchanges:
            response = send(client, exchange, "/sparql")

            if is_update(exchange) and "StatusCode4xx" not in exchange.statuses:
                assert response.status_code == 403
                return  # what follows asks for the change
            assert CLASSES[str(response.status_code)[0]] in exchange.statuses, response.text
            if exchange.format:
                assert response.mimetype in MIME[exchange.format]
            if exchange.boolean is not None:
                assert response.get_json()["boolean"] is exchange.boolean

    def test_suite_is_whole(self) -> None:
        """The suite has as many tests as when this was written, or more; most are asked."""
        queries = [t for t in PROTOCOL if not any(map(is_update, t.exchanges))]

        assert len(PROTOCOL) >= 34
        assert len(queries) >= 18


class TestServiceDescription:
    """The manifest names three tests without saying how they are made."""

    def test_names_are_the_three_known(self) -> None:
        """A new test would be one that is not made here."""
        tests = read_protocol(SUITES, "sparql/sparql11/service-description")

        assert {each.id for each in tests} == DESCRIPTION

    @pytest.mark.parametrize("accept", ["", "text/turtle", "application/rdf+xml"])
    def test_description_is_rdf_that_names_this_endpoint(
        self, client: FlaskClient, accept: str
    ) -> None:
        """A plain GET gives RDF with one service whose endpoint is the address asked."""
        response = client.get("/sparql", headers={"Accept": accept} if accept else {})

        assert response.mimetype in MIME["RDF"]
        extension = "rdf" if "xml" in response.mimetype else "ttl"
        triples = read(response.data, extension)
        services = [each for each in triples if SD.Service.value in each and "#type" in each]
        endpoints = [each for each in triples if f"<{SD.endpoint.value}>" in each]
        assert len(services) == 1
        assert len(endpoints) == 1
        assert "<http://localhost/sparql>" in endpoints[0]


class TestGraphStore:
    @pytest.mark.parametrize("test", STORE, ids=lambda test: test.id)
    def test_reading_is_as_the_suite_says(self, tmp_path: Path, test: ProtocolTest) -> None:
        """What the writes of a test would have made is published, then read as the test says."""
        if "DirectGraphIdentification" in test.requires:
            pytest.skip("graphs are named by ?graph= alone")
        if "POSTGraphCreation" in test.requires:
            pytest.skip("the store makes no graphs: what is published stays")
        graphs: Graphs = {"http://other.example/": [Triple(RDF.type, RDF.type, RDF.Property)]}
        for number, exchange in enumerate(test.exchanges):
            folder = tmp_path / str(number)
            folder.mkdir()
            for client in client_of(graphs, folder):
                response = send(client, exchange, "/data")
                if exchange.method in {"GET", "HEAD"}:
                    assert response.status_code in allowed(exchange), response.text
                    if exchange.expected is not None:
                        assert response.content_type == TURTLE
                        assert graph_of(response.text) == graph_of(exchange.expected)
                else:
                    assert response.status_code == 405
                    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
            write(graphs, exchange)

    def test_suite_is_whole(self) -> None:
        """The suite has as many tests as when this was written, or more."""
        assert len(STORE) >= 13


def allowed(exchange: Exchange) -> set[int]:
    """Return the statuses a read may have."""
    return {status for name in exchange.statuses for status in STATUSES[name]}


def graph_of(text: str) -> object:
    """Return a Turtle text as a graph that equals any other way to write it."""
    return canonical(parse(text, format=RdfFormat.TURTLE))


def turtle(text: str) -> list[Triple]:
    """Return the triples of a Turtle text."""
    return [quad.triple for quad in parse(text, format=RdfFormat.TURTLE)]


def write(graphs: Graphs, exchange: Exchange) -> None:
    """Do to the graphs what a request would do to a store that can be written."""
    query = parse_qs(urlsplit(exchange.path).query, keep_blank_values=True)
    name = query.get("graph", [""])[0]
    if exchange.method == "DELETE":
        graphs.pop(name, None)
    elif exchange.method == "PUT":
        graphs[name] = sent(exchange)
    elif exchange.method == "POST":
        graphs.setdefault(name, []).extend(sent(exchange))


def sent(exchange: Exchange) -> list[Triple]:
    """Return the triples of a body, which may be of several parts."""
    content_type = exchange.headers["content-type"]
    text = exchange.body.decode()
    if not content_type.startswith("multipart/"):
        return turtle(text)
    message = email.parser.Parser().parsestr(f"Content-Type: {content_type}\n\n{text}")
    parts = message.get_payload()
    assert isinstance(parts, list)
    return [
        triple
        for part in parts
        if isinstance(part, email.message.Message)
        for triple in turtle(str(part.get_payload()))
    ]
