"""Where triples stand in a text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.rdf.prefixes import Prefixes
from lod.rdf.scanner import NotScannableError, Placed, PlacedTriple, scan
from lod.rdf.turtle import write_turtle
from properties.strategies import plain_graphs

BASE = "https://data.example/a"
EX = "@prefix ex: <https://data.example/> .\n"

Row = tuple[str, str, str]

PIECES = (
    *("@prefix ", "PREFIX ", "@base ", "VERSION ", "GRAPH ", "ex:", "ex:a ", "<a> ", "<\\u0000> "),
    *("a ", "'x'", '"""', '"', "'", "@en ", "@abcdefghijk ", "^^", "1 ", "1.e", "_:b ", "true "),
    *(" . ", ".", ";", ",", "[", "]", "(", ")", "{", "}", "#", "\n", "<<", "\\U00110000", "--ltr "),
)
"""What texts are made of, right and wrong."""


def stand(text: str) -> list[Row]:
    """Return the text at the place of each term of each triple."""
    return [
        (at(text, each.subject), at(text, each.predicate), at(text, each.object))
        for each in scan(text, BASE)
    ]


def at(text: str, placed: Placed) -> str:
    return text[placed.span.start : placed.span.end]


def terms(text: str) -> list[Row]:
    return [(each.subject.term, each.predicate.term, each.object.term) for each in scan(text, BASE)]


class TestPlaces:
    def test_each_term_has_its_own(self) -> None:
        """Subject, predicate and object stand where they are written."""
        text = f"{EX}ex:a ex:p ex:b , 'x'@en ;\n  # a remark\n  a ex:C .\n<b> ex:p 1.50 ."

        assert stand(text) == [
            ("ex:a", "ex:p", "ex:b"),
            ("ex:a", "ex:p", "'x'@en"),
            ("ex:a", "a", "ex:C"),
            ("<b>", "ex:p", "1.50"),
        ]

    @pytest.mark.parametrize(
        ("value", "term"),
        [
            ('"a"', '"a"'),
            ("'a\\n\\u0105'", '"a\\ną"'),
            ('"""a "quoted" word"""', '"a \\"quoted\\" word"'),
            ("''''a'''", '"\'a"'),
            ('""', '""'),
            ('"a"@EN-gb', '"a"@en-gb'),
            ('"a"^^ex:T', '"a"^^<https://data.example/T>'),
            ('"a" # remark\n ^^ <T>', '"a"^^<https://data.example/T>'),
            ("01", '"01"^^<http://www.w3.org/2001/XMLSchema#integer>'),
            ("-.5", '"-.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
            ("1E3", '"1E3"^^<http://www.w3.org/2001/XMLSchema#double>'),
            ("true", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
            ("ex:a\\,b%20", "<https://data.example/a,b%20>"),
            ("ex:", "<https://data.example/>"),
            ("<../x>", "<https://data.example/x>"),
            ("<\\u0105>", "<https://data.example/ą>"),
        ],
    )
    def test_term_is_read_exactly(self, value: str, term: str) -> None:
        """A term is the one a parser reads, and its place holds all of it."""
        text = f"{EX}ex:a ex:p {value} ."

        (triple,) = scan(text, BASE)

        assert triple.object.term == term
        assert at(text, triple.object) == value

    def test_bracket_is_the_place_of_its_node(self) -> None:
        """A blank node without a label stands where its bracket does."""
        text = f"{EX}ex:a ex:p [ ex:q 1 ; ex:r [] ] ."

        found = list(scan(text, BASE))

        assert [at(text, each.object) for each in found] == ["1", "[]", "[ ex:q 1 ; ex:r [] ]"]
        assert found[0].subject.term == found[1].subject.term == found[2].object.term

    def test_statement_may_start_with_a_bracket(self) -> None:
        """What a bracket says and what is said of it have one subject."""
        (inner, outer), (alone,) = (
            list(scan(f"{EX}[ ex:p 1 ] ex:q 2 .", BASE)),
            list(scan(f"{EX}[ ex:p 1 ] .", BASE)),
        )

        assert inner.subject.term == outer.subject.term
        assert alone.object.term.startswith('"1"')

    def test_collection_gives_its_cells(self) -> None:
        """Each member has its place; the collection is between its brackets."""
        text = f"{EX}ex:a ex:p ( 1 ex:b ) , () ."

        found = list(scan(text, BASE))

        assert [at(text, each.object) for each in found] == [
            "1",
            "ex:b",
            "ex:b",
            ")",
            "( 1 ex:b )",
            "()",
        ]
        assert found[-1].object.term == "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"

    def test_graphs_are_told(self) -> None:
        """In TriG each triple knows its graph."""
        graphs = "ex:g { ex:a ex:p 1 . ex:b ex:p 2 }\nGRAPH <h> { ex:c ex:p 3 } { ex:d ex:p 4 }"
        text = EX + graphs

        assert [each.graph.rpartition("/")[2] for each in scan(text, BASE)] == [
            "g>",
            "g>",
            "h>",
            "",
        ]

    def test_prefix_may_change_its_meaning(self) -> None:
        """A prefix means what it was last declared to mean."""
        text = "PREFIX ex: <x:> ex:a ex:a 1 . BASE <y:z/> PREFIX ex: <e> ex:a ex:a 1 ."

        assert [row[0] for row in terms(text)] == ["<x:a>", "<y:z/ea>"]


class TestLimits:
    @pytest.mark.parametrize(
        "text",
        [
            "<<( <a> <b> <c> )>> <p> 1 .",
            "<a> <b> <c> {| <p> 1 |} .",
            "<a> <b> 'x'@en--ltr .",
            "ex:a ex:b ex:c .",
            "<a> <b> ",
            "<a> <b> word .",
            '<a> <b> "x',
        ],
    )
    def test_what_is_not_known_ends_the_scan(self, text: str) -> None:
        """RDF 1.2 and what is no Turtle at all is refused, never misread."""
        with pytest.raises(NotScannableError):
            list(scan(text, BASE))

    @given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        """A file that changed since it was found valid makes no crash."""
        try:
            found = list(scan(text, BASE))
        except NotScannableError:
            return

        assert all(
            0 <= each.object.span.start <= each.object.span.end <= len(text) for each in found
        )

    @pytest.mark.parametrize(("start", "end"), [("[ <p> ", "]"), ("( ", ")")])
    def test_deep_nesting_is_no_problem(self, start: str, end: str) -> None:
        """A hundred thousand brackets are read without recursion, in time."""
        depth = 100_000
        text = f"<a> <p> {start * depth}1{end * depth} ."
        began = time.process_time()

        count = sum(1 for _ in scan(text, BASE))

        assert count >= depth
        assert time.process_time() - began < 10

    @given(plain_graphs())
    def test_what_is_written_is_found(self, graph: list[Row]) -> None:
        """Each triple of a graph is found in its Turtle, every term at its place."""
        text = write_turtle(graph, Prefixes({"ex": "https://data.example/"}))

        found = list(scan(text, BASE))

        assert {_row(each) for each in found} == set(graph)


def _row(triple: PlacedTriple) -> Row:
    return triple.subject.term, triple.predicate.term, triple.object.term
