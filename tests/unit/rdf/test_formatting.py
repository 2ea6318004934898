"""Turtle and TriG as the formatter lays them out."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from lod.rdf.formatting import format_turtle
from lod.rdf.tokens import NotScannableError

HEADER = """\
@prefix ex: <http://data.example/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def body(text: str) -> str:
    """Return the layout of blocks below the usual declarations, without these."""
    formatted = format_turtle(f"{HEADER}{text}")
    start = f"{HEADER}\n"
    assert formatted.startswith(start)
    assert format_turtle(formatted) == formatted
    return formatted.removeprefix(start)


def head(text: str) -> str:
    """Return the layout of a text."""
    formatted = format_turtle(text)
    assert format_turtle(formatted) == formatted
    return formatted


class TestStatements:
    def test_each_has_its_line(self) -> None:
        """What it is comes first, then names, meaning and the rest by name."""
        assert (
            body(
                "ex:oak ex:size 3;rdfs:seeAlso ex:ash , ex:Elm, <http://a.example/>;"
                'skos:definition "A tree."@en; rdfs:label "oak"@en,"Eiche"@de;a ex:Tree.'
            )
            == """\
ex:oak
  a ex:Tree ;
  rdfs:label
    "Eiche"@de ,
    "oak"@en ;
  skos:definition "A tree."@en ;
  ex:size 3 ;
  rdfs:seeAlso
    <http://a.example/> ,
    ex:Elm ,
    ex:ash ;
.
"""
        )

    def test_values_stand_by_kind_and_language_else_as_written(self) -> None:
        """IRIs come first, then plain and typed values as they came, then texts by language."""
        values = '"b"@lt , 10 , "z" , _:x , "c"@en , "a"@lt , ex:y , 2 , [] , "1"^^xsd:byte'

        lines = body(f"ex:a ex:p {values} .").splitlines()[2:-1]

        assert [line.strip(" ,;") for line in lines] == [
            *("ex:y", "10", '"z"', "2", '"1"^^xsd:byte', '"c"@en', '"b"@lt', '"a"@lt', "_:x", "[]")
        ]

    def test_predicate_that_comes_twice_is_written_once(self) -> None:
        """The values of a predicate stand together, whatever the predicate was called."""
        text = "ex:a ex:p 2 ; ex:q 3 ; # three\n # one\n <http://data.example/p> # p\n 1 ."

        assert (
            body(text)
            == """\
ex:a
  ex:p
    2 ,
    # one
    # p
    1 ;
  ex:q 3 ; # three
.
"""
        )

    def test_blocks_stay_where_they_are(self) -> None:
        """Subjects are neither sorted nor joined: the author's order has reasons."""
        assert body("ex:b ex:p 1 .\n\n\n\nex:a ex:p 1 . ex:b ex:p 2 .") == (
            "ex:b\n  ex:p 1 ;\n.\n\nex:a\n  ex:p 1 ;\n.\n\nex:b\n  ex:p 2 ;\n.\n"
        )

    def test_type_is_written_a(self) -> None:
        """The type is ``a``, however it was written."""
        for name in ("a", "rdf:type", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"):
            text = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
            assert head(f"{text}<x:s> {name} <x:T> .").endswith("\n<x:s>\n  a <x:T> ;\n.\n")


class TestNames:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("<http://data.example/oak>", "ex:oak"),
            ("<http://data.example/>", "ex:"),
            ("<http://data.example/a/b>", "<http://data.example/a/b>"),
            ("<http://data.example/a%20b>", "<http://data.example/a%20b>"),
            ("<http://data.example/end.>", "<http://data.example/end.>"),
            ("<http://data.example/\\u0061>", "<http://data.example/\\u0061>"),
            ("<oak>", "<oak>"),
            ("<HTTP://data.example/oak>", "<HTTP://data.example/oak>"),
            ("<http://data.example/x/../oak>", "<http://data.example/x/../oak>"),
            ("ex:a\\,b", "ex:a\\,b"),
            ('"1"^^<http://www.w3.org/2001/XMLSchema#byte>', '"1"^^xsd:byte'),
        ],
    )
    def test_iri_is_shortened_where_a_prefix_fits(self, written: str, expected: str) -> None:
        """A declared prefix is used; an IRI is never made another one for it."""
        assert body(f"ex:s ex:p {written} .") == f"ex:s\n  ex:p {expected} ;\n.\n"

    def test_prefix_counts_from_its_declaration_on(self) -> None:
        """A name means what its prefix means there, so declarations between blocks stay."""
        text = """\
<http://a.example/x> <http://p.example/p> <http://b.example/x> .
@prefix e: <http://a.example/> .
<http://a.example/x> <http://p.example/p> <http://b.example/x> .
PREFIX e: <http://b.example/>
<http://a.example/x> <http://p.example/p> <http://b.example/x> .
"""
        statement = "<http://a.example/x>\n  <http://p.example/p> <http://b.example/x> ;\n.\n"

        assert head(text) == (
            f"{statement}\n@prefix e: <http://a.example/> .\n\n"
            f"{statement.replace('<http://a.example/x>', 'e:x')}\n"
            f"@prefix e: <http://b.example/> .\n\n"
            f"{statement.replace('<http://b.example/x>', 'e:x')}"
        )


class TestDeclarations:
    def test_they_are_sorted_and_none_is_taken_away(self) -> None:
        """Prefixes stand by name, unused ones too."""
        assert head("PREFIX b: <x:b>\n@prefix : <x:> .\n\nprefix a:<x:a>") == (
            "@prefix : <x:> .\n@prefix a: <x:a> .\n@prefix b: <x:b> .\n"
        )

    def test_base_keeps_its_place(self) -> None:
        """A base changes what comes after it, so nothing moves across."""
        text = "@prefix b: <b> .\n@prefix a: <a> .\nBASE <http://b.example/>\n@prefix a: <a> .\n"

        assert head(text) == (
            "@prefix a: <a> .\n@prefix b: <b> .\n@base <http://b.example/> .\n@prefix a: <a> .\n"
        )

    def test_prefix_declared_twice_keeps_the_order(self) -> None:
        """Which of two declarations counts is the author's business."""
        text = "@prefix b: <x:1> .\n@prefix a: <x:2> .\n@prefix b: <x:3> .\n"

        assert head(text) == text

    def test_version_stays(self) -> None:
        """A text that says which version it is says so afterwards."""
        assert head('VERSION "1.2"\n<x:s> <x:p> 1 .').startswith('@version "1.2" .\n\n<x:s>\n')

    def test_comments_at_the_top_stay_at_the_top(self) -> None:
        """What the file is about is said first; another comment goes with its declaration."""
        text = """\
# About the file.
# More about it.

# Ours.
@prefix b: <x:b> . # b
@prefix a: <x:a> . # a
"""
        assert (
            head(text)
            == """\
# About the file.
# More about it.

@prefix a: <x:a> . # a
# Ours.
@prefix b: <x:b> . # b
"""
        )

    def test_comment_right_above_the_first_is_about_the_file(self) -> None:
        """A single comment at the top stays there when declarations are sorted."""
        assert head("# About.\n@prefix b: <x:b> .\n# Ours.\n@prefix a: <x:a> .\n") == (
            "# About.\n\n# Ours.\n@prefix a: <x:a> .\n@prefix b: <x:b> .\n"
        )


class TestLiterals:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("'single'", '"single"'),
            ("''", '""'),
            ("''''''", '""""""'),
            ("'it\\'s'", '"it\\\'s"'),
            ("'say \"so\"'", "'say \"so\"'"),
            ('"\\u0161 \\t \\""', '"\\u0161 \\t \\""'),
            ('"""long"""', '"""long"""'),
            ("'''a\nb'''", '"""a\nb"""'),
            ("'''a \"b\" '''", "'''a \"b\" '''"),
            ('"""a\r\nb"""', '"""a\r\nb"""'),
            ('"a" @en-GB', '"a"@en-GB'),
            ('"a" ^^ xsd:token', '"a"^^xsd:token'),
            ("01", "01"),
            ("+1.50", "+1.50"),
            ("1.e0", "1.e0"),
            ("true", "true"),
            ('"1"^^xsd:integer', '"1"^^xsd:integer'),
        ],
    )
    def test_form_is_kept(self, written: str, expected: str) -> None:
        """Values stay as they are written, but for quotes that can be the usual ones."""
        assert body(f"ex:s ex:p {written} .") == f"ex:s\n  ex:p {expected} ;\n.\n"


class TestNodes:
    def test_bracket_that_says_one_thing_stays_in_its_line(self) -> None:
        """A short blank node is short."""
        assert body("ex:s ex:p [\n ex:q\n [ ex:r 1 ; ] ]  .") == (
            "ex:s\n  ex:p [ ex:q [ ex:r 1 ] ] ;\n.\n"
        )

    def test_bracket_that_says_more_is_indented(self) -> None:
        """A statement more in a blank node is a line more."""
        assert (
            body("ex:s ex:p [ ex:r 1 ; a ex:T ; ex:q [ ex:a 1, 2 ] ] .")
            == """\
ex:s
  ex:p [
    a ex:T ;
    ex:q [
      ex:a
        1 ,
        2 ;
    ] ;
    ex:r 1 ;
  ] ;
.
"""
        )

    def test_collection_stays_in_its_line_while_it_fits(self) -> None:
        """Members stand side by side, in a hundred columns at most."""
        members = " ".join(f"ex:member-{number}" for number in range(7))
        fits = f"ex:s\n  ex:ps ( {members} 12 ) ;\n.\n"
        assert max(map(len, fits.split("\n"))) == 100

        broken = body(f"ex:s ex:ps ( {members} 123 ) .").split("\n")

        assert body(fits) == fits
        assert broken[1:3] == ["  ex:ps (", "    ex:member-0"]
        assert broken[-5:] == ["    ex:member-6", "    123", "  ) ;", ".", ""]

    def test_bracket_in_a_collection_may_say_more_in_its_line(self) -> None:
        """Alternatives in a list read better side by side."""
        text = "ex:s\n  ex:or ( [ ex:p 1 ; ex:q 2 ] ex:a () [] ) ;\n.\n"

        assert body(text) == text

    def test_node_that_is_a_subject(self) -> None:
        """A blank node that nothing leads to is a block of its own."""
        assert body("[ ex:q 1 ; ex:p 2 ] . [] ex:p 1 . [ ex:p 1 ] ex:q 2 . ( 1 ) ex:p 2 .") == (
            "[\n  ex:p 2 ;\n  ex:q 1 ;\n] .\n\n[]\n  ex:p 1 ;\n.\n\n"
            "[ ex:p 1 ]\n  ex:q 2 ;\n.\n\n( 1 )\n  ex:p 2 ;\n.\n"
        )

    @pytest.mark.parametrize(("start", "end"), [("[ ex:p ", " ]"), ("( ", " )")])
    def test_what_is_nested_too_deeply_stays_as_written(self, start: str, end: str) -> None:
        """A block that no line could hold is left alone, and quickly."""
        block = f"ex:s ex:p {start * 50_000}1{end * 50_000} ."

        assert body(f"{block} ex:s ex:p 1 .") == f"{block}\n\nex:s\n  ex:p 1 ;\n.\n"


class TestTexts:
    def test_nothing_is_nothing(self) -> None:
        """An empty file stays empty."""
        assert format_turtle("") == ""
        assert format_turtle(" \n\n") == ""

    def test_comments_alone_stay(self) -> None:
        """A file of comments keeps them, in groups."""
        assert head("\n\n# a\n#b \n\n\n\n   # c") == "# a\n#b\n\n# c\n"

    def test_line_ends_are_those_of_unix(self) -> None:
        """Carriage returns and a byte order mark go, but not from within texts."""
        text = '\ufeff# a\r\n\r\n<x:s> <x:p> """b\r\nc""" ; # d\r\n .\r\n'

        assert head(text) == '# a\n\n<x:s>\n  <x:p> """b\r\nc""" ; # d\n.\n'

    @pytest.mark.parametrize("text", ["ex:s", "ex:s ex:p (", "§", "ex:s ex:p [ . ]", '"a'])
    def test_what_is_no_turtle_is_refused(self, text: str) -> None:
        """The formatter writes nothing about a text that ends in the middle."""
        with pytest.raises(NotScannableError):
            format_turtle(text)


class TestTrig:
    def test_graphs_are_indented(self) -> None:
        """Each graph holds its blocks; the default graph's need no braces and may have them."""
        text = """\
ex:g { ex:s ex:p 1 . # one
ex:t ex:p 2 } GRAPH <http://data.example/h> {}
# above
{ # behind
ex:s ex:p 1
# below
} # last
"""
        assert (
            body(text)
            == """\
ex:g {
  ex:s
    ex:p 1 ; # one
  .

  ex:t
    ex:p 2 ;
  .
}

ex:h {
}

# above
{ # behind
  ex:s
    ex:p 1 ;
  .

  # below
} # last
"""
        )


class TestNewerSyntax:
    @pytest.mark.parametrize(
        "block",
        [
            "ex:s ex:q   2 ;  ex:p <<( ex:a ex:b ex:c )>> .",
            "ex:s  ex:p ex:o ~ ex:r {| ex:q 1 ; # inner\n ex:a 2 |} .",
            "<< ex:s ex:p ex:o >>  ex:q 1 .",
            "ex:s ex:p [ ex:q ex:o  {| ex:r 1 |} ] .",
        ],
    )
    def test_block_stays_as_written(self, block: str) -> None:
        """What RDF 1.2 adds is not laid out, and the blocks around it are."""
        text = f"# above\n{block} # behind\nex:s ex:p 1 ."

        assert list(parse(f"{HEADER}{block}".encode(), format=RdfFormat.TURTLE))
        assert body(text) == f"# above\n{block} # behind\n\nex:s\n  ex:p 1 ;\n.\n"

    def test_block_in_a_graph_stays_as_written(self) -> None:
        """The end of a graph is the end of such a block too."""
        text = "ex:g { ex:s ex:p <<( ex:a ex:b ex:c )>> # why\n }"

        assert body(text) == "ex:g {\n  ex:s ex:p <<( ex:a ex:b ex:c )>> # why\n}\n"
