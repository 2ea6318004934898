"""Property paths (SHACL §2.3.1): which nodes they lead to, and how SPARQL writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Protocol

from lod.checks.shacl.compiled.graph import FIRST, Graph, Index
from lod.rdf.namespaces import SH
from lod.rdf.terms import is_iri

DEEPEST = 50
"""How deep paths are nested in each other at most."""

_INVERSE, _ALTERNATIVE = str(SH.inversePath), str(SH.alternativePath)
_REPEATED = {
    str(SH.zeroOrMorePath): "*",
    str(SH.oneOrMorePath): "+",
    str(SH.zeroOrOnePath): "?",
}


class Path(Protocol):
    """A way from nodes to nodes."""

    def ends(self, graph: Graph, node: str) -> Sequence[str]:
        """Return the nodes it leads to, each once."""

    def properties(self) -> Iterable[str]:
        """Return the properties it goes along."""


class PathError(ValueError):
    """It is no property path."""


class Predicate:
    """A predicate path (§2.3.1.1), or the inverse of one (§2.3.1.4)."""

    def __init__(self, iri: str, *, is_inverse: bool) -> None:
        self.iri = iri
        self.is_inverse = is_inverse

    def index(self, graph: Graph) -> Index:
        """Return where it leads from each node."""
        return graph.against(self.iri) if self.is_inverse else graph.index(self.iri)

    def ends(self, graph: Graph, node: str) -> Sequence[str]:
        """Return the nodes it leads to."""
        return self.index(graph).get(node, ())

    def properties(self) -> Iterable[str]:
        """Return the property."""
        return (self.iri,)


class SequencePath:
    """A sequence path (§2.3.1.2)."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self._parts = parts

    def ends(self, graph: Graph, node: str) -> Sequence[str]:
        """Return the nodes at the end of the last part."""
        found: Collection[str] = (node,)
        for part in self._parts:
            found = dict.fromkeys(chain.from_iterable(part.ends(graph, each) for each in found))
        return tuple(found)

    def properties(self) -> Iterable[str]:
        """Return the properties of all parts."""
        return chain.from_iterable(part.properties() for part in self._parts)


class AlternativePath:
    """An alternative path (§2.3.1.3)."""

    def __init__(self, parts: Sequence[Path]) -> None:
        self._parts = parts

    def ends(self, graph: Graph, node: str) -> Sequence[str]:
        """Return the nodes that any part leads to."""
        found = chain.from_iterable(part.ends(graph, node) for part in self._parts)
        return tuple(dict.fromkeys(found))

    def properties(self) -> Iterable[str]:
        """Return the properties of all parts."""
        return chain.from_iterable(part.properties() for part in self._parts)


class ZeroOrOnePath:
    """A zero-or-one path (§2.3.1.7)."""

    def __init__(self, part: Path) -> None:
        self._part = part

    def ends(self, graph: Graph, node: str) -> Sequence[str]:
        """Return the node itself and those the part leads to."""
        return tuple(dict.fromkeys((node, *self._part.ends(graph, node))))

    def properties(self) -> Iterable[str]:
        """Return the properties of the part."""
        return self._part.properties()


class OneOrMorePath:
    """A one-or-more path (§2.3.1.6); with ``with_start`` a zero-or-more path (§2.3.1.5).

    :param back: gives the part against its direction; asked for when there are circles.
    """

    def __init__(self, part: Path, back: Callable[[], Path], *, with_start: bool) -> None:
        self._part = part
        self._back = back
        self._with_start = with_start
        # Nodes on one circle reach the same, which is found once and kept for all of them. A path
        # belongs to the shapes of one run, which look at one graph.
        self._shared: dict[str, Sequence[str]] = {}

    def ends(self, graph: Graph, node: str) -> Sequence[str]:
        """Return all nodes it leads to in so many steps."""
        reached = self._shared.get(node)
        if reached is None:
            found = _reached(self._part, graph, node, None)
            reached = tuple(found)
            if node in found:
                for each in _reached(self._back(), graph, node, found):
                    self._shared[each] = reached
        if self._with_start and node not in self._shared:
            return (node, *reached)
        return reached

    def properties(self) -> Iterable[str]:
        """Return the properties of the part."""
        return self._part.properties()


def _reached(
    part: Path, graph: Graph, node: str, within: Mapping[str, None] | None
) -> dict[str, None]:
    """Return the nodes that one or more steps lead to, along nodes that are ``within`` alone."""
    found: dict[str, None] = {}
    waiting = [node]
    index = part.index(graph) if isinstance(part, Predicate) else None
    while waiting:
        here = waiting.pop()
        ends = part.ends(graph, here) if index is None else index.get(here, ())
        for each in ends:
            if each not in found and (within is None or each in within):
                found[each] = None
                waiting.append(each)
    return found


def read_path(graph: Graph, node: str, *, is_inverse: bool = False, depth: int = 0) -> Path:
    """Return the path that a node of a shapes graph describes.

    :raises PathError: when it describes none.
    """
    if depth > DEEPEST:
        raise PathError(f"A path is nested in itself more than {DEEPEST} deep.")
    if is_iri(node):
        return Predicate(node, is_inverse=is_inverse)

    def part(each: str, *, inverse: bool = is_inverse) -> Path:
        return read_path(graph, each, is_inverse=inverse, depth=depth + 1)

    inverted = graph.one(node, _INVERSE)
    if inverted is not None:
        return part(inverted, inverse=not is_inverse)
    alternatives = graph.one(node, _ALTERNATIVE)
    if alternatives is not None:
        return AlternativePath([part(each) for each in _members(graph, alternatives)])
    for predicate, mark in _REPEATED.items():
        repeated = graph.one(node, predicate)
        if repeated is not None:
            if mark == "?":
                return ZeroOrOnePath(part(repeated))
            back = partial(part, repeated, inverse=not is_inverse)
            return OneOrMorePath(part(repeated), back, with_start=mark == "*")
    if graph.values(node, FIRST):
        parts = [part(each) for each in _members(graph, node)]
        return SequencePath(parts[::-1] if is_inverse else parts)
    raise PathError("The value of sh:path is no property path.")


def _members(graph: Graph, head: str) -> list[str]:
    members = list(graph.members(head))
    if len(members) < 2:
        raise PathError("A path of several parts must have two or more.")
    return members


def path_text(graph: Graph, path: str, depth: int = 0) -> str:
    """Return a SHACL property path as SPARQL writes it."""
    if is_iri(path) or depth > DEEPEST:
        return path if is_iri(path) else "?"
    inverse = graph.one(path, _INVERSE)
    if inverse is not None:
        return f"^{path_text(graph, inverse, depth + 1)}"
    alternatives = graph.one(path, _ALTERNATIVE)
    if alternatives is not None:
        return f"({'|'.join(_texts(graph, alternatives, depth))})"
    for predicate, mark in _REPEATED.items():
        repeated = graph.one(path, predicate)
        if repeated is not None:
            return f"{path_text(graph, repeated, depth + 1)}{mark}"
    return f"({'/'.join(_texts(graph, path, depth))})" if graph.values(path, FIRST) else "?"


def _texts(graph: Graph, head: str, depth: int) -> list[str]:
    return [path_text(graph, each, depth + 1) for each in graph.members(head)]
