"""The guard tells which named graphs a query may ask for."""

from __future__ import annotations

import pytest

from lod.engine.guard import graphs_asked


class TestGraphsAsked:
    @pytest.mark.parametrize(
        ("text", "graphs"),
        [
            ("SELECT * { ?s ?p ?o }", set()),
            ("# graphs\nSELECT * { ?s ?p 'from' }", set()),
            (
                "SELECT * { GRAPH <https://data.example/a> { ?s ?p ?o } }",
                {"https://data.example/a"},
            ),
            ("ASK { graph\t<urn://a> { } GRAPH <urn://b> { } }", {"urn://a", "urn://b"}),
        ],
    )
    def test_a_query_that_names_its_graphs_asks_for_these(
        self, text: str, graphs: set[str]
    ) -> None:
        """Others need not be loaded for it."""
        assert set(graphs_asked(text) or ()) == graphs
        assert graphs_asked(text) is not None

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT * { GRAPH ?graph { ?s ?p ?o } }",
            "SELECT * { GRAPH ?graph <https://data.example/a> }",
            "PREFIX ex: <https://data.example/> SELECT * { GRAPH ex:a { ?s ?p ?o } }",
            "BASE <https://data.example/> SELECT * { GRAPH <a> { ?s ?p ?o } }",
            "SELECT * { GRAPH # <https://data.example/b>\n <https://data.example/a> { ?s ?p ?o } }",
            "SELECT * { GRAPH <https://data.example/a/../b> { ?s ?p ?o } }",
            r"SELECT * { GR\u0041PH <https://data.example/a> { ?s ?p ?o } }",
            "SELECT * FROM NAMED <https://data.example/a> { ?s ?p ?o }",
            "SELECT * FROM <https://data.example/a> { GRAPH <https://data.example/b> { } }",
            "SELECT * { ?s ?p ?o FILTER(?a<?b)GRAPH<https://data.example/a>{ ?s ?p ?o } }",
        ],
    )
    def test_where_that_is_not_sure_they_may_be_any(self, text: str) -> None:
        """Triples too many cost time; triples too few would make an answer a wrong one."""
        assert graphs_asked(text) is None
