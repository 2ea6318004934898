"""Terms as canonical N-Triples text."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from lod.rdf.namespaces import RDF, XSD
from lod.rdf.terms import Term, is_blank, is_iri, is_literal, lines, read_quads, read_term
from lod.rdf.terms import split_literal as split

A = NamedNode("https://data.example/a")
TERMS: list[Term] = [
    A,
    NamedNode("https://data.example/gänseblümchen?a=b&c#d"),
    BlankNode("f0x1"),
    Literal("text"),
    Literal(""),
    Literal("labas", language="lt"),
    Literal("hello", language="en-gb"),
    Literal("1.50", datatype=XSD.decimal),
    Literal("01", datatype=XSD.integer),
    Literal("2015-13-01", datatype=XSD.date),
    Literal("{}", datatype=RDF.JSON),
    Literal('a "quoted" \\ word @en ^^<x>'),
    Literal("tab\tline\nreturn\rbell\x07null\x00delete\x7f"),
    Literal("C:\\new\\table \\u0041"),
    Literal("😀 \U0001f600 \u2028 \ufffe"),
]
TRIPLES = [Triple(A, A, Literal("x", language="en")), Triple(A, A, Triple(A, A, BlankNode("b")))]


def triple_term(triple: Triple) -> str:
    """Return a triple as it stands within a quad."""
    inner = triple.object
    last = triple_term(inner) if isinstance(inner, Triple) else str(inner)
    return f"<<( {triple.subject} {triple.predicate} {last} )>>"


class TestKinds:
    @pytest.mark.parametrize("term", TERMS, ids=str)
    def test_text_tells_what_kind_of_term_it_is(self, term: Term) -> None:
        """An IRI, a blank node, a literal and a triple are told apart by how they start."""
        text = str(term)

        assert is_iri(text) == isinstance(term, NamedNode)
        assert is_blank(text) == isinstance(term, BlankNode)
        assert is_literal(text) == isinstance(term, Literal)

    @pytest.mark.parametrize("triple", TRIPLES, ids=str)
    def test_triple_term_is_none_of_them(self, triple: Triple) -> None:
        """A triple that is spoken of starts like an IRI and is none."""
        text = triple_term(triple)

        assert not is_iri(text)
        assert not is_blank(text)
        assert not is_literal(text)


class TestSplitLiteral:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ('"labas"@lt', ('"labas"', "lt", "")),
            ('"a"@en-gb', ('"a"', "en-gb", "")),
            ('"a"', ('"a"', "", "")),
            ('""', ('""', "", "")),
            ('"1.50"^^<http://x.example/d>', ('"1.50"', "", "http://x.example/d")),
            (r'"a \"b\"@en"', (r'"a \"b\"@en"', "", "")),
            (r'"a \"b\"@en"@lt', (r'"a \"b\"@en"', "lt", "")),
            (r'"\"^^<x:y>"', (r'"\"^^<x:y>"', "", "")),
            (r'"\\"', (r'"\\"', "", "")),
        ],
    )
    def test_parts_are_taken_apart(self, text: str, parts: tuple[str, str, str]) -> None:
        """A text keeps its escapes; what only looks like a language or datatype is part of it."""
        assert split(text) == parts


class TestReadTerm:
    @pytest.mark.parametrize("term", TERMS, ids=str)
    def test_term_is_read_back_exactly(self, term: Term) -> None:
        """Nothing of a term is lost in its text: no zero, no escape, no language."""
        assert read_term(str(term)) == term

    @pytest.mark.parametrize("triple", TRIPLES, ids=str)
    def test_triple_term_is_read_back(self, triple: Triple) -> None:
        """A triple that is spoken of is read, triples within it too."""
        assert read_term(triple_term(triple)) == triple


class TestReadQuads:
    def test_quads_are_read_back_in_their_order(self) -> None:
        """What is written as lines is read back as it was, named graphs included."""
        quads = [Quad(A, A, term, A) for term in [*TERMS, *TRIPLES]] + [Quad(BlankNode("b"), A, A)]

        assert read_quads(lines(quads)) == quads


class TestLines:
    def test_each_statement_is_a_line(self) -> None:
        """Statements stand one a line, in the order given, doubles included."""
        triple = Triple(A, A, Literal("two\nlines"))

        written = lines([triple, Quad(A, A, A, A), triple])

        iri = "<https://data.example/a>"
        assert written.decode().splitlines() == [
            f'{iri} {iri} "two\\nlines" .',
            f"{iri} {iri} {iri} {iri} .",
            f'{iri} {iri} "two\\nlines" .',
        ]

    def test_nothing_is_no_line(self) -> None:
        """An empty graph is an empty text."""
        assert lines([]) == b""
