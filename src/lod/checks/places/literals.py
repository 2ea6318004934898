"""How a shape comes to a literal that it looks at by itself."""

from __future__ import annotations

from lod.checks.places.index import PlaceIndex
from lod.rdf.namespaces import SH

_TARGETS = {str(SH.targetObjectsOf)}
_NODE = str(SH.targetNode)
_PATH = str(SH.path)


def ways_to_literals(shape: str, index: PlaceIndex) -> set[str]:
    """Return the properties by which a shape, or one that it is within, comes to literals.

    These are what its targets say and the paths of the shapes around it, so far as they are read;
    a literal that is a target itself is named by the shape.
    """
    found: set[str] = set()
    passed, waiting = {shape}, [shape]
    while waiting:
        here = waiting.pop()
        for said in index.about(here):
            if said.predicate in _TARGETS or (said.predicate == _PATH and here != shape):
                found.add(said.object)
            elif said.predicate == _NODE:
                found.add(_NODE)
        outer = {each.subject for each in index.leading_to(here)} - passed
        passed |= outer
        waiting.extend(outer)
    return found
