"""Formats of answers, and answers as rows for a page."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from lod.engine.operation import QueryForm
from lod.sparql import formats_for, read_table


class TestFormats:
    @pytest.mark.parametrize(
        ("form", "extensions"),
        [
            (QueryForm.SELECT, ["json", "xml", "csv", "tsv"]),
            (QueryForm.ASK, ["json", "xml"]),
            (QueryForm.CONSTRUCT, ["ttl", "nt", "jsonld", "rdf"]),
            (QueryForm.DESCRIBE, ["ttl", "nt", "jsonld", "rdf"]),
        ],
    )
    def test_form_decides(self, form: QueryForm, extensions: list[str]) -> None:
        """Tables, truth and graphs each have the formats the protocol names."""
        assert [each.extension for each in formats_for(form)] == extensions


class TestTable:
    def test_terms_come_back_as_they_are(self) -> None:
        """What the engine found is read back term by term, an empty cell as nothing."""
        content = {
            "variables": ["a", "b"],
            "rows": [["<https://data.example/ž>", None], ["_:b0", '"1.50"@en'], ['"<a>"', '"\\n"']],
            "more": True,
        }

        table = read_table([json.dumps(content).encode()])

        assert table.variables == ["a", "b"]
        assert table.rows == [
            [NamedNode("https://data.example/ž"), None],
            [BlankNode("b0"), Literal("1.50", language="en")],
            [Literal("<a>"), Literal("\n")],
        ]
        assert table.more is True
        assert table.boolean is None

    @pytest.mark.parametrize("truth", [True, False])
    def test_truth_has_no_rows(self, truth: bool) -> None:
        """The answer to ASK is yes or no."""
        table = read_table([json.dumps({"boolean": truth}).encode()])

        assert table.boolean is truth
        assert table.rows == ()

    def test_pieces_are_put_together(self) -> None:
        """An answer may arrive in pieces."""
        pieces = [bytes([each]) for each in b'{"boolean": true}']

        assert read_table(pieces).boolean is True
