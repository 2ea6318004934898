"""Answers as tables of plain text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from lod.cli.table import render
from lod.rdf.prefixes import Prefixes
from lod.rdf.terms import Term
from lod.sparql import Table

PREFIXES = Prefixes({"ex": "https://data.example/id/"})
ANN = NamedNode("https://data.example/id/ann")


def shown(variables: list[str], *rows: Sequence[Term | None], width: int = 0) -> list[str]:
    """Return the lines of a table."""
    text = render(Table(variables, rows), PREFIXES.shorten, width)
    assert text.endswith("\n")
    return text.split("\n")[:-1]


class TestCells:
    @pytest.mark.parametrize(
        ("term", "cell"),
        [
            (ANN, "ex:ann"),
            (NamedNode("urn:x"), "<urn:x>"),
            (NamedNode("https://data.example/id/a/b"), "<https://data.example/id/a/b>"),
            (Literal("Žemaitė", language="lt"), "Žemaitė"),
            (
                Literal("1.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
                "1.50",
            ),
            (BlankNode("b1"), "_:b1"),
            (Literal("two\nlines\tand \x1b[31mred"), "two lines and  [31mred"),
        ],
    )
    def test_term(self, term: Term, cell: str) -> None:
        """An IRI is shown by its prefix, a text as it is but for what a terminal would obey."""
        assert shown(["x"], [term]) == ["x", cell, "1 row"]

    def test_no_value_is_an_empty_cell(self) -> None:
        """A variable without a value leaves its cell empty."""
        assert shown(["a", "b"], [None, ANN], [ANN, None]) == [
            "a       b",
            "        ex:ann",
            "ex:ann",
            "2 rows",
        ]


class TestLayout:
    def test_columns_stand_below_each_other(self) -> None:
        """Every column is as wide as its widest cell; no line ends in spaces."""
        rows = [[Literal("a"), Literal("x")], [Literal("longer"), Literal("y")]]

        assert shown(["name", "n"], *rows) == ["name    n", "a       x", "longer  y", "2 rows"]

    @pytest.mark.parametrize(
        ("name", "columns"),
        [
            ("a", 1),
            ("e\N{COMBINING CARON}", 1),
            ("日本", 4),
            ("\N{FULLWIDTH LATIN CAPITAL LETTER A}", 2),
        ],
    )
    def test_columns_are_counted_as_a_terminal_does(self, name: str, columns: int) -> None:
        """Wide characters take two columns, combining ones none."""
        _, line, _ = shown(["a-name", "n"], [Literal(name), Literal("1")])

        assert line == name + " " * (8 - columns) + "1"

    def test_no_row_is_told(self) -> None:
        """An empty answer shows its columns and says that it is empty."""
        assert shown(["a", "b"]) == ["a  b", "0 rows"]

    def test_many_rows_are_counted_readably(self) -> None:
        """The count has separators."""
        assert shown(["a"], *([ANN] for _ in range(1000)))[-1] == "1,000 rows"

    @pytest.mark.parametrize(("truth", "word"), [(True, "yes\n"), (False, "no\n")])
    def test_truth(self, truth: bool, word: str) -> None:
        """ASK is answered in a word."""
        assert render(Table(boolean=truth), PREFIXES.shorten, 80) == word


class TestNarrowScreen:
    WORDS = ("short", "x" * 100, "日" * 100)
    ROW = tuple(map(Literal, WORDS))

    def test_table_fits(self) -> None:
        """On a terminal no line is longer than the terminal is wide."""
        _, line, _ = shown(["a", "b", "c"], self.ROW, width=60)

        columns = sum(2 if each == "日" else 1 for each in line)
        assert columns <= 60

    def test_what_is_cut_says_so(self) -> None:
        """A cell that is cut ends in an ellipsis, and short ones are not cut."""
        _, line, _ = shown(["a", "b", "c"], self.ROW, width=60)

        short, letters, wide = line.split()
        assert short == "short"
        assert letters.endswith("x…")
        assert wide.endswith("日…")

    def test_file_is_not_cut(self) -> None:
        """Where there is no terminal, nothing is cut."""
        _, line, _ = shown(["a", "b", "c"], self.ROW, width=0)

        assert tuple(line.split()) == self.WORDS

    def test_every_column_keeps_some_width(self) -> None:
        """On a screen too narrow for all columns, each is still there."""
        row = [Literal("x" * 20)] * 10

        _, line, _ = shown([f"column{n}" for n in range(10)], row, width=20)

        assert len(line.split()) == 10
