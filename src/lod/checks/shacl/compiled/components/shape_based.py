"""Whether values conform to another shape, or enough of them do (SHACL §4.7)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.shapes import (
    Checking,
    Constraint,
    Evaluator,
    Found,
    Shape,
    Values,
    each_value,
)


def node(declared: Declared) -> Iterator[Constraint]:
    """NodeConstraintComponent (§4.7.1): each value node conforms to the shape."""
    shape = declared.shape()

    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        return check.failing(shape, nodes)

    yield declared.constraint("Node", each_value(failing), [shape])


def qualified_value_shape(declared: Declared) -> Iterator[Constraint]:
    """QualifiedMin- and QualifiedMaxCountConstraintComponent (§4.7.3): how many conform.

    With sh:qualifiedValueShapesDisjoint a value does not count that conforms to a sibling too.
    """
    if not any(declared.beside(f"qualified{each}Count") for each in ("Min", "Max")):
        said = "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount."
        raise declared.refusal(said)
    shape = declared.shape()
    siblings = declared.siblings()
    nested = [shape, *siblings]
    for name, is_least in (("qualifiedMinCount", True), ("qualifiedMaxCount", False)):
        for bound in declared.counts(name):
            evaluate = _counted(shape, siblings, bound, is_least=is_least)
            yield declared.constraint(name[0].upper() + name[1:], evaluate, nested)


def qualified_count(declared: Declared) -> Iterator[Constraint]:
    """A count (§4.7.3) counts what conforms to the shape beside it; by itself it is a slip.

    In a node shape, where nothing can be counted, it says nothing.
    """
    is_property = bool(declared.beside("path"))
    if is_property and not declared.beside("qualifiedValueShape"):
        said = f"sh:{declared.name} needs sh:qualifiedValueShape, the shape to be met."
        raise declared.refusal(said, declared.name[0].upper() + declared.name[1:])
    return iter(())


def _counted(shape: Shape, siblings: list[Shape], bound: int, *, is_least: bool) -> Evaluator:
    def evaluate(check: Checking, values: Values) -> Iterator[Found]:
        nodes = set(chain.from_iterable(values.values()))
        counting = nodes.difference(check.failing(shape, nodes))
        for sibling in siblings:
            counting.intersection_update(check.failing(sibling, nodes))
        for focus, own in values.items():
            number = sum(each in counting for each in own)
            if (number < bound) if is_least else (number > bound):
                yield Found(focus)

    return evaluate
