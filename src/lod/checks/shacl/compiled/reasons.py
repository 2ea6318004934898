"""Why a value does not meet a shape made of other shapes.

For a result that is told its value is checked against the shapes within once more, by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lod.checks.shacl.compiled.evaluation import Run, Violation
from lod.checks.shacl.compiled.shapes import Shape
from lod.checks.shacl.extent import EXPLAINED, VALUES
from lod.rdf.namespaces import SH


@dataclass(frozen=True, slots=True)
class Branch:
    """How a value fared with one of the shapes a shape is made of.

    ``outcome`` is told where that is not what its violations say: ``met``, ``counted``,
    ``uncounted`` or ``shared``.
    """

    label: str
    shape: str
    value: str
    violations: Sequence[Violation] = ()
    outcome: str = ""


class Reasons:
    """Looks for reasons in one run, for so many results and no more."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._left = EXPLAINED
        self._finders: dict[str, Callable[[Violation], Iterator[Branch]]] = {
            SH.AndConstraintComponent.value: self._and,
            SH.OrConstraintComponent.value: self._or,
            SH.XoneConstraintComponent.value: self._xone,
            SH.NotConstraintComponent.value: self._not,
            SH.QualifiedMinCountConstraintComponent.value: self._too_few,
            SH.QualifiedMaxCountConstraintComponent.value: self._too_many,
        }

    def of(self, violation: Violation) -> list[Branch]:
        """Return how the value of a result fared with each shape within, where that says why."""
        finder = self._finders.get(violation.constraint.component)
        if finder is None or self._left <= 0:
            return []
        self._left -= 1
        return list(finder(violation))

    def _and(self, case: Violation) -> Iterator[Branch]:
        value, members = _value(case), case.constraint.nested
        for number, member in enumerate(members, 1):
            if not self._conforms(member, value):
                label = f"part {number} of {len(members)}"
                yield Branch(label, member.node, value, self._violations(member, value))

    def _or(self, case: Violation) -> Iterator[Branch]:
        value, members = _value(case), case.constraint.nested
        for number, member in enumerate(members, 1):
            label = f"option {number} of {len(members)}"
            yield Branch(label, member.node, value, self._violations(member, value))

    def _xone(self, case: Violation) -> Iterator[Branch]:
        value, members = _value(case), case.constraint.nested
        met = [self._conforms(member, value) for member in members]
        for number, member in enumerate(members, 1):
            label = f"option {number} of {len(members)}"
            if not any(met):
                yield Branch(label, member.node, value, self._violations(member, value))
            elif met[number - 1]:
                yield Branch(label, member.node, value, outcome="met")

    def _not(self, case: Violation) -> Iterator[Branch]:
        (excluded,) = case.constraint.nested
        yield Branch("excluded shape", excluded.node, _value(case), outcome="met")

    def _too_few(self, case: Violation) -> Iterator[Branch]:
        shape, *siblings = case.constraint.nested
        for value in self._values(case):
            if not self._conforms(shape, value):
                found = self._violations(shape, value)
                yield Branch("", shape.node, value, found, outcome="uncounted")
            elif sibling := self._sibling(siblings, value):
                yield Branch("", sibling.node, value, outcome="shared")

    def _too_many(self, case: Violation) -> Iterator[Branch]:
        shape, *siblings = case.constraint.nested
        for value in self._values(case):
            if self._conforms(shape, value) and not self._sibling(siblings, value):
                yield Branch("", shape.node, value, outcome="counted")

    def _sibling(self, siblings: Sequence[Shape], value: str) -> Shape | None:
        """Return the sibling shape (SHACL §4.7.3) for which a value is not counted, if any."""
        return next((each for each in siblings if self._conforms(each, value)), None)

    def _values(self, case: Violation) -> list[str]:
        focus = case.found.focus
        return sorted(case.shape.values(self._run.graph, (focus,))[focus])[:VALUES]

    def _conforms(self, shape: Shape, value: str) -> bool:
        return not self._run.failing(shape, (value,))

    def _violations(self, shape: Shape, value: str) -> list[Violation]:
        return list(self._run.violations(shape, (value,)))


def _value(case: Violation) -> str:
    return case.found.value or case.found.focus
