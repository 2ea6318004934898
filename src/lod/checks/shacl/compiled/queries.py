"""Constraints that are SPARQL queries (SHACL §5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.declared import Declared, Reader, is_true
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.query_text import (
    SHAPES,
    QueryTextError,
    Question,
    read_question,
)
from lod.checks.shacl.compiled.shapes import Checking, Constraint, Found, Shape, Values
from lod.checks.shacl.refusals import unusable
from lod.checks.shacl.results import ShapesRefusedError
from lod.rdf.namespaces import OWL, RDF, RDFS, SH, XSD
from lod.rdf.terms import is_iri, is_literal

COMPONENT = SH.SPARQLConstraintComponent.value

_SELECT, _MESSAGE = str(SH.select), str(SH.message)
_PREFIXES, _DECLARE = str(SH.prefixes), str(SH.declare)
_PREFIX, _NAMESPACE = str(SH.prefix), str(SH.namespace)
_IMPORTS = str(OWL.imports)
_KNOWN = {"owl": OWL.iri, "rdf": RDF.iri, "rdfs": RDFS.iri, "sh": SH.iri, "xsd": XSD.iri}
"""Prefixes that queries may use undeclared, as they may with pySHACL."""


class Query:
    """A query that a shape asks about its focus nodes, or these with each of their values.

    :param bound: terms of the variables bound beforehand, besides those of the row.
    """

    def __init__(
        self, shape: Shape, question: Question, bound: Mapping[str, str], *, by_value: bool
    ) -> None:
        self.shape = shape
        self.question = question
        self._bound = {
            "shapesGraph": f"<{SHAPES}>",
            "currentShape": shape.node,
            **bound,
        }
        self._by_value = by_value

    def rows(self, values: Values) -> Iterator[tuple[str, str | None]]:
        """Yield the focus nodes, or these with each value, that it is asked about."""
        for focus, nodes in values.items():
            if self._by_value:
                yield from ((focus, node) for node in nodes)
            else:
                yield focus, None

    def terms(self, focus: str, value: str | None) -> Iterator[tuple[str, str]]:
        """Yield the variables it names with their terms in a row."""
        terms = {**self._bound, "this": focus}
        if value is not None:
            terms["value"] = value
        for name in self.question.variables:
            if name in terms:
                yield name, terms[name]

    def solved(self, check: Checking, values: Values) -> Iterator[Found]:
        """Yield a result for each solution (SHACL §5.3.2)."""
        for focus, _ in self.rows(values):
            for solution in check.answer(self, focus, None):
                if is_true(solution.get("failure", "_:")):
                    said = f"Its query reports that it failed for {focus}."
                    raise unusable(said, [*self.shape.within, self.shape.node], COMPONENT)
                path = solution.get("path")
                value = solution.get("value", focus if self.shape.path is None else None)
                yield Found(focus, value, path if path and is_iri(path) else None, solution)

    def denied(self, check: Checking, values: Values) -> Iterator[Found]:
        """Yield a result for each value that it answers no for (SHACL §6.2.3)."""
        for focus, value in self.rows(values):
            if not check.answer(self, focus, value):
                yield Found(focus, value, None, {})


def sparql(declared: Declared) -> Iterator[Constraint]:
    """SPARQLConstraintComponent (§5.3): the query finds nothing wrong with a focus node."""
    graph, node, shape = declared.reader.graph, declared.value, declared.shape_around
    if any(map(is_true, graph.values(node, str(SH.deactivated)))):
        return
    text = one_text(graph, node, _SELECT, shape)
    declared.reader.wants_all = True
    names = ("this", "shapesGraph", "currentShape")
    question = asked(declared.reader, shape, node, text, names)
    query = Query(shape, question, {}, by_value=False)
    constraint = declared.constraint("SPARQL", query.solved, asker=query)
    constraint.messages = messages(graph, node)
    yield constraint


def asked(
    reader: Reader, shape: Shape, node: str, text: str, bound: Collection[str], form: str = "SELECT"
) -> Question:
    """Return the question that a constraint or validator has.

    :param bound: names of the variables bound beforehand.
    :raises ShapesRefusedError: when it must not stand in a shape.
    """
    prefixes = declared_prefixes(reader.graph, node, shape)
    try:
        return read_question(text, form, prefixes, bound, shape.path_text)
    except QueryTextError as error:
        raise _refused(shape, str(error)) from None


def declared_prefixes(graph: Graph, node: str, shape: Shape) -> dict[str, str]:
    """Return the prefixes of a query by name (SHACL §5.2.1), those of imports among them."""
    found = dict(_KNOWN)
    seen: set[str] = set()
    waiting = list(graph.values(node, _PREFIXES))
    while waiting:
        owner = waiting.pop()
        if owner in seen:
            continue
        seen.add(owner)
        waiting.extend(graph.values(owner, _IMPORTS))
        for each in graph.values(owner, _DECLARE):
            name, iri = graph.one(each, _PREFIX), graph.one(each, _NAMESPACE)
            if name is None or iri is None:
                raise _refused(shape, "A value of sh:declare needs sh:prefix and sh:namespace.")
            found[literals.string(name)] = literals.string(iri)
    return found


def one_text(graph: Graph, node: str, predicate: str, shape: Shape) -> str:
    """Return the text of a query.

    :raises ShapesRefusedError: when there is none, or several.
    """
    texts = graph.values(node, predicate)
    if len(texts) != 1 or not is_literal(texts[0]):
        name = predicate[1:-1].removeprefix(SH.iri)
        raise _refused(shape, f"A query needs one text as the value of sh:{name}.")
    return literals.string(texts[0])


def messages(graph: Graph, node: str) -> dict[str, str]:
    """Return what a constraint or validator says, by language."""
    found: dict[str, str] = {}
    texts: Sequence[str] = graph.values(node, _MESSAGE)
    for message in sorted(texts, key=literals.string):
        found.setdefault(literals.language(message), literals.string(message))
    return found


def _refused(shape: Shape, text: str) -> ShapesRefusedError:
    return unusable(text, [*shape.within, shape.node], COMPONENT)
