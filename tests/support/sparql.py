"""Ways to ask the endpoint, as SPARQL clients have them."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ONE = "SELECT ?a ?none { VALUES ?a { 'ž,\"𝄞\"' } }"
ASK = "ASK { ?s ?p ?o }"
GRAPH = "CONSTRUCT { <https://v.example/s> <https://v.example/p> ?a } WHERE { VALUES ?a { 'ž' } }"

Way = Callable[..., TestResponse]


def by_get(client: FlaskClient, query: str, accept: str | None = None) -> TestResponse:
    return client.get("/sparql", query_string={"query": query}, headers=wish(accept))


def by_form(client: FlaskClient, query: str, accept: str | None = None) -> TestResponse:
    return client.post("/sparql", data={"query": query}, headers=wish(accept))


def directly(client: FlaskClient, query: str, accept: str | None = None) -> TestResponse:
    return client.post("/sparql", data=query.encode(), content_type=DIRECT, headers=wish(accept))


def wish(accept: str | None) -> dict[str, str]:
    return {} if accept is None else {"Accept": accept}


WAYS = [by_get, by_form, directly]
