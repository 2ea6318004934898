"""What the guard finds out about a query besides whether it may be asked."""

from __future__ import annotations

import pytest

from lod.config import Limits
from lod.engine.guard import inspect


class TestWhatIsRead:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("SELECT * { ?s ?p ?o }", False),
            ('SELECT * { ?s ?p "graph from" }', False),
            ("SELECT * { ?s <https://graph.example/from> ?o } # GRAPH ?g", False),
            ("SELECT * { GRAPH ?g { ?s ?p ?o } }", True),
            ("SELECT * {graph?g{?s ?p ?o}}", True),
            ("SELECT * FROM <x:g> { ?s ?p ?o }", True),
            ("SELECT * FROM NAMED <x:g> { ?s ?p ?o }", True),
            ("SELECT * { ?s ?p 1GRAPH ?g { ?s ?p ?o } }", True),
            ("SELECT * { \\u0047RAPH ?g { ?s ?p ?o } }", True),
            ("SELECT * { FILTER(?a<?b)GRAPH#>\n ?g {} }", True),
            ("DESCRIBE <x:a>", False),
        ],
    )
    def test_named_graphs(self, text: str, expected: bool) -> None:
        """Only a query that surely names no graph is answered without the named ones."""
        assert inspect(text, Limits(), {}).reads_named is expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("SELECT * { ?b ?a 'x'@en OPTIONAL { GRAPH $g { ?b a [] } } } LIMIT 3", True),
            ("SELECT * { { ?s ?p ?o } UNION { ?o ?p ?s } }", True),
            ("SELECT * { ?s ?p ?o FILTER EXISTS { ?x ?y ?z } }", False),
            ("SELECT * { { SELECT ?s { ?s ?p ?o } } }", False),
            ("SELECT * { ?s ?p ?o MINUS { ?x ?y ?z } }", False),
            ("SELECT * { ?s ?p ?o } ORDER BY ?none", False),
        ],
    )
    def test_columns_known_beforehand(self, text: str, expected: bool) -> None:
        """Where a variable may be none, the engine is asked which are columns."""
        star = inspect(text, Limits(), {}).star

        assert star is not None
        assert star.are_columns is expected
