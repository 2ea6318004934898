"""A query asked in the plainest way is answered just as the endpoint answers it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lod.config import Server
from lod.engine.client import Engine
from lod.release import Release
from lod.web.app import create_app
from lod.web.settings import Settings

QUERIES = [
    "SELECT * { ?s a ?class } ORDER BY ?s LIMIT 3",
    "SELECT ?b ?a { ?a ?b 1 }",
    "ASK { ?s ?p ?o }",
    "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } ORDER BY ?s LIMIT 2",
    "DESCRIBE <x>",
    "SELECT (<relative> AS ?x) {}",
    "SELECT (STR(NOW()) AS ?none) { FILTER (1 > 2) }",
    'SELECT ("ąžuolas" AS ?x) {}',
    "SELECT * FROM <https://nowhere.example/> { ?s ?p ?o }",
    "SELECT * { ?s ?p }",
    "SELECT * { SERVICE <https://x.example/> { ?s ?p ?o } }",
    "SELECT (1/0 AS ?x) {}",
    "",
    "INSERT DATA { <a> <b> <c> }",
    "SELECT * { ?s dcterms:title ?o }",
]
ACCEPTS = [
    None,
    "*/*",
    "text/csv",
    "application/sparql-results+xml",
    "text/turtle, application/sparql-results+json;q=0.5",
    "application/n-triples",
    "image/png",
    "text/html",
    "application/rdf+xml;q=0.3, application/ld+json",
]
SPECIAL = {"If-None-Match": '"of something else"'}
"""With this a request is none of the plainest, and the answer is the same."""


@pytest.fixture(scope="module")
def client(herbarium: Release) -> FlaskClient:
    server = replace(Server(), cache_mb=0)
    return create_app(herbarium.folder, settings=Settings(server=server)).test_client()


def seen(response: TestResponse) -> tuple[int, dict[str, str], bytes]:
    headers = {name.lower(): value for name, value in response.headers if name != "Date"}
    return response.status_code, headers, response.data


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("query", QUERIES)
def test_same_answer(client: FlaskClient, query: str, accept: str | None) -> None:
    """Status, headers and body are those of the endpoint, whatever is asked for."""
    headers = {} if accept is None else {"Accept": accept}

    plain = client.get("/sparql", query_string={"query": query}, headers=headers)
    routed = client.get("/sparql", query_string={"query": query}, headers={**headers, **SPECIAL})

    assert seen(plain) == seen(routed)


@pytest.mark.parametrize("address", ["/sparql?query=ASK{}&query=ASK{}", "/sparql?query", "/sparql"])
def test_same_answer_without_one_query(client: FlaskClient, address: str) -> None:
    """What is no plain query goes on to the endpoint."""
    assert seen(client.get(address)) == seen(client.get(address, headers=SPECIAL))


def test_plain_query_does_not_reach_the_routing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered before Flask: that is what it is for."""

    def fail() -> None:
        raise AssertionError

    monkeypatch.setattr(client.application, "full_dispatch_request", fail)

    answer = client.get("/sparql", query_string={"query": "ASK {}"})

    assert answer.json == {"head": {}, "boolean": True}


def test_query_that_fails_is_asked_once(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The endpoint only says why there is no answer; it does not try again."""
    asked = []
    query = Engine.query

    def noted(self: Engine, *arguments: object, **named: object) -> object:
        asked.append(arguments)
        return query(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Engine, "query", noted)

    answer = client.get("/sparql", query_string={"query": "SELECT * { ?s ?p }"})

    assert (answer.status_code, len(asked)) == (400, 1)
