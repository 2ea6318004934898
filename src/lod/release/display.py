"""How shapes name and order the properties of a class (SHACL §2.3.2: ``sh:name``, ``sh:order``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lod.rdf.namespaces import OWL, RDF, RDFS, SH
from lod.rdf.terms import is_iri, is_literal, read_term, split_literal

LAST = 1000.0
"""The position of a property whose shape gives no order."""

_CLASSES = {str(RDFS.Class), str(OWL.Class)}

Shapes = Mapping[str, Sequence[tuple[str, str]]]
"""Subject → predicates and objects, of all shapes graphs together."""


@dataclass(frozen=True, slots=True)
class Display:
    """One property of a class as its shape shows it; ``names`` are (language, text)."""

    cls: str
    property: str
    is_inverse: bool
    position: float
    shape: str
    names: tuple[tuple[str, str], ...]


def displays(shapes: Shapes) -> Iterator[Display]:
    """Yield how the shapes show the properties of the classes they target, in a fixed order."""
    for shape in sorted(shapes):
        for target in _targets(shape, shapes):
            found = (
                display
                for property_shape in _property_shapes(shape, shapes)
                if (display := _display(target, property_shape, shapes)) is not None
            )
            yield from sorted(found, key=lambda each: (not each.names, each.position, each.shape))


def _values(shapes: Shapes, subject: str, predicate: str) -> list[str]:
    return [value for name, value in shapes.get(subject, ()) if name == predicate]


def _targets(shape: str, shapes: Shapes) -> list[str]:
    targets = _values(shapes, shape, str(SH.targetClass))
    if _CLASSES & {*_values(shapes, shape, str(RDF.type))}:
        targets.append(shape)
    return [target[1:-1] for target in targets if is_iri(target)]


def _property_shapes(shape: str, shapes: Shapes) -> list[str]:
    """Return the property shapes of a node shape and of the node shapes it refers to."""
    found: dict[str, None] = {}
    waiting, seen = [shape], {shape}
    while waiting:
        each = waiting.pop(0)
        found.update(dict.fromkeys(_values(shapes, each, str(SH.property))))
        further = [node for node in _values(shapes, each, str(SH.node)) if node not in seen]
        waiting.extend(further)
        seen.update(further)
    return list(found)


def _display(target: str, shape: str, shapes: Shapes) -> Display | None:
    paths = _values(shapes, shape, str(SH.path))
    if len(paths) != 1:
        return None
    path, is_inverse = paths[0], False
    if not is_iri(path):
        inverse = _values(shapes, path, str(SH.inversePath))
        if len(inverse) != 1 or not is_iri(inverse[0]):
            return None
        path, is_inverse = inverse[0], True
    return Display(
        target, path[1:-1], is_inverse, _position(shape, shapes), shape, _names(shape, shapes)
    )


def _position(shape: str, shapes: Shapes) -> float:
    for order in _values(shapes, shape, str(SH.order)):
        try:
            return float(split_literal(order)[0][1:-1])
        except ValueError:
            continue
    return LAST


def _names(shape: str, shapes: Shapes) -> tuple[tuple[str, str], ...]:
    return tuple(
        (split_literal(name)[1], getattr(read_term(name), "value", ""))
        for name in sorted(_values(shapes, shape, str(SH.name)))
        if is_literal(name)
    )
