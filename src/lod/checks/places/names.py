"""What to call a blank node: the path that leads to it."""

from __future__ import annotations

import re

from lod.checks.places.index import PlaceIndex
from lod.rdf.namespaces import RDF
from lod.rdf.prefixes import Prefixes
from lod.rdf.scan_labels import unnamed_number
from lod.rdf.terms import is_blank, is_iri

_FIRST, _REST = str(RDF.first), str(RDF.rest)
_SCOPE = re.compile(r"_:f[0-9]+x")


def author_label(node: str) -> str | None:
    """Return the label an author gave a blank node of a dataset, None when it has none.

    >>> author_label("_:f0xoak"), author_label("_:f0x-1")
    ('_:oak', None)
    """
    label = _SCOPE.sub("_:", node, count=1)
    return label if unnamed_number(label) is None else None


def ancestors(node: str, index: PlaceIndex) -> tuple[list[str], str]:
    """Return the properties that lead to a blank node, and where they start.

    They start at an IRI, or at a blank node that nothing leads to, as far as is known.
    """
    properties: list[str] = []
    passed = {node}
    while is_blank(node):
        parents = [each for each in index.leading_to(node) if each.subject not in passed]
        if not parents:
            break
        node = parents[0].subject
        passed.add(node)
        properties.append(parents[0].predicate)
    return properties[::-1], node


def name_of(node: str, index: PlaceIndex, prefixes: Prefixes) -> str | None:
    """Return what to call a blank node, None when nothing leads to it and it has no label.

    The members of a list are counted from 1: ``ex:a / ex:steps (2) / ex:tool``.
    """
    properties, root = ancestors(node, index)
    if not properties:
        return author_label(root)
    start = _shown(root, prefixes) if is_iri(root) else author_label(root) or "[]"
    return start + "".join(_parts(properties, prefixes))


def _parts(properties: list[str], prefixes: Prefixes) -> list[str]:
    parts: list[str] = []
    passed = 0
    for predicate in properties:
        if predicate == _REST:
            passed += 1
        elif predicate == _FIRST:
            parts.append(f" ({passed + 1})")
            passed = 0
        else:
            parts.append(f" / {_shown(predicate, prefixes)}")
    if passed:  # the rest of a list
        parts.append(f" ({passed + 1})")
    return parts


def _shown(iri: str, prefixes: Prefixes) -> str:
    return prefixes.shorten(iri[1:-1]) or iri
