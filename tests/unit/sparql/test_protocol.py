"""Requests to the endpoint as plain values."""

from __future__ import annotations

import pytest

from lod.config import Limits
from lod.engine.operation import QueryForm
from lod.errors import QueryError
from lod.sparql import QueryRequest, read_request

BASE = "https://data.example/sparql"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
QUERY = "SELECT * { ?s ?p 'ž' }"
ENCODED = b"query=SELECT+*+%7B+%3Fs+%3Fp+%27%C5%BE%27+%7D"


def get(**parameters: list[str]) -> QueryRequest:
    return QueryRequest("GET", {name.replace("_", "-"): each for name, each in parameters.items()})


def post(body: bytes, content_type: str, charset: str = "", **address: list[str]) -> QueryRequest:
    parameters = {name.replace("_", "-"): each for name, each in address.items()}
    return QueryRequest("POST", parameters, content_type, charset, body)


def refusal(request: QueryRequest) -> QueryError:
    with pytest.raises(QueryError) as caught:
        read_request(request, Limits(), {}, BASE)
    return caught.value


class TestWays:
    @pytest.mark.parametrize(
        "request_",
        [
            get(query=[QUERY]),
            post(ENCODED, FORM),
            post(QUERY.encode(), DIRECT),
            post(QUERY.encode(), DIRECT, "utf-8"),
            post(QUERY.encode(), DIRECT, "UTF-8"),
        ],
        ids=["get", "form", "direct", "direct-utf-8", "direct-UTF-8"],
    )
    def test_query_arrives_as_it_was_sent(self, request_: QueryRequest) -> None:
        """By address, by form or as the body, the text arrives letter by letter."""
        operation = read_request(request_, Limits(), {}, BASE)

        assert operation.text == QUERY
        assert operation.form is QueryForm.SELECT
        assert operation.base == BASE

    def test_graphs_come_from_where_the_way_has_them(self) -> None:
        """Graphs stand in the address, in the form, or beside a direct query in the address."""
        one, two = "https://data.example/1", "https://data.example/2"
        by_get = get(query=[QUERY], default_graph_uri=[one, two], named_graph_uri=[two])
        by_form = post(
            ENCODED
            + b"&default-graph-uri=https://data.example/1&default-graph-uri=https://data.example/2"
            + b"&named-graph-uri=https://data.example/2",
            FORM,
        )
        direct = post(QUERY.encode(), DIRECT, default_graph_uri=[one, two], named_graph_uri=[two])

        for request in (by_get, by_form, direct):
            operation = read_request(request, Limits(), {}, BASE)
            assert operation.default_graphs == (one, two)
            assert operation.named_graphs == (two,)

    def test_form_leaves_the_address_aside(self) -> None:
        """With a form, what counts stands in the form (protocol §2.1.2)."""
        request = post(ENCODED, FORM, default_graph_uri=["https://data.example/1"])

        assert read_request(request, Limits(), {}, BASE).default_graphs == ()

    def test_other_parameters_are_passed_over(self) -> None:
        """Parameters nobody knows are no mistake."""
        assert read_request(get(query=[QUERY], timeout=["5"]), Limits(), {}, BASE).text == QUERY


class TestRefusals:
    @pytest.mark.parametrize(
        ("request_", "code"),
        [
            (get(), "query/parameter"),
            (get(query=[QUERY, QUERY]), "query/parameter"),
            (get(query=[""]), "query/empty"),
            (post(b"", FORM), "query/parameter"),
            (post(ENCODED + b"&" + ENCODED, FORM), "query/parameter"),
            (post(b"a&" * 1000 + ENCODED, FORM), "query/parameter"),
            (post(b"", DIRECT), "query/empty"),
            (post(QUERY.encode("utf-16"), DIRECT, "utf-16"), "query/charset"),
            (post(QUERY.encode("latin-1", "replace") + b"\xff", DIRECT), "query/charset"),
            (post(b"query=\xff", FORM), "query/charset"),
            (post(QUERY.encode(), ""), "query/media-type"),
            (post(QUERY.encode(), "text/plain"), "query/media-type"),
            (post(ENCODED, "multipart/form-data"), "query/media-type"),
            (get(update=["CLEAR ALL"]), "query/update"),
            (get(update=["CLEAR ALL"], query=[QUERY]), "query/update"),
            (post(b"update=CLEAR+ALL", FORM), "query/update"),
            (post(b"CLEAR ALL", "application/sparql-update"), "query/update"),
            (post(b"CLEAR ALL", DIRECT), "query/update"),
            (get(query=["CLEAR ALL"]), "query/update"),
            (get(query=[QUERY], default_graph_uri=["relative"]), "query/graph"),
            (get(query=[QUERY], default_graph_uri=[""]), "query/graph"),
            (get(query=[QUERY], named_graph_uri=["https://a.example/ b"]), "query/graph"),
            (get(query=[QUERY], named_graph_uri=["https://a.example/>"]), "query/graph"),
        ],
    )
    def test_request_that_is_wrong_has_its_code(self, request_: QueryRequest, code: str) -> None:
        """Each way to be wrong is told by its own code."""
        error = refusal(request_)

        assert error.code == code
        assert error.message

    @pytest.mark.parametrize("graph", ["http:", "https://[", "a:b%", "urn:x:\u0000", "x:\\y"])
    def test_graph_that_may_be_no_iri_never_fails_otherwise(self, graph: str) -> None:
        """A strange graph name is refused or unknown, never an accident."""
        try:
            operation = read_request(
                get(query=[QUERY], default_graph_uri=[graph]), Limits(), {}, BASE
            )
        except QueryError as error:
            assert error.code == "query/graph"  # noqa: PT017 - either is right
        else:
            assert operation.default_graphs == (graph,)
