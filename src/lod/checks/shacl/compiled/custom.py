"""Constraint components that a shapes graph declares itself (SHACL §6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lod.checks.shacl.compiled.declared import Reader, is_true
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.queries import Query, asked, messages, one_text
from lod.checks.shacl.compiled.shapes import Constraint, Shape
from lod.checks.shacl.refusals import unusable
from lod.rdf.namespaces import SH
from lod.rdf.terms import is_iri

_PARAMETER, _PATH, _OPTIONAL = str(SH.parameter), str(SH.path), str(SH.optional)
_ASK, _SELECT = str(SH.ask), str(SH.select)
_VALIDATOR = str(SH.validator)
_NODE_VALIDATOR, _PROPERTY_VALIDATOR = str(SH.nodeValidator), str(SH.propertyValidator)
_LOCAL = re.compile(r"[\w-]*\Z")
_ALWAYS = ("this", "shapesGraph", "currentShape")
_TAKEN = {*_ALWAYS, "path", "PATH", "value"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a component: its property, its variable, and whether it may be left out."""

    predicate: str
    name: str
    is_optional: bool


class CustomComponent:
    """A component with the queries that validate."""

    def __init__(self, reader: Reader, node: str, parameters: Sequence[Parameter]) -> None:
        self._reader = reader
        self._graph: Graph = reader.graph
        self._node = node
        self._parameters = parameters

    def users(self) -> Iterable[str]:
        """Return the shapes that have all the parameters that must be there (§6.2.1)."""
        needed = [each.predicate for each in self._parameters if not each.is_optional]
        first, *others = (self._graph.index(predicate).keys() for predicate in needed)
        return set(first).intersection(*others)

    def constraints(self, shape: Shape) -> Iterator[Constraint]:
        """Yield the constraints that a shape declares with its parameters."""
        if shape.node not in self.users():
            return
        given = [
            (each, self._graph.values(shape.node, each.predicate)) for each in self._parameters
        ]
        several = [each.name for each, values in given if len(values) > 1]
        if several and len(given) > 1:
            said = f"The parameter {several[0]} has several values beside another parameter."
            raise unusable(said, [*shape.within, shape.node], self._node[1:-1])
        if several:
            ((parameter, values),) = given
            for value in values:
                yield self._constraint(shape, {parameter.name: value})
        else:
            yield self._constraint(
                shape, {each.name: values[0] for each, values in given if values}
            )

    def _constraint(self, shape: Shape, bound: Mapping[str, str]) -> Constraint:
        validator, form = self._validator(shape)
        predicate = _ASK if form == "ASK" else _SELECT
        text = one_text(self._graph, validator, predicate, shape)
        self._reader.wants_all = True
        by_value = form == "ASK"
        names = [*_ALWAYS, *bound, *(["value"] if by_value else [])]
        question = asked(self._reader, shape, validator, text, names, form)
        query = Query(shape, question, bound, by_value=by_value)
        return Constraint(
            self._node[1:-1],
            query.denied if by_value else query.solved,
            asker=query,
            messages=messages(self._graph, validator),
            bound=bound,
        )

    def _validator(self, shape: Shape) -> tuple[str, str]:
        """Return the validator for a shape (§6.2.3) and the form of its query."""
        own = _NODE_VALIDATOR if shape.path is None else _PROPERTY_VALIDATOR
        for predicate, query, form in ((own, _SELECT, "SELECT"), (_VALIDATOR, _ASK, "ASK")):
            validators = sorted(self._graph.values(self._node, predicate))
            for each in validators:
                if self._graph.values(each, query):
                    return each, form
            if validators:
                name = predicate[1:-1].removeprefix(SH.iri)
                said = f"No sh:{name} of its component is a query that begins with {form}."
                raise unusable(said, [*shape.within, shape.node], self._node[1:-1])
        said = "Its component has no validator for this kind of shapes."
        raise unusable(said, [*shape.within, shape.node], self._node[1:-1])


def custom_components(reader: Reader) -> list[CustomComponent]:
    """Return the components that a shapes graph declares.

    :raises ShapesRefusedError: when one has no parameters, or one that cannot be a variable.
    """
    found = []
    for node in sorted(reader.graph.instances(str(SH.ConstraintComponent))):
        if not node.startswith(f"<{SH.iri}"):
            parameters = [
                _parameter(reader.graph, node, each)
                for each in reader.graph.values(node, _PARAMETER)
            ]
            if all(each.is_optional for each in parameters):
                said = "A component needs a parameter that is not optional."
                raise unusable(said, [node])
            found.append(CustomComponent(reader, node, parameters))
    return found


def _parameter(graph: Graph, component: str, node: str) -> Parameter:
    predicate = graph.one(node, _PATH)
    if predicate is None or not is_iri(predicate):
        raise unusable("A parameter needs an IRI as its sh:path.", [component])
    local = _LOCAL.search(predicate[1:-1])
    name = local[0] if local else ""
    if not re.fullmatch(r"[^\W\d]\w*", name) or name in _TAKEN:
        said = f"The parameter {predicate} has no name that a variable may have."
        raise unusable(said, [component])
    return Parameter(predicate, name, any(map(is_true, graph.values(node, _OPTIONAL))))
