"""A shapes graph made ready for pySHACL, and what it could not bear with, found beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rdflib
from rdflib.namespace import OWL, RDF, SH
from rdflib.term import BNode, Literal, Node

from lod.checks.shacl.pyshacl.terms import named, text

UNSAID = Literal("(no message)", lang="x-unsaid")
"""Stands for a message where a shape has none: pySHACL would dump Turtle for each result."""

DEEPEST = 50
"""How deep shapes are nested in each other at most; pySHACL's time grows with more than that."""
LONGEST = 20
"""How many members of sh:in SHACL's own shapes are asked about."""

_REFERENCES = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_LISTS = (SH["and"], SH["or"], SH.xone)
_PATHS = {
    *(SH.inversePath, SH.alternativePath, SH.zeroOrMorePath),
    *(SH.oneOrMorePath, SH.zeroOrOnePath),
}
_QUERIES = (SH.select, SH.ask, SH.construct)
_SKIPPED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|"
    r"<[^<>\"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w.-]*:[\w.-]*",
    re.DOTALL,
)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)


class ShapesGraph(rdflib.Graph):
    """A graph that remembers its answers, as pySHACL asks the same for each entity."""

    def __init__(self) -> None:
        # This store knows no named graphs, which makes it faster; pySHACL needs them in data alone.
        super().__init__(store="SimpleMemory")
        self._objects: dict[Any, list[Any]] = {}
        self._about: dict[Any, list[Any]] = {}
        self._items: dict[Any, list[Any]] = {}

    def add(self, triple: Any) -> ShapesGraph:
        """Add a triple."""
        for answers in (self._objects, self._about, self._items):
            answers.clear()
        super().add(triple)
        return self

    def objects(self, subject: Any = None, predicate: Any = None, unique: bool = False) -> Any:
        """Yield the values of a property."""
        key = (subject, predicate, unique)
        if key not in self._objects:
            self._objects[key] = list(super().objects(subject, predicate, unique))
        return iter(self._objects[key])

    def predicate_objects(self, subject: Any = None, unique: bool = False) -> Any:
        """Yield what is said about a subject."""
        key = (subject, unique)
        if key not in self._about:
            self._about[key] = list(super().predicate_objects(subject, unique))
        return iter(self._about[key])

    def items(self, list: Any) -> Any:  # noqa: A002 - rdflib's name
        """Yield the members of a list."""
        if list not in self._items:
            self._items[list] = [*super().items(list)]
        return iter(self._items[list])


def ready(shapes: rdflib.Graph) -> ShapesGraph:
    """Return shapes that say the same, but spare pySHACL its dumps of Turtle.

    It writes out each shape without a name, and each one without a message, for each result. Here
    all have both; ``lod.checks.shacl.pyshacl.terms`` takes the names off again.
    """
    own = str(SH)
    parts = {subject for subject, predicate, _ in shapes if str(predicate).startswith(own)}
    parts -= {subject for subject, predicate, _ in shapes if predicate in _PATHS}
    names: dict[Node, Node] = {part: named(part) for part in parts if isinstance(part, BNode)}
    graph = ShapesGraph()
    for subject, predicate, value in shapes:
        graph.add((names.get(subject, subject), predicate, names.get(value, value)))
    for part in parts - set(shapes.subjects(SH.message, None)):
        graph.add((names.get(part, part), SH.message, UNSAID))
    # SHACL §5.2.1 looks for prefixes along owl:imports too, which pySHACL does not.
    for prefixes in set(shapes.objects(None, SH.prefixes)):
        for imported in list(shapes.transitive_objects(prefixes, OWL.imports)):
            for declared in shapes.objects(imported, SH.declare):
                graph.add(
                    (names.get(prefixes, prefixes), SH.declare, names.get(declared, declared))
                )
    return graph


def with_short_lists(shapes: rdflib.Graph) -> rdflib.Graph:
    """Return a shapes graph, changed in place, whose sh:in have few members.

    SHACL's own shapes look at no member of sh:in, only at the list, but pySHACL writes out all that
    follows for each. The lists are known to be well-formed up to where they are cut.
    """
    for head in set(shapes.objects(None, SH["in"])):
        cells = list(_cells(shapes, head))
        if len(cells) > LONGEST and all(_is_cell(shapes, cell) for cell in cells):
            shapes.set((cells[LONGEST - 1], RDF.rest, RDF.nil))
            for cell in cells[LONGEST:]:
                shapes.remove((cell, None, None))
    return shapes


def unusable(shapes: rdflib.Graph) -> dict[str, Any] | None:
    """Return why pySHACL must not be given these shapes, and the ``shapes`` concerned, or None."""
    for query in _QUERIES:
        for owner, select in sorted(shapes.subject_objects(query)):
            if _FROM.search(_SKIPPED.sub(" ", str(select))):
                said = "A query in a shape must ask the project's own data: take out its FROM."
                return {"text": said, "shapes": [*_owners(shapes, owner), text(owner)]}
    for owner, predicate, head in shapes:
        if predicate != RDF.rest and (head, RDF.rest, None) in shapes and _is_round(shapes, head):
            name = str(predicate).removeprefix(str(SH))
            return {"text": f"The list of sh:{name} never ends.", "shapes": [text(owner)]}
    return _too_deep(shapes)


def cycle(shapes: rdflib.Graph) -> list[str]:
    """Return shapes that refer to themselves by way of each other, none if no shape does."""
    done: set[Node] = set()
    for start in sorted(_referring(shapes), key=str):
        found = _cycle_from(shapes, start, done)
        if found:
            return [text(each) for each in found]
    return []


def _cycle_from(shapes: rdflib.Graph, start: Node, done: set[Node]) -> list[Node]:
    """Walk along references, and note what no cycle goes through."""
    path = [] if start in done else [start]
    ahead = [references(shapes, start)]
    while path:
        following = next(ahead[-1], None)
        if following is None:
            done.add(path.pop())
            ahead.pop()
        elif following in path:
            return path[path.index(following) :]
        elif following not in done:
            path.append(following)
            ahead.append(references(shapes, following))
    return []


def _too_deep(shapes: rdflib.Graph) -> dict[str, Any] | None:
    referring = _referring(shapes)
    within = {each for shape in referring for each in references(shapes, shape)}
    # The shapes so deep, each with the outermost that it is in.
    level = {shape: shape for shape in sorted(referring - within, key=str)}
    for _ in range(DEEPEST):
        level = {
            each: outermost
            for shape, outermost in level.items()
            for each in references(shapes, shape)
        }
        if not level:
            return None
    if cycle(shapes):
        return None  # endless, not deep; whether it matters shows over the data
    said = f"Shapes are nested in each other more than {DEEPEST} deep."
    return {"text": said, "shapes": [text(next(iter(level.values())))]}


def references(shapes: rdflib.Graph, shape: Node) -> Iterator[Node]:
    """Yield the shapes that a shape is made of."""
    for predicate in _REFERENCES:
        yield from shapes.objects(shape, predicate)
    for predicate in _LISTS:
        for head in shapes.objects(shape, predicate):
            for cell in _cells(shapes, head):
                yield from shapes.objects(cell, RDF.first)


def _referring(shapes: rdflib.Graph) -> set[Node]:
    return {
        subject
        for predicate in (*_REFERENCES, *_LISTS)
        for subject in shapes.subjects(predicate, None)
    }


def _owners(shapes: rdflib.Graph, part: Node) -> list[str]:
    return sorted(text(owner) for owner in shapes.subjects(None, part))


def _cells(shapes: rdflib.Graph, head: Node) -> Iterator[Node]:
    """Yield the cells of a list, each once."""
    seen: set[Node] = set()
    cell: Node | None = head
    while cell is not None and cell != RDF.nil and cell not in seen:
        seen.add(cell)
        yield cell
        cell = shapes.value(cell, RDF.rest)


def _is_cell(shapes: rdflib.Graph, cell: Node) -> bool:
    return all(len(list(shapes.objects(cell, each))) == 1 for each in (RDF.first, RDF.rest))


def _is_round(shapes: rdflib.Graph, head: Node) -> bool:
    cells = list(_cells(shapes, head))
    return shapes.value(cells[-1], RDF.rest) in cells
