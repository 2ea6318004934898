"""Why a value does not meet a shape made of other shapes.

pySHACL checks the members of sh:or, sh:and, sh:xone, sh:not and sh:qualifiedValueShape, but keeps
what it finds to itself. For a result that is shown they are checked again, for its value alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import rdflib
from pyshacl import Validator
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH
from rdflib.term import Literal, Node

from lod.checks.shacl.extent import EXPLAINED, VALUES


@dataclass(frozen=True, slots=True)
class Case:
    """What a result is about."""

    component: Node | None
    shape: Node | None
    focus: Node | None
    value: Node | None


@dataclass(frozen=True, slots=True)
class Branch:
    """How a value fared with one of the shapes a shape is made of.

    ``outcome`` is told where that is not what ``raw``, its results, say: ``met``, ``counted``,
    ``uncounted`` or ``shared``.
    """

    label: str
    shape: Node
    value: Node
    raw: Sequence[Any] = ()
    outcome: str = ""


class Reasons:
    """Looks for reasons over the graphs of one validation, for so many results and no more."""

    def __init__(self, validator: Validator) -> None:
        self._validator = validator
        self._graph: rdflib.Graph = validator.shacl_graph.graph
        self._left = EXPLAINED
        self._finders: dict[Node | None, Callable[[Case], Iterator[Branch]]] = {
            SH.AndConstraintComponent: self._and,
            SH.OrConstraintComponent: self._or,
            SH.XoneConstraintComponent: self._xone,
            SH.NotConstraintComponent: self._not,
            SH.QualifiedMinCountConstraintComponent: self._too_few,
            SH.QualifiedMaxCountConstraintComponent: self._too_many,
        }

    def of(self, case: Case) -> list[Branch]:
        """Return how the value of a result fared with each shape within, where that says why."""
        finder = self._finders.get(case.component)
        if finder is None or self._left <= 0:
            return []
        self._left -= 1
        try:
            return list(finder(case))
        except ReportableRuntimeError:
            return []  # too deep, and the result itself is told without it

    def count(self, case: Case) -> int | None:
        """Return how many values the property of a result has."""
        return len(self._values(case)) if case.shape is not None else None

    def _and(self, case: Case) -> Iterator[Branch]:
        for members in self._lists(case, SH["and"]):
            for number, member in enumerate(members, 1):
                met, raw = self._check(member, case.value)
                if not met:
                    yield Branch(f"part {number} of {len(members)}", member, _of(case), raw)

    def _or(self, case: Case) -> Iterator[Branch]:
        for members in self._lists(case, SH["or"]):
            checks = [self._check(member, case.value) for member in members]
            if not any(met for met, _ in checks):
                for number, (member, (_, raw)) in enumerate(zip(members, checks, strict=True), 1):
                    yield Branch(f"option {number} of {len(members)}", member, _of(case), raw)

    def _xone(self, case: Case) -> Iterator[Branch]:
        for members in self._lists(case, SH.xone):
            checks = [self._check(member, case.value) for member in members]
            several = sum(met for met, _ in checks) > 1
            if several or not any(met for met, _ in checks):
                for number, (member, (met, raw)) in enumerate(zip(members, checks, strict=True), 1):
                    label = f"option {number} of {len(members)}"
                    if not several:
                        yield Branch(label, member, _of(case), raw)
                    elif met:
                        yield Branch(label, member, _of(case), outcome="met")

    def _not(self, case: Case) -> Iterator[Branch]:
        excluded_shapes = self._graph.objects(case.shape, SH["not"]) if case.value else ()
        for excluded in excluded_shapes:
            if self._check(excluded, case.value)[0]:
                yield Branch("excluded shape", excluded, _of(case), outcome="met")

    def _too_few(self, case: Case) -> Iterator[Branch]:
        for value, shape, met, raw in self._qualified(case):
            if not met:
                yield Branch("", shape, value, raw, outcome="uncounted")
            elif sibling := self._sibling(case, shape, value):
                yield Branch("", sibling, value, outcome="shared")

    def _too_many(self, case: Case) -> Iterator[Branch]:
        for value, shape, met, _ in self._qualified(case):
            if met and not self._sibling(case, shape, value):
                yield Branch("", shape, value, outcome="counted")

    def _qualified(self, case: Case) -> Iterator[tuple[Node, Node, bool, Sequence[Any]]]:
        values = sorted(self._values(case), key=str)[:VALUES]
        for shape in self._graph.objects(case.shape, SH.qualifiedValueShape):
            for value in values:
                yield value, shape, *self._check(shape, value)

    def _sibling(self, case: Case, shape: Node, value: Node) -> Node | None:
        """Return the sibling shape (SHACL §4.7.3) for which a value is not counted, if any."""
        disjoint = self._graph.value(case.shape, SH.qualifiedValueShapesDisjoint)
        if not isinstance(disjoint, Literal) or not disjoint.value:
            return None
        siblings = {
            sibling
            for parent in self._graph.subjects(SH.property, case.shape)
            for other in self._graph.objects(parent, SH.property)
            for sibling in self._graph.objects(other, SH.qualifiedValueShape)
            if sibling != shape
        }
        ordered = sorted(siblings, key=str)
        return next((each for each in ordered if self._check(each, value)[0]), None)

    def _lists(self, case: Case, predicate: Node) -> Iterator[list[Node]]:
        if case.value is not None:
            for head in sorted(self._graph.objects(case.shape, predicate), key=str):
                yield list(self._graph.items(head))

    def _values(self, case: Case) -> set[Node]:
        shape = self._validator.shacl_graph.lookup_shape_from_node(case.shape)
        values: set[Node] = shape.value_nodes(self._validator.target_graph, case.focus)[case.focus]
        return values

    def _check(self, shape: Node, value: Node | None) -> tuple[bool, Sequence[Any]]:
        """Return whether a value meets a shape, and the results if it does not."""
        member: Any = self._validator.shacl_graph.lookup_shape_from_node(shape)
        met, raw = member.validate(
            self._validator.make_executor(), self._validator.target_graph, focus=value
        )
        return bool(met), raw


def _of(case: Case) -> Node:
    return case.value if case.value is not None else RDF.nil
