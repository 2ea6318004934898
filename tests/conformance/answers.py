"""Answers as values: what a query gave, what its test expects, and how far these agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from lod.rdf.namespaces import RDF, XSD
from lod.rdf.terms import Term
from support.graphs import canonical

Row = tuple[tuple[str, Term], ...]
"""The bound variables of a solution, sorted by name."""

_VARIABLE = "urn:x-test:variable:"
_INTEGERS = frozenset(
    XSD[name].value
    for name in (
        "integer",
        *("nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger"),
        *("long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_FLOATS = frozenset([XSD.double.value, XSD.float.value])
_TIMES = frozenset([XSD.date.value, XSD.dateTime.value, XSD.time.value])
_BOOLEANS = {"1": "true", "0": "false"}


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a query; ``is_ordered`` when their order is part of the answer."""

    variables: frozenset[str]
    rows: tuple[Row, ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """The triples of a graph."""

    triples: frozenset[Triple]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer."""

    message: str


Answer = Table | Graph | Refusal | bool


class Match(Enum):
    """How far two answers agree; blank nodes may have other labels."""

    EXACT = "the same terms"
    BY_VALUE = "the same values, some in another lexical form"
    NONE = "different"


def row(bindings: Mapping[str, Term | None]) -> Row:
    """Return a row; variables without a value are left out."""
    bound = ((name, term) for name, term in bindings.items() if term is not None)
    return tuple(sorted(bound, key=lambda pair: pair[0]))


def answer(results: QuerySolutions | QueryBoolean | QueryTriples, *, is_ordered: bool) -> Answer:
    """Return what an engine or a parser gave, read to its end."""
    if isinstance(results, QueryBoolean):
        return bool(results)
    if isinstance(results, QueryTriples):
        return Graph(frozenset(results))
    names = [variable.value for variable in results.variables]
    rows = tuple(row(dict(zip(names, solution, strict=True))) for solution in results)
    return Table(frozenset(names), rows, is_ordered)


def match(expected: Answer, given: Answer, *, is_lax: bool = False) -> Match:
    """Say how far the answer given is the one expected.

    :param is_lax: whether the one given may hold fewer duplicates (REDUCED).
    """
    if _same(expected, given, _as_it_is, is_lax=is_lax):
        return Match.EXACT
    return Match.BY_VALUE if _same(expected, given, by_value, is_lax=is_lax) else Match.NONE


def by_value(term: Term) -> Term:
    """Return the term that stands for all with the same value, alone or in a triple.

    Numbers, booleans and times are what engines rewrite; an integer is no decimal here.
    """
    if isinstance(term, Triple):
        return Triple(term.subject, term.predicate, by_value(term.object))
    if not isinstance(term, Literal):
        return term
    try:
        return _literal_by_value(term)
    except (ValueError, InvalidOperation):  # an ill-typed literal has no value
        return term


def _literal_by_value(term: Literal) -> Literal:
    text, datatype = term.value, term.datatype.value
    if datatype in _INTEGERS:
        return Literal(str(int(text)), datatype=XSD.integer)
    if datatype == XSD.decimal.value:
        return Literal(f"{Decimal(text).normalize():f}", datatype=XSD.decimal)
    if datatype in _FLOATS:
        return Literal(repr(float(text)), datatype=term.datatype)
    if datatype == XSD.boolean.value:
        return Literal(_BOOLEANS.get(text, text), datatype=XSD.boolean)
    if datatype in _TIMES and text.endswith(("+00:00", "-00:00")):
        return Literal(f"{text[:-6]}Z", datatype=term.datatype)
    return term


def _as_it_is(term: Term) -> Term:
    return term


def _same(expected: Answer, given: Answer, read: Callable[[Term], Term], *, is_lax: bool) -> bool:
    if isinstance(expected, Table) and isinstance(given, Table):
        if expected.variables != given.variables:
            return False
        if is_lax and len(given.rows) > len(expected.rows):
            return False
        first, second = (
            canonical(_solutions(_read(table, read), expected.is_ordered, is_lax=is_lax))
            for table in (expected, given)
        )
        return first == second
    if isinstance(expected, Graph) and isinstance(given, Graph):
        first, second = (
            canonical(Quad(each.subject, each.predicate, read(each.object)) for each in triples)
            for triples in (expected.triples, given.triples)
        )
        return first == second
    return isinstance(expected, bool) and expected is given


def _read(table: Table, read: Callable[[Term], Term]) -> list[Row]:
    return [tuple((name, read(term)) for name, term in each) for each in table.rows]


def _solutions(rows: Sequence[Row], is_ordered: bool, *, is_lax: bool) -> Iterable[Quad]:
    """Return rows as a graph: each one a node with its values and its place or its number."""
    if is_ordered:
        marked = [(each, f"place {place}") for place, each in enumerate(rows)]
    elif is_lax:
        marked = [(each, "once or more") for each in set(rows)]
    else:
        marked = [(each, f"{number} times") for each, number in Counter(rows).items()]
    for number, (each, mark) in enumerate(marked):
        node = BlankNode(f"solution-{number}")
        yield Quad(node, RDF.value, Literal(mark))
        for name, term in each:
            yield Quad(node, NamedNode(f"{_VARIABLE}{name}"), term)
