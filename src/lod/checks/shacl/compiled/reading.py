"""Shapes, read from a shapes graph into what evaluates them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.components import CORE
from lod.checks.shacl.compiled.custom import CustomComponent, custom_components
from lod.checks.shacl.compiled.declared import Declared, is_true
from lod.checks.shacl.compiled.graph import SUBCLASS, TYPE, Graph
from lod.checks.shacl.compiled.paths import PathError, path_text, read_path
from lod.checks.shacl.compiled.queries import sparql
from lod.checks.shacl.compiled.shapes import Shape
from lod.checks.shacl.refusals import unusable
from lod.rdf.namespaces import RDFS, SH
from lod.rdf.terms import is_iri, is_literal

_PROPERTY, _PATH, _SPARQL = str(SH.property), str(SH.path), str(SH.sparql)
_CLASS = str(RDFS.Class)
_TARGET_NODE, _TARGET_CLASS = str(SH.targetNode), str(SH.targetClass)
_SUBJECTS_OF, _OBJECTS_OF = str(SH.targetSubjectsOf), str(SH.targetObjectsOf)
_TARGETS = (_TARGET_NODE, _TARGET_CLASS, _SUBJECTS_OF, _OBJECTS_OF)
_PARAMETERS = {f"<{SH.iri}{name}>": component for name, component in CORE.items()} | {
    _SPARQL: sparql
}


class ShapesReader:
    """Reads all shapes of a graph.

    ``wanted`` are the properties they look at, unless with ``wants_all`` these are all.

    :raises ShapesRefusedError: when one cannot be used.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.wanted: set[str] = {TYPE, SUBCLASS}
        self.wants_all = False
        self.shapes: dict[str, Shape] = {}
        self._waiting: list[Shape] = []
        self._custom: Sequence[CustomComponent] = custom_components(self)
        # What stands in no other shape first, so that those within know where they stand.
        for node in sorted(self._nodes(), key=self._is_within):
            self.shape(node)
            while self._waiting:
                self._read(self._waiting.pop())
        self._mark()

    def shape(self, node: str, within: Sequence[str] = ()) -> Shape:
        """Return the shape of a node, which may be read later: shapes may refer to each other."""
        shape = self.shapes.get(node)
        if shape is None:
            around = () if is_iri(node) else tuple(within)
            shape = self.shapes[node] = Shape(node, around)
            self._waiting.append(shape)
        return shape

    def foci(self, shape: Shape, data: Graph) -> Collection[str]:
        """Return the focus nodes that the targets of a shape select in data (SHACL §2.1.3)."""
        graph, found = self.graph, set[str]()
        found.update(graph.values(shape.node, _TARGET_NODE))
        for name in graph.values(shape.node, _TARGET_CLASS):
            found.update(data.instances(name))
        if is_iri(shape.node) and shape.node in graph.instances(_CLASS):
            found.update(data.instances(shape.node))
        for predicate in graph.values(shape.node, _SUBJECTS_OF):
            found.update(data.index(predicate))
        for predicate in graph.values(shape.node, _OBJECTS_OF):
            found.update(data.against(predicate))
        return found

    def _nodes(self) -> set[str]:
        """Return the nodes that are shapes (SHACL §2.1), but those only others say to be."""
        graph = self.graph
        found = set(graph.instances(str(SH.NodeShape)) | graph.instances(str(SH.PropertyShape)))
        for predicate in (*_TARGETS, *_PARAMETERS, _PROPERTY):
            found.update(graph.index(predicate))
        for predicate in (_SUBJECTS_OF, _OBJECTS_OF):
            self.wanted.update(*graph.index(predicate).values())
        for component in self._custom:
            found.update(component.users())
        return found

    def _is_within(self, node: str) -> tuple[bool, str]:
        return not is_iri(node), node

    def _read(self, shape: Shape) -> None:
        graph, node = self.graph, shape.node
        shape.is_deactivated = any(map(is_true, graph.values(node, str(SH.deactivated))))
        severity = graph.one(node, str(SH.severity))
        shape.severity = severity[1:-1] if severity else SH.Violation.value
        shape.messages = by_language(graph.values(node, str(SH.message)))
        if shape.is_deactivated:
            return  # nothing is ever asked of it
        self._read_path(shape)
        around = [*shape.within, node]
        for value in graph.values(node, _PROPERTY):
            if is_literal(value) or not graph.values(value, _PATH):
                raise unusable("A value of sh:property has no sh:path.", around)
            shape.properties.append(self.shape(value, around))
        for predicate, component in _PARAMETERS.items():
            for value in graph.values(node, predicate):
                name = predicate[1:-1].removeprefix(SH.iri)
                shape.constraints.extend(component(Declared(self, shape, name, value)))
        for custom in self._custom:
            shape.constraints.extend(custom.constraints(shape))

    def _read_path(self, shape: Shape) -> None:
        path = self.graph.one(shape.node, _PATH)
        if path is not None:
            try:
                shape.path = read_path(self.graph, path)
            except PathError as error:
                raise unusable(str(error), [*shape.within, shape.node]) from None
            shape.path_text = path_text(self.graph, path)
            self.wanted.update(shape.path.properties())

    def _mark(self) -> None:
        """Note which shapes refer to themselves, and which have queries within."""
        shapes = self.shapes.values()
        users: dict[Shape, list[Shape]] = {shape: [] for shape in shapes}
        for shape in shapes:
            for each in shape.references():
                users[each].append(shape)
        asking = [shape for shape in shapes if any(each.asker for each in shape.constraints)]
        for shape in reached(asking, users):
            shape.asks = True
        # Without those that nothing, or only such, refer to, the rest is on or below circles.
        open_ends = _on_circles(shapes, users)
        for shape in open_ends:
            shape.is_recursive = True


def _on_circles(
    shapes: Iterable[Shape], users: Mapping[Shape, Sequence[Shape]]
) -> Collection[Shape]:
    """Return the shapes on circles, and those between two circles: more than needed does no harm.

    What refers to nothing that is left is taken away, then what nothing left refers to.
    """
    left = {shape: len(list(shape.references())) for shape in shapes}
    waiting = [shape for shape, number in left.items() if not number]
    while waiting:
        for user in users[waiting.pop()]:
            left[user] -= 1
            if not left[user]:
                waiting.append(user)
    circling = {shape for shape, number in left.items() if number}
    using = {shape: sum(user in circling for user in users[shape]) for shape in circling}
    waiting = [shape for shape, number in using.items() if not number]
    while waiting:
        shape = waiting.pop()
        circling.discard(shape)
        for each in shape.references():
            if each in circling:
                using[each] -= 1
                if not using[each]:
                    waiting.append(each)
    return circling


def reached(starts: Iterable[Shape], following: Mapping[Shape, Sequence[Shape]]) -> Iterator[Shape]:
    """Yield shapes and what is reached from them, each once."""
    seen = set(starts)
    waiting = list(seen)
    while waiting:
        shape = waiting.pop()
        yield shape
        for each in following[shape]:
            if each not in seen:
                seen.add(each)
                waiting.append(each)


def by_language(messages: Iterable[str]) -> dict[str, str]:
    """Return messages by their language, the first of one language that there are several of."""
    found: dict[str, str] = {}
    for message in sorted(messages, key=literals.string):
        found.setdefault(literals.language(message), literals.string(message))
    return found
