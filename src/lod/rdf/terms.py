"""Terms as text: the canonical N-Triples form, in which files, index and dumps keep them exactly.

``str()`` gives this form of every pyoxigraph term but a triple term, ``term_text`` of all; the
other functions take it apart again.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

Term = NamedNode | BlankNode | Literal | Triple

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
LANGUAGE_STRINGS = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString",
)


class Line(NamedTuple):
    """A statement as the canonical texts of its terms; ``graph`` is empty in the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


def term_text(term: Term) -> str:
    """Return the canonical text of a term, that of a triple term included (RDF 1.2)."""
    if isinstance(term, Triple):
        parts = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(term_text(part) for part in parts)} )>>"
    return str(term)


def is_iri(text: str) -> bool:
    """Whether the text is an IRI (and not a triple term, which also starts with ``<``)."""
    return text.startswith("<") and not text.startswith("<<")


def is_blank(text: str) -> bool:
    """Whether the text is a blank node."""
    return text.startswith("_:")


def is_literal(text: str) -> bool:
    """Whether the text is a literal."""
    return text.startswith('"')


def split_literal(text: str) -> tuple[str, str, str]:
    """Return (quoted lexical form, language tag, datatype IRI) of a literal.

    The lexical form keeps its quotes and escapes; of language and datatype at most one is there.

    >>> split_literal('"labas"@lt')
    ('"labas"', 'lt', '')
    """
    end = text.rindex('"') + 1
    rest = text[end:]
    if rest.startswith("@"):
        return text[:end], rest[1:], ""
    if rest.startswith("^^"):
        return text[:end], "", rest[3:-1]
    return text, "", ""


def lexical_form(text: str) -> str:
    """Return the lexical form of a literal, without quotes and escapes.

    >>> lexical_form('"a \\\\"b\\\\""@en')
    'a "b"'
    """
    if "\\" not in text:
        return text[1 : text.rindex('"')]
    term = read_term(text)
    assert isinstance(term, Literal)  # noqa: S101 - the caller's promise
    return term.value


def split_lines(n_quads: bytes) -> list[Line]:
    """Return the lines of canonical N-Quads, each in its named graph.

    Taking text apart is several times quicker than parsing it, and keeps the terms as they are.
    """
    found = []
    make = Line._make  # half the time of a call with four arguments
    for line in n_quads.decode().split("\n"):
        if line:
            subject, predicate, rest = line.split(" ", 2)
            found.append(make((subject, predicate, *rest[:-2].rsplit(" ", 1))))
    return found


def as_lines(statements: Iterable[Quad | Triple]) -> list[Line]:
    """Return statements as lines, in the order given."""
    return [
        Line(
            str(each.subject),
            str(each.predicate),
            term_text(each.object),
            str(each.graph_name)
            if isinstance(each, Quad) and isinstance(each.graph_name, NamedNode)
            else "",
        )
        for each in statements
    ]


def read_quads(lines: bytes) -> list[Quad]:
    """Return the quads of canonical N-Quads."""
    return list(parse(BytesIO(lines), format=RdfFormat.N_QUADS, lenient=True))


def read_term(text: str) -> Term:
    """Return the term of one canonical text."""
    if is_iri(text):
        return NamedNode(text[1:-1])
    if is_blank(text):
        return BlankNode(text[2:])
    return read_quads(f"<x:> <x:> {text} .".encode())[0].object


def lines(quads: Iterable[Quad | Triple]) -> bytes:
    """Return quads or triples as canonical N-Quads or N-Triples, in the order given."""
    return "".join(f"{quad} .\n" for quad in quads).encode()
