"""What no shapes graph may have, looked for before shapes are read."""

from __future__ import annotations

from collections.abc import Iterator

from lod.checks.shacl.compiled.evaluation import DEEPEST, too_deep
from lod.checks.shacl.compiled.graph import REST, Graph
from lod.checks.shacl.refusals import unusable
from lod.rdf.namespaces import SH

_REFERENCES = tuple(map(str, (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)))
_LISTS = tuple(map(str, (SH["and"], SH["or"], SH.xone)))


def refuse_unsound(graph: Graph) -> None:
    """Refuse lists without end, and shapes that are nested too deep.

    :raises ShapesRefusedError: for the first such.
    """
    _refuse_endless_lists(graph)
    shapes = {shape for predicate in (*_REFERENCES, *_LISTS) for shape in graph.index(predicate)}
    references = {shape: set(_references(graph, shape)) for shape in shapes}
    # What is only referred to by what refers to itself is no matter of depth, but of recursion.
    depth = dict.fromkeys(references, 0)
    users = dict.fromkeys(references, 0)
    for each in references.values():
        for inner in each & users.keys():
            users[inner] += 1
    waiting = [shape for shape, number in users.items() if not number]
    outermost = {shape: shape for shape in waiting}
    while waiting:
        shape = waiting.pop()
        if depth[shape] >= DEEPEST:
            raise unusable(too_deep(), [outermost[shape]])
        for inner in references[shape] & users.keys():
            if depth[shape] + 1 > depth[inner]:
                depth[inner], outermost[inner] = depth[shape] + 1, outermost[shape]
            users[inner] -= 1
            if not users[inner]:
                waiting.append(inner)


def _references(graph: Graph, shape: str) -> Iterator[str]:
    for predicate in _REFERENCES:
        yield from graph.values(shape, predicate)
    for predicate in _LISTS:
        for head in graph.values(shape, predicate):
            yield from graph.members(head)


def _refuse_endless_lists(graph: Graph) -> None:
    cells = graph.index(REST)
    # From each last cell backwards: what is not reached has no end.
    ended: set[str] = set()
    waiting = [value for values in cells.values() for value in values if value not in cells]
    back = graph.against(REST)
    while waiting:
        for cell in back.get(waiting.pop(), ()):
            if cell not in ended:
                ended.add(cell)
                waiting.append(cell)
    endless = cells.keys() - ended
    if not endless:
        return
    for predicate in sorted(graph.properties()):
        for owner, heads in graph.index(predicate).items():
            if predicate != REST and not endless.isdisjoint(heads):
                name = predicate[1:-1].removeprefix(SH.iri)
                raise unusable(f"The list of sh:{name} never ends.", [owner])
