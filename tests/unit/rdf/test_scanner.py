"""Where triples stand in a text."""

from __future__ import annotations

import time
from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.rdf.prefixes import Prefixes
from lod.rdf.scanner import NotScannableError, Placed, PlacedTriple, scan
from lod.rdf.turtle import write_turtle
from properties.strategies import plain_graphs

BASE = "https://data.example/a"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ONE = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
EX = "@prefix ex: <https://data.example/> .\n"

Row = tuple[str, str, str]

PIECES = (
    *("@prefix ", "PREFIX ", "@base ", "VERSION ", "GRAPH ", "ex:", "ex:a ", "<a> ", "<\\u0000> "),
    *("a ", "'x'", '"""', '"', "'", "@en ", "@abcdefghijk ", "^^", "1 ", "1.e", "_:b ", "true "),
    *(" . ", ".", ";", ",", "[", "]", "(", ")", "{", "}", "#", "\n", "<<", "\\U00110000", "--ltr "),
)
"""What texts are made of, right and wrong."""

DEPTHS = pytest.mark.parametrize(
    "depth", [10_000, pytest.param(100_000, marks=pytest.mark.thorough)]
)
"""How deep brackets stand in one another."""


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
            ("'x'@en--ltr", '"x"@en--ltr'),
            ("'x'@EN--rtl", '"x"@en--rtl'),
            ("<<( <a> a 'x' )>>", f'<<( <{BASE}> <{RDF}type> "x" )>>'),
            (
                "<<( <a> a <<( <a> <a> 1 )>> )>>",
                f"<<( <{BASE}> <{RDF}type> <<( <{BASE}> <{BASE}> {ONE} )>> )>>",
            ),
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
        """Each cell stands where its member does; the collection is between its brackets."""
        text = f"{EX}ex:a ex:p ( 1 [ ex:b 2 ] ) , () ."

        assert stand(text) == [
            ("1", "1", "1"),
            ("ex:a", "ex:p", "( 1 [ ex:b 2 ] )"),
            ("1", "[", "[ ex:b 2 ]"),
            ("[ ex:b 2 ]", "ex:b", "2"),
            ("[ ex:b 2 ]", "[ ex:b 2 ]", "[ ex:b 2 ]"),
            ("[ ex:b 2 ]", ")", ")"),
            ("ex:a", "ex:p", "()"),
        ]
        assert terms(text)[-1][2] == f"<{RDF}nil>"

    @pytest.mark.parametrize(
        ("value", "order"),
        [
            ("( 1 )", ["1", "( 1 )", ")"]),
            ("( 'x' )", ["( 'x' )", ")", "'x'"]),
            ("( 'x'@en )", ["( 'x'@en )", "'x'@en", ")"]),
            ("( [] )", ["( [] )", "[]", ")"]),
            ("[ ex:p 'x' ]", ["[ ex:p 'x' ]", "'x'"]),
            ("[ ex:p 1 ]", ["1", "[ ex:p 1 ]"]),
        ],
    )
    def test_triples_come_in_the_order_of_the_parser(self, value: str, order: list[str]) -> None:
        """What one token completes comes last to first, and a string ends with the next token."""
        assert [row[2] for row in stand(f"{EX}ex:a ex:p {value} .")] == order

    def test_reified_triple_stands_between_its_marks(self) -> None:
        """What is said of a reified triple is said of all between the marks."""
        text = f"{EX}<< ex:a ex:p ex:b >> ex:q 1 . << ex:a ex:p ex:b ~ ex:r >> ex:q 2 ."

        assert stand(text) == [
            ("<< ex:a ex:p ex:b >>", "<< ex:a ex:p ex:b >>", "ex:a ex:p ex:b"),
            ("<< ex:a ex:p ex:b >>", "ex:q", "1"),
            ("ex:r", "ex:r", "ex:a ex:p ex:b"),
            ("<< ex:a ex:p ex:b ~ ex:r >>", "ex:q", "2"),
        ]
        assert [row[0] for row in terms(text)] == [
            "_:-0",
            "_:-0",
            *["<https://data.example/r>"] * 2,
        ]

    def test_annotation_is_the_place_of_what_it_says(self) -> None:
        """A block of annotations is about a reifier, its own one or that named before it."""
        text = f"{EX}ex:a ex:p ex:b {{| ex:q 1 |}} , ex:c ~ ex:r {{| ex:q 2 |}} ."

        assert stand(text) == [
            ("ex:a", "ex:p", "ex:b"),
            ("{| ex:q 1 |}", "{|", "ex:b"),
            ("{| ex:q 1 |}", "ex:q", "1"),
            ("ex:a", "ex:p", "ex:c"),
            ("ex:r", "ex:r", "ex:c"),
            ("ex:r", "ex:q", "2"),
        ]
        assert [row[0] for row in terms(text)][1:3] == ["_:-0", "_:-0"]

    def test_parts_of_a_triple_term_have_places(self) -> None:
        """A triple term tells where each of its terms stands."""
        text = f"{EX}ex:a ex:p <<( ex:b ex:c 'x' )>> ."

        (triple,) = scan(text, BASE)

        assert [at(text, each) for each in triple.object.parts] == ["ex:b", "ex:c", "'x'"]

    def test_version_is_no_statement(self) -> None:
        """A text may say which version of RDF it follows."""
        assert terms("VERSION '1.2' @version \"1.2-basic\" . <x:a> <x:p> <x:b> .") == [
            ("<x:a>", "<x:p>", "<x:b>")
        ]

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
            "<a> <b> <<( <a> <b> )>> .",
            "<a> <b> << <a> >> .",
            "<a> ~ <r> .",
            "<a> <b> <c> {| <p> 1 } .",
            "<a> <b> [ <c> 1 ) .",
            "<a> 'b' <c> .",
            "<a> <b> 'x'@en--up .",
            "ex:a ex:b ex:c .",
            "<a> <b> ",
            "<a> <b> word .",
            '<a> <b> "x',
        ],
    )
    def test_what_is_not_known_ends_the_scan(self, text: str) -> None:
        """What is no Turtle at all is refused, never misread."""
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

    @pytest.mark.parametrize(
        ("start", "end"),
        [("[ <p> ", "]"), ("( ", ")"), ("<b> {| <p> ", " |}")],
    )
    @DEPTHS
    def test_deep_nesting_is_no_problem(self, start: str, end: str, depth: int) -> None:
        """A hundred thousand brackets are read without recursion, in time."""
        text = f"<a> <p> {start * depth}1{end * depth} ."
        began = time.process_time()

        count = sum(1 for _ in scan(text, BASE))

        assert count >= depth
        assert time.process_time() - began < 20

    @DEPTHS
    def test_deep_triples_are_no_problem(self, depth: int) -> None:
        """Reified triples may stand in one another, each is called by a node."""
        text = f"<a> <p> {'<< ' * depth}<a> <p> 1{' >> <p> 1' * (depth - 1)} >> ."

        assert sum(1 for _ in scan(text, BASE)) == depth + 1

    def test_triple_terms_are_read_to_a_bound(self) -> None:
        """The text of a triple term holds all within, so that too many are refused."""
        (triple,) = scan(f"<a> <p> {'<<( <a> <p> ' * 50}1{' )>>' * 50} .", BASE)

        assert triple.object.term.count("<<(") == 50
        for depth in (51, 100_000):
            with pytest.raises(NotScannableError):
                list(scan(f"<a> <p> {'<<( <a> <p> ' * depth}1{' )>>' * depth} .", BASE))

    @given(plain_graphs())
    def test_what_is_written_is_found(self, graph: list[Row]) -> None:
        """Each triple of a graph is found in its Turtle, every term at its place."""
        text = write_turtle(graph, Prefixes({"ex": "https://data.example/"}))

        found = list(scan(text, BASE))

        assert {_row(each) for each in found} == set(graph)


TEXT = f"""{EX}ex:a ex:p 1 . # ex:b ex:p 2 .
ex:b ex:p [ ex:q "ex:a ex:p 1 . ]" , [] ] .
PREFIX ex: <https://other.example/>
ex:a ex:p <https://data.example/a> ; ex:p 1.5, ex:a.b.
<b> ex:p [ ex:q () ] , <a> .
"""
A = "<https://data.example/a>"
OTHER = "<https://other.example/a>"


def told(subjects: Collection[str], objects: Collection[str] = ()) -> list[int]:
    """Return the lines of the statements that are told."""
    found = scan(TEXT, BASE, subjects, objects)
    return list(dict.fromkeys(TEXT.count("\n", 0, each.statement) + 1 for each in found))


class TestAsked:
    def test_only_statements_asked_for_are_told(self) -> None:
        """Of a subject all its statements are told, of others none."""
        assert told({A}) == [2]
        assert told({OTHER}) == [5]
        assert told({A, "<https://data.example/b>"}) == [2, 3, 6]
        assert told(set()) == []

    def test_statements_that_mention_are_told(self) -> None:
        """Of an object all statements are told that lead to it."""
        assert told(set(), {A}) == [5, 6]
        assert told(set(), {"<https://other.example/a.b>"}) == [5]
        assert told(set(), {OTHER}) == []

    @pytest.mark.parametrize(("node", "line"), [("_:-0", 3), ("_:-1", 3), ("_:-2", 6)])
    def test_nodes_without_a_label_are_counted(self, node: str, line: int) -> None:
        """A node is found by its number, whatever is skipped before it."""
        assert told({node}, {node}) == [line]

    @pytest.mark.parametrize(
        "written",
        ["<b>", "<./x/../b>", "</b>", "<https://data.example/\\u0062>", "ex:b", "x:", "ex:c\\,"],
    )
    def test_object_may_be_written_in_any_way(self, written: str) -> None:
        """Relative, escaped or by another prefix, it is the same object."""
        text = f"{EX}PREFIX x: <b>\nex:c ex:p ex:bb , ex:ab , {written} , ex:cb ."
        node = f"<https://data.example/{'c,' if ',' in written else 'b'}>"

        assert len(list(scan(text, BASE, (), {node}))) == 4

    @pytest.mark.parametrize(
        "before",
        [
            "ex:a ex:p ex:b\\' , [] , 'x' .",
            "ex:a ex:p '[' , \"[\" , '''[''' , <a> , [] . # [\n",
            "ex:a ex:p 1 , # [ \" '\n [] .",
            "[] ex:p 1 .",
            "_:c0ffeec0ffeec0ffeec0ffee12 ex:p 1 .",
            "ex:a ex:p _:c0ffeec0ffeec0ffeec0ffee12 .",
            "[] { ex:a ex:p 1 . } { ex:a ex:p 2 }",
            "{ ex:a ex:p [] }",
            "GRAPH _:c0ffeec0ffeec0ffeec0ffee12 { ex:a ex:p ex:b }",
            "ex:a ex:p ( 1 ) .",
            "ex:a ex:p 1 {| ex:p 2 |} .",
            "<< ex:a ex:p 1 >> .",
            "ex:a ex:p 1 ~ .",
            "ex:a ex:p 1 ~ _:c0ffeec0ffeec0ffeec0ffee12 .",
            "ex:a ex:p <<( ex:a ex:p [] )>> .",
        ],
    )
    def test_one_node_before_is_counted_wherever_it_is(self, before: str) -> None:
        """Whatever holds a node without a label, the next one has the next number."""
        found = scan(f"{EX}{before} ex:z ex:p [ ex:q 'here' ] .", BASE, {"_:-1"})

        assert '"here"' in {each.object.term for each in found}

    def test_fourth_term_of_a_line_is_its_graph(self) -> None:
        """In N-Quads the graph stands behind the object."""
        text = "<x:a> <x:p> 'x' <x:g> .\n<x:a> <x:p> _:b _:g .\n".replace("'", '"')

        found = list(scan(text, BASE, {"<x:a>"}, is_lines=True))

        assert [(each.object.term, each.graph) for each in found] == [
            ('"x"', "<x:g>"),
            ("_:b", "_:g"),
        ]


def _row(triple: PlacedTriple) -> Row:
    return triple.subject.term, triple.predicate.term, triple.object.term
