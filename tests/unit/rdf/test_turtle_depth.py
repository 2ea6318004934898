"""Turtle of graphs that are deep or long: written whole, readable, and in time."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import RdfFormat, parse

from lod.rdf.prefixes import Prefixes
from lod.rdf.turtle import write_turtle
from support.graphs import read

BASE = "https://data.example/"
PREFIXES = Prefixes({"ex": BASE})
FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
NIL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
S, P, Q = (f"<{BASE}{name}>" for name in "spq")

Row = tuple[str, str, str]


def chain(length: int, *, last: bool) -> list[Row]:
    """Return blank nodes each inside the other; the last one says nothing unless told to."""
    rows = [(S, P, "_:n0")]
    for number in range(length):
        rows += [(f"_:n{number}", P, f"_:n{number + 1}"), (f"_:n{number}", Q, f'"{number}"')]
    return [*rows, (f"_:n{length}", Q, '"last"')] if last else rows


class TestDepth:
    @pytest.mark.parametrize("last", [True, False], ids=["speaking", "silent"])
    @pytest.mark.parametrize("length", [1, 38, 39, 40, 79, 80, 200])
    def test_nodes_however_deep_are_read_back_the_same(self, length: int, last: bool) -> None:
        """Blank nodes inside blank nodes are written whole, and so that they can be read."""
        rows = chain(length, last=last)

        written = write_turtle(rows, PREFIXES)

        lines = "".join(f"{' '.join(row)} .\n" for row in rows)
        same = read(written.encode(), "ttl") == read(lines.encode(), "nt")
        assert same, written

    def test_no_line_is_indented_without_end(self) -> None:
        """Deep nodes are written beside each other before they run off the page."""
        written = write_turtle(chain(200, last=True), PREFIXES)

        assert max(len(line) - len(line.lstrip()) for line in written.splitlines()) <= 90

    def test_collections_however_deep_are_written(self) -> None:
        """A collection in a collection in a collection, and so on, is written like any other."""
        rows = [(S, P, "_:n0")]
        for number in range(500):
            inner = f"_:n{number + 1}" if number < 499 else NIL
            rows += [(f"_:n{number}", FIRST, inner), (f"_:n{number}", REST, NIL)]

        written = write_turtle(rows, PREFIXES)

        assert len(list(parse(written.encode(), format=RdfFormat.TURTLE))) == len(rows)

    @pytest.mark.parametrize("end", [NIL, f"<{BASE}nowhere>"], ids=["whole", "spoilt"])
    def test_long_collection_is_written_in_no_time(self, end: str) -> None:
        """A collection of thousands is written at once, also when its end is missing."""
        rows = [(S, P, "_:n0")]
        for number in range(3_000):
            following = f"_:n{number + 1}" if number < 2_999 else end
            rows += [(f"_:n{number}", FIRST, f'"{number}"'), (f"_:n{number}", REST, following)]
        start = time.process_time()

        write_turtle(rows, PREFIXES)

        assert time.process_time() - start < 0.5
