"""Which of several shapes a value meets (SHACL §4.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.shapes import Checking, Constraint, each_value


def not_(declared: Declared) -> Iterator[Constraint]:
    """NotConstraintComponent (§4.6.1): no value node conforms to the shape."""
    shape = declared.shape()

    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        return set(nodes).difference(check.failing(shape, nodes))

    yield declared.constraint("Not", each_value(failing), [shape])


def and_(declared: Declared) -> Iterator[Constraint]:
    """AndConstraintComponent (§4.6.2): each value node conforms to all shapes of the list."""
    shapes = declared.shapes()

    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        return set().union(*(check.failing(shape, nodes) for shape in shapes))

    yield declared.constraint("And", each_value(failing), shapes)


def or_(declared: Declared) -> Iterator[Constraint]:
    """OrConstraintComponent (§4.6.3): each value node conforms to some shape of the list."""
    shapes = declared.shapes()

    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        return set(nodes).intersection(*(check.failing(shape, nodes) for shape in shapes))

    yield declared.constraint("Or", each_value(failing), shapes)


def xone(declared: Declared) -> Iterator[Constraint]:
    """XoneConstraintComponent (§4.6.4): each value node conforms to one shape of the list."""
    shapes = declared.shapes()

    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        missed = Counter(node for shape in shapes for node in check.failing(shape, nodes))
        return {node for node in nodes if missed[node] != len(shapes) - 1}

    yield declared.constraint("Xone", each_value(failing), shapes)
