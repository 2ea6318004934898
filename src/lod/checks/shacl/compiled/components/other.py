"""Which values there may be, and which properties (SHACL §4.8)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.shapes import (
    Checking,
    Constraint,
    Found,
    Values,
    each_focus,
    each_term,
)


def closed(declared: Declared) -> Iterator[Constraint]:
    """ClosedConstraintComponent (§4.8.1): value nodes have no other properties."""
    if not declared.boolean():
        return
    allowed = declared.allowed_properties()

    def evaluate(check: Checking, values: Values) -> Iterator[Found]:
        nodes = set(chain.from_iterable(values.values()))
        for predicate in check.graph.properties():
            if predicate in allowed:
                continue
            index = check.graph.index(predicate)
            having = nodes & index.keys()
            if having:
                for focus, own in values.items():
                    for node in having.intersection(own):
                        for value in index[node]:
                            yield Found(focus, value, predicate)

    yield declared.constraint("Closed", evaluate)


def ignored_properties(declared: Declared) -> Iterator[Constraint]:
    """sh:ignoredProperties (§4.8.1) goes with sh:closed; by itself it is a slip."""
    if not declared.beside("closed"):
        said = "sh:ignoredProperties ignores nothing where the shape has no sh:closed."
        raise declared.refusal(said, "Closed")
    return iter(())


def has_value(declared: Declared) -> Iterator[Constraint]:
    """HasValueConstraintComponent (§4.8.2): one of the value nodes is this term."""
    wanted = declared.value
    yield declared.constraint("HasValue", each_focus(lambda nodes: wanted in nodes))


def in_(declared: Declared) -> Iterator[Constraint]:
    """InConstraintComponent (§4.8.3): each value node is a member of the list."""
    members = frozenset(declared.members())
    yield declared.constraint("In", each_term(members.__contains__))
