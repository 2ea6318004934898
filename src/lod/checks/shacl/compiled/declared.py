"""One value of a parameter of a shape, as the component that has the parameter reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.graph import Graph
from lod.checks.shacl.compiled.shapes import Asker, Constraint, Evaluator, Shape
from lod.checks.shacl.refusals import unusable
from lod.checks.shacl.results import ShapesRefusedError
from lod.rdf.namespaces import SH
from lod.rdf.terms import is_iri, is_literal

_COUNT = re.compile(r"\+?[0-9]{1,4000}|-0+")
_PROPERTY, _PATH = str(SH.property), str(SH.path)
_QUALIFIED = str(SH.qualifiedValueShape)


class Reader(Protocol):
    """What reads the shapes graph."""

    graph: Graph
    wanted: set[str]
    wants_all: bool

    def shape(self, node: str, within: Sequence[str] = ()) -> Shape:
        """Return the shape of a node, which may be read later."""


class Declared:
    """``value`` is a value of the parameter ``name`` of a shape.

    :raises ShapesRefusedError: from each method, when it is none that the parameter may have.
    """

    def __init__(self, reader: Reader, shape: Shape, name: str, value: str) -> None:
        self.reader = reader
        self.shape_around = shape
        self.name = name
        self.value = value

    def constraint(
        self,
        component: str,
        evaluate: Evaluator,
        nested: Sequence[Shape] = (),
        asker: Asker | None = None,
    ) -> Constraint:
        """Return a constraint of a component of SHACL, named without what all names end in."""
        iri = f"{SH.iri}{component}ConstraintComponent"
        return Constraint(iri, evaluate, tuple(nested), asker)

    def refusal(self, text: str, component: str = "") -> ShapesRefusedError:
        """Return what to raise when the shape is ill-formed."""
        iri = f"{SH.iri}{component}ConstraintComponent" if component else ""
        return unusable(text, [*self.shape_around.within, self.shape_around.node], iri)

    def named(self) -> str:
        """Return what to call the shape in a sentence."""
        shapes = [*self.shape_around.within, self.shape_around.node]
        return next((each for each in reversed(shapes) if is_iri(each)), "a shape without a name")

    def count(self) -> int:
        """Return the value as a whole number that is not negative."""
        return self._count(self.value, self.name)

    def boolean(self) -> bool:
        """Whether the value is true."""
        return is_true(self.value)

    def property(self) -> str:
        """Return the value as a property."""
        if not is_iri(self.value):
            raise self.refusal(f"The value of sh:{self.name} must be an IRI.")
        self.reader.wanted.add(self.value)
        return self.value

    def members(self) -> list[str]:
        """Return the members of the list that is the value."""
        return list(self.reader.graph.members(self.value))

    def shape(self) -> Shape:
        """Return the shape that is the value."""
        return self._shape(self.value)

    def shapes(self) -> list[Shape]:
        """Return the shapes in the list that is the value."""
        members = self.members()
        if not members:
            raise self.refusal(f"The list of sh:{self.name} needs a member.")
        return [self._shape(each) for each in members]

    def beside(self, name: str) -> Sequence[str]:
        """Return the values of another parameter of the shape."""
        return self.reader.graph.values(self.shape_around.node, f"<{SH.iri}{name}>")

    def counts(self, name: str) -> Iterator[int]:
        """Yield the values of another parameter of the shape as such numbers."""
        for value in self.beside(name):
            yield self._count(value, name)

    def siblings(self) -> list[Shape]:
        """Return the sibling shapes (SHACL §4.7.3), none where these may share values."""
        if not any(map(is_true, self.beside("qualifiedValueShapesDisjoint"))):
            return []
        graph = self.reader.graph
        found = {
            sibling
            for parent in graph.against(_PROPERTY).get(self.shape_around.node, ())
            for other in graph.values(parent, _PROPERTY)
            for sibling in graph.values(other, _QUALIFIED)
            if sibling != self.value
        }
        return [self._shape(each) for each in sorted(found)]

    def allowed_properties(self) -> frozenset[str]:
        """Return the properties a closed shape allows (SHACL §4.8.1)."""
        graph = self.reader.graph
        self.reader.wants_all = True
        named = {
            path
            for shape in self.beside("property")
            for path in graph.values(shape, _PATH)
            if is_iri(path)
        }
        ignored: Iterable[str] = (
            member for head in self.beside("ignoredProperties") for member in graph.members(head)
        )
        return frozenset(named.union(ignored))

    def _shape(self, node: str) -> Shape:
        if is_literal(node):
            raise self.refusal(f"The value of sh:{self.name} is no shape.")
        return self.reader.shape(node, [*self.shape_around.within, self.shape_around.node])

    def _count(self, value: str, name: str) -> int:
        text = literals.string(value) if is_literal(value) else ""
        if not _COUNT.fullmatch(text):
            raise self.refusal(f"The value of sh:{name} must be a whole number from 0 on.")
        return int(text)


def is_true(term: str) -> bool:
    """Whether a term is a literal that says true."""
    return is_literal(term) and literals.string(term) in {"true", "1"}
