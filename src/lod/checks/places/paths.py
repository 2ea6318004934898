"""Walk a property path (SPARQL 1.1 §9) over triples that are found a few at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

_TOKEN = re.compile(r"\s*(<[^<>\"{}|^`\x00-\x20]*>|[\^/|()*+?])")
_MOST_NESTED = 50
_MOST_REACHED = 10_000
"""Pairs of node and state: a walk over a whole graph shows nobody where to look."""

Triple = TypeVar("Triple")


class Need(NamedTuple):
    """Triples a walk wants to see: those about a node, or those that lead to it."""

    node: str
    is_inverse: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A path as an automaton; states are numbers, it starts in 0.

    ``steps`` are (state, property, whether against its direction, next state), ``jumps`` are
    (state, next state).
    """

    steps: tuple[tuple[int, str, bool, int], ...]
    jumps: tuple[tuple[int, int], ...]
    end: int

    @property
    def is_property(self) -> bool:
        """Whether it is a single property."""
        return len(self.steps) == 1 and not self.jumps and not self.steps[0][2]

    def closed(self, state: int) -> set[int]:
        """Return the states that are reached without a step."""
        found, waiting = {state}, [state]
        while waiting:
            here = waiting.pop()
            for start, end in self.jumps:
                if start == here and end not in found:
                    found.add(end)
                    waiting.append(end)
        return found


@dataclass(slots=True)
class Walk(Generic[Triple]):
    """How far a path leads: ``ends`` are the triples that complete it with the node reached.

    ``last`` are those as far as triples exist, ``needs`` what was not seen yet.
    """

    ends: list[tuple[Triple, str]] = field(default_factory=list)
    last: list[tuple[Triple, str]] = field(default_factory=list)
    needs: set[Need] = field(default_factory=set)


def walk(
    path: Path, start: str, triples: Callable[[str, str, bool], Iterable[tuple[Triple, str]] | None]
) -> Walk[Triple]:
    """Walk a path from a node, layer by layer.

    :param triples: gives those with a node and a property, and the node at their other end; of
        the bool it depends whether the node is the object. None: they are not known yet.
    """
    found: Walk[Triple] = Walk()
    layer = [(start, state) for state in sorted(path.closed(0))]
    reached = set(layer)
    while layer and len(reached) < _MOST_REACHED:
        following: list[tuple[str, int]] = []
        passed: list[tuple[Triple, str]] = []
        for node, state in layer:
            for _, predicate, is_inverse, target in (s for s in path.steps if s[0] == state):
                known = triples(node, predicate, is_inverse)
                if known is None:
                    found.needs.add(Need(node, is_inverse))
                    continue
                for triple, other in known:
                    passed.append((triple, other))
                    states = path.closed(target)
                    if path.end in states:
                        found.ends.append((triple, other))
                    following.extend((other, each) for each in sorted(states))
        layer = [each for each in dict.fromkeys(following) if each not in reached]
        reached.update(layer)
        found.last = passed or found.last
    return found


def read_path(text: str) -> Path | None:
    """Return a path from its SPARQL text; None when it is none, or nested too deeply."""
    reader = _Reader(_split(text))
    try:
        tree = reader.alternatives(0)
    except _NoPathError:
        return None
    if not reader.is_at_end:
        return None
    builder = _Builder()
    end = builder.add(tree, 0, is_inverse=False)
    return Path(tuple(builder.steps), tuple(builder.jumps), end)


class _NoPathError(ValueError):
    pass


class _Tree(NamedTuple):
    """A part of a path: "iri", "/", "|", "^", "*", "+" or "?", and what it is of."""

    kind: str
    parts: Sequence[_Tree] = ()
    iri: str = ""


def _split(text: str) -> list[str]:
    found: list[str] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return []
        found.append(match[1])
        position = match.end()
    return found


class _Reader:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._position = 0

    @property
    def is_at_end(self) -> bool:
        return self._position == len(self._tokens)

    def alternatives(self, depth: int) -> _Tree:
        return self._joined("|", depth)

    def _joined(self, mark: str, depth: int) -> _Tree:
        part = self._element if mark == "/" else self._sequence
        parts = [part(depth)]
        while self._next_is(mark):
            parts.append(part(depth))
        return _Tree(mark, parts) if len(parts) > 1 else parts[0]

    def _sequence(self, depth: int) -> _Tree:
        return self._joined("/", depth)

    def _element(self, depth: int) -> _Tree:
        if self._next_is("^"):
            if depth > _MOST_NESTED:
                raise _NoPathError
            return _Tree("^", [self._element(depth + 1)])
        tree = self._primary(depth)
        for mark in ("*", "+", "?"):
            if self._next_is(mark):
                return _Tree(mark, [tree])
        return tree

    def _primary(self, depth: int) -> _Tree:
        if self._next_is("("):
            if depth > _MOST_NESTED:
                raise _NoPathError
            tree = self.alternatives(depth + 1)
            if not self._next_is(")"):
                raise _NoPathError
            return tree
        if self.is_at_end or not self._tokens[self._position].startswith("<"):
            raise _NoPathError
        self._position += 1
        return _Tree("iri", iri=self._tokens[self._position - 1])

    def _next_is(self, mark: str) -> bool:
        if self.is_at_end or self._tokens[self._position] != mark:
            return False
        self._position += 1
        return True


class _Builder:
    """Makes the automaton part by part; each begins in a state and returns the one it ends in."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, str, bool, int]] = []
        self.jumps: list[tuple[int, int]] = []
        self._count = 1

    def add(self, tree: _Tree, start: int, *, is_inverse: bool) -> int:
        if tree.kind == "iri":
            end = self._state()
            self.steps.append((start, tree.iri, is_inverse, end))
            return end
        if tree.kind == "^":
            return self.add(tree.parts[0], start, is_inverse=not is_inverse)
        if tree.kind == "/":
            for part in reversed(tree.parts) if is_inverse else tree.parts:
                start = self.add(part, start, is_inverse=is_inverse)
            return start
        if tree.kind == "|":
            return self._either(tree, start, is_inverse=is_inverse)
        return self._repeated(tree, start, is_inverse=is_inverse)

    def _either(self, tree: _Tree, start: int, *, is_inverse: bool) -> int:
        end = self._state()
        for part in tree.parts:
            self.jumps.append((self.add(part, start, is_inverse=is_inverse), end))
        return end

    def _repeated(self, tree: _Tree, start: int, *, is_inverse: bool) -> int:
        # States of its own, so that what goes back leads into no neighbour.
        first, end = self._state(), self._state()
        self.jumps.append((start, first))
        last = self.add(tree.parts[0], first, is_inverse=is_inverse)
        self.jumps.append((last, end))
        if tree.kind in {"*", "+"}:
            self.jumps.append((last, first))
        if tree.kind in {"*", "?"}:
            self.jumps.append((first, end))
        return end

    def _state(self) -> int:
        self._count += 1
        return self._count - 1
