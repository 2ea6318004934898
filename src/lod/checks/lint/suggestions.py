"""Which known IRI may be meant where an unknown one stands."""

from __future__ import annotations

import bisect
import difflib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, cached_property

from pyoxigraph import NamedNode

from lod.checks.lint.vocabularies import namespace_of, well_known_terms
from lod.dataset import Dataset
from lod.rdf.namespaces import RDF

_NEAR = 0.75
"""How alike a name must be to be suggested, by difflib's ratio."""
_MANY = 2000
"""Of so many names in a namespace only those that begin or end most alike are compared."""
_NEIGHBOURS = 50
"""How many names are compared on each side, in the order of beginnings and of endings."""


class Suggestions:
    """The IRIs that are described or in use, and well-known terms; read when first asked.

    :param unknown: IRIs that are not to be suggested for one another.
    """

    def __init__(self, dataset: Dataset, unknown: Iterable[str]) -> None:
        self._dataset = dataset
        self._unknown = frozenset(unknown)
        self._orders: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]] = {}
        self.nearest = cache(self._nearest)

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The local names of each namespace."""
        known = {iri for terms in well_known_terms().values() for iri in terms}
        for _, quad in self._dataset.quads(lambda _: None):
            if isinstance(quad.subject, NamedNode):
                known.add(quad.subject.value)
            known.add(quad.predicate.value)
            if quad.predicate == RDF.type and isinstance(quad.object, NamedNode):
                known.add(quad.object.value)
        names: defaultdict[str, list[str]] = defaultdict(list)
        for iri in sorted(known - self._unknown):
            namespace = namespace_of(iri)
            names[namespace].append(iri[len(namespace) :])
        return dict(names)

    def _nearest(self, unknown: str) -> str | None:
        """Return the known IRI of the same namespace that is most like an unknown one, if any is.

        A name that differs in letter case alone is nearest.
        """
        namespace = namespace_of(unknown)
        local = unknown[len(namespace) :]
        names = self._names.get(namespace, [])
        if len(names) > _MANY:
            names = self._neighbours(namespace, local)
        same = [each for each in names if each.lower() == local.lower()]
        found = same or difflib.get_close_matches(local, names, n=1, cutoff=_NEAR)
        return namespace + found[0] if found else None

    def _neighbours(self, namespace: str, local: str) -> list[str]:
        """Return the names of a large namespace that stand near a name, read either way."""
        if namespace not in self._orders:
            names = self._names[namespace]
            self._orders[namespace] = sorted(map(_read_on, names)), sorted(map(_read_back, names))
        onwards, backwards = self._orders[namespace]
        near = dict.fromkeys(_around(onwards, _read_on(local)))
        near.update(dict.fromkeys(_around(backwards, _read_back(local))))
        return sorted(near)


def _read_on(name: str) -> tuple[str, str]:
    return name.lower(), name


def _read_back(name: str) -> tuple[str, str]:
    return name.lower()[::-1], name


def _around(order: list[tuple[str, str]], key: tuple[str, str]) -> list[str]:
    at = bisect.bisect(order, key)
    return [name for _, name in order[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]]
