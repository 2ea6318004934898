"""How large a value is (SHACL §4.3); what cannot be compared with the bound does not meet it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.order import Order
from lod.checks.shacl.compiled.shapes import Checking, Constraint, Evaluator, each_value


def min_exclusive(declared: Declared) -> Iterator[Constraint]:
    """MinExclusiveConstraintComponent (§4.3.1): the bound is less than each value node."""
    bound = declared.value
    yield declared.constraint("MinExclusive", _each(lambda order, node: order.is_less(bound, node)))


def min_inclusive(declared: Declared) -> Iterator[Constraint]:
    """MinInclusiveConstraintComponent (§4.3.2): the bound is at most each value node."""
    bound = declared.value
    yield declared.constraint(
        "MinInclusive", _each(lambda order, node: order.is_at_most(bound, node))
    )


def max_exclusive(declared: Declared) -> Iterator[Constraint]:
    """MaxExclusiveConstraintComponent (§4.3.3): each value node is less than the bound."""
    bound = declared.value
    yield declared.constraint("MaxExclusive", _each(lambda order, node: order.is_less(node, bound)))


def max_inclusive(declared: Declared) -> Iterator[Constraint]:
    """MaxInclusiveConstraintComponent (§4.3.4): each value node is at most the bound."""
    bound = declared.value
    yield declared.constraint(
        "MaxInclusive", _each(lambda order, node: order.is_at_most(node, bound))
    )


def _each(is_met: Callable[[Order, str], bool]) -> Evaluator:
    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        return {node for node in nodes if not is_met(check.order, node)}

    return each_value(failing)
