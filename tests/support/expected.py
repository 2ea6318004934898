"""What the statements of a release say, read with other code than the store's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Quad


@dataclass(frozen=True)
class Expected:
    """What the N-Quads dump says, read with other code than the store's."""

    base: str
    quads: Sequence[Quad]
    by_subject: Mapping[object, Sequence[Quad]]
    default: frozenset[str]

    def is_default(self, quad: Quad) -> bool:
        """Whether a statement takes part in the default graph."""
        return str(quad.graph_name)[1:-1] in self.default

    def iris(self) -> list[str]:
        """Return the IRIs that something is said of."""
        return sorted(each.value for each in self.by_subject if isinstance(each, NamedNode))

    def closure(self, subject: NamedNode) -> set[Quad]:
        """Return what is said of a subject and of the blank nodes below it."""
        found: set[Quad] = set()
        waiting: list[object] = [subject]
        while waiting:
            for quad in self.by_subject.get(waiting.pop(), ()):
                if quad not in found and isinstance(quad.object, BlankNode):
                    waiting.append(quad.object)
                found.add(quad)
        return found
