"""What the endpoint says when it does not answer."""

from __future__ import annotations

import time

import pytest
from flask.testing import FlaskClient

from support.html import Page
from support.sparql import ASK, DIRECT, FORM, WAYS, Way, by_get, directly


class TestErrors:
    @pytest.mark.parametrize("ask", WAYS)
    @pytest.mark.parametrize(
        "query",
        [
            "SELECT * { ?s ?p }",
            "SELECT * { ?s ?p ?o } rubbish",
            "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }",
            "SELECT (1 AS ?x) (2 AS ?x) {}",
            "SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }",
            "SELECT * { VALUES (?a ?b) { (1) } }",
            "SELECT * { { _:a ?p ?o } { _:a ?q ?r } }",
            "SELECT * { ?s nobody:knows ?o }",
        ],
    )
    def test_wrong_query_is_400_with_its_place(
        self, client: FlaskClient, ask: Way, query: str
    ) -> None:
        """A wrong query is told what is wrong and where, as problem details (RFC 9457)."""
        response = ask(client, query)
        problem = response.get_json()

        assert response.status_code == 400
        assert response.mimetype == "application/problem+json"
        assert problem["status"] == 400
        assert problem["title"]
        assert problem["type"]
        assert problem["line"] == 1
        assert 1 <= problem["column"] <= len(query) + 1

    def test_browser_is_told_the_place_as_well(self, client: FlaskClient) -> None:
        """A person who opens the address of a wrong query sees where it is wrong."""
        response = by_get(client, "SELECT *\n{ ?s nobody:knows ?o }", "text/html")
        text = response.get_data(as_text=True)

        assert response.status_code == 400
        assert response.mimetype == "text/html"
        assert "nobody:" in text
        assert "line 2" in text or "^" in text

    def test_browser_keeps_the_query(self, client: FlaskClient) -> None:
        """A person can mend the query where it was asked, and not type it again."""
        response = by_get(client, "SELECT * { ?mended nobody:knows ?o }", "text/html")

        page = Page(response.get_data(as_text=True))
        assert "?mended nobody:knows" in page.one("textarea").words

    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({"query": ""}, 400),
            ({"query": ["ASK {}", "ASK {}"]}, 400),
            ({"query": "CLEAR ALL"}, 403),
            ({"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}, 403),
            ({"update": "CLEAR ALL"}, 403),
            ({"query": ASK, "update": "CLEAR ALL"}, 403),
            ({"query": "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"}, 403),
            ({"query": ASK, "default-graph-uri": "relative"}, 400),
            ({"query": "{" * 100}, 400),
            ({"query": "ASK { " + "{} UNION " * 600 + "{} }"}, 400),
        ],
    )
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_request_that_is_refused_says_why(
        self, client: FlaskClient, method: str, fields: dict[str, object], status: int
    ) -> None:
        """Each refusal has its status, its code and a sentence."""
        if method == "GET":
            response = client.get("/sparql", query_string=fields)
        else:
            response = client.post("/sparql", data=fields)

        assert response.status_code == status
        assert response.get_json()["code"].startswith("query/")
        assert response.get_json()["title"].endswith(".")

    def test_post_without_query_is_400(self, client: FlaskClient) -> None:
        """A form without a query is told so."""
        response = client.post("/sparql", data={"other": "x"})

        assert response.status_code == 400
        assert response.get_json()["code"] == "query/parameter"

    @pytest.mark.parametrize(
        "content_type", [None, "text/plain", "application/json", "multipart/form-data", "x", "\xff"]
    )
    def test_other_content_types_are_415_with_those_accepted(
        self, client: FlaskClient, content_type: str | None
    ) -> None:
        """A query in an unknown wrapping is refused with the types that are understood."""
        response = client.post("/sparql", data=b"ASK {}", content_type=content_type)

        assert response.status_code == 415
        accepted = {each.strip() for each in response.headers["Accept-Post"].split(",")}
        assert accepted == {FORM, DIRECT}

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (b"ASK { ?s ?p '\xff' }", DIRECT),
            ("ASK {}".encode("utf-16"), f"{DIRECT}; charset=utf-16"),
            (b"query=%FF%FE", FORM),
            (b"query=\xff", FORM),
            (b"\0" * 100, DIRECT),
        ],
    )
    def test_body_that_is_no_utf8_is_4xx(
        self, client: FlaskClient, body: bytes, content_type: str
    ) -> None:
        """Bytes that are no text are refused, never an accident."""
        response = client.post("/sparql", data=body, content_type=content_type)

        assert response.status_code == 400

    def test_update_by_its_own_type_is_refused(self, client: FlaskClient) -> None:
        """Updates are refused with the reason, in whatever wrapping they come."""
        response = client.post(
            "/sparql", data=b"CLEAR ALL", content_type="application/sparql-update"
        )

        assert response.status_code == 403
        assert "read-only" in response.get_json()["title"]

    def test_ten_megabytes_are_refused_at_once(self, client: FlaskClient) -> None:
        """A query of 10 MB is refused without being read."""
        body = b"ASK { ?s ?p '" + b"x" * 10_000_000 + b"' }"
        began = time.monotonic()

        direct = client.post("/sparql", data=body, content_type=DIRECT)
        form = client.post("/sparql", data=b"query=" + body, content_type=FORM)

        assert direct.status_code == form.status_code == 413
        assert time.monotonic() - began < 1
        assert by_get(client, ASK).status_code == 200

    def test_query_longer_than_allowed_is_413_or_414(self, client: FlaskClient) -> None:
        """A query beyond the limit is told the limit, in an address as well as in a body."""
        query = ASK.ljust(100_001)

        assert by_get(client, query).status_code == 414
        assert directly(client, query).status_code == 413
        assert "100,000" in directly(client, query).get_json()["title"]

    @pytest.mark.parametrize(
        "expression", ["1/0", "xsd:integer('x')", "REGEX('a','(')", "UNDEFINED(1)", "IRI('\\n')"]
    )
    def test_expression_without_value_is_no_error_of_the_server(
        self, client: FlaskClient, expression: str
    ) -> None:
        """What has no value leaves a cell empty or is a wrong query, never a 5xx."""
        prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"

        response = by_get(client, f"{prefix} SELECT ({expression} AS ?x) {{}}")

        assert response.status_code in {200, 400}
