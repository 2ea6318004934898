"""How values are to those of another property (SHACL §4.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.order import Order
from lod.checks.shacl.compiled.shapes import Checking, Constraint, Evaluator, Found, Values


def equals(declared: Declared) -> Iterator[Constraint]:
    """EqualsConstraintComponent (§4.5.1): the value nodes are the values of the property."""
    predicate = declared.property()

    def evaluate(check: Checking, values: Values) -> Iterator[Found]:
        others = check.graph.index(predicate)
        for focus, nodes in values.items():
            for node in {*nodes} ^ {*others.get(focus, ())}:
                yield Found(focus, node)

    yield declared.constraint("Equals", evaluate)


def disjoint(declared: Declared) -> Iterator[Constraint]:
    """DisjointConstraintComponent (§4.5.2): no value node is a value of the property."""
    predicate = declared.property()

    def evaluate(check: Checking, values: Values) -> Iterator[Found]:
        others = check.graph.index(predicate)
        for focus, nodes in values.items():
            for node in {*nodes} & {*others.get(focus, ())}:
                yield Found(focus, node)

    yield declared.constraint("Disjoint", evaluate)


def less_than(declared: Declared) -> Iterator[Constraint]:
    """LessThanConstraintComponent (§4.5.3): each value node is less than each other value."""
    yield declared.constraint("LessThan", _each_pair(declared.property(), Order.is_less))


def less_than_or_equals(declared: Declared) -> Iterator[Constraint]:
    """LessThanOrEqualsConstraintComponent (§4.5.4): each value node is at most each other value."""
    evaluate = _each_pair(declared.property(), Order.is_at_most)
    yield declared.constraint("LessThanOrEquals", evaluate)


def _each_pair(predicate: str, holds: Callable[[Order, str, str], bool]) -> Evaluator:
    def evaluate(check: Checking, values: Values) -> Iterator[Found]:
        others = check.graph.index(predicate)
        for focus, nodes in values.items():
            for other in others.get(focus, ()):
                for node in nodes:
                    if not holds(check.order, node, other):
                        yield Found(focus, node)

    return evaluate
