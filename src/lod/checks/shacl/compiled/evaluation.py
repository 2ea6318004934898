"""Evaluate shapes over data: what breaks them, and which nodes conform."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.order import Order
from lod.checks.shacl.compiled.queries import Query
from lod.checks.shacl.compiled.shapes import (
    MOST_VALUES,
    Constraint,
    Found,
    Shape,
    TooManyValuesError,
    Values,
)
from lod.checks.shacl.refusals import unusable
from lod.errors import ProcessError

DEEPEST = 50
"""How deep shapes are nested in each other at most."""
RECURSION = "The shape refers to itself, which SHACL leaves undefined."

Key = tuple[str, str | None]
Answers = Mapping[Query, Mapping[Key, Sequence[Mapping[str, str]]]]


class Violation(NamedTuple):
    """A validation result as it is found (SHACL §3.6.2)."""

    shape: Shape
    constraint: Constraint
    found: Found


class Run:
    """One validation of a graph.

    :param answers: what the engine said to the questions that ``ask`` gave.
    :param deadline: by the monotonic clock; the run ends with an error then.
    """

    def __init__(self, graph: Graph, answers: Answers | None = None, deadline: float = 0) -> None:
        self.graph = graph
        self.order = Order()
        self._answers = answers or {}
        self._deadline = deadline
        self._known: dict[Shape, dict[str, bool]] = {}
        self._open: dict[tuple[Shape, str], None] = {}
        self._depth = 0

    def violations(self, shape: Shape, foci: Iterable[str]) -> Iterator[Violation]:
        """Yield what does not meet a shape among some focus nodes (SHACL §3.4)."""
        return self._violations(shape, dict.fromkeys(foci, 1))

    def _violations(self, shape: Shape, times: Mapping[str, int]) -> Iterator[Violation]:
        """Yield likewise; a focus node that is looked at several times has its results as often."""
        if shape.is_deactivated or not times:
            return
        if shape.is_recursive:
            for focus, number in times.items():
                with self._opened(shape, focus):
                    yield from self._own(shape, {focus: number})
        else:
            with self._within(shape):
                yield from self._own(shape, times)

    def _own(self, shape: Shape, times: Mapping[str, int]) -> Iterator[Violation]:
        values = self._values(shape, times)
        for constraint in shape.constraints:
            self._look_at_clock(shape)
            for found in constraint.evaluate(self, values):
                for _ in range(times[found.focus]):
                    yield Violation(shape, constraint, found)
        for nested in shape.properties:
            yield from self._violations(
                nested, times if shape.path is None else _times(values, times)
            )

    def failing(self, shape: Shape, nodes: Iterable[str]) -> Set[str]:
        """Return those of some nodes that do not conform to a shape (SHACL §3.4.3)."""
        if shape.is_deactivated:
            return frozenset()
        known = self._known.setdefault(shape, {})
        wanted = nodes if isinstance(nodes, Collection) else list(nodes)
        new = [node for node in wanted if node not in known]
        if new and shape.is_recursive:
            for node in new:
                with self._opened(shape, node):
                    known[node] = node in self._failing(shape, [node])
        elif new:
            with self._within(shape):
                failing = self._failing(shape, new)
            known.update((node, node in failing) for node in new)
        return {node for node in wanted if known[node]}

    def _failing(self, shape: Shape, nodes: Sequence[str]) -> set[str]:
        values = self._values(shape, nodes)
        failing: set[str] = set()
        for constraint in shape.constraints:
            self._look_at_clock(shape)
            failing.update(found.focus for found in constraint.evaluate(self, values))
        for nested in shape.properties:
            if shape.path is None:
                failing.update(self.failing(nested, nodes))
            else:
                bad = self.failing(nested, set(chain.from_iterable(values.values())))
                failing.update(focus for focus, own in values.items() if not bad.isdisjoint(own))
        return failing

    def answer(self, asker: object, focus: str, value: str | None) -> Sequence[Mapping[str, str]]:
        """Return the solutions of a constraint's query for a focus node and maybe a value."""
        assert isinstance(asker, Query)  # noqa: S101 - no other constraint asks
        return self._answers[asker].get((focus, value), ())

    def ask(self, starts: Mapping[Shape, Iterable[str]]) -> dict[Query, list[Key]]:
        """Return the questions of all constraints that some shapes and focus nodes lead to."""
        asked: dict[Query, dict[Key, None]] = {}
        seen: dict[Shape, set[str]] = {}
        waiting = [(shape, set(foci)) for shape, foci in starts.items()]
        while waiting:
            shape, foci = waiting.pop()
            new = foci - seen.setdefault(shape, set())
            if not new or not shape.asks or shape.is_deactivated:
                continue
            self._look_at_clock(shape)
            seen[shape] |= new
            values = self._values(shape, new)
            for constraint in shape.constraints:
                if isinstance(constraint.asker, Query):
                    rows = constraint.asker.rows(values)
                    asked.setdefault(constraint.asker, {}).update(dict.fromkeys(rows))
            nodes = set(chain.from_iterable(values.values()))
            waiting.extend((nested, nodes) for nested in shape.references())
        return {query: list(keys) for query, keys in asked.items()}

    def _values(self, shape: Shape, foci: Collection[str]) -> Values:
        try:
            return shape.values(self.graph, foci)
        except TooManyValuesError:
            raise ProcessError(
                "shacl/too-many",
                f"The path of {shape.node} leads to more than {MOST_VALUES:,} values.",
                cure="Let it end sooner, or let its shape have fewer focus nodes.",
            ) from None

    @contextmanager
    def _opened(self, shape: Shape, node: str) -> Iterator[None]:
        """Note that a node is being checked against a shape: it must not be asked again within."""
        if (shape, node) in self._open:
            circle = [each.node for each, _ in self._open]
            raise unusable(RECURSION, circle[circle.index(shape.node) :])
        self._open[shape, node] = None
        try:
            with self._within(shape):
                yield
        finally:
            del self._open[shape, node]

    @contextmanager
    def _within(self, shape: Shape) -> Iterator[None]:
        if self._depth > DEEPEST:
            said = RECURSION if shape.is_recursive else too_deep()
            raise unusable(said, [*shape.within, shape.node])
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _look_at_clock(self, shape: Shape) -> None:
        if self._deadline and time.monotonic() > self._deadline:
            raise ProcessError(
                "shacl/time",
                f"The check of shapes did not end in time; it was at {shape.node}.",
                cure="Look there for paths that lead to very many nodes.",
            )


def too_deep() -> str:
    """Return what to say of shapes that are nested too deep."""
    return f"Shapes are nested in each other more than {DEEPEST} deep."


def _times(values: Values, times: Mapping[str, int]) -> Mapping[str, int]:
    """Return how often each value node is looked at."""
    counted: Counter[str] = Counter()
    for focus, nodes in values.items():
        for node in nodes:
            counted[node] += times[focus]
    return counted
