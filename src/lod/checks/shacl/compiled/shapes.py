"""Shapes and constraints as they are evaluated, and what an evaluator is given and gives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple, Protocol

from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.order import Order
from lod.checks.shacl.compiled.paths import Path, Predicate

Values = Mapping[str, Sequence[str]]
"""Focus nodes, each with its value nodes (SHACL §3.7)."""


MOST_VALUES = 20_000_000
"""Values of all focus nodes of one shape together."""


class Found(NamedTuple):
    """What does not meet a constraint; ``path`` is told where it is not that of the shape.

    ``solution`` is what a query answered, by variable.
    """

    focus: str
    value: str | None = None
    path: str | None = None
    solution: Mapping[str, str] | None = None


class Checking(Protocol):
    """What evaluators ask of the run they are part of."""

    graph: Graph
    order: Order

    def failing(self, shape: Shape, nodes: Iterable[str]) -> Collection[str]:
        """Return those of some nodes that do not conform to a shape (SHACL §3.4.3)."""

    def answer(self, asker: object, focus: str, value: str | None) -> Sequence[Mapping[str, str]]:
        """Return the solutions of a constraint's query for a focus node and maybe a value."""


Evaluator = Callable[[Checking, Values], Iterable[Found]]
Judge = Callable[[Checking, Collection[str]], Collection[str]]
"""Returns those of some values that fail."""


@dataclass(slots=True, eq=False)
class Constraint:
    """One constraint of a shape.

    :param component: IRI of its component.
    :param nested: the shapes that values are checked against.
    :param asker: tells which questions it has for the engine, None when it has none.
    :param messages: those that it brings itself, by language.
    :param bound: what the placeholders of its messages stand for, besides a solution.
    """

    component: str
    evaluate: Evaluator
    nested: Sequence[Shape] = ()
    asker: Asker | None = None
    messages: Mapping[str, str] = field(default_factory=dict)
    bound: Mapping[str, str] = field(default_factory=dict)


class Asker(Protocol):
    """A constraint that is a query."""

    def rows(self, values: Values) -> Iterator[tuple[str, str | None]]:
        """Yield the focus nodes, or these with each value, that its query is asked about."""


@dataclass(slots=True, eq=False)
class Shape:
    """A node shape, or with a path a property shape (SHACL §2)."""

    node: str
    within: tuple[str, ...] = ()
    """The shapes around it, from the outermost on."""
    path: Path | None = None
    path_text: str | None = None
    severity: str = ""
    messages: Mapping[str, str] = field(default_factory=dict)
    is_deactivated: bool = False
    is_recursive: bool = False
    """Whether it refers to itself, by way of others or not."""
    asks: bool = False
    """Whether it, or a shape within, has a query."""
    constraints: list[Constraint] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)
    """The values of sh:property (§4.7.2), whose results are its own."""

    def references(self) -> Iterator[Shape]:
        """Yield the shapes it is made of."""
        yield from self.properties
        for constraint in self.constraints:
            yield from constraint.nested

    def values(self, graph: Graph, foci: Collection[str]) -> Values:
        """Return the value nodes of focus nodes (SHACL §3.7).

        :raises TooManyValuesError: when these are so many that nobody could look at them.
        """
        path = self.path
        if path is None:
            return {focus: (focus,) for focus in foci}
        if isinstance(path, Predicate):
            get = path.index(graph).get
            return {focus: get(focus, ()) for focus in foci}
        found: dict[str, Sequence[str]] = {}
        left = MOST_VALUES
        for focus in foci:
            found[focus] = nodes = path.ends(graph, focus)
            left -= len(nodes)
            if left < 0:
                raise TooManyValuesError
        return found


class TooManyValuesError(Exception):
    """A path leads from its focus nodes to more values than fit in memory."""


def each_value(judge: Judge) -> Evaluator:
    """Return the evaluator of a constraint that looks at each value node for itself.

    Each different value is judged once, whoever has it.
    """

    def evaluate(check: Checking, values: Values) -> Iterator[Found]:
        failing = judge(check, set(chain.from_iterable(values.values())))
        if failing:
            for focus, nodes in values.items():
                for node in nodes:
                    if node in failing:
                        yield Found(focus, node)

    return evaluate


def each_term(is_met: Callable[[str], bool]) -> Evaluator:
    """Return the evaluator of a constraint that a term meets or not, whatever the data say."""
    return each_value(lambda _, nodes: {node for node in nodes if not is_met(node)})


def each_focus(is_met: Callable[[Sequence[str]], bool]) -> Evaluator:
    """Return the evaluator of a constraint that looks at all values of a focus node together."""

    def evaluate(_: Checking, values: Values) -> Iterator[Found]:
        for focus, nodes in values.items():
            if not is_met(nodes):
                yield Found(focus)

    return evaluate
