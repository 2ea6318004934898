"""Turtle as people read it and as diffs show it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pyoxigraph import RdfFormat, parse

from lod.rdf.prefixes import Prefixes
from lod.rdf.turtle import write_trig, write_turtle
from support.graphs import read

BASE = "https://data.example/"
PREFIXES = Prefixes(
    {
        "coop": f"{BASE}def/cooperation#",
        "ex": f"{BASE}id/thing/",
        "initiative": f"{BASE}id/initiative/",
        "decision": f"{BASE}id/decision/",
        "certainty": f"{BASE}scheme/certainty/",
        "passage": f"{BASE}source/page/",
    }
)
S, P, Q = (f"<{BASE}id/thing/{name}>" for name in "spq")

Row = tuple[str, str, str]

STYLE_GUIDE = """\
@prefix certainty: <https://data.example/scheme/certainty/> .
@prefix coop: <https://data.example/def/cooperation#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix decision: <https://data.example/id/decision/> .
@prefix initiative: <https://data.example/id/initiative/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix passage: <https://data.example/source/page/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

coop:Initiative
  a owl:Class ;
  rdfs:label
    "initiative"@en ,
    "iniciatyva"@lt ;
  skos:definition "A named undertaking that several partners carry out together."@en ;
  skos:example "LITPOLUKRBRIG, BALTRON, SUCBAS"@en ;
  rdfs:isDefinedBy <https://data.example/def/cooperation> ;
.

decision:litpolukrbrig-2015
  a coop:Decision ;
  rdfs:label "Decision on LITPOLUKRBRIG, 2015"@en ;
  coop:certainty certainty:stated ;
  coop:decidedOn "2015-07-24"^^xsd:date ;
  coop:establishes initiative:litpolukrbrig ;
  dcterms:source passage:poland-2 ;
.

initiative:litpolukrbrig
  a coop:MultinationalFormation ;
  rdfs:label "LITPOLUKRBRIG"@en ;
  dcterms:source passage:poland-2 ;
.
"""

EX = "@prefix ex: <https://data.example/id/thing/> .\n"
RDF = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"

# Each is what its own triples are written as.
LAYOUTS = {
    "nothing": "",
    "order": "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    + EX
    + "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    + "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    + """
ex:s
  a ex:T ;
  dcterms:title "t"@en ;
  rdfs:label "l"@en ;
  skos:altLabel "a"@en ;
  dcterms:description "d"@en ;
  skos:definition "d"@en ;
  skos:example "e"@en ;
  skos:scopeNote "s"@en ;
  <http://other.example/p> 1 ;
  dcterms:source ex:o ;
  ex:p 1 ;
  skos:note "n"@en ;
.
""",
    "values": EX
    + """
ex:s
  a
    ex:T ,
    ex:U ;
  ex:p
    <http://other.example/a> ,
    ex:a ,
    "no language" ,
    1 ,
    "a"@en ,
    "b"@en ,
    "a"@lt ,
    [
      ex:p "inner" ;
    ] ,
    [] ;
.
""",
    "nested": EX
    + """
ex:s
  ex:p [
    a ex:T ;
    ex:p [
      ex:q
        1 ,
        2 ;
    ] ;
    ex:q [] ;
  ] ;
.
""",
    "collections": EX
    + RDF
    + """
ex:s
  ex:p ( 1 "two"@en ex:three ) ;
  ex:q
    rdf:nil ,
    ( "a" ) ,
    ( ( 1 2 ) ( [] [
      ex:p 1 ;
    ] ) ) ;
.
""",
    "nobody's node": EX
    + """
ex:s
  ex:p ex:o ;
.

_:n
  ex:p [
    ex:q 1 ;
  ] ;
.
""",
    "shared node": EX
    + """
ex:s
  ex:p _:n ;
  ex:q _:n ;
.

_:n
  ex:p 1 ;
.
""",
    "circle": EX
    + """
ex:s
  ex:p _:a ;
.

_:a
  ex:p [
    ex:p _:a ;
  ] ;
.
""",
    "ring": EX
    + """
_:a
  ex:p _:b ;
.

_:b
  ex:p _:a ;
.
""",
    "shared collection": EX
    + RDF
    + """
ex:s
  ex:p _:n ;
  ex:q _:n ;
.

_:n
  rdf:first 1 ;
  rdf:rest ( 2 ) ;
.
""",
    "spoilt collection": EX
    + RDF
    + """
ex:s
  ex:p [
    rdf:first
      1 ,
      2 ;
    rdf:rest rdf:nil ;
  ] ;
  ex:q [
    a rdf:List ;
    rdf:first 1 ;
    rdf:rest ( 2 ) ;
  ] ;
.
""",
}


def rows_of(turtle: str) -> list[Row]:
    """Return the triples of a text."""
    quads = parse(turtle.encode(), format=RdfFormat.TURTLE)
    return [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]


class TestLayout:
    def test_text_of_the_style_guide_is_written_as_it_stands(self) -> None:
        """What we write is laid out as the style guide shows it."""
        assert write_turtle(rows_of(STYLE_GUIDE), PREFIXES) == STYLE_GUIDE

    @pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
    def test_each_part_has_its_layout(self, text: str) -> None:
        """One subject a block, two values one a line, a node used once inside its user."""
        assert write_turtle(rows_of(text), PREFIXES) == text

    def test_graph_without_prefixes_starts_with_its_first_subject(self) -> None:
        """Where nothing is declared no empty line stands at the top."""
        written = write_turtle([("<urn:s>", "<urn:p>", "<urn:o>")], PREFIXES)

        assert written == "<urn:s>\n  <urn:p> <urn:o> ;\n.\n"

    def test_triple_given_twice_is_written_once(self) -> None:
        """A graph holds a statement or not, never twice."""
        assert write_turtle([(S, P, '"a"')] * 2, PREFIXES) == write_turtle(
            [(S, P, '"a"')], PREFIXES
        )


class TestLiterals:
    @pytest.mark.parametrize(
        ("literal", "written"),
        [
            ('"1"^^xsd:integer', "1"),
            ('"01"^^xsd:integer', "01"),
            ('"-0"^^xsd:integer', "-0"),
            ('"+5"^^xsd:integer', "+5"),
            ('""^^xsd:integer', '""^^xsd:integer'),
            ('"1 "^^xsd:integer', '"1 "^^xsd:integer'),
            ('"\u0661"^^xsd:integer', '"\u0661"^^xsd:integer'),
            ('"1"^^xsd:int', '"1"^^xsd:int'),
            ('"1.50"^^xsd:decimal', "1.50"),
            ('".5"^^xsd:decimal', ".5"),
            ('"5."^^xsd:decimal', '"5."^^xsd:decimal'),
            ('"5"^^xsd:decimal', '"5"^^xsd:decimal'),
            ('"1e3"^^xsd:double', "1e3"),
            ('"1.E-3"^^xsd:double', "1.E-3"),
            ('".5E+07"^^xsd:double', ".5E+07"),
            ('"1.5"^^xsd:double', '"1.5"^^xsd:double'),
            ('"INF"^^xsd:double', '"INF"^^xsd:double'),
            ('"1e3"^^xsd:float', '"1e3"^^xsd:float'),
            ('"true"^^xsd:boolean', "true"),
            ('"1"^^xsd:boolean', '"1"^^xsd:boolean'),
            ('"TRUE"^^xsd:boolean', '"TRUE"^^xsd:boolean'),
            ('"2015-13-01"^^xsd:date', '"2015-13-01"^^xsd:date'),
        ],
    )
    def test_short_form_is_used_only_where_it_says_the_same(
        self, literal: str, written: str
    ) -> None:
        """Numbers stand bare exactly as they were given; what has no bare form keeps its type."""
        lexical, _, name = literal.partition("^^xsd:")
        datatype = f"http://www.w3.org/2001/XMLSchema#{name}"

        text = write_turtle([(S, P, f"{lexical}^^<{datatype}>")], PREFIXES)

        (quad,) = parse(text.encode(), format=RdfFormat.TURTLE)
        assert f"\n  ex:p {written} ;\n" in text
        assert (f'"{quad.object.value}"', quad.object.datatype.value) == (lexical, datatype)

    @pytest.mark.parametrize(
        "literal",
        [
            r'"tab\tline\nreturn\rquote\"backslash\\"',
            r'"C:\\new\\table \\u0041"',
            r'"null\u0000escape\u001Bdelete\u007F"',
            '"ąčęė 😀 \u2028 \u00a0"',
            '"text"@zh-hant-tw',
            '"<b>&amp;</b>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>',
        ],
    )
    def test_text_is_kept_to_the_letter(self, literal: str) -> None:
        """Escapes, control characters and characters of any script come back as they were."""
        rows = rows_of(write_turtle([(S, P, literal)], PREFIXES))

        assert rows == [(S, P, literal)]

    def test_only_a_language_or_datatype_makes_two_texts(self) -> None:
        """The same words in two languages are two values."""
        values = {'"a"', '"a"@en', '"a"@lt', '"a"^^<urn:d>'}

        rows = rows_of(write_turtle([(S, P, value) for value in values], PREFIXES))

        assert {row[2] for row in rows} == values


class TestDeterminism:
    def test_text_is_the_same_in_every_process(self) -> None:
        """Python's random order of sets does not show."""
        program = (
            "from lod.rdf.prefixes import Prefixes\n"
            "from lod.rdf.turtle import write_turtle\n"
            "rows = {(f'<urn:s{a}>', f'<urn:p{b}>', value)"
            " for a in range(5) for b in range(5) for value in ('<urn:o>', '\"x\"@en', '_:n')}\n"
            "print(write_turtle(rows, Prefixes({'s': 'urn:s', 'p': 'urn:p'})))\n"
        )

        texts = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("0", "1", "2")
        }

        assert len(texts) == 1

    def test_nested_nodes_are_ordered_by_what_they_say(self) -> None:
        """What a blank node is called does not show where it stands inside its user."""
        one = [(S, P, "_:a"), (S, P, "_:b"), ("_:a", Q, '"1"'), ("_:b", Q, '"2"')]
        other = [(S, P, "_:a"), (S, P, "_:b"), ("_:a", Q, '"2"'), ("_:b", Q, '"1"')]

        assert write_turtle(one, PREFIXES) == write_turtle(other, PREFIXES)


class TestTrig:
    def test_graphs_stand_by_name_under_one_list_of_prefixes(self) -> None:
        """Each graph is a block; blocks are sorted by name, prefixes declared once at the top."""
        graphs = {f"{BASE}id/thing/b": [(S, Q, '"2"')], "urn:c": [(S, P, S)], f"{BASE}a": []}

        written = write_trig(graphs, PREFIXES)

        assert written == (
            EX + "\n<https://data.example/a> {\n}\n"
            '\nex:b {\nex:s\n  ex:q "2" ;\n.\n}\n'
            "\n<urn:c> {\nex:s\n  ex:p ex:s ;\n.\n}\n"
        )

    def test_no_graph_is_no_text(self) -> None:
        """Nothing to write is an empty text."""
        assert write_trig({}, PREFIXES) == ""

    def test_blank_node_of_two_graphs_stays_one_node(self) -> None:
        """What two graphs say of one blank node is still of one blank node when read back."""
        graphs = {f"{BASE}a": [(S, P, "_:n")], f"{BASE}b": [("_:n", Q, '"2"')]}

        written = write_trig(graphs, PREFIXES)

        lines = f'{S} {P} _:n <{BASE}a> .\n_:n {Q} "2" <{BASE}b> .\n'
        assert read(written.encode(), "trig") == read(lines.encode(), "nq")

    def test_node_of_one_graph_is_nested(self) -> None:
        """A blank node that one graph alone uses, once, stands inside its user."""
        graphs = {f"{BASE}a": [(S, P, "_:n"), ("_:n", Q, '"2"')], f"{BASE}b": [(S, P, S)]}

        assert '  ex:p [\n    ex:q "2" ;\n  ] ;\n' in write_trig(graphs, PREFIXES)
